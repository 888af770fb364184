package recipient

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
	"gradin/server/ticket"
)

// invitation is a mail and all the tickets it was about.
type invitation struct {
	organisation, execution, recipient uuid.UUID
	// passOn is the offer that the mail brought, offer how it stands until it was
	// accepted; mayPassOn says that the organiser lets guests pass tickets on.
	passOn uuid.UUID
	// reminds is whose gifts a reminder reminds of, address where it went.
	reminds                      uuid.UUID
	address                      string
	offer                        *offer
	mayPassOn                    bool
	language                     term.Language
	name, organiser, giver, zone string
	mark                         mark
	// token is what the address ends with.
	token string
	// passes says that wallet files are signed here.
	passes  bool
	tickets []pass
	// shown is set when the codes were asked for, returned when a ticket was to go back.
	shown    bool
	returned *outcome
	// passing is the offer that was just made or failed, said what became of another
	// button.
	passing *attempt
	said    *outcomeOf
}

// outcome is what became of a ticket that its guest wanted to give back.
type outcome struct {
	ticket uuid.UUID
	done   bool
}

// pass is a ticket as its guest may see it.
type pass struct {
	id                                uuid.UUID
	number                            int64
	firstName                         string
	product, performance, venue, city string
	zone                              string
	startsAt                          *time.Time
	category, entrance, area, row     string
	seat, item                        string
	quantity                          int
	state                             term.TicketState
	held                              bool
	// asked is what the organiser asks of whom it is passed on to (DI-10).
	asked    []term.GuestField
	passable bool
	// pending says that it is being passed on, until expires; to is whom to, or, once
	// he has it, since when he does.
	pending         bool
	to              string
	expires, hisNow *time.Time
	// returnable says whether he may give it back, byGuest that he did.
	returnable, byGuest bool
	closedAt, usedAt    *time.Time
	closedAs            term.LinkEnd
	barcode             string
}

// valid says whether the guest may enter with it: it is his, alive and unused.
func (t pass) valid() bool {
	return t.held && !t.pending && (t.state == term.TicketStateNotPrinted || t.state == term.TicketStatePrinted)
}

// read loads the mail and its tickets; nil when there is no such mail. Codes
// are not read (D-6).
func (p *page) read(ctx context.Context, id uuid.UUID) (*invitation, error) {
	in, err := load(ctx, p.store, id)
	return in, p.offer(ctx, in, err)
}

// offer finds which of the tickets the guest may give back.
func (p *page) offer(ctx context.Context, in *invitation, err error) error {
	if err != nil || in == nil {
		return err
	}
	var held []uuid.UUID
	for _, t := range in.tickets {
		if t.valid() {
			held = append(held, t.id)
		}
	}
	may, err := p.tickets.Choices(ctx, in.organisation, in.recipient, held)
	for i := range in.tickets {
		t := &in.tickets[i]
		choice := may[t.id]
		t.returnable, t.passable, t.asked = choice.Return, choice.PassOn && in.mayPassOn, choice.Asked
	}
	return err
}

func load(ctx context.Context, c db.Conn, id uuid.UUID) (*invitation, error) {
	mails, err := db.Select(ctx, c, scanInvitation, `SELECT m.organisation_id, m.execution_id, m.recipient_id, m.language, m.name, o.name, o.time_zone,
		COALESCE(p.giver_name, g.name, o.name), m.pass_on_id, COALESCE(a.pass_on, FALSE), p.state, p.first_name, p.expires_at, p.link_id,
		CASE WHEN m.class = 'TICKET_REMINDER' THEN m.giver_id END, m.address, COALESCE(k.sha256, ''), COALESCE(k.width, 0), COALESCE(k.height, 0)
		FROM mails m JOIN organisations o ON o.id = m.organisation_id
		LEFT JOIN organisation_marks k ON k.organisation_id = m.organisation_id
		LEFT JOIN contacts g ON g.id = m.giver_id AND g.organisation_id = m.organisation_id
		LEFT JOIN point_of_sales a ON a.id = m.point_of_sale_id
		LEFT JOIN pass_ons p ON p.id = m.pass_on_id AND m.class = 'TICKET_OFFERED'
		WHERE m.id = $1::uuid AND (m.pass_on_id IS NULL OR p.id IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM contacts f WHERE f.id = m.recipient_id AND f.anonymised_at IS NOT NULL)`, id)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	if len(mails) == 0 {
		return nil, nil //nolint:nilnil // a link of a mail that is gone is no error
	}
	in := mails[0]
	which, args := in.which()
	if in.offer != nil {
		which, args = "l.id = $1::bigint AND t.organisation_id = $2::uuid", []any{in.offer.link, in.organisation}
	}
	zone := fmt.Sprintf("$%d::text", len(args)+1)
	in.tickets, err = db.Select(ctx, c, scanPass, `SELECT t.id, t.number, l.first_name, pr.name, COALESCE(pe.name, ''), COALESCE(ve.name, ''), COALESCE(ve.city, ''),
		COALESCE(ve.time_zone, `+zone+`), pe.starts_at, COALESCE(sc.name, ''), t.entrance, t.area_name, t.row_name, t.seat_name,
		t.item, t.quantity, t.state, t.holder_id, t.controlled_at, l.closed_at, l.closed_as, l.closed_execution_id, l.holder_id,
		t.location, COALESCE(po.first_name || ' ' || po.last_name, n.first_name || ' ' || n.last_name, ''), po.expires_at, n.opened_at
		FROM holder_links l JOIN tickets t ON t.id = l.ticket_id
		JOIN products pr ON pr.id = t.product_id
		LEFT JOIN performances pe ON pe.id = t.performance_id
		LEFT JOIN venues ve ON ve.id = pe.venue_id
		LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id
		LEFT JOIN pass_ons po ON po.ticket_id = t.id AND po.state = 'PENDING' AND po.giver_id = l.holder_id
		LEFT JOIN holder_links n ON n.ticket_id = t.id AND n.depth = l.depth + 1 AND n.closed_at IS NULL AND n.passed_on AND n.giver_id = l.holder_id
		WHERE `+which+` AND (l.closed_as IS NULL OR l.closed_as <> 'REPLACED')
		ORDER BY pe.starts_at NULLS LAST, pr.name, pr.id, pe.id, t.place_key, t.id, l.id`, append(args, in.zone)...)
	if err != nil {
		return nil, fmt.Errorf("read tickets of mail: %w", err)
	}
	if in.offer != nil {
		for i := range in.tickets {
			in.tickets[i].held = false // it is somebody else's until it is accepted
		}
	}
	return in, nil
}

// which is the condition on links l and tickets t that a mail gave its recipient;
// a reminder shows all that he has of its giver (ML-4).
func (in *invitation) which() (condition string, args []any) {
	if in.reminds != uuid.Nil {
		return `l.holder_id = $2::uuid AND l.giver_id = $1::uuid AND l.closed_at IS NULL AND lower(l.email) = lower($4::text) AND t.organisation_id = $3::uuid`,
			[]any{in.reminds, in.recipient, in.organisation, in.address}
	}
	return `l.holder_id = $2::uuid AND (l.execution_id = $1::uuid OR l.pass_on_id = $4::uuid) AND t.organisation_id = $3::uuid`,
		[]any{in.execution, in.recipient, in.organisation, in.passOn}
}

func scanInvitation(r *sql.Rows) (*invitation, error) {
	in := &invitation{}
	var execution, passOn, reminds uuid.NullUUID
	var state, first sql.NullString
	var link sql.NullInt64
	var expires db.Time
	err := r.Scan(&in.organisation, &execution, &in.recipient, &in.language, &in.name, &in.organiser, &in.zone, &in.giver,
		&passOn, &in.mayPassOn, &state, &first, &expires, &link, &reminds, &in.address,
		&in.mark.name, &in.mark.width, &in.mark.height)
	in.reminds = reminds.UUID
	in.execution, in.passOn = execution.UUID, passOn.UUID
	if s := term.PassOnState(state.String); state.Valid && s != term.PassOnStateAccepted {
		in.offer = &offer{state: s, firstName: first.String, expires: expires.Time, link: link.Int64}
	}
	return in, err
}

func scanPass(r *sql.Rows) (pass, error) {
	var t pass
	var starts, used, closed, expires, hisNow db.Time
	var location term.DeliveryLocation
	var holder, by uuid.NullUUID
	var link uuid.UUID
	var end sql.NullString
	err := r.Scan(&t.id, &t.number, &t.firstName, &t.product, &t.performance, &t.venue, &t.city, &t.zone, &starts, &t.category,
		&t.entrance, &t.area, &t.row, &t.seat, &t.item, &t.quantity, &t.state, &holder, &used, &closed, &end, &by, &link, &location, &t.to, &expires, &hisNow)
	t.pending, t.expires, t.hisNow = location == term.DeliveryLocationTransferPending, expires.Ptr(), hisNow.Ptr()
	t.startsAt, t.usedAt, t.closedAt, t.closedAs = starts.Ptr(), used.Ptr(), closed.Ptr(), term.LinkEnd(end.String)
	t.byGuest = t.closedAs == term.LinkEndTakenBack && !by.Valid
	t.held = !closed.Valid && holder.Valid && holder.UUID == link
	return t, err
}

// chunk is how many tickets one statement names.
const chunk = 500

// download notes that the guest has the codes of his valid tickets, and reads
// them, in one transaction: a code that is shown was his at that moment. Doing
// it again changes nothing.
func (p *page) download(ctx context.Context, id uuid.UUID) (*invitation, error) {
	var in *invitation
	err := p.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		before, err := load(ctx, tx, id)
		if err != nil || before == nil {
			in = nil
			return err
		}
		if err := lock(ctx, tx, before); err != nil {
			return err
		}
		// What was read before the lock may have been taken back meanwhile.
		if in, err = load(ctx, tx, id); err != nil || in == nil {
			return err
		}
		in.shown = true
		var valid []uuid.UUID
		for _, t := range in.tickets {
			if t.valid() {
				valid = append(valid, t.id)
			}
		}
		cause := ticket.Cause{
			Organisation: in.organisation, Via: term.HistoryViaRecipient, Actor: in.name, ActorContact: in.recipient,
			Execution: in.execution, At: db.Moment(p.now()),
		}
		for part := range slices.Chunk(valid, chunk) {
			if _, err := ticket.Download(ctx, tx, cause, in.recipient, part); err != nil {
				return err
			}
			if err := readCodes(ctx, tx, in, part); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("download tickets: %w", err)
	}
	return in, p.offer(ctx, in, nil)
}

// lock takes the tickets in the order of their ids, as all writers do.
func lock(ctx context.Context, tx *db.Tx, in *invitation) error {
	if !tx.Postgres() {
		return nil
	}
	which, args := in.which()
	_, err := tx.Exec(ctx, `SELECT t.id FROM tickets t JOIN holder_links l ON l.ticket_id = t.id
		WHERE `+which+` AND l.closed_at IS NULL ORDER BY t.id FOR NO KEY UPDATE OF t`, args...)
	if err != nil {
		return fmt.Errorf("lock tickets: %w", err)
	}
	return nil
}

// readCodes reads the codes of tickets that the recipient holds now (D-6).
func readCodes(ctx context.Context, tx *db.Tx, in *invitation, ids []uuid.UUID) error {
	args := []any{in.recipient}
	names := ""
	for i, id := range ids {
		if i > 0 {
			names += ", "
		}
		args = append(args, id)
		names += fmt.Sprintf("$%d::uuid", i+2)
	}
	codes := make(map[uuid.UUID]string, len(ids))
	_, err := db.Select(ctx, tx, func(r *sql.Rows) (struct{}, error) {
		var id uuid.UUID
		var code string
		err := r.Scan(&id, &code)
		codes[id] = code
		return struct{}{}, err
	}, `SELECT id, barcode FROM tickets WHERE holder_id = $1::uuid AND state = 'PRINTED' AND live AND id IN (`+names+`)`, args...)
	if err != nil {
		return fmt.Errorf("read codes: %w", err)
	}
	if len(codes) < len(ids) {
		return errors.New("a ticket changed under its lock")
	}
	for i := range in.tickets {
		if t := &in.tickets[i]; t.valid() && codes[t.id] != "" {
			t.barcode = codes[t.id]
		}
	}
	return nil
}
