package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	entorganisation "gradin/ent/organisation"
	"gradin/ent/pointofsale"
	"gradin/server/account"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

type userCommand struct {
	Create createUserCommand `cmd:"" help:"Make a user."`
}

type createUserCommand struct {
	config.Store
	Email        string `help:"Address the user signs in with." required:""`
	Name         string `help:"Name shown to colleagues." required:""`
	Role         string `help:"${enum}." required:"" enum:"INSTITUTION_ADMIN,ORGANISATION_ADMIN,OPERATOR,VIEWER,CONTROLLER,PORTAL_USER,RESELLER"`
	Organisation string `help:"Code of the organisation the user works in." placeholder:"CODE"`
	Contact      int64  `help:"Number of the contact a portal user is." placeholder:"NUMBER"`
	Structure    int64  `help:"Number of the structure a relay acts for." placeholder:"NUMBER"`
	PointOfSale  string `help:"Code of the point of sale whose parameters hold." placeholder:"CODE"`
	Language     string `help:"EN, FR or DE." default:"EN" enum:"EN,FR,DE"`
	Password     string `help:"Password, 12 to 128 characters; without one the user comes in by token only." env:"GRADIN_USER_PASSWORD"`
	JSON         bool   `help:"Print JSON." name:"json"`
}

// accounts are the sign-ins of a store, for commands that act as the system.
func accounts(store *db.DB, o outlet) *account.Service {
	log := logger("text", o.log)
	return account.New(store, time.Now, log, account.NewLimiter(store, time.Now, log, account.DefaultLimits()))
}

// Run makes the user and prints the id.
func (c *createUserCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("command"))
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	wanted, err := c.wanted(ctx, store.Client)
	if err != nil {
		return err
	}
	u, err := accounts(store, o).CreateUser(ctx, wanted)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(o.out).Encode(map[string]string{"id": oid.Encode(u.ID), "email": u.Email, "role": string(u.Role)})
	}
	_, err = fmt.Fprintf(o.out, "made user %s (%s), id %s\n", u.Email, u.Role, oid.Encode(u.ID))
	return err
}

func (c *createUserCommand) wanted(ctx context.Context, client *ent.Client) (account.NewUser, error) {
	n := account.NewUser{Email: c.Email, Name: c.Name, Role: term.Role(c.Role), Password: c.Password, Language: term.Language(c.Language)}
	if c.Organisation == "" {
		return n, nil
	}
	o, err := organisationOf(ctx, client, c.Organisation)
	if err != nil {
		return n, err
	}
	n.Organisation = o.ID
	for number, into := range map[int64]*uuid.UUID{c.Contact: &n.Contact, c.Structure: &n.Structure} {
		if number == 0 {
			continue
		}
		found, err := client.Contact.Query().Where(entcontact.OrganisationID(o.ID), entcontact.Number(number)).Only(ctx)
		if err != nil {
			return n, named(err, errs.New(errs.NotFound, "There is no contact with the number %d.", number))
		}
		*into = found.ID
	}
	if c.PointOfSale == "" {
		return n, nil
	}
	p, err := client.PointOfSale.Query().Where(pointofsale.OrganisationID(o.ID), pointofsale.Code(c.PointOfSale)).Only(ctx)
	if err != nil {
		return n, named(err, errs.New(errs.NotFound, "There is no point of sale with the code %s.", c.PointOfSale))
	}
	n.PointOfSale = p.ID
	return n, nil
}

// organisationOf finds the organisation that a command names by its code.
func organisationOf(ctx context.Context, client *ent.Client, code string) (*ent.Organisation, error) {
	o, err := client.Organisation.Query().Where(entorganisation.Code(code)).Only(ctx)
	return o, named(err, errs.New(errs.NotFound, "There is no organisation with the code %s.", code))
}

// named says what of the caller's is not there.
func named(err error, missing *errs.Error) error {
	if ent.IsNotFound(err) {
		return missing
	}
	return err
}

type tokenCommand struct {
	Create createTokenCommand `cmd:"" help:"Make an API token for a user; its secret is printed this once."`
}

type createTokenCommand struct {
	config.Store
	User    string        `help:"E-mail address of the user." required:""`
	Name    string        `help:"What to call the token." required:""`
	Write   bool          `help:"Let it change what its user may change; without, it may only read."`
	Expires time.Duration `help:"When it ends, such as 720h; never when absent."`
	JSON    bool          `help:"Print JSON." name:"json"`
}

// Run makes the token and prints its secret.
func (c *createTokenCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("command"))
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	service := accounts(store, o)
	u, err := service.UserByEmail(ctx, c.User)
	if err != nil {
		return err
	}
	wanted := account.NewToken{Name: c.Name, Scopes: []term.TokenScope{term.TokenScopeRead}}
	if c.Write {
		wanted.Scopes = append(wanted.Scopes, term.TokenScopeWrite)
	}
	if c.Expires < 0 {
		return errors.New("--expires must be a time to come, such as 720h")
	}
	if c.Expires > 0 {
		end := time.Now().Add(c.Expires)
		wanted.ExpiresAt = &end
	}
	token, secret, err := service.IssueToken(ctx, u.ID, wanted)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(o.out).Encode(map[string]string{"id": oid.Encode(token.ID), "secret": secret, "prefix": token.Prefix})
	}
	_, err = fmt.Fprintln(o.out, secret)
	return err
}
