package account_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// everyRole says of each role whether it may make users of its own organisation.
var everyRole = []struct {
	role  term.Role
	makes bool
}{
	{term.RoleInstitutionAdmin, true}, {term.RoleOrganisationAdmin, true}, {term.RoleOperator, false}, {term.RoleViewer, false},
	{term.RoleController, false}, {term.RolePortalUser, false}, {term.RoleReseller, false},
}

func TestCreateUser_AC2_isForAdministrators(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		for _, c := range everyRole {
			who := viewer.Viewer{User: viewer.UUID(oid.New(oid.User)), Role: string(c.role), Organisation: viewer.UUID(h.organisation)}
			own, foreign, above := errs.Forbidden, errs.Forbidden, errs.Forbidden
			if c.makes {
				own, foreign = "", errs.NotFound
			}
			if c.role == term.RoleInstitutionAdmin {
				who.Organisation, foreign, above = viewer.UUID{}, "", ""
			}
			ctx := viewer.With(context.Background(), who)
			create := func(where string, role term.Role, organisation uuid.UUID) errs.Code {
				_, err := h.accounts.CreateUser(ctx, account.NewUser{
					Email: strings.ToLower(string(c.role)) + "@" + where + ".example", Name: "X", Role: role, Organisation: organisation,
				})
				return codeOf(err)
			}
			if got := create("own", term.RoleOperator, h.organisation); got != own {
				t.Errorf("%s in the own organisation: %q; want %q", c.role, got, own)
			}
			if got := create("foreign", term.RoleOperator, h.other); got != foreign {
				t.Errorf("%s in another organisation: %q; want %q", c.role, got, foreign)
			}
			if got := create("above", term.RoleInstitutionAdmin, uuid.Nil); got != above {
				t.Errorf("%s above the organisations: %q; want %q", c.role, got, above)
			}
			who.ReadOnly = true
			_, err := h.accounts.CreateUser(viewer.With(ctx, who), account.NewUser{Email: "r@r.example", Name: "X", Role: term.RoleViewer, Organisation: h.organisation})
			h.refuses(errs.Forbidden, err)
		}
	})
}

func TestCreateUser_AC3_referencesStayInTheOrganisation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		ctx := dbtest.System()
		mine, theirs := h.person(h.organisation, "a@lake.example"), h.person(h.other, "a@lake.example")
		body := store.Client.Contact.Create().SetOrganisationID(h.organisation).SetNumber(h.number()).SetName("Lake").
			SetKind(term.ContactKindStructure).SaveX(ctx).ID
		user := account.NewUser{Name: "X", Role: term.RolePortalUser, Organisation: h.organisation, Contact: mine}
		refuse := func(name string, want errs.Code, change func(*account.NewUser)) {
			n := user
			n.Email = strings.ReplaceAll(name, " ", ".") + "@lake.example"
			change(&n)
			if _, err := h.accounts.CreateUser(ctx, n); codeOf(err) != want {
				t.Errorf("%s: %v; want %q", name, err, want)
			}
		}
		refuse("an individual", "", func(*account.NewUser) {})
		refuse("the same address", errs.Conflict, func(n *account.NewUser) { n.Email = "AN.individual@lake.example" })
		refuse("a foreign contact", errs.NotFound, func(n *account.NewUser) { n.Contact = theirs })
		refuse("no relay of it", errs.NotFound, func(n *account.NewUser) { n.Structure = body })
		refuse("an unknown point of sale", errs.NotFound, func(n *account.NewUser) { n.PointOfSale = oid.New(oid.PointOfSale) })
		refuse("an unknown organisation", errs.NotFound, func(n *account.NewUser) { n.Organisation = oid.New(oid.Organisation) })
		refuse("no contact", errs.Invalid, func(n *account.NewUser) { n.Contact = uuid.Nil })
		refuse("no address", errs.Invalid, func(n *account.NewUser) { n.Email = "x" })
		refuse("a short password", errs.Invalid, func(n *account.NewUser) { n.Password = "short" })
		store.Client.Relay.Create().SetOrganisationID(h.organisation).SetStructureID(body).SetIndividualID(mine).ExecX(ctx)
		refuse("a relay", "", func(n *account.NewUser) { n.Structure = body })
	})
}

func TestUserByEmail_AC3_findsWithinReach(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		h.user("mine@lake.example", term.RoleOrganisationAdmin, h.organisation)
		h.user("theirs@lake.example", term.RoleOperator, h.other)
		_, admin := h.signIn("mine@lake.example")
		if u, err := h.accounts.UserByEmail(admin, "MINE@lake.example"); err != nil || u.Email != "mine@lake.example" {
			t.Errorf("found %v, %v", u, err)
		}
		_, errForeign := h.accounts.UserByEmail(admin, "theirs@lake.example")
		_, errUnknown := h.accounts.UserByEmail(admin, "nobody@lake.example")
		h.refuses(errs.NotFound, errForeign)
		if errForeign.Error() != errUnknown.Error() {
			t.Errorf("%q tells foreign from unknown: %q", errForeign, errUnknown)
		}
	})
}

func TestChangePassword_AC1_endsOtherSessionsAndCountsWrongOnes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		u := h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation)
		there, _ := h.signIn(u.Email)
		here, ctx := h.signIn(u.Email)
		const next = "seven patient ferry clocks"
		h.refuses(errs.Invalid, h.accounts.ChangePassword(ctx, "wrong", next))
		if n := h.stored(u).FailedSignIns; n != 1 {
			t.Errorf("%d failures after a wrong password; want 1", n)
		}
		h.refuses(errs.Invalid, h.accounts.ChangePassword(ctx, password, "short"))
		if err := h.accounts.ChangePassword(ctx, password, next); err != nil {
			t.Fatal(err)
		}
		_, err := h.accounts.Session(ctx, there, "")
		h.refuses(errs.Unauthenticated, err)
		if _, err := h.accounts.Session(ctx, here, ""); err != nil {
			t.Error(err)
		}
		_, _, err = h.accounts.SignIn(ctx, u.Email, password, "")
		h.refuses(errs.Unauthenticated, err)
		if _, _, err := h.accounts.SignIn(ctx, u.Email, next, ""); err != nil {
			t.Error(err)
		}
	})
}

func TestUpdatePreferences_AC2_changesTheViewerHimself(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		for _, c := range everyRole {
			organisation := h.organisation
			if c.role == term.RoleInstitutionAdmin {
				organisation = uuid.Nil
			}
			email := strings.ToLower(string(c.role)) + "@lake.example"
			h.user(email, c.role, organisation)
			_, ctx := h.signIn(email)
			language, name, empty := term.LanguageFr, " New Name ", " "
			u, err := h.accounts.UpdatePreferences(ctx, &language, &name)
			if err != nil || u.Language != language || u.Name != "New Name" || u.Email != email {
				t.Errorf("%s: %v, %v", c.role, u, err)
			}
			_, err = h.accounts.UpdatePreferences(ctx, nil, &empty)
			h.refuses(errs.Invalid, err)
			v, _ := viewer.From(ctx)
			v.ReadOnly = true
			_, err = h.accounts.UpdatePreferences(viewer.With(ctx, v), &language, nil)
			h.refuses(errs.Forbidden, err)
		}
		_, err := h.accounts.UpdatePreferences(context.Background(), nil, nil)
		h.refuses(errs.Unauthenticated, err)
	})
}
