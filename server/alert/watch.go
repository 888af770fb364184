package alert

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Watch is how an organisation watches take-backs of downloaded tickets; zero
// turns a part off.
type Watch struct {
	Organisation uuid.UUID
	// After: an alert when a ticket was taken back more often than this.
	After int
	// Share: an alert when more percent of a sponsor's tickets of a product were.
	Share int
	// PauseHours is how long a ticket then stays with its next guest.
	PauseHours int
	// Approval says whether a second person has to approve a sponsor's take-back.
	Approval bool
}

// The bounds of a watch.
const (
	mostAfter = 1000
	mostHours = 24 * 365
)

// Validate refuses what cannot be meant.
func (w Watch) Validate() error {
	switch {
	case w.After < 0 || w.After > mostAfter:
		return errs.New(errs.Invalid, "Give a number of times from 0 (off) to %d.", mostAfter).At("alertAfter")
	case w.Share < 0 || w.Share > 100:
		return errs.New(errs.Invalid, "Give a share from 0 (off) to 100 percent.").At("alertShare")
	case w.PauseHours < 0 || w.PauseHours > mostHours:
		return errs.New(errs.Invalid, "Give a number of hours from 0 (off) to %d.", mostHours).At("pauseHours")
	}
	return nil
}

// MayChange says whether the viewer may change how take-backs are watched: admins only.
func MayChange(v viewer.Viewer) bool {
	return v.Organisation != (viewer.UUID{}) && !v.ReadOnly && term.Role(v.Role).Administers()
}

// Read reads how the viewer's organisation watches take-backs.
func Read(ctx context.Context, store *db.DB) (Watch, error) {
	v, _ := viewer.From(ctx)
	if !MayRead(v) {
		return Watch{}, errs.New(errs.Forbidden, "Only the organiser looks at how take-backs are watched.")
	}
	o, err := store.Client.Organisation.Get(ctx, uuid.UUID(v.Organisation))
	if err != nil {
		return Watch{}, fmt.Errorf("read how take-backs are watched: %w", err)
	}
	return of(o), nil
}

func of(o *ent.Organisation) Watch {
	return Watch{Organisation: o.ID, After: o.TakeBackAlertAfter, Share: o.TakeBackAlertShare, PauseHours: o.TakeBackPauseHours, Approval: o.TakeBackApproval}
}

// Change sets how the viewer's organisation watches take-backs. It holds from
// the next request on; what waits for an approval goes on waiting.
func Change(ctx context.Context, store *db.DB, w Watch, at time.Time) (Watch, error) {
	v, _ := viewer.From(ctx)
	if !MayChange(v) {
		return w, errs.New(errs.Forbidden, "Only admins of the organisation change how take-backs are watched. Ask one of them.")
	}
	if err := w.Validate(); err != nil {
		return w, err
	}
	id := uuid.UUID(v.Organisation)
	w.Organisation = id
	return w, store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: at}); repeated || err != nil {
			return err
		}
		o, err := tx.Client.Organisation.Get(ctx, id)
		if err != nil {
			return err
		}
		was := of(o)
		if _, err := o.Update().SetTakeBackAlertAfter(w.After).SetTakeBackAlertShare(w.Share).SetTakeBackPauseHours(w.PauseHours).
			SetTakeBackApproval(w.Approval).Save(ctx); err != nil {
			return fmt.Errorf("change how take-backs are watched: %w", err)
		}
		return audit.Write(ctx, tx, at, audit.Entry{
			Organisation: id, Verb: "alert.watch", Object: id,
			Changes: audit.Changes{}.Set("alertAfter", was.After, w.After).Set("alertShare", was.Share, w.Share).
				Set("pauseHours", was.PauseHours, w.PauseHours).Set("approval", was.Approval, w.Approval),
		})
	})
}
