package account_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

const (
	tickets = "/p/distribute/product/tickets"
	outbox  = "/o/outbox"
)

// named are the views in the form the tests compare: name, page, filters, a star for the default.
func named(views []*ent.SavedView) []string {
	told := []string{}
	for _, v := range views {
		line := v.Name + " " + v.Path + "?" + v.Query
		if v.IsDefault {
			line += " *"
		}
		told = append(told, line)
	}
	return told
}

func TestSaveView_UI1_keepsTheFiltersOfAPageUnderAName(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		_, ctx := h.signIn(h.user("relay@lake.example", term.RolePortalUser, h.organisation).Email)
		save := func(v account.View) *ent.SavedView {
			t.Helper()
			saved, err := h.accounts.SaveView(ctx, v)
			if err != nil {
				t.Fatal(err)
			}
			return saved
		}
		week := save(account.View{Name: " Next week ", Path: tickets, Query: "from=2026-11-23", Default: true})
		save(account.View{Name: "Failed", Path: outbox, Query: "state=FAILED", Default: true})
		free := save(account.View{Name: "Free", Path: tickets, Query: "remaining=1", Default: true})
		one := tickets
		lists := func(path *string, want ...string) {
			t.Helper()
			views, err := h.accounts.Views(ctx, path)
			if diff := cmp.Diff(want, named(views)); diff != "" || err != nil {
				t.Errorf("the views of %v: %v (-want +got)\n%s", path, err, diff)
			}
		}
		lists(nil, "Failed /o/outbox?state=FAILED *", "Free "+tickets+"?remaining=1 *", "Next week "+tickets+"?from=2026-11-23")
		save(account.View{ID: week.ID, Name: "This week", Path: tickets, Query: "from=2026-11-22", Default: true})
		lists(&one, "Free "+tickets+"?remaining=1", "This week "+tickets+"?from=2026-11-22 *")
		_, err := h.accounts.SaveView(ctx, account.View{ID: week.ID, Name: "FREE", Path: tickets})
		h.refuses(errs.Conflict, err)
		if err := h.accounts.DeleteView(ctx, free.ID); err != nil {
			t.Fatal(err)
		}
		h.refuses(errs.NotFound, h.accounts.DeleteView(ctx, free.ID))
		lists(&one, "This week "+tickets+"?from=2026-11-22 *")
	})
}

func TestSaveView_AC3_isNobodyElses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		_, relay := h.signIn(h.user("relay@lake.example", term.RolePortalUser, h.organisation).Email)
		_, admin := h.signIn(h.user("admin@lake.example", term.RoleOrganisationAdmin, h.organisation).Email)
		mine, err := h.accounts.SaveView(relay, account.View{Name: "Mine", Path: outbox})
		if err != nil {
			t.Fatal(err)
		}
		if views, err := h.accounts.Views(admin, nil); len(views) > 0 || err != nil {
			t.Errorf("an admin sees %v, %v", named(views), err)
		}
		if _, err := store.Client.SavedView.Get(admin, mine.ID); !ent.IsNotFound(err) {
			t.Errorf("the rules show an admin another's view: %v", err)
		}
		for name, id := range map[string]uuid.UUID{"another's": mine.ID, "an unknown one": oid.New(oid.SavedView)} {
			_, err := h.accounts.SaveView(admin, account.View{ID: id, Name: "Taken over", Path: outbox})
			if h.refuses(errs.NotFound, err); err != nil && err.Error() != errs.Missing("view").Error() {
				t.Errorf("%s is refused with %q", name, err)
			}
			h.refuses(errs.NotFound, h.accounts.DeleteView(admin, id))
		}
		reading, _ := viewer.From(relay)
		reading.ReadOnly = true
		_, err = h.accounts.SaveView(viewer.With(relay, reading), account.View{Name: "Read", Path: outbox})
		h.refuses(errs.Forbidden, err)
		h.refuses(errs.Forbidden, h.accounts.DeleteView(viewer.With(relay, reading), mine.ID))
		if views, err := h.accounts.Views(relay, nil); len(views) != 1 || views[0].Name != "Mine" || err != nil {
			t.Errorf("left are %v, %v", named(views), err)
		}
	})
}

func TestSaveView_UI1_keepsOneDefaultWhoeverIsFirst(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := open(t, store, account.DefaultLimits())
		_, ctx := h.signIn(h.user("relay@lake.example", term.RolePortalUser, h.organisation).Email)
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				if _, err := h.accounts.SaveView(ctx, account.View{Name: fmt.Sprint("View ", i), Path: outbox, Default: true}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		views, err := h.accounts.Views(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		defaults := 0
		for _, v := range views {
			if v.IsDefault {
				defaults++
			}
		}
		if len(views) != 8 || defaults != 1 {
			t.Errorf("%d views, %d of them the default; want 8 and 1", len(views), defaults)
		}
	})
}

func TestView_UI1_staysWithinItsBounds(t *testing.T) {
	t.Parallel()
	good := account.View{Name: "A", Path: outbox, Query: "q=a"}
	with := func(change func(v *account.View)) account.View {
		v := good
		change(&v)
		return v
	}
	for name, row := range map[string]struct {
		view account.View
		want errs.Code
	}{
		"a plain one":                  {good, ""},
		"no name":                      {with(func(v *account.View) { v.Name = "  " }), errs.Invalid},
		"a name that is too long":      {with(func(v *account.View) { v.Name = strings.Repeat("é", 101) }), errs.Invalid},
		"a page of another server":     {with(func(v *account.View) { v.Path = "//elsewhere.example" }), errs.Invalid},
		"the same with a backslash":    {with(func(v *account.View) { v.Path = `/\elsewhere.example` }), errs.Invalid},
		"an address with a scheme":     {with(func(v *account.View) { v.Path = "https://elsewhere.example" }), errs.Invalid},
		"filters within the page":      {with(func(v *account.View) { v.Path = "/o?q=a" }), errs.Invalid},
		"a page that is too long":      {with(func(v *account.View) { v.Path = "/" + strings.Repeat("a", 200) }), errs.Invalid},
		"filters that are too long":    {with(func(v *account.View) { v.Query = strings.Repeat("a", 2001) }), errs.LimitExceeded},
		"filters that are just short":  {with(func(v *account.View) { v.Query = strings.Repeat("é", 2000) }), ""},
		"a name of a hundred letters":  {with(func(v *account.View) { v.Name = strings.Repeat("é", 100) }), ""},
		"an address of its full width": {with(func(v *account.View) { v.Path = "/" + strings.Repeat("a", 199) }), ""},
	} {
		refusal, _ := errs.As(row.view.Validate())
		if refusal == nil && row.want != "" || refusal != nil && refusal.Code != row.want {
			t.Errorf("%s: %v; want %q", name, refusal, row.want)
		}
	}
}
