package command_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"gradin/server/db"
)

// TestMetrics_OP2_countWhatHappens asks a little and looks for it in the figures.
func TestMetrics_OP2_countWhatHappens(t *testing.T) {
	engines(t, func(t *testing.T, databaseURL string) {
		c := defaults(t, databaseURL)
		c.Demo, c.Development, c.MetricsAddr, c.SMTP = true, true, "127.0.0.1:0", startMailServer(t, t.TempDir()).url
		s := start(t, c, io.Discard)
		relay := signIn(t, s.URL, "relay@banquedulac.example")
		request{query: `query Secret123 { viewer { user { name } } }`}.send(t, s.URL, relay)
		request{query: `{ tickets(first: 500) { totalCount } }`}.send(t, s.URL, relay)
		if page, err := http.Get(s.URL + "/t/not-a-token"); err == nil {
			_ = page.Body.Close()
		}
		if _, err := s.Store.Exec(system(), `UPDATE mails SET state = 'READY', sent_at = NULL, next_attempt_at = NULL, claimed_until = NULL
			WHERE id IN (SELECT id FROM mails WHERE state = 'SENT' LIMIT 3)`); err != nil {
			t.Fatal(err)
		}
		executions, err := db.Get[int](system(), s.Store, "SELECT count(*) FROM executions")
		if err != nil || executions == 0 {
			t.Fatal(executions, err)
		}
		want := []string{
			`gradin_http_request_seconds_count{route="/graphql",status="200"} 3`,
			`gradin_http_request_seconds_count{route="/t/",status="404"} 1`,
			`gradin_graphql_operations_total{kind="query",operation="free",result="ok"} 1`,
			`gradin_graphql_operations_total{kind="query",operation="free",result="INVALID"} 1`,
			`gradin_graphql_operations_total{kind="mutation",operation="free",result="ok"} 1`,
			`gradin_executions{function="TICKET_HOLDERS_IMPORT",result="OK",state="DONE"}`,
			`gradin_moves_applied{function="TICKET_HOLDERS_IMPORT",kind="distribute"}`,
			`gradin_mail_send_seconds_count{verdict="accepted"}`,
			`gradin_store_unreadable 0`, `gradin_store_reads_total`, `go_sql_open_connections`, `go_goroutines`,
		}
		text := figuresWith(t, s.MetricsURL, want[7])
		for _, line := range want {
			if !strings.Contains(text, line) {
				t.Errorf("the figures lack %s", line)
			}
		}
		if strings.Contains(text, "Secret123") || strings.Contains(text, "not-a-token") {
			t.Error("what callers send became a label")
		}
	})
}

// figuresWith reads the figures until they have the line, which they get when a
// mail has been sent, and gives them as they are after a minute in any case.
func figuresWith(t *testing.T, address, line string) string {
	t.Helper()
	tick, late := time.NewTicker(100*time.Millisecond), time.NewTimer(time.Minute)
	defer tick.Stop()
	defer late.Stop()
	for {
		text := figures(t, address)
		if strings.Contains(text, line) {
			return text
		}
		select {
		case <-tick.C:
		case <-late.C:
			return text
		}
	}
}

func figures(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
