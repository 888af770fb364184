package seatmap_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/seatmap"
	"gradin/server/term"
	"gradin/server/ticket"
)

// shown are the states of a map's seats and its tickets' ids.
func shown(t *testing.T, m *seatmap.Map) (states []byte, ids []string) {
	t.Helper()
	states = must(base64.StdEncoding.DecodeString(m.States))
	for at := 0; at < len(m.Tickets); at += 22 {
		ids = append(ids, m.Tickets[at:at+22])
	}
	return states, ids
}

func TestShow_SM1_tellsOwnSeatsApartAndNothingOfOthers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		stand := h.store.Client.Area.Create().SetOrganisationID(h.org.ID).SetVenueID(h.venue.ID).SetCode("PIT").SetName("Pit").
			SetKind(term.AreaKindUnnumbered).SetSize(40).SaveX(system())
		pit := `{"name":"Pit","position":{"x":5,"y":5},"rows":[],"areas":[{"shape":"rectangle","position":{"x":1,"y":1},"rectangle":{"width":4,"height":2}}]},
			{"name":"Stage","position":{"x":0,"y":-9},"rows":[],"areas":[{"shape":"circle","position":{"x":0,"y":0},"circle":{"radius":2}}]},`
		must(h.load(small(`"zones":[`, `"zones":[`+pit)))
		first, second := h.ticket("N22", h.sponsor), h.ticket("N11", h.sponsor)
		h.ticket("N12", h.other)
		capacity := h.store.Client.Capacity.Create().SetOrganisationID(h.org.ID).SetPerformanceID(h.performance.ID).SetAreaID(stand.ID).SetSize(40).SaveX(system())
		h.make(ticket.New{Area: &stand.ID, Capacity: &capacity.ID, Owner: h.sponsor.ID})
		_, err := store.Exec(system(), "UPDATE tickets SET holder_id = $1::uuid, holder_email = 'anna@example.org' WHERE id = $2::uuid", h.other.ID, first.ID)
		ok(t, err)

		m := must(h.maps.Show(h.relay(h.sponsor), h.performance.ID, uuid.Nil, ticket.Filter{}))
		states, ids := shown(t, m)
		if diff := cmp.Diff([]byte{1, 0, 0, 4}, states); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{oid.Encode(second.ID), oid.Encode(first.ID)}, ids); diff != "" {
			t.Error(diff)
		}
		if m.Counts != m.ByZone[stand.ID].Add(m.ByZone[m.Zones[1].ID]) || m.Counts.Allocated != 3 || m.ByZone[stand.ID].Remaining != 1 {
			t.Errorf("%+v of %+v", m.Counts, m.ByZone)
		}
		if z := m.Zones[0]; z.ID != stand.ID || z.Size != 40 || z.Centre != (seatmap.Point{X: 8, Y: 7}) || len(m.Shapes) != 1 {
			t.Errorf("%+v and %d shapes; want the pit where its rectangle is, and the stage", z, len(m.Shapes))
		}
		if m.Numbers != "1\n2\n1\n2" || strings.Join(m.RowNames, " ") != "1 2" || m.Zones[1].Count != 4 || m.Zones[1].First != 0 {
			t.Errorf("%q %q %+v", m.Numbers, m.RowNames, m.Zones[1])
		}
		listed := must(h.maps.List(h.relay(h.sponsor), h.performance.ID, m.Zones[1].ID, uuid.Nil, ticket.Filter{}))
		if len(listed) != 2 || listed[0].Email+listed[1].Email != "anna@example.org" {
			t.Errorf("%+v", listed)
		}
		// Everything for staff, a sponsor's for staff who ask for it.
		if all := must(h.maps.Show(h.staff(term.RoleViewer), h.performance.ID, uuid.Nil, ticket.Filter{})); all.Counts.Allocated != 4 {
			t.Errorf("staff see %+v", all.Counts)
		}
		if one := must(h.maps.Show(h.staff(term.RoleViewer), h.performance.ID, h.other.ID, ticket.Filter{})); one.Counts.Allocated != 1 {
			t.Errorf("staff see %+v of a sponsor", one.Counts)
		}
		// A new plan is a new layout.
		must(h.load(small(`"zones":[`, `"zones":[`+pit, `"seat_guid":"N21"`, `"seat_guid":"NEW"`)))
		if again := must(h.maps.Show(h.relay(h.sponsor), h.performance.ID, uuid.Nil, ticket.Filter{})); again.Revision != 2 {
			t.Errorf("revision %d", again.Revision)
		}
	})
}

func TestShow_DA4_isForPointsOfSaleWithTheAdvancedView(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		must(h.load(small()))
		h.ticket("N11", h.sponsor)
		show := func(performance uuid.UUID) (*seatmap.Map, error) {
			return h.maps.Show(h.relay(h.sponsor), performance, uuid.Nil, ticket.Filter{})
		}
		if m, err := show(h.performance.ID); m == nil || err != nil {
			t.Fatalf("%v, %v", m, err)
		}
		for name, m := range map[string]*seatmap.Map{
			"an unknown performance":           must(show(uuid.New())),
			"one the viewer has no tickets of": must(h.maps.Show(h.relay(h.other), h.performance.ID, uuid.Nil, ticket.Filter{})),
			"one of another organisation":      must(h.maps.Show(stranger(h), h.performance.ID, uuid.Nil, ticket.Filter{})),
		} {
			if m != nil {
				t.Errorf("%s has a map", name)
			}
		}
		h.store.Client.PointOfSale.UpdateOneID(h.at.ID).SetAdvancedView(false).SaveX(system())
		_, err := show(h.performance.ID)
		wants(t, err, errs.Forbidden)
		_, err = h.maps.Show(h.staff(term.RoleController), h.performance.ID, uuid.Nil, ticket.Filter{})
		wants(t, err, errs.Forbidden)
	})
}

func TestShow_SM1_aPlanThatNobodyDrewIsLaidOutInRows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store)
		must(h.load(small(`"zones":[`, `"zones":[{"name":"East","position":{"x":9,"y":9},"rows":[{"row_number":"1","position":{"x":0,"y":0},"seats":[
			{"seat_guid":"E1","seat_number":"1","position":{"x":0,"y":0},"category":"A"}]}]},`)))
		show := func() *seatmap.Map {
			return must(h.maps.Show(h.staff(term.RoleViewer), h.performance.ID, uuid.Nil, ticket.Filter{}))
		}
		before := show()
		// What a catalogue brings has no places, and comes without a revision.
		_, err := store.Exec(system(), "UPDATE seats SET x = 0, y = 0")
		ok(t, err)
		row := must(db.Get[uuid.UUID](system(), store, "SELECT seat_row_id FROM seats WHERE guid = 'N21'"))
		store.Client.Seat.Create().SetOrganisationID(h.org.ID).SetSeatRowID(row).SetName("3").SetRank(2).SaveX(system())
		after := show()
		if after.Seats != before.Seats+1 || after.Revision != before.Revision {
			t.Fatalf("%d seats after %d: the new one is not seen", after.Seats, before.Seats)
		}
		places := map[string]bool{}
		x, y := must(base64.StdEncoding.DecodeString(after.X)), must(base64.StdEncoding.DecodeString(after.Y))
		for i := range after.Seats {
			places[string(x[2*i:2*i+2])+string(y[2*i:2*i+2])] = true
		}
		if len(places) != after.Seats || after.Spacing != 1 {
			t.Errorf("%d places for %d seats, %g apart", len(places), after.Seats, after.Spacing)
		}
	})
}
