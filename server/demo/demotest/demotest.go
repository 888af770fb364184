// Package demotest gives tests stores with the demo in them: seeded once for all
// tests of a program, and copied.
package demotest

import (
	"log/slog"
	"testing"
	"time"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo"
)

// Demo is a store with the demo as of now.
var Demo = dbtest.NewTemplate(time.Now().Format("_demo_20060102"), func(store *db.DB) error {
	log := slog.New(slog.DiscardHandler)
	accounts := account.New(store, time.Now, log, account.NewLimiter(store, time.Now, log, account.DefaultLimits()))
	_, err := demo.Seed(dbtest.System(), store, accounts, demo.Options{Now: time.Now()})
	return err
})

// Each runs the test on both engines, side by side, each with the demo.
func Each(t *testing.T, test func(t *testing.T, store *db.DB)) {
	t.Helper()
	Demo.Each(t, test)
}
