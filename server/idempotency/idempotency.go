// Package idempotency lets a call be repeated without being carried out twice
// (API-4, RT-5).
//
// Where a call comes in, the caller's key is put into the context together with
// a hash of the input. The verb takes the key first thing in the transaction
// that does the work: whoever is second, at the same time or after a crash,
// finds it taken, changes nothing and answers with the object that the first
// call made or changed, as it is now. What is kept is that object's id and no
// answer, so that a secret which is shown once is never stored. A call that is
// refused carries nothing out and keeps nothing: its key may be used again.
package idempotency

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/viewer"
)

// MaxKey is how many characters a key may have.
const MaxKey = 200

// Call is a call that its caller may repeat.
type Call struct {
	// Key is the caller's own, Verb what is called.
	Key, Verb string
	// Input is what the call says besides its key; it is kept as a hash.
	Input any
}

type key struct{}

// With puts the call into the context.
func With(ctx context.Context, c Call) context.Context { return context.WithValue(ctx, key{}, c) }

// Work is what a verb is about to do.
type Work struct {
	// Object is the id of what will be made or changed; zero where there is not one.
	Object uuid.UUID
	// Also is input that the call's arguments do not tell, such as the hash of a file.
	Also string
	At   time.Time
}

// Take takes the call's key for the work. Repeated says that an earlier call
// did this work; object is then what it made or changed. Call it first in the
// transaction. A key that was used with another input is an IDEMPOTENCY_CONFLICT.
// A call without a key is never repeated.
func Take(ctx context.Context, tx *db.Tx, w Work) (object uuid.UUID, repeated bool, err error) {
	c, keyed := ctx.Value(key{}).(Call)
	if !keyed {
		return w.Object, false, nil
	}
	if n := utf8.RuneCountInString(c.Key); n == 0 || n > MaxKey {
		return w.Object, false, errs.New(errs.Invalid, "An idempotency key has 1 to %d characters.", MaxKey).At("idempotencyKey")
	}
	hash, err := hashOf(c, w.Also)
	if err != nil {
		return w.Object, false, err
	}
	v, _ := viewer.From(ctx)
	taken, err := tx.Exec(ctx, `INSERT INTO idempotency_keys (organisation_id, user_id, key, verb, input_hash, object_id, created_at)
		VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::uuid, $7::timestamptz) ON CONFLICT (user_id, key) DO NOTHING`,
		uuid.UUID(v.Organisation), uuid.UUID(v.User), c.Key, c.Verb, hash, w.Object, db.Moment(w.At))
	if err != nil {
		return w.Object, false, fmt.Errorf("take an idempotency key: %w", err)
	}
	if taken == 1 {
		return w.Object, false, nil
	}
	object, err = before(ctx, tx, uuid.UUID(v.User), c.Key, hash)
	return object, err == nil, err
}

// before reads what the key was used for. The earlier call has ended: whoever
// takes a key that is being taken waits for it.
func before(ctx context.Context, tx *db.Tx, user uuid.UUID, key, hash string) (uuid.UUID, error) {
	type use struct {
		object uuid.UUID
		hash   string
	}
	uses, err := db.Select(ctx, tx, func(r *sql.Rows) (use, error) {
		var u use
		return u, r.Scan(&u.object, &u.hash)
	}, "SELECT object_id, input_hash FROM idempotency_keys WHERE user_id = $1::uuid AND key = $2::text", user, key)
	if err != nil {
		return uuid.Nil, fmt.Errorf("read an idempotency key: %w", err)
	}
	if len(uses) == 0 || uses[0].hash != hash {
		return uuid.Nil, errs.New(errs.IdempotencyConflict,
			"This idempotency key was used with another input. Use a new key for a new input.").At("idempotencyKey")
	}
	return uses[0].object, nil
}

func hashOf(c Call, also string) (string, error) {
	text, err := json.Marshal([]any{c.Verb, c.Input, also})
	if err != nil {
		return "", fmt.Errorf("hash the input of %s: %w", c.Verb, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Forget removes the keys that were used before the time.
func Forget(ctx context.Context, store *db.DB, before time.Time) error {
	if _, err := store.Exec(ctx, "DELETE FROM idempotency_keys WHERE created_at < $1::timestamptz", db.Moment(before)); err != nil {
		return fmt.Errorf("forget idempotency keys: %w", err)
	}
	return nil
}
