package command

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"gradin/server/account"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/demo"
	"gradin/server/errs"
	"gradin/server/viewer"
)

type seedCommand struct {
	config.Store
	Tickets int `help:"How many tickets in all, up to 1000000; 0 for the standard demo."`
}

// Run adds the demo data to a store that has none.
func (c *seedCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("seed"))
	store, err := migrated(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	begun := time.Now()
	summary, err := demo.Seed(ctx, store, accounts(store, o), demo.Options{Tickets: c.Tickets, Now: time.Now()})
	if err != nil {
		return err
	}
	if err := printDemo(o.out, summary); err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "seeded in %.1f s\n", time.Since(begun).Seconds())
	return err
}

// addDemo adds the demo data unless it is there already.
func addDemo(ctx context.Context, store *db.DB, accounts *account.Service, out io.Writer) error {
	ctx = viewer.With(ctx, viewer.System("seed"))
	summary, err := demo.Seed(ctx, store, accounts, demo.Options{Now: time.Now()})
	if errs.Is(err, errs.Conflict) {
		_, err = fmt.Fprintf(out, "The demo data is there already; its users sign in with the password %q.\n", demo.Password)
		return err
	}
	if err != nil {
		return err
	}
	return printDemo(out, summary)
}

func printDemo(out io.Writer, s demo.Summary) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, u := range s.SignIns {
		if _, err := fmt.Fprintf(table, "  %s\t%s\t%s\n", u.Email, u.Role, u.What); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(out, "Demo sign-ins, all with the password %q:\n", s.Password); err != nil {
		return err
	}
	return table.Flush()
}
