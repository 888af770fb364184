// Package audit writes who did what to what, when and from where, in the same
// transaction as the doing (AC-5). The entries of an organisation form a chain:
// each hash covers the one before, so that an altered byte is found.
//
// Who did it and from where stand beside the chain: the hash covers a mark of
// both, so that they can be forgotten (Forget) and the chain holds; what is left
// is the user's id. Entries from before that was so keep both in the hash.
//
// An entry of a change says which fields had which values before and after. It
// holds no secret, and no personal data but by object id: of such fields it says
// that they changed.
package audit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/viewer"
)

// Entry is what is written. Detail and Changes become JSON; they must hold no
// secret and no personal data beyond object ids.
type Entry struct {
	Organisation uuid.UUID
	Verb         string
	Object       uuid.UUID
	Detail       map[string]any
	// Changes are the fields that have another value than before.
	Changes Changes
}

// Change is a field's value before and after; nil where there was or is none.
type Change struct {
	Before any `json:"before"`
	After  any `json:"after"`
}

// Changes are changed fields by their names.
type Changes map[string]Change

// Set notes a field that may have changed; equal values are left out.
func (c Changes) Set(field string, before, after any) Changes {
	if before != after {
		c[field] = Change{before, after}
	}
	return c
}

// Mask notes that a field changed whose values are secret or personal.
func (c Changes) Mask(field string, changed bool) Changes {
	if changed {
		c[field] = Change{Masked, Masked}
	}
	return c
}

// Masked stands for a value that is not told.
const Masked = "•"

// changesKey is where an entry's detail holds its changes.
const changesKey = "changes"

func (e Entry) detail() (string, error) {
	all := maps.Clone(e.Detail)
	if all == nil {
		all = map[string]any{}
	}
	if len(e.Changes) > 0 {
		all[changesKey] = e.Changes
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// Write appends the entry in the viewer's name. Call it last in a transaction:
// it takes the organisation's turn in the chain until the commit.
func Write(ctx context.Context, tx *db.Tx, at time.Time, e Entry) error {
	v, _ := viewer.From(ctx)
	detail, err := e.detail()
	if err != nil {
		return fmt.Errorf("write detail of %s: %w", e.Verb, err)
	}
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 7))", e.Organisation.String()); err != nil {
			return fmt.Errorf("take a turn in the audit log: %w", err)
		}
	}
	sequence, previous, err := last(ctx, tx, e.Organisation)
	if err != nil {
		return err
	}
	object := ""
	if e.Object != uuid.Nil {
		object = oid.Encode(e.Object)
	}
	row := line{
		Organisation: e.Organisation, Sequence: sequence + 1, At: db.Moment(at), User: uuid.UUID(v.User), Actor: v.Name,
		Address: v.Address, Verb: e.Verb, Object: object, Detail: detail,
	}
	var user any
	if row.User != uuid.Nil {
		user = row.User
	}
	who := signature{Actor: row.Actor, Address: row.Address, Salt: salt()}
	who.Mark = who.mark()
	_, err = tx.Exec(ctx, `INSERT INTO audit_entries
		(organisation_id, sequence, at, user_id, actor, address, verb, object, detail, hash, mark, salt)
		VALUES ($1::uuid, $2::bigint, $3::timestamptz, $4::uuid, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::text, $12::text)`,
		row.Organisation, row.Sequence, row.At, user, who.Actor, who.Address, row.Verb, row.Object, row.Detail,
		row.sealed(who).hash(previous), who.Mark, who.Salt)
	if err != nil {
		return fmt.Errorf("write %s to the audit log: %w", e.Verb, err)
	}
	return nil
}

func last(ctx context.Context, c db.Conn, organisation uuid.UUID) (int64, string, error) {
	type head struct {
		sequence int64
		hash     string
	}
	all, err := db.Select(ctx, c, func(r *sql.Rows) (head, error) {
		var h head
		return h, r.Scan(&h.sequence, &h.hash)
	}, `SELECT sequence, hash FROM audit_entries WHERE organisation_id = $1::uuid ORDER BY sequence DESC LIMIT 1`, organisation)
	if err != nil {
		return 0, "", fmt.Errorf("read the end of the audit log: %w", err)
	}
	if len(all) == 0 {
		return 0, "", nil
	}
	return all[0].sequence, all[0].hash, nil
}

// line is an entry in the form its hash covers.
type line struct {
	Organisation uuid.UUID
	Sequence     int64
	At           time.Time
	User         uuid.UUID
	Actor        string
	Address      string
	Verb         string
	Object       string
	Detail       string
}

func (l line) hash(previous string) string {
	text, _ := json.Marshal(struct {
		Previous string
		Line     line
	}{previous, l})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
