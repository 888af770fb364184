package account_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

var reading = []term.TokenScope{term.TokenScopeRead}

func TestToken_AC1_letsAProgramInUntilItEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		u := h.user("admin@lake.example", term.RoleOperator, h.organisation)
		_, ctx := h.signIn(u.Email)
		end := h.clock.now().Add(time.Hour)
		token, secret, err := h.accounts.CreateToken(ctx, account.NewToken{Name: "script", Scopes: reading, ExpiresAt: &end})
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`^gradin_[a-z2-9]{8}_[a-z2-9]{52}$`).MatchString(secret) || token.Prefix != secret[:15] {
			t.Errorf("the token %q has prefix %q", secret, token.Prefix)
		}
		v, err := h.accounts.Token(context.Background(), secret, "192.0.2.9")
		want := viewer.Viewer{
			User: viewer.UUID(u.ID), Name: "Somebody", Role: "OPERATOR", Organisation: viewer.UUID(h.organisation), Language: "EN",
			Token: viewer.UUID(token.ID), ReadOnly: true, Address: "192.0.2.9",
		}
		if v != want || err != nil {
			t.Fatalf("came in as %+v, %v; want %+v", v, err, want)
		}
		if err := h.accounts.Recheck(ctx, v); err != nil {
			t.Error(err)
		}
		h.clock.pass(time.Hour)
		_, err = h.accounts.Token(context.Background(), secret, "")
		h.refuses(errs.Unauthenticated, err)
		h.refuses(errs.Unauthenticated, h.accounts.Recheck(ctx, v))
	})
}

func TestToken_AC1_isRefusedWhenRevokedUnknownOrClosed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		u := h.user("admin@lake.example", term.RoleOperator, h.organisation)
		_, ctx := h.signIn(u.Email)
		both := account.NewToken{Name: "script", Scopes: []term.TokenScope{term.TokenScopeWrite}}
		token, secret, err := h.accounts.CreateToken(ctx, both)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := h.accounts.Token(ctx, secret, ""); err != nil || v.ReadOnly {
			t.Fatalf("a writing token reads only, or %v", err)
		}
		first := token.LastUsedAt
		if used := store.Client.APIToken.GetX(dbtest.System(), token.ID).LastUsedAt; first != nil || used == nil {
			t.Errorf("last used %v; want now", used)
		}
		for range 2 { // the second time changes nothing
			ended, err := h.accounts.RevokeToken(ctx, token.ID)
			if err != nil || ended.RevokedAt == nil {
				t.Fatalf("revoked at %v, %v", ended, err)
			}
		}
		_, err = h.accounts.Token(ctx, secret, "")
		h.refuses(errs.Unauthenticated, err)
		_, err = h.accounts.Token(ctx, "gradin_aaaaaaaa_unknown", "")
		h.refuses(errs.Unauthenticated, err)

		_, secret, err = h.accounts.IssueToken(dbtest.System(), u.ID, both)
		if err != nil {
			t.Fatal(err)
		}
		store.Client.User.UpdateOne(u).SetActive(false).ExecX(dbtest.System())
		_, err = h.accounts.Token(ctx, secret, "")
		h.refuses(errs.Unauthenticated, err)
	})
}

func TestTokens_AC3_areTheViewersOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		h.user("other@lake.example", term.RoleOperator, h.organisation)
		_, admin := h.signIn("admin@lake.example")
		_, other := h.signIn("other@lake.example")
		theirs, _, err := h.accounts.CreateToken(other, account.NewToken{Name: "theirs", Scopes: reading})
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.accounts.RevokeToken(admin, theirs.ID)
		h.refuses(errs.NotFound, err)
		_, err = h.accounts.RevokeToken(admin, oid.New(oid.APIToken))
		h.refuses(errs.NotFound, err)
		for _, name := range []string{"first", "second"} {
			h.clock.pass(time.Second)
			if _, _, err := h.accounts.CreateToken(admin, account.NewToken{Name: name, Scopes: reading}); err != nil {
				t.Fatal(err)
			}
		}
		all, err := h.accounts.Tokens(admin)
		if err != nil || len(all) != 2 || all[0].Name != "second" {
			t.Errorf("%v, %v; want the own two, newest first", all, err)
		}
	})
}

func TestCreateToken_AC1_needsASessionAndSoundInput(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		_, session := h.signIn("admin@lake.example")
		v, _ := viewer.From(session)
		v.Session, v.Token = viewer.UUID{}, viewer.UUID(oid.New(oid.APIToken))
		past, far := h.clock.now(), h.clock.now().Add(400*24*time.Hour)
		good := account.NewToken{Name: "x", Scopes: reading}
		for name, c := range map[string]struct {
			ctx   context.Context
			token account.NewToken
			want  errs.Code
		}{
			"nobody":         {context.Background(), good, errs.Unauthenticated},
			"by token":       {viewer.With(session, v), good, errs.Forbidden},
			"in session":     {session, good, ""},
			"without name":   {session, account.NewToken{Name: " ", Scopes: reading}, errs.Invalid},
			"without scope":  {session, account.NewToken{Name: "x"}, errs.Invalid},
			"unknown scope":  {session, account.NewToken{Name: "x", Scopes: []term.TokenScope{"ALL"}}, errs.Invalid},
			"ended already":  {session, account.NewToken{Name: "x", Scopes: reading, ExpiresAt: &past}, errs.Invalid},
			"ends too late":  {session, account.NewToken{Name: "x", Scopes: reading, ExpiresAt: &far}, errs.Invalid},
			"the same twice": {session, good, ""},
		} {
			if _, _, err := h.accounts.CreateToken(c.ctx, c.token); codeOf(err) != c.want {
				t.Errorf("%s: %v; want %q", name, err, c.want)
			}
		}
	})
}

func TestIssueToken_AC2_isForAdministrators(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		mine := h.user("mine@lake.example", term.RolePortalUser, h.organisation)
		theirs := h.user("theirs@lake.example", term.RolePortalUser, h.other)
		for _, c := range everyRole {
			who := viewer.Viewer{User: viewer.UUID(mine.ID), Role: string(c.role), Organisation: viewer.UUID(h.organisation)}
			own, foreign := errs.Forbidden, errs.Forbidden
			switch c.role {
			case term.RoleInstitutionAdmin:
				who.Organisation, own, foreign = viewer.UUID{}, "", ""
			case term.RoleOrganisationAdmin:
				own, foreign = "", errs.NotFound
			}
			ctx := viewer.With(context.Background(), who)
			_, _, errOwn := h.accounts.IssueToken(ctx, mine.ID, account.NewToken{Name: "x", Scopes: reading})
			_, _, errForeign := h.accounts.IssueToken(ctx, theirs.ID, account.NewToken{Name: "x", Scopes: reading})
			if codeOf(errOwn) != own || codeOf(errForeign) != foreign {
				t.Errorf("%s: %v and %v; want %q and %q", c.role, errOwn, errForeign, own, foreign)
			}
		}
	})
}
