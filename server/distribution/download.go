package distribution

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/signed"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// DownloadTime is how long the address of a download is good (API-5).
const DownloadTime = 5 * time.Minute

// PurposeDownload is what tokens of downloads are signed for.
const PurposeDownload = "download"

// DownloadKind says what a download holds.
type DownloadKind string

// The kinds of download.
const (
	DownloadTickets  DownloadKind = "tickets"
	DownloadOriginal DownloadKind = "original"
	DownloadResult   DownloadKind = "result"
	DownloadRefused  DownloadKind = "refused"
)

// Download is what the token of a download carries: what was within the
// viewer's reach when he asked, and nothing else.
type Download struct {
	Kind      DownloadKind
	Scope     ticket.Scope
	Filter    ticket.Filter
	Execution uuid.UUID
	Language  term.Language
	ID        uuid.UUID
	// User is who asked, for the audit log.
	User uuid.UUID
}

// Prepare makes sure that the viewer may export, counts the tickets and gives
// what the download has to carry (DA-3).
func (s *Service) Prepare(ctx context.Context, sponsor uuid.UUID, f ticket.Filter) (Download, int, error) {
	scope, err := ticket.ScopeOf(ctx, sponsor)
	if err != nil {
		return Download{}, 0, err
	}
	if err := f.Validate(); err != nil {
		return Download{}, 0, err
	}
	f.Valid = true
	n, err := ticket.Count(ctx, s.store, scope, f)
	if err != nil {
		return Download{}, 0, err
	}
	if n == 0 {
		return Download{}, 0, errs.New(errs.Invalid, "No ticket is within this selection. Choose other ticket types or widen the filter.").At("filter")
	}
	if n > MaxExport {
		return Download{}, 0, errs.New(errs.LimitExceeded, "A workbook holds at most %d tickets; this selection has %d. Narrow it.", MaxExport, n).At("filter")
	}
	v, _ := viewer.From(ctx)
	d := Download{Kind: DownloadTickets, Scope: scope, Filter: f, Language: term.Language(v.Language), ID: uuid.New(), User: uuid.UUID(v.User)}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: scope.Organisation, Verb: "distribution.export", Object: f.Product,
			Detail: map[string]any{"tickets": n, "sponsor": oid.Encode(scope.Party)},
		})
	})
	return d, n, err
}

// NoteDownload writes a download of an organisation's file to the audit log, in
// the name of who asked for its address.
func (s *Service) NoteDownload(ctx context.Context, organisation uuid.UUID, d Download, address string) error {
	ctx = viewer.With(ctx, viewer.Viewer{Name: "download", System: true, User: viewer.UUID(d.User), Address: address})
	object := d.Execution
	if object == uuid.Nil {
		object = d.Filter.Product
	}
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: organisation, Verb: "distribution.download", Object: object, Detail: map[string]any{"kind": string(d.Kind)},
		})
	})
}

// MaxExport is how many tickets a workbook holds; an import takes no more.
const MaxExport = 250_000

// Address writes the path of a download, good for DownloadTime.
func (d Download) Address(key []byte, now time.Time) (string, error) {
	token, err := signed.Token(key, PurposeDownload, now.Add(DownloadTime), d)
	if err != nil {
		return "", err
	}
	return "/d/" + token, nil
}

// Permissions is what the viewer may do, so that no client has to know the rules.
type Permissions struct {
	UsePortal, Distribute, Export, Import      bool
	ReadAllExecutions, ReadOutbox, ResendMails bool
	UsePlayground, ManageTokens, ReadAudit     bool
	// UseCart: prepare distributions in a cart (CA-1).
	UseCart bool
}

// May says what the viewer may do.
func (s *Service) May(ctx context.Context) (Permissions, error) {
	v, ok := viewer.From(ctx)
	if !ok {
		return Permissions{}, nil
	}
	role := term.Role(v.Role)
	inside := v.Organisation != (viewer.UUID{})
	p := Permissions{
		UsePortal:         v.InPortal() || role.Staff() && inside,
		Distribute:        v.InPortal() || role.Operates(),
		Export:            v.InPortal() || role.Staff() && inside,
		ReadAllExecutions: role.Staff() && inside,
		ReadOutbox:        role.Staff() && inside,
		ResendMails:       role.Operates(),
		UsePlayground:     role.Staff(),
		ReadAudit:         audit.MayRead(v),
		ManageTokens:      v.Session != (viewer.UUID{}),
	}
	if !p.Distribute {
		return p, nil
	}
	from := sender{organisation: uuid.UUID(v.Organisation)}
	if err := s.at(ctx, &from, v); err != nil {
		return p, err
	}
	p.Import = from.pointOfSale != nil && from.pointOfSale.ImportTicketDetails
	p.UseCart = v.InPortal() && from.pointOfSale != nil && from.pointOfSale.Cart
	return p, nil
}
