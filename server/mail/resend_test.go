package mail

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

func as(organisation uuid.UUID, role term.Role) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{User: viewer.UUID(oid.New(oid.User)), Name: "Somebody", Role: string(role), Organisation: organisation})
}

func TestResend_ML2_isForOperators(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	s := newSender(t, store, nil, newClock())
	may := map[term.Role]bool{term.RoleOrganisationAdmin: true, term.RoleOperator: true}
	for _, role := range append(term.Role("").Values(), "") {
		_, err := s.Resend(as(stadium.Organisation.ID, term.Role(role)), []uuid.UUID{stadium.Guests[0].Mail})
		if may[term.Role(role)] != (err == nil) || err != nil && !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s: %v", role, err)
		}
	}
	reading := viewer.With(context.Background(), viewer.Viewer{Role: string(term.RoleOperator), Organisation: stadium.Organisation.ID, ReadOnly: true})
	if _, err := s.Resend(reading, []uuid.UUID{stadium.Guests[0].Mail}); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token that may only read: %v", err)
	}
	if _, err := s.Resend(context.Background(), nil); !errs.Is(err, errs.Forbidden) {
		t.Errorf("nobody: %v", err)
	}
}

func TestResend_ML2_makesFailedAndDoubtfulMailsReady(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 4, Each: 1})
		for i, state := range []term.MailState{term.MailStateFailed, term.MailStateInDoubt, term.MailStateSent, term.MailStateSending} {
			stadium.Exec(t, "UPDATE mails SET state = $1::text, attempts = 5 WHERE id = $2::uuid", string(state), stadium.Guests[i].Mail)
		}
		var ids []uuid.UUID
		for _, g := range stadium.Guests {
			ids = append(ids, g.Mail, g.Mail)
		}
		s, ctx := newSender(t, store, nil, newClock()), as(stadium.Organisation.ID, term.RoleOperator)
		for _, want := range []int{2, 0} {
			if n, err := s.Resend(ctx, ids); err != nil || n != want {
				t.Errorf("%d, %v, want %d", n, err, want)
			}
		}
		var got []term.MailState
		for i := range 4 {
			got = append(got, stadium.Mail(t, i).State)
		}
		if diff := cmp.Diff([]term.MailState{term.MailStateReady, term.MailStateReady, term.MailStateSent, term.MailStateSending}, got); diff != "" {
			t.Error(diff)
		}
		if m := stadium.Mail(t, 1); m.Attempts != 0 || m.Claim != 1 {
			t.Errorf("attempts %d, claim %d", m.Attempts, m.Claim)
		}
		if n, err := audit.Verify(dbtest.System(), store, stadium.Organisation.ID); err != nil || n.Entries != 1 {
			t.Errorf("%d audit entries, %v, want 1", n.Entries, err)
		}
	})
}

func TestResend_AC3_foreignAndUnknownMailsAreTheSame(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		mine := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		theirs := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		mine.Exec(t, "UPDATE mails SET state = 'FAILED'")
		s, ctx := newSender(t, store, nil, newClock()), as(mine.Organisation.ID, term.RoleOperator)
		var answers []string
		for _, id := range []uuid.UUID{theirs.Guests[0].Mail, oid.New(oid.Mail)} {
			_, err := s.Resend(ctx, []uuid.UUID{mine.Guests[0].Mail, id})
			if !errs.Is(err, errs.NotFound) {
				t.Fatal(err)
			}
			_, shown := s.Render(ctx, id, false)
			answers = append(answers, err.Error()+shown.Error())
		}
		if answers[0] != answers[1] {
			t.Errorf("a foreign mail is told from an unknown one: %q", answers)
		}
		if mine.Mail(t, 0).State != term.MailStateFailed || theirs.Mail(t, 0).State != term.MailStateFailed {
			t.Error("a refused resend changed something")
		}
	})
}

func TestParseSMTP_ML2_readsAddressesAndKeepsSecrets(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]SMTPConfig{
		"smtp://u:p%40ss@mail.example":        {Host: "mail.example", Port: 587, User: "u", Password: "p@ss", Encryption: StartTLS},
		"smtps://u:hunter2@mail.example":      {Host: "mail.example", Port: 465, User: "u", Password: "hunter2", Encryption: ImplicitTLS},
		"smtp://localhost:2525?tls=none":      {Host: "localhost", Port: 2525, Encryption: Unencrypted},
		"smtp://mail.example:25?tls=starttls": {Host: "mail.example", Port: 25, Encryption: StartTLS},
	} {
		got, err := ParseSMTP(address)
		if err != nil {
			t.Fatal(address, err)
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Error(address, diff)
		}
		if got.Password != "" && strings.Contains(got.String(), got.Password) {
			t.Errorf("the password is in %s", got)
		}
	}
	for _, address := range []string{"", "mail.example", "http://mail.example", "smtp://u:hunter2@mail.example?tls=none", "smtp://u:hunter2@h?tls=maybe",
		"smtp://u:hunter2@h?tsl=tls", "smtp://u:hunter2@h:99999", "smtp://u:hunter2@h/path", "smtp://u:hunter2@%zz"} {
		if _, err := ParseSMTP(address); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestConfig_ML2_isChecked(t *testing.T) {
	t.Parallel()
	good := Config{BaseURL: "https://x.example", LinkKey: testKey, From: "a@b.example", SMTP: &SMTPConfig{}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Config){
		"no base URL":           func(c *Config) { c.BaseURL = "x.example" },
		"a short key":           func(c *Config) { c.LinkKey = testKey[:31] },
		"too many connections":  func(c *Config) { c.Pool = 51 },
		"a negative rate":       func(c *Config) { c.PerSecond = -1 },
		"a sender with a name":  func(c *Config) { c.From = "A <a@b.example>" },
		"a domain with a break": func(c *Config) { c.MessageDomain = "x\r\ny" },
	} {
		bad := good
		spoil(&bad)
		if bad.Validate() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
