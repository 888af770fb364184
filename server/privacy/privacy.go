// Package privacy lets an organisation answer a person who asks what it holds on
// him, or who wants to be forgotten (AC-5).
//
// What is held on a person is found in two ways: by his contact's id, and, where
// somebody typed his address and no contact was linked, by the address. Export
// writes all of it down. Anonymise takes it out, in one transaction, and leaves
// what happened: tickets, their chains and histories, counts of executions and
// mails, the audit log. Plan says with the very same conditions what that will
// be, and what stands against it: nobody is forgotten who still comes, because
// his ticket, its mail and the gate need him.
//
// What people write in their own words (reasons, notes, the names of files) is
// not searched, and neither are backups. An address that is typed again later
// makes a new contact.
package privacy

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Service exports and anonymises.
type Service struct {
	store *db.DB
	now   func() time.Time
}

// New makes the service.
func New(store *db.DB, now func() time.Time) *Service { return &Service{store: store, now: now} }

// May says whether the viewer may look after personal data: as an admin of his
// organisation.
func May(v viewer.Viewer) bool {
	return v.Organisation != (viewer.UUID{}) && term.Role(v.Role).Administers()
}

// permit is the first line of every verb.
func permit(ctx context.Context) (viewer.Viewer, error) {
	v, ok := viewer.From(ctx)
	switch {
	case !ok:
		return v, errs.New(errs.Unauthenticated, "Sign in first.")
	case !May(v):
		return v, errs.New(errs.Forbidden, "You may not look after personal data. Ask your organisation's admin.")
	}
	return v, nil
}

// subject is the person it is about.
type subject struct {
	*ent.Contact
	// typed are the addresses at which he was written to, as a JSON list of rows
	// with the address as typed and as a key.
	typed string
	// user signs in as him; zero for nobody.
	user uuid.UUID
	// at is when it is looked at.
	at time.Time
}

// label stands for the person afterwards; it is the same in every language.
func (s subject) label() string { return fmt.Sprintf("#%d", s.Number) }

var typedColumns = []db.Column{{Name: "email", Type: "text"}, {Name: "key", Type: "text"}}

// load reads the person; a structure, and who is out of reach, is no individual.
func (s *Service) load(ctx context.Context, c db.Conn, client *ent.Client, id uuid.UUID) (subject, error) {
	found, err := client.Contact.Query().Where(entcontact.ID(id), entcontact.KindEQ(term.ContactKindIndividual)).Only(ctx)
	if ent.IsNotFound(err) {
		return subject{}, errs.Missing("contact")
	}
	if err != nil {
		return subject{}, fmt.Errorf("read the contact: %w", err)
	}
	who := subject{Contact: found, at: db.Moment(s.now())}
	if who.typed, err = addresses(ctx, c, id); err != nil {
		return who, err
	}
	users, err := db.Select(ctx, c, scanID, "SELECT id FROM users WHERE organisation_id = $1::uuid AND contact_id = $2::uuid", who.OrganisationID, id)
	if err != nil {
		return who, fmt.Errorf("find his account: %w", err)
	}
	if len(users) > 0 {
		who.user = users[0]
	}
	return who, nil
}

func scanID(r *sql.Rows) (uuid.UUID, error) {
	var id uuid.UUID
	return id, r.Scan(&id)
}

// addresses gathers where he was written to.
func addresses(ctx context.Context, c db.Conn, id uuid.UUID) (string, error) {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (string, error) {
		var email string
		return email, r.Scan(&email)
	}, `SELECT email FROM contacts WHERE id = $1::uuid UNION SELECT email FROM holder_links WHERE holder_id = $1::uuid
		UNION SELECT email FROM pass_ons WHERE recipient_id = $1::uuid UNION SELECT address FROM mails WHERE recipient_id = $1::uuid
		UNION SELECT email FROM users WHERE contact_id = $1::uuid`, id)
	if err != nil {
		return "", fmt.Errorf("gather his addresses: %w", err)
	}
	type address struct {
		Email string `json:"email"`
		Key   string `json:"key"`
	}
	rows := []address{}
	for _, email := range all {
		if strings.TrimSpace(email) != "" {
			rows = append(rows, address{email, contact.Key(email)})
		}
	}
	list, err := json.Marshal(rows)
	return string(list), err
}

// args are those of the conditions in parts.go.
func (s subject) args() []any { return []any{s.ID, s.OrganisationID, s.typed, s.user, s.at} }
