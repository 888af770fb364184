package mail

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/term"
)

var testKey = []byte("0123456789abcdef0123456789abcdef")

// clock is a time that moves when it is told to.
type clock struct {
	mutex sync.Mutex
	at    time.Time
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = c.at.Add(d)
}

// newClock starts an hour after the mails were made, by the store's own clock.
func newClock() *clock { return &clock{at: time.Now().Add(time.Hour)} }

func newSender(t testing.TB, store *db.DB, office *postOffice, at *clock, change ...func(*Config)) *Service {
	t.Helper()
	config := Config{BaseURL: "https://tickets.example", LinkKey: testKey, From: "tickets@granval.example", Pool: 1,
		Random: func() float64 { return 0.5 }}
	if office != nil {
		config.SMTP = office.config
	}
	for _, f := range change {
		f(&config)
	}
	if err := config.Validate(); err != nil {
		t.Fatal(err)
	}
	return New(store, config, at.now, slog.New(slog.DiscardHandler))
}

func sendDue(t testing.TB, s *Service, want int) {
	t.Helper()
	n, err := s.SendDue(dbtest.System())
	if err != nil {
		t.Fatal(err)
	}
	if n != want {
		t.Errorf("%d mails were accepted, want %d", n, want)
	}
}

func TestSendDue_ML2_sendsEachMailOnceInOrderAndInjectsItsTickets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 9, Each: 2})
		office, at := openPostOffice(t, Unencrypted), newClock()
		s := newSender(t, store, office, at)
		sendDue(t, s, 9)
		sendDue(t, s, 0)
		var to []string
		for _, m := range office.mails() {
			to = append(to, m.to)
		}
		want := strings.Fields("guest1@example.org guest2@example.org guest3@example.org guest4@example.org guest5@example.org guest6@example.org guest7@example.org guest8@example.org guest9@example.org")
		if diff := cmp.Diff(want, to); diff != "" {
			t.Error(diff)
		}
		if office.opened != 1 {
			t.Errorf("%d connections for 9 mails, want 1", office.opened)
		}
		m := stadium.Mail(t, 3)
		if m.State != term.MailStateSent || m.SentAt == nil || m.Attempts != 1 || m.ServerAnswer == "" || m.ClaimedUntil != nil ||
			m.MessageID != oid.Encode(m.ID)+"@granval.example" {
			t.Errorf("mail: %+v", m)
		}
		for n := range 2 {
			story := []string{"CREATED PORTAL NOT_PRINTED NONE", "DISTRIBUTED PORTAL NOT_PRINTED NONE", "LOCATION_CHANGED MAIL PRINTED INJECTED"}
			if diff := cmp.Diff(story, stadium.Story(t, 3, n)); diff != "" {
				t.Error(diff)
			}
			if got := stadium.Ticket(t, 3, n); got.Location != term.DeliveryLocationInjected || got.State != term.TicketStatePrinted || got.InjectedAt == nil {
				t.Errorf("ticket: %s %s", got.State, got.Location)
			}
		}
	})
}

func TestSendDue_ML3_headersAndPartsAreWhole(t *testing.T) {
	t.Parallel()
	store, office, at := dbtest.SQLite(t), openPostOffice(t, Unencrypted), newClock()
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 2, Sponsor: "Brasserie Zoë & Söhne " + strings.Repeat("sehr lang ", 12), Language: term.LanguageFr, MailFrom: "billets@fcgranval.example"})
	sendDue(t, newSender(t, store, office, at), 1)
	got := office.mails()[0]
	head := got.message.Header
	from, err := netmail.ParseAddress(head.Get("From"))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(from.Name, "Brasserie Zoë & Söhne sehr lang") || !strings.HasSuffix(from.Name, "via FC Granval") || from.Address != "billets@fcgranval.example" {
		t.Errorf("From: %v", from)
	}
	if !strings.HasPrefix(subject, "Vos billets pour FC Granval – Lyon, de la part de Brasserie Zoë") {
		t.Errorf("Subject: %q", subject)
	}
	id := oid.Encode(stadium.Guests[0].Mail)
	seen := map[string]string{}
	for _, name := range []string{"Message-Id", "Auto-Submitted", "X-Gradin-Idempotency-Key", "X-Mailer", "User-Agent", "Bcc"} {
		seen[name] = head.Get(name)
	}
	want := map[string]string{"Message-Id": "<" + id + "@granval.example>", "Auto-Submitted": "auto-generated", "X-Gradin-Idempotency-Key": id,
		"X-Mailer": "", "User-Agent": "", "Bcc": ""}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	if date, err := head.Date(); err != nil || date.Sub(at.now()).Abs() > time.Minute {
		t.Errorf("Date: %v, %v", date, err)
	}
	for _, line := range bytes.Split(got.raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes, or a bare line break", len(line))
		}
	}
	checkParts(t, got, Link(testKey, "https://tickets.example", stadium.Guests[0].Mail))
}

func checkParts(t *testing.T, got received, link string) {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(got.message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	reader := multipart.NewReader(got.message.Body, parameters["boundary"])
	var kinds []string
	for {
		part, err := reader.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, part.Header.Get("Content-Type"))
		if !strings.Contains(string(text), link) || !strings.Contains(string(text), "Places 1, 2") {
			t.Errorf("the link or the seats are missing in %s", text)
		}
	}
	if diff := cmp.Diff([]string{"text/plain; charset=UTF-8", "text/html; charset=UTF-8"}, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestSendDue_ML3_hostileNamesReachNoHeader(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*testing.T, *mailtest.Stadium){
		"a sponsor with a line break": func(t *testing.T, s *mailtest.Stadium) {
			s.Exec(t, "UPDATE contacts SET name = $1::text WHERE id = $2::uuid", "X\r\nBcc: all@example.org", s.Sponsor.ID)
		},
		"an organiser with a line feed": func(t *testing.T, s *mailtest.Stadium) {
			s.Exec(t, "UPDATE organisations SET name = $1::text", "X\nBcc: all@example.org")
		},
		"a guest with a line break": func(t *testing.T, s *mailtest.Stadium) {
			s.Exec(t, "UPDATE mails SET name = $1::text", "X\r\nBcc: all@example.org")
		},
		"an address with a line break": func(t *testing.T, s *mailtest.Stadium) {
			s.Exec(t, "UPDATE mails SET address = $1::text", "guest@example.org>\r\nRCPT TO:<all@example.org")
		},
		"two addresses": func(t *testing.T, s *mailtest.Stadium) {
			s.Exec(t, "UPDATE mails SET address = $1::text", "guest@example.org,all@example.org")
		},
		"a sender with a line break": func(t *testing.T, s *mailtest.Stadium) {
			s.Exec(t, "UPDATE organisations SET mail_from = $1::text", "x@example.org\r\nBcc: all@example.org")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, office := dbtest.SQLite(t), openPostOffice(t, Unencrypted)
			stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
			spoil(t, stadium)
			sendDue(t, newSender(t, store, office, newClock()), 0)
			if m := stadium.Mail(t, 0); m.State != term.MailStateFailed || m.ServerAnswer == "" || len(office.mails()) != 0 {
				t.Errorf("%s %q, %d mails", m.State, m.ServerAnswer, len(office.mails()))
			}
		})
	}
}

func TestSendDue_ML3_quotesInNamesStayNames(t *testing.T) {
	t.Parallel()
	store, office := dbtest.SQLite(t), openPostOffice(t, Unencrypted)
	mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1, Sponsor: `"Evil" <evil@example.org>, Bcc: x`})
	sendDue(t, newSender(t, store, office, newClock()), 1)
	from, err := office.mails()[0].message.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != "tickets@granval.example" || !strings.HasPrefix(from[0].Name, `"Evil" <evil`) {
		t.Errorf("%v, %v", from, err)
	}
}

func TestSendDue_ML1_ticketsTakenBackAreNotInTheMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 3})
		stadium.TakeBack(t, 0, 1, mailtest.Start())
		for n := range 3 {
			stadium.TakeBack(t, 1, n, mailtest.Start())
		}
		office := openPostOffice(t, Unencrypted)
		sendDue(t, newSender(t, store, office, newClock()), 1)
		if m := stadium.Mail(t, 1); m.State != term.MailStateObsolete || m.Attempts != 0 {
			t.Errorf("%s after %d attempts, want OBSOLETE after none", m.State, m.Attempts)
		}
		if raw := string(office.mails()[0].raw); !strings.Contains(raw, "has given you 2 tickets.") {
			t.Errorf("want two tickets in %s", raw)
		}
		if got := stadium.Ticket(t, 0, 1); got.Location != term.DeliveryLocationNone {
			t.Errorf("the ticket taken back is %s", got.Location)
		}
	})
}

func TestSendDue_ML1_tellsWhoLostTicketsAndMovesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 4})
		office := openPostOffice(t, Unencrypted)
		s := newSender(t, store, office, newClock())
		sendDue(t, s, 1)
		id := stadium.Reclaim(t, 0, mailtest.Start(), 0, 1, 2)
		before := stadium.Story(t, 0, 3)
		sendDue(t, s, 1)
		if m, err := store.Client.Mail.Get(dbtest.System(), id); err != nil || m.State != term.MailStateSent {
			t.Fatalf("the mail is %v, %v; want it SENT", m, err)
		}
		got := office.mails()[1]
		if subject := got.message.Header.Get("Subject"); !strings.Contains(subject, "Taken_back:_your_tickets") {
			t.Errorf("the subject is %q", subject)
		}
		for text, want := range map[string]bool{
			"Banque du Lac has taken back 3 tickets from you.": true, "Seats 1=E2=80=933": true, "no longer open the gates": true,
			"/t/": false, "Seat 4": false, "<a ": false,
		} {
			if strings.Contains(strings.ReplaceAll(string(got.raw), "=\r\n", ""), text) != want {
				t.Errorf("%q: want %v in\n%s", text, want, got.raw)
			}
		}
		if diff := cmp.Diff(before, stadium.Story(t, 0, 3)); diff != "" {
			t.Errorf("the mail moved a ticket that the guest still has: %s", diff)
		}
		if letter, err := s.Render(as(stadium.Organisation.ID, term.RoleViewer), id, false); err != nil || !strings.Contains(letter.Text, "taken back 3 tickets") {
			t.Errorf("the outbox shows %q, %v", letter.Text, err)
		}
	})
}

func TestSendDue_WA4_namesTheGuestAsHisGiverTypedHim(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 2})
		office := openPostOffice(t, Unencrypted)
		s := newSender(t, store, office, newClock())
		sendDue(t, s, 1)
		stadium.Exec(t, "UPDATE contacts SET name = 'Another Name' WHERE id = $1::uuid", stadium.Guests[0].Contact)
		stadium.GiveBack(t, 0, 1, "desk@example.org")
		sendDue(t, s, 1)
		got := office.mails()[1]
		raw := strings.ReplaceAll(string(got.raw), "=\r\n", "")
		if got.to != "desk@example.org" || !strings.Contains(raw, "Guest1 Lake cannot come and has given back 1 ticket.") ||
			!strings.Contains(raw, "Seat 2") || strings.Contains(raw, "Another Name") || strings.Contains(raw, "/t/") {
			t.Errorf("to %s: %s", got.to, raw)
		}
	})
}

func TestSendDue_ML2_withoutAServerNothingLeaves(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	sendDue(t, newSender(t, store, nil, newClock()), 0)
	if m := stadium.Mail(t, 0); m.State != term.MailStateReady {
		t.Errorf("%s, want READY", m.State)
	}
}

func TestServe_ML2_endsWithTheContextAndGivesBackWhatHasNotLeft(t *testing.T) {
	t.Parallel()
	store, office := dbtest.SQLite(t), openPostOffice(t, Unencrypted)
	office.taken, office.mayAnswer = make(chan struct{}, 9), make(chan struct{})
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 3, Each: 1})
	s := newSender(t, store, office, newClock())
	ctx, stop := context.WithCancel(dbtest.System())
	bell, ended := make(chan time.Time), make(chan struct{})
	go func() {
		defer close(ended)
		s.Serve(ctx, bell)
	}()
	bell <- time.Now()
	<-office.taken // the first mail is with the server, which has not answered yet
	stop()
	close(office.mayAnswer)
	<-ended
	got := []term.MailState{stadium.Mail(t, 0).State, stadium.Mail(t, 1).State, stadium.Mail(t, 2).State}
	want := []term.MailState{term.MailStateSent, term.MailStateReady, term.MailStateReady}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if stadium.Mail(t, 2).ClaimedUntil != nil {
		t.Error("a mail that has not left is still claimed")
	}
}

func TestSendDue_ML2_keepsToTheRate(t *testing.T) {
	t.Parallel()
	store, office, at := dbtest.SQLite(t), openPostOffice(t, Unencrypted), newClock()
	mailtest.Build(t, store, mailtest.Plan{Guests: 5, Each: 1})
	var pauses []time.Duration
	s := newSender(t, store, office, at, func(c *Config) {
		c.PerSecond = 4
		c.Wait = func(_ context.Context, d time.Duration) error {
			pauses = append(pauses, d)
			at.forward(d)
			return nil
		}
	})
	sendDue(t, s, 5)
	quarter := 250 * time.Millisecond
	if diff := cmp.Diff([]time.Duration{quarter, quarter, quarter, quarter}, pauses); diff != "" {
		t.Error(diff)
	}
}
