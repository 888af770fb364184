package demo

import (
	"context"
	"fmt"
	"math"

	"github.com/google/uuid"

	"gradin/server/oid"
	"gradin/server/term"
)

// stand is an area of numbered seats: blocks side by side along an arc of the
// bowl, all with the same rows.
type stand struct {
	code, name, entrance string
	blocks, rows, seats  int
	// from and to are degrees on the bowl, counted from the east against the clock.
	from, to float64
	// category says to which price zone a seat belongs, by block and row from 1.
	category func(block, row int) string
}

// bowl is the ellipse that the first row of a stadium runs along, in metres from
// the middle of the pitch; each row lies step further out.
type bowl struct{ width, depth, step float64 }

// place is where on the bowl a seat is.
func (b bowl) place(degrees float64, row int) (x, y float64) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	out := b.step * float64(row)
	return math.Round((b.width+out)*cos*100) / 100, math.Round((b.depth+out)*sin*100) / 100
}

// venue is a house's plan, as far as the demo needs it later.
type venue struct {
	id, plan uuid.UUID
	areas    map[string]uuid.UUID
}

// build makes a venue with its stands; the seats go to the pools of their
// categories.
func (t *tenant) build(code, name, city string, shape bowl, stands []stand) venue {
	v := venue{id: t.seeder.id(oid.Venue), plan: t.seeder.id(oid.LogicalConfiguration), areas: map[string]uuid.UUID{}}
	t.put("venues", v.id, t.id, code, name, t.zone.String(), city)
	t.put("logical_configurations", v.plan, t.id, code, name+", vente", v.id)
	for _, st := range stands {
		area := t.seeder.id(oid.Area)
		v.areas[st.code] = area
		t.put("areas", area, t.id, v.id, st.code, st.name, term.AreaKindNumbered, st.entrance, 0)
		for b := 1; b <= st.blocks; b++ {
			block := fmt.Sprintf("%s%d", st.code[:1], b)
			blockID := t.seeder.id(oid.Block)
			t.put("blocks", blockID, t.id, area, block)
			for r := 1; r <= st.rows; r++ {
				t.row(st, shape, area, blockID, b, r)
			}
		}
	}
	return v
}

// row makes a row of a block with its seats.
func (t *tenant) row(st stand, shape bowl, area, block uuid.UUID, b, r int) {
	row := t.seeder.id(oid.SeatRow)
	t.put("seat_rows", row, t.id, block, fmt.Sprint(r), r-1)
	category := st.category(b, r)
	if t.pools[category] == nil {
		t.pools[category] = &pool{}
	}
	p := t.pools[category]
	each := (st.to - st.from) / float64(st.blocks)
	for n := 1; n <= st.seats; n++ {
		// A gap of a seat's width is the way between two blocks.
		x, y := shape.place(st.from+each*(float64(b-1)+float64(n)/float64(st.seats+1)), r)
		id, name := t.seeder.id(oid.Seat), fmt.Sprintf("%02d", n)
		t.put("seats", id, t.id, row, name, n-1, x, y)
		p.seats = append(p.seats, seat{
			id: id, area: area, areaName: fmt.Sprintf("%s %s%d", st.name, st.code[:1], b), row: fmt.Sprint(r), place: name, entrance: st.entrance,
		})
	}
}

// standing makes an area without seats, with the shares its contingents may sell.
func (t *tenant) standing(v venue, code, name, entrance, category string, shares map[string]int) {
	area := t.seeder.id(oid.Area)
	v.areas[code] = area
	t.rooms[area] = seat{area: area, areaName: name, entrance: entrance}
	size := 0
	for _, contingent := range sorted(shares) {
		size += shares[contingent]
		t.put("logical_places", t.seeder.id(oid.LogicalPlace), t.id, v.plan, area, t.categories[category],
			t.contingents[contingent], shares[contingent])
	}
	t.put("areas", area, t.id, v.id, code, name, term.AreaKindUnnumbered, entrance, size)
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
