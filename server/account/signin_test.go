package account_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"gradin/server/account"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

func TestSignIn_AC1_startsASessionOfTheUser(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		u := h.user("Relay@Lake.example", term.RolePortalUser, h.organisation)
		secret, v, err := h.accounts.SignIn(context.Background(), " relay@lake.EXAMPLE", password, "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		want := viewer.Viewer{
			User: viewer.UUID(u.ID), Name: "Somebody", Role: "PORTAL_USER", Organisation: viewer.UUID(h.organisation),
			Contact: viewer.UUID(*u.ContactID), Language: "EN", Session: v.Session, Address: "192.0.2.1",
		}
		again, err := h.accounts.Session(context.Background(), secret, "192.0.2.1")
		if v != want || again != want || err != nil {
			t.Fatalf("signed in as %+v, came back as %+v, %v; want %+v", v, again, err, want)
		}
		if len(secret) != 43 {
			t.Errorf("the secret has %d characters; want 43 for 256 bits", len(secret))
		}
		kept := store.Client.Session.Query().OnlyX(dbtest.System())
		if strings.Contains(kept.TokenHash, secret) || len(kept.TokenHash) != 64 {
			t.Errorf("the store keeps %q; want a SHA-256", kept.TokenHash)
		}
	})
}

func TestSignIn_AC1_refusesEveryCauseInOneSentence(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, unlimited())
		h.user("open@lake.example", term.RoleOperator, h.organisation)
		locked := h.user("locked@lake.example", term.RoleOperator, h.organisation)
		closed := h.user("closed@lake.example", term.RoleOperator, h.organisation)
		store.Client.User.UpdateOne(locked).SetLockedUntil(h.clock.now().Add(time.Minute)).ExecX(dbtest.System())
		store.Client.User.UpdateOne(closed).SetActive(false).ExecX(dbtest.System())
		sentences := map[string]bool{}
		for name, attempt := range map[string][2]string{
			"an unknown address": {"nobody@lake.example", password}, "a wrong password": {"open@lake.example", "wrong"},
			"no password": {"open@lake.example", ""}, "a password without end": {"open@lake.example", strings.Repeat("x", 1<<16)},
			"a locked account": {"locked@lake.example", password}, "a closed account": {"closed@lake.example", password},
		} {
			_, _, err := h.accounts.SignIn(context.Background(), attempt[0], attempt[1], "")
			if !errs.Is(err, errs.Unauthenticated) {
				t.Errorf("%s: %v; want UNAUTHENTICATED", name, err)
				continue
			}
			sentences[err.Error()] = true
		}
		if len(sentences) != 1 {
			t.Errorf("%d sentences tell the causes apart: %v", len(sentences), sentences)
		}
	})
}

func TestSignIn_AC1_lockOutGrowsWithFailures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, unlimited())
		u := h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		fail := func() { _, _, _ = h.accounts.SignIn(context.Background(), u.Email, "wrong", "") }
		for range 4 {
			fail()
		}
		if at := h.stored(u).LockedUntil; at != nil {
			t.Fatalf("locked until %s after four failures", at)
		}
		for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
			fail()
			until := h.stored(u).LockedUntil
			if until == nil || until.Sub(h.clock.now()) != want*time.Minute {
				t.Fatalf("locked until %v at %s; want %d minutes", until, h.clock.now(), want)
			}
			h.clock.pass(want*time.Minute - time.Second)
			_, _, err := h.accounts.SignIn(context.Background(), u.Email, password, "")
			h.refuses(errs.Unauthenticated, err)
			h.clock.pass(time.Second)
		}
		h.signIn(u.Email)
		if after := h.stored(u); after.FailedSignIns != 0 || after.LockedUntil != nil {
			t.Errorf("after a sign-in %d failures, locked until %v; want none", after.FailedSignIns, after.LockedUntil)
		}
	})
}

func TestSignIn_AC1_manyGuessesAtOnceAreFive(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, unlimited())
		u := h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		var all sync.WaitGroup
		for range 3 { // three replicas on one store
			replica := replicaOf(h)
			for range 6 {
				all.Go(func() { _, _, _ = replica.SignIn(context.Background(), u.Email, "wrong", "") })
			}
		}
		all.Wait()
		if n := h.stored(u).FailedSignIns; n != 5 {
			t.Errorf("%d passwords were compared; want 5", n)
		}
		guessed, err := db.Get[int](context.Background(), store, `SELECT count(*) FROM audit_entries
			WHERE verb = 'account.signInFailed' AND detail = '{"reason":"password"}'`)
		if err != nil || guessed != 5 {
			t.Errorf("%d guesses got to the password, %v; want 5", guessed, err)
		}
	})
}

func TestSignIn_AC1_rightPasswordsAtOnceLockNobodyOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, unlimited())
		u := h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, _, err := h.accounts.SignIn(context.Background(), u.Email, password, ""); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestSignIn_API8_countsFailuresOfKnownAndUnknownAddressesAlike(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("known@lake.example", term.RoleOperator, h.organisation)
		for range 7 {
			h.signIn("known@lake.example") // what succeeds is given back
		}
		for _, email := range []string{"known@lake.example", "unknown@lake.example"} {
			for range 5 {
				_, _, err := h.accounts.SignIn(context.Background(), email, "wrong", "")
				h.refuses(errs.Unauthenticated, err)
			}
			_, _, err := h.accounts.SignIn(context.Background(), strings.ToUpper(email), "wrong", "")
			h.refuses(errs.RateLimited, err)
		}
	})
}

func TestSignIn_AC5_auditsWithoutSecrets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		u := h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		_, _, _ = h.accounts.SignIn(context.Background(), u.Email, "my secret guess", "192.0.2.7")
		_, _, _ = h.accounts.SignIn(context.Background(), "my other secret", "x", "192.0.2.7")
		h.signIn(u.Email)
		ctx := context.Background()
		if n, err := audit.Verify(ctx, store, h.organisation); n.Entries != 3 || err != nil {
			t.Errorf("the organisation's chain has %d entries, %v; want user, failure, sign-in", n.Entries, err)
		}
		leaks, err := db.Get[int](ctx, store, "SELECT count(*) FROM audit_entries WHERE detail LIKE '%secret%' OR actor LIKE '%secret%'")
		if err != nil || leaks != 0 {
			t.Errorf("%d entries tell what was typed, %v", leaks, err)
		}
		from, err := db.Get[int](ctx, store, "SELECT count(*) FROM audit_entries WHERE verb = 'account.signInFailed' AND address = '192.0.2.7'")
		if err != nil || from != 2 {
			t.Errorf("%d failures say from where, %v; want 2", from, err)
		}
	})
}
