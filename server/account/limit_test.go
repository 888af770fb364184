package account_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
)

func limiter(store *db.DB, c *clock, change func(*account.Limits)) *account.Limiter {
	limits := account.DefaultLimits()
	if change != nil {
		change(&limits)
	}
	return account.NewLimiter(store, c.now, slog.New(slog.DiscardHandler), limits)
}

func TestAllow_API8_refusesAboveTheRateUntilTheWindowIsOver(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		for key, limit := range map[string]int{
			"operation/account/ada": 1_200, "complexity/account/ada": 100_000, "login/account/ada": 5, "login/address/192.0.2.1": 30,
			"upload/account/ada": 60,
		} {
			c := newClock()
			l := limiter(store, c, nil)
			ctx := context.Background()
			c.pass(15 * time.Second)
			if ok, _ := l.Allow(ctx, key, limit); !ok {
				t.Errorf("%s: %d are refused", key, limit)
			}
			ok, wait := l.Allow(ctx, key, 1)
			window := time.Minute
			if key == "upload/account/ada" {
				window = time.Hour
			}
			if ok || wait != window-15*time.Second {
				t.Errorf("%s: one more is allowed %v, else in %s", key, ok, wait)
			}
			if ok, _ := l.Allow(ctx, key+"x", 1); !ok {
				t.Errorf("%s: another one pays for it", key)
			}
			c.pass(wait)
			if ok, _ := l.Allow(ctx, key, limit); !ok {
				t.Errorf("%s: refused in the next window", key)
			}
		}
	})
}

func TestAllow_API8_whatIsRefusedIsNotCharged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := limiter(store, newClock(), nil)
		for _, key := range []string{"login/account/ada", "operation/account/ada"} {
			if ok, _ := l.Allow(context.Background(), key, 2_000); ok {
				t.Errorf("%s: more than the rate is allowed at once", key)
			}
			if ok, _ := l.Allow(context.Background(), key, 5); !ok {
				t.Errorf("%s: the refused charge was kept", key)
			}
		}
	})
}

func TestAllow_API8_loginsHoldOverReplicasUnderConcurrency(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := newClock()
		var all sync.WaitGroup
		var allowed atomic.Int64
		for range 4 {
			replica := limiter(store, c, nil)
			for range 5 {
				all.Go(func() {
					if ok, _ := replica.Allow(context.Background(), "login/account/ada", 1); ok {
						allowed.Add(1)
					}
				})
			}
		}
		all.Wait()
		if allowed.Load() != 5 {
			t.Errorf("%d attempts are allowed; want 5", allowed.Load())
		}
	})
}

func TestAllow_API8_unknownKindsAreRefusedAndZeroIsWithoutBound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		l := limiter(store, newClock(), func(l *account.Limits) { l.Login.Account = 0 })
		for key, want := range map[string]bool{
			"export/account/ada": false, "login/ada": false, "": false, "login/account/ada": true,
		} {
			if ok, _ := l.Allow(context.Background(), key, 1_000_000); ok != want {
				t.Errorf("%q: allowed %v; want %v", key, ok, want)
			}
		}
		if ok, _ := l.Allow(context.Background(), "operation/account/ada", -5); ok {
			t.Error("a negative charge gives room")
		}
	})
}

func TestAllow_API8_aStreamOfNewKeysSharesOneCount(t *testing.T) {
	t.Parallel()
	l := limiter(nil, newClock(), func(l *account.Limits) { l.Operation.Address = 1 })
	for i := range 100_000 {
		l.Allow(context.Background(), fmt.Sprintf("operation/address/%d", i), 1)
	}
	first, _ := l.Allow(context.Background(), "operation/address/one-more", 1)
	second, _ := l.Allow(context.Background(), "operation/address/and-another", 1)
	if !first || second {
		t.Errorf("beyond the bound of keys: %v, then %v; want one charge in all", first, second)
	}
}

func TestLimits_validateRefusesNonsense(t *testing.T) {
	t.Parallel()
	if err := account.DefaultLimits().Validate(); err != nil {
		t.Error(err)
	}
	bad := account.DefaultLimits()
	bad.Upload.Per = 0
	if bad.Validate() == nil {
		t.Error("a rate without a window passes")
	}
}
