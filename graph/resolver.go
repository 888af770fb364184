// Package graph translates the contract into calls of the domain and the
// store, and their answers back: GraphQL in, GraphQL out. It decides nothing.
package graph

import (
	"context"
	"time"

	"gradin/server/access"
	"gradin/server/account"
	"gradin/server/cart"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/mail"
	"gradin/server/privacy"
	"gradin/server/seatmap"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Resolver is what the resolvers work with.
type Resolver struct {
	Store        *db.DB
	Accounts     *account.Service
	Distribution *distribution.Service
	Runs         *execution.Service
	Mails        *mail.Service
	Maps         *seatmap.Service
	Access       *access.Service
	Privacy      *privacy.Service
	// LinkKey signs the addresses of downloads.
	LinkKey []byte
	// MailsLeave says whether an SMTP server is configured.
	Carts      *cart.Service
	MailsLeave bool
	Now        func() time.Time
}

// Jar keeps the session's secret in the browser; the web layer has one per request.
type Jar interface {
	// Keep sets the session's cookie.
	Keep(secret string)
	// Address is where the request came from.
	Address() string
	// Drop removes it.
	Drop()
}

type jarKey struct{}

// WithJar puts the request's jar into the context.
func WithJar(ctx context.Context, jar Jar) context.Context {
	return context.WithValue(ctx, jarKey{}, jar)
}

func jarOf(ctx context.Context) (Jar, bool) {
	jar, ok := ctx.Value(jarKey{}).(Jar)
	return jar, ok
}

// languageOf is what the viewer is addressed in.
func languageOf(ctx context.Context) term.Language {
	return term.Language(viewer.Language(ctx))
}
