package access_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gradin/server/access"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/term"
)

const early, late = "2026-11-22T18:00:00Z", "2026-11-22T18:05:00Z"

func TestRecord_D11_eachBarcodeIsAnsweredWithWhatItIs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := open(t, store, 8)
		g.tx(func(ctx context.Context, tx *db.Tx) error { return g.replace(ctx, tx, 1) })
		g.tx(func(ctx context.Context, tx *db.Tx) error {
			for place, change := range map[string]string{
				"2": "valid_from = '2026-11-22 18:00:01+00:00'", "3": "valid_until = '2026-11-22 18:00:00+00:00'",
				"5": "state = 'CANCELLED', live = false", "6": "dead_reason = 'PASSED_ON', state = 'INVALIDATED', live = false",
			} {
				if _, err := tx.Exec(ctx, "UPDATE tickets SET "+change+" WHERE seat_name = $1::text", place); err != nil {
					return err
				}
			}
			_, err := tx.Exec(ctx, "UPDATE tickets SET state = 'PRINTED', location = 'DELETION_PENDING' WHERE seat_name = '4'")
			return err
		})
		again := g.entry(7, late)
		unknown := access.Entry{Barcode: "NOBODYHASTHIS", At: again.At, Gate: "South"}
		type told struct {
			Result term.EntryResult
			Reason string
		}
		var got []told
		for _, a := range g.record(g.entry(0, early), g.entry(1, early), g.entry(2, early), g.entry(3, early), g.entry(4, early),
			g.entry(5, early), g.entry(6, early), again, g.entry(7, early), unknown) {
			got = append(got, told{a.Result, a.Reason})
		}
		want := []told{
			{"ADMITTED", ""}, {"DEAD", "MOBILE_TAKE_BACK"}, {"NOT_YET_VALID", ""}, {"EXPIRED", ""}, {"BLOCKED", "DELETION_PENDING"},
			{"DEAD", "CANCELLED"}, {"DEAD", "PASSED_ON"}, {"ALREADY_ADMITTED", ""}, {"ADMITTED", ""}, {"UNKNOWN", ""},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRecord_D11_theSameEntryAgainChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := open(t, store, 3)
		keyed := g.entry(1, early)
		keyed.Key = "scan 1"
		entries := []access.Entry{g.entry(0, early), keyed, {Barcode: "NOBODY", At: keyed.At, Gate: "North"}, g.entry(0, early)}
		first := g.record(entries...)
		later := keyed
		later.At, later.Gate = later.At.Add(time.Minute), "South" // the clock was set; the key is the same
		second := g.record(entries[0], later, entries[2], entries[3])
		if diff := cmp.Diff(first, second); diff != "" {
			t.Error(diff)
		}
		if first[0].Result != "ADMITTED" || first[3] != first[0] || first[1].Result != "ADMITTED" {
			t.Errorf("answers are %+v", first)
		}
		other := g.entry(2, early)
		other.Key = "scan 1"
		if a := g.record(other)[0]; a.Result != term.EntryResultKeyConflict {
			t.Errorf("another ticket under the same key is answered %s", a.Result)
		}
		if n := must(db.Get[int](system(), store, "SELECT count(*) FROM entry_records")); n != 3 {
			t.Errorf("%d entries are recorded, want 3", n)
		}
		if a := g.record(g.entry(0, late))[0]; a.Result != "ALREADY_ADMITTED" || a.AdmittedGate != "North" || a.AdmittedAt.Format(time.RFC3339) != early {
			t.Errorf("the second visitor is told %+v", a)
		}
		g.sound()
	})
}

func TestRecord_D11_gatesAtTheSameTimeLetOneIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := open(t, store, 10)
		var group sync.WaitGroup
		results := make(chan term.EntryResult, 80)
		for i := range 8 {
			group.Go(func() {
				var entries []access.Entry
				for place := range 10 {
					e := g.entry((place+i)%10, early)
					e.Gate = string(rune('A' + i))
					entries = append(entries, e)
				}
				for _, a := range g.record(entries...) {
					results <- a.Result
				}
			})
		}
		group.Wait()
		close(results)
		counts := map[term.EntryResult]int{}
		for r := range results {
			counts[r]++
		}
		if counts["ADMITTED"] != 10 || counts["ALREADY_ADMITTED"] != 70 {
			t.Errorf("answers are %v", counts)
		}
		g.sound()
	})
}

func TestRecord_D11_isForAccessControl(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		g := open(t, store, 1)
		for _, row := range []struct {
			role term.Role
			want errs.Code
		}{
			{term.RoleController, ""}, {term.RoleOperator, ""}, {term.RoleOrganisationAdmin, ""}, {term.RoleViewer, errs.Forbidden},
			{term.RolePortalUser, errs.Forbidden}, {term.RoleReseller, errs.Forbidden},
		} {
			_, err := g.access.Record(g.as(row.role), []access.Entry{g.entry(0, early)})
			_, listed := g.access.List(g.as(row.role), g.match.ID, 0, 10)
			for _, err := range []error{err, listed} {
				if e, _ := errs.As(err); (e == nil) != (row.want == "") || e != nil && e.Code != row.want {
					t.Errorf("%s gets %v", row.role, err)
				}
			}
		}
		if _, err := g.access.Record(context.Background(), nil); !errs.Is(err, errs.Unauthenticated) {
			t.Errorf("nobody gets %v", err)
		}
	})
}

func TestSentence_D11_everyAnswerIsSaidInThreeLanguages(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, result := range term.EntryResult("").Values() {
		for _, reason := range []string{"", "MOBILE_TAKE_BACK", "PASSED_ON", "GIVEN_ON", "GIVEN_BACK", "CANCELLED", "DELETED", "TRANSFER_PENDING"} {
			if reason != "" && result != "DEAD" {
				continue
			}
			for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
				text := access.Answer{Result: term.EntryResult(result), Reason: reason}.Sentence(language, time.UTC)
				if text == "" || seen[text] != "" && seen[text] != result+reason && reason != "TRANSFER_PENDING" {
					t.Errorf("%s %s in %s is %q, like %s", result, reason, language, text, seen[text])
				}
				seen[text] = result + reason
			}
		}
	}
}
