package mail

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	entmail "gradin/ent/mail"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/organisation"
	"gradin/server/term"
)

// tell gives the stadium's organisation two addresses and tells it of something.
func tell(t testing.TB, s *mailtest.Stadium, class term.DocumentClass, about uuid.UUID) []*ent.Mail {
	t.Helper()
	if _, err := s.Store.Client.Organisation.UpdateOneID(s.Organisation.ID).SetLanguage(term.LanguageFr).SetAlertAddresses([]string{"a@granval.example", "b@granval.example"}).Save(dbtest.System()); err != nil {
		t.Fatal(err)
	}
	err := s.Store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		return organisation.Tell(ctx, tx, organisation.News{Organisation: s.Organisation.ID, Class: class, About: []uuid.UUID{about}, At: time.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Store.Client.Mail.Query().Where(entmail.AboutID(about)).All(dbtest.System())
	if err != nil || len(all) != 2 {
		t.Fatalf("%d mails, %v", len(all), err)
	}
	return all
}

func TestSendDue_TB7_theOrganiserGetsAlertsInHisLanguage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		office := openPostOffice(t, Unencrypted)
		s := newSender(t, store, office, newClock())
		sendDue(t, s, 1)
		before := stadium.Story(t, 0, 0)
		ticket := stadium.Ticket(t, 0, 0)
		alert := oid.New(oid.Alert)
		stadium.Exec(t, `INSERT INTO take_back_alerts (id, organisation_id, kind, ticket_id, sponsor_id, product_id, threshold, recovered, distributed, raised_at)
			VALUES ($1::uuid, $2::uuid, 'TICKET', $3::uuid, $4::uuid, $5::uuid, 2, 3, 0, $6::timestamptz)`,
			alert, stadium.Organisation.ID, ticket.ID, stadium.Sponsor.ID, ticket.ProductID, db.Now())
		letters := tell(t, stadium, term.DocumentClassTakeBackAlert, alert)
		sendDue(t, s, 2)
		sendDue(t, s, 0)
		to := map[string]int{}
		for _, got := range office.mails()[1:] {
			to[got.to]++
			raw := strings.ReplaceAll(string(got.raw), "=\r\n", "")
			for _, text := range []string{"https://tickets.example/o/alerts", "Le billet 1000001 de Banque du Lac", "FC Granval =E2=80=93 Lyon", "plus de 2 fois"} {
				if !strings.Contains(raw, text) {
					t.Errorf("%q is missing in\n%s", text, raw)
				}
			}
			if strings.Contains(raw, "/t/") {
				t.Error("the mail has the link of a guest")
			}
		}
		if len(to) != 2 || to["a@granval.example"] != 1 || to["b@granval.example"] != 1 {
			t.Errorf("it went to %v", to)
		}
		if after := stadium.Story(t, 0, 0); len(after) != len(before) {
			t.Errorf("the mail moved a ticket: %v", after)
		}
		letter, err := s.Render(as(stadium.Organisation.ID, term.RoleViewer), letters[0].ID, false)
		if err != nil || !strings.Contains(letter.Text, "https://tickets.example/o/alerts") || !strings.HasPrefix(letter.Subject, "Alerte : billet 1000001") {
			t.Errorf("the outbox shows %q, %v", letter.Subject, err)
		}
	})
}

// Word of a run that was decided on before the mail left is no use any more.
func TestSendDue_TB7_whoNeedNotDecideIsNotAsked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		office := openPostOffice(t, Unencrypted)
		s := newSender(t, store, office, newClock())
		sendDue(t, s, 1)
		run := stadium.Execution.ID
		stadium.Exec(t, "UPDATE executions SET state = 'AWAITING_APPROVAL', user_name = 'Zoé', plan_approvals = 3, reason = 'Malade' WHERE id = $1::uuid", run)
		letters := tell(t, stadium, term.DocumentClassApprovalAwaited, run)
		stadium.Exec(t, "UPDATE mails SET next_attempt_at = $1::timestamptz WHERE id = $2::uuid", db.Moment(time.Now().Add(24*time.Hour)), letters[1].ID)
		sendDue(t, s, 1)
		raw := strings.ReplaceAll(string(office.mails()[1].raw), "=\r\n", "")
		for _, text := range []string{"https://tickets.example/o/executions/" + oid.Encode(run), "reprendre 3 billets", "Malade"} {
			if !strings.Contains(raw, text) {
				t.Errorf("%q is missing in\n%s", text, raw)
			}
		}
		stadium.Exec(t, "UPDATE executions SET state = 'QUEUED' WHERE id = $1::uuid", run)
		stadium.Exec(t, "UPDATE mails SET next_attempt_at = NULL WHERE id = $1::uuid", letters[1].ID)
		sendDue(t, s, 0)
		if m, err := store.Client.Mail.Get(dbtest.System(), letters[1].ID); err != nil || m.State != term.MailStateObsolete {
			t.Errorf("it is %v, %v", m.State, err)
		}
	})
}
