package distribution_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
)

func (h *house) person(email, name string, public bool) {
	h.t.Helper()
	c := h.store.Client.Contact.Create().SetOrganisationID(h.org.ID).SetNumber(int64(500 + h.count("SELECT count(*) FROM contacts"))).
		SetKind(term.ContactKindIndividual).SetName(name).SetFirstName(name).SetEmail(email).SetEmailKey(email).SetLanguage(term.LanguageDe)
	if public {
		c.SetPublicKey(email)
	}
	person := must(c.Save(system()))
	if !public {
		must(h.store.Client.Relay.Create().SetOrganisationID(h.org.ID).SetStructureID(h.other.ID).SetIndividualID(person.ID).Save(system()))
	}
}

func TestImport_DI7_aKnownGuestIsLinkedAndNeitherChangedNorRevealed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		h.person("guest0@example.org", "Known", true)
		e := h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0), h.guest(1)))
		if e.ContactsCreated != 1 {
			t.Errorf("%d contacts were made, want 1", e.ContactsCreated)
		}
		if n := h.count("SELECT count(*) FROM contacts WHERE name = 'Known' AND first_name = 'Known'"); n != 1 {
			t.Error("the known contact was changed")
		}
		typed := must(db.Get[string](system(), store, "SELECT holder_first_name FROM tickets WHERE id = $1::uuid", h.tickets[0].ID))
		if typed != "First0" {
			t.Errorf("the sender sees %q, not what he typed", typed)
		}
		rows := must(distribution.Rows(system(), store, e.ID, distribution.RowFilter{}))
		for i := range rows {
			rows[i].Number, rows[i].Reference, rows[i].Label, rows[i].Email, rows[i].First, rows[i].Last, rows[i].Ticket = 0, "", "", "", "", "", nil
		}
		if diff := cmp.Diff(rows[0], rows[1]); diff != "" {
			t.Errorf("the answer tells which guest is known:\n%s", diff)
		}
		if n := h.count("SELECT count(*) FROM mails WHERE language = 'DE'"); n != 1 {
			t.Errorf("%d mails are in the known guest's language, want 1", n)
		}
		h.sound()
	})
}

func TestImport_DI7_aRelayOfAnotherStructureIsNeverLinked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 2, 100)
		h.person("guest0@example.org", "Other relay", false)
		e := h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0)))
		if e.ContactsCreated != 1 {
			t.Error("the relay of another structure was taken for the guest")
		}
		h.sound()
	})
}

func TestImport_DI8_differingNamesOfOneGuestAreWarnedAboutAndTheFirstCount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 2, 1)
		second := h.guest(1)
		second.email = h.guest(0).email
		e := h.importAll(h.relay(h.sponsor), workbook(t, h.guest(0), second))
		rows := must(distribution.Rows(system(), store, e.ID, distribution.RowFilter{}))
		if len(rows[1].Warnings) != 1 || rows[1].Warnings[0].Code != term.ReasonCodeDifferentName || rows[1].First != "First0" {
			t.Errorf("the second row has warnings %v and the name %q", rows[1].Warnings, rows[1].First)
		}
		if e.Mails != 1 || e.Distributed != 2 {
			t.Errorf("%d mails for %d tickets, want 1 for 2", e.Mails, e.Distributed)
		}
		h.sound()
	})
}

func TestImport_IM6_aCancelledRunKeepsWhatWasDoneAndARetryDoesTheRest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 6, 2)
		ctx := h.relay(h.sponsor)
		e := h.begin(ctx, workbook(t, h.guest(0), h.guest(1), h.guest(2), h.guest(3)), false)
		h.settle()
		must(h.distribution.Apply(ctx, e.ID))
		// Stopped between two chunks: the flag is looked at in each of them.
		if _, err := store.Exec(system(), `UPDATE executions SET state = 'RUNNING', started_at = $1::timestamptz, cancel_requested = $2::boolean,
			rows_done = 0 WHERE id = $3::uuid`, db.Now(), true, e.ID); err != nil {
			t.Fatal(err)
		}
		h.settle()
		stopped := h.execution(e.ID)
		if stopped.State != term.ExecutionStateCancelled || stopped.Distributed != 0 {
			t.Fatalf("state %s, distributed %d", stopped.State, stopped.Distributed)
		}
		must(h.distribution.Retry(ctx, e.ID))
		h.settle()
		if done := h.execution(e.ID); done.State != term.ExecutionStateDone || done.Distributed != 4 || *done.Result != term.ExecutionResultOk {
			t.Errorf("state %s, distributed %d, result %v", done.State, done.Distributed, done.Result)
		}
		h.sound()
	})
}

func TestDistribute_rolesThatMayAndMayNot(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		list := distribution.List{Wishes: []distribution.Wish{{Ticket: h.tickets[0].ID, Email: "a@example.org", First: "F", Last: "L"}}}
		for _, row := range []struct {
			who  string
			ctx  context.Context
			want errs.Code
		}{
			{"nobody", context.Background(), errs.Unauthenticated},
			{"a viewer", h.staff(term.RoleViewer), errs.Forbidden},
			{"a controller", h.staff(term.RoleController), errs.Forbidden},
			{"a reseller", h.staff(term.RoleReseller), errs.Forbidden},
			{"an operator who names no sponsor", h.staff(term.RoleOperator), errs.Invalid},
		} {
			if _, err := h.distribution.Distribute(row.ctx, list); !errs.Is(err, row.want) {
				t.Errorf("%s got %v, want %s", row.who, err, row.want)
			}
		}
		list.Sponsor = h.sponsor.ID
		must(h.distribution.Distribute(h.staff(term.RoleOperator), list))
		if _, err := h.distribution.Distribute(h.relay(h.other), list); !errs.Is(err, errs.NotFound) {
			t.Errorf("a relay who names another sponsor got %v, want NOT_FOUND", err)
		}
	})
}

func TestImport_D3_aSeasonCardTakesItsFreeChildrenAlong(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 5, 100)
		if _, err := store.Exec(system(), "UPDATE products SET family = 'SEASON_TICKET'"); err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{1, 2, 3} {
			if _, err := store.Exec(system(), "UPDATE tickets SET parent_id = $1::uuid WHERE id = $2::uuid", h.tickets[0].ID, h.tickets[i].ID); err != nil {
				t.Fatal(err)
			}
		}
		ctx := h.relay(h.sponsor)
		h.importAll(ctx, workbook(t, line{distribution.Reference(h.tickets[3].Number, 0), "own@example.org", "O", "Wn"}))
		e := h.importAll(ctx, workbook(t, h.guest(0)))
		if e.Distributed != 1 || e.Mails != 1 {
			t.Errorf("distributed %d, mails %d; the card is one move and one mail", e.Distributed, e.Mails)
		}
		for i, want := range []string{"guest0@example.org", "guest0@example.org", "guest0@example.org", "own@example.org", ""} {
			if got := h.holder(i); got != want {
				t.Errorf("ticket %d is at %q, want %q", i, got, want)
			}
		}
		h.sound()
	})
}

func TestImport_IM6_aRetryTellsAGuestWhoseMailHadLeft(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 2, 1)
		ctx := h.relay(h.sponsor)
		second := h.guest(1)
		second.email, second.first, second.last = h.guest(0).email, h.guest(0).first, h.guest(0).last
		e := h.begin(ctx, workbook(t, h.guest(0), second), false)
		h.settle()
		must(h.distribution.Apply(ctx, e.ID))
		h.settle()
		// As if it had been stopped after its first chunk and the mail had left.
		for _, statement := range []string{
			"UPDATE executions SET state = 'CANCELLED', applied_row = 2, rows_done = 1, distributed = 1",
			"UPDATE mails SET state = 'SENT', sent_at = created_at",
			"UPDATE execution_rows SET ticket_id = (SELECT id FROM tickets WHERE number = 1002), version = (SELECT version FROM tickets WHERE number = 1002) WHERE row_number = 3",
		} {
			if _, err := store.Exec(system(), statement); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := store.Exec(system(), "UPDATE holder_links SET closed_at = opened_at WHERE ticket_id = $1::uuid", h.tickets[1].ID); err != nil {
			t.Fatal(err)
		}
		must(h.distribution.Retry(ctx, e.ID))
		h.settle()
		if n := h.count("SELECT count(*) FROM mails WHERE state = 'READY' AND sent_at IS NULL"); n != 1 {
			t.Errorf("%d mails are ready, want the guest's one", n)
		}
	})
}
