package seatmap_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gradin/server/errs"
	"gradin/server/seatmap"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestRead_SM3_tellsAllThatIsWrongAndWhere(t *testing.T) {
	t.Parallel()
	file := must(os.Open(filepath.Join("testdata", "broken", "everything.json")))
	defer file.Close()
	_, err := seatmap.Read(file)
	var problems *seatmap.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("%v; want problems", err)
	}
	var told strings.Builder
	for _, p := range problems.List {
		fmt.Fprintf(&told, "%s: %s\n", p.Path, p.Message)
	}
	golden := filepath.Join("testdata", "broken", "everything.golden")
	if *update {
		ok(t, os.WriteFile(golden, []byte(told.String()), 0o600))
	}
	if diff := cmp.Diff(string(must(os.ReadFile(golden))), told.String()); diff != "" {
		t.Error(diff)
	}
}

func TestRead_SM3_refusesWhatIsNoPlanOrTooMuch(t *testing.T) {
	t.Parallel()
	seats := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"name":"N","size":{"width":1,"height":1},"categories":[{"name":"A","color":"#000"}],"zones":[{"name":"Z","position":{"x":0,"y":0},"rows":[`)
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"row_number":"%d","position":{"x":0,"y":0},"seats":[{"seat_guid":"%d","seat_number":"1","position":{"x":0,"y":0},"category":"A"}]}`, i, i)
		}
		return b.String() + "]}]}"
	}
	for _, c := range []struct{ name, text, says string }{
		{"nothing", "", "it ends too early"},
		{"half a document", `{"name": "N`, "it ends too early"},
		{"two documents", "{} {}", "something follows"},
		{"another format", "<plan/>", "not a JSON document"},
		{"a list", "[]", "$: This must be an object, and is a list."},
		{"not UTF-8", "{\"name\":\"\xff\"}", "not in UTF-8"},
		{"a file over 16 MiB", strings.Repeat(" ", seatmap.MaxFile+1), "larger than 16 MiB"},
		{"millions of values", "[" + strings.Repeat("0,", 4_100_000) + "0]", "more than 4000000 values"},
		{"100,001 seats", seats(seatmap.MaxSeats + 1), "$.zones: The plan has 100001 seats; 100000 are the most. Split it."},
		{"no seats", seats(0), "The plan has no seats"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := seatmap.Read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %q", err, c.says)
			} else if _, is := errs.As(err); !is && !errors.As(err, new(*seatmap.Problems)) {
				t.Errorf("%v is no refusal", err)
			}
		})
	}
	if _, err := seatmap.Read(strings.NewReader(seats(seatmap.MaxSeats))); err != nil {
		t.Errorf("100,000 seats: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range must(filepath.Glob("testdata/*/*.json")) {
		f.Add(must(os.ReadFile(name)))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		plan, err := seatmap.Read(strings.NewReader(string(raw)))
		if (plan == nil) == (err == nil) {
			t.Fatalf("%v and %v", plan, err)
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
