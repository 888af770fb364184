package command

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gradin/ent/schema/rule"
	"gradin/server/account"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
	"gradin/server/web/protocol"
)

// What the protocol layer asks about callers.

func signedIn(ctx context.Context) bool {
	_, ok := viewer.From(ctx)
	return ok
}

// mayIntrospect opens the schema to staff and to token holders (API-9).
func mayIntrospect(ctx context.Context) bool {
	v, ok := viewer.From(ctx)
	return ok && (v.Token != (viewer.UUID{}) || term.Role(v.Role).Staff())
}

// freeDocuments lets tokens and staff send documents of their own; all other
// browsers run the SPA's only (API-10).
func freeDocuments(ctx context.Context) bool { return mayIntrospect(ctx) }

func accountOf(ctx context.Context) string {
	v, _ := viewer.From(ctx)
	if v.User == (viewer.UUID{}) {
		return ""
	}
	return oid.Encode(uuid.UUID(v.User))
}

func sessionOf(ctx context.Context) string {
	v, _ := viewer.From(ctx)
	switch {
	case v.Session != (viewer.UUID{}):
		return "session/" + oid.Encode(uuid.UUID(v.Session))
	case v.Token != (viewer.UUID{}):
		return "token/" + oid.Encode(uuid.UUID(v.Token))
	}
	return ""
}

type entering struct{ accounts *account.Service }

// init lets a socket come in with a token in its first message.
func (e entering) init(ctx context.Context, payload map[string]any) (context.Context, error) {
	token, given := payload["token"].(string)
	if !given {
		return ctx, nil
	}
	if signedIn(ctx) {
		return ctx, errs.New(errs.Invalid, "Come in with a session or with a token, not with both.")
	}
	v, err := e.accounts.Token(ctx, token, protocol.Address(ctx).String())
	if err != nil {
		return ctx, err
	}
	return viewer.With(ctx, v), nil
}

// recheck says whether a socket's viewer may go on.
func (e entering) recheck(ctx context.Context) error {
	v, ok := viewer.From(ctx)
	if !ok {
		return errs.New(errs.Unauthenticated, "Sign in first.")
	}
	return e.accounts.Recheck(ctx, v)
}

// present words what the visibility rules end with: nobody signed in, or
// something he may not look at. All else is worded by the protocol layer.
func present(ctx context.Context, err error) *gqlerror.Error {
	if !errors.Is(err, rule.ErrDenied) {
		return nil
	}
	refusal := errs.New(errs.Forbidden, "You may not look at this. Ask the organiser for access.")
	if !signedIn(ctx) {
		refusal = errs.New(errs.Unauthenticated, "Sign in first.")
	}
	return &gqlerror.Error{
		Message: refusal.In(viewer.Language(ctx)), Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": string(refusal.Code)},
	}
}
