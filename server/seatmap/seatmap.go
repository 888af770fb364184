// Package seatmap owns the plans of venues: it reads and writes them in the
// open format for seating plans of pretix (SM-3), and it shows them: a
// performance's zones and seats, with what the viewer's own tickets are at
// (SM-1). Only seats of tickets within the viewer's reach are told apart; all
// others are drawn and nothing is said of them (DI-6).
//
// A plan becomes a venue's areas, blocks, rows and seats; what they have no
// column for is kept beside (record), so that a plan that was imported is
// exported again without loss.
package seatmap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/signed"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// Service imports, exports and shows plans.
type Service struct {
	store   *db.DB
	sight   Sight
	now     func() time.Time
	layouts layouts
}

// Sight says what the viewer may look at, and by which rules he may take back.
type Sight func(ctx context.Context, sponsor uuid.UUID) (ticket.Scope, error)

// New makes the service.
func New(store *db.DB, sight Sight, now func() time.Time) *Service {
	return &Service{store: store, sight: sight, now: now}
}

// Import makes a venue's plan that of the file, or changes nothing: the error is
// a *Problems where the plan is wrong, or where it takes away or renames seats
// that have tickets. With dry, nothing is changed and the counts say what would.
func (s *Service) Import(ctx context.Context, venueID uuid.UUID, file io.Reader, dry bool) (Counts, error) {
	v, ok := viewer.From(ctx)
	switch {
	case !ok:
		return Counts{}, errs.New(errs.Unauthenticated, "Sign in first.")
	case v.ReadOnly:
		return Counts{}, errs.New(errs.Forbidden, "This token may read only. Use one with the scope WRITE.")
	case !v.System && !MayImport(v):
		return Counts{}, errs.New(errs.Forbidden, "You may not change seating plans. Ask an operator.")
	}
	plan, err := Read(file)
	if err != nil {
		return Counts{}, err
	}
	var done Counts
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		c, err := s.prepare(ctx, tx, v, venueID, plan)
		if err != nil {
			return err
		}
		if done = c.counts; dry {
			return nil
		}
		if err := c.apply(ctx, tx, s.now()); err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: c.house.venue.organisation, Verb: "seatmap.import", Object: venueID,
			Detail: map[string]any{
				"zones": done.Zones, "seats": done.Seats, "added": done.Added, "changed": done.Changed, "removed": done.Removed,
			},
		})
	})
	return done, err
}

// MayImport says whether the viewer may change plans.
func MayImport(v viewer.Viewer) bool { return term.Role(v.Role).Operates() }

// prepare takes the venue's turn, reads its plan and compares it with the new one.
func (s *Service) prepare(ctx context.Context, tx *db.Tx, v viewer.Viewer, venueID uuid.UUID, plan *Plan) (*changes, error) {
	found, err := findVenue(ctx, tx, uuid.UUID(v.Organisation), venueID)
	if errors.Is(err, errNoVenue) {
		return nil, errs.Missing("venue").At("venueId")
	}
	if err != nil {
		return nil, err
	}
	// Whoever else imports a plan of this venue, or makes tickets for its seats
	// (their foreign keys ask for the seats), waits or is waited for.
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT 1 FROM venues WHERE id = $1::uuid FOR UPDATE", venueID); err != nil {
			return nil, fmt.Errorf("take the venue's turn: %w", err)
		}
		if _, err := tx.Exec(ctx, `SELECT 1 FROM seats WHERE seat_row_id IN (SELECT r.id FROM seat_rows r JOIN blocks b ON b.id = r.block_id
			JOIN areas a ON a.id = b.area_id WHERE a.venue_id = $1::uuid) ORDER BY id FOR UPDATE`, venueID); err != nil {
			return nil, fmt.Errorf("take the seats' turn: %w", err)
		}
	}
	h, err := load(ctx, tx, found)
	if err != nil {
		return nil, err
	}
	if err := h.markTicketed(ctx, tx); err != nil {
		return nil, err
	}
	c := compare(h, plan, oid.New)
	if len(c.problems.List) > 0 {
		return nil, &c.problems
	}
	return c, nil
}

// PurposeExport is what tokens of exported plans are signed for.
const PurposeExport = "seat-plan"

// ExportTime is how long the address of an exported plan is good (API-5).
const ExportTime = 5 * time.Minute

// Export is what the token of an exported plan carries.
type Export struct{ Organisation, Venue uuid.UUID }

// Prepare makes sure that the viewer may export the venue's plan and signs the
// address of the file.
func (s *Service) Prepare(ctx context.Context, venueID uuid.UUID, key []byte) (string, error) {
	v, ok := viewer.From(ctx)
	if !ok {
		return "", errs.New(errs.Unauthenticated, "Sign in first.")
	}
	if !term.Role(v.Role).Staff() {
		return "", errs.New(errs.Forbidden, "You may not export seating plans. Ask the organiser.")
	}
	if _, err := findVenue(ctx, s.store, uuid.UUID(v.Organisation), venueID); err != nil {
		if errors.Is(err, errNoVenue) {
			return "", errs.Missing("venue").At("venueId")
		}
		return "", err
	}
	token, err := signed.Token(key, PurposeExport, s.now().Add(ExportTime), Export{uuid.UUID(v.Organisation), venueID})
	return "/d/" + token, err
}

// Write writes the plan of an export as JSON and gives the venue's code.
func (s *Service) Write(ctx context.Context, e Export, into func(code string) io.Writer) error {
	found, err := findVenue(ctx, s.store, e.Organisation, e.Venue)
	if err != nil {
		return err
	}
	h, err := load(ctx, s.store, found)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(into(found.code))
	encoder.SetEscapeHTML(false)
	return encoder.Encode(h.plan())
}
