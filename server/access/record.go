package access

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// reported is an entry as the store is told of it, under the id it gets when it
// was not known before.
type reported struct {
	ID      uuid.UUID `json:"id"`
	Key     string    `json:"key"`
	Barcode string    `json:"barcode"`
	Mark    string    `json:"mark"`
	At      time.Time `json:"at"`
	Gate    string    `json:"gate"`
}

var reportedColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "key", Type: "text"}, {Name: "barcode", Type: "text"}, {Name: "mark", Type: "text"},
	{Name: "at", Type: "text"}, {Name: "gate", Type: "text"},
}

// batch is the entries of a call: those given, and what of them is told to the
// store, once per key.
type batch struct {
	organisation uuid.UUID
	given        []Entry
	keys, marks  []string
	once         []reported
}

func batchOf(organisation uuid.UUID, entries []Entry) *batch {
	b := &batch{organisation: organisation, given: entries}
	seen := map[string]bool{}
	for _, e := range entries {
		at, mark := db.Moment(e.At), ticket.Mark(e.Barcode)
		key := keyOf(e, mark, at)
		b.keys, b.marks = append(b.keys, key), append(b.marks, mark)
		if seen[key] {
			continue
		}
		seen[key] = true
		b.once = append(b.once, reported{oid.New(oid.EntryRecord), key, e.Barcode, mark, at, e.Gate})
	}
	return b
}

// keyOf tells a gate's own keys from those that are made.
func keyOf(e Entry, mark string, at time.Time) string {
	if e.Key != "" {
		return "own:" + e.Key
	}
	text, _ := json.Marshal([]any{mark, at.UnixMicro(), e.Gate})
	sum := sha256.Sum256(text)
	return "made:" + hex.EncodeToString(sum[:])
}

// source unfolds the entries; $1 is their list. The time is text on its way, and
// spelt as the engine keeps it.
func (b *batch) source(tx *db.Tx) (from, at string) {
	if tx.Postgres() {
		return db.Source(tx, "$1", "e", reportedColumns...), "e.at::timestamptz"
	}
	return db.Source(tx, "$1", "e", reportedColumns...), "e.at"
}

func (b *batch) list(tx *db.Tx) (string, error) {
	type spelt struct {
		reported
		At string `json:"at"`
	}
	all := make([]spelt, len(b.once))
	for i, r := range b.once {
		all[i] = spelt{r, r.At.Format("2006-01-02 15:04:05.999999999-07:00")}
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// verdict says what an entry at a time finds of its ticket t, as a result and a
// reason. Whether it is the first of its ticket is not looked at.
const verdict = `CASE WHEN t.id IS NULL THEN 'UNKNOWN' WHEN t.state = 'CONTROLLED' THEN 'ALREADY_ADMITTED'
	WHEN NOT t.live OR t.location = 'DELETED' THEN 'DEAD' WHEN t.location IN ('DELETION_PENDING', 'TRANSFER_PENDING') THEN 'BLOCKED'
	WHEN %[1]s < t.valid_from THEN 'NOT_YET_VALID' WHEN %[1]s >= t.valid_until THEN 'EXPIRED' ELSE 'ADMITTED' END AS result,
	CASE WHEN t.id IS NULL OR t.state = 'CONTROLLED' THEN '' WHEN t.dead_reason <> '' THEN t.dead_reason WHEN NOT t.live THEN t.state
	WHEN t.location IN ('DELETED', 'DELETION_PENDING', 'TRANSFER_PENDING') THEN t.location ELSE '' END AS reason`

// record writes what was not known before, and uses the tickets of those who are
// let in: a handful of statements whatever their number (DB-3). Of several new
// entries of one ticket the earliest is let in.
func (b *batch) record(ctx context.Context, tx *db.Tx, cause ticket.Cause) error {
	list, err := b.list(tx)
	if err != nil {
		return err
	}
	from, at := b.source(tx)
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, `SELECT t.id FROM tickets t JOIN (SELECT e.barcode FROM `+from+`) e ON e.barcode = t.barcode
			WHERE t.organisation_id = $2::uuid ORDER BY t.id FOR NO KEY UPDATE OF t`, list, b.organisation); err != nil {
			return fmt.Errorf("lock tickets at the gate: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, `INSERT INTO entry_records (id, organisation_id, ticket_id, barcode_mark, at, gate, result, reason, recorded_at, key)
		SELECT r.id, $2::uuid, r.ticket_id, r.mark, r.at, r.gate,
			CASE WHEN r.result = 'ADMITTED' AND r.turn > 1 THEN 'ALREADY_ADMITTED' ELSE r.result END, r.reason, $3::timestamptz, r.key
		FROM (SELECT d.*, row_number() OVER (PARTITION BY d.ticket_id, d.result ORDER BY d.at, d.id) AS turn
			FROM (SELECT e.id, e.key, e.mark, e.gate, `+at+` AS at, t.id AS ticket_id, `+fmt.Sprintf(verdict, at)+`
				FROM `+from+` LEFT JOIN tickets t ON t.barcode = e.barcode AND t.organisation_id = $2::uuid
				WHERE NOT EXISTS (SELECT 1 FROM entry_records k WHERE k.organisation_id = $2::uuid AND k.key = e.key)) d) r
		WHERE TRUE ORDER BY r.key
		ON CONFLICT (organisation_id, key) DO NOTHING`, list, b.organisation, cause.At); err != nil {
		return fmt.Errorf("record entries: %w", err)
	}
	// An id of this call in the records means that this call recorded it.
	_, err = ticket.Admit(ctx, tx, cause, ticket.Admission{
		Rows: `SELECT k.ticket_id, k.at FROM ` + from + ` JOIN entry_records k ON k.id = e.id WHERE k.result = 'ADMITTED'`,
		Args: []any{list},
	})
	return err
}

// known is an entry as it was recorded.
type known struct {
	key, mark string
	Answer
}

// answers reads what was recorded of each entry, in their order.
func (b *batch) answers(ctx context.Context, tx *db.Tx) ([]Answer, error) {
	list, err := b.list(tx)
	if err != nil {
		return nil, err
	}
	from, _ := b.source(tx)
	rows, err := db.Select(ctx, tx, func(r *sql.Rows) (known, error) {
		var k known
		var of uuid.NullUUID
		var at db.Time
		err := r.Scan(&k.key, &k.mark, &k.ID, &k.Result, &k.Reason, &of, &at, &k.AdmittedGate)
		k.Ticket, k.AdmittedAt = of.UUID, at.Ptr()
		return k, err
	}, `SELECT k.key, k.barcode_mark, k.id, k.result, k.reason, k.ticket_id, COALESCE(a.at, t.controlled_at), COALESCE(a.gate, '')
		FROM `+from+` JOIN entry_records k ON k.key = e.key AND k.organisation_id = $2::uuid
		LEFT JOIN tickets t ON t.id = k.ticket_id AND k.result IN ('ADMITTED', 'ALREADY_ADMITTED')
		LEFT JOIN entry_records a ON a.ticket_id = t.id AND a.result = 'ADMITTED'`, list, b.organisation)
	if err != nil {
		return nil, fmt.Errorf("read recorded entries: %w", err)
	}
	byKey := make(map[string]known, len(rows))
	for _, k := range rows {
		byKey[k.key] = k
	}
	answers := make([]Answer, len(b.given))
	for i, e := range b.given {
		k := byKey[b.keys[i]]
		if k.mark != b.marks[i] {
			k.Answer = Answer{ID: k.ID, Result: term.EntryResultKeyConflict}
		}
		answers[i], answers[i].Key = k.Answer, e.Key
	}
	return answers, nil
}
