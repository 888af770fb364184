package catalog_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/catalog"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/term"
)

// ruled makes an organisation with a product and a performance.
func ruled(store *db.DB, code string) (*ent.Product, *ent.Performance) {
	ctx, c, at := dbtest.System(), store.Client, counter(store, code)
	season := must(c.Season.Create().SetOrganisationID(at.OrganisationID).SetCode("S").SetName("Season").
		SetStartsAt(db.Now()).SetEndsAt(db.Now().Add(time.Hour)).Save(ctx))
	p := must(c.Product.Create().SetOrganisationID(at.OrganisationID).SetSeasonID(season.ID).SetCode("CUP").SetName("Cup").
		SetFamily(term.ProductFamilyCompetition).Save(ctx))
	return p, must(c.Performance.Create().SetOrganisationID(at.OrganisationID).SetProductID(p.ID).SetCode("FINAL").SetName("Final").
		SetStartsAt(db.Now()).Save(ctx))
}

func ptr(n int) *int { return &n }

func TestUpdateRules_DI10_areForAdminsOfTheOrganisation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine, match := ruled(store, "MINE")
		other, hers := ruled(store, "OTHER")
		set := catalog.Rules{OpensMinutes: ptr(600), ClosesMinutes: ptr(60), GuestLimit: ptr(4), GuestFields: []term.GuestField{term.GuestFieldPhone}}
		for role, want := range map[term.Role]errs.Code{
			term.RoleOrganisationAdmin: "", term.RoleOperator: errs.Forbidden, term.RoleViewer: errs.Forbidden, term.RoleController: errs.Forbidden,
			term.RolePortalUser: errs.Forbidden, term.RoleReseller: errs.Forbidden,
		} {
			ctx := as(role, mine.OrganisationID, term.LanguageEn)
			_, product := catalog.UpdateProductRules(ctx, store, mine.ID, set, db.Now())
			_, performance := catalog.UpdatePerformanceRules(ctx, store, match.ID, set, db.Now())
			for _, err := range []error{product, performance} {
				if e, _ := errs.As(err); want == "" != (err == nil) || e != nil && e.Code != want {
					t.Errorf("%s gets %v", role, err)
				}
			}
		}
		admin := as(term.RoleOrganisationAdmin, mine.OrganisationID, term.LanguageEn)
		for _, id := range []uuid.UUID{other.ID, hers.ID, uuid.New()} {
			_, product := catalog.UpdateProductRules(admin, store, id, set, db.Now())
			_, performance := catalog.UpdatePerformanceRules(admin, store, id, set, db.Now())
			if !errs.Is(product, errs.NotFound) || !errs.Is(performance, errs.NotFound) {
				t.Errorf("another's rules: %v, %v", product, performance)
			}
		}
	})
}

func TestUpdateRules_DI10_areKeptAndTakenAwayAndWrittenDown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine, match := ruled(store, "MINE")
		admin := as(term.RoleOrganisationAdmin, mine.OrganisationID, term.LanguageEn)
		type kept struct {
			Opens, Closes, Limit *int
			Fields               []string
		}
		for _, set := range []catalog.Rules{
			{OpensMinutes: ptr(600), ClosesMinutes: ptr(60), GuestLimit: ptr(4), GuestFields: []term.GuestField{term.GuestFieldPhone}},
			{GuestLimit: ptr(2)},
			{},
		} {
			must(catalog.UpdateProductRules(admin, store, mine.ID, set, db.Now()))
			must(catalog.UpdatePerformanceRules(admin, store, match.ID, set, db.Now()))
			p, m := must(store.Client.Product.Get(dbtest.System(), mine.ID)), must(store.Client.Performance.Get(dbtest.System(), match.ID))
			want := kept{set.OpensMinutes, set.ClosesMinutes, set.GuestLimit, nil}
			if diff := cmp.Diff(want, kept{m.DistributionOpensMinutes, m.DistributionClosesMinutes, m.GuestLimit, nil}); diff != "" {
				t.Error(diff)
			}
			for _, f := range set.GuestFields {
				want.Fields = append(want.Fields, string(f))
			}
			if diff := cmp.Diff(want, kept{p.DistributionOpensMinutes, p.DistributionClosesMinutes, p.GuestLimit, p.GuestFields}); diff != "" {
				t.Error(diff)
			}
		}
		n := must(db.Get[int](context.Background(), store, "SELECT count(*) FROM audit_entries WHERE verb = 'catalog.updateRules' AND organisation_id = $1::uuid", mine.OrganisationID))
		if n != 6 {
			t.Errorf("%d entries in the audit log for 6 changes", n)
		}
	})
}

func TestUpdateRules_DI10_refusesWhatCannotBeMeant(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine, _ := ruled(store, "MINE")
		admin := as(term.RoleOrganisationAdmin, mine.OrganisationID, term.LanguageEn)
		for name, r := range map[string]catalog.Rules{
			"closes before it opens":   {OpensMinutes: ptr(60), ClosesMinutes: ptr(600)},
			"after the start":          {ClosesMinutes: ptr(-1)},
			"years before the start":   {OpensMinutes: ptr(2_000_000)},
			"no ticket at all":         {GuestLimit: ptr(0)},
			"more than anybody has":    {GuestLimit: ptr(1001)},
			"the same field two times": {GuestFields: []term.GuestField{term.GuestFieldPhone, term.GuestFieldPhone}},
		} {
			if _, err := catalog.UpdateProductRules(admin, store, mine.ID, r, db.Now()); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
