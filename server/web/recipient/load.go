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
	language                           term.Language
	name, organiser, giver, zone       string
	// token is what the address ends with.
	token   string
	tickets []pass
	// shown is set when the codes were asked for, returned when a ticket was to go back.
	shown    bool
	returned *outcome
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
	// returnable says whether he may give it back, byGuest that he did.
	returnable, byGuest bool
	closedAt, usedAt    *time.Time
	closedAs            term.LinkEnd
	barcode             string
}

// valid says whether the guest may enter with it: it is his, alive and unused.
func (t pass) valid() bool {
	return t.held && (t.state == term.TicketStateNotPrinted || t.state == term.TicketStatePrinted)
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
	may, err := p.tickets.Returnable(ctx, in.organisation, in.recipient, held)
	for i := range in.tickets {
		in.tickets[i].returnable = may[in.tickets[i].id]
	}
	return err
}

func load(ctx context.Context, c db.Conn, id uuid.UUID) (*invitation, error) {
	mails, err := db.Select(ctx, c, func(r *sql.Rows) (*invitation, error) {
		in := &invitation{}
		var execution uuid.NullUUID
		err := r.Scan(&in.organisation, &execution, &in.recipient, &in.language, &in.name, &in.organiser, &in.zone, &in.giver)
		in.execution = execution.UUID
		return in, err
	}, `SELECT m.organisation_id, m.execution_id, m.recipient_id, m.language, m.name, o.name, o.time_zone, COALESCE(g.name, o.name)
		FROM mails m JOIN organisations o ON o.id = m.organisation_id
		LEFT JOIN contacts g ON g.id = m.giver_id AND g.organisation_id = m.organisation_id
		WHERE m.id = $1::uuid`, id)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	if len(mails) == 0 {
		return nil, nil //nolint:nilnil // a link of a mail that is gone is no error
	}
	in := mails[0]
	in.tickets, err = db.Select(ctx, c, scanPass, `SELECT t.id, t.number, l.first_name, pr.name, COALESCE(pe.name, ''), COALESCE(ve.name, ''), COALESCE(ve.city, ''),
		COALESCE(ve.time_zone, $4::text), pe.starts_at, COALESCE(sc.name, ''), t.entrance, t.area_name, t.row_name, t.seat_name,
		t.item, t.quantity, t.state, t.holder_id, t.controlled_at, l.closed_at, l.closed_as, l.closed_execution_id, l.holder_id
		FROM holder_links l JOIN tickets t ON t.id = l.ticket_id
		JOIN products pr ON pr.id = t.product_id
		LEFT JOIN performances pe ON pe.id = t.performance_id
		LEFT JOIN venues ve ON ve.id = pe.venue_id
		LEFT JOIN seat_categories sc ON sc.id = t.seat_category_id
		WHERE l.execution_id = $1::uuid AND l.holder_id = $2::uuid AND t.organisation_id = $3::uuid
		AND (l.closed_as IS NULL OR l.closed_as <> 'REPLACED')
		ORDER BY pe.starts_at NULLS LAST, pr.name, pr.id, pe.id, t.place_key, t.id, l.id`, in.execution, in.recipient, in.organisation, in.zone)
	if err != nil {
		return nil, fmt.Errorf("read tickets of mail: %w", err)
	}
	return in, nil
}

func scanPass(r *sql.Rows) (pass, error) {
	var t pass
	var starts, used, closed db.Time
	var holder, by uuid.NullUUID
	var link uuid.UUID
	var end sql.NullString
	err := r.Scan(&t.id, &t.number, &t.firstName, &t.product, &t.performance, &t.venue, &t.city, &t.zone, &starts, &t.category,
		&t.entrance, &t.area, &t.row, &t.seat, &t.item, &t.quantity, &t.state, &holder, &used, &closed, &end, &by, &link)
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
	_, err := tx.Exec(ctx, `SELECT t.id FROM tickets t JOIN holder_links l ON l.ticket_id = t.id
		WHERE l.execution_id = $1::uuid AND l.holder_id = $2::uuid AND l.closed_at IS NULL
		ORDER BY t.id FOR NO KEY UPDATE OF t`, in.execution, in.recipient)
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
