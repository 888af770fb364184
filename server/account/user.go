package account

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	entorganisation "gradin/ent/organisation"
	entpointofsale "gradin/ent/pointofsale"
	entrelay "gradin/ent/relay"
	entuser "gradin/ent/user"
	"gradin/server/audit"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// NewUser is somebody who shall be able to sign in.
type NewUser struct {
	Email, Name string
	Role        term.Role
	// Password may be empty: such a user comes in by token only.
	Password string
	// Organisation is where the user works; zero for an institution's admin only.
	Organisation uuid.UUID
	// Contact is the individual a portal user is, Structure the one he is a relay
	// of, zero when he acts for himself.
	Contact, Structure uuid.UUID
	// PointOfSale is where a portal user's parameters come from.
	PointOfSale uuid.UUID
	// Language is English when empty.
	Language term.Language
}

// Validate refuses what can be told wrong without the store.
func (n NewUser) Validate() error {
	switch name := strings.TrimSpace(n.Name); {
	case !contact.ValidEmail(strings.TrimSpace(n.Email)):
		return errs.New(errs.Invalid, "%q is not an e-mail address. Write it like name@example.org.", n.Email).At("email")
	case name == "" || utf8.RuneCountInString(name) > 200:
		return errs.New(errs.Invalid, "Give a name of 1 to 200 characters.").At("name")
	case !slices.Contains(n.Role.Values(), string(n.Role)):
		return errs.New(errs.Invalid, "There is no role %q. Choose one of %s.", n.Role, strings.Join(n.Role.Values(), ", ")).At("role")
	case n.Language != "" && !slices.Contains(n.Language.Values(), string(n.Language)):
		return errs.New(errs.Invalid, "There is no language %q. Choose EN, FR or DE.", n.Language).At("language")
	case (n.Organisation == uuid.Nil) != (n.Role == term.RoleInstitutionAdmin):
		return errs.New(errs.Invalid, "An institution's admin has no organisation, everybody else has one.").At("organisation")
	case (n.Contact == uuid.Nil) == (n.Role == term.RolePortalUser):
		return errs.New(errs.Invalid, "A portal user is one of the organisation's contacts, nobody else is.").At("contact")
	case n.Structure != uuid.Nil && n.Contact == uuid.Nil:
		return errs.New(errs.Invalid, "Only a contact acts for a structure. Name the contact too.").At("structure")
	}
	if n.Password == "" {
		return nil
	}
	if refusal := acceptable(n.Password, n.Email); refusal != nil {
		return refusal.At("password")
	}
	return nil
}

// CreateUser makes a user. FORBIDDEN for all but the system and administrators; an
// organisation's makes users of the own organisation only. CONFLICT when the
// address signs in already; contacts and points of sale of others are NOT_FOUND.
func (s *Service) CreateUser(ctx context.Context, n NewUser) (*ent.User, error) {
	v, _ := viewer.From(ctx)
	if err := mayAdminister(v, n.Organisation, n.Role); err != nil {
		return nil, err
	}
	if err := n.Validate(); err != nil {
		return nil, err
	}
	hash := ""
	if n.Password != "" {
		var err error
		if hash, err = s.Hash(ctx, n.Password); err != nil {
			return nil, err
		}
	}
	if n.Language == "" {
		n.Language = term.LanguageEn
	}
	var made *ent.User
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := belongs(asSystem(ctx), tx, n); err != nil {
			return err
		}
		email, now := strings.TrimSpace(n.Email), s.moment()
		var err error
		made, err = tx.Client.User.Create().SetCreatedAt(now).SetEmail(email).SetEmailKey(contact.Key(email)).
			SetName(strings.TrimSpace(n.Name)).SetRole(n.Role).SetLanguage(n.Language).SetPasswordHash(hash).
			SetNillableOrganisationID(set(n.Organisation)).SetNillableContactID(set(n.Contact)).
			SetNillableStructureID(set(n.Structure)).SetNillablePointOfSaleID(set(n.PointOfSale)).Save(asSystem(ctx))
		if ent.IsConstraintError(err) {
			return errs.New(errs.Conflict, "This address signs in already. Use another one.").At("email").Because(err)
		}
		if err != nil {
			return fmt.Errorf("make user: %w", err)
		}
		return audit.Write(ctx, tx, now, audit.Entry{Organisation: n.Organisation, Verb: "account.createUser", Object: made.ID,
			Changes: audit.Changes{}.Set("role", nil, n.Role).Set("language", nil, n.Language).Set("contact", nil, named(n.Contact)).
				Set("structure", nil, named(n.Structure)).Set("pointOfSale", nil, named(n.PointOfSale)).Mask("password", hash != "")})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// named is an id as the audit log tells it; nil for none.
func named(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return oid.Encode(id)
}

func set(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// belongs refuses references to what is not the organisation's, and a structure
// that the contact is no relay of.
func belongs(ctx context.Context, tx *db.Tx, n NewUser) error {
	checks := []struct {
		id      uuid.UUID
		missing *errs.Error
		exists  func() (bool, error)
	}{
		{n.Organisation, errs.Missing("organisation"), func() (bool, error) {
			return tx.Client.Organisation.Query().Where(entorganisation.ID(n.Organisation)).Exist(ctx)
		}},
		{n.Contact, errs.Missing("contact"), func() (bool, error) {
			return tx.Client.Contact.Query().Where(entcontact.ID(n.Contact), entcontact.OrganisationID(n.Organisation),
				entcontact.KindEQ(term.ContactKindIndividual)).Exist(ctx)
		}},
		{n.Structure, errs.Missing("structure"), func() (bool, error) {
			return tx.Client.Relay.Query().Where(entrelay.StructureID(n.Structure), entrelay.IndividualID(n.Contact),
				entrelay.OrganisationID(n.Organisation)).Exist(ctx)
		}},
		{n.PointOfSale, errs.Missing("point of sale"), func() (bool, error) {
			return tx.Client.PointOfSale.Query().Where(entpointofsale.ID(n.PointOfSale),
				entpointofsale.OrganisationID(n.Organisation)).Exist(ctx)
		}},
	}
	for _, c := range checks {
		if c.id == uuid.Nil {
			continue
		}
		found, err := c.exists()
		if err != nil {
			return fmt.Errorf("find what the user names (%s): %w", c.missing.Message, err)
		}
		if !found {
			return c.missing
		}
	}
	return nil
}

// UserByEmail finds who signs in with the address. FORBIDDEN for all but the
// system and administrators; a user out of their reach is NOT_FOUND.
func (s *Service) UserByEmail(ctx context.Context, email string) (*ent.User, error) {
	v, _ := viewer.From(ctx)
	if err := mayAdminister(v, uuid.UUID(v.Organisation), term.RoleViewer); err != nil {
		return nil, err
	}
	u, err := s.store.Client.User.Query().Where(entuser.EmailKey(contact.Key(email))).Only(asSystem(ctx))
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("find user: %w", err)
	}
	if err != nil || mayAdminister(v, uuid.UUID(given(u.OrganisationID)), u.Role) != nil {
		return nil, errs.New(errs.NotFound, "Nobody signs in with this address.")
	}
	return u, nil
}

// UpdatePreferences changes the viewer's own language or name (1 to 200
// characters); nil stays.
func (s *Service) UpdatePreferences(ctx context.Context, language *term.Language, name *string) (*ent.User, error) {
	v, err := writing(ctx)
	if err != nil {
		return nil, err
	}
	if language != nil && !slices.Contains(language.Values(), string(*language)) {
		return nil, errs.New(errs.Invalid, "There is no language %q. Choose EN, FR or DE.", *language).At("language")
	}
	if name != nil {
		trimmed := strings.TrimSpace(*name)
		if trimmed == "" || utf8.RuneCountInString(trimmed) > 200 {
			return nil, errs.New(errs.Invalid, "Give a name of 1 to 200 characters.").At("name")
		}
		name = &trimmed
	}
	var changed *ent.User
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: uuid.UUID(v.User), At: s.now()})
		if err != nil {
			return err
		}
		if repeated {
			changed, err = tx.Client.User.Get(asSystem(ctx), id)
			return err
		}
		was, err := tx.Client.User.Get(asSystem(ctx), id)
		if err != nil {
			return fmt.Errorf("find user: %w", err)
		}
		changed, err = tx.Client.User.UpdateOneID(uuid.UUID(v.User)).SetNillableLanguage(language).SetNillableName(name).Save(asSystem(ctx))
		if err != nil {
			return fmt.Errorf("change preferences: %w", err)
		}
		return audit.Write(ctx, tx, s.moment(), audit.Entry{
			Organisation: uuid.UUID(v.Organisation), Verb: "account.updatePreferences", Object: changed.ID,
			Changes: audit.Changes{}.Set("language", was.Language, changed.Language).Mask("name", was.Name != changed.Name),
		})
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// ChangePassword changes the viewer's own password and ends all his other
// sessions; API tokens stay, they are ended one by one. A wrong present password
// counts towards the lock-out, so that a stolen session cannot guess it.
func (s *Service) ChangePassword(ctx context.Context, current, next string) error {
	v, err := inSession(ctx)
	if err != nil {
		return err
	}
	me, err := s.store.Client.User.Get(asSystem(ctx), uuid.UUID(v.User))
	if err != nil {
		return fmt.Errorf("find user: %w", err)
	}
	if refusal := acceptable(next, me.Email); refusal != nil {
		return refusal.At("new")
	}
	_, failure, err := s.verify(ctx, me.EmailKey, current)
	if err != nil {
		return err
	}
	if failure != "" {
		if err := s.failed(ctx, me, failure, v.Address); !errs.Is(err, errs.Unauthenticated) {
			return err
		}
		return errs.New(errs.Invalid, "The present password is wrong, or there were too many attempts. Check it, or wait a minute or longer.").At("current")
	}
	hash, err := s.Hash(ctx, next)
	if err != nil {
		return err
	}
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := tx.Client.User.UpdateOneID(me.ID).SetPasswordHash(hash).SetFailedSignIns(0).ClearLockedUntil().Exec(asSystem(ctx))
		if err != nil {
			return fmt.Errorf("change password: %w", err)
		}
		n, err := endOthers(ctx, tx, v)
		if err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.moment(), audit.Entry{
			Organisation: uuid.UUID(v.Organisation), Verb: "account.changePassword", Object: me.ID,
			Detail: map[string]any{"ended": n}, Changes: audit.Changes{}.Mask("password", true),
		})
	})
}
