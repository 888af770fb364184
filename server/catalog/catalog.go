// Package catalog owns what a house is before tickets are distributed: its
// organisation, seasons, venues, prices, points of sale, products and sponsors.
// Its writes are plain. A whole catalogue is brought in from one document, in
// one transaction: all that is wrong with it is told at once, each with its
// place, and what is there already, by its codes, stays as it is.
package catalog

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/ent"
	entinstitution "gradin/ent/institution"
	entorganisation "gradin/ent/organisation"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/viewer"
)

// NewOrganisation is a tenant to be made.
type NewOrganisation struct {
	// Institution is the code of the institution, which is made when there is none.
	Institution string
	Code, Name  string
	// TimeZone is an IANA zone, Currency an ISO 4217 code.
	TimeZone, Currency string
}

var (
	codeForm     = regexp.MustCompile(`^[A-Z0-9][A-Z0-9_.-]{0,29}$`)
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
)

// Validate refuses what can be told wrong without the store.
func (n NewOrganisation) Validate() error {
	switch {
	case n.Institution == "" || len(n.Institution) > 12 || strings.TrimSpace(n.Institution) != n.Institution:
		return errs.New(errs.Invalid, "An institution's code has 1 to 12 characters.").At("institution")
	case !codeForm.MatchString(n.Code):
		return errs.New(errs.Invalid, "A code has 1 to 30 capital letters, digits, _ . and -; %q is not one.", n.Code).At("code")
	case strings.TrimSpace(n.Name) == "" || utf8.RuneCountInString(n.Name) > 200:
		return errs.New(errs.Invalid, "Give a name of 1 to 200 characters.").At("name")
	case !zone(n.TimeZone):
		return errs.New(errs.Invalid, "There is no time zone %q. Write it like Europe/Paris.", n.TimeZone).At("timeZone")
	case !currencyForm.MatchString(n.Currency):
		return errs.New(errs.Invalid, "%q is not a currency's code. Write it like EUR.", n.Currency).At("currency")
	}
	return nil
}

func zone(name string) bool {
	_, err := time.LoadLocation(name)
	return name != "" && name != "Local" && err == nil
}

// CreateOrganisation makes an organisation. FORBIDDEN for all but the system.
// CONFLICT when there is one with its code: on the command line a code names an
// organisation of the whole deployment.
func CreateOrganisation(ctx context.Context, store *db.DB, n NewOrganisation, at time.Time) (*ent.Organisation, error) {
	if err := permit(ctx); err != nil {
		return nil, err
	}
	if err := n.Validate(); err != nil {
		return nil, err
	}
	var made *ent.Organisation
	err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		taken, err := tx.Client.Organisation.Query().Where(entorganisation.Code(n.Code)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for an organisation: %w", err)
		}
		if taken {
			return errs.New(errs.Conflict, "There is an organisation with the code %s already. Choose another code.", n.Code).At("code")
		}
		institution, err := institutionOf(ctx, tx, n.Institution)
		if err != nil {
			return err
		}
		made, err = tx.Client.Organisation.Create().SetInstitutionID(institution).SetCode(n.Code).SetName(strings.TrimSpace(n.Name)).
			SetTimeZone(n.TimeZone).SetCurrency(n.Currency).SetCreatedAt(db.Moment(at)).Save(ctx)
		if err != nil {
			return fmt.Errorf("make organisation: %w", err)
		}
		return audit.Write(ctx, tx, at, audit.Entry{
			Organisation: made.ID, Verb: "catalog.createOrganisation", Object: made.ID,
			Changes: audit.Changes{}.Set("code", nil, n.Code).Set("timeZone", nil, n.TimeZone).Set("currency", nil, n.Currency),
		})
	})
	return made, err
}

func institutionOf(ctx context.Context, tx *db.Tx, code string) (uuid.UUID, error) {
	id, err := tx.Client.Institution.Query().Where(entinstitution.Code(code)).OnlyID(ctx)
	if err == nil || !ent.IsNotFound(err) {
		return id, err
	}
	made, err := tx.Client.Institution.Create().SetCode(code).SetName(code).Save(ctx)
	if err != nil {
		return id, fmt.Errorf("make institution: %w", err)
	}
	return made.ID, nil
}

// permit lets the command line in, and nobody who comes by the network.
func permit(ctx context.Context) error {
	if v, ok := viewer.From(ctx); !ok || !v.System {
		return errs.New(errs.Forbidden, "Only the command line may do this.")
	}
	return nil
}
