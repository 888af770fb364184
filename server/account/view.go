package account

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/ent"
	entview "gradin/ent/savedview"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/viewer"
)

// mostViews bounds the saved views of a user.
const mostViews = 200

// View is a saved view wanted: the filters of a page under a name (UI-1).
type View struct {
	// ID is the view to change; zero for a new one.
	ID uuid.UUID
	// Name is its maker's, 1 to 100 characters, once on a page.
	Name string
	// Path is the page's address without the server, 1 to 200 characters.
	Path string
	// Query is the filters as in the address, 2,000 characters at most.
	Query string
	// Default says whether the page shows it where it is opened without filters.
	Default bool
}

// Validate refuses a name, an address or filters out of bounds. What begins with
// two slashes would lead to another server.
func (w View) Validate() error {
	if n := utf8.RuneCountInString(strings.TrimSpace(w.Name)); n == 0 || n > 100 {
		return errs.New(errs.Invalid, "Give the view a name of 1 to 100 characters.").At("name")
	}
	if !strings.HasPrefix(w.Path, "/") || strings.HasPrefix(w.Path, "//") || strings.ContainsAny(w.Path, `?#\`) || utf8.RuneCountInString(w.Path) > 200 {
		return errs.New(errs.Invalid, "The address of a page begins with one slash and has at most 200 characters.").At("path")
	}
	if utf8.RuneCountInString(w.Query) > 2000 {
		return errs.New(errs.LimitExceeded, "A view keeps filters of at most 2,000 characters. Choose fewer.").At("query")
	}
	return nil
}

// Views lists the viewer's own saved views by page and name; those of one
// page where a path is given.
func (s *Service) Views(ctx context.Context, path *string) ([]*ent.SavedView, error) {
	v, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	query := s.store.Client.SavedView.Query().Where(entview.UserID(uuid.UUID(v.User)))
	if path != nil {
		query = query.Where(entview.Path(*path))
	}
	all, err := query.Order(ent.Asc(entview.FieldPath, entview.FieldNameKey)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list saved views: %w", err)
	}
	return all, nil
}

// SaveView writes a view of the viewer's own. Another's is NOT_FOUND, a name that
// another view of the page has a CONFLICT; a new default ends the one before.
func (s *Service) SaveView(ctx context.Context, w View) (*ent.SavedView, error) {
	v, err := writing(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.Validate(); err != nil {
		return nil, err
	}
	w.Name = strings.TrimSpace(w.Name)
	fresh := w.ID == uuid.Nil
	if fresh {
		w.ID = oid.New(oid.SavedView)
	}
	var saved *ent.SavedView
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now := s.moment()
		id, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: w.ID, At: now})
		if err != nil {
			return err
		}
		if !repeated {
			if err := writeView(ctx, tx, v, w, fresh, now); err != nil {
				return err
			}
		}
		saved, err = tx.Client.SavedView.Get(ctx, id)
		if ent.IsNotFound(err) {
			return errs.Missing("view")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// writeView looks at the user's other views under a lock of the user, so that two
// windows cannot both name the last view or the default.
func writeView(ctx context.Context, tx *db.Tx, v viewer.Viewer, w View, fresh bool, now time.Time) error {
	user := uuid.UUID(v.User)
	if _, err := tx.Exec(ctx, "UPDATE users SET name = name WHERE id = $1::uuid", user); err != nil {
		return fmt.Errorf("lock user: %w", err)
	}
	own := tx.Client.SavedView.Query().Where(entview.UserID(user), entview.IDNEQ(w.ID))
	others, err := own.Clone().Count(ctx)
	if err != nil {
		return fmt.Errorf("count saved views: %w", err)
	}
	if fresh && others >= mostViews {
		return errs.New(errs.LimitExceeded, "You may keep at most %d views. Delete one first.", mostViews)
	}
	key := strings.ToLower(w.Name)
	taken, err := own.Where(entview.Path(w.Path), entview.NameKey(key)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for the name of a view: %w", err)
	}
	if taken {
		return errs.New(errs.Conflict, "Another view of this page has this name. Choose another one.").At("name")
	}
	if w.Default {
		if _, err := tx.Exec(ctx, "UPDATE saved_views SET is_default = FALSE WHERE user_id = $1::uuid AND path = $2::text AND is_default", user, w.Path); err != nil {
			return fmt.Errorf("end the default view: %w", err)
		}
	}
	const set = "name = $3::text, name_key = $4::text, path = $5::text, query = $6::text, is_default = $7::boolean"
	args := []any{w.ID, user, w.Name, key, w.Path, w.Query, w.Default}
	statement := "UPDATE saved_views SET " + set + " WHERE id = $1::uuid AND user_id = $2::uuid"
	if fresh {
		statement = `INSERT INTO saved_views (id, user_id, name, name_key, path, query, is_default, created_at)
			VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::boolean, $8::timestamptz)`
		args = append(args, now)
	}
	n, err := tx.Exec(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("save view: %w", err)
	}
	if n == 0 {
		return errs.Missing("view")
	}
	return audit.Write(ctx, tx, now, audit.Entry{Organisation: uuid.UUID(v.Organisation), Verb: "account.saveView", Object: w.ID,
		Detail: map[string]any{"new": fresh, "path": w.Path}})
}

// DeleteView deletes one of the viewer's own views. Another's is NOT_FOUND, and so
// is one that was deleted before: a repeated call changes nothing.
func (s *Service) DeleteView(ctx context.Context, id uuid.UUID) error {
	v, err := writing(ctx)
	if err != nil {
		return err
	}
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.Exec(ctx, "DELETE FROM saved_views WHERE id = $1::uuid AND user_id = $2::uuid", id, uuid.UUID(v.User))
		if err != nil {
			return fmt.Errorf("delete view: %w", err)
		}
		if n == 0 {
			return errs.Missing("view")
		}
		return audit.Write(ctx, tx, s.moment(), audit.Entry{Organisation: uuid.UUID(v.Organisation), Verb: "account.deleteView", Object: id})
	})
}
