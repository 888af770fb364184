// Package organisation owns what a tenant says of itself and where it is written
// to: its name and language, the mark that its guests see (mark.go, drawn by package picture),
// and the addresses that alerts about take-backs go to (tell.go, TB-7). Its admins
// change these; operators and viewers look at them.
package organisation

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Settings are what an organisation's admins set of it.
type Settings struct {
	// Name is what guests read, 1 to 200 characters.
	Name string
	// Language is in which the organisation itself is written to.
	Language term.Language
	// AlertAddresses are MaxAddresses at most; with none, no such mail is written.
	AlertAddresses []string
}

// MaxAddresses is at how many addresses an organisation is written to.
const MaxAddresses = 5

// maxName is how many characters a name may have.
const maxName = 200

// Clean is the settings without the spaces around, and without addresses that
// are there twice or empty (D-10).
func (s Settings) Clean() Settings {
	s.Name = strings.TrimSpace(s.Name)
	known := map[string]bool{"": true}
	addresses := []string{}
	for _, a := range s.AlertAddresses {
		if key := contact.Key(a); !known[key] {
			known[key] = true
			addresses = append(addresses, strings.TrimSpace(a))
		}
	}
	s.AlertAddresses = addresses
	return s
}

// Validate refuses clean settings that cannot be meant.
func (s Settings) Validate() error {
	if n := utf8.RuneCountInString(s.Name); n == 0 || n > maxName || strings.ContainsFunc(s.Name, unicode.IsControl) {
		return errs.New(errs.Invalid, "Give the organisation a name of 1 to %d characters, on one line.", maxName).At("name")
	}
	if len(s.AlertAddresses) > MaxAddresses {
		return errs.New(errs.Invalid, "Give %d addresses for alerts at most.", MaxAddresses).At("alertAddresses")
	}
	for _, a := range s.AlertAddresses {
		if !contact.ValidEmail(a) {
			return errs.New(errs.Invalid, "%q is not an e-mail address. Correct it or take it out.", a).At("alertAddresses")
		}
	}
	return nil
}

// MayRead says whether the viewer may look at the settings: staff of an organisation.
func MayRead(v viewer.Viewer) bool {
	return term.Role(v.Role).Staff() && v.Organisation != (viewer.UUID{})
}

// MayChange says whether the viewer may change them: its admins.
func MayChange(v viewer.Viewer) bool {
	return MayRead(v) && !v.ReadOnly && term.Role(v.Role).Administers()
}

// admit is the first line of what changes an organisation; it says which.
func admit(ctx context.Context) (uuid.UUID, error) {
	v, _ := viewer.From(ctx)
	if !MayChange(v) {
		return uuid.Nil, errs.New(errs.Forbidden, "Only admins of the organisation change what is said of it. Ask one of them.")
	}
	return uuid.UUID(v.Organisation), nil
}

// Read reads the viewer's organisation with its addresses.
func Read(ctx context.Context, store *db.DB) (*ent.Organisation, error) {
	v, _ := viewer.From(ctx)
	if !MayRead(v) {
		return nil, errs.New(errs.Forbidden, "Only the organiser looks at where alerts go.")
	}
	o, err := store.Client.Organisation.Get(ctx, uuid.UUID(v.Organisation))
	if err != nil {
		return nil, fmt.Errorf("read the organisation: %w", err)
	}
	return o, nil
}

// Change makes the settings of the viewer's organisation those given.
func Change(ctx context.Context, store *db.DB, s Settings, at time.Time) (*ent.Organisation, error) {
	id, err := admit(ctx)
	if err != nil {
		return nil, err
	}
	s = s.Clean()
	if err := s.Validate(); err != nil {
		return nil, err
	}
	var changed *ent.Organisation
	err = store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: at})
		if err != nil {
			return err
		}
		was, err := tx.Client.Organisation.Get(ctx, id)
		if changed = was; err != nil || repeated {
			return err
		}
		if changed, err = was.Update().SetName(s.Name).SetLanguage(s.Language).SetAlertAddresses(s.AlertAddresses).Save(ctx); err != nil {
			return fmt.Errorf("change an organisation: %w", err)
		}
		return audit.Write(ctx, tx, at, audit.Entry{
			Organisation: id, Verb: "organisation.change", Object: id,
			Changes: audit.Changes{}.Set("name", was.Name, s.Name).Set("language", was.Language, s.Language).
				Set("alertAddresses", strings.Join(was.AlertAddresses, ", "), strings.Join(s.AlertAddresses, ", ")),
		})
	})
	return changed, err
}
