package access_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/access"
	"gradin/server/check"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// gate is an organisation with tickets for places 0 to n-1, and its access control.
type gate struct {
	t       *testing.T
	store   *db.DB
	access  *access.Service
	org     *ent.Organisation
	sponsor *ent.Contact
	guest   *ent.Contact
	match   *ent.Performance
	tickets []ticket.New
}

func system() context.Context { return viewer.With(context.Background(), viewer.System("test")) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func open(t *testing.T, store *db.DB, n int) *gate {
	t.Helper()
	g := &gate{t: t, store: store, access: access.New(store, time.Now)}
	ctx, c := system(), store.Client
	institution := must(c.Institution.Create().SetCode("test").SetName("Test").Save(ctx))
	g.org = must(c.Organisation.Create().SetInstitutionID(institution.ID).SetCode("CLUB").SetName("Club").
		SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(ctx))
	season := must(c.Season.Create().SetOrganisationID(g.org.ID).SetCode("S").SetName("Season").
		SetStartsAt(time.Now()).SetEndsAt(time.Now().AddDate(1, 0, 0)).Save(ctx))
	product := must(c.Product.Create().SetOrganisationID(g.org.ID).SetSeasonID(season.ID).SetCode("CUP").SetName("Cup").
		SetFamily(term.ProductFamilyEvent).Save(ctx))
	g.match = must(c.Performance.Create().SetOrganisationID(g.org.ID).SetProductID(product.ID).SetCode("P1").
		SetName("Home – Visitors").SetStartsAt(db.Moment(time.Now().AddDate(0, 1, 0))).Save(ctx))
	tariff := must(c.Tariff.Create().SetOrganisationID(g.org.ID).SetCode("INV").SetName("Invitation").
		SetAudience(term.AudienceCategoryFreeInvited).Save(ctx))
	channel := must(c.Channel.Create().SetOrganisationID(g.org.ID).SetCode("B2B").SetName("Portal").
		SetType(term.ChannelTypeInternetB2b).Save(ctx))
	at := must(c.PointOfSale.Create().SetOrganisationID(g.org.ID).SetChannelID(channel.ID).SetCode("PORTAL").SetName("Portal").Save(ctx))
	g.sponsor = must(c.Contact.Create().SetOrganisationID(g.org.ID).SetNumber(1).SetKind(term.ContactKindStructure).SetName("Banque").Save(ctx))
	g.guest = must(c.Contact.Create().SetOrganisationID(g.org.ID).SetNumber(2).SetKind(term.ContactKindIndividual).SetName("Guest").Save(ctx))
	file := must(c.File.Create().SetOrganisationID(g.org.ID).SetNumber(1).SetOwnerID(g.sponsor.ID).SetState(term.FileStateConfirmed).Save(ctx))
	order := must(c.Order.Create().SetOrganisationID(g.org.ID).SetFileID(file.ID).SetChannelID(channel.ID).
		SetPointOfSaleID(at.ID).SetBuyerID(g.sponsor.ID).SetOperation(term.OrderOperationSale).Save(ctx))
	for i := range n {
		g.tickets = append(g.tickets, ticket.New{
			ID: oid.New(oid.Ticket), Number: int64(1001 + i), Product: product.ID, Performance: &g.match.ID, Tariff: tariff.ID,
			File: file.ID, Order: order.ID, Owner: g.sponsor.ID, Currency: "EUR", SeatName: fmt.Sprint(i),
			PlaceKey: ticket.PlaceKey(nil, "A", "1", fmt.Sprint(i), int64(1001+i)),
		})
	}
	g.tx(func(ctx context.Context, tx *db.Tx) error {
		return ticket.Create(ctx, tx, g.cause(), ticket.Validity{}, g.tickets)
	})
	return g
}

func (g *gate) cause() ticket.Cause {
	return ticket.Cause{Organisation: g.org.ID, Via: term.HistoryViaSystem, Execution: g.match.ID, At: db.Now()}
}

func (g *gate) tx(work func(ctx context.Context, tx *db.Tx) error) {
	g.t.Helper()
	if err := g.store.WithTx(system(), work); err != nil {
		g.t.Fatal(err)
	}
}

// as is a context in which somebody of the organisation acts.
func (g *gate) as(role term.Role) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: string(role), Role: string(role), Organisation: viewer.UUID(g.org.ID), User: viewer.UUID(uuid.New()), Language: "EN",
	})
}

// give gives the live ticket of a place to the guest, whose mail is accepted.
func (g *gate) give(ctx context.Context, tx *db.Tx, place int) (uuid.UUID, error) {
	if tx.Postgres() { // a turn per place: who waited for a ticket's lock would find it replaced
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1::bigint)", place); err != nil {
			return uuid.Nil, err
		}
	}
	id, err := db.Get[uuid.UUID](ctx, tx, "SELECT id FROM tickets WHERE seat_name = $1::text AND live", fmt.Sprint(place))
	if err != nil {
		return id, err
	}
	rows := `SELECT t.id AS ticket_id, $2::uuid AS holder_id, 'guest@example.org' AS email, 'guest@example.org' AS email_key, 'F' AS first_name,
		'L' AS last_name, 'l' AS search_key, 'f' AS first_key FROM tickets t WHERE t.id = $1::uuid`
	if _, err := ticket.Give(ctx, tx, g.cause(), ticket.Gift{Rows: rows, Args: []any{id, g.guest.ID}, Giver: g.sponsor.ID}); err != nil {
		return id, err
	}
	_, err = ticket.Inject(ctx, tx, g.cause(), g.guest.ID)
	return id, err
}

// replace gives the ticket of a place and takes it back: a new barcode takes the
// place of the old one.
func (g *gate) replace(ctx context.Context, tx *db.Tx, place int) error {
	id, err := g.give(ctx, tx, place)
	if err != nil {
		return err
	}
	_, err = ticket.HandOver(ctx, tx, g.cause(), ticket.Handover{
		Rows: `SELECT t.id AS ticket_id, 0 AS keep, NULL::uuid AS holder_id, '' AS email, '' AS email_key, '' AS first_name, '' AS last_name,
			'' AS search_key, '' AS first_key, '' AS fields, 'TAKEN_BACK' AS event FROM tickets t WHERE t.id = $1::uuid`,
		Args: []any{id}, Giver: g.sponsor.ID, Reason: "MOBILE_TAKE_BACK", Recovered: true,
	})
	return err
}

// barcode is the first ticket's of a place.
func (g *gate) entry(place int, at string) access.Entry {
	return access.Entry{Barcode: g.tickets[place].Barcode, At: must(time.Parse(time.RFC3339, at)), Gate: "North"}
}

func (g *gate) record(entries ...access.Entry) []access.Answer {
	g.t.Helper()
	return must(g.access.Record(g.as(term.RoleController), entries))
}

func (g *gate) sound() {
	g.t.Helper()
	for _, f := range must(check.All(system(), g.store)) {
		if f.Broken > 0 {
			g.t.Errorf("%s: %s is broken %d times, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
	}
}
