package account

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/ent"
	enttoken "gradin/ent/apitoken"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// tokenMark begins every API token, for scanners that look for lost secrets.
const tokenMark = "gradin_"

// tokenLife is how far ahead the end of a token may lie.
const tokenLife = 366 * 24 * time.Hour

var tokenAlphabet = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// NewToken is an API token wanted.
type NewToken struct {
	// Name is what its maker calls it, 1 to 100 characters.
	Name string
	// Scopes is what it may do; WRITE includes READ.
	Scopes []term.TokenScope
	// ExpiresAt is when it ends, at most a year ahead; nil for never.
	ExpiresAt *time.Time
}

// Validate refuses a name, scopes or an end out of bounds.
func (n NewToken) Validate(now time.Time) error {
	if name := strings.TrimSpace(n.Name); name == "" || utf8.RuneCountInString(name) > 100 {
		return errs.New(errs.Invalid, "Give the token a name of 1 to 100 characters.").At("name")
	}
	if len(n.Scopes) == 0 {
		return errs.New(errs.Invalid, "Choose what the token may do: READ, or READ and WRITE.").At("scopes")
	}
	for _, scope := range n.Scopes {
		if !slices.Contains(scope.Values(), string(scope)) {
			return errs.New(errs.Invalid, "There is no scope %q. Choose READ or WRITE.", scope).At("scopes")
		}
	}
	if n.ExpiresAt != nil && (!n.ExpiresAt.After(now) || n.ExpiresAt.After(now.Add(tokenLife))) {
		return errs.New(errs.Invalid, "A token ends in the future, a year ahead at most. Choose another time.").At("expiresAt")
	}
	return nil
}

const tokenQuery = `SELECT a.id, a.expires_at, NULL, a.last_used_at, a.revoked_at, a.scopes, ` + userColumns + `
	FROM api_tokens a JOIN users u ON u.id = a.user_id WHERE a.`

// Token finds who comes in with an API token. UNAUTHENTICATED when it is
// unknown, has expired or was revoked.
func (s *Service) Token(ctx context.Context, secret, address string) (viewer.Viewer, error) {
	if !strings.HasPrefix(secret, tokenMark) || len(secret) > 100 {
		return viewer.Viewer{}, tokenEnded()
	}
	e, err := s.entranceOf(ctx, tokenQuery+"token_hash = $1::text", digest(secret))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return viewer.Viewer{}, fmt.Errorf("find token: %w", err)
	}
	now := s.moment()
	if err != nil || !e.valid(now) {
		return viewer.Viewer{}, tokenEnded()
	}
	if !e.used.Valid || now.Sub(e.used.Time) >= touchEvery {
		if _, err := s.store.Exec(ctx, "UPDATE api_tokens SET last_used_at = $1::timestamptz WHERE id = $2::uuid", now, e.id); err != nil {
			return viewer.Viewer{}, fmt.Errorf("note the use of a token: %w", err)
		}
	}
	v := viewerOf(&e.user, address)
	v.Token = viewer.UUID(e.id)
	v.ReadOnly = !strings.Contains(e.scopes, `"`+string(term.TokenScopeWrite)+`"`)
	return v, nil
}

// Tokens lists the viewer's own API tokens, newest first, revoked ones too.
func (s *Service) Tokens(ctx context.Context) ([]*ent.APIToken, error) {
	v, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.store.Client.APIToken.Query().Where(enttoken.UserID(uuid.UUID(v.User))).
		Order(ent.Desc(enttoken.FieldCreatedAt, enttoken.FieldID)).All(asSystem(ctx))
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	return all, nil
}

// CreateToken makes an API token for the viewer and gives its secret, which is
// kept nowhere: a repeated call gives the token without. FORBIDDEN for who came in by a token.
func (s *Service) CreateToken(ctx context.Context, n NewToken) (*ent.APIToken, string, error) {
	v, err := inSession(ctx)
	if err != nil {
		return nil, "", err
	}
	return s.issue(ctx, uuid.UUID(v.User), uuid.UUID(v.Organisation), n)
}

// IssueToken makes an API token for a user. FORBIDDEN for all but the system and
// administrators; a user out of their reach is NOT_FOUND.
func (s *Service) IssueToken(ctx context.Context, user uuid.UUID, n NewToken) (*ent.APIToken, string, error) {
	v, _ := viewer.From(ctx)
	if err := mayAdminister(v, uuid.UUID(v.Organisation), term.RoleViewer); err != nil {
		return nil, "", err
	}
	u, err := s.store.Client.User.Get(asSystem(ctx), user)
	if err != nil && !ent.IsNotFound(err) {
		return nil, "", fmt.Errorf("find user: %w", err)
	}
	if err != nil || mayAdminister(v, uuid.UUID(given(u.OrganisationID)), u.Role) != nil {
		return nil, "", errs.Missing("user")
	}
	return s.issue(ctx, u.ID, uuid.UUID(given(u.OrganisationID)), n)
}

func (s *Service) issue(ctx context.Context, user, organisation uuid.UUID, n NewToken) (*ent.APIToken, string, error) {
	now := s.moment()
	if err := n.Validate(now); err != nil {
		return nil, "", err
	}
	scopes := []string{string(term.TokenScopeRead)}
	if slices.Contains(n.Scopes, term.TokenScopeWrite) {
		scopes = append(scopes, string(term.TokenScopeWrite))
	}
	var end *time.Time
	if n.ExpiresAt != nil {
		at := db.Moment(*n.ExpiresAt)
		end = &at
	}
	prefix, secret := newToken()
	var made *ent.APIToken
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: oid.New(oid.APIToken), At: now})
		if err != nil {
			return err
		}
		if repeated {
			secret = ""
			made, err = tx.Client.APIToken.Get(asSystem(ctx), id)
			return err
		}
		made, err = tx.Client.APIToken.Create().SetID(id).SetCreatedAt(now).SetUserID(user).SetName(strings.TrimSpace(n.Name)).
			SetPrefix(prefix).SetTokenHash(digest(secret)).SetScopes(scopes).SetNillableExpiresAt(end).Save(asSystem(ctx))
		if err != nil {
			return fmt.Errorf("make token: %w", err)
		}
		return audit.Write(ctx, tx, now, audit.Entry{Organisation: organisation, Verb: "account.createToken", Object: made.ID,
			Detail:  map[string]any{"user": oid.Encode(user)},
			Changes: audit.Changes{}.Set("scopes", nil, strings.Join(scopes, ", "))})
	})
	if err != nil {
		return nil, "", err
	}
	return made, secret, nil
}

// newToken makes a token: its mark, eight characters to recognise it by, and 256
// random bits.
func newToken() (prefix, secret string) {
	var raw [5 + 32]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the process instead
	prefix = tokenMark + tokenAlphabet.EncodeToString(raw[:5])
	return prefix, prefix + "_" + tokenAlphabet.EncodeToString(raw[5:])
}

// RevokeToken ends one of the viewer's own API tokens; ending it again changes
// nothing. Another's token is NOT_FOUND.
func (s *Service) RevokeToken(ctx context.Context, id uuid.UUID) (*ent.APIToken, error) {
	v, err := inSession(ctx)
	if err != nil {
		return nil, err
	}
	var token *ent.APIToken
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now := s.moment()
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: now}); err != nil {
			return err
		} else if repeated {
			token, err = tx.Client.APIToken.Get(asSystem(ctx), id)
			return err
		}
		changed, err := tx.Exec(ctx, `UPDATE api_tokens SET revoked_at = $1::timestamptz
			WHERE id = $2::uuid AND user_id = $3::uuid AND revoked_at IS NULL`, now, id, uuid.UUID(v.User))
		if err != nil {
			return fmt.Errorf("revoke token: %w", err)
		}
		token, err = tx.Client.APIToken.Query().Where(enttoken.ID(id), enttoken.UserID(uuid.UUID(v.User))).Only(asSystem(ctx))
		if ent.IsNotFound(err) {
			return errs.Missing("token")
		}
		if err != nil || changed == 0 {
			return err
		}
		return audit.Write(ctx, tx, now, audit.Entry{
			Organisation: uuid.UUID(v.Organisation), Verb: "account.revokeToken", Object: id,
			Changes: audit.Changes{}.Set("revokedAt", nil, now),
		})
	})
	if err != nil {
		return nil, err
	}
	return token, nil
}
