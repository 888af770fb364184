// Package command is the gradin command: it reads flags and environment, wires
// the domains together and starts or asks them. Wiring lives here and only here.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"gradin/server/config"
	"gradin/server/errs"
)

// Version is what `gradin version` prints; the build may set it.
var Version = "0.1.0"

type commands struct {
	Serve        serveCommand        `cmd:"" help:"Serve API, pages and jobs."`
	Migrate      migrateCommand      `cmd:"" help:"Bring the store to the newest version."`
	Seed         seedCommand         `cmd:"" help:"Add demo data to an empty store."`
	Check        checkCommand        `cmd:"" help:"Prove the rules over the whole store; ends with status 1 when one is broken."`
	Backup       backupCommand       `cmd:"" help:"Copy a SQLite store and its key, beside a running server too."`
	Restore      restoreCommand      `cmd:"" help:"Put a backup into an empty data folder."`
	Audit        auditCommand        `cmd:"" help:"Verify and export the audit log."`
	Organisation organisationCommand `cmd:"" help:"Make organisations."`
	Catalog      catalogCommand      `cmd:"" help:"Bring in a catalogue."`
	Plan         planCommand         `cmd:"" help:"Import and export seating plans."`
	User         userCommand         `cmd:"" help:"Make and list users."`
	Token        tokenCommand        `cmd:"" help:"Make API tokens."`
	Version      versionCommand      `cmd:"" help:"Print the version."`
}

// outlet is where commands print to.
type outlet struct {
	out, log io.Writer
}

// Run runs the command and gives its exit status: 0, 1 for a failure, 2 for
// arguments that cannot be used.
func Run(args []string, out, log io.Writer) int {
	var c commands
	status := -1
	parser, err := kong.New(&c, kong.Name("gradin"), kong.UsageOnError(), kong.Writers(out, log),
		kong.Description("Gradin distributes tickets through others: sponsors, their guests, and resellers."),
		kong.Exit(func(code int) { status = code }))
	if err != nil {
		fmt.Fprintln(log, "gradin:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if status >= 0 {
		return status
	}
	if err != nil {
		fmt.Fprintf(log, "gradin: %v\nTry: gradin --help\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(outlet{out, log})
	return exit(err, log)
}

// errBroken ends a check that found a broken rule; what it found is printed.
var errBroken = errors.New("a rule is broken")

func exit(err error, log io.Writer) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errBroken):
		return 1
	}
	if refusal, ok := errs.As(err); ok {
		fmt.Fprintln(log, "gradin:", refusal.Message)
		return 1
	}
	fmt.Fprintln(log, "gradin:", err)
	return 1
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(o outlet) error {
	_, err := fmt.Fprintln(o.out, "gradin", Version)
	return err
}

type migrateCommand struct{ config.Store }

// Run brings the store to the newest version.
func (c *migrateCommand) Run(ctx context.Context, o outlet) error {
	store, err := open(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	n, err := store.Migrate(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "applied %d migrations\n", n)
	return err
}
