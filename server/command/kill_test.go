package command_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/check"
	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/oid"
	"gradin/server/spreadsheet"
	"gradin/server/viewer"
)

// TestMain lets this test binary be the program: a process that can be killed.
func TestMain(m *testing.M) {
	if os.Getenv("GRADIN_TEST_AS_PROGRAM") != "" {
		os.Exit(command.Run(os.Args[1:], os.Stdout, os.Stderr))
	}
	if data := os.Getenv("GRADIN_TEST_AS_WALLET"); data != "" {
		if err := asWallet(data, os.Getenv("DATABASE_URL")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// victim is the program as a process of its own.
type victim struct {
	url     string
	process *exec.Cmd
}

func launch(t testing.TB, c config.Serve, smtp string) *victim {
	t.Helper()
	args := []string{"serve", "--data", c.Data, "--addr", "127.0.0.1:0", "--lease", "1s", "--chunk", fmt.Sprint(c.Chunk), "--mail-rate", "5000", "--smtp", smtp}
	if c.DatabaseURL != "" {
		args = append(args, "--database-url", c.DatabaseURL)
	}
	v := &victim{process: exec.Command(os.Args[0], args...)}
	v.process.Env = append(os.Environ(), "GRADIN_TEST_AS_PROGRAM=1")
	out, err := v.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	v.process.Stderr = &log
	if err := v.process.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, found := strings.Cut(lines.Text(), "serves on "); found {
			v.url = address
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return v
		}
	}
	_ = v.process.Wait()
	t.Fatalf("the program did not start: %s", log.String())
	return nil
}

// kill ends the process as a power cut would.
func (v *victim) kill() {
	_ = v.process.Process.Signal(syscall.SIGKILL)
	_ = v.process.Wait()
}

// TestServe_DI4_killedAtRandomMomentsEndsWithEachMoveOnce kills the program in
// the middle of imports and of their mails, again and again, and then lets it
// end: each move is applied once, and each guest has one mail. A mail that was
// on its way when the process died is IN_DOUBT and not sent again (ML-2).
func TestServe_DI4_killedAtRandomMomentsEndsWithEachMoveOnce(t *testing.T) {
	rows, kills := 800, 4
	if os.Getenv("GRADIN_TORTURE") != "" {
		rows, kills = 20_000, 20
	}
	stocked(t, rows, func(t *testing.T, c config.Serve) {
		c.Chunk = max(50, rows/60)
		box := t.TempDir()
		mails := startMailServer(t, box)
		secret := token(t, c, "operateur@fcgranval.example", true)
		v := launch(t, c, mails.url)
		file, sponsor, count := fillOut(t, c, rows)
		id, err := oid.Decode(upload(t, v.url, secret, file, sponsor))
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, uint64(rows)))
		for range kills {
			wait := time.Duration(random.IntN(400)+40) * time.Millisecond
			timer := time.NewTimer(wait)
			<-timer.C
			v.kill()
			v = launch(t, c, mails.url)
		}
		until(t, c, "SELECT count(*) FROM executions WHERE id = $1::uuid AND ended_at IS NULL", id)
		until(t, c, "SELECT count(*) FROM mails WHERE execution_id = $1::uuid AND state NOT IN ('SENT', 'IN_DOUBT')", id)
		v.kill()
		verify(t, c, box, id, count)
	})
}

// stocked runs the test on both engines with enough tickets of one sponsor.
func stocked(t *testing.T, rows int, test func(t *testing.T, c config.Serve)) {
	t.Helper()
	if rows <= 800 {
		furnished(t, test)
		return
	}
	engines(t, func(t *testing.T, databaseURL string) {
		c := defaults(t, databaseURL)
		seed(t, c, rows)
		test(t, c)
	})
}

// seed adds the demo, with enough tickets for a run of so many rows.
func seed(t testing.TB, c config.Serve, rows int) {
	t.Helper()
	args := []string{"seed", "--data", c.Data}
	if c.DatabaseURL != "" {
		args = append(args, "--database-url", c.DatabaseURL)
	}
	if rows > 800 {
		args = append(args, "--tickets", "60000")
	}
	var out, log bytes.Buffer
	if status := command.Run(args, &out, &log); status != 0 {
		t.Fatalf("seed: %s", log.String())
	}
}

// fillOut writes a workbook that gives tickets of the sponsor with the most to
// guests, one each, and says for whom and how many.
func fillOut(t testing.TB, c config.Serve, rows int) (file []byte, sponsor uuid.UUID, count int) {
	t.Helper()
	ctx := viewer.With(context.Background(), viewer.System("test"))
	store, err := db.Open(ctx, c.DatabaseURL, c.Data)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	const free = `FROM tickets t JOIN contacts c ON c.id = t.owner_id JOIN organisations o ON o.id = t.organisation_id
		JOIN products pr ON pr.id = t.product_id LEFT JOIN performances p ON p.id = t.performance_id
		WHERE o.code = 'FCGRANVAL' AND c.kind = 'STRUCTURE' AND t.holder_id IS NULL AND t.state = 'NOT_PRINTED' AND NOT t.on_resale
		AND pr.family <> 'SEASON_TICKET' AND (p.id IS NULL OR p.starts_at > $1::timestamptz)`
	soon := db.Now().Add(48 * time.Hour)
	sponsor, err = db.Get[uuid.UUID](ctx, store, "SELECT t.owner_id "+free+" GROUP BY t.owner_id ORDER BY count(*) DESC LIMIT 1", soon)
	if err != nil {
		t.Fatal(err)
	}
	numbers, err := db.Select(ctx, store, func(r *sql.Rows) (int64, error) {
		var n int64
		return n, r.Scan(&n)
	}, "SELECT t.number "+free+fmt.Sprintf(" AND t.owner_id = $2::uuid ORDER BY t.number LIMIT %d", rows), soon, sponsor)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := spreadsheet.NewWriter(&out, spreadsheet.Book{Sheet: distribution.Sheet, Columns: []spreadsheet.Column{
		{Header: distribution.HeaderTicket}, {Header: distribution.HeaderEmail}, {Header: distribution.HeaderFirst}, {Header: distribution.HeaderLast},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range numbers {
		if err := w.Row(spreadsheet.Text(fmt.Sprint(n)), spreadsheet.Text(fmt.Sprintf("g%d@killed.example", i)), spreadsheet.Text("First"), spreadsheet.Text(fmt.Sprintf("Last%d", i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), sponsor, len(numbers)
}

// upload imports the file in one call, as a partner's program would.
func upload(t testing.TB, address, secret string, file []byte, sponsor uuid.UUID) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	operations, _ := json.Marshal(map[string]any{
		"query": `mutation($file: Upload!, $sponsor: ID!) { importTicketHolders(input: {file: $file, sponsorId: $sponsor}) {
			execution { id } userErrors { message } } }`,
		"variables": map[string]any{"file": nil, "sponsor": oid.Encode(sponsor)},
	})
	_ = form.WriteField("operations", string(operations))
	_ = form.WriteField("map", `{"0": ["variables.file"]}`)
	part, _ := form.CreateFormFile("0", "guests.xlsx")
	_, _ = part.Write(file)
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, address+"/graphql", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("GraphQL-Require-Preflight", "1")
	request.Header.Set("Authorization", "Bearer "+secret)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct {
		Data struct {
			ImportTicketHolders struct {
				Execution  *struct{ ID string }
				UserErrors []struct{ Message string }
			}
		}
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Data.ImportTicketHolders.Execution == nil {
		t.Fatalf("the import was refused: %+v", got)
	}
	return got.Data.ImportTicketHolders.Execution.ID
}

// until asks the store until the question is answered with zero.
func until(t testing.TB, c config.Serve, question string, args ...any) {
	t.Helper()
	ctx := viewer.With(context.Background(), viewer.System("test"))
	store, err := db.Open(ctx, c.DatabaseURL, c.Data)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(5 * time.Minute); ; <-tick.C {
		left, err := db.Get[int](ctx, store, question, args...)
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d are left after five minutes: %s", left, question)
		}
	}
}

// verify proves that each move was applied once and each guest has one mail:
// received once, or in doubt and received at most once.
func verify(t testing.TB, c config.Serve, box string, id uuid.UUID, rows int) {
	t.Helper()
	ctx := viewer.With(context.Background(), viewer.System("test"))
	store, err := db.Open(ctx, c.DatabaseURL, c.Data)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	e, err := store.Client.Execution.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if e.Distributed != rows || e.Mails != rows || e.ContactsCreated != rows {
		t.Errorf("distributed %d, mails %d, contacts %d; want %d of each", e.Distributed, e.Mails, e.ContactsCreated, rows)
	}
	lettersOnce(t, store, box, id)
}

// lettersOnce proves that each guest has one mail of the run, received once, or
// in doubt and received at most once, and that no rule of the store is broken.
func lettersOnce(t testing.TB, store *db.DB, box string, id uuid.UUID) {
	t.Helper()
	ctx := system()
	states, err := db.Select(ctx, store, func(r *sql.Rows) ([2]string, error) {
		var s [2]string
		return s, r.Scan(&s[0], &s[1])
	}, "SELECT address, state FROM mails WHERE execution_id = $1::uuid", id)
	if err != nil {
		t.Fatal(err)
	}
	received := receivedBy(t, box)
	doubtful := 0
	for _, s := range states {
		switch n := received[s[0]]; {
		case n > 1:
			t.Errorf("%s got %d mails", s[0], n)
		case s[1] == "IN_DOUBT":
			doubtful++
		case s[1] != "SENT" || n != 1:
			t.Errorf("%s has a mail in state %s and got %d", s[0], s[1], n)
		}
	}
	t.Logf("%d guests, %d mails in doubt", len(states), doubtful)
	findings, err := check.All(ctx, store)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Broken > 0 {
			t.Errorf("%s: %s is broken %d times, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
	}
}

func receivedBy(t testing.TB, box string) map[string]int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(box, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	received := map[string]int{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		to, _, _ := strings.Cut(string(text), "\n")
		received[to]++
	}
	return received
}
