package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/term"
)

func TestSendDue_ML2_temporaryAnswersAreTriedAgainLater(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		office, at := openPostOffice(t, Unencrypted), newClock()
		office.answerRcpt = func(n int) error {
			if n == 0 {
				return refusal(450, "mailbox busy")
			}
			return nil
		}
		office.answerData = func(n int) error {
			if n == 0 {
				return refusal(452, "no room")
			}
			return nil
		}
		s := newSender(t, store, office, at)
		for attempt, pause := range []time.Duration{66 * time.Second, 330 * time.Second} {
			sendDue(t, s, 0)
			m := stadium.Mail(t, 0)
			if m.State != term.MailStateReady || m.Attempts != attempt+1 || m.NextAttemptAt.Sub(db.Moment(at.now())) != pause || !strings.HasPrefix(m.ServerAnswer, "45") {
				t.Fatalf("after attempt %d: %+v", attempt+1, m)
			}
			at.forward(pause - time.Second)
			sendDue(t, s, 0)
			at.forward(time.Second)
		}
		sendDue(t, s, 1)
		if m := stadium.Mail(t, 0); m.State != term.MailStateSent || m.Attempts != 3 {
			t.Errorf("%s after %d attempts", m.State, m.Attempts)
		}
		got := office.mails()
		if len(got) != 2 || got[0].message.Header.Get("Message-Id") != got[1].message.Header.Get("Message-Id") {
			t.Errorf("%d contents; the Message-ID must be the same at every try", len(got))
		}
	})
}

func TestSendDue_ML2_permanentAnswersEndAsFailed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 1})
		office := openPostOffice(t, Unencrypted)
		office.answerRcpt = func(n int) error {
			if n == 0 {
				return refusal(550, "no such user "+strings.Repeat("é", 600))
			}
			return nil
		}
		sendDue(t, newSender(t, store, office, newClock()), 1)
		m := stadium.Mail(t, 0)
		if m.State != term.MailStateFailed || !strings.HasPrefix(m.ServerAnswer, "550") || len(m.ServerAnswer) > 500 {
			t.Errorf("%s %q", m.State, m.ServerAnswer)
		}
		if stadium.Mail(t, 1).State != term.MailStateSent {
			t.Error("the next mail did not leave on the same connection")
		}
		if got := stadium.Ticket(t, 0, 0); got.Location != term.DeliveryLocationNone {
			t.Errorf("a ticket whose mail failed is %s", got.Location)
		}
	})
}

func TestSendDue_ML2_isGivenUpAfterTheLastAttempt(t *testing.T) {
	t.Parallel()
	store, office, at := dbtest.SQLite(t), openPostOffice(t, Unencrypted), newClock()
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	office.answerRcpt = func(int) error { return refusal(451, "try later") }
	s := newSender(t, store, office, at)
	for range 8 {
		sendDue(t, s, 0)
		at.forward(30 * time.Hour)
	}
	sendDue(t, s, 0)
	if m := stadium.Mail(t, 0); m.State != term.MailStateFailed || m.Attempts != 8 || office.asked != 8 {
		t.Errorf("%s after %d attempts, %d seen", m.State, m.Attempts, office.asked)
	}
}

func TestSendDue_ML2_silenceAfterTheContentIsDoubt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 1})
		office, at := openPostOffice(t, Unencrypted), newClock()
		office.cut = func(n int) bool { return n == 0 }
		s := newSender(t, store, office, at)
		sendDue(t, s, 1)
		at.forward(72 * time.Hour)
		sendDue(t, s, 0)
		if m := stadium.Mail(t, 0); m.State != term.MailStateInDoubt || m.ServerAnswer == "" || m.MessageID == "" {
			t.Errorf("%s %q", m.State, m.ServerAnswer)
		}
		if len(office.mails()) != 2 || stadium.Mail(t, 1).State != term.MailStateSent {
			t.Errorf("%d contents; want one of each mail", len(office.mails()))
		}
	})
}

func TestSendDue_ML2_aProcessThatDiesWhileSendingLeavesDoubt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 1})
		office, at := openPostOffice(t, Unencrypted), newClock()
		dead := newSender(t, store, office, at)
		claimed := claimAll(t, dead)
		if departure, err := dead.depart(dbtest.System(), claimed[0]); err != nil || departure != departs {
			t.Fatal(departure, err)
		}
		alive := newSender(t, store, office, at)
		sendDue(t, alive, 0)
		at.forward(lease)
		sendDue(t, alive, 1) // the second was claimed and not tried: it is simply due again
		got := []term.MailState{stadium.Mail(t, 0).State, stadium.Mail(t, 1).State}
		if diff := cmp.Diff([]term.MailState{term.MailStateInDoubt, term.MailStateSent}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func claimAll(t *testing.T, s *Service) []*brief {
	t.Helper()
	claims, err := s.claim(dbtest.System(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var ids []uuid.UUID
	for id := range maps.Keys(claims) {
		ids = append(ids, id)
	}
	briefs, err := load(dbtest.System(), s.store, ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range briefs {
		b.claim = claims[b.id]
	}
	return briefs
}

func TestSend_ML2_aSenderThatLostItsClaimSendsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		office, at := openPostOffice(t, Unencrypted), newClock()
		slow := newSender(t, store, office, at)
		mine := claimAll(t, slow)[0]
		at.forward(lease)
		office.answerData = func(int) error { return refusal(451, "try later") }
		sendDue(t, newSender(t, store, office, at), 0) // READY again, under a newer claim
		if _, err := slow.send(dbtest.System(), mine); err != nil {
			t.Fatal(err)
		}
		if len(office.mails()) != 1 || stadium.Mail(t, 0).Attempts != 1 {
			t.Errorf("%d contents, want the one of the newer claim", len(office.mails()))
		}
	})
}

func TestArrive_ML2_aLateAnswerEndsTheDoubt(t *testing.T) {
	t.Parallel()
	store, office, at := dbtest.SQLite(t), openPostOffice(t, Unencrypted), newClock()
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	slow := newSender(t, store, office, at)
	mine := claimAll(t, slow)[0]
	if _, err := slow.depart(dbtest.System(), mine); err != nil {
		t.Fatal(err)
	}
	at.forward(lease)
	sendDue(t, newSender(t, store, office, at), 0)
	if m := stadium.Mail(t, 0); m.State != term.MailStateInDoubt {
		t.Fatalf("%s, want IN_DOUBT", m.State)
	}
	if err := slow.arrive(dbtest.System(), mine, outcome{accepted, "250 OK"}); err != nil {
		t.Fatal(err)
	}
	if m := stadium.Mail(t, 0); m.State != term.MailStateSent {
		t.Errorf("%s, want SENT", m.State)
	}
}

func TestSendDue_ML2_sendersThatRaceSendEachMailOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const mails = 30
		mailtest.Build(t, store, mailtest.Plan{Guests: mails, Each: 1})
		office, at := openPostOffice(t, Unencrypted), newClock()
		var group sync.WaitGroup
		begin := make(chan struct{})
		for range 4 {
			s := newSender(t, store, office, at, func(c *Config) { c.Pool = 3 })
			group.Go(func() {
				<-begin
				if _, err := s.SendDue(dbtest.System()); err != nil {
					t.Error(err)
				}
			})
		}
		close(begin)
		group.Wait()
		seen := map[string]int{}
		for _, m := range office.mails() {
			seen[m.message.Header.Get("X-Gradin-Idempotency-Key")]++
		}
		for key, n := range seen {
			if n != 1 {
				t.Errorf("mail %s was sent %d times", key, n)
			}
		}
		if len(seen) != mails {
			t.Errorf("%d of %d mails were sent", len(seen), mails)
		}
	})
}

func TestSendDue_ML2_anUnreachableServerCostsOneAttempt(t *testing.T) {
	t.Parallel()
	store, at := dbtest.SQLite(t), newClock()
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 3, Each: 1})
	office := openPostOffice(t, StartTLS)
	office.config.User, office.config.Password = "gradin", "wrong"
	s := newSender(t, store, office, at)
	if _, err := s.SendDue(dbtest.System()); err == nil {
		t.Error("want an error that says so in the log")
	}
	var got []string
	for i := range 3 {
		m := stadium.Mail(t, i)
		got = append(got, fmt.Sprint(m.State, m.Attempts, m.ClaimedUntil != nil, m.NextAttemptAt != nil))
	}
	if diff := cmp.Diff([]string{"READY1falsetrue", "READY0falsefalse", "READY0falsefalse"}, compact(got)); diff != "" {
		t.Error(diff)
	}
	if m := stadium.Mail(t, 0); strings.Contains(m.ServerAnswer, "wrong") {
		t.Errorf("the password is in the answer: %q", m.ServerAnswer)
	}
}

func compact(lines []string) []string {
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], " ", "")
	}
	return lines
}

func TestSendDue_ML2_speaksOverEncryptedConnections(t *testing.T) {
	t.Parallel()
	for _, encryption := range []Encryption{StartTLS, ImplicitTLS} {
		t.Run(string(encryption), func(t *testing.T) {
			t.Parallel()
			store, office := dbtest.SQLite(t), openPostOffice(t, encryption)
			mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
			office.config.User, office.config.Password = "gradin", "secret"
			sendDue(t, newSender(t, store, office, newClock()), 1)
			if office.user != "gradin" {
				t.Errorf("signed in as %q", office.user)
			}
		})
	}
}

func TestSendDue_ML2_demandsEncryptionThatIsAskedFor(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*SMTPConfig){
		"a server without STARTTLS":       func(c *SMTPConfig) { c.TLS = nil },
		"a certificate that is not known": func(c *SMTPConfig) { c.TLS = &tls.Config{ServerName: "127.0.0.1"} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := dbtest.SQLite(t)
			office := openPostOffice(t, map[bool]Encryption{true: Unencrypted, false: StartTLS}[strings.HasPrefix(name, "a server")])
			mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
			office.config.Encryption = StartTLS
			spoil(office.config)
			if n, err := newSender(t, store, office, newClock()).SendDue(dbtest.System()); err == nil || n != 0 || len(office.mails()) != 0 {
				t.Errorf("%d accepted, %v", n, err)
			}
		})
	}
}

func TestRender_ML2_masksTheLinkUnlessAnOperatorMayReadItHere(t *testing.T) {
	t.Parallel()
	store, at := dbtest.SQLite(t), newClock()
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	id := stadium.Guests[0].Mail
	link := Link(testKey, "https://tickets.example", id)
	silent, sending := newSender(t, store, nil, at), newSender(t, store, openPostOffice(t, Unencrypted), at)
	org := stadium.Organisation.ID
	for name, c := range map[string]struct {
		service *Service
		ctx     context.Context
		unmask  bool
		shown   bool
	}{
		"an operator where nothing leaves":              {silent, as(org, term.RoleOperator), true, true},
		"an operator who did not ask":                   {silent, as(org, term.RoleOperator), false, false},
		"a viewer":                                      {silent, as(org, term.RoleViewer), true, false},
		"an operator where mails leave":                 {sending, as(org, term.RoleOperator), true, false},
		"an administrator of the deployment's only one": {silent, as(org, term.RoleOrganisationAdmin), true, true},
	} {
		letter, err := c.service.Render(c.ctx, id, c.unmask)
		if err != nil {
			t.Fatal(name, err)
		}
		if strings.Contains(letter.Text, link) != c.shown || strings.Contains(letter.HTML, link) != c.shown || strings.Contains(letter.Text, "/t/••••") == c.shown {
			t.Errorf("%s: %s", name, letter.Text)
		}
	}
	stadium.TakeBack(t, 0, 0, mailtest.Start())
	if letter, err := silent.Render(as(org, term.RoleViewer), id, false); err != nil || !strings.Contains(letter.Text, "Seat 1") {
		t.Errorf("a mail whose tickets are gone: %q, %v", letter.Text, err)
	}
}

func TestLoad_ML1_theChannelsModelComesBeforeThatOfAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		s := newSender(t, store, nil, newClock())
		for _, step := range []struct {
			channel *uuid.UUID
			subject string
			want    string
		}{
			{nil, "For all", "For all"},
			{&stadium.PointOfSale.ChannelID, "For the channel", "For the channel"},
		} {
			_, err := store.Client.Document.Create().SetOrganisationID(stadium.Organisation.ID).SetNillableChannelID(step.channel).
				SetClass(term.DocumentClassTicketAcknowledgement).SetLanguage(term.LanguageEn).
				SetSubject(step.subject).SetText("{{.Link}}").SetHTML("{{.Link}}").Save(dbtest.System())
			if err != nil {
				t.Fatal(err)
			}
			letter, err := s.Render(as(stadium.Organisation.ID, term.RoleViewer), stadium.Guests[0].Mail, false)
			if err != nil || letter.Subject != step.want {
				t.Errorf("%q, %v, want %q", letter.Subject, err, step.want)
			}
		}
		stadium.Exec(t, "UPDATE documents SET subject = '{{.Nothing}}'")
		letter, err := s.Render(as(stadium.Organisation.ID, term.RoleViewer), stadium.Guests[0].Mail, false)
		if err != nil || !strings.HasPrefix(letter.Subject, "Your ticket for FC Granval") {
			t.Errorf("a broken model must give way to the default: %q, %v", letter.Subject, err)
		}
	})
}

func TestLink_WA1_isKnownByItsSignatureOnly(t *testing.T) {
	t.Parallel()
	id := oid.New(oid.Mail)
	token := strings.TrimPrefix(Link(testKey, "https://x/", id), "https://x/t/")
	if got, ok := ParseLink(testKey, token); !ok || got != id || len(token) != 43 {
		t.Errorf("%s %v", got, ok)
	}
	forged := map[string]string{"empty": "", "short": token[:42], "long": token + "A", "padded": token + "=",
		"another alphabet": strings.Repeat("+", 43), "zeros": strings.Repeat("A", 43)}
	for i := range token {
		swap := byte('A')
		if token[i] == 'A' {
			swap = 'Q'
		}
		forged[fmt.Sprint("changed at ", i)] = token[:i] + string(swap) + token[i+1:]
	}
	for name, text := range forged {
		if got, ok := ParseLink(testKey, text); ok || got != uuid.Nil {
			t.Errorf("%s: a forged link was taken for %s", name, got)
		}
	}
	if _, ok := ParseLink([]byte("another key, another key, another"), token); ok {
		t.Error("a link of another key was taken")
	}
}
