package demo_test

import (
	"log/slog"
	"testing"
	"time"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo"
)

var november = time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)

func seed(t *testing.T, store *db.DB, o demo.Options) (demo.Summary, *account.Service) {
	t.Helper()
	if o.Now.IsZero() {
		o.Now = november
	}
	log := slog.New(slog.DiscardHandler)
	now := func() time.Time { return o.Now }
	accounts := account.New(store, now, log, account.NewLimiter(store, now, log, account.DefaultLimits()))
	start := time.Now()
	sum, err := demo.Seed(dbtest.System(), store, accounts, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tickets in %s", sum.Tickets, time.Since(start))
	return sum, accounts
}

func TestSeed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		sum, _ := seed(t, store, demo.Options{})
		t.Logf("%+v", sum)
	})
}
