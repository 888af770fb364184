// Package account owns who may sign in: users, passwords, sessions, API tokens,
// the rates at which they may knock (AC-1, AC-2), and what each keeps for himself:
// preferences and saved views (UI-1).
//
// Passwords are kept as argon2id hashes; sessions and tokens as SHA-256 hashes
// of 256 random bits, which are shown once. An unknown address, a wrong
// password, a locked and a closed account are refused with one sentence after
// the same work, so that nobody learns from an answer who has an account. Each
// attempt is counted before its password is looked at: however many arrive at
// once and at however many replicas, five wrong ones lock the account, for a
// minute first and twice as long each time after.
//
// This package reads before anybody is signed in; it does so as the system and
// narrows each query to the user it is about.
package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

const (
	// SessionIdle is how long a session lasts without use (AC-1).
	SessionIdle = 30 * time.Minute
	// SessionLife is how long a session lasts at most (AC-1).
	SessionLife = 12 * time.Hour
	// touchEvery is how often use is written down at most: a write for each
	// request would keep SQLite's one writer busy with it.
	touchEvery = time.Minute
)

// Service signs people and programs in.
type Service struct {
	store   *db.DB
	now     func() time.Time
	log     *slog.Logger
	limiter *Limiter
	// slots lets two passwords be hashed at a time, 19 MiB each: sign-ins
	// cannot eat the memory.
	slots chan struct{}
}

// New makes the service. The limiter counts the attempts of each address to
// sign in as; attempts from each place are counted by the caller's transport.
func New(store *db.DB, now func() time.Time, log *slog.Logger, limiter *Limiter) *Service {
	return &Service{store: store, now: now, log: log, limiter: limiter, slots: make(chan struct{}, 2)}
}

// moment is the present as the store keeps it.
func (s *Service) moment() time.Time { return db.Moment(s.now()) }

// asSystem is for reading before anybody is signed in.
func asSystem(ctx context.Context) context.Context {
	return viewer.With(ctx, viewer.System("sign-in"))
}

// digest is what is kept of a secret with 256 random bits.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// viewerOf is who acts when the user does.
func viewerOf(u *ent.User, address string) viewer.Viewer {
	return viewer.Viewer{
		User: viewer.UUID(u.ID), Name: u.Name, Role: string(u.Role), Language: string(u.Language), Address: address,
		Organisation: given(u.OrganisationID), Contact: given(u.ContactID), Structure: given(u.StructureID),
		PointOfSale: given(u.PointOfSaleID),
	}
}

func given(id *uuid.UUID) viewer.UUID {
	if id == nil {
		return viewer.UUID{}
	}
	return viewer.UUID(*id)
}

// acting is the signed-in user; UNAUTHENTICATED without one.
func acting(ctx context.Context) (viewer.Viewer, error) {
	v, ok := viewer.From(ctx)
	if !ok || v.User == (viewer.UUID{}) {
		return v, errs.New(errs.Unauthenticated, "You are not signed in. Sign in and try again.")
	}
	return v, nil
}

// writing is the signed-in user who may change what is his own; FORBIDDEN for a
// token without the scope WRITE.
func writing(ctx context.Context) (viewer.Viewer, error) {
	v, err := acting(ctx)
	if err == nil && v.ReadOnly {
		return v, errs.New(errs.Forbidden, "This token may only read. Use one with the scope WRITE.")
	}
	return v, err
}

// inSession is the user signed in by password. A token may neither make nor end
// tokens nor change the password: a leaked one must not outlive itself.
func inSession(ctx context.Context) (viewer.Viewer, error) {
	v, err := acting(ctx)
	if err != nil {
		return v, err
	}
	if !MayManageTokens(v) {
		return v, errs.New(errs.Forbidden, "An API token may not do this. Sign in with your password instead.")
	}
	return v, nil
}

// MayManageTokens says whether the viewer may make and end own API tokens:
// everybody who signed in by password.
func MayManageTokens(v viewer.Viewer) bool { return v.Session != (viewer.UUID{}) && !v.ReadOnly }

// mayAdminister says whether the viewer may make users of the organisation with
// the role, and tokens for them (AC-2).
func mayAdminister(v viewer.Viewer, organisation uuid.UUID, role term.Role) error {
	switch {
	case v.System && v.Organisation == (viewer.UUID{}):
		return nil
	case v.ReadOnly:
	case v.Role == string(term.RoleInstitutionAdmin):
		return nil
	case v.Role == string(term.RoleOrganisationAdmin) && role != term.RoleInstitutionAdmin:
		if organisation != uuid.Nil && organisation == uuid.UUID(v.Organisation) {
			return nil
		}
		return errs.Missing("organisation")
	}
	return errs.New(errs.Forbidden, "Only an administrator may do this. Ask one of your organisation.")
}
