package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/term"
)

// firstNumber is the number that each of a house's sequences begins with.
const firstNumber = 1_000_001

// tenant is a house in the making.
type tenant struct {
	*seeder
	id, season   uuid.UUID
	name, domain string
	zone         *time.Location

	categories, tariffs, contingents, profiles map[string]uuid.UUID
	categoryNames                              map[string]string
	products                                   map[string]*product
	points                                     map[string]point
	pools                                      map[string]*pool
	// rooms are the areas without seats.
	rooms map[uuid.UUID]seat
	// people are the guests the house knows, by their number in guest.
	people map[int]*person
	// numbers counts what each sequence has given, told what the store knows of.
	numbers, told map[string]int64
	operator      actor
}

// point is a point of sale with its channel.
type point struct{ id, channel uuid.UUID }

// actor is who does something.
type actor struct {
	user, contact uuid.UUID
	name          string
}

// product is something sold, with its dates.
type product struct {
	id, plan     uuid.UUID
	code, name   string
	family       term.ProductFamily
	performances []*performance
	// prices are in minor units, by seat category; "" for products without.
	prices   map[string]int64
	shipment term.ShipmentMode
	items    []string
	quantity int
	from, to time.Time
}

// performance is a date of a product; capacities are by seat category, "" for
// products without.
type performance struct {
	id         uuid.UUID
	name       string
	startsAt   time.Time
	index      int
	capacities map[string]room
}

// room is a capacity of an area, or of a date as a whole.
type room struct{ id, area uuid.UUID }

// pool are the seats of a category that nobody has yet, in the order of the plan.
type pool struct {
	seats []seat
	taken int
}

// seat is a place with its names on a ticket.
type seat struct {
	id, area             uuid.UUID
	areaName, row, place string
	entrance, category   string
}

// newTenant makes an organisation with its season, which begins in July.
func (s *seeder) newTenant(institution uuid.UUID, code, name, domain string) (*tenant, error) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, fmt.Errorf("read the time zone: %w", err)
	}
	t := &tenant{
		seeder: s, id: s.id(oid.Organisation), season: s.id(oid.Season), name: name, domain: domain, zone: zone,
		categories: map[string]uuid.UUID{}, categoryNames: map[string]string{}, tariffs: map[string]uuid.UUID{}, contingents: map[string]uuid.UUID{},
		profiles: map[string]uuid.UUID{}, products: map[string]*product{}, points: map[string]point{},
		pools: map[string]*pool{}, rooms: map[uuid.UUID]seat{}, people: map[int]*person{}, numbers: map[string]int64{}, told: map[string]int64{},
	}
	s.put("organisations", t.id, s.now, institution, code, name, zone.String(), "EUR", "billetterie@"+domain, term.LanguageFr, []string{"alertes@" + domain})
	year := s.now.In(zone).AddDate(0, -6, 0).Year()
	starts := time.Date(year, 7, 1, 0, 0, 0, 0, zone)
	s.put("seasons", t.season, t.id, fmt.Sprintf("S%02d%02d", year%100, (year+1)%100), fmt.Sprintf("%d/%02d", year, (year+1)%100),
		starts, starts.AddDate(1, 0, 0).Add(-time.Second))
	return t, nil
}

// number gives the next number of a sequence.
func (t *tenant) number(kind string) int64 {
	t.numbers[kind]++
	return firstNumber + t.numbers[kind] - 1
}

// day is a time of day so many days from now, in the house's zone.
func (t *tenant) day(days, hour, minute int) time.Time {
	y, m, d := t.now.In(t.zone).AddDate(0, 0, days).Date()
	return time.Date(y, m, d, hour, minute, 0, 0, t.zone)
}

func (t *tenant) category(code, name, color string) {
	id := t.seeder.id(oid.SeatCategory)
	t.categories[code], t.categoryNames[code] = id, name
	t.put("seat_categories", id, t.id, code, name, len(t.categories), color)
}

func (t *tenant) tariff(code, name string, audience term.AudienceCategory) {
	id := t.seeder.id(oid.Tariff)
	t.tariffs[code] = id
	t.put("tariffs", id, t.id, code, name, t.season, audience)
}

func (t *tenant) contingent(code, name string, external bool) {
	id := t.seeder.id(oid.Contingent)
	t.contingents[code] = id
	t.put("contingents", id, t.id, code, name, external)
}

// price is what a ticket of the product costs, in minor units.
func (p *product) price(category, tariff string) int64 {
	percent, reduced := map[string]int64{"INVITATION": 0, "REDUIT": 60, "GROUPE": 70, "PARTENAIRE": 80}[tariff]
	if !reduced {
		percent = 100
	}
	return p.prices[category] * percent / 100
}

// product makes a product with a price for each category and tariff.
func (t *tenant) product(p *product) *product {
	p.id = t.seeder.id(oid.Product)
	t.products[p.code] = p
	var closes any
	if p.family == term.ProductFamilyCompetition || p.family == term.ProductFamilyEvent {
		closes = 0 // distribution ends when it begins (DI-10)
	}
	t.put("products", p.id, t.id, t.season, p.code, p.name, p.family, closes)
	for _, category := range sorted(p.prices) {
		for _, tariff := range sorted(t.tariffs) {
			t.put("prices", t.seeder.id(oid.Price), t.id, p.id, t.categories[category], t.tariffs[tariff], p.price(category, tariff), "EUR")
		}
	}
	kind := "PRODUITS"
	if p.family == term.ProductFamilyCompetition || p.family == term.ProductFamilyEvent {
		kind = "ACTIVITES"
	}
	t.put("profile_products", t.profile(kind), p.id)
	return p
}

// profile finds the house's activity or product profile, or makes it.
func (t *tenant) profile(code string) uuid.UUID {
	if id, made := t.profiles[code]; made {
		return id
	}
	kind, name := term.ProfileKindProduct, "Produits du partenariat"
	if code == "ACTIVITES" {
		kind, name = term.ProfileKindActivity, "Activités du partenariat"
	}
	id := t.seeder.id(oid.Profile)
	t.profiles[code] = id
	t.put("profiles", id, t.id, code, name, kind)
	return id
}

// perform adds a date to a product.
func (t *tenant) perform(p *product, venue uuid.UUID, name string, at time.Time, minutes int) *performance {
	d := &performance{id: t.seeder.id(oid.Performance), name: name, startsAt: at, index: len(p.performances), capacities: map[string]room{}}
	p.performances = append(p.performances, d)
	var length any
	if minutes > 0 {
		length = minutes
	}
	t.put("performances", d.id, t.id, p.id, venue, p.plan, fmt.Sprintf("%s-%02d", p.code, len(p.performances)), name, at, length)
	return d
}

// capacity says how many a contingent may let in without seats (D-5); that of the
// sponsors is remembered under the category.
func (t *tenant) capacity(d *performance, area uuid.UUID, category, contingent string, size int) {
	id := t.seeder.id(oid.Capacity)
	if contingent == "PARTENAIRES" {
		d.capacities[category] = room{id, area}
	}
	t.put("capacities", id, t.id, d.id, area, t.contingents[contingent], size)
}

// channel makes a sales channel that sells from the contingents.
func (t *tenant) channel(code, name string, kind term.ChannelType, third bool, contingents ...string) uuid.UUID {
	id := t.seeder.id(oid.Channel)
	t.put("channels", id, t.id, code, name, kind, third)
	for _, contingent := range contingents {
		t.put("channel_contingents", id, t.contingents[contingent])
	}
	for _, profile := range []string{"ACTIVITES", "PRODUITS"} {
		t.put("channel_profiles", id, t.profile(profile))
	}
	return id
}

// sale makes a point of sale; a rich portal has every parameter on, a plain one none.
func (t *tenant) sale(code, name string, channel uuid.UUID, rich bool, payments ...term.PaymentMethod) {
	id := t.seeder.id(oid.PointOfSale)
	t.points[code] = point{id, channel}
	back := term.TakeBackDownloadedOff
	if rich {
		back = term.TakeBackDownloadedRelay
	}
	t.put("point_of_sales", id, t.id, channel, code, name, payments, term.LanguageFr, rich, rich, rich, rich, rich, back)
}

// staff makes a user of the back office or the gates.
func (t *tenant) staff(local, name string, role term.Role, what string) actor {
	return t.user(actor{name: name}, local+"@"+t.domain, role, term.LanguageFr, uuid.Nil, uuid.Nil, what)
}

// user makes somebody who can sign in.
func (t *tenant) user(who actor, email string, role term.Role, language term.Language, structure, pointOfSale uuid.UUID, what string) actor {
	who.user = t.seeder.id(oid.User)
	t.put("users", who.user, t.now, t.id, email, contact.Key(email), who.name, role, language, t.hash, who.contact, structure, pointOfSale)
	t.signIns = append(t.signIns, SignIn{Email: email, Organisation: t.name, Role: role, What: what})
	return who
}

// take takes the next seats of a category.
func (t *tenant) take(category string, n int) ([]seat, error) {
	p := t.pools[category]
	if p == nil || p.taken+n > len(p.seats) {
		return nil, fmt.Errorf("no %d seats of %s are left", n, category)
	}
	p.taken += n
	return p.seats[p.taken-n : p.taken], nil
}

// label names a ticket as distribution does.
func label(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

// sorted gives a map's keys in order, so that every demo goes the same way.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
