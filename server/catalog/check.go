package catalog

import (
	"fmt"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/term"
)

// name gives an id to everything the document brings.
func (b *bringing) name(d *Document) {
	seen := map[string]bool{}
	give := func(tag oid.Tag, path, kind string, codes ...string) { b.give(seen, tag, path, kind, codes...) }
	for i, s := range d.Seasons {
		give(oid.Season, fmt.Sprintf("$.seasons[%d].code", i), "season", s.Code)
	}
	for i, v := range d.Venues {
		give(oid.Venue, fmt.Sprintf("$.venues[%d].code", i), "venue", v.Code)
		for j, a := range v.Areas {
			path := fmt.Sprintf("$.venues[%d].areas[%d]", i, j)
			give(oid.Area, path+".code", "area", v.Code, a.Code)
			nameSeats(give, path, v, a)
		}
	}
	for i, s := range d.SeatCategories {
		give(oid.SeatCategory, fmt.Sprintf("$.seatCategories[%d].code", i), "seatCategory", s.Code)
	}
	for i, t := range d.Tariffs {
		give(oid.Tariff, fmt.Sprintf("$.tariffs[%d].code", i), "tariff", t.Code)
	}
	for i, c := range d.Contingents {
		give(oid.Contingent, fmt.Sprintf("$.contingents[%d].code", i), "contingent", c.Code)
	}
	for i, c := range d.Channels {
		give(oid.Channel, fmt.Sprintf("$.channels[%d].code", i), "channel", c.Code)
	}
	for i, p := range d.PointsOfSale {
		give(oid.PointOfSale, fmt.Sprintf("$.pointsOfSale[%d].code", i), "pointOfSale", p.Code)
	}
	for i, p := range d.Products {
		give(oid.Product, fmt.Sprintf("$.products[%d].code", i), "product", p.Code)
		for j, e := range p.Performances {
			path := fmt.Sprintf("$.products[%d].performances[%d]", i, j)
			give(oid.Performance, path+".code", "performance", p.Code, e.Code)
			for k, c := range e.Capacities {
				give(oid.Capacity, fmt.Sprintf("%s.capacities[%d]", path, k), "capacity", p.Code, e.Code, c.Area, c.Contingent)
			}
		}
	}
	for i, s := range d.Structures {
		give(oid.Contact, fmt.Sprintf("$.structures[%d].name", i), "structure", s.Name)
		for j, r := range s.Relays {
			give(oid.Contact, fmt.Sprintf("$.structures[%d].relays[%d].email", i, j), "relay", s.Name, contact.Key(r.Email))
		}
	}
	for i, a := range d.Allotments {
		give(oid.Order, fmt.Sprintf("$.allotments[%d].reference", i), "allotment", a.Reference)
	}
}

func nameSeats(give func(tag oid.Tag, path, kind string, codes ...string), path string, v Venue, a Area) {
	for i, block := range a.Blocks {
		path := fmt.Sprintf("%s.blocks[%d]", path, i)
		give(oid.Block, path+".code", "block", v.Code, a.Code, block.Code)
		for j, row := range block.Rows {
			path := fmt.Sprintf("%s.rows[%d]", path, j)
			give(oid.SeatRow, path+".name", "row", v.Code, a.Code, block.Code, row.Name)
			for k, seat := range row.Seats {
				give(oid.Seat, fmt.Sprintf("%s.seats[%d]", path, k), "seat", v.Code, a.Code, block.Code, row.Name, seat)
			}
		}
	}
}

// check finds what the document refers to and is nowhere, and what contradicts itself.
func (b *bringing) check(d *Document) {
	for i, s := range d.Seasons {
		if !s.EndsAt.After(s.StartsAt) {
			b.wrong.add(fmt.Sprintf("$.seasons[%d].endsAt", i), "A season ends after it starts.")
		}
	}
	for i, v := range d.Venues {
		for j, a := range v.Areas {
			path := fmt.Sprintf("$.venues[%d].areas[%d]", i, j)
			if a.Kind == term.AreaKindNumbered && a.Size != 0 {
				b.wrong.add(path+".size", "A numbered area has seats, not a size.")
			}
			if a.Kind == term.AreaKindUnnumbered && len(a.Blocks) > 0 {
				b.wrong.add(path+".blocks", "An unnumbered area has a size, no blocks.")
			}
		}
	}
	for i, c := range d.Channels {
		for j, code := range c.Contingents {
			b.must(fmt.Sprintf("$.channels[%d].contingents[%d]", i, j), "contingent", code)
		}
	}
	for i, p := range d.PointsOfSale {
		b.must(fmt.Sprintf("$.pointsOfSale[%d].channel", i), "channel", p.Channel)
	}
	for i, p := range d.Products {
		b.must(fmt.Sprintf("$.products[%d].season", i), "season", p.Season)
		for j, e := range p.Performances {
			path := fmt.Sprintf("$.products[%d].performances[%d]", i, j)
			b.must(path+".venue", "venue", e.Venue)
			for k, c := range e.Capacities {
				path := fmt.Sprintf("%s.capacities[%d]", path, k)
				b.must(path+".area", "area", e.Venue, c.Area)
				b.must(path+".contingent", "contingent", c.Contingent)
			}
		}
	}
	for i, a := range d.Allotments {
		b.checkAllotment(fmt.Sprintf("$.allotments[%d]", i), a)
	}
}

func (b *bringing) checkAllotment(path string, a Allotment) {
	b.must(path+".sponsor", "structure", a.Sponsor)
	b.must(path+".pointOfSale", "pointOfSale", a.PointOfSale)
	b.must(path+".product", "product", a.Product)
	b.must(path+".performance", "performance", a.Product, a.Performance)
	b.must(path+".tariff", "tariff", a.Tariff)
	b.must(path+".seatCategory", "seatCategory", a.SeatCategory)
	b.must(path+".contingent", "contingent", a.Contingent)
	if (a.Quantity > 0) == (len(a.Places) > 0) {
		b.wrong.add(path, "Name the places, or say how many in quantity: one of the two.")
	}
	if a.Quantity > MaxAllotment {
		b.wrong.add(path+".quantity", "An allotment has %d tickets at most.", MaxAllotment)
	}
	if a.Quantity > 0 {
		b.must(path+".area", "capacity", a.Product, a.Performance, a.Area, a.Contingent)
	}
}

// MaxAllotment is how many tickets without seats an allotment may have.
const MaxAllotment = 100_000

// must refuses a reference to what is neither in the document nor in the store.
func (b *bringing) must(path, kind string, codes ...string) {
	if b.id(kind, codes...) == uuid.Nil {
		b.wrong.add(path, "There is no %s %s, neither in the catalogue nor in the organisation.", kind, codes[len(codes)-1])
	}
}
