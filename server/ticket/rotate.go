package ticket

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/oid"
)

// pair is a ticket that is replaced, and the new one.
type pair struct {
	Ticket uuid.UUID `json:"ticket_id"`
	ID     uuid.UUID `json:"fresh_id"`
	Keep   int       `json:"keep"`
	Event  string    `json:"event"`
}

// fresh is a row of a handover whose ticket is replaced, with the new ticket.
// Empty texts are left out of the list: they come back as null.
type fresh struct {
	pair
	Holder  *uuid.UUID `json:"holder_id,omitempty"`
	Email   string     `json:"email,omitempty"`
	Key     string     `json:"email_key,omitempty"`
	First   string     `json:"first_name,omitempty"`
	Last    string     `json:"last_name,omitempty"`
	Search  string     `json:"search_key,omitempty"`
	Fold    string     `json:"first_key,omitempty"`
	Fields  string     `json:"fields,omitempty"`
	Number  int64      `json:"number"`
	Tail    string     `json:"tail"`
	Barcode string     `json:"barcode"`
	Mark    string     `json:"mark"`
	card    bool
}

var pairColumns = []db.Column{
	{Name: "ticket_id", Type: "uuid"}, {Name: "fresh_id", Type: "uuid"}, {Name: "keep", Type: "bigint"}, {Name: "event", Type: "text"},
}

var freshColumns = append(slices.Clone(pairColumns), []db.Column{
	{Name: "holder_id", Type: "uuid"}, {Name: "email", Type: "text"}, {Name: "email_key", Type: "text"}, {Name: "first_name", Type: "text"},
	{Name: "last_name", Type: "text"}, {Name: "search_key", Type: "text"}, {Name: "first_key", Type: "text"}, {Name: "fields", Type: "text"},
	{Name: "number", Type: "bigint"}, {Name: "tail", Type: "text"}, {Name: "barcode", Type: "text"}, {Name: "mark", Type: "text"},
}...)

// copied are the columns in which a new ticket is what the old one was.
const copied = `organisation_id, product_id, performance_id, seat_id, area_id, capacity_id, seat_category_id, contingent_id,
	tariff_id, file_id, order_id, parent_id, price, currency, valid_from, valid_until, entrance, area_name, row_name, seat_name,
	item, quantity, owner_id`

// rotation is one replacing of tickets. Its statements read the new ones from a
// list, each anew; most need the pairs only, which are read in a fraction of the
// time.
type rotation struct {
	Handover
	cause              Cause
	from, pairs        string
	whole, short       string
	kept, given, cards bool
}

// Seen is the condition that the barcode of a ticket may have reached a person.
func Seen(of string) string {
	return "(" + of + ".location <> 'NONE' OR " + of + ".state = 'PRINTED')"
}

// Fetched is the condition that the code of ticket o was asked for; it says so
// too while the ticket is being taken out of a wallet (TB-4).
const Fetched = "(o.downloaded_at IS NOT NULL OR o.location IN ('DOWNLOADED', 'TRANSFERRED', 'ACTIVATED'))"

// rotate replaces those tickets whose barcode may have reached a person: the
// old one is INVALIDATED, a new one with a new barcode takes its place, linked
// both ways, in the same transaction (D-7, TB-3).
func rotate(ctx context.Context, tx *db.Tx, cause Cause, h Handover) (int64, error) {
	if h.Unseen {
		return 0, nil
	}
	all, err := seen(ctx, tx, h)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	if err := replacements(ctx, tx, cause.Organisation, all); err != nil {
		return 0, err
	}
	r := rotation{Handover: h, cause: cause, from: db.Source(tx, "$1", "r", freshColumns...), pairs: db.Source(tx, "$1", "r", pairColumns...)}
	if err := r.list(all); err != nil {
		return 0, err
	}
	for _, step := range []struct {
		what  string
		list  string
		write func(*statement)
		need  bool
	}{
		{"invalidate tickets", r.short, r.invalidate, true}, {"make new tickets", r.whole, r.make, true},
		{"keep links of the chain", r.short, r.keepLinks, r.kept}, {"open links of new tickets", r.whole, r.openLinks, r.given},
		{"close links of old tickets", r.short, r.closeLinks, true}, {"write history of old tickets", r.short, r.oldHistory, true},
		{"write history of new tickets", r.whole, r.newHistory, true}, {"move children", r.short, r.children, r.cards},
		{"move alerts", r.short, r.alerts, true},
	} {
		if !step.need {
			continue
		}
		s := &statement{args: []any{step.list}}
		step.write(s)
		if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
			return 0, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return int64(len(all)), nil
}

// list writes the lists, and notes whether any ticket keeps links of its chain,
// is given to somebody, or is a season card.
func (r *rotation) list(all []fresh) error {
	pairs := make([]pair, len(all))
	for i, f := range all {
		pairs[i] = f.pair
		r.kept, r.given, r.cards = r.kept || f.Keep > 0, r.given || f.Holder != nil, r.cards || f.card
	}
	whole, err := json.Marshal(all)
	if err != nil {
		return err
	}
	short, err := json.Marshal(pairs)
	r.whole, r.short = string(whole), string(short)
	return err
}

// seen reads the rows whose barcode may have reached a person. They are handed
// back to the statements as one list: joined with the rows again, each statement
// would search the list once for every row.
func seen(ctx context.Context, tx *db.Tx, h Handover) ([]fresh, error) {
	s := h.statement()
	s.add(`SELECT r.ticket_id, r.keep, r.holder_id, r.email, r.email_key, r.first_name, r.last_name, r.search_key, r.first_key, r.fields, r.event,
		t.product_id IN (SELECT p.id FROM products p WHERE p.family = 'SEASON_TICKET')
		FROM (` + h.Rows + `) r JOIN tickets t ON t.id = r.ticket_id WHERE ` + Seen("t") + ` ORDER BY t.id`)
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (fresh, error) {
		var f fresh
		return f, r.Scan(&f.Ticket, &f.Keep, &f.Holder, &f.Email, &f.Key, &f.First, &f.Last, &f.Search, &f.Fold, &f.Fields, &f.Event, &f.card)
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("find barcodes that left the house: %w", err)
	}
	return all, nil
}

// replacements makes ids, numbers and barcodes for the new tickets.
func replacements(ctx context.Context, tx *db.Tx, organisation uuid.UUID, all []fresh) error {
	first, err := contact.Numbers(ctx, tx, organisation, "ticket", len(all))
	if err != nil {
		return err
	}
	for i := range all {
		f := &all[i]
		f.ID, f.Number, f.Barcode = oid.New(oid.Ticket), first+int64(i), NewBarcode()
		f.Tail, f.Mark = fmt.Sprintf("%010d", f.Number), Mark(f.Barcode)
	}
	return nil
}

func (r rotation) invalidate(s *statement) {
	s.add(`UPDATE tickets SET state = 'INVALIDATED', live = ` + s.arg(false, "boolean") + `, dead_reason = ` + s.arg(r.Reason, "text") +
		`, ended_at = ` + s.arg(r.cause.At, "timestamptz") + `, location = CASE location WHEN 'DELETION_PENDING' THEN 'DELETED' ELSE location END, replaced_by_id = r.fresh_id, holder_id = NULL, holder_email = '', holder_email_key = '',
		holder_first_name = '', holder_last_name = '', holder_search = '', holder_first_key = '', holder_fields = '',
		depth = 0, version = tickets.version + 1, move = tickets.move + 1
		FROM ` + r.pairs + ` WHERE tickets.id = r.ticket_id`)
}

func (r rotation) make(s *statement) {
	at := s.arg(r.cause.At, "timestamptz")
	mode := "o.shipment_mode"
	if r.Shipment != "" {
		mode = "CASE WHEN r.holder_id IS NULL THEN " + s.arg(string(r.Shipment), "text") + " ELSE o.shipment_mode END"
	}
	more, when := "0", "o.recovered_at"
	if r.Recovered {
		more = "CASE WHEN " + Fetched + " THEN 1 ELSE 0 END"
		when = "CASE WHEN " + Fetched + " THEN " + at + " ELSE o.recovered_at END"
	}
	back := func(gift, kept string) string {
		return "COALESCE(CASE WHEN r.holder_id IS NULL THEN " + kept + " ELSE " + gift + " END, '')"
	}
	s.add(`INSERT INTO tickets (` + copied + `, id, number, place_key, barcode, replaces_id, created_at, state, live, location,
		shipment_mode, recoveries, recovered_at, version, move, depth, transferred_depth, distributed_at,
		holder_id, holder_email, holder_email_key, holder_first_name, holder_last_name, holder_search, holder_first_key, holder_fields)
		SELECT ` + prefixed("o", copied) + `, r.fresh_id, r.number, substr(o.place_key, 1, length(o.place_key) - 10) || r.tail, r.barcode, o.id, ` + at + `,
		'NOT_PRINTED', ` + s.arg(true, "boolean") + `, 'NONE', ` + mode + `, o.recoveries + ` + more + `, ` + when + `, 1, 0,
		CASE WHEN r.holder_id IS NULL THEN r.keep ELSE r.keep + 1 END, ` + r.moved() + `,
		CASE WHEN r.holder_id IS NULL THEN k.opened_at ELSE ` + at + ` END,
		COALESCE(r.holder_id, k.holder_id), ` + back("r.email", "k.email") + `, ` + back("r.email_key", "''") + `, ` +
		back("r.first_name", "k.first_name") + `, ` + back("r.last_name", "k.last_name") + `, ` +
		back("r.search_key", "''") + `, ` + back("r.first_key", "''") + `, ` + back("r.fields", "''") + `
		FROM ` + r.from + ` JOIN tickets o ON o.id = r.ticket_id
		LEFT JOIN holder_links k ON k.ticket_id = o.id AND k.depth = r.keep AND k.closed_at IS NULL`)
}

// moved is the depth of the deepest link that a guest opened on the new ticket.
func (r rotation) moved() string {
	if r.PassedOn {
		return "CASE WHEN r.holder_id IS NULL THEN 0 ELSE r.keep + 1 END"
	}
	return r.transferred("o")
}

// keepLinks copies the links of those who keep theirs; the copies name no entry
// of the new ticket's history.
func (r rotation) keepLinks(s *statement) {
	s.add(`INSERT INTO holder_links (organisation_id, ticket_id, giver_id, holder_id, execution_id, depth, version,
		email, first_name, last_name, opened_at, passed_on, pass_on_id)
		SELECT l.organisation_id, r.fresh_id, l.giver_id, l.holder_id, l.execution_id, l.depth, 0, l.email, l.first_name, l.last_name,
		l.opened_at, l.passed_on, l.pass_on_id FROM ` + r.pairs + ` JOIN holder_links l ON l.ticket_id = r.ticket_id AND l.closed_at IS NULL
		WHERE l.depth <= r.keep`)
}

func (r rotation) openLinks(s *statement) {
	s.add(`INSERT INTO holder_links (organisation_id, ticket_id, giver_id, holder_id, execution_id, depth, version,
		email, first_name, last_name, opened_at, passed_on, pass_on_id)
		SELECT ` + s.arg(r.cause.Organisation, "uuid") + `, r.fresh_id, ` + s.arg(r.Giver, "uuid") + `, r.holder_id, ` +
		s.arg(none(r.cause.Execution), "uuid") + `, r.keep + 1, 1, COALESCE(r.email, ''), COALESCE(r.first_name, ''), COALESCE(r.last_name, ''), ` +
		s.arg(r.cause.At, "timestamptz") + `, ` + s.arg(r.PassedOn, "boolean") + `, ` + s.arg(none(r.PassOn), "uuid") + ` FROM ` + r.from + ` WHERE r.holder_id IS NOT NULL`)
}

func (r rotation) closeLinks(s *statement) {
	s.add(`UPDATE holder_links SET closed_at = ` + s.arg(r.cause.At, "timestamptz") + `,
		closed_as = CASE WHEN holder_links.depth > r.keep THEN ` + s.arg(string(r.end()), "text") + ` ELSE 'REPLACED' END,
		closed_execution_id = ` + s.arg(none(r.cause.Execution), "uuid") + `
		FROM ` + r.pairs + ` WHERE holder_links.ticket_id = r.ticket_id AND holder_links.closed_at IS NULL`)
}

func (r rotation) oldHistory(s *statement) {
	s.history(r.cause, "t.id", "r.event", "NULL", "''", r.pairs+" JOIN tickets t ON t.id = r.ticket_id")
}

func (r rotation) newHistory(s *statement) {
	s.history(r.cause, "t.id", "'CREATED'", "t.holder_id", "r.mark", r.from+" JOIN tickets t ON t.id = r.fresh_id")
}

// children follow their card to its replacement.
func (r rotation) children(s *statement) {
	s.add(`UPDATE tickets SET parent_id = r.fresh_id FROM ` + r.pairs + ` WHERE tickets.parent_id = r.ticket_id AND tickets.live`)
}

// alerts follow the ticket they are about, so that a threshold is passed once by
// all that took its place (TB-7).
func (r rotation) alerts(s *statement) {
	s.add(`UPDATE take_back_alerts SET ticket_id = r.fresh_id FROM ` + r.pairs + ` WHERE take_back_alerts.ticket_id = r.ticket_id`)
}

// prefixed puts a table's name before each column of a list.
func prefixed(table, columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = table + "." + strings.TrimSpace(n)
	}
	return strings.Join(names, ", ")
}
