package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"gradin/server/db"
)

// Rate is how much is allowed in a window of time, for each account and for
// each address requests come from. Zero is without bound.
type Rate struct {
	Account, Address int
	Per              time.Duration
}

// Limits are the rates of each kind (API-8).
type Limits struct {
	// Operation counts operations, Complexity the points of free documents.
	Operation, Complexity Rate
	// Login counts attempts to sign in; an account is the address signed in as,
	// and an attempt that succeeds is given back to it.
	Login Rate
	// Upload counts files sent.
	Upload Rate
}

// DefaultLimits are the rates to start from. An address may be an office of
// several people, so it gets more than an account.
func DefaultLimits() Limits {
	return Limits{
		Operation:  Rate{Account: 1_200, Address: 6_000, Per: time.Minute},
		Complexity: Rate{Account: 100_000, Address: 500_000, Per: time.Minute},
		Login:      Rate{Account: 5, Address: 30, Per: time.Minute},
		Upload:     Rate{Account: 60, Address: 300, Per: time.Hour},
	}
}

// Validate refuses a negative figure and a rate without a window.
func (l Limits) Validate() error {
	for name, r := range l.kinds() {
		if r.Account < 0 || r.Address < 0 || r.Per <= 0 {
			return fmt.Errorf("rate of %s: %d and %d per %s: use figures from 0 on and a time above 0", name, r.Account, r.Address, r.Per)
		}
	}
	return nil
}

func (l Limits) kinds() map[string]Rate {
	return map[string]Rate{"operation": l.Operation, "complexity": l.Complexity, "login": l.Login, "upload": l.Upload}
}

// Limiter counts in fixed windows. Attempts to sign in and uploads are few and
// must hold over all replicas and restarts: they are counted in the database.
// Operations and their complexity come with every request; a write for each of
// them would queue all readers behind SQLite's one writer, so each process
// counts its own, and n replicas allow up to n times the rate.
type Limiter struct {
	store  *db.DB
	now    func() time.Time
	log    *slog.Logger
	limits map[string]Rate

	mu    sync.Mutex
	local map[string]*window
}

// window is what one process counted of a kind since the window began.
type window struct {
	start time.Time
	used  map[string]int
}

// maxLocal bounds the keys that a process counts one by one; all beyond share
// one count, so that no stream of new addresses grows the memory.
const maxLocal = 100_000

// NewLimiter makes the limiter of rates; limits come from DefaultLimits, or have
// passed Validate.
func NewLimiter(store *db.DB, now func() time.Time, log *slog.Logger, limits Limits) *Limiter {
	return &Limiter{store: store, now: now, log: log, limits: limits.kinds(), local: map[string]*window{}}
}

// Allow charges cost to the key and says whether there was room, and if not, in
// how long there will be. Keys are "<kind>/account/<account>" and
// "<kind>/address/<address>" with kind operation, complexity, login or upload.
// What is refused is not charged. A kind or a form of key that is not known is
// refused, and so is everything that cannot be counted.
func (l *Limiter) Allow(ctx context.Context, key string, cost int) (bool, time.Duration) {
	kind, of, _ := strings.Cut(key, "/")
	rate, known := l.limits[kind]
	limit := rate.Account
	switch {
	case !known, len(key) > 200, cost < 0:
		l.log.ErrorContext(ctx, "a rate that nobody set", "kind", kind)
		return false, time.Minute
	case strings.HasPrefix(of, "account/"):
	case strings.HasPrefix(of, "address/"):
		limit = rate.Address
	default:
		l.log.ErrorContext(ctx, "a rate that nobody set", "kind", kind)
		return false, time.Minute
	}
	if limit == 0 {
		return true, 0
	}
	now := l.now().UTC()
	start := now.Truncate(rate.Per)
	if kind == "login" || kind == "upload" {
		return l.shared(ctx, key, cost, limit, start, start.Add(rate.Per).Sub(now))
	}
	return l.own(kind, key, cost, limit, start), start.Add(rate.Per).Sub(now)
}

// own counts in this process.
func (l *Limiter) own(kind, key string, cost, limit int, start time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.local[kind]
	if w == nil || !w.start.Equal(start) {
		w = &window{start: start, used: map[string]int{}}
		l.local[kind] = w
	}
	if _, seen := w.used[key]; !seen && len(w.used) >= maxLocal {
		key = ""
	}
	if w.used[key]+cost > limit {
		return false
	}
	w.used[key] += cost
	return true
}

// errFull undoes a charge for which there is no room.
var errFull = errors.New("no room in the window")

// shared counts in the database.
func (l *Limiter) shared(ctx context.Context, key string, cost, limit int, start time.Time, left time.Duration) (bool, time.Duration) {
	err := l.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		used, err := charge(ctx, tx, key, start, cost)
		if err == nil && used > limit {
			return errFull
		}
		return err
	})
	switch {
	case err == nil:
		return true, 0
	case errors.Is(err, errFull):
		return false, left
	case ctx.Err() == nil:
		l.log.ErrorContext(ctx, "count a rate", "error", err)
	}
	return false, time.Second
}

// charge adds to a window and gives what is used of it then.
func charge(ctx context.Context, tx *db.Tx, key string, start time.Time, cost int) (int, error) {
	return db.Get[int](ctx, tx, `INSERT INTO rate_windows (key, window_start, used) VALUES ($1::text, $2::timestamptz, $3::bigint)
		ON CONFLICT (key, window_start) DO UPDATE SET used = rate_windows.used + $3::bigint RETURNING used`, key, db.Moment(start), cost)
}

// giveBack takes a charge of the present window back.
func (l *Limiter) giveBack(ctx context.Context, tx *db.Tx, kind, key string, cost int) error {
	start := l.now().UTC().Truncate(l.limits[kind].Per)
	_, err := tx.Exec(ctx, `UPDATE rate_windows SET used = used - $1::bigint
		WHERE key = $2::text AND window_start = $3::timestamptz AND used >= $1::bigint`, cost, key, db.Moment(start))
	if err != nil {
		return fmt.Errorf("give a charge back: %w", err)
	}
	return nil
}

// sweep removes the windows that nobody asks for any more.
func (l *Limiter) sweep(ctx context.Context) (int64, error) {
	longest := 24 * time.Hour
	for _, r := range l.limits {
		longest = max(longest, r.Per)
	}
	n, err := l.store.Exec(ctx, "DELETE FROM rate_windows WHERE window_start < $1::timestamptz", db.Moment(l.now().Add(-longest)))
	if err != nil {
		return 0, fmt.Errorf("sweep windows of rates: %w", err)
	}
	return n, nil
}
