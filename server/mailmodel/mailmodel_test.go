package mailmodel_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo/demotest"
	"gradin/server/document"
	"gradin/server/errs"
	"gradin/server/mailmodel"
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

// club is a context in which somebody of the demo's club acts.
func club(store *db.DB, role term.Role) context.Context {
	id := must(db.Get[uuid.UUID](dbtest.System(), store, "SELECT id FROM organisations WHERE code = 'FCGRANVAL'"))
	return viewer.With(context.Background(), viewer.Viewer{
		Role: string(role), Organisation: viewer.UUID(id), User: viewer.UUID(oid.New(oid.User)), Language: "EN",
	})
}

func channel(store *db.DB, organisation string) uuid.UUID {
	return must(db.Get[uuid.UUID](dbtest.System(), store, `SELECT c.id FROM channels c JOIN organisations o ON o.id = c.organisation_id
		WHERE o.code = $1::text ORDER BY c.code LIMIT 1`, organisation))
}

func model(subject string) document.Model {
	return document.Model{Subject: subject, Text: "{{.Link}}", HTML: `<a href="{{.Link}}">{{.Button}}</a>`}
}

// used is the model of the acknowledgement in English that counts.
func used(t *testing.T, ctx context.Context, store *db.DB, of uuid.UUID) mailmodel.Used {
	t.Helper()
	all := must(mailmodel.List(ctx, store, of))
	if len(all) != len(term.DocumentClass("").Values())*3 {
		t.Fatalf("%d models", len(all))
	}
	return all[0]
}

func TestModel_ML1_aChannelsComesBeforeTheOrganisationsBeforeGradins(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		admin, sold := club(store, term.RoleOrganisationAdmin), channel(store, "FCGRANVAL")
		of := mailmodel.Place{Class: term.DocumentClassTicketAcknowledgement, Language: term.LanguageEn}
		here := of
		here.Channel = sold
		is := func(step string, in uuid.UUID, origin mailmodel.Origin, subject string) {
			t.Helper()
			if got := used(t, admin, store, in); got.Origin != origin || got.Subject != subject {
				t.Errorf("%s: %s of %s", step, got.Subject, got.Origin)
			}
		}
		is("at first", sold, mailmodel.Gradin, "{{.Headline}}")
		must(mailmodel.Update(admin, store, here, model("Here"), time.Now()))
		is("a channel's", sold, mailmodel.Channel, "Here")
		is("elsewhere", uuid.Nil, mailmodel.Gradin, "{{.Headline}}")
		must(mailmodel.Update(admin, store, of, model("First"), time.Now()))
		must(mailmodel.Update(admin, store, of, model("All"), time.Now()))
		is("written again", uuid.Nil, mailmodel.Organisation, "All")
		is("still the channel's", sold, mailmodel.Channel, "Here")
		if left := must(mailmodel.Remove(admin, store, here, time.Now())); left.Origin != mailmodel.Organisation || left.Subject != "All" {
			t.Errorf("after the channel's: %+v", left)
		}
		must(mailmodel.Remove(admin, store, of, time.Now()))
		is("at last", sold, mailmodel.Gradin, "{{.Headline}}")
		if _, err := mailmodel.Remove(admin, store, of, time.Now()); !errs.Is(err, errs.Conflict) {
			t.Errorf("removed again: %v", err)
		}
		if n := must(db.Get[int](dbtest.System(), store, "SELECT count(*) FROM audit_entries WHERE verb LIKE 'mailmodel.%'")); n != 5 {
			t.Errorf("%d audit entries", n)
		}
	})
}

func TestModel_ML1_writtenAtOnceThereIsOne(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		admin := club(store, term.RoleOrganisationAdmin)
		of := mailmodel.Place{Class: term.DocumentClassTicketReminder, Language: term.LanguageFr}
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				if _, err := mailmodel.Update(admin, store, of, model("Once"), time.Now()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if n := must(db.Get[int](dbtest.System(), store, "SELECT count(*) FROM documents WHERE class = 'TICKET_REMINDER'")); n != 1 {
			t.Errorf("%d models of one place", n)
		}
	})
}

func TestModel_ML1_whatCannotBeSentIsRefusedWithItsPart(t *testing.T) {
	t.Parallel()
	store := demotest.Demo.SQLite(t)
	admin := club(store, term.RoleOrganisationAdmin)
	of := mailmodel.Place{Class: term.DocumentClassTicketAcknowledgement, Language: term.LanguageEn}
	for part, m := range map[string]document.Model{
		"subject": {Subject: "{{.Nothing}}", Text: "{{.Link}}", HTML: "{{.Link}}"},
		"text":    {Subject: "S", Text: "{{range .Groups}}", HTML: "{{.Link}}"},
		"html":    {Subject: "S", Text: "{{.Link}}", HTML: `{{template "x"}}`},
		"":        {Subject: "S", Text: "without a way to the tickets", HTML: "{{.Link}}"},
	} {
		for name, try := range map[string]func() error{
			"update":  func() error { _, err := mailmodel.Update(admin, store, of, m, time.Now()); return err },
			"preview": func() error { _, err := mailmodel.Preview(admin, of, m); return err },
		} {
			err := try()
			if !errs.Is(err, errs.Invalid) || !strings.HasPrefix(err.Error(), "This model cannot be used") {
				t.Errorf("%s of a broken %s: %v", name, part, err)
			}
		}
	}
	if letter := must(mailmodel.Preview(admin, of, model("For {{.FirstName}}"))); letter.Subject != "For Alex" {
		t.Errorf("the preview's subject is %q", letter.Subject)
	}
}

func TestModel_ML1_whoMayReadAndWrite(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		of := mailmodel.Place{Class: term.DocumentClassTicketAcknowledgement, Language: term.LanguageDe}
		foreign := of
		foreign.Channel = channel(store, "ROCHES")
		for _, role := range term.Role("").Values() {
			ctx := club(store, term.Role(role))
			_, err := mailmodel.List(ctx, store, uuid.Nil)
			if reads := role == "OPERATOR" || role == "ORGANISATION_ADMIN"; reads != (err == nil) || !reads && !errs.Is(err, errs.Forbidden) {
				t.Errorf("%s reads: %v", role, err)
			}
			_, err = mailmodel.Update(ctx, store, of, model("S"), time.Now())
			if writes := role == "ORGANISATION_ADMIN"; writes != (err == nil) || !writes && !errs.Is(err, errs.Forbidden) {
				t.Errorf("%s writes: %v", role, err)
			}
		}
		admin := club(store, term.RoleOrganisationAdmin)
		if _, err := mailmodel.Update(admin, store, foreign, model("S"), time.Now()); !errs.Is(err, errs.NotFound) {
			t.Errorf("in another's channel: %v", err)
		}
		if _, err := mailmodel.List(admin, store, foreign.Channel); !errs.Is(err, errs.NotFound) {
			t.Errorf("of another's channel: %v", err)
		}
	})
}
