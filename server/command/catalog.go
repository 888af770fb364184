package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"gradin/server/catalog"
	"gradin/server/config"
	"gradin/server/viewer"
)

type catalogCommand struct {
	Import importCatalogCommand `cmd:"" help:"Bring a catalogue in from a JSON file: seasons, venues, prices, points of sale, products, sponsors and their tickets."`
}

type importCatalogCommand struct {
	config.Store
	File         string `arg:"" help:"The file; see docs/catalogue.json." type:"existingfile"`
	Organisation string `help:"Code of the organisation." required:"" placeholder:"CODE"`
	JSON         bool   `help:"Print JSON." name:"json"`
}

// Run brings the catalogue in, or tells all that is wrong with it.
func (c *importCatalogCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("command"))
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	organisation, err := organisationOf(ctx, store.Client, c.Organisation)
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	document, err := catalog.Read(file)
	if err != nil {
		return c.refuse(o, err)
	}
	brought, err := catalog.Bring(ctx, store, organisation, document, time.Now())
	if err != nil {
		return c.refuse(o, err)
	}
	if c.JSON {
		return json.NewEncoder(o.out).Encode(brought)
	}
	return printBrought(o, brought)
}

// refuse prints every problem, so that a file is mended in one go.
func (c *importCatalogCommand) refuse(o outlet, err error) error {
	var wrong *catalog.Problems
	if !errors.As(err, &wrong) {
		return err
	}
	if c.JSON {
		if err := json.NewEncoder(o.out).Encode(map[string]any{"problems": wrong.List}); err != nil {
			return err
		}
		return wrong
	}
	for _, p := range wrong.List {
		if _, err := fmt.Fprintf(o.log, "%s: %s\n", p.Path, p.Message); err != nil {
			return err
		}
	}
	return wrong
}

func printBrought(o outlet, b catalog.Brought) error {
	for _, kind := range slices.Sorted(maps.Keys(b.Made)) {
		if _, err := fmt.Fprintf(o.out, "made %d of the kind %s\n", b.Made[kind], kind); err != nil {
			return err
		}
	}
	if len(b.Made) == 0 {
		if _, err := fmt.Fprintln(o.out, "everything is there already"); err != nil {
			return err
		}
	}
	for _, n := range b.Numbers {
		if _, err := fmt.Fprintf(o.out, "%d  %s  %s\n", n.Number, n.Structure, n.Relay); err != nil {
			return err
		}
	}
	return nil
}
