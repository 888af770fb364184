package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// sponsor is a structure whose tickets are distributed.
type sponsor struct {
	name, domain string
	// at is the point of sale its relays work in.
	at     string
	relays []relay
	shares []share

	id     uuid.UUID
	actors []actor
	pieces []*piece
}

// relay is somebody who acts for a sponsor; the first is the primary one.
type relay struct {
	local, name string
	language    term.Language
}

// share is what a sponsor has of a product: for each date from one to before the
// other so many tickets of a category, or so many in all of a product without
// dates.
type share struct {
	product, category string
	from, to, each    int
	// tariff is an invitation when empty.
	tariff string
	paper  bool
}

// fill gives a house its sponsors, their tickets and what became of them.
func (t *tenant) fill(ctx context.Context, sponsors []sponsor, runs []run) error {
	bought := t.day(-110, 9, 0)
	for i := range sponsors {
		if err := t.sponsor(&sponsors[i], bought); err != nil {
			return err
		}
	}
	public, err := t.public(bought)
	if err != nil {
		return err
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	for i := range sponsors {
		if err := t.create(ctx, bought, sponsors[i].pieces); err != nil {
			return fmt.Errorf("tickets of %s: %w", sponsors[i].name, err)
		}
	}
	if err := t.create(ctx, bought, public); err != nil {
		return fmt.Errorf("tickets of the public: %w", err)
	}
	l := &lives{tenant: t}
	for i := range runs {
		if err := l.run(ctx, &sponsors[runs[i].sponsor], runs[i], i); err != nil {
			return fmt.Errorf("run %d of %s: %w", i, t.name, err)
		}
	}
	l.paper(sponsors)
	l.cancelled(&sponsors[0])
	if err := l.end(ctx); err != nil {
		return err
	}
	return t.book(ctx, &sponsors[0])
}

// sponsor makes a structure with its relays, their users and its tickets.
func (t *tenant) sponsor(s *sponsor, bought time.Time) error {
	s.id = t.seeder.id(oid.Contact)
	t.put("contacts", s.id, t.id, bought, t.number("contact"), term.ContactKindStructure, s.name, "", "", "contact@"+s.domain,
		contact.Key("contact@"+s.domain), nil, term.LanguageFr)
	for i, r := range s.relays {
		first, last, _ := strings.Cut(r.name, " ")
		email := r.local + "@" + s.domain
		who := actor{contact: t.seeder.id(oid.Contact), name: r.name}
		t.put("contacts", who.contact, t.id, bought, t.number("contact"), term.ContactKindIndividual, r.name, first, last, email,
			contact.Key(email), nil, r.language)
		t.put("relays", t.seeder.id(oid.Relay), t.id, s.id, who.contact, i == 0)
		what := "relay of " + s.name
		if i > 0 {
			what = "second " + what
		}
		s.actors = append(s.actors, t.user(who, email, term.RolePortalUser, r.language, s.id, t.points[s.at].id, what))
	}
	var err error
	s.pieces, err = t.allot(s.id, s.at, s.shares, bought)
	return err
}

// public makes a person who is both an owner of tickets bought on the web and a
// guest of sponsors.
func (t *tenant) public(bought time.Time) ([]*piece, error) {
	p, _ := t.guest(0, bought)
	if t.club != nil {
		return nil, nil // one address signs in once, and it does at the club
	}
	t.user(actor{contact: p.id, name: p.first + " " + p.last}, p.email, term.RolePortalUser, term.LanguageFr, uuid.Nil,
		t.points["EN-LIGNE"].id, "member of the public, guest of several sponsors")
	return t.allot(p.id, "EN-LIGNE", []share{{"CHAMPIONNAT", "CAT3", 7, 9, 2, "PLEIN", false}}, bought)
}

// allot makes the tickets of an owner, with a file and an order per product.
func (t *tenant) allot(owner uuid.UUID, at string, shares []share, bought time.Time) ([]*piece, error) {
	deals := map[string]order{}
	var pieces []*piece
	for _, sh := range shares {
		d, made := deals[sh.product]
		if !made {
			d = t.deal(owner, at, bought)
			deals[sh.product] = d
		}
		more, err := t.share(sh, func(p *piece) { p.Owner, p.File, p.Order = owner, d.file, d.order })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", sh.product, err)
		}
		pieces = append(pieces, more...)
	}
	return pieces, nil
}

// order is a file with its one order.
type order struct{ file, order uuid.UUID }

// deal sells to an owner at a point of sale.
func (t *tenant) deal(owner uuid.UUID, at string, bought time.Time) order {
	d, number := order{t.seeder.id(oid.File), t.seeder.id(oid.Order)}, t.number("file")
	states := []term.FileState{term.FileStateSettled, term.FileStateConfirmed, term.FileStatePartiallySettled, term.FileStateNotSettled}
	t.put("files", d.file, t.id, bought, number, owner, states[number%int64(len(states))])
	t.put("orders", d.order, t.id, bought, d.file, t.points[at].channel, t.points[at].id, owner, term.OrderOperationSale,
		fmt.Sprintf("CMD-%d", number))
	return d
}

// share makes the tickets of one share: seats are the same at every date.
func (t *tenant) share(sh share, sell func(*piece)) ([]*piece, error) {
	p := t.products[sh.product]
	seats := make([]seat, sh.each)
	seated := t.pools[sh.category] != nil
	if seated {
		var err error
		if seats, err = t.take(sh.category, sh.each); err != nil {
			return nil, err
		}
	}
	dates := p.performances[sh.from:sh.to]
	if sh.to == 0 {
		dates = []*performance{nil}
	}
	var pieces []*piece
	for _, d := range dates {
		for i, at := range seats {
			made := t.piece(p, d, at, sh, i)
			sell(made)
			pieces = append(pieces, made)
			if p.family != term.ProductFamilySeasonTicket {
				continue
			}
			for _, match := range p.performances {
				child := t.piece(p, match, at, sh, i)
				child.Parent = &made.ID
				sell(child)
				made.children = append(made.children, child)
			}
			pieces = append(pieces, made.children...)
		}
	}
	return pieces, nil
}

// piece makes one ticket, for now without an owner.
func (t *tenant) piece(p *product, d *performance, at seat, sh share, i int) *piece {
	tariff := sh.tariff
	if tariff == "" {
		tariff = "INVITATION"
	}
	n := ticket.New{
		ID: t.seeder.id(oid.Ticket), Number: t.number("ticket"), Product: p.id, SeatCategory: optional(t.categories[sh.category]),
		Contingent: optional(t.contingents["PARTENAIRES"]), Tariff: t.tariffs[tariff], Price: p.price(sh.category, tariff),
		Currency: "EUR", Quantity: max(1, p.quantity), Shipment: p.shipment,
	}
	if sh.paper {
		n.Shipment = term.ShipmentModePaper
	}
	name := p.name
	var starts *time.Time
	if d != nil {
		name, starts, n.Performance = d.name, &d.startsAt, &d.id
		if r, unseated := d.capacities[sh.category]; unseated {
			at, n.Capacity = t.rooms[r.area], optional(r.id)
		}
	}
	if len(p.items) > 0 {
		n.Item = p.items[i%len(p.items)]
	}
	n.Seat, n.Area = optional(at.id), optional(at.area)
	n.Entrance, n.AreaName, n.RowName, n.SeatName = at.entrance, at.areaName, at.row, at.place
	n.PlaceKey = ticket.PlaceKey(starts, at.areaName, at.row, at.place, n.Number)
	return &piece{New: n, product: p, date: d, label: label(name, t.categoryNames[sh.category], strings.Trim(strings.Join([]string{at.areaName, at.row, at.place}, " / "), " /"), n.Item),
		version: 1, state: term.TicketStateNotPrinted, location: term.DeliveryLocationNone}
}

func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// create writes tickets, those of one validity together, in batches.
func (t *tenant) create(ctx context.Context, at time.Time, pieces []*piece) error {
	cause := ticket.Cause{Organisation: t.id, Via: term.HistoryViaSystem, User: t.operator.user, Actor: t.operator.name, At: at.UTC()}
	byProduct := map[string][]ticket.New{}
	for _, p := range pieces {
		key := ""
		if !p.product.from.IsZero() {
			key = p.product.code
		}
		byProduct[key] = append(byProduct[key], p.New)
	}
	for _, key := range sorted(byProduct) {
		var valid ticket.Validity
		if p := t.products[key]; p != nil {
			from, to := p.from.UTC(), p.to.UTC()
			valid = ticket.Validity{From: &from, Until: &to}
		}
		if err := ticket.Create(ctx, t.tx, cause, valid, byProduct[key]); err != nil {
			return err
		}
	}
	return nil
}
