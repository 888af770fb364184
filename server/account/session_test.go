package account_test

import (
	"context"
	"testing"
	"time"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

func TestSession_AC1_endsAfterHalfAnHourWithoutUse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		secret, _ := h.signIn("admin@lake.example")
		ctx := context.Background()
		for range 3 {
			h.clock.pass(29 * time.Minute)
			if _, err := h.accounts.Session(ctx, secret, ""); err != nil {
				t.Fatal(err)
			}
		}
		h.clock.pass(30 * time.Minute)
		_, err := h.accounts.Session(ctx, secret, "")
		h.refuses(errs.Unauthenticated, err)
		_, err = h.accounts.Session(ctx, "unknown", "")
		h.refuses(errs.Unauthenticated, err)
	})
}

func TestSession_AC1_endsAfterTwelveHoursWhateverHappens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		secret, _ := h.signIn("admin@lake.example")
		for range 12*3 - 1 {
			h.clock.pass(20 * time.Minute)
			if _, err := h.accounts.Session(context.Background(), secret, ""); err != nil {
				t.Fatal(err)
			}
		}
		h.clock.pass(20 * time.Minute)
		_, err := h.accounts.Session(context.Background(), secret, "")
		h.refuses(errs.Unauthenticated, err)
	})
}

func TestSession_AC1_writesItsUseOnceAMinuteAtMost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		secret, _ := h.signIn("admin@lake.example")
		idle := func() time.Time {
			if _, err := h.accounts.Session(context.Background(), secret, ""); err != nil {
				t.Fatal(err)
			}
			return store.Client.Session.Query().OnlyX(dbtest.System()).IdleAt.UTC()
		}
		first := idle()
		h.clock.pass(59 * time.Second)
		if at := idle(); !at.Equal(first) {
			t.Errorf("prolonged to %s within a minute", at)
		}
		h.clock.pass(time.Second)
		if at := idle(); !at.Equal(first.Add(time.Minute)) {
			t.Errorf("ends at %s; want %s", at, first.Add(time.Minute))
		}
	})
}

func TestSignIn_AC1_endsTheSessionBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		before, ctx := h.signIn("admin@lake.example")
		after, _, err := h.accounts.SignIn(ctx, "admin@lake.example", password, "")
		if err != nil || after == before {
			t.Fatalf("the same secret again, or %v", err)
		}
		_, err = h.accounts.Session(ctx, before, "")
		h.refuses(errs.Unauthenticated, err)
	})
}

func TestSignOut_AC1_endsThisSessionAndEndOthersTheRest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		h.user("else@lake.example", term.RoleOrganisationAdmin, h.organisation)
		foreign, _ := h.signIn("else@lake.example")
		here, ctx := h.signIn("admin@lake.example")
		there, _ := h.signIn("admin@lake.example")
		if n, err := h.accounts.EndOthers(ctx); n != 1 || err != nil {
			t.Fatalf("ended %d, %v; want 1", n, err)
		}
		_, err := h.accounts.Session(ctx, there, "")
		h.refuses(errs.Unauthenticated, err)
		if _, err := h.accounts.Session(ctx, here, ""); err != nil {
			t.Fatal(err)
		}
		if err := h.accounts.SignOut(ctx); err != nil {
			t.Fatal(err)
		}
		_, err = h.accounts.Session(ctx, here, "")
		h.refuses(errs.Unauthenticated, err)
		if _, err := h.accounts.Session(ctx, foreign, ""); err != nil {
			t.Errorf("another user's session ended too: %v", err)
		}
	})
}

func TestRecheck_AC1_refusesWhoseSessionOrRightsAreGone(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(h *house, ctx context.Context, v viewer.Viewer)
		want   errs.Code
	}{
		"unchanged":  {func(*house, context.Context, viewer.Viewer) {}, ""},
		"signed-out": {func(h *house, ctx context.Context, _ viewer.Viewer) { _ = h.accounts.SignOut(ctx) }, errs.Unauthenticated},
		"timed-out":  {func(h *house, _ context.Context, _ viewer.Viewer) { h.clock.pass(account.SessionIdle) }, errs.Unauthenticated},
		"closed": {func(h *house, _ context.Context, v viewer.Viewer) {
			h.store.Client.User.UpdateOneID(v.User).SetActive(false).ExecX(dbtest.System())
		}, errs.Unauthenticated},
		"demoted": {func(h *house, _ context.Context, v viewer.Viewer) {
			h.store.Client.User.UpdateOneID(v.User).SetRole(term.RoleViewer).ExecX(dbtest.System())
		}, errs.Forbidden},
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		for name, c := range cases {
			h.user(name+"@lake.example", term.RoleOperator, h.organisation)
			_, ctx := h.signIn(name + "@lake.example")
			v, _ := viewer.From(ctx)
			c.change(h, ctx, v)
			if got := codeOf(h.accounts.Recheck(context.Background(), v)); got != c.want {
				t.Errorf("%s: %q; want %q", name, got, c.want)
			}
		}
	})
}

func TestSweep_AC1_removesWhatIsOverAndNothingElse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		h.signIn("admin@lake.example")
		h.clock.pass(25 * time.Hour)
		secret, ctx := h.signIn("admin@lake.example")
		if err := h.accounts.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := h.accounts.Session(ctx, secret, ""); err != nil {
			t.Error(err)
		}
		sessions, windows := store.Client.Session.Query().CountX(dbtest.System()), store.Client.RateWindow.Query().CountX(dbtest.System())
		if sessions != 1 || windows != 1 {
			t.Errorf("%d sessions and %d windows are left; want 1 and 1", sessions, windows)
		}
	})
}
