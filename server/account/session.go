package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/viewer"
)

// sessionEnded is the refusal for a session that is unknown, has ended or was
// ended: it does not tell which.
func sessionEnded() *errs.Error {
	return errs.New(errs.Unauthenticated, "This session is not valid any more. Sign in again.")
}

// tokenEnded is the same for a token.
func tokenEnded() *errs.Error {
	return errs.New(errs.Unauthenticated, "This token is not valid any more. Use another one.")
}

// userColumns are those of users u that a viewer is made of.
const userColumns = `u.id, u.name, u.role, u.language, u.organisation_id, u.contact_id, u.structure_id, u.point_of_sale_id, u.active`

// entrance is a session or a token with its user, as the store has it now.
type entrance struct {
	id     uuid.UUID
	user   ent.User
	scopes string
	// until is when it ends whatever happens, idle when for want of use; used is
	// when its use was last written down. Zero is never.
	until, idle, used db.Time
	revoked           bool
}

func (e *entrance) valid(now time.Time) bool {
	return e.user.Active && !e.revoked && (!e.until.Valid || now.Before(e.until.Time)) && (!e.idle.Valid || now.Before(e.idle.Time))
}

// entranceOf reads one session or token; sql.ErrNoRows without.
func (s *Service) entranceOf(ctx context.Context, query string, arg any) (*entrance, error) {
	all, err := db.Select(ctx, s.store, func(r *sql.Rows) (*entrance, error) {
		e := &entrance{}
		var revoked db.Time
		var organisation, person, structure, pointOfSale uuid.NullUUID
		err := r.Scan(&e.id, &e.until, &e.idle, &e.used, &revoked, &e.scopes, &e.user.ID, &e.user.Name, &e.user.Role,
			&e.user.Language, &organisation, &person, &structure, &pointOfSale, &e.user.Active)
		e.revoked = revoked.Valid
		e.user.OrganisationID, e.user.ContactID = known(organisation), known(person)
		e.user.StructureID, e.user.PointOfSaleID = known(structure), known(pointOfSale)
		return e, err
	}, query, arg)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, sql.ErrNoRows
	}
	return all[0], nil
}

func known(id uuid.NullUUID) *uuid.UUID {
	if !id.Valid {
		return nil
	}
	return &id.UUID
}

const sessionQuery = `SELECT s.id, s.expires_at, s.idle_at, NULL, NULL, '', ` + userColumns + `
	FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.`

// Session finds who comes in with the secret of a session, and lets it last
// another half hour. UNAUTHENTICATED when it is unknown or has ended.
func (s *Service) Session(ctx context.Context, secret, address string) (viewer.Viewer, error) {
	e, err := s.entranceOf(ctx, sessionQuery+"token_hash = $1::text", digest(secret))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return viewer.Viewer{}, fmt.Errorf("find session: %w", err)
	}
	now := s.moment()
	if err != nil || !e.valid(now) {
		return viewer.Viewer{}, sessionEnded()
	}
	if e.idle.Time.Sub(now) <= SessionIdle-touchEvery {
		_, err := s.store.Exec(ctx, "UPDATE sessions SET idle_at = $1::timestamptz WHERE id = $2::uuid AND idle_at < $1::timestamptz",
			now.Add(SessionIdle), e.id)
		if err != nil {
			return viewer.Viewer{}, fmt.Errorf("prolong session: %w", err)
		}
	}
	v := viewerOf(&e.user, address)
	v.Session = viewer.UUID(e.id)
	return v, nil
}

// Recheck says whether a viewer who came in earlier may go on, for sockets that
// stay open: UNAUTHENTICATED when the session or token has ended, FORBIDDEN when
// the user's role or reach changed since. It does not prolong the session.
func (s *Service) Recheck(ctx context.Context, v viewer.Viewer) error {
	query, id, ended := sessionQuery+"id = $1::uuid", uuid.UUID(v.Session), sessionEnded
	if v.Session == (viewer.UUID{}) {
		query, id, ended = tokenQuery+"id = $1::uuid", uuid.UUID(v.Token), tokenEnded
	}
	e, err := s.entranceOf(ctx, query, id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look at a session or token again: %w", err)
	}
	if err != nil || !e.valid(s.moment()) || e.user.ID != uuid.UUID(v.User) {
		return ended()
	}
	is := viewerOf(&e.user, v.Address)
	if is.Role != v.Role || is.Organisation != v.Organisation || is.Contact != v.Contact || is.Structure != v.Structure ||
		is.PointOfSale != v.PointOfSale {
		return errs.New(errs.Forbidden, "Your rights have changed. Sign in again.")
	}
	return nil
}

// SignOut ends the viewer's session. Without a session it does nothing.
func (s *Service) SignOut(ctx context.Context) error {
	v, err := acting(ctx)
	if err != nil {
		return err
	}
	if v.Session == (viewer.UUID{}) {
		return nil
	}
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := endSession(ctx, tx, uuid.UUID(v.Session)); err != nil {
			return err
		}
		return s.note(ctx, tx, v, "account.signOut", uuid.UUID(v.User), nil)
	})
}

// EndOthers ends all sessions of the viewer but the one he acts in, and says how
// many there were.
func (s *Service) EndOthers(ctx context.Context) (int, error) {
	v, err := inSession(ctx)
	if err != nil {
		return 0, err
	}
	var n int64
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var err error
		if n, err = endOthers(ctx, tx, v); err != nil {
			return err
		}
		return s.note(ctx, tx, v, "account.endOthers", uuid.UUID(v.User), map[string]any{"ended": n})
	})
	return int(n), err
}

func endSession(ctx context.Context, tx *db.Tx, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, "DELETE FROM sessions WHERE id = $1::uuid", id); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

func endOthers(ctx context.Context, tx *db.Tx, v viewer.Viewer) (int64, error) {
	n, err := tx.Exec(ctx, "DELETE FROM sessions WHERE user_id = $1::uuid AND id <> $2::uuid", uuid.UUID(v.User), uuid.UUID(v.Session))
	if err != nil {
		return 0, fmt.Errorf("end other sessions: %w", err)
	}
	return n, nil
}

// note writes to the audit log of the viewer's organisation.
func (s *Service) note(ctx context.Context, tx *db.Tx, v viewer.Viewer, verb string, object uuid.UUID, detail map[string]any) error {
	return audit.Write(ctx, tx, s.moment(), audit.Entry{Organisation: uuid.UUID(v.Organisation), Verb: verb, Object: object, Detail: detail})
}

// Sweep removes sessions that have ended and windows of rates that are over. Run
// it now and then; how often changes nothing but the size of the store.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.moment()
	sessions, err := s.store.Exec(ctx, "DELETE FROM sessions WHERE expires_at <= $1::timestamptz OR idle_at <= $1::timestamptz", now)
	if err != nil {
		return fmt.Errorf("sweep sessions: %w", err)
	}
	windows, err := s.limiter.sweep(ctx)
	if err != nil {
		return err
	}
	s.log.DebugContext(ctx, "swept", "sessions", sessions, "windows", windows)
	return nil
}
