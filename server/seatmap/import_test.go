package seatmap_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/seatmap"
	"gradin/server/term"
)

func TestImport_SM3_exportGivesBackWhatWasImported(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		for _, name := range must(filepath.Glob("testdata/plans/*.json")) {
			plan := string(must(os.ReadFile(name)))
			if _, err := h.load(plan); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(decoded(t, plan), h.export()); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		// Each plan takes the place of the one before, so that updates are tried too.
		rng := rand.New(rand.NewPCG(7, 11))
		for i := range 25 {
			plan := string(must(json.Marshal(anyPlan(rng))))
			if _, err := h.load(plan); err != nil {
				t.Fatalf("plan %d: %v", i, err)
			}
			if diff := cmp.Diff(decoded(t, plan), h.export()); diff != "" {
				t.Fatalf("plan %d: %s", i, diff)
			}
			again, err := h.load(plan)
			if err != nil || again.Added+again.Changed+again.Removed > 0 {
				t.Fatalf("plan %d the second time: %+v, %v", i, again, err)
			}
		}
		if n, err := audit.Verify(context.Background(), store, h.org.ID); n.Entries != 52 || err != nil {
			t.Errorf("%d entries in the audit log, %v; want one an import", n.Entries, err)
		}
	})
}

// anyPlan makes a plan of random zones, rows and seats, some of whose guids come
// back in other places from plan to plan.
func anyPlan(rng *rand.Rand) map[string]any {
	number := func() float64 {
		switch rng.IntN(4) {
		case 0:
			return float64(rng.IntN(1000))
		case 1:
			return float64(rng.IntN(100_000)) / 100
		case 2:
			return -rng.Float64()
		}
		return rng.Float64() * 1e5
	}
	point := func() map[string]any { return map[string]any{"x": number(), "y": number()} }
	guids := rng.Perm(90)
	zones := []any{}
	for z := range 1 + rng.IntN(4) {
		rows := []any{}
		for range rng.IntN(4) {
			seats := []any{}
			for n := range rng.IntN(8) {
				seat := map[string]any{"seat_guid": fmt.Sprint("g", guids[0]), "seat_number": fmt.Sprint(n), "position": point(), "category": []any{"A", "B"}[rng.IntN(2)]}
				guids = guids[1:]
				if rng.IntN(3) == 0 {
					seat["radius"], seat["x_note"] = number()*0+8, []any{nil, true, "é\"", point()}
				}
				seats = append(seats, seat)
			}
			// Few numbers, so that several rows of a zone have the same.
			rows = append(rows, map[string]any{"row_number": fmt.Sprint(rng.IntN(2)), "position": point(), "seats": seats, "uuid": fmt.Sprint(rng.Uint64())})
		}
		zone := map[string]any{"name": fmt.Sprintf("Zone %d", rng.IntN(3)), "position": point(), "rows": rows}
		if z%2 == 0 {
			zone["zone_id"] = fmt.Sprint("z", z)
		}
		if rng.IntN(2) == 0 {
			zone["areas"] = []any{map[string]any{"shape": "circle", "position": point(), "rotation": number(), "color": "#fff", "border_color": "", "circle": map[string]any{"radius": 5}}}
		}
		zones = append(zones, zone)
	}
	// At least one seat.
	zones = append(zones, map[string]any{"name": "Last", "position": point(), "rows": []any{map[string]any{"row_number": "1", "position": point(), "seats": []any{
		map[string]any{"seat_guid": "last", "seat_number": "1", "position": point(), "category": "A"},
	}}}})
	return map[string]any{
		"name": "Plan", "size": map[string]any{"width": 1000, "height": 800}, "zones": zones,
		"categories": []any{map[string]any{"name": "A", "color": "#ff0000"}, map[string]any{"name": "B", "color": "#00ff00", "more": 1}},
	}
}

// small is a plan of one zone with two rows of two seats, with some words replaced.
func small(replace ...string) string {
	plan := `{"name":"S","size":{"width":9,"height":9},"categories":[{"name":"A","color":"#000"}],"zones":[{"name":"North","position":{"x":0,"y":0},"rows":[
		{"row_number":"1","position":{"x":0,"y":0},"seats":[
			{"seat_guid":"N11","seat_number":"1","position":{"x":0,"y":0},"category":"A"},{"seat_guid":"N12","seat_number":"2","position":{"x":1,"y":0},"category":"A"}]},
		{"row_number":"2","position":{"x":0,"y":1},"seats":[
			{"seat_guid":"N21","seat_number":"1","position":{"x":0,"y":0},"category":"A"},{"seat_guid":"N22","seat_number":"2","position":{"x":1,"y":0},"category":"A"}]}]}]}`
	return strings.NewReplacer(replace...).Replace(plan)
}

func TestImport_SM3_seatsWithTicketsStayWhereTheirTicketsSay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		if c, err := h.load(small()); err != nil || c != (seatmap.Counts{Zones: 1, Seats: 4, Added: 4}) {
			t.Fatalf("%+v, %v", c, err)
		}
		h.ticket("N11", h.sponsor)
		before := h.export()
		for _, c := range []struct {
			name, plan string
			says       []string
		}{
			{"left out", small(`"N11"`, `"X11"`), []string{`Seat "N11" (North, row 1, seat 1) has tickets and is missing in the plan. Keep it.`}},
			{"another number", small(`"N11","seat_number":"1"`, `"N11","seat_number":"9"`), []string{`$.zones[0].rows[0].seats[0]: Seat "N11" has tickets that say North, row 1, seat 1`}},
			{"another row", small(`"N11"`, `"N21"`, `"N21"`, `"N11"`), []string{`Seat "N11" has tickets that say North, row 1, seat 1`}},
			{"another zone", small(`"North"`, `"South"`), []string{`Seat "N11" has tickets that say North, row 1, seat 1`}},
		} {
			_, err := h.load(c.plan)
			var problems *seatmap.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("%s: %v", c.name, err)
			}
			for i, says := range c.says {
				if told := problems.List[i].Path + ": " + problems.List[i].Message; !strings.Contains(told, says) {
					t.Errorf("%s: %s", c.name, told)
				}
			}
			if diff := cmp.Diff(before, h.export()); diff != "" {
				t.Errorf("%s: a refused plan changed the house: %s", c.name, diff)
			}
		}
		// Moved on the drawing, the others renamed, swapped and removed.
		c, err := h.load(small(`"N11","seat_number":"1","position":{"x":0`, `"N11","seat_number":"1","position":{"x":-7`,
			`"N21","seat_number":"1"`, `"N21","seat_number":"2"`, `"N22","seat_number":"2"`, `"N22","seat_number":"1"`, `"N12"`, `"NEW"`))
		if err != nil || c != (seatmap.Counts{Zones: 1, Seats: 4, Added: 1, Changed: 3, Removed: 1}) {
			t.Errorf("%+v, %v", c, err)
		}
		if n := h.count("SELECT count(*) FROM seats WHERE guid = 'N21' AND name = '2' AND rank = 0"); n != 1 {
			t.Error("two seats did not change their numbers")
		}
	})
}

func TestImport_SM3_replacesTheWholePlanAndSweepsWhatIsEmpty(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		must(h.load(small()))
		must(h.load(small(`"name":"North"`, `"name":"Süd-Tribüne"`, `"N`, `"S`)))
		for query, want := range map[string]int{
			"SELECT count(*) FROM areas": 1, "SELECT count(*) FROM blocks": 1, "SELECT count(*) FROM seat_rows": 2, "SELECT count(*) FROM seats": 4,
			"SELECT count(*) FROM areas WHERE code = 'SUD-TRIBUNE' AND kind = 'NUMBERED' AND outline <> ''": 1,
			"SELECT count(*) FROM seat_plans WHERE revision = 2":                                            1,
		} {
			if n := h.count(query); n != want {
				t.Errorf("%s: %d; want %d", query, n, want)
			}
		}
		dry, err := h.maps.Import(h.staff(term.RoleOperator), h.venue.ID, strings.NewReader(small()), true)
		if err != nil || dry != (seatmap.Counts{Zones: 1, Seats: 4, Added: 4, Removed: 4}) || h.count("SELECT count(*) FROM seats WHERE guid LIKE 'S%'") != 4 {
			t.Errorf("%+v, %v", dry, err)
		}
	})
}

func TestImport_SM3_isForOperatorsOfTheVenuesOrganisation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		for _, c := range []struct {
			name string
			ctx  context.Context
			code errs.Code
		}{
			{"nobody", context.Background(), errs.Unauthenticated},
			{"a viewer", h.staff(term.RoleViewer), errs.Forbidden},
			{"a controller", h.staff(term.RoleController), errs.Forbidden},
			{"a relay", h.relay(h.sponsor), errs.Forbidden},
		} {
			_, err := h.maps.Import(c.ctx, h.venue.ID, strings.NewReader(small()), false)
			if t.Log(c.name); !errs.Is(err, c.code) {
				t.Errorf("%s: %v; want %s", c.name, err, c.code)
			}
		}
		for _, role := range []term.Role{term.RoleOperator, term.RoleOrganisationAdmin} {
			if _, err := h.maps.Import(h.staff(role), h.venue.ID, strings.NewReader(small()), false); err != nil {
				t.Errorf("%s: %v", role, err)
			}
		}
		_, unknown := h.maps.Import(h.staff(term.RoleOperator), uuid.New(), strings.NewReader(small()), false)
		wants(t, unknown, errs.NotFound)
		elsewhere := stranger(h)
		_, foreign := h.maps.Import(elsewhere, h.venue.ID, strings.NewReader(small()), false)
		if foreign == nil || foreign.Error() != unknown.Error() {
			t.Errorf("%v and %v; a foreign venue and an unknown one are the same", foreign, unknown)
		}
		_, err := h.maps.Prepare(elsewhere, h.venue.ID, []byte("key"))
		wants(t, err, errs.NotFound)
		_, err = h.maps.Prepare(h.relay(h.sponsor), h.venue.ID, []byte("key"))
		wants(t, err, errs.Forbidden)
		_, err = h.maps.Prepare(h.staff(term.RoleViewer), h.venue.ID, []byte("key"))
		ok(t, err)
	})
}
