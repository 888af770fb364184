package command

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gradin/server/catalog"
	"gradin/server/config"
	"gradin/server/oid"
	"gradin/server/viewer"
)

type organisationCommand struct {
	Create createOrganisationCommand `cmd:"" help:"Make an organisation; its institution too when there is none with that code."`
}

type createOrganisationCommand struct {
	config.Store
	Institution string `help:"Code of the institution it belongs to, 12 characters at most." required:"" placeholder:"CODE"`
	Code        string `help:"Its own code, in capitals; unique in the deployment." required:""`
	Name        string `help:"Name shown to people." required:""`
	TimeZone    string `help:"Zone of its times, such as Europe/Paris." required:"" placeholder:"ZONE"`
	Currency    string `help:"Currency of its prices, such as EUR." required:"" placeholder:"CODE"`
	JSON        bool   `help:"Print JSON." name:"json"`
}

// Run makes the organisation.
func (c *createOrganisationCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("command"))
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	made, err := catalog.CreateOrganisation(ctx, store, catalog.NewOrganisation{
		Institution: c.Institution, Code: c.Code, Name: c.Name, TimeZone: c.TimeZone, Currency: c.Currency,
	}, time.Now())
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(o.out).Encode(map[string]string{"id": oid.Encode(made.ID), "code": made.Code, "name": made.Name})
	}
	_, err = fmt.Fprintf(o.out, "made organisation %s (%s), id %s\n", made.Code, made.Name, oid.Encode(made.ID))
	return err
}
