package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	entorganisation "gradin/ent/organisation"
	"gradin/server/audit"
	"gradin/server/config"
	"gradin/server/viewer"
)

type auditCommand struct {
	Verify verifyAuditCommand `cmd:"" help:"Walk the chains of the audit log; ends with status 1 when an entry was altered or is missing."`
	Export exportAuditCommand `cmd:"" help:"Print an organisation's audit log, a line of JSON for each entry, oldest first."`
}

type verifyAuditCommand struct {
	config.Store
	JSON bool `help:"Print JSON." name:"json"`
}

// verified is what is told of an organisation's chain.
type verified struct {
	Organisation string `json:"organisation"`
	Entries      int64  `json:"entries"`
	// Head is the hash of the last sound entry: kept elsewhere, it shows later
	// whether entries were cut off the end.
	Head   string `json:"head"`
	Broken string `json:"broken,omitempty"`
}

// Run walks every organisation's chain, and that of what belongs to none.
func (c *verifyAuditCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("audit"))
	store, err := open(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	organisations, err := store.Client.Organisation.Query().Order(ent.Asc(entorganisation.FieldCode)).All(ctx)
	if err != nil {
		return fmt.Errorf("list organisations: %w", err)
	}
	// Failed sign-ins with unknown addresses belong to no organisation.
	organisations = append(organisations, &ent.Organisation{ID: uuid.Nil, Code: "-"})
	found := make([]verified, len(organisations))
	broken := false
	for i, organisation := range organisations {
		chain, err := audit.Verify(ctx, store, organisation.ID)
		if err != nil && !errors.Is(err, audit.ErrBroken) {
			return err
		}
		found[i] = verified{Organisation: organisation.Code, Entries: chain.Entries, Head: chain.Head}
		if err != nil {
			broken, found[i].Broken = true, err.Error()
		}
	}
	if err := c.print(o, found); err != nil {
		return err
	}
	if broken {
		return errBroken
	}
	return nil
}

func (c *verifyAuditCommand) print(o outlet, found []verified) error {
	if c.JSON {
		return json.NewEncoder(o.out).Encode(found)
	}
	for _, f := range found {
		line := fmt.Sprintf("ok      %-20s %d entries, head %s", f.Organisation, f.Entries, f.Head)
		if f.Broken != "" {
			line = fmt.Sprintf("BROKEN  %-20s after %d entries: %s", f.Organisation, f.Entries, f.Broken)
		}
		if _, err := fmt.Fprintln(o.out, line); err != nil {
			return err
		}
	}
	return nil
}

type exportAuditCommand struct {
	config.Store
	Organisation string     `help:"Code of the organisation." required:""`
	Verb         string     `help:"Only entries whose verb begins with this, such as account."`
	From         *time.Time `help:"Only entries of this time or later, such as 2026-11-01T00:00:00Z."`
	To           *time.Time `help:"Only entries before this time."`
}

// Run prints the entries.
func (c *exportAuditCommand) Run(ctx context.Context, o outlet) error {
	ctx = viewer.With(ctx, viewer.System("audit"))
	store, err := open(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	organisation, err := organisationOf(ctx, store.Client, c.Organisation)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(o.out)
	return audit.Export(ctx, store, organisation.ID, audit.Filter{Verb: c.Verb, From: c.From, To: c.To}, func(w audit.Written) error {
		return lines.Encode(w)
	})
}
