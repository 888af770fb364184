package web

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gradin/graph"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Cookie is the session's cookie (AC-1). Its prefix makes browsers refuse it
// unless it is secure, of this host only and for all paths.
const Cookie = "__Host-gradin"

// entering finds out who comes in: by a token, by a session's cookie, or
// nobody. A bad token is 401; an ended session is nobody, and its cookie goes.
func (c Config) entering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		jar := &jar{w: w, address: c.Address(r)}
		ctx := viewer.Speaking(r.Context(), string(term.Preferred(r.Header.Get("Accept-Language"))))
		ctx = graph.WithJar(ctx, jar)
		if bearer, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found {
			v, err := c.Accounts.Token(ctx, strings.TrimSpace(bearer), jar.address)
			if err != nil {
				c.unauthorized(w, r.WithContext(ctx), err)
				return
			}
			noteCaller(ctx, v)
			next.ServeHTTP(w, r.WithContext(viewer.With(ctx, v)))
			return
		}
		if cookie, err := r.Cookie(Cookie); err == nil {
			v, err := c.Accounts.Session(ctx, cookie.Value, jar.address)
			switch {
			case err == nil:
				noteCaller(ctx, v)
				ctx = viewer.With(ctx, v)
			case errs.Is(err, errs.Unauthenticated):
				jar.Drop()
			default:
				c.Log.ErrorContext(ctx, "find the session", "error", err)
				http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (c Config) unauthorized(w http.ResponseWriter, r *http.Request, err error) {
	if !errs.Is(err, errs.Unauthenticated) {
		c.Log.ErrorContext(r.Context(), "find the token", "error", err)
		http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("WWW-Authenticate", `Bearer realm="gradin"`)
	w.WriteHeader(http.StatusUnauthorized)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{
		"message":    errs.New(errs.Unauthenticated, "This token is not valid, or no longer. Make a new one.").In(viewer.Language(r.Context())),
		"extensions": map[string]string{"code": string(errs.Unauthenticated)},
	}}})
}

// jar keeps the session's secret in the browser.
type jar struct {
	w       http.ResponseWriter
	address string
}

// Address is where the request came from.
func (j *jar) Address() string { return j.address }

// Keep sets the session's cookie. It lives as long as the browser does; the
// session itself ends on the server.
func (j *jar) Keep(secret string) {
	http.SetCookie(j.w, &http.Cookie{Name: Cookie, Value: secret, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Drop removes the session's cookie.
func (j *jar) Drop() {
	http.SetCookie(j.w, &http.Cookie{Name: Cookie, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func retryAfter(wait time.Duration) string {
	return strconv.Itoa(max(1, int(math.Ceil(wait.Seconds()))))
}
