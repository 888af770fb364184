// Package recipient is the guest's public page: what a mail's link opens (WA-1).
//
// Looking at the page changes nothing and shows no code: mail scanners and link
// previews look too. Asking for the codes is a POST by a button; then the
// tickets are DOWNLOADED and their codes shown, if the guest still holds them
// and they are alive and unused. After a take-back the same link says so. A guest
// who cannot come gives a ticket back by another button (WA-4), or passes it on
// to somebody who answers on a page of his own (WA-3, passon.go). The organiser's
// mark comes by the same link (mark.go). The
// token in the address is the bearer's; whoever has none learns nothing. The
// page needs no script, and its texts come in the language of the mail.
package recipient

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/mail"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
	"gradin/server/walletfile"
)

//go:embed page.html.tmpl
var pageTemplate string

//go:embed style.css
var style string

// policy lets the page load its own stylesheet, the organiser's mark and the codes
// drawn into it.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

type page struct {
	passes    *walletfile.Signer
	store     *db.DB
	tickets   *distribution.Service
	key       []byte
	now       func() time.Time
	log       *slog.Logger
	template  *template.Template
	stylePath string
}

// New makes the handler of /t/{token} and of its stylesheet. The key is that of
// the links (mail.Link); without passes no wallet file is offered. It limits no rates; that is done outside.
func New(store *db.DB, tickets *distribution.Service, key []byte, now func() time.Time, log *slog.Logger, passes *walletfile.Signer) http.Handler {
	sum := sha256.Sum256([]byte(style))
	p := &page{
		passes: passes, store: store, tickets: tickets, key: key, now: now, log: log,
		template:  template.Must(template.New("page").Parse(pageTemplate)),
		stylePath: "/t/style-" + hex.EncodeToString(sum[:6]) + ".css",
	}
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(p.refuse))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /t/{token}", p.show)
	mux.HandleFunc("GET /t/{token}/mark", p.serveMark)
	mux.HandleFunc("POST /t/{token}", p.reveal)
	mux.HandleFunc("POST /t/{token}/return", p.giveBack)
	mux.HandleFunc("POST /t/{token}/pass", p.passOn)
	mux.HandleFunc("POST /t/{token}/keep", p.keep)
	mux.HandleFunc("POST /t/{token}/accept", p.accept)
	mux.HandleFunc("POST /t/{token}/decline", p.decline)
	mux.HandleFunc("POST /t/{token}/pdf", p.pdf)
	if passes != nil {
		mux.HandleFunc("POST /t/{token}/pass-file", p.walletFile)
	}
	mux.HandleFunc("GET "+p.stylePath, p.serveStyle)
	mux.HandleFunc("/", p.notFound)
	return p.secured(withoutNullOrigin(guard.Handler(mux)))
}

// secured sets the headers of every answer.
func (p *page) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
		ctx := viewer.With(r.Context(), viewer.System("recipient"))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// withoutNullOrigin lets browsers through that know no Fetch Metadata: because
// of the page's own no-referrer they send "null" as the origin of its form.
// Nothing is lost: whoever could forge such a request has the token, and with
// it needs no forgery.
func withoutNullOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "null" {
			r = r.Clone(r.Context())
			r.Header.Del("Origin")
		}
		next.ServeHTTP(w, r)
	})
}

func (p *page) serveStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write([]byte(style))
}

// show answers a look at the page; it only reads.
func (p *page) show(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	if !ok {
		p.notFound(w, r)
		return
	}
	in, err := p.read(r.Context(), id)
	p.answer(w, r, in, err)
}

// giveBack answers the button of who cannot come, and says what became of it.
func (p *page) giveBack(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	ticket, err := oid.Decode(r.PostFormValue("ticket"))
	if !ok || err != nil {
		p.notFound(w, r)
		return
	}
	err = p.tickets.GiveBack(r.Context(), distribution.GivingBack{Mail: id, Ticket: ticket})
	refused := errs.Is(err, errs.Conflict)
	if errs.Is(err, errs.NotFound) {
		p.notFound(w, r)
		return
	}
	var in *invitation
	if err == nil || refused {
		in, err = p.read(r.Context(), id)
	}
	if in != nil {
		in.returned = &outcome{ticket: ticket, done: !refused}
	}
	p.answer(w, r, in, err)
}

// reveal answers the button: the tickets are in the guest's hands now.
func (p *page) reveal(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	if !ok {
		p.notFound(w, r)
		return
	}
	in, err := p.download(r.Context(), id)
	p.answer(w, r, in, err)
}

// mail reads the mail's id from the address; the store is not asked about
// tokens that this deployment did not make.
func (p *page) mail(r *http.Request) (uuid.UUID, bool) {
	return mail.ParseLink(p.key, r.PathValue("token"))
}

func (p *page) answer(w http.ResponseWriter, r *http.Request, in *invitation, err error) {
	switch {
	case err != nil:
		p.log.ErrorContext(r.Context(), "recipient's page", "error", err)
		p.write(w, http.StatusInternalServerError, message(preferred(r), troubled))
	case in == nil:
		p.notFound(w, r)
	default:
		in.token, in.passes = r.PathValue("token"), p.passes != nil
		v := in.view(chosen(r, in.language))
		if in.offer != nil {
			v = in.offerView(chosen(r, in.language))
		}
		v.Mark = in.mark.view(in.token)
		p.write(w, http.StatusOK, v)
	}
}

// notFound is the one answer to everything that is no link of ours.
func (p *page) notFound(w http.ResponseWriter, r *http.Request) {
	p.write(w, http.StatusNotFound, message(preferred(r), missing))
}

// refuse answers a form that another site sent.
func (p *page) refuse(w http.ResponseWriter, r *http.Request) {
	p.write(w, http.StatusForbidden, message(preferred(r), foreign))
}

func (p *page) write(w http.ResponseWriter, status int, v view) {
	v.Style = p.stylePath
	var out bytes.Buffer
	if err := p.template.Execute(&out, v); err != nil {
		p.log.Error("write the recipient's page", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", v.Tag)
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// chosen is the language of the address (?lang=fr), else the mail's.
func chosen(r *http.Request, otherwise term.Language) term.Language {
	if l, ok := term.Spoken(r.URL.Query().Get("lang")); ok {
		return l
	}
	return otherwise
}

func preferred(r *http.Request) term.Language {
	return term.Preferred(r.Header.Get("Accept-Language"))
}
