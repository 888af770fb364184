package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"github.com/google/uuid"

	"gradin/server/oid"
	"gradin/server/seatmap"
	"gradin/server/term"
)

// stand is a row of zones side by side, all with the same rows of seats: a
// stand, or one of its tiers.
type stand struct {
	// letter and first name the zones: O1, O2 …
	letter             string
	first              int
	name, entrance     string
	zones, rows, seats int
	arc                arc
	// category says to which price zone a seat belongs, by zone and row from 1.
	category func(zone, row int) string
}

// arc is the curve that the first row of a stand runs along, bent around the
// middle of the house; each row lies step further out. Lengths are metres.
type arc struct {
	// toward is the side the stand is on, in degrees with the clock: 0 right, 90 below.
	toward float64
	// away is how far the middle of its first row is from the middle of the house.
	away, radius float64
	// seat is how wide a seat is in the first row, way the way between two zones.
	seat, way, step float64
}

// middle is where the middle of a house is on its plan.
const middle = 130.0

// place is where on the plan a seat is, by its way along the first row from the
// middle of the stand.
func (a arc) place(along float64, row int) (x, y float64) {
	turn, out := along/a.radius, a.radius+a.step*float64(row)
	u, v := a.away-a.radius+out*math.Cos(turn), -out*math.Sin(turn)
	sin, cos := math.Sincos(a.toward * math.Pi / 180)
	return cut(middle + u*cos - v*sin), cut(middle + u*sin + v*cos)
}

func cut(f float64) float64 { return math.Round(f*100) / 100 }

// along is the way of the n-th seat of a zone, both from 1.
func (st stand) along(zone, n int) float64 {
	wide := float64(st.seats) * st.arc.seat
	all := float64(st.zones)*(wide+st.arc.way) - st.arc.way
	return float64(zone-1)*(wide+st.arc.way) + (float64(n)-0.5)*st.arc.seat - all/2
}

// band is the outline of a zone without seats that lies along an arc, from row 0
// to so many rows.
func (a arc) band(half float64, rows int) string {
	const sides = 16
	var edge []float64
	for i := range sides + 1 {
		x, y := a.place(half*(2*float64(i)/sides-1), 0)
		edge = append(edge, x, y)
	}
	for i := range sides + 1 {
		x, y := a.place(half*(1-2*float64(i)/sides), rows)
		edge = append(edge, x, y)
	}
	text, _ := json.Marshal(edge)
	return string(text)
}

// venue is a house's plan, as far as the demo needs it later.
type venue struct {
	id, plan uuid.UUID
	areas    map[string]uuid.UUID
}

// build makes a venue with its stands and what is drawn between them; the seats
// go to the pools of their categories.
func (t *tenant) build(code, name, city, drawn string, stands []stand) venue {
	v := venue{id: t.seeder.id(oid.Venue), plan: t.seeder.id(oid.LogicalConfiguration), areas: map[string]uuid.UUID{}}
	t.put("venues", v.id, t.id, code, name, t.zone.String(), city)
	t.put("logical_configurations", v.plan, t.id, code, name+", vente", v.id)
	t.put("seat_plans", t.id, v.id, name, 1, seatmap.Drawing(name, drawn), t.now)
	for _, st := range stands {
		for z := 1; z <= st.zones; z++ {
			t.sector(st, v, z)
		}
	}
	return v
}

// sector makes a zone of a stand.
func (t *tenant) sector(st stand, v venue, z int) {
	code := fmt.Sprintf("%s%d", st.letter, st.first+z-1)
	area, block := t.seeder.id(oid.Area), t.seeder.id(oid.Block)
	rank := len(v.areas)
	v.areas[code] = area
	t.put("areas", area, t.id, v.id, code, st.name+" "+code, term.AreaKindNumbered, st.entrance, 0, rank, "")
	t.put("blocks", block, t.id, area, code)
	for r := 1; r <= st.rows; r++ {
		t.row(st, code, area, block, z, r)
	}
}

// row makes a row of a zone with its seats.
func (t *tenant) row(st stand, code string, area, block uuid.UUID, z, r int) {
	row := t.seeder.id(oid.SeatRow)
	t.put("seat_rows", row, t.id, block, fmt.Sprint(r), r-1)
	category := st.category(z, r)
	if t.pools[category] == nil {
		t.pools[category] = &pool{}
	}
	p := t.pools[category]
	for n := 1; n <= st.seats; n++ {
		x, y := st.arc.place(st.along(z, n), r)
		id, name := t.seeder.id(oid.Seat), fmt.Sprintf("%02d", n)
		t.put("seats", id, t.id, row, name, n-1, x, y)
		p.seats = append(p.seats, seat{
			id: id, area: area, areaName: st.name + " " + code, row: fmt.Sprint(r), place: name, entrance: st.entrance,
		})
	}
}

// standing makes an area without seats, with the shares its contingents may sell.
func (t *tenant) standing(v venue, code, name, entrance, category, outline string, shares map[string]int) {
	area := t.seeder.id(oid.Area)
	rank := len(v.areas)
	v.areas[code] = area
	t.rooms[area] = seat{area: area, areaName: name, entrance: entrance}
	size := 0
	for _, contingent := range sorted(shares) {
		size += shares[contingent]
		t.put("logical_places", t.seeder.id(oid.LogicalPlace), t.id, v.plan, area, t.categories[category],
			t.contingents[contingent], shares[contingent])
	}
	t.put("areas", area, t.id, v.id, code, name, term.AreaKindUnnumbered, entrance, size, rank, outline)
}

// placeSeats puts every written seat of the venue into its category and into the
// contingent of the sponsors, in one statement. A place's id is
// its seat's with the tag of places.
func (t *tenant) placeSeats(ctx context.Context, v venue, category string) error {
	_, err := t.tx.Exec(ctx, `INSERT INTO logical_places
		(id, organisation_id, logical_configuration_id, area_id, seat_id, seat_category_id, contingent_id, size)
		SELECT (substr(s.id::text, 1, 34) || '0c')::uuid, s.organisation_id, $1::uuid, a.id, s.id, c.id, $3::uuid, 1
		FROM seats s JOIN seat_rows r ON r.id = s.seat_row_id JOIN blocks b ON b.id = r.block_id JOIN areas a ON a.id = b.area_id
		JOIN seat_categories c ON c.organisation_id = s.organisation_id AND c.code = `+category+`
		WHERE a.venue_id = $2::uuid`, v.plan, v.id, t.contingents["PARTENAIRES"])
	if err != nil {
		return fmt.Errorf("set up the plan for sale: %w", err)
	}
	return nil
}
