package distribution_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/spreadsheet"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// house is an organisation with a sponsor, his relay and his tickets.
type house struct {
	t            *testing.T
	store        *db.DB
	runs         *execution.Service
	distribution *distribution.Service
	org          *ent.Organisation
	sponsor      *ent.Contact
	other        *ent.Contact
	at           *ent.PointOfSale
	product      *ent.Product
	tickets      []ticket.New
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func system() context.Context { return viewer.With(context.Background(), viewer.System("test")) }

// build makes the house with n tickets of the sponsor, carried out in chunks.
func build(t *testing.T, store *db.DB, n, chunk int) *house {
	t.Helper()
	h := &house{t: t, store: store, runs: execution.New(store, quiet(), time.Minute, time.Now)}
	h.distribution = distribution.New(store, h.runs, quiet(), time.Now, chunk)
	ctx, c := system(), store.Client
	institution := must(c.Institution.Create().SetCode("test").SetName("Test").Save(ctx))
	h.org = must(c.Organisation.Create().SetInstitutionID(institution.ID).SetCode("CLUB").SetName("Club").
		SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(ctx))
	season := must(c.Season.Create().SetOrganisationID(h.org.ID).SetCode("S").SetName("Season").
		SetStartsAt(time.Now()).SetEndsAt(time.Now().AddDate(1, 0, 0)).Save(ctx))
	h.product = must(c.Product.Create().SetOrganisationID(h.org.ID).SetSeasonID(season.ID).SetCode("CUP").SetName("Cup").
		SetFamily(term.ProductFamilyEvent).Save(ctx))
	performance := must(c.Performance.Create().SetOrganisationID(h.org.ID).SetProductID(h.product.ID).SetCode("P1").
		SetName("Home – Visitors").SetStartsAt(db.Moment(time.Now().AddDate(0, 1, 0))).Save(ctx))
	tariff := must(c.Tariff.Create().SetOrganisationID(h.org.ID).SetCode("INV").SetName("Invitation").
		SetAudience(term.AudienceCategoryFreeInvited).Save(ctx))
	channel := must(c.Channel.Create().SetOrganisationID(h.org.ID).SetCode("B2B").SetName("Portal").
		SetType(term.ChannelTypeInternetB2b).Save(ctx))
	h.at = must(c.PointOfSale.Create().SetOrganisationID(h.org.ID).SetChannelID(channel.ID).SetCode("PORTAL").
		SetName("Portal").SetImportTicketDetails(true).Save(ctx))
	h.sponsor = h.structure("Banque du Lac", 1)
	h.other = h.structure("Autre SA", 2)
	file := must(c.File.Create().SetOrganisationID(h.org.ID).SetNumber(1).SetOwnerID(h.sponsor.ID).SetState(term.FileStateConfirmed).Save(ctx))
	order := must(c.Order.Create().SetOrganisationID(h.org.ID).SetFileID(file.ID).SetChannelID(channel.ID).
		SetPointOfSaleID(h.at.ID).SetBuyerID(h.sponsor.ID).SetOperation(term.OrderOperationSale).Save(ctx))
	for i := range n {
		starts := performance.StartsAt
		h.tickets = append(h.tickets, ticket.New{
			ID: oid.New(oid.Ticket), Number: int64(1001 + i), Product: h.product.ID, Performance: &performance.ID, Tariff: tariff.ID,
			File: file.ID, Order: order.ID, Owner: h.sponsor.ID, Currency: "EUR",
			PlaceKey: ticket.PlaceKey(&starts, "A", "1", fmt.Sprint(i), int64(1001+i)),
		})
	}
	for begin := 0; begin < n; begin += 5000 {
		ok(t, store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			cause := ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaSystem, At: db.Now()}
			return ticket.Create(ctx, tx, cause, ticket.Validity{}, h.tickets[begin:min(n, begin+5000)])
		}))
	}
	return h
}

func (h *house) structure(name string, number int64) *ent.Contact {
	return must(h.store.Client.Contact.Create().SetOrganisationID(h.org.ID).SetNumber(number).
		SetKind(term.ContactKindStructure).SetName(name).Save(system()))
}

// relay is a context in which a relay of the structure acts.
func (h *house) relay(structure *ent.Contact) context.Context {
	v := viewer.Viewer{
		Name: "Relay", Role: string(term.RolePortalUser), Organisation: viewer.UUID(h.org.ID),
		Structure: viewer.UUID(structure.ID), PointOfSale: viewer.UUID(h.at.ID), Language: "EN", Address: "127.0.0.1",
		User: viewer.UUID(uuid.NewSHA1(uuid.Nil, structure.ID[:])),
	}
	return viewer.With(context.Background(), v)
}

// line is a line of a workbook as somebody filled it in.
type line struct{ ref, email, first, last string }

// guest is the i-th line, filled in.
func (h *house) guest(i int) line {
	return line{
		distribution.Reference(h.tickets[i].Number, 0), fmt.Sprintf("guest%d@example.org", i), fmt.Sprintf("First%d", i), fmt.Sprintf("Last%d", i),
	}
}

// workbook writes lines as a file.
func workbook(t *testing.T, lines ...line) []byte {
	t.Helper()
	var out bytes.Buffer
	w := must(spreadsheet.NewWriter(&out, spreadsheet.Book{Sheet: distribution.Sheet, Columns: []spreadsheet.Column{
		{Header: distribution.HeaderTicket}, {Header: distribution.HeaderEmail}, {Header: distribution.HeaderFirst}, {Header: distribution.HeaderLast},
	}}))
	for _, l := range lines {
		ok(t, w.Row(spreadsheet.Text(l.ref), spreadsheet.Text(l.email), spreadsheet.Text(l.first), spreadsheet.Text(l.last)))
	}
	ok(t, w.Close())
	return out.Bytes()
}

// begin imports a file without carrying anything out.
func (h *house) begin(ctx context.Context, file []byte, confirmed bool) *ent.Execution {
	h.t.Helper()
	return must(h.distribution.Import(ctx, distribution.File{
		Name: "tickets.xlsx", Content: bytes.NewReader(file), Policy: term.RunPolicyIgnoreFailed, Confirmed: confirmed,
	}))
}

// settle carries out all that waits.
func (h *house) settle() {
	for h.runs.RunOne(context.Background()) {
	}
}

// importAll imports a file and carries it out.
func (h *house) importAll(ctx context.Context, file []byte) *ent.Execution {
	h.t.Helper()
	e := h.begin(ctx, file, true)
	h.settle()
	return h.execution(e.ID)
}

func (h *house) execution(id uuid.UUID) *ent.Execution {
	h.t.Helper()
	return must(h.store.Client.Execution.Get(system(), id))
}

// reasons are the reasons of an execution's rows, in their order; "" for none.
func (h *house) reasons(id uuid.UUID) []term.ReasonCode {
	h.t.Helper()
	rows := must(distribution.Rows(system(), h.store, id, distribution.RowFilter{}))
	all := make([]term.ReasonCode, len(rows))
	for i, r := range rows {
		if r.Problem != nil {
			all[i] = r.Problem.Code
		}
	}
	return all
}

func (h *house) count(query string, args ...any) int {
	h.t.Helper()
	return must(db.Get[int](system(), h.store, query, args...))
}

func (h *house) holder(i int) string {
	h.t.Helper()
	return must(db.Get[string](system(), h.store, "SELECT holder_email FROM tickets WHERE id = $1::uuid", h.tickets[i].ID))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newReader(file []byte) *bytes.Reader { return bytes.NewReader(file) }

// staff is a context in which somebody of the organisation acts.
func (h *house) staff(role term.Role) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: string(role), Role: string(role), Organisation: viewer.UUID(h.org.ID), User: viewer.UUID(uuid.New()), Language: "EN",
	})
}

// inject marks the mails of all holders as accepted (WA-1).
func (h *house) inject() {
	h.t.Helper()
	type gift struct{ run, guest uuid.UUID }
	all := must(db.Select(system(), h.store, func(r *sql.Rows) (gift, error) {
		var g gift
		return g, r.Scan(&g.run, &g.guest)
	}, "SELECT DISTINCT execution_id, holder_id FROM holder_links WHERE closed_at IS NULL AND execution_id IS NOT NULL"))
	ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		for _, g := range all {
			cause := ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaMail, Execution: g.run, At: db.Now()}
			if _, err := ticket.Inject(ctx, tx, cause, g.guest); err != nil {
				return err
			}
		}
		return nil
	}))
}

// download lets the holders of the tickets ask for their codes (WA-1).
func (h *house) download(ids ...uuid.UUID) {
	h.t.Helper()
	for _, id := range ids {
		guest := must(db.Get[uuid.UUID](system(), h.store, "SELECT holder_id FROM tickets WHERE id = $1::uuid", id))
		ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
			_, err := ticket.Download(ctx, tx, ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaRecipient, At: db.Now()}, guest, []uuid.UUID{id})
			return err
		}))
	}
}

// allow sets the point of sale's parameters of take-back.
func (h *house) allow(injected bool, downloaded term.TakeBackDownloaded) {
	h.t.Helper()
	_, err := h.at.Update().SetAllowTakeBackInjected(injected).SetTakeBackDownloaded(downloaded).Save(system())
	ok(h.t, err)
}

// reclaim takes tickets back and carries it out.
func (h *house) reclaim(ctx context.Context, tickets ...uuid.UUID) *ent.Execution {
	h.t.Helper()
	e := must(h.distribution.Reclaim(ctx, distribution.TakeBack{Tickets: tickets, Confirmed: true}))
	h.settle()
	return h.execution(e.ID)
}

// now is the id that a ticket of the house has now, after replacements.
func (h *house) now(id uuid.UUID) uuid.UUID {
	h.t.Helper()
	for {
		next := must(db.Get[uuid.NullUUID](system(), h.store, "SELECT replaced_by_id FROM tickets WHERE id = $1::uuid", id))
		if !next.Valid {
			return id
		}
		id = next.UUID
	}
}
