// Package alert is what the organiser sees of the watch over take-backs (TB-7):
// how it is set, and the alerts that were raised. They are raised where tickets
// are taken back, in the same transaction (package distribution); here they are
// listed, counted and acknowledged.
package alert

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/takebackalert"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/term"
	"gradin/server/viewer"
)

// MayRead says whether the viewer may look at the alerts: staff of an organisation.
func MayRead(v viewer.Viewer) bool {
	return term.Role(v.Role).Staff() && v.Organisation != (viewer.UUID{})
}

// MayAcknowledge says whether the viewer may acknowledge them: its operators.
func MayAcknowledge(v viewer.Viewer) bool {
	return MayRead(v) && term.Role(v.Role).Operates() && !v.ReadOnly
}

// Query is the viewer's organisation's alerts; with open only those that nobody
// has acknowledged.
func Query(ctx context.Context, store *db.DB, open bool) (*ent.TakeBackAlertQuery, error) {
	v, _ := viewer.From(ctx)
	if !MayRead(v) {
		return nil, errs.New(errs.Forbidden, "Only the organiser looks at alerts.")
	}
	q := store.Client.TakeBackAlert.Query().Where(takebackalert.OrganisationID(uuid.UUID(v.Organisation)))
	if open {
		q = q.Where(takebackalert.AcknowledgedAtIsNil())
	}
	return q, nil
}

// maxNote is how many characters a note may have.
const maxNote = 500

// Acknowledge notes that somebody has looked into an alert, and what he found.
// What was acknowledged stays as it is: the first note counts.
func Acknowledge(ctx context.Context, store *db.DB, id uuid.UUID, note string, at time.Time) (*ent.TakeBackAlert, error) {
	v, _ := viewer.From(ctx)
	if !MayAcknowledge(v) {
		return nil, errs.New(errs.Forbidden, "Only operators acknowledge alerts. Ask one of them.")
	}
	note = strings.TrimSpace(note)
	if n := len([]rune(note)); n == 0 || n > maxNote {
		return nil, errs.New(errs.Invalid, "Write down what you found, in at most %d characters.", maxNote).At("note")
	}
	err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: at}); repeated || err != nil {
			return err
		}
		known, err := tx.Client.TakeBackAlert.Query().Where(takebackalert.ID(id), takebackalert.OrganisationID(uuid.UUID(v.Organisation))).Exist(ctx)
		if err == nil && !known {
			err = errs.Missing("alert").At("id")
		}
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `UPDATE take_back_alerts SET acknowledged_at = $1::timestamptz, acknowledged_by_id = $2::uuid, acknowledged_by_name = $3::text,
			note = $4::text WHERE id = $5::uuid AND acknowledged_at IS NULL`, db.Moment(at), uuid.UUID(v.User), v.Name, note, id)
		if err != nil {
			return fmt.Errorf("acknowledge an alert: %w", err)
		}
		if n == 0 {
			return errs.New(errs.Conflict, "Somebody has acknowledged this alert already. Look at his note.")
		}
		return audit.Write(ctx, tx, at, audit.Entry{
			Organisation: uuid.UUID(v.Organisation), Verb: "alert.acknowledge", Object: id, Changes: audit.Changes{}.Set("note", "", note),
		})
	})
	if err != nil {
		return nil, err
	}
	return store.Client.TakeBackAlert.Get(ctx, id)
}
