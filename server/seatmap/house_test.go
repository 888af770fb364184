package seatmap_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/seatmap"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// house is an organisation with a venue, a performance there and two sponsors.
type house struct {
	t              *testing.T
	store          *db.DB
	maps           *seatmap.Service
	org            *ent.Organisation
	venue          *ent.Venue
	product        *ent.Product
	performance    *ent.Performance
	at             *ent.PointOfSale
	sponsor, other *ent.Contact
	order          *ent.Order
	tariff         *ent.Tariff
	tickets        int64
}

func system() context.Context { return viewer.With(context.Background(), viewer.System("test")) }

func build(t *testing.T, store *db.DB) *house {
	t.Helper()
	h := &house{t: t, store: store, maps: seatmap.New(store, ticket.ScopeOf, time.Now)}
	ctx, c := system(), store.Client
	institution := must(c.Institution.Create().SetCode("test").SetName("Test").Save(ctx))
	h.org = must(c.Organisation.Create().SetInstitutionID(institution.ID).SetCode("CLUB").SetName("Club").
		SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(ctx))
	h.venue = must(c.Venue.Create().SetOrganisationID(h.org.ID).SetCode("ARENA").SetName("Arena").SetTimeZone("Europe/Paris").Save(ctx))
	season := must(c.Season.Create().SetOrganisationID(h.org.ID).SetCode("S").SetName("Season").
		SetStartsAt(time.Now()).SetEndsAt(time.Now().AddDate(1, 0, 0)).Save(ctx))
	h.product = must(c.Product.Create().SetOrganisationID(h.org.ID).SetSeasonID(season.ID).SetCode("CUP").SetName("Cup").
		SetFamily(term.ProductFamilyEvent).Save(ctx))
	h.performance = must(c.Performance.Create().SetOrganisationID(h.org.ID).SetProductID(h.product.ID).SetVenueID(h.venue.ID).SetCode("P1").
		SetName("Home – Visitors").SetStartsAt(db.Moment(time.Now().AddDate(0, 1, 0))).Save(ctx))
	h.tariff = must(c.Tariff.Create().SetOrganisationID(h.org.ID).SetCode("INV").SetName("Invitation").
		SetAudience(term.AudienceCategoryFreeInvited).Save(ctx))
	channel := must(c.Channel.Create().SetOrganisationID(h.org.ID).SetCode("B2B").SetName("Portal").SetType(term.ChannelTypeInternetB2b).Save(ctx))
	h.at = must(c.PointOfSale.Create().SetOrganisationID(h.org.ID).SetChannelID(channel.ID).SetCode("PORTAL").SetName("Portal").
		SetAdvancedView(true).Save(ctx))
	h.sponsor, h.other = h.structure("Banque du Lac", 1), h.structure("Autre SA", 2)
	file := must(c.File.Create().SetOrganisationID(h.org.ID).SetNumber(1).SetOwnerID(h.sponsor.ID).SetState(term.FileStateConfirmed).Save(ctx))
	h.order = must(c.Order.Create().SetOrganisationID(h.org.ID).SetFileID(file.ID).SetChannelID(channel.ID).
		SetPointOfSaleID(h.at.ID).SetBuyerID(h.sponsor.ID).SetOperation(term.OrderOperationSale).Save(ctx))
	return h
}

func (h *house) structure(name string, number int64) *ent.Contact {
	return must(h.store.Client.Contact.Create().SetOrganisationID(h.org.ID).SetNumber(number).
		SetKind(term.ContactKindStructure).SetName(name).Save(system()))
}

// staff is a context in which somebody of the organisation acts.
func (h *house) staff(role term.Role) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: string(role), Role: string(role), Organisation: viewer.UUID(h.org.ID), User: viewer.UUID(uuid.New()), Language: "EN",
	})
}

// relay is a context in which a relay of the structure acts.
func (h *house) relay(structure *ent.Contact) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: "Relay", Role: string(term.RolePortalUser), Organisation: viewer.UUID(h.org.ID), Structure: viewer.UUID(structure.ID),
		PointOfSale: viewer.UUID(h.at.ID), Language: "EN", User: viewer.UUID(uuid.NewSHA1(uuid.Nil, structure.ID[:])),
	})
}

// load imports a plan as an operator does.
func (h *house) load(plan string) (seatmap.Counts, error) {
	return h.maps.Import(h.staff(term.RoleOperator), h.venue.ID, strings.NewReader(plan), false)
}

// export gives the venue's plan, decoded.
func (h *house) export() any {
	h.t.Helper()
	var out bytes.Buffer
	ok(h.t, h.maps.Write(system(), seatmap.Export{Organisation: h.org.ID, Venue: h.venue.ID}, func(string) io.Writer { return &out }))
	return decoded(h.t, out.String())
}

// decoded gives JSON as values that compare by meaning: numbers as numbers.
func decoded(t testing.TB, text string) any {
	t.Helper()
	var v any
	ok(t, json.Unmarshal([]byte(text), &v))
	return v
}

// ticket makes a ticket of the sponsor's for the seat with this guid.
func (h *house) ticket(guid string, owner *ent.Contact) ticket.New {
	h.t.Helper()
	seat := must(db.Get[uuid.UUID](system(), h.store, "SELECT id FROM seats WHERE guid = $1::text", guid))
	area := must(db.Get[uuid.UUID](system(), h.store, `SELECT b.area_id FROM seats s JOIN seat_rows r ON r.id = s.seat_row_id
		JOIN blocks b ON b.id = r.block_id WHERE s.id = $1::uuid`, seat))
	return h.make(ticket.New{Seat: &seat, Area: &area, Owner: owner.ID})
}

func (h *house) make(n ticket.New) ticket.New {
	h.t.Helper()
	h.tickets++
	n.ID, n.Number, n.Product, n.Performance, n.Tariff = oid.New(oid.Ticket), 1000+h.tickets, h.product.ID, &h.performance.ID, h.tariff.ID
	n.File, n.Order, n.Currency = h.order.FileID, h.order.ID, "EUR"
	n.PlaceKey = ticket.PlaceKey(&h.performance.StartsAt, "A", "1", "1", n.Number)
	ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		cause := ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaSystem, At: db.Now()}
		return ticket.Create(ctx, tx, cause, ticket.Validity{}, []ticket.New{n})
	}))
	return n
}

func (h *house) count(query string, args ...any) int {
	h.t.Helper()
	return must(db.Get[int](system(), h.store, query, args...))
}

func wants(t *testing.T, err error, code errs.Code) {
	t.Helper()
	if !errs.Is(err, code) {
		t.Errorf("%v; want %s", err, code)
	}
}

// stranger is a context in which an operator of another organisation acts.
func stranger(h *house) context.Context {
	institution := must(h.store.Client.Institution.Query().First(system()))
	o := must(h.store.Client.Organisation.Create().SetInstitutionID(institution.ID).SetCode("OTHER").SetName("Other").
		SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(system()))
	return viewer.With(context.Background(), viewer.Viewer{
		Name: "operator", Role: string(term.RoleOperator), Organisation: viewer.UUID(o.ID), User: viewer.UUID(uuid.New()), Language: "EN",
	})
}
