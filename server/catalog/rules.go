package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/performance"
	"gradin/ent/product"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Rules are what an organiser limits of a distribution (DI-10). What is nil is
// not limited; of a performance it is as the product has it.
type Rules struct {
	// OpensMinutes and ClosesMinutes are before the start.
	OpensMinutes, ClosesMinutes *int
	// GuestLimit is how many tickets of a performance a guest may have.
	GuestLimit *int
	// GuestFields are asked for beyond e-mail and names; of a product only.
	GuestFields []term.GuestField
}

const (
	// maxMinutes is how long before the start a window may lie, at most: two years.
	maxMinutes = 2 * 366 * 24 * 60
	// maxGuestLimit is the highest limit that still is one.
	maxGuestLimit = 1000
)

func (r Rules) validate() error {
	for name, minutes := range map[string]*int{"opensMinutes": r.OpensMinutes, "closesMinutes": r.ClosesMinutes} {
		if minutes != nil && (*minutes < 0 || *minutes > maxMinutes) {
			return errs.New(errs.Invalid, "A distribution opens and closes 0 minutes to 2 years before the start.").At(name)
		}
	}
	if r.OpensMinutes != nil && r.ClosesMinutes != nil && *r.OpensMinutes <= *r.ClosesMinutes {
		return errs.New(errs.Invalid, "A distribution has to open before it closes. Let it open earlier, or close later.").At("closesMinutes")
	}
	if r.GuestLimit != nil && (*r.GuestLimit < 1 || *r.GuestLimit > maxGuestLimit) {
		return errs.New(errs.Invalid, "A guest may have 1 to %d tickets. Leave the limit empty for any number.", maxGuestLimit).At("guestLimit")
	}
	for i, f := range r.GuestFields {
		if slices.Contains(r.GuestFields[:i], f) {
			return errs.New(errs.Invalid, "The same field is asked for twice. Leave one out.").At("guestFields")
		}
	}
	return nil
}

// ProductsRuled is the query of the products with their rules, for operators.
func ProductsRuled(ctx context.Context, store *db.DB) (*ent.ProductQuery, error) {
	if v, _ := viewer.From(ctx); !MayReadPointsOfSale(v) {
		return nil, errs.New(errs.Forbidden, "Only operators and admins look at the rules of products. Ask an admin.")
	}
	return store.Client.Product.Query().WithSeason(), nil
}

// PerformancesRuled is the query of a product's performances with their rules.
func PerformancesRuled(ctx context.Context, store *db.DB, of uuid.UUID) (*ent.PerformanceQuery, error) {
	if _, err := ProductsRuled(ctx, store); err != nil {
		return nil, err
	}
	return store.Client.Performance.Query().Where(performance.ProductID(of)), nil
}

// UpdateProductRules makes the rules of a product those given; they hold from
// the next plan on, and for plans that wait for their confirmation (DI-2, DI-10).
func UpdateProductRules(ctx context.Context, store *db.DB, id uuid.UUID, r Rules, at time.Time) (*ent.Product, error) {
	var changed *ent.Product
	err := r.change(ctx, store, id, at, func(ctx context.Context, tx *db.Tx, organisation uuid.UUID, repeated bool) (audit.Changes, error) {
		was, err := tx.Client.Product.Query().Where(product.ID(id), product.OrganisationID(organisation)).WithSeason().Only(ctx)
		if ent.IsNotFound(err) {
			return nil, errs.Missing("product").At("id")
		}
		if changed = was; err != nil || repeated {
			return nil, err
		}
		fields := make([]string, len(r.GuestFields))
		for i, f := range r.GuestFields {
			fields[i] = string(f)
		}
		u := was.Update()
		r.set(u.Mutation())
		if len(fields) == 0 {
			u.ClearGuestFields()
		} else {
			u.SetGuestFields(fields)
		}
		if changed, err = u.Save(ctx); err != nil {
			return nil, fmt.Errorf("change the rules of a product: %w", err)
		}
		changed.Edges.Season = was.Edges.Season
		return minutesDiffer(was.DistributionOpensMinutes, changed.DistributionOpensMinutes, was.DistributionClosesMinutes, changed.DistributionClosesMinutes).
			Set("guestLimit", shown(was.GuestLimit), shown(changed.GuestLimit)).
			Set("guestFields", strings.Join(was.GuestFields, " "), strings.Join(changed.GuestFields, " ")), nil
	})
	return changed, err
}

// UpdatePerformanceRules makes the rules of a performance those given, instead
// of its product's; which fields are asked for stays the product's to say.
func UpdatePerformanceRules(ctx context.Context, store *db.DB, id uuid.UUID, r Rules, at time.Time) (*ent.Performance, error) {
	var changed *ent.Performance
	r.GuestFields = nil
	err := r.change(ctx, store, id, at, func(ctx context.Context, tx *db.Tx, organisation uuid.UUID, repeated bool) (audit.Changes, error) {
		was, err := tx.Client.Performance.Query().Where(performance.ID(id), performance.OrganisationID(organisation)).Only(ctx)
		if ent.IsNotFound(err) {
			return nil, errs.Missing("performance").At("id")
		}
		if changed = was; err != nil || repeated {
			return nil, err
		}
		u := was.Update()
		r.set(u.Mutation())
		if changed, err = u.Save(ctx); err != nil {
			return nil, fmt.Errorf("change the rules of a performance: %w", err)
		}
		return minutesDiffer(was.DistributionOpensMinutes, changed.DistributionOpensMinutes, was.DistributionClosesMinutes, changed.DistributionClosesMinutes).
			Set("guestLimit", shown(was.GuestLimit), shown(changed.GuestLimit)), nil
	})
	return changed, err
}

// limited are the limits that products and performances share.
type limited interface {
	SetDistributionOpensMinutes(int)
	ClearDistributionOpensMinutes()
	SetDistributionClosesMinutes(int)
	ClearDistributionClosesMinutes()
	SetGuestLimit(int)
	ClearGuestLimit()
}

func (r Rules) set(on limited) {
	for _, l := range []struct {
		value *int
		set   func(int)
		clear func()
	}{
		{r.OpensMinutes, on.SetDistributionOpensMinutes, on.ClearDistributionOpensMinutes},
		{r.ClosesMinutes, on.SetDistributionClosesMinutes, on.ClearDistributionClosesMinutes},
		{r.GuestLimit, on.SetGuestLimit, on.ClearGuestLimit},
	} {
		if l.value == nil {
			l.clear()
		} else {
			l.set(*l.value)
		}
	}
}

// change runs a change of rules in one transaction, once for a repeated call,
// and notes it with before and after in the audit log.
func (r Rules) change(ctx context.Context, store *db.DB, id uuid.UUID, at time.Time, do func(context.Context, *db.Tx, uuid.UUID, bool) (audit.Changes, error)) error {
	v, _ := viewer.From(ctx)
	if !MayChangePointsOfSale(v) {
		return errs.New(errs.Forbidden, "Only admins of the organisation change the rules of products. Ask one of them.")
	}
	if err := r.validate(); err != nil {
		return err
	}
	organisation := uuid.UUID(v.Organisation)
	return store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: at})
		if err != nil {
			return err
		}
		changes, err := do(ctx, tx, organisation, repeated)
		if err != nil || repeated {
			return err
		}
		return audit.Write(ctx, tx, at, audit.Entry{Organisation: organisation, Verb: "catalog.updateRules", Object: id, Changes: changes})
	})
}

func minutesDiffer(opened, opens, closed, closes *int) audit.Changes {
	return audit.Changes{}.Set("opensMinutes", shown(opened), shown(opens)).Set("closesMinutes", shown(closed), shown(closes))
}

func shown(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}
