// Package mailtest gives tests a stadium with a sponsor whose tickets were
// handed to guests in one run, and the mails that tell them.
package mailtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// Start is when the fixture's run ended; its match begins 30 days later.
func Start() time.Time { return time.Date(2027, time.February, 12, 9, 0, 0, 0, time.UTC) }

// Stadium is the fixture. Its mails are READY, a mail per guest.
type Stadium struct {
	Store        *db.DB
	Organisation *ent.Organisation
	Sponsor      *ent.Contact
	Execution    *ent.Execution
	PointOfSale  *ent.PointOfSale
	Guests       []Guest
	runs         int
}

// Guest is somebody who was given tickets.
type Guest struct {
	Contact uuid.UUID
	Mail    uuid.UUID
	Tickets []uuid.UUID
	// Numbers and Barcodes go with Tickets.
	Numbers  []int64
	Barcodes []string
}

// Plan says what the fixture holds.
type Plan struct {
	Guests int
	// Each is how many tickets a guest has.
	Each int
	// Sponsor is the giver's name; empty for Banque du Lac.
	Sponsor string
	// Language of the mails; empty for EN.
	Language term.Language
	// MailFrom is the organisation's sender.
	MailFrom string
}

// Build makes a stadium in the store.
func Build(t testing.TB, store *db.DB, p Plan) *Stadium {
	t.Helper()
	if p.Sponsor == "" {
		p.Sponsor = "Banque du Lac"
	}
	if p.Language == "" {
		p.Language = term.LanguageEn
	}
	s := &Stadium{Store: store}
	if err := s.build(dbtest.System(), p); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *Stadium) build(ctx context.Context, p Plan) error {
	err := s.Store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		c := tx.Client
		code := "O" + oid.New(0).String()[24:]
		institution, err := c.Institution.Create().SetCode(code[:9]).SetName("Institution").Save(ctx)
		if err != nil {
			return err
		}
		s.Organisation, err = c.Organisation.Create().SetInstitutionID(institution.ID).SetCode("FCG").SetName("FC Granval").
			SetTimeZone("Europe/Zurich").SetCurrency("CHF").SetMailFrom(p.MailFrom).Save(ctx)
		if err != nil {
			return err
		}
		channel, err := c.Channel.Create().SetOrganisationID(s.Organisation.ID).SetCode("B2B").SetName("B2B").
			SetType(term.ChannelTypeInternetB2b).Save(ctx)
		if err != nil {
			return err
		}
		s.PointOfSale, err = c.PointOfSale.Create().SetOrganisationID(s.Organisation.ID).SetCode("PORTAL").SetName("Portal").
			SetChannelID(channel.ID).Save(ctx)
		if err != nil {
			return err
		}
		s.Sponsor, err = c.Contact.Create().SetOrganisationID(s.Organisation.ID).SetNumber(1).SetKind(term.ContactKindStructure).
			SetName(p.Sponsor).Save(ctx)
		if err != nil {
			return err
		}
		s.Execution, err = c.Execution.Create().SetOrganisationID(s.Organisation.ID).SetNumber(1).
			SetFunction(term.ExecutionFunctionDistribution).SetTrigger(term.ExecutionTriggerPortal).
			SetState(term.ExecutionStateDone).SetSponsorID(s.Sponsor.ID).Save(ctx)
		if err != nil {
			return err
		}
		return s.distribute(ctx, tx, p)
	})
	if err != nil {
		return fmt.Errorf("build stadium: %w", err)
	}
	return nil
}

// distribute makes the tickets of a match and gives them to the guests.
func (s *Stadium) distribute(ctx context.Context, tx *db.Tx, p Plan) error {
	template, err := s.catalogue(ctx, tx)
	if err != nil {
		return err
	}
	cause := ticket.Cause{Organisation: s.Organisation.ID, Via: term.HistoryViaPortal, Actor: "Relay", Execution: s.Execution.ID, At: Start()}
	number := int64(1000001)
	for i := range p.Guests {
		name := fmt.Sprintf("Guest%d", i+1)
		email := fmt.Sprintf("guest%d@example.org", i+1)
		person, err := tx.Client.Contact.Create().SetOrganisationID(s.Organisation.ID).SetNumber(int64(10 + i)).SetKind(term.ContactKindIndividual).
			SetName(name + " Lake").SetFirstName(name).SetLastName("Lake").SetEmail(email).SetEmailKey(email).Save(ctx)
		if err != nil {
			return err
		}
		guest := Guest{Contact: person.ID}
		var made []ticket.New
		for j := range p.Each {
			n := template
			n.ID, n.Number, n.Barcode = oid.New(oid.Ticket), number, ticket.NewBarcode()
			n.RowName, n.SeatName = fmt.Sprint(i+1), fmt.Sprint(j+1)
			n.PlaceKey = ticket.PlaceKey(nil, n.AreaName, n.RowName, n.SeatName, number)
			made = append(made, n)
			guest.Tickets, guest.Numbers, guest.Barcodes = append(guest.Tickets, n.ID), append(guest.Numbers, number), append(guest.Barcodes, n.Barcode)
			number++
		}
		if err := ticket.Create(ctx, tx, cause, ticket.Validity{}, made); err != nil {
			return err
		}
		for _, id := range guest.Tickets {
			if _, err := ticket.Give(ctx, tx, cause, ticket.Gift{Giver: s.Sponsor.ID, Args: []any{id, person.ID, email, name}, Rows: `SELECT id AS ticket_id,
				$2::uuid AS holder_id, $3::text AS email, $3::text AS email_key, $4::text AS first_name, 'Lake' AS last_name,
				'' AS search_key, '' AS first_key FROM tickets WHERE id = $1::uuid`}); err != nil {
				return err
			}
		}
		m, err := tx.Client.Mail.Create().SetOrganisationID(s.Organisation.ID).SetExecutionID(s.Execution.ID).SetRecipientID(person.ID).
			SetPointOfSaleID(s.PointOfSale.ID).SetGiverID(s.Sponsor.ID).SetClass(term.DocumentClassTicketAcknowledgement).
			SetLanguage(p.Language).SetState(term.MailStateReady).SetAddress(email).SetAddressKey(email).SetName(name + " Lake").Save(ctx)
		if err != nil {
			return err
		}
		guest.Mail = m.ID
		s.Guests = append(s.Guests, guest)
	}
	// The tickets' numbers are used up for those who make more.
	_, err = contact.Numbers(ctx, tx, s.Organisation.ID, "ticket", int(number-1000001))
	return err
}

// catalogue makes a match and gives a ticket of it to copy.
func (s *Stadium) catalogue(ctx context.Context, tx *db.Tx) (ticket.New, error) {
	var n ticket.New
	c, org := tx.Client, s.Organisation.ID
	season, err := c.Season.Create().SetOrganisationID(org).SetCode("S27").SetName("2026/27").SetStartsAt(Start()).SetEndsAt(Start().AddDate(1, 0, 0)).Save(ctx)
	if err != nil {
		return n, err
	}
	product, err := c.Product.Create().SetOrganisationID(org).SetCode("LEAGUE").SetName("Swiss League").SetSeasonID(season.ID).
		SetFamily(term.ProductFamilyCompetition).Save(ctx)
	if err != nil {
		return n, err
	}
	venue, err := c.Venue.Create().SetOrganisationID(org).SetCode("LAC").SetName("Stade du Lac").SetCity("Granval").SetTimeZone("Europe/Zurich").Save(ctx)
	if err != nil {
		return n, err
	}
	performance, err := c.Performance.Create().SetOrganisationID(org).SetCode("M1").SetName("FC Granval – Lyon").SetProductID(product.ID).
		SetVenueID(venue.ID).SetStartsAt(Start().AddDate(0, 0, 30)).Save(ctx)
	if err != nil {
		return n, err
	}
	tariff, err := c.Tariff.Create().SetOrganisationID(org).SetCode("INV").SetName("Invitation").SetAudience(term.AudienceCategoryFreeInvited).Save(ctx)
	if err != nil {
		return n, err
	}
	category, err := c.SeatCategory.Create().SetOrganisationID(org).SetCode("C1").SetName("Category 1").Save(ctx)
	if err != nil {
		return n, err
	}
	file, err := c.File.Create().SetOrganisationID(org).SetNumber(1).SetOwnerID(s.Sponsor.ID).SetState(term.FileStateSettled).Save(ctx)
	if err != nil {
		return n, err
	}
	order, err := c.Order.Create().SetOrganisationID(org).SetFileID(file.ID).SetOperation(term.OrderOperationSale).
		SetChannelID(s.PointOfSale.ChannelID).SetPointOfSaleID(s.PointOfSale.ID).SetBuyerID(s.Sponsor.ID).Save(ctx)
	if err != nil {
		return n, err
	}
	return ticket.New{
		Product: product.ID, Performance: &performance.ID, SeatCategory: &category.ID, Tariff: tariff.ID, File: file.ID, Order: order.ID,
		Owner: s.Sponsor.ID, Currency: "CHF", Entrance: "B", AreaName: "North Stand", Quantity: 1,
	}, nil
}

// Mail reads a guest's mail as it is now.
func (s *Stadium) Mail(t testing.TB, guest int) *ent.Mail {
	t.Helper()
	m, err := s.Store.Client.Mail.Get(dbtest.System(), s.Guests[guest].Mail)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Ticket reads one of a guest's tickets as it is now.
func (s *Stadium) Ticket(t testing.TB, guest, number int) *ent.Ticket {
	t.Helper()
	found, err := s.Store.Client.Ticket.Get(dbtest.System(), s.Guests[guest].Tickets[number])
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Story reads a ticket's history as words: "LOCATION_CHANGED MAIL PRINTED INJECTED".
func (s *Stadium) Story(t testing.TB, guest, number int) []string {
	t.Helper()
	rows, err := s.Store.Query(dbtest.System(), "SELECT event || ' ' || via || ' ' || state || ' ' || location FROM history_entries WHERE ticket_id = $1::uuid ORDER BY version",
		s.Guests[guest].Tickets[number])
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var story []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		story = append(story, line)
	}
	return story
}

// TakeBack takes a guest's ticket back as the domain would: the link closed, no
// holder, the version raised and the history written (TB-1).
func (s *Stadium) TakeBack(t testing.TB, guest, number int, at time.Time) {
	t.Helper()
	err := s.Store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		return s.TakeBackIn(ctx, tx, guest, number, at)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TakeBackIn is TakeBack within a transaction of the test's own.
func (s *Stadium) TakeBackIn(ctx context.Context, tx *db.Tx, guest, number int, at time.Time) error {
	id := s.Guests[guest].Tickets[number]
	for _, statement := range []string{
		`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, actor, from_holder_id, state, location, barcode_mark)
			SELECT organisation_id, id, version + 1, $2::timestamptz, 'TAKEN_BACK', 'PORTAL', 'Relay', holder_id, state, location, '' FROM tickets WHERE id = $1::uuid`,
		`UPDATE holder_links SET closed_at = $2::timestamptz, closed_as = 'TAKEN_BACK',
			closed_execution_id = execution_id WHERE ticket_id = $1::uuid AND closed_at IS NULL`,
	} {
		if _, err := tx.Exec(ctx, statement, id, db.Moment(at)); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `UPDATE tickets SET holder_id = NULL, holder_email = '', holder_email_key = '', holder_first_name = '',
		holder_last_name = '', depth = 0, version = version + 1, move = move + 1 WHERE id = $1::uuid`, id)
	return err
}

// Reclaim takes tickets back from a guest by a run of its own, as the domain does
// (D-7), and writes the mail that tells him; it gives the mail's id.
func (s *Stadium) Reclaim(t testing.TB, guest int, at time.Time, numbers ...int) uuid.UUID {
	t.Helper()
	g := s.Guests[guest]
	id := oid.New(oid.Mail)
	err := s.Store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		run, err := tx.Client.Execution.Create().SetOrganisationID(s.Organisation.ID).SetNumber(int64(100 + s.runs)).
			SetFunction(term.ExecutionFunctionTakeBack).SetTrigger(term.ExecutionTriggerPortal).
			SetState(term.ExecutionStateDone).SetSponsorID(s.Sponsor.ID).Save(ctx)
		if err != nil {
			return err
		}
		s.runs++
		for _, n := range numbers {
			cause := ticket.Cause{Organisation: s.Organisation.ID, Via: term.HistoryViaPortal, Actor: "Relay", Execution: run.ID, At: db.Moment(at)}
			h, err := ticket.Back(tx, ticket.Returning{Ticket: g.Tickets[n]})
			if err != nil {
				return err
			}
			h.Giver, h.Reason, h.Recovered = s.Sponsor.ID, "MOBILE_TAKE_BACK", true
			if _, err := ticket.HandOver(ctx, tx, cause, h); err != nil {
				return err
			}
		}
		return tx.Client.Mail.Create().SetID(id).SetOrganisationID(s.Organisation.ID).SetExecutionID(run.ID).SetRecipientID(g.Contact).
			SetPointOfSaleID(s.PointOfSale.ID).SetGiverID(s.Sponsor.ID).SetClass(term.DocumentClassTicketTakenBack).
			SetLanguage(term.LanguageEn).SetState(term.MailStateReady).SetAddress("guest@example.org").SetName("Guest").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// GiveOnAndBack lets a guest give a ticket on to another guest and take it back:
// he has it still, as a new ticket (D-7).
func (s *Stadium) GiveOnAndBack(t testing.TB, guest, number, other int) {
	t.Helper()
	from, to := s.Guests[guest], s.Guests[other]
	err := s.Store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		cause := ticket.Cause{Organisation: s.Organisation.ID, Via: term.HistoryViaPortal, Actor: "Guest", At: Start()}
		if _, err := ticket.HandOver(ctx, tx, cause, ticket.Handover{
			Rows: `SELECT t.id AS ticket_id, 1 AS keep, $2::uuid AS holder_id, 'x@example.org' AS email, 'x@example.org' AS email_key, 'X' AS first_name,
				'Y' AS last_name, '' AS search_key, '' AS first_key, '' AS fields, 'REDISTRIBUTED' AS event FROM tickets t WHERE t.id = $1::uuid`,
			Args: []any{from.Tickets[number], to.Contact}, Giver: from.Contact, Reason: "MOBILE_TAKE_BACK",
		}); err != nil {
			return err
		}
		given, err := db.Get[uuid.UUID](ctx, tx, "SELECT replaced_by_id FROM tickets WHERE id = $1::uuid", from.Tickets[number])
		if err != nil {
			return err
		}
		h, err := ticket.Back(tx, ticket.Returning{Ticket: given, Keep: 1})
		if err != nil {
			return err
		}
		h.Giver, h.Reason = from.Contact, "MOBILE_TAKE_BACK"
		_, err = ticket.HandOver(ctx, tx, cause, h)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// GiveBack lets a guest give a ticket back, and writes the mail that tells the sponsor (WA-4).
func (s *Stadium) GiveBack(t testing.TB, guest, number int, address string) {
	t.Helper()
	g, at := s.Guests[guest], db.Moment(Start())
	err := s.Store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		h, err := ticket.Back(tx, ticket.Returning{Ticket: g.Tickets[number]})
		if err != nil {
			return err
		}
		h.Giver, h.Reason = s.Sponsor.ID, "GIVEN_BACK"
		cause := ticket.Cause{Organisation: s.Organisation.ID, Via: term.HistoryViaRecipient, ActorContact: g.Contact, At: at}
		if _, err := ticket.HandOver(ctx, tx, cause, h); err != nil {
			return err
		}
		return tx.Client.Mail.Create().SetOrganisationID(s.Organisation.ID).SetTicketID(g.Tickets[number]).SetRecipientID(s.Sponsor.ID).
			SetPointOfSaleID(s.PointOfSale.ID).SetGiverID(g.Contact).SetClass(term.DocumentClassTicketReturned).SetCreatedAt(at).
			SetLanguage(term.LanguageEn).SetState(term.MailStateReady).SetAddress(address).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Exec changes the store behind the domain's back.
func (s *Stadium) Exec(t testing.TB, statement string, args ...any) {
	t.Helper()
	if _, err := s.Store.Exec(dbtest.System(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
