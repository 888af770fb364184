package catalog

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/channel"
	"gradin/ent/pointofsale"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/reclaim"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Parameters are all that rules the portal of a point of sale.
type Parameters struct {
	Active              bool
	Language            term.Language
	ImportTicketDetails bool
	AdvancedView        bool
	Cart                bool
	PassOn              bool
	PassOnHours         int
	// RemindHours are when guests are reminded, in hours before the start (ML-4).
	RemindHours           []int
	AllowTakeBackInjected bool
	TakeBackDownloaded    term.TakeBackDownloaded
	TakeBackTransferred   bool
	// TakeBackShipmentMode is the mode a recovered ticket gets; nil = unchanged.
	TakeBackShipmentMode *term.ShipmentMode
	TellTakenBack        bool
}

// maxPassOnHours is how long, at most, who is offered a ticket may think: 30 days.
const maxPassOnHours = 720

// maxReminders is how often guests are reminded of a performance, at most.
const maxReminders = 5

// MayReadPointsOfSale says whether the viewer may look at the parameters of all
// points of sale: operators and admins of an organisation.
func MayReadPointsOfSale(v viewer.Viewer) bool {
	return term.Role(v.Role).Operates() && v.Organisation != (viewer.UUID{})
}

// MayChangePointsOfSale says whether the viewer may change them: admins only.
func MayChangePointsOfSale(v viewer.Viewer) bool {
	return MayReadPointsOfSale(v) && !v.ReadOnly && term.Role(v.Role).Administers()
}

// PointsOfSale lists the organisation's points of sale by code.
func PointsOfSale(ctx context.Context, store *db.DB) ([]*ent.PointOfSale, error) {
	if v, _ := viewer.From(ctx); !MayReadPointsOfSale(v) {
		return nil, errs.New(errs.Forbidden, "Only operators and admins look at points of sale. Ask an admin.")
	}
	return store.Client.PointOfSale.Query().Order(pointofsale.ByCode(), pointofsale.ByID()).All(ctx)
}

// Channels lists the organisation's channels by code, at most many.
func Channels(ctx context.Context, store *db.DB, most int) ([]*ent.Channel, error) {
	if v, _ := viewer.From(ctx); !MayReadPointsOfSale(v) {
		return nil, errs.New(errs.Forbidden, "Only operators and admins look at channels. Ask an admin.")
	}
	return store.Client.Channel.Query().Order(channel.ByCode(), channel.ByID()).Limit(most).All(ctx)
}

// UpdatePointOfSale makes the parameters of a point of sale those given.
func UpdatePointOfSale(ctx context.Context, store *db.DB, id uuid.UUID, p Parameters, at time.Time) (*ent.PointOfSale, error) {
	v, _ := viewer.From(ctx)
	if !MayChangePointsOfSale(v) {
		return nil, errs.New(errs.Forbidden, "Only admins of the organisation change points of sale. Ask one of them.")
	}
	if !reclaim.Sane(p.AllowTakeBackInjected, p.TakeBackDownloaded) {
		return nil, errs.New(errs.Invalid, "Downloaded tickets can be taken back only where tickets that were sent, and not downloaded, can be. "+
			"Allow the take-back of sent tickets first, or turn that of downloaded ones off.").At("takeBackDownloaded")
	}
	if p.PassOnHours < 1 || p.PassOnHours > maxPassOnHours {
		return nil, errs.New(errs.Invalid, "A ticket that is passed on is on offer for 1 to %d hours.", maxPassOnHours).At("passOnHours")
	}
	if len(p.RemindHours) > maxReminders || slices.ContainsFunc(p.RemindHours, func(h int) bool { return h < 1 || h > maxPassOnHours }) {
		return nil, errs.New(errs.Invalid, "Guests are reminded %d times at most, 1 to %d hours before the start.", maxReminders, maxPassOnHours).At("remindHours")
	}
	var changed *ent.PointOfSale
	err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: at})
		if err != nil {
			return err
		}
		was, err := tx.Client.PointOfSale.Query().Where(pointofsale.ID(id), pointofsale.OrganisationID(uuid.UUID(v.Organisation))).Only(ctx)
		if ent.IsNotFound(err) {
			return errs.Missing("point of sale").At("id")
		}
		if changed = was; err != nil || repeated {
			return err
		}
		if changed, err = p.save(ctx, was); err != nil {
			return fmt.Errorf("change a point of sale: %w", err)
		}
		return audit.Write(ctx, tx, at, audit.Entry{
			Organisation: was.OrganisationID, Verb: "catalog.updatePointOfSale", Object: id, Changes: difference(was, changed),
		})
	})
	return changed, err
}

func (p Parameters) save(ctx context.Context, was *ent.PointOfSale) (*ent.PointOfSale, error) {
	u := was.Update().SetActive(p.Active).SetLanguage(p.Language).SetImportTicketDetails(p.ImportTicketDetails).SetAdvancedView(p.AdvancedView).
		SetCart(p.Cart).SetPassOn(p.PassOn).SetPassOnHours(p.PassOnHours).SetRemindHours(p.RemindHours).SetAllowTakeBackInjected(p.AllowTakeBackInjected).SetTakeBackDownloaded(p.TakeBackDownloaded).
		SetTakeBackTransferred(p.TakeBackTransferred).SetTellTakenBack(p.TellTakenBack)
	if p.TakeBackShipmentMode == nil {
		return u.ClearTakeBackShipmentMode().Save(ctx)
	}
	return u.SetTakeBackShipmentMode(*p.TakeBackShipmentMode).Save(ctx)
}

// difference is what the audit log says of a change.
func difference(was, is *ent.PointOfSale) audit.Changes {
	mode := func(m *term.ShipmentMode) any {
		if m == nil {
			return nil
		}
		return string(*m)
	}
	return audit.Changes{}.Set("active", was.Active, is.Active).Set("language", was.Language, is.Language).
		Set("importTicketDetails", was.ImportTicketDetails, is.ImportTicketDetails).Set("advancedView", was.AdvancedView, is.AdvancedView).
		Set("cart", was.Cart, is.Cart).Set("passOn", was.PassOn, is.PassOn).Set("passOnHours", was.PassOnHours, is.PassOnHours).Set("remindHours", fmt.Sprint(was.RemindHours), fmt.Sprint(is.RemindHours)).
		Set("allowTakeBackInjected", was.AllowTakeBackInjected, is.AllowTakeBackInjected).
		Set("takeBackDownloaded", was.TakeBackDownloaded, is.TakeBackDownloaded).
		Set("takeBackTransferred", was.TakeBackTransferred, is.TakeBackTransferred).
		Set("takeBackShipmentMode", mode(was.TakeBackShipmentMode), mode(is.TakeBackShipmentMode)).
		Set("tellTakenBack", was.TellTakenBack, is.TellTakenBack)
}
