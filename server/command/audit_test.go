package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/db"
)

// entry is what auditEntries and the export tell of an entry.
type entry struct {
	Sequence int64
	Verb     string
	Detail   json.RawMessage
	Changes  []struct{ Field, Before, After string }
}

// audited asks for the log as somebody.
func audited(t *testing.T, address, cookie, arguments string) (entries []entry, cursor, refusal string) {
	t.Helper()
	a := request{query: `{ auditEntries(` + arguments + `) { edges { node { sequence verb changes { field before after } } } pageInfo { endCursor } totalCount } }`}.send(t, address, cookie)
	var got struct {
		Errors []struct{ Extensions struct{ Code string } }
		Data   struct {
			AuditEntries struct {
				Edges    []struct{ Node entry }
				PageInfo struct{ EndCursor string }
			}
		}
	}
	if err := json.Unmarshal([]byte(a.text), &got); err != nil {
		t.Fatalf("%.300s: %v", a.text, err)
	}
	for _, e := range got.Data.AuditEntries.Edges {
		entries = append(entries, e.Node)
	}
	if len(got.Errors) > 0 {
		refusal = got.Errors[0].Extensions.Code
	}
	return entries, got.Data.AuditEntries.PageInfo.EndCursor, refusal
}

func TestAudit_AC5_tellsBeforeAndAfterToAdmins(t *testing.T) {
	furnished(t, func(t *testing.T, c config.Serve) {
		c.Development, c.RateSignIns = true, 100
		s := start(t, c, io.Discard)
		relay := signIn(t, s.URL, "relay@banquedulac.example")
		for _, row := range []struct{ email, want string }{
			{"", "UNAUTHENTICATED"}, {"operateur@fcgranval.example", "FORBIDDEN"}, {"lecture@fcgranval.example", "FORBIDDEN"},
			{"controle@fcgranval.example", "FORBIDDEN"}, {"relay@banquedulac.example", "FORBIDDEN"}, {"admin@fcgranval.example", ""},
		} {
			if _, _, refusal := audited(t, s.URL, signIn(t, s.URL, row.email), "first: 1"); refusal != row.want {
				t.Errorf("%q reads the log: %q; want %q", row.email, refusal, row.want)
			}
		}
		admin := signIn(t, s.URL, "admin@fcgranval.example")
		request{query: `mutation { updatePreferences(input: {language: DE, name: "A. B. Walker"}) { user { name } } }`}.send(t, s.URL, relay)
		entries, _, _ := audited(t, s.URL, admin, `first: 5, filter: {verb: "account.updatePreferences"}`)
		if len(entries) != 1 || fmt.Sprint(entries[0].Changes) != "[{language FR DE} {name • •}]" {
			t.Errorf("the change is told as %+v", entries)
		}
		export := request{query: `mutation { exportTicketDetails(input: {filter: {}}) { url userErrors { message } } }`}.send(t, s.URL, relay)
		path := export.text[strings.Index(export.text, `/d/`):]
		file, err := http.Get(s.URL + path[:strings.Index(path, `"`)])
		if err != nil || file.StatusCode != http.StatusOK {
			t.Fatalf("download: %v %v", file, err)
		}
		_ = file.Body.Close()
		for _, verb := range []string{"account.signIn", "distribution.export", "distribution.download"} {
			if entries, _, _ := audited(t, s.URL, admin, `first: 5, filter: {verb: "`+verb+`"}`); len(entries) == 0 {
				t.Errorf("no entry of %s", verb)
			}
		}
		pages(t, s, admin)
		exported(t, s, c)
	})
}

// pages reads the list page by page and from its back.
func pages(t *testing.T, s *command.Server, admin string) {
	t.Helper()
	all, _, _ := audited(t, s.URL, admin, "first: 200")
	var joined []entry
	for after := ""; len(joined) < len(all); {
		page, cursor, refusal := audited(t, s.URL, admin, `first: 3`+after)
		if len(page) == 0 {
			t.Fatalf("the list ends after %d of %d: %s", len(joined), len(all), refusal)
		}
		joined, after = append(joined, page...), `, after: "`+cursor+`"`
	}
	for i := range all {
		if joined[i].Sequence != all[i].Sequence || int64(len(all)-i) != all[i].Sequence {
			t.Fatalf("entry %d of the pages is %d, of the list %d", i, joined[i].Sequence, all[i].Sequence)
		}
	}
	if oldest, _, _ := audited(t, s.URL, admin, "last: 2"); len(oldest) != 2 || oldest[1].Sequence != 1 {
		t.Errorf("the last two are %+v", oldest)
	}
}

// exported compares the commands with the store, and alters a byte.
func exported(t *testing.T, s *command.Server, c config.Serve) {
	t.Helper()
	run := func(args ...string) (string, int) {
		args = append([]string{"audit"}, append(args, "--data", c.Data)...)
		if c.DatabaseURL != "" {
			args = append(args, "--database-url", c.DatabaseURL)
		}
		var out bytes.Buffer
		status := command.Run(args, &out, io.Discard)
		return out.String(), status
	}
	code, err := db.Get[string](system(), s.Store, "SELECT code FROM organisations WHERE name LIKE 'FC%'")
	if err != nil {
		t.Fatal(err)
	}
	out, status := run("export", "--organisation", code)
	if status != 0 {
		t.Fatalf("export ends with %d", status)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	stored, err := db.Get[int](system(), s.Store, "SELECT count(*) FROM audit_entries a JOIN organisations o ON o.id = a.organisation_id WHERE o.code = $1::text", code)
	if err != nil || len(lines) != stored {
		t.Errorf("exported %d of %d entries, %v", len(lines), stored, err)
	}
	for i, line := range lines {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Sequence != int64(i+1) {
			t.Fatalf("line %d: %s: %v", i+1, line, err)
		}
	}
	if _, status := run("verify", "--json"); status != 0 {
		t.Errorf("a sound log: status %d", status)
	}
	unguard := "DROP TRIGGER guard_audit_update"
	if c.DatabaseURL != "" {
		unguard += " ON audit_entries"
	}
	for _, statement := range []string{unguard, "UPDATE audit_entries SET address = '192.0.2.1' WHERE sequence = 2"} {
		if _, err := s.Store.Exec(system(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, status := run("verify"); status != 1 {
		t.Errorf("an altered log: status %d", status)
	}
}
