package privacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/signed"
	"gradin/server/viewer"
)

// ExportTime is how long the address of an export is good (API-5).
const ExportTime = 5 * time.Minute

// PurposeExport is what tokens of exports are signed for.
const PurposeExport = "personalData"

// Export is what the token of an export carries.
type Export struct {
	Contact uuid.UUID
	// User is who asked, for the audit log.
	User uuid.UUID
}

// Address gives the path at which all that is held on a person can be fetched for
// ExportTime.
func (s *Service) Address(ctx context.Context, key []byte, id uuid.UUID) (string, error) {
	v, err := permit(ctx)
	if err != nil {
		return "", err
	}
	found, err := s.Individual(ctx, id)
	if err != nil {
		return "", err
	}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return audit.Write(ctx, tx, s.now(), audit.Entry{Organisation: found.OrganisationID, Verb: "privacy.export", Object: id})
	})
	if err != nil {
		return "", err
	}
	token, err := signed.Token(key, PurposeExport, s.now().Add(ExportTime), Export{Contact: id, User: uuid.UUID(v.User)})
	if err != nil {
		return "", err
	}
	return "/d/" + token, nil
}

// section is a part of an export: what a query gives, a row an object.
type section struct{ name, query string }

// sections are all that is held on a person; barcodes are nobody's to read (D-6),
// and of people beside him it says nothing but who typed his name.
func sections(c db.Conn) []section {
	typed := func(column string) string {
		return column + " IN (SELECT a.key FROM " + db.Source(c, "$3", "a", typedColumns...) + ")"
	}
	return []section{
		{"account", `SELECT id, email, name, language, active, created_at FROM users WHERE id = $4::uuid`},
		{"sessions", `SELECT created_at, expires_at, address FROM sessions WHERE user_id = $4::uuid ORDER BY created_at`},
		{"savedViews", `SELECT name, path, query FROM saved_views WHERE user_id = $4::uuid ORDER BY name`},
		{"tickets", `SELECT t.id, t.number, pr.name AS product, p.name AS performance, p.starts_at, t.area_name, t.row_name, t.seat_name, t.state, t.location,
			CASE WHEN t.holder_id = $1::uuid THEN t.holder_email END AS email, CASE WHEN t.holder_id = $1::uuid THEN t.holder_first_name END AS first_name,
			CASE WHEN t.holder_id = $1::uuid THEN t.holder_last_name END AS last_name, CASE WHEN t.holder_id = $1::uuid THEN t.holder_fields END AS fields,
			t.distributed_at, t.injected_at, t.downloaded_at, t.controlled_at, t.ended_at
			FROM tickets t JOIN products pr ON pr.id = t.product_id LEFT JOIN performances p ON p.id = t.performance_id
			WHERE t.organisation_id = $2::uuid AND (t.owner_id = $1::uuid OR t.id IN ` + his + `) ORDER BY t.number`},
		{"links", `SELECT l.ticket_id, g.name AS giver, l.email, l.first_name, l.last_name, l.passed_on, l.opened_at, l.closed_at, l.closed_as
			FROM holder_links l JOIN contacts g ON g.id = l.giver_id WHERE l.organisation_id = $2::uuid AND l.holder_id = $1::uuid ORDER BY l.id`},
		{"history", `SELECT h.ticket_id, h.at, h.event, h.via, CASE WHEN h.actor_contact_id = $1::uuid OR h.user_id = $4::uuid THEN h.actor END AS actor, h.state, h.location
			FROM history_entries h WHERE h.organisation_id = $2::uuid AND (h.from_holder_id = $1::uuid OR h.to_holder_id = $1::uuid
			OR h.actor_contact_id = $1::uuid) AND (h.ticket_id IN ` + his + ` OR h.ticket_id IN (SELECT t.id FROM tickets t WHERE t.owner_id = $1::uuid)) ORDER BY h.id`},
		{"mails", `SELECT id, class, language, state, address, name, created_at, sent_at, server_answer FROM mails
			WHERE organisation_id = $2::uuid AND recipient_id = $1::uuid ORDER BY id`},
		{"offersMade", `SELECT ticket_id, giver_name, state, created_at, closed_at FROM pass_ons WHERE organisation_id = $2::uuid AND giver_id = $1::uuid ORDER BY id`},
		{"offersReceived", `SELECT ticket_id, email, first_name, last_name, fields, state, created_at, closed_at FROM pass_ons
			WHERE organisation_id = $2::uuid AND recipient_id = $1::uuid ORDER BY id`},
		{"executionRows", `SELECT e.number AS execution, e.file_name, x.row_number, x.ticket_id, x.email, x.first_name, x.last_name, x.fields, x.outcome, x.reason, e.created_at
			FROM execution_rows x JOIN executions e ON e.id = x.execution_id WHERE x.organisation_id = $2::uuid
			AND (x.contact_id = $1::uuid OR x.contact_id IS NULL AND ` + typed("x.email_key") + `) ORDER BY e.number, x.row_number`},
		{"executions", `SELECT number, function, user_name, address, created_at FROM executions WHERE organisation_id = $2::uuid AND user_id = $4::uuid ORDER BY number`},
		{"addressBookEntries", `SELECT b.email, b.first_name, b.last_name, b.company, b.note, b.fields, b.created_at FROM address_book_entries b
			WHERE b.organisation_id = $2::uuid AND (b.contact_id = $1::uuid OR b.contact_id IS NULL AND ` + typed("b.email_key") + `) ORDER BY b.id`},
		{"cartLines", `SELECT ticket_id, email, first_name, last_name, fields, added_at FROM cart_lines
			WHERE organisation_id = $2::uuid AND email_key <> '' AND ` + typed("email_key") + ` ORDER BY id`},
		{"audit", `SELECT sequence, at, CASE WHEN user_id = $4::uuid THEN actor END AS actor, CASE WHEN user_id = $4::uuid THEN address END AS address, verb, object, detail
			FROM audit_entries WHERE organisation_id = $2::uuid AND (user_id = $4::uuid OR object = $6::text OR detail LIKE '%"' || $6::text || '"%') ORDER BY sequence`},
	}
}

// Write writes all that is held on a person as JSON. The address that led here was
// given to somebody who may read it; the download is noted in his name.
func (s *Service) Write(ctx context.Context, e Export, address string, to func(number int64) io.Writer) error {
	who, err := s.load(ctx, s.store, s.store.Client, e.Contact)
	if err != nil {
		return err
	}
	noted := viewer.With(ctx, viewer.Viewer{Name: "download", System: true, User: viewer.UUID(e.User), Address: address})
	if err := s.store.WithTx(noted, func(ctx context.Context, tx *db.Tx) error {
		return audit.Write(ctx, tx, s.now(), audit.Entry{Organisation: who.OrganisationID, Verb: "privacy.download", Object: who.ID})
	}); err != nil {
		return err
	}
	out := map[string]any{"writtenAt": who.at, "contact": contactOf(who.Contact)}
	for _, part := range sections(s.store) {
		query, args := bind(part.query, append(who.args(), oid.Encode(who.ID)))
		rows, err := db.Select(ctx, s.store, scanObject, query, args...)
		if err != nil {
			return fmt.Errorf("read %s of a person: %w", part.name, err)
		}
		out[part.name] = append([]map[string]any{}, rows...)
	}
	lines := json.NewEncoder(to(who.Number))
	lines.SetIndent("", "  ")
	return lines.Encode(out)
}

func contactOf(c *ent.Contact) map[string]any {
	return map[string]any{
		"id": oid.Encode(c.ID), "number": c.Number, "createdAt": c.CreatedAt, "name": c.Name, "firstName": c.FirstName, "lastName": c.LastName, "email": c.Email,
		"language": c.Language, "phone": c.Phone, "birthDate": c.BirthDate, "nationality": c.Nationality, "idNumber": c.IDNumber, "anonymisedAt": c.AnonymisedAt,
	}
}

// scanObject reads a row of any columns: ids as global ids, times in UTC, JSON as it is.
func scanObject(r *sql.Rows) (map[string]any, error) {
	columns, err := r.Columns()
	if err != nil {
		return nil, err
	}
	cells := make([]any, len(columns))
	for i, name := range columns {
		switch {
		case name == "at" || strings.HasSuffix(name, "_at"):
			cells[i] = &db.Time{}
		case name == "id" || strings.HasSuffix(name, "_id"):
			cells[i] = &uuid.NullUUID{}
		case name == "sequence" || name == "number" || name == "row_number" || name == "execution":
			cells[i] = &sql.NullInt64{}
		case name == "active" || name == "passed_on":
			cells[i] = &sql.NullBool{}
		default:
			cells[i] = &sql.NullString{}
		}
	}
	if err := r.Scan(cells...); err != nil {
		return nil, err
	}
	object := make(map[string]any, len(columns))
	for i, name := range columns {
		object[camel(name)] = plain(name, cells[i])
	}
	return object, nil
}

func plain(name string, cell any) any {
	switch v := cell.(type) {
	case *db.Time:
		return v.Ptr()
	case *uuid.NullUUID:
		if v.Valid {
			return oid.Encode(v.UUID)
		}
	case *sql.NullInt64:
		if v.Valid {
			return v.Int64
		}
	case *sql.NullBool:
		if v.Valid {
			return v.Bool
		}
	case *sql.NullString:
		if (name == "detail" || name == "fields") && json.Valid([]byte(v.String)) {
			return json.RawMessage(v.String)
		}
		if v.Valid {
			return v.String
		}
	}
	return nil
}

// camel spells a column as the API does.
func camel(column string) string {
	words := strings.Split(column, "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}
