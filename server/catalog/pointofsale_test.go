package catalog_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/catalog"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// counter makes an organisation with a point of sale.
func counter(store *db.DB, code string) *ent.PointOfSale {
	ctx, c := dbtest.System(), store.Client
	institution := must(c.Institution.Create().SetCode(strings.ToLower(code)).SetName("Test").Save(ctx))
	org := must(c.Organisation.Create().SetInstitutionID(institution.ID).SetCode(code).SetName("Club").
		SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(ctx))
	channel := must(c.Channel.Create().SetOrganisationID(org.ID).SetCode("B2B").SetName("Portal").SetType(term.ChannelTypeInternetB2b).Save(ctx))
	return must(c.PointOfSale.Create().SetOrganisationID(org.ID).SetChannelID(channel.ID).SetCode("PORTAL").SetName("Portal").Save(ctx))
}

func as(role term.Role, organisation uuid.UUID, language term.Language) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: string(role), Role: string(role), Organisation: viewer.UUID(organisation), User: viewer.UUID(uuid.New()), Language: string(language),
	})
}

func TestUpdatePointOfSale_AC3_isForAdminsOfTheOrganisation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine, other := counter(store, "MINE"), counter(store, "OTHER")
		for _, row := range []struct {
			role           term.Role
			reads, changes errs.Code
		}{
			{term.RoleOrganisationAdmin, "", ""}, {term.RoleOperator, "", errs.Forbidden}, {term.RoleViewer, errs.Forbidden, errs.Forbidden},
			{term.RoleController, errs.Forbidden, errs.Forbidden}, {term.RolePortalUser, errs.Forbidden, errs.Forbidden},
			{term.RoleReseller, errs.Forbidden, errs.Forbidden},
		} {
			ctx := as(row.role, mine.OrganisationID, term.LanguageEn)
			_, read := catalog.PointsOfSale(ctx, store)
			_, changed := catalog.UpdatePointOfSale(ctx, store, mine.ID, parameters(), db.Now())
			for _, got := range []struct {
				err  error
				want errs.Code
			}{{read, row.reads}, {changed, row.changes}} {
				if e, _ := errs.As(got.err); got.want == "" != (got.err == nil) || e != nil && e.Code != got.want {
					t.Errorf("%s gets %v", row.role, got.err)
				}
			}
		}
		for _, id := range []uuid.UUID{other.ID, uuid.New()} {
			_, err := catalog.UpdatePointOfSale(as(term.RoleOrganisationAdmin, mine.OrganisationID, term.LanguageEn), store, id, parameters(), db.Now())
			if !errs.Is(err, errs.NotFound) {
				t.Errorf("another's point of sale: %v", err)
			}
		}
	})
}

func parameters() catalog.Parameters {
	mode := term.ShipmentModePdf
	return catalog.Parameters{
		Active: true, Language: term.LanguageDe, Cart: true, PassOnHours: 72, AllowTakeBackInjected: true,
		TakeBackDownloaded: term.TakeBackDownloadedRelay, TakeBackShipmentMode: &mode,
	}
}

func TestUpdatePointOfSale_AC5_isInTheAuditLogWithBeforeAndAfter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine := counter(store, "MINE")
		ctx := as(term.RoleOrganisationAdmin, mine.OrganisationID, term.LanguageEn)
		is := must(catalog.UpdatePointOfSale(ctx, store, mine.ID, parameters(), db.Now()))
		if is.TakeBackDownloaded != term.TakeBackDownloadedRelay || *is.TakeBackShipmentMode != term.ShipmentModePdf || is.TellTakenBack {
			t.Errorf("the point of sale is %+v", is)
		}
		entries := must(audit.List(ctx, store, audit.Filter{Object: mine.ID}, audit.Page{Limit: 10}))
		fields, _ := entries[0].Fields()
		told := map[string]string{}
		for _, f := range fields {
			told[f.Name] = f.Before + "→" + f.After
		}
		if told["takeBackDownloaded"] != "OFF→RELAY" || told["language"] != "EN→DE" || told["takeBackShipmentMode"] != "→PDF" || told["active"] != "" {
			t.Errorf("the audit log says %v", told)
		}
	})
}

func TestUpdatePointOfSale_TB1_theSecondParameterNeedsTheFirst(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine := counter(store, "MINE")
		said := map[string]bool{}
		for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
			for _, second := range []term.TakeBackDownloaded{term.TakeBackDownloadedRelay, term.TakeBackDownloadedRelayAndPublic} {
				p := parameters()
				p.AllowTakeBackInjected, p.TakeBackDownloaded = false, second
				_, err := catalog.UpdatePointOfSale(as(term.RoleOrganisationAdmin, mine.OrganisationID, language), store, mine.ID, p, db.Now())
				e, refused := errs.As(err)
				if !refused || e.Code != errs.Invalid || e.Path[0] != "takeBackDownloaded" {
					t.Fatalf("%s: %v", second, err)
				}
				said[e.In(string(language))] = true
			}
		}
		if len(said) != 3 {
			t.Errorf("it is said in %d languages", len(said))
		}
		if _, err := mine.Update().SetTakeBackDownloaded(term.TakeBackDownloadedRelay).Save(dbtest.System()); err == nil {
			t.Error("the store took it")
		}
	})
}
