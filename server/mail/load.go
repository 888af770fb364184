package mail

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/document"
	"gradin/server/term"
)

// brief is all that is known of a mail when it is written.
type brief struct {
	id, organisation, execution, recipient uuid.UUID
	class                                  term.DocumentClass
	language                               term.Language
	address, name                          string
	organisationName, mailFrom, giver      string
	firstName                              string
	tickets                                []document.Ticket
	model                                  *document.Model
	// matter is what the organiser is told of, and path where he looks at it.
	matter *document.Matter
	path   string
	// claim fences the sender that loaded it.
	claim int64
}

// load reads the mails with their tickets and models, in a few queries whatever
// their number, ordered by id.
func load(ctx context.Context, c db.Conn, ids []uuid.UUID) ([]*brief, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	briefs, err := db.Select(ctx, c, scanBrief, `SELECT m.id, m.organisation_id, m.execution_id, m.recipient_id,
		m.class, m.language, m.address, m.name, m.claim, o.name, o.mail_from,
		CASE WHEN m.class = 'TICKET_RETURNED' OR m.pass_on_id IS NOT NULL THEN '' ELSE COALESCE(g.name, '') END
		FROM mails m JOIN organisations o ON o.id = m.organisation_id
		LEFT JOIN contacts g ON g.id = m.giver_id AND g.organisation_id = m.organisation_id
		WHERE m.id IN `+placeholders(1, len(ids))+` ORDER BY m.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("load mails: %w", err)
	}
	if err := loadTickets(ctx, c, briefs, lots{
		term.DocumentClassTicketAcknowledgement: held, term.DocumentClassTicketTakenBack: taken, term.DocumentClassTicketReturned: returned,
		term.DocumentClassTicketOffered: offered, term.DocumentClassTicketPassedOn: answered, term.DocumentClassPassOnEnded: answered,
		term.DocumentClassTicketReminder: waiting,
	}); err != nil {
		return nil, err
	}
	if err := loadMatters(ctx, c, briefs); err != nil {
		return nil, err
	}
	return briefs, loadModels(ctx, c, briefs)
}

func scanBrief(r *sql.Rows) (*brief, error) {
	b := &brief{}
	var execution uuid.NullUUID
	err := r.Scan(&b.id, &b.organisation, &execution, &b.recipient, &b.class, &b.language,
		&b.address, &b.name, &b.claim, &b.organisationName, &b.mailFrom, &b.giver)
	b.execution = execution.UUID
	return b, err
}

// lots say of each class which links l of mails m, and which tickets t, it is about.
type lots map[term.DocumentClass]lot

// lot is a condition on links, and who of them is greeted or named.
type lot struct {
	of, which string
	// person is the first name of who is written to, giver who acts where that is
	// not the mail's giver.
	person, giver string
}

// given is all that the run gave the recipient, whatever became of it; held what
// he still has of it; taken what the run took from him; returned what its guest
// gave back to him, who is named as the giver had typed him (DI-7).
var (
	given    = lot{"l.holder_id = m.recipient_id", "l.execution_id = m.execution_id", "l.first_name", "''"}
	held     = lot{given.of, given.which + " AND l.closed_at IS NULL AND t.holder_id = m.recipient_id AND t.live", given.person, "''"}
	taken    = lot{given.of, "l.closed_execution_id = m.execution_id AND l.closed_as = 'TAKEN_BACK'", given.person, "''"}
	returned = lot{"l.ticket_id = m.ticket_id", "l.holder_id = m.giver_id AND l.closed_at = m.created_at",
		"COALESCE((SELECT c.first_name FROM contacts c WHERE c.id = m.recipient_id), '')", "CASE WHEN l.first_name || l.last_name = '' THEN l.email ELSE l.first_name || ' ' || l.last_name END"}
)

// waiting is what a giver gave the recipient at this address and he has not
// fetched (ML-4).
var waiting = lot{"l.holder_id = m.recipient_id AND l.giver_id = m.giver_id",
	"l.closed_at IS NULL AND t.holder_id = m.recipient_id AND t.live AND t.downloaded_at IS NULL AND t.holder_email_key = m.address_key", "l.first_name", "''"}

// passOn is a column of the offer that a mail is about.
const passOn = "(SELECT p.%s FROM pass_ons p WHERE p.id = m.pass_on_id)"

// offered is the ticket that a guest offers to whom it is written; answered the
// same, to the guest, about whom he had typed (WA-3).
var (
	offered  = lot{fmt.Sprintf("l.id = "+passOn, "link_id"), "l.ticket_id = m.ticket_id", fmt.Sprintf(passOn, "first_name"), fmt.Sprintf(passOn, "giver_name")}
	answered = lot{offered.of, offered.which, "l.first_name", fmt.Sprintf(passOn, "first_name || ' ' || p.last_name")}
)

// loadTickets fills in the tickets of the mails, a query a class.
func loadTickets(ctx context.Context, c db.Conn, briefs []*brief, of lots) error {
	classes := map[term.DocumentClass][]*brief{}
	for _, b := range briefs {
		classes[b.class] = append(classes[b.class], b)
	}
	for class, which := range of {
		if len(classes[class]) == 0 {
			continue
		}
		if err := loadLot(ctx, c, classes[class], which); err != nil {
			return err
		}
	}
	return nil
}

// loadLot fills in the tickets of mails of one class, by performance and place.
// The mails are read first, whatever PostgreSQL expects of the links: right after
// an import its statistics know nothing of them yet, and it would go through all
// mails for each.
func loadLot(ctx context.Context, c db.Conn, briefs []*brief, which lot) error {
	byID, args := make(map[uuid.UUID]*brief, len(briefs)), make([]any, len(briefs))
	for i, b := range briefs {
		byID[b.id], args[i] = b, b.id
	}
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		var id uuid.UUID
		var first, giver string
		var starts db.Time
		var t document.Ticket
		err := r.Scan(&id, &first, &giver, &t.Number, &t.Product, &t.Performance, &starts, &t.TimeZone, &t.Venue, &t.City, &t.Category,
			&t.Entrance, &t.Area, &t.Row, &t.Seat, &t.Item, &t.Quantity)
		if b := byID[id]; err == nil && b != nil {
			t.StartsAt = starts.Ptr()
			if b.firstName == "" {
				b.firstName = first
			}
			if giver != "" {
				b.giver = strings.TrimSpace(giver)
			}
			b.tickets = append(b.tickets, t)
		}
		return struct{}{}, err
	}, `WITH m AS MATERIALIZED (
			SELECT id, organisation_id, recipient_id, execution_id, ticket_id, pass_on_id, giver_id, address_key, created_at FROM mails
			WHERE id IN `+placeholders(1, len(args))+`)
		SELECT m.id, `+which.person+`, `+which.giver+`, t.number, pr.name, COALESCE(pe.name, ''), pe.starts_at, COALESCE(ve.time_zone, o.time_zone),
		COALESCE(ve.name, ''), COALESCE(ve.city, ''), COALESCE(sc.name, ''),
		t.entrance, t.area_name, t.row_name, t.seat_name, t.item, t.quantity
		FROM m
		JOIN holder_links l ON `+which.of+`
		JOIN tickets t ON t.id = l.ticket_id AND t.organisation_id = m.organisation_id
		JOIN organisations o ON o.id = m.organisation_id
		JOIN products pr ON pr.id = t.product_id
		LEFT JOIN performances pe ON pe.id = t.performance_id
		LEFT JOIN venues ve ON ve.id = pe.venue_id
		LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id
		WHERE `+which.which+`
		ORDER BY pe.starts_at NULLS LAST, pr.name, pr.id, pe.id, t.place_key, t.id`, args...)
	if err != nil {
		return fmt.Errorf("load tickets of mails: %w", err)
	}
	return nil
}

// loadModels finds the organisations' own models: that of the mail's channel
// before that of all channels (ML-1).
func loadModels(ctx context.Context, c db.Conn, briefs []*brief) error {
	if len(briefs) == 0 {
		return nil
	}
	args := make([]any, len(briefs))
	byID := make(map[uuid.UUID]*brief, len(briefs))
	for i, b := range briefs {
		args[i], byID[b.id] = b.id, b
	}
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		var id uuid.UUID
		var m document.Model
		err := r.Scan(&id, &m.Subject, &m.Text, &m.HTML)
		if b := byID[id]; err == nil && b != nil {
			b.model = &m
		}
		return struct{}{}, err
	}, `SELECT m.id, d.subject, d.text, d.html FROM mails m
		LEFT JOIN point_of_sales p ON p.id = m.point_of_sale_id
		JOIN documents d ON d.organisation_id = m.organisation_id AND d.class = m.class AND d.language = m.language
			AND (d.channel_id IS NULL OR d.channel_id = p.channel_id)
		WHERE m.id IN `+placeholders(1, len(args))+`
		ORDER BY m.id, d.channel_id NULLS FIRST, d.id DESC`, args...)
	if err != nil {
		return fmt.Errorf("load models of mails: %w", err)
	}
	return nil
}
