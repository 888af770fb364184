package command

import (
	"context"
	"encoding/json"
	"fmt"

	"gradin/server/check"
	"gradin/server/config"
)

type checkCommand struct {
	config.Store
	JSON bool `help:"Print JSON." name:"json"`
}

// Run proves the rules and prints what it found.
func (c *checkCommand) Run(ctx context.Context, o outlet) error {
	store, err := open(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	findings, err := check.All(ctx, store)
	if err != nil {
		return err
	}
	broken := 0
	for _, f := range findings {
		if f.Broken > 0 {
			broken++
		}
	}
	if c.JSON {
		err = json.NewEncoder(o.out).Encode(findings)
	} else {
		err = printFindings(o, findings)
	}
	if err == nil && broken > 0 {
		err = errBroken
	}
	return err
}

func printFindings(o outlet, findings []check.Finding) error {
	for _, f := range findings {
		line := fmt.Sprintf("ok      %-5s %s", f.Rule, f.What)
		if f.Broken > 0 {
			line = fmt.Sprintf("BROKEN  %-5s %s: %d times, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
		if _, err := fmt.Fprintln(o.out, line); err != nil {
			return err
		}
	}
	return nil
}
