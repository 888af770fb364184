// Package contact owns the people and bodies an organisation knows, and how
// they are told apart. One human may be several contacts, so an e-mail alone
// is no identity; but there is one public individual of each address (DI-7),
// and addresses compare without case (D-10).
package contact

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Known is a contact that an e-mail address leads to.
type Known struct {
	ID uuid.UUID
	// Language is what the contact is addressed in; empty when nobody said.
	Language term.Language
}

// Lookup finds whom the addresses (as keys) lead to for a sender of the
// structure: the public individual of the address first, else a relay of the
// same structure. Relays of other structures are never found (DI-7).
func Lookup(ctx context.Context, c db.Conn, organisation, structure uuid.UUID, keys []string) (map[string]Known, error) {
	if len(keys) == 0 {
		return map[string]Known{}, nil
	}
	list, err := json.Marshal(keyRows(keys))
	if err != nil {
		return nil, err
	}
	from := db.Source(c, "$1", "k", db.Column{Name: "key", Type: "text"})
	query := `SELECT k.key, p.id, p.language, r.id, r.language FROM ` + from + `
		LEFT JOIN contacts p ON p.organisation_id = $2::uuid AND p.public_key = k.key
		LEFT JOIN contacts r ON r.organisation_id = $2::uuid AND r.email_key = k.key AND r.public_key IS NULL
			AND r.kind = 'INDIVIDUAL' AND EXISTS (
				SELECT 1 FROM relays l WHERE l.individual_id = r.id AND l.structure_id = $3::uuid)
		ORDER BY r.number`
	rows, err := c.Query(ctx, query, string(list), organisation, structure)
	if err != nil {
		return nil, fmt.Errorf("look up addresses: %w", err)
	}
	defer rows.Close()
	known := make(map[string]Known, len(keys))
	for rows.Next() {
		key, found, err := scanKnown(rows)
		if err != nil {
			return nil, err
		}
		if _, seen := known[key]; !seen && found.ID != uuid.Nil {
			known[key] = found
		}
	}
	return known, rows.Err()
}

func scanKnown(rows *sql.Rows) (string, Known, error) {
	var key string
	var public, relay uuid.NullUUID
	var publicLanguage, relayLanguage sql.NullString
	if err := rows.Scan(&key, &public, &publicLanguage, &relay, &relayLanguage); err != nil {
		return "", Known{}, err
	}
	if public.Valid {
		return key, Known{public.UUID, term.Language(publicLanguage.String)}, nil
	}
	return key, Known{relay.UUID, term.Language(relayLanguage.String)}, nil
}

type keyRow struct {
	Key string `json:"key"`
}

func keyRows(keys []string) []keyRow {
	rows := make([]keyRow, len(keys))
	for i, k := range keys {
		rows[i].Key = k
	}
	return rows
}

// Numbers reserves n numbers of a kind (ticket, file, contact, execution) and
// gives the first; numbers nobody uses stay gaps (D-9).
func Numbers(ctx context.Context, tx *db.Tx, organisation uuid.UUID, kind string, n int) (int64, error) {
	next, err := db.Get[int64](ctx, tx, `INSERT INTO number_sequences (organisation_id, kind, next)
		VALUES ($1::uuid, $2::text, 1000001 + $3::bigint)
		ON CONFLICT (organisation_id, kind) DO UPDATE SET next = number_sequences.next + $3::bigint
		RETURNING next`, organisation, kind, n)
	if err != nil {
		return 0, fmt.Errorf("reserve %d numbers for %s: %w", n, kind, err)
	}
	return next - int64(n), nil
}
