package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// stock is what allotments are made from, as the store has it.
type stock struct {
	performances map[uuid.UUID]session
	areas        map[uuid.UUID]zoneOf
	channels     map[uuid.UUID]uuid.UUID
	// free is how many places a capacity has left, taken which seats of which
	// performance are somebody's.
	free  map[uuid.UUID]int64
	taken map[[2]uuid.UUID]bool
}

type session struct {
	venue    string
	startsAt time.Time
}

type zoneOf struct{ name, entrance string }

// collect reads rows into a map.
func collect[K comparable, V any](ctx context.Context, c db.Conn, scan func(*sql.Rows) (K, V, error), query string, args ...any) (map[K]V, error) {
	all := map[K]V{}
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		key, value, err := scan(r)
		all[key] = value
		return struct{}{}, err
	}, query, args...)
	return all, err
}

func (b *bringing) stock(ctx context.Context) (s stock, err error) {
	org := b.organisation.ID
	if s.performances, err = collect(ctx, b.tx, func(r *sql.Rows) (id uuid.UUID, x session, err error) {
		var at db.Time
		err = r.Scan(&id, &x.venue, &at)
		x.startsAt = at.Time
		return id, x, err
	}, "SELECT e.id, v.code, e.starts_at FROM performances e JOIN venues v ON v.id = e.venue_id WHERE e.organisation_id = $1::uuid", org); err != nil {
		return s, fmt.Errorf("read performances: %w", err)
	}
	if s.areas, err = collect(ctx, b.tx, func(r *sql.Rows) (id uuid.UUID, x zoneOf, err error) {
		return id, x, r.Scan(&id, &x.name, &x.entrance)
	}, "SELECT id, name, entrance FROM areas WHERE organisation_id = $1::uuid", org); err != nil {
		return s, fmt.Errorf("read areas: %w", err)
	}
	if s.channels, err = collect(ctx, b.tx, func(r *sql.Rows) (id, channel uuid.UUID, err error) {
		return id, channel, r.Scan(&id, &channel)
	}, "SELECT id, channel_id FROM point_of_sales WHERE organisation_id = $1::uuid", org); err != nil {
		return s, fmt.Errorf("read points of sale: %w", err)
	}
	if s.free, err = collect(ctx, b.tx, func(r *sql.Rows) (id uuid.UUID, n int64, err error) {
		return id, n, r.Scan(&id, &n)
	}, "SELECT id, size - taken - held FROM capacities WHERE organisation_id = $1::uuid", org); err != nil {
		return s, fmt.Errorf("read capacities: %w", err)
	}
	s.taken, err = collect(ctx, b.tx, func(r *sql.Rows) (k [2]uuid.UUID, taken bool, err error) {
		return k, true, r.Scan(&k[0], &k[1])
	}, "SELECT performance_id, seat_id FROM tickets WHERE organisation_id = $1::uuid AND live AND seat_id IS NOT NULL AND performance_id IS NOT NULL", org)
	if err != nil {
		return s, fmt.Errorf("read taken seats: %w", err)
	}
	return s, nil
}

// allot makes a file, an order and the tickets of every allotment that is new.
func (b *bringing) allot(ctx context.Context, d *Document) error {
	var fresh []int
	for i, a := range d.Allotments {
		if b.isNew("allotment", a.Reference) {
			fresh = append(fresh, i)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	s, err := b.stock(ctx)
	if err != nil {
		return err
	}
	var files []*ent.FileCreate
	var orders []*ent.OrderCreate
	var tickets []ticket.New
	for _, i := range fresh {
		a := d.Allotments[i]
		file, order, sponsor, at := oid.New(oid.File), b.id("allotment", a.Reference), b.id("structure", a.Sponsor), b.id("pointOfSale", a.PointOfSale)
		files = append(files, b.tx.Client.File.Create().SetID(file).SetOrganisationID(b.organisation.ID).SetOwnerID(sponsor).
			SetState(term.FileStateConfirmed).SetCreatedAt(b.at))
		orders = append(orders, b.tx.Client.Order.Create().SetID(order).SetOrganisationID(b.organisation.ID).SetFileID(file).
			SetChannelID(s.channels[at]).SetPointOfSaleID(at).SetBuyerID(sponsor).SetOperation(term.OrderOperationSale).
			SetExternalReference(a.Reference).SetCreatedAt(b.at))
		for _, t := range b.ticketsOf(fmt.Sprintf("$.allotments[%d]", i), a, s) {
			t.File, t.Order, t.Owner = file, order, sponsor
			tickets = append(tickets, t)
		}
	}
	if err := b.wrong.orNil(); err != nil {
		return err
	}
	return b.save(ctx, files, orders, tickets, s)
}

func (b *bringing) save(ctx context.Context, files []*ent.FileCreate, orders []*ent.OrderCreate, tickets []ticket.New, s stock) error {
	number, err := contact.Numbers(ctx, b.tx, b.organisation.ID, "file", len(files))
	if err != nil {
		return err
	}
	for i, f := range files {
		f.SetNumber(number + int64(i))
	}
	if err := inBulk(files, func(f []*ent.FileCreate) error { return b.tx.Client.File.CreateBulk(f...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make files: %w", err)
	}
	if err := inBulk(orders, func(o []*ent.OrderCreate) error { return b.tx.Client.Order.CreateBulk(o...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make orders: %w", err)
	}
	if number, err = contact.Numbers(ctx, b.tx, b.organisation.ID, "ticket", len(tickets)); err != nil {
		return err
	}
	for i := range tickets {
		t := &tickets[i]
		t.Number = number + int64(i)
		starts := s.performances[*t.Performance].startsAt
		t.PlaceKey = ticket.PlaceKey(&starts, t.AreaName, t.RowName, t.SeatName, t.Number)
	}
	b.made["ticket"] = len(tickets)
	v, _ := viewer.From(ctx)
	cause := ticket.Cause{Organisation: b.organisation.ID, Via: term.HistoryViaFile, Actor: v.Name, At: b.at}
	return inBulk(tickets, func(t []ticket.New) error { return ticket.Create(ctx, b.tx, cause, ticket.Validity{}, t) })
}

// ticketsOf makes the tickets of an allotment, but for what they are all part of.
func (b *bringing) ticketsOf(path string, a Allotment, s stock) []ticket.New {
	performance, category, contingent := b.id("performance", a.Product, a.Performance), b.id("seatCategory", a.SeatCategory), b.id("contingent", a.Contingent)
	at := s.performances[performance]
	area := b.id("area", at.venue, a.Area)
	if area == uuid.Nil {
		b.wrong.add(path+".area", "There is no area %s in the venue of the performance.", a.Area)
		return nil
	}
	pattern := ticket.New{
		Product: b.id("product", a.Product), Performance: &performance, Area: &area, SeatCategory: &category, Contingent: &contingent,
		Tariff: b.id("tariff", a.Tariff), Price: a.Price, Currency: b.organisation.Currency,
		Entrance: s.areas[area].entrance, AreaName: s.areas[area].name,
	}
	var tickets []ticket.New
	if a.Quantity > 0 {
		capacity := b.id("capacity", a.Product, a.Performance, a.Area, a.Contingent)
		if s.free[capacity] -= a.Quantity; s.free[capacity] < 0 {
			b.wrong.add(path+".quantity", "There are %d places too few.", -s.free[capacity])
			return nil
		}
		pattern.Capacity = &capacity
		for range a.Quantity {
			t := pattern
			t.ID = oid.New(oid.Ticket)
			tickets = append(tickets, t)
		}
	}
	for i, p := range a.Places {
		for j, name := range p.Seats {
			path := fmt.Sprintf("%s.places[%d].seats[%d]", path, i, j)
			seat := b.id("seat", at.venue, a.Area, p.Block, p.Row, name)
			key := [2]uuid.UUID{performance, seat}
			switch {
			case seat == uuid.Nil:
				b.wrong.add(path, "There is no seat %s.", strings.Join([]string{a.Area, p.Block, p.Row, name}, "/"))
			case s.taken[key]:
				b.wrong.add(path, "The seat %s is somebody's already.", strings.Join([]string{a.Area, p.Block, p.Row, name}, "/"))
			}
			s.taken[key] = true
			t := pattern
			t.ID, t.Seat, t.RowName, t.SeatName = oid.New(oid.Ticket), &seat, p.Row, name
			tickets = append(tickets, t)
		}
	}
	return tickets
}
