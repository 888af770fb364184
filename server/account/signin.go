package account

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	entuser "gradin/ent/user"
	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/viewer"
)

// The lock-out (AC-1): after the fifth failure in a row a minute, twice as long
// after each further one, an hour at most.
const (
	lockAfter = 5
	lockFirst = time.Minute
	lockMost  = time.Hour
)

// Why an attempt failed: for the audit log, never for the one who tried.
const (
	failUnknown  = "unknown"
	failInactive = "inactive"
	failLocked   = "locked"
	failPassword = "password"
)

// lockFor is how long the account is locked after so many failures in a row.
func lockFor(failures int) time.Duration {
	if failures < lockAfter {
		return 0
	}
	return min(lockMost, lockFirst<<min(failures-lockAfter, 10))
}

// refused is the one sentence for an unknown address, a wrong password, a locked
// and a closed account: whoever tries must not learn which it was.
func refused() *errs.Error {
	return errs.New(errs.Unauthenticated, "You could not be signed in: the e-mail address or the password is wrong, or there were "+
		"too many attempts. Check both and try again; after five failures wait a minute or longer.")
}

// SignIn starts a session by e-mail and password and gives its secret, which is
// kept nowhere else. A session the caller had before ends. It refuses with
// UNAUTHENTICATED, in one sentence whatever the cause, and with RATE_LIMITED when
// there were too many attempts with this address, known or not.
func (s *Service) SignIn(ctx context.Context, email, password, address string) (string, viewer.Viewer, error) {
	key := contact.Key(email)
	rateKey := "login/account/" + digest(key)
	if ok, wait := s.limiter.Allow(ctx, rateKey, 1); !ok {
		return "", viewer.Viewer{}, errs.New(errs.RateLimited,
			"There were too many attempts to sign in with this e-mail address. Wait %d seconds and try again.", seconds(wait))
	}
	u, failure, err := s.verify(ctx, key, password)
	if err != nil {
		return "", viewer.Viewer{}, err
	}
	if failure != "" {
		return "", viewer.Viewer{}, s.failed(ctx, u, failure, address)
	}
	return s.begin(ctx, u, rateKey, address)
}

func seconds(wait time.Duration) int { return max(1, int(math.Ceil(wait.Seconds()))) }

// verify counts an attempt, compares the password, and says why it failed; the
// user is nil when the address is unknown. What passed is still counted as
// failed: the caller resets the count together with what it does. The place for
// hashing is held throughout, so that many right passwords at once do not count
// as many failures.
func (s *Service) verify(ctx context.Context, key, password string) (*ent.User, string, error) {
	if err := s.enter(ctx); err != nil {
		return nil, "", err
	}
	defer s.leave()
	u, failure, err := s.reserve(ctx, key)
	if err != nil {
		return nil, "", err
	}
	hash := nobody
	if failure == "" && !tooLong(password) {
		hash = u.PasswordHash
	}
	if tooLong(password) {
		password = ""
	}
	if fits := matches(hash, password); !fits && failure == "" {
		failure = failPassword
	}
	return u, failure, nil
}

// reserve counts the attempt as a failure before anything is compared, so that
// no number of attempts at the same time gets more than five guesses.
func (s *Service) reserve(ctx context.Context, key string) (*ent.User, string, error) {
	var found *ent.User
	var failure string
	err := s.store.WithTx(asSystem(ctx), func(ctx context.Context, tx *db.Tx) error {
		found, failure = nil, ""
		query := tx.Client.User.Query().Where(entuser.EmailKey(key))
		if tx.Postgres() {
			query = query.ForUpdate()
		}
		u, err := query.Only(ctx)
		now := s.moment()
		switch {
		case ent.IsNotFound(err):
			failure = failUnknown
		case err != nil:
			return fmt.Errorf("find user: %w", err)
		case !u.Active:
			found, failure = u, failInactive
		case u.LockedUntil != nil && u.LockedUntil.After(now):
			found, failure = u, failLocked
		default:
			found = u
			return tx.Client.User.UpdateOne(u).AddFailedSignIns(1).
				SetNillableLockedUntil(lockUntil(now, u.FailedSignIns+1)).Exec(ctx)
		}
		// The same write as for a known user, so that time tells nothing.
		_, err = charge(ctx, tx, "refused/account/"+digest(key), now.Truncate(24*time.Hour), 1)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("count an attempt to sign in: %w", err)
	}
	return found, failure, nil
}

func lockUntil(now time.Time, failures int) *time.Time {
	length := lockFor(failures)
	if length == 0 {
		return nil
	}
	until := now.Add(length)
	return &until
}

// failed notes the failure and gives the refusal. The address that was tried is
// not noted: people type passwords there.
func (s *Service) failed(ctx context.Context, u *ent.User, failure, address string) error {
	entry := audit.Entry{Verb: "account.signInFailed", Detail: map[string]any{"reason": failure}}
	if u != nil {
		entry.Object, entry.Organisation = u.ID, uuid.UUID(given(u.OrganisationID))
	}
	ctx = viewer.With(ctx, viewer.Viewer{Name: "sign-in", Address: address, System: true})
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error { return audit.Write(ctx, tx, s.moment(), entry) })
	if err != nil {
		return err
	}
	return refused()
}

// begin makes the session and forgives the failures before it.
func (s *Service) begin(ctx context.Context, u *ent.User, rateKey, address string) (string, viewer.Viewer, error) {
	before, _ := viewer.From(ctx)
	v := viewerOf(u, address)
	id, secret := oid.New(oid.Session), newSecret()
	v.Session = viewer.UUID(id)
	err := s.store.WithTx(viewer.With(ctx, v), func(ctx context.Context, tx *db.Tx) error {
		now, system := s.moment(), asSystem(ctx)
		if err := tx.Client.User.UpdateOneID(u.ID).SetFailedSignIns(0).ClearLockedUntil().SetLastSignInAt(now).Exec(system); err != nil {
			return fmt.Errorf("forgive failures: %w", err)
		}
		if err := endSession(ctx, tx, uuid.UUID(before.Session)); err != nil {
			return err
		}
		err := tx.Client.Session.Create().SetID(id).SetCreatedAt(now).SetUserID(u.ID).SetTokenHash(digest(secret)).
			SetExpiresAt(now.Add(SessionLife)).SetIdleAt(now.Add(SessionIdle)).SetAddress(address).Exec(system)
		if err != nil {
			return fmt.Errorf("make session: %w", err)
		}
		if err := s.limiter.giveBack(ctx, tx, "login", rateKey, 1); err != nil {
			return err
		}
		return audit.Write(ctx, tx, now, audit.Entry{Organisation: uuid.UUID(v.Organisation), Verb: "account.signIn", Object: u.ID})
	})
	if err != nil {
		return "", viewer.Viewer{}, err
	}
	return secret, v, nil
}

// newSecret is 256 random bits in base64url, 43 characters.
func newSecret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the process instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}
