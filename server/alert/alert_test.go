package alert_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/alert"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// organisation makes one, with an alert about a sponsor of it.
func organisation(store *db.DB, institution uuid.UUID, code string) (uuid.UUID, uuid.UUID) {
	ctx, c := dbtest.System(), store.Client
	o := must(c.Organisation.Create().SetInstitutionID(institution).SetCode(code).SetName(code).SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(ctx))
	season := must(c.Season.Create().SetOrganisationID(o.ID).SetCode("S").SetName("S").SetStartsAt(time.Now()).SetEndsAt(time.Now()).Save(ctx))
	product := must(c.Product.Create().SetOrganisationID(o.ID).SetSeasonID(season.ID).SetCode("P").SetName("P").SetFamily(term.ProductFamilyEvent).Save(ctx))
	sponsor := must(c.Contact.Create().SetOrganisationID(o.ID).SetNumber(1).SetKind(term.ContactKindStructure).SetName("Sponsor").Save(ctx))
	a := must(c.TakeBackAlert.Create().SetOrganisationID(o.ID).SetKind(term.AlertKindSponsor).SetSponsorID(sponsor.ID).SetProductID(product.ID).
		SetThreshold(10).SetRecovered(3).SetDistributed(20).SetRaisedAt(db.Now()).Save(ctx))
	return o.ID, a.ID
}

func as(role term.Role, organisation uuid.UUID) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: string(role), Role: string(role), Organisation: viewer.UUID(organisation), User: viewer.UUID(oid.New(oid.User)), Language: "EN",
	})
}

func code(err error) errs.Code {
	if e, is := errs.As(err); is {
		return e.Code
	}
	return ""
}

func list(ctx context.Context, store *db.DB) ([]*ent.TakeBackAlert, error) {
	q, err := alert.Query(ctx, store, true)
	if err != nil {
		return nil, err
	}
	return q.All(ctx)
}

func TestAlert_TB7_whoReadsAndWhoAcknowledges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		institution := must(store.Client.Institution.Create().SetCode("test").SetName("Test").Save(dbtest.System()))
		mine, about := organisation(store, institution.ID, "MINE")
		other, foreign := organisation(store, institution.ID, "OTHER")
		for _, c := range []struct {
			role                      term.Role
			reads, acknowledges, sets errs.Code
		}{
			{term.RolePortalUser, errs.Forbidden, errs.Forbidden, errs.Forbidden},
			{term.RoleController, errs.Forbidden, errs.Forbidden, errs.Forbidden},
			{term.RoleReseller, errs.Forbidden, errs.Forbidden, errs.Forbidden},
			{term.RoleViewer, "", errs.Forbidden, errs.Forbidden},
			{term.RoleOperator, "", "", errs.Forbidden},
			{term.RoleOrganisationAdmin, "", errs.Conflict, ""}, // the operator was first
		} {
			ctx := as(c.role, mine)
			alerts, err := list(ctx, store)
			if code(err) != c.reads {
				t.Errorf("%s reads: %v", c.role, err)
			}
			for _, a := range alerts {
				if a.ID != about {
					t.Errorf("%s sees an alert of another organisation", c.role)
				}
			}
			if _, err := alert.Acknowledge(ctx, store, about, "looked into", time.Now()); code(err) != c.acknowledges {
				t.Errorf("%s acknowledges: %v", c.role, err)
			}
			if _, err := alert.Change(ctx, store, alert.Watch{After: 2, Share: 10, PauseHours: 24, Approval: true}, time.Now()); code(err) != c.sets {
				t.Errorf("%s sets the watch: %v", c.role, err)
			}
		}
		operator := as(term.RoleOperator, mine)
		for name, id := range map[string]uuid.UUID{"foreign": foreign, "unknown": oid.New(oid.Alert)} {
			if _, err := alert.Acknowledge(operator, store, id, "?", time.Now()); code(err) != errs.NotFound {
				t.Errorf("a %s alert: %v", name, err)
			}
		}
		if left := must(list(operator, store)); len(left) != 0 {
			t.Errorf("%d alerts are open", len(left))
		}
		if left := must(list(as(term.RoleOperator, other), store)); len(left) != 1 || left[0].Note != "" {
			t.Errorf("the other organisation has %d open alerts", len(left))
		}
		if w := must(alert.Read(operator, store)); w.After != 2 || w.Share != 10 || w.PauseHours != 24 || !w.Approval {
			t.Errorf("the watch is %+v", w)
		}
		if w := must(alert.Read(as(term.RoleOperator, other), store)); w.After != 0 || w.Approval {
			t.Errorf("the other organisation's watch is %+v", w)
		}
	})
}

func TestAlert_TB7_whatCannotBeMeantIsRefused(t *testing.T) {
	t.Parallel()
	for name, w := range map[string]alert.Watch{
		"alertAfter": {After: -1}, "alertShare": {Share: 101}, "pauseHours": {PauseHours: 24*365 + 1},
	} {
		err := w.Validate()
		if e, is := errs.As(err); !is || e.Code != errs.Invalid || len(e.Path) != 1 || e.Path[0] != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}
