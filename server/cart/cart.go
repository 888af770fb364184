// Package cart owns distributions that are prepared over days: carts with their
// lines, and the private address books their guests come from.
//
// A cart belongs to a user, spans performances, is saved at every change and
// never expires. Relays of the same structure may open and change a colleague's
// cart; what they do is recorded as theirs (CA-1). Tickets in a cart have not
// moved: nothing happens before validation, and that is a distribution like any
// other, with the same plan and the same rules (DI-1). A ticket lies in one cart
// of a structure at most.
package cart

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/viewer"
)

// MaxLines is how many tickets a cart holds at most: what one validation carries.
const MaxLines = distribution.MaxMoves

// Service keeps carts.
type Service struct {
	store        *db.DB
	distribution *distribution.Service
	now          func() time.Time
}

// New makes the service.
func New(store *db.DB, d *distribution.Service, now func() time.Time) *Service {
	return &Service{store: store, distribution: d, now: now}
}

// Cart is a cart as a list shows it.
type Cart struct {
	ID        uuid.UUID
	User      uuid.UUID
	OwnerName string
	// Mine is false for a colleague's.
	Mine      bool
	ChangedAt *time.Time
	Version   int64
	// Lines are its tickets, Ready those with a guest or on their way back, Guests
	// how many persons they go to.
	Lines, Ready, Guests int
}

// user is who works with carts, for which party.
type user struct {
	id, organisation, party uuid.UUID
}

// admit is the first line of every verb: portal users whose point of sale
// offers the cart (CA-1).
func (s *Service) admit(ctx context.Context, write bool) (user, error) {
	v, ok := viewer.From(ctx)
	switch {
	case !ok:
		return user{}, errs.New(errs.Unauthenticated, "Sign in first.")
	case !v.InPortal():
		return user{}, errs.New(errs.Forbidden, "Carts belong to the sponsors' portal. Distribute from the back office directly.")
	case write && v.ReadOnly:
		return user{}, errs.New(errs.Forbidden, "This token may read only. Use one with the scope WRITE.")
	}
	may, err := s.distribution.May(ctx)
	if err != nil {
		return user{}, err
	}
	if !may.UseCart {
		return user{}, errs.New(errs.Forbidden, "Your point of sale does not offer the cart. Ask the organiser to switch on \"Cart\".")
	}
	return user{uuid.UUID(v.User), uuid.UUID(v.Organisation), uuid.UUID(v.Party())}, nil
}

const cartColumns = `SELECT c.id, c.user_id, u.name, c.changed_at, c.version, COALESCE(n.lines, 0), COALESCE(n.ready, 0), COALESCE(n.guests, 0)
	FROM carts c JOIN users u ON u.id = c.user_id
	LEFT JOIN (SELECT cart_id, count(*) AS lines, count(CASE WHEN to_me OR email_key <> '' THEN 1 END) AS ready,
		count(DISTINCT CASE WHEN email_key <> '' THEN email_key END) AS guests FROM cart_lines WHERE sponsor_id = $1::uuid GROUP BY cart_id) n
		ON n.cart_id = c.id
	WHERE c.sponsor_id = $1::uuid`

// All lists the carts of the viewer's side that hold something, and his own.
func (s *Service) All(ctx context.Context) ([]Cart, error) {
	u, err := s.admit(ctx, false)
	if err != nil {
		return nil, err
	}
	carts, err := s.carts(ctx, u, cartColumns+" AND (n.lines > 0 OR c.user_id = $2::uuid) ORDER BY u.name, c.id", u.id)
	if err != nil {
		return nil, err
	}
	for _, c := range carts {
		if c.Mine {
			return carts, nil
		}
	}
	return append([]Cart{{User: u.id, Mine: true}}, carts...), nil
}

// Open gives the cart of a user of the viewer's side; the zero id is the viewer.
// Who never put anything in has an empty one.
func (s *Service) Open(ctx context.Context, owner uuid.UUID) (*Cart, error) {
	u, err := s.admit(ctx, false)
	if err != nil {
		return nil, err
	}
	return s.open(ctx, u, owner)
}

func (s *Service) open(ctx context.Context, u user, owner uuid.UUID) (*Cart, error) {
	if owner == uuid.Nil {
		owner = u.id
	}
	carts, err := s.carts(ctx, u, cartColumns+" AND c.user_id = $2::uuid", owner)
	if err != nil {
		return nil, err
	}
	if len(carts) == 1 {
		return &carts[0], nil
	}
	if owner != u.id {
		return nil, errs.Missing("cart")
	}
	return &Cart{User: u.id, Mine: true}, nil
}

func (s *Service) carts(ctx context.Context, u user, query string, owner uuid.UUID) ([]Cart, error) {
	carts, err := db.Select(ctx, s.store, func(r *sql.Rows) (Cart, error) {
		var c Cart
		var changed db.Time
		err := r.Scan(&c.ID, &c.User, &c.OwnerName, &changed, &c.Version, &c.Lines, &c.Ready, &c.Guests)
		c.Mine, c.ChangedAt = c.User == u.id, changed.Ptr()
		return c, err
	}, query, u.party, owner)
	if err != nil {
		return nil, fmt.Errorf("read carts: %w", err)
	}
	return carts, nil
}

// hold finds or makes the owner's cart, locks it against others who change it,
// and notes the change.
func (s *Service) hold(ctx context.Context, tx *db.Tx, u user, owner uuid.UUID) (uuid.UUID, error) {
	if owner == uuid.Nil {
		owner = u.id
	}
	now := db.Moment(s.now())
	if owner == u.id {
		if _, err := tx.Exec(ctx, `INSERT INTO carts (id, organisation_id, created_at, sponsor_id, user_id, changed_at, version)
			VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::uuid, $5::uuid, $3::timestamptz, 1) ON CONFLICT (sponsor_id, user_id) DO NOTHING`,
			oid.New(oid.Cart), u.organisation, now, u.party, u.id); err != nil {
			return uuid.Nil, fmt.Errorf("make a cart: %w", err)
		}
	}
	ids, err := db.Select(ctx, tx, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, `UPDATE carts SET changed_at = $1::timestamptz, version = version + 1 WHERE sponsor_id = $2::uuid AND user_id = $3::uuid RETURNING id`,
		now, u.party, owner)
	if err != nil {
		return uuid.Nil, fmt.Errorf("lock the cart: %w", err)
	}
	if len(ids) == 0 {
		return uuid.Nil, errs.Missing("cart")
	}
	return ids[0], nil
}
