package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/oid"
)

// signature is who did it and from where, with the mark that the chain holds of
// both. The salt keeps a mark from being guessed once they are forgotten.
type signature struct{ Actor, Address, Mark, Salt string }

func (s signature) mark() string {
	text, _ := json.Marshal([]string{s.Salt, s.Actor, s.Address}) // of strings: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// forgotten says that actor and address are gone for good.
func (s signature) forgotten() bool { return s.Mark != "" && s.Salt == "" }

// sound says whether actor and address are those of the mark, or both forgotten.
func (s signature) sound() bool {
	switch {
	case s.Mark == "":
		return s.Salt == "" // the hash covers both
	case s.forgotten():
		return s.Actor == "" && s.Address == ""
	}
	return s.Mark == s.mark()
}

func salt() string {
	random := make([]byte, 16)
	_, _ = rand.Read(random) // never fails
	return hex.EncodeToString(random)
}

// sealed is the line with the mark in the place of what may be forgotten.
func (l line) sealed(s signature) line {
	if s.Mark != "" {
		l.Actor, l.Address = s.Mark, ""
	}
	return l
}

// VerbForgotten is the verb of the entries that say whose name and address the
// log forgot. Whoever writes one names the user in its detail, under "user".
const VerbForgotten = "privacy.anonymise"

// Forget takes actor and address out of what a user did. In the same transaction
// an entry with VerbForgotten must name him: Verify finds entries that were made
// anonymous without. It says how many entries it changed.
func Forget(ctx context.Context, tx *db.Tx, organisation, user uuid.UUID) (int64, error) {
	n, err := tx.Exec(ctx, "UPDATE audit_entries SET actor = '', address = '', salt = '' WHERE "+named, organisation, user)
	if err != nil {
		return 0, fmt.Errorf("forget who did it in the audit log: %w", err)
	}
	return n, nil
}

// Named counts the entries that Forget would change.
func Named(ctx context.Context, c db.Conn, organisation, user uuid.UUID) (int, error) {
	return db.Get[int](ctx, c, "SELECT count(*) FROM audit_entries WHERE "+named, organisation, user)
}

const named = "organisation_id = $1::uuid AND user_id = $2::uuid AND mark <> '' AND salt <> ''"

// ErrBroken is what Verify ends with when an entry was altered or is missing.
var ErrBroken = errors.New("the audit log was altered")

// Chain is what Verify found: how many entries there are, and the hash of the
// last one. Who keeps it elsewhere finds entries that were cut off the end.
type Chain struct {
	Entries int64
	Head    string
}

// Verify walks the organisation's chain and says how many entries it holds.
func Verify(ctx context.Context, c db.Conn, organisation uuid.UUID) (Chain, error) {
	rows, err := c.Query(ctx, `SELECT sequence, at, user_id, actor, address, verb, object, detail, hash, mark, salt
		FROM audit_entries WHERE organisation_id = $1::uuid ORDER BY sequence`, organisation)
	if err != nil {
		return Chain{}, err
	}
	defer rows.Close()
	var chain Chain
	forgotten, told := map[string]int64{}, map[string]bool{}
	for rows.Next() {
		l, who, hash, err := scanLine(rows, organisation)
		if err != nil {
			return chain, err
		}
		if l.Sequence != chain.Entries+1 || l.sealed(who).hash(chain.Head) != hash || !who.sound() {
			return chain, fmt.Errorf("entry %d of %s: %w", chain.Entries+1, organisation, ErrBroken)
		}
		chain = Chain{l.Sequence, hash}
		if who.forgotten() {
			forgotten[oid.Encode(l.User)] = l.Sequence
		}
		if l.Verb == VerbForgotten {
			told[l.about()] = true
		}
	}
	for user, sequence := range forgotten {
		if !told[user] {
			return chain, fmt.Errorf("entry %d of %s hides who did it, and no entry says so: %w", sequence, organisation, ErrBroken)
		}
	}
	return chain, rows.Err()
}

func scanLine(rows *sql.Rows, organisation uuid.UUID) (l line, who signature, hash string, err error) {
	l.Organisation = organisation
	var user uuid.NullUUID
	var at db.Time
	err = rows.Scan(&l.Sequence, &at, &user, &l.Actor, &l.Address, &l.Verb, &l.Object, &l.Detail, &hash, &who.Mark, &who.Salt)
	l.User, l.At = user.UUID, at.Time
	who.Actor, who.Address = l.Actor, l.Address
	return l, who, hash, err
}

// about is the user whom an entry says to be forgotten.
func (l line) about() string {
	var detail struct{ User string }
	_ = json.Unmarshal([]byte(l.Detail), &detail) // one that says nothing names nobody
	return detail.User
}
