package protocol

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Config wires the front door to a schema and to what is known about callers.
// Schema, Limits and Logger are needed; every hook may be nil and then gives
// the narrow answer named at it. Hooks are called concurrently.
type Config struct {
	Schema graphql.ExecutableSchema
	Limits Limits
	Logger *slog.Logger

	// Development opens introspection, suggestions and free documents to
	// everybody. It is never set in production.
	Development bool
	// SignedIn says whether the caller is known, which raises the body limit
	// (API-8). Nil: nobody is.
	SignedIn func(ctx context.Context) bool
	// MayIntrospect opens __schema and __type (API-9). Nil: to nobody.
	MayIntrospect func(ctx context.Context) bool
	// FreeDocuments says whether the caller may send documents that are not on
	// the allow-list: token holders and staff in GraphiQL (API-10). Nil: nobody.
	FreeDocuments func(ctx context.Context) bool
	// Documents is the allow-list: documents by the lower-case hexadecimal
	// SHA-256 of their text. Only the keys are looked at.
	Documents map[string]string
	// LoginFields are the root fields of the sign-in kind, of which a document
	// may have one and which are charged apart.
	LoginFields []string

	// Account is the rate key of the caller's account. Nil or "": none.
	Account func(ctx context.Context) string
	// Session is the key under which sockets and streams are counted and found
	// by Recheck. Nil or "": the account, else the address.
	Session func(ctx context.Context) string
	// Language is what the caller reads: "EN", "FR" or "DE". Nil: English.
	Language func(ctx context.Context) string
	// RateLimiter holds the rates. Nil: none.
	RateLimiter RateLimiter
	// TrustedProxies are the networks whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix

	// TrustedOrigins are the other origins ("https://host") whose pages may
	// send requests. Empty: only our own.
	TrustedOrigins []string
	// SessionCookies are the names of the cookies that sign a caller in; a
	// request that has one of them and an Authorization header is refused.
	SessionCookies []string
	// QueriesByGET answers queries, and nothing else, by GET as well; with a
	// cookie only under the preflight header. Off, GET is 405.
	QueriesByGET bool

	// Init takes the payload of connection_init, which may carry a token, and
	// gives the context of the socket's operations. An error closes the socket
	// with 4401 or 4403. Nil: the payload is not looked at.
	Init func(ctx context.Context, payload map[string]any) (context.Context, error)
	// Recheck says whether the session still holds: at each subscribe, each
	// Limits.Recheck and when Handler.Recheck asks. Nil: it always does.
	Recheck func(ctx context.Context) error

	// UploadDir is the private folder uploads are streamed into; New makes it.
	// Empty: multipart requests are refused with 415.
	UploadDir string
	// Present may turn an error of the schema into an answer; nil from it means
	// that the rules of this package apply.
	Present func(ctx context.Context, err error) *gqlerror.Error
	// Extensions are further gqlgen extensions: tracing, metrics, hot lists.
	Extensions []graphql.HandlerExtension
}

// RateLimiter holds the rates of operations (API-8). Allow charges cost to key
// and says whether there was room, and if not, when there will be. Keys are
// "<kind>/account/<account>" and "<kind>/address/<address>", where kind is
// RateOperations, RateLogins, RateComplexity or RateUploads and an IPv6 address
// stands for its /64 network.
type RateLimiter interface {
	Allow(ctx context.Context, key string, cost int) (ok bool, retryAfter time.Duration)
}

// The kinds of rate: operations (each root field of a mutation is one), root
// fields of the sign-in kind, points of complexity of documents that are not on
// the allow-list, and uploads.
const (
	RateOperations = "operation"
	RateLogins     = "login"
	RateComplexity = "complexity"
	RateUploads    = "upload"
)

// Validate names the first setting New cannot work with.
func (c *Config) Validate() error {
	if c.Schema == nil {
		return errors.New("protocol: Schema is missing")
	}
	if c.Logger == nil {
		return errors.New("protocol: Logger is missing")
	}
	if err := c.Limits.Validate(); err != nil {
		return fmt.Errorf("protocol: %w", err)
	}
	for _, origin := range c.TrustedOrigins {
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(origin); err != nil {
			return fmt.Errorf("protocol: TrustedOrigins: %w", err)
		}
	}
	return nil
}

func (c *Config) signedIn(ctx context.Context) bool {
	return c.SignedIn != nil && c.SignedIn(ctx)
}

func (c *Config) mayIntrospect(ctx context.Context) bool {
	return c.Development || c.MayIntrospect != nil && c.MayIntrospect(ctx)
}

func (c *Config) freeDocuments(ctx context.Context) bool {
	return c.Development || c.FreeDocuments != nil && c.FreeDocuments(ctx)
}

func (c *Config) account(ctx context.Context) string {
	if c.Account == nil {
		return ""
	}
	return c.Account(ctx)
}

func (c *Config) language(ctx context.Context) string {
	if c.Language == nil {
		return "EN"
	}
	return c.Language(ctx)
}

// session never gives "", so that unknown callers share the seats of their address.
func (c *Config) session(ctx context.Context) string {
	if c.Session != nil {
		if key := c.Session(ctx); key != "" {
			return key
		}
	}
	if account := c.account(ctx); account != "" {
		return "account/" + account
	}
	return "address/" + Address(ctx).String()
}

func (c *Config) recheck(ctx context.Context) error {
	if c.Recheck == nil {
		return nil
	}
	return c.Recheck(ctx)
}
