package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"gradin/ent"
	entvenue "gradin/ent/venue"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/seatmap"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

type planCommand struct {
	Import importPlanCommand `cmd:"" help:"Make a venue's seating plan that of a file in pretix's seating-plan JSON."`
	Export exportPlanCommand `cmd:"" help:"Print a venue's seating plan as pretix's seating-plan JSON."`
}

// ofVenue names a venue.
type ofVenue struct {
	config.Store
	Organisation string `help:"Code of the organisation." required:"" placeholder:"CODE"`
	Venue        string `help:"Code of the venue." required:"" placeholder:"CODE"`
}

// find opens the store and gives the venue, in a context in which a job of its
// organisation acts.
func (c *ofVenue) find(ctx context.Context) (context.Context, *db.DB, *ent.Venue, error) {
	ctx = viewer.With(ctx, viewer.System("plan"))
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return ctx, nil, nil, err
	}
	o, err := organisationOf(ctx, store.Client, c.Organisation)
	if err != nil {
		return ctx, store, nil, err
	}
	v, err := store.Client.Venue.Query().Where(entvenue.OrganisationID(o.ID), entvenue.Code(c.Venue)).Only(ctx)
	if err != nil {
		return ctx, store, nil, named(err, errs.New(errs.NotFound, "There is no venue with the code %s.", c.Venue))
	}
	job := viewer.System("plan")
	job.Organisation = viewer.UUID(o.ID)
	return viewer.With(ctx, job), store, v, nil
}

type importPlanCommand struct {
	ofVenue
	File   string `arg:"" help:"The file." type:"existingfile"`
	DryRun bool   `help:"Only say what would happen."`
}

// Run imports the plan, or tells all that is wrong with it.
func (c *importPlanCommand) Run(ctx context.Context, o outlet) error {
	ctx, store, venue, err := c.find(ctx)
	if store != nil {
		defer store.Close()
	}
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	done, err := seatmap.New(store, ticket.ScopeOf, time.Now).Import(ctx, venue.ID, file, c.DryRun)
	var wrong *seatmap.Problems
	if errors.As(err, &wrong) {
		for _, p := range wrong.List {
			if _, err := fmt.Fprintf(o.log, "%s: %s\n", p.Path, p.Message); err != nil {
				return err
			}
		}
		return wrong.Refusal()
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "%d zones, %d seats: %d added, %d changed, %d removed\n", done.Zones, done.Seats, done.Added, done.Changed, done.Removed)
	return err
}

type exportPlanCommand struct{ ofVenue }

// Run prints the plan.
func (c *exportPlanCommand) Run(ctx context.Context, o outlet) error {
	ctx, store, venue, err := c.find(ctx)
	if store != nil {
		defer store.Close()
	}
	if err != nil {
		return err
	}
	wanted := seatmap.Export{Organisation: venue.OrganisationID, Venue: venue.ID}
	return seatmap.New(store, ticket.ScopeOf, time.Now).Write(ctx, wanted, func(string) io.Writer { return o.out })
}
