package demo

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
)

const (
	// perBatch is how many tickets one transaction makes.
	perBatch = 5_000
	// perPatron is how many tickets a sponsor made for size has.
	perPatron = 50_000
	// days and perDay are the dates of the exhibition and what each lets in: more
	// than MaxTickets together.
	days, perDay = 40, 30_000
)

// grown is where the making of further tickets stands.
type grown struct {
	*tenant
	exhibition *product
	free       []seat
	seated     int
	standing   int
	patron     patron
}

// patron is a sponsor made for size, with an order of each of its products.
type patron struct {
	id       uuid.UUID
	turn     int
	has      int
	matches  order
	exhibits order
}

// grow adds sponsors of 50,000 tickets until the store holds as many as asked
// for: half for seats that are free at the matches, while there are some, and
// half for an exhibition without seats. Nobody has been given any of them.
func (t *tenant) grow(ctx context.Context, store *db.DB, want int) error {
	have, err := db.Get[int](ctx, store, "SELECT count(*) FROM tickets")
	if err != nil {
		return fmt.Errorf("count tickets: %w", err)
	}
	if want <= have {
		return nil
	}
	g := &grown{tenant: t}
	g.open()
	for have < want {
		n := min(perBatch, want-have)
		pieces := g.batch(n)
		err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			t.tx = tx
			if err := t.write(ctx); err != nil {
				return err
			}
			if err := t.takeNumbers(ctx); err != nil {
				return err
			}
			return t.create(ctx, t.day(-100, 8, 0), pieces)
		})
		if err != nil {
			return fmt.Errorf("tickets from %d on: %w", have, err)
		}
		t.rows = map[string]*waiting{}
		maps.Copy(t.told, t.numbers)
		have += n
	}
	return nil
}

// open makes the exhibition and finds the seats that are free at every match.
func (g *grown) open() {
	g.exhibition = g.product(&product{
		code: "EXPOSITION", name: "Cent ans de tribunes", family: term.ProductFamilyEvent, prices: map[string]int64{"": 1_100},
	})
	for i := range days {
		d := g.perform(g.exhibition, uuid.Nil, "Cent ans de tribunes", g.day(i*2-10, 10, 0), 600)
		g.capacity(d, uuid.Nil, "", "PARTENAIRES", perDay)
	}
	for _, category := range sorted(g.pools) {
		p := g.pools[category]
		for _, s := range p.seats[p.taken:] {
			s.category = category
			g.free = append(g.free, s)
		}
	}
}

// batch makes the next tickets; a new sponsor comes when one has enough.
func (g *grown) batch(n int) []*piece {
	if g.patron.id == uuid.Nil || g.patron.has+n > perPatron {
		g.nextPatron()
	}
	g.patron.has += n
	league := g.products["CHAMPIONNAT"]
	pieces := make([]*piece, 0, n)
	for i := range n {
		var p *piece
		if match := g.seated / len(g.free); i%2 == 0 && match < len(league.performances) {
			at := g.free[g.seated%len(g.free)]
			p = g.piece(league, league.performances[match], at, share{category: at.category, tariff: "PARTENAIRE"}, i)
			p.File, p.Order = g.patron.matches.file, g.patron.matches.order
			g.seated++
		} else {
			p = g.piece(g.exhibition, g.exhibition.performances[g.standing%days], seat{}, share{}, i)
			p.File, p.Order = g.patron.exhibits.file, g.patron.exhibits.order
			g.standing++
		}
		p.Owner = g.patron.id
		pieces = append(pieces, p)
	}
	return pieces
}

// nextPatron makes the next sponsor, with a relay who can sign in.
func (g *grown) nextPatron() {
	made, bought := patron{id: g.seeder.id(oid.Contact), turn: g.patron.turn + 1}, g.day(-100, 8, 0)
	name, domain := fmt.Sprintf("Mécène %02d", made.turn), fmt.Sprintf("mecene%02d.example", made.turn)
	g.put("contacts", made.id, g.tenant.id, bought, g.number("contact"), term.ContactKindStructure, name, "", "", "contact@"+domain,
		contact.Key("contact@"+domain), nil, term.LanguageFr)
	who := actor{contact: g.seeder.id(oid.Contact), name: "Relais " + name}
	first, last, _ := strings.Cut(who.name, " ")
	email := "relay@" + domain
	g.put("contacts", who.contact, g.tenant.id, bought, g.number("contact"), term.ContactKindIndividual, who.name, first, last, email,
		contact.Key(email), nil, term.LanguageFr)
	g.put("relays", g.seeder.id(oid.Relay), g.tenant.id, made.id, who.contact, true)
	g.user(who, email, term.RolePortalUser, term.LanguageFr, made.id, g.points["PARTENAIRES"].id, "relay of "+name+", for size")
	made.matches, made.exhibits = g.deal(made.id, "PARTENAIRES", bought), g.deal(made.id, "PARTENAIRES", bought)
	g.patron = made
}
