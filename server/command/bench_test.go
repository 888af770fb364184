package command_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"gradin/server/command"
	"gradin/server/db/dbtest"
)

// TestBenchList prints what a page of 50 tickets with contact, performance and
// product costs against a raw pgx handler, and page 3,000 against page 1. It
// runs with GRADIN_BENCH=1 only: `make bench`.
func TestBenchList(t *testing.T) {
	if os.Getenv("GRADIN_BENCH") == "" {
		t.Skip("a measurement: run it with make bench")
	}
	debug.SetGCPercent(400) // as gradin serve does
	c := defaults(t, dbtest.PostgresURL(t))
	c.RateOperations, c.RateComplexity, c.LogFormat = 10_000_000, 1_000_000_000, "json"
	var out strings.Builder
	if status := command.Run([]string{"seed", "--database-url", c.DatabaseURL, "--data", c.Data, "--tickets", "160000"}, &out, io.Discard); status != 0 {
		t.Fatal(out.String())
	}
	s := start(t, c, io.Discard)
	secret := token(t, c, "operateur@fcgranval.example", false)
	raw := httptest.NewServer(rawHandler(t, c.DatabaseURL))
	t.Cleanup(raw.Close)
	deep := deepCursor(t, s.URL, secret)
	all := medians(150, func() { page(t, s.URL, secret, "") }, func() { page(t, s.URL, secret, deep) }, func() { fetch(t, raw.URL) })
	first, last, bare := all[0], all[1], all[2]
	fmt.Printf("list of 50 tickets (PostgreSQL, 160,000): GraphQL %.2f ms  raw pgx %.2f ms  ratio %.1f   page 3,000/page 1 %.2f\n",
		first.Seconds()*1000, bare.Seconds()*1000, first.Seconds()/bare.Seconds(), last.Seconds()/first.Seconds())
}

// TestBenchColdStart prints how long the program takes from an empty folder to a
// demo that answers (OP-4).
func TestBenchColdStart(t *testing.T) {
	if os.Getenv("GRADIN_BENCH") == "" {
		t.Skip("a measurement: run it with make bench")
	}
	debug.SetGCPercent(400) // as gradin serve does
	took := medians(5, func() {
		c := defaults(t, "")
		c.Demo = true
		s, err := command.Start(context.Background(), c, io.Discard, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		fetch(t, s.URL+"/readyz")
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	fmt.Printf("cold start with the demo (SQLite, empty folder to an answer and a clean stop): %.2f s, median of 5\n", took[0].Seconds())
}

const listQuery = `query($after: String, $first: Int) { tickets(first: $first, after: $after) { edges { cursor node {
	id number state location holder { email firstName lastName } performance { name startsAt } product { code name }
	place { area row seat } seatCategory { name } tariff { name } } } pageInfo { hasNextPage endCursor } } }`

func page(t testing.TB, address, secret, after string) (end string) {
	t.Helper()
	variables := map[string]any{"first": 50}
	if after != "" {
		variables["after"] = after
	}
	body, _ := json.Marshal(map[string]any{"query": listQuery, "variables": variables})
	request, _ := http.NewRequest(http.MethodPost, address+"/graphql", strings.NewReader(string(body)))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+secret)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", answer.StatusCode, text)
	}
	_, rest, _ := strings.Cut(string(text), `"endCursor":"`)
	end, _, _ = strings.Cut(rest, `"`)
	return end
}

// deepCursor walks to page 3,000.
func deepCursor(t testing.TB, address, secret string) string {
	t.Helper()
	cursor := ""
	for range 2999 {
		cursor = page(t, address, secret, cursor)
	}
	return cursor
}

func fetch(t testing.TB, address string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
}

// medians measures each n times, in turns, so that whatever else the machine
// does slows all of them alike.
func medians(n int, do ...func()) []time.Duration {
	took := make([][]time.Duration, len(do))
	for range n {
		for i, f := range do {
			begun := time.Now()
			f()
			took[i] = append(took[i], time.Since(begun))
		}
	}
	middle := make([]time.Duration, len(do))
	for i := range took {
		slices.Sort(took[i])
		middle[i] = took[i][n/2]
	}
	return middle
}

// rawHandler is the floor: the same rows by pgx and encoding/json.
func rawHandler(t testing.TB, databaseURL string) http.Handler {
	t.Helper()
	pool, err := pgxpool.New(context.Background(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	type row struct {
		ID, State, Location, Email, First, Last, Performance, Product, Code, Area, Row, Seat, Category, Tariff string
		Number                                                                                                 int64
		StartsAt                                                                                               *time.Time
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rows, err := pool.Query(r.Context(), `SELECT t.id::text, t.number, t.state, t.location, t.holder_email, t.holder_first_name,
			t.holder_last_name, COALESCE(pe.name, ''), pe.starts_at, pr.name, pr.code, t.area_name, t.row_name, t.seat_name,
			COALESCE(sc.name, ''), ta.name FROM tickets t JOIN products pr ON pr.id = t.product_id JOIN tariffs ta ON ta.id = t.tariff_id
			LEFT JOIN performances pe ON pe.id = t.performance_id LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id
			WHERE t.organisation_id = (SELECT id FROM organisations WHERE code = 'FCGRANVAL') ORDER BY t.place_key, t.id LIMIT 51`)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		var all []row
		for rows.Next() {
			var x row
			if err := rows.Scan(&x.ID, &x.Number, &x.State, &x.Location, &x.Email, &x.First, &x.Last, &x.Performance, &x.StartsAt,
				&x.Product, &x.Code, &x.Area, &x.Row, &x.Seat, &x.Category, &x.Tariff); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			all = append(all, x)
		}
		_ = json.NewEncoder(w).Encode(all)
	})
}
