package distribution

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/reclaim"
	"gradin/server/spreadsheet"
	"gradin/server/storedfile"
	"gradin/server/term"
	"gradin/server/ticket"
)

// File is a filled-in workbook somebody sends.
type File struct {
	Name    string
	Content io.Reader
	Policy  term.RunPolicy
	Sponsor uuid.UUID
	// Confirmed carries the plan out without a preview.
	Confirmed bool
}

// Import stores the file and begins the execution that reads it (IM-1, IM-2).
// A point of sale without the parameter refuses (IM-5).
func (s *Service) Import(ctx context.Context, f File) (*ent.Execution, error) {
	from, err := s.admit(ctx, f.Sponsor)
	if err != nil {
		return nil, err
	}
	if from.pointOfSale == nil || !from.pointOfSale.ImportTicketDetails {
		return nil, errs.New(errs.Forbidden, "Your point of sale does not offer the import. Ask the organiser to switch on \"Import ticket details\".")
	}
	stored, err := storedfile.Save(ctx, s.store, from.organisation, f.Name, f.Content, s.now())
	if err != nil {
		return nil, err
	}
	order := execution.Order{
		ID:       oid.New(oid.Execution),
		Function: term.ExecutionFunctionTicketHoldersImport, Trigger: from.trigger, Policy: f.Policy,
		Organisation: from.organisation, Sponsor: from.party, Channel: from.channelID(), PointOfSale: from.pointOfSaleID(),
		Contact: from.contact, StoredFile: stored, Confirmed: f.Confirmed,
	}
	var begun *ent.Execution
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if begun, err = s.runs.Begin(ctx, tx, order); err != nil {
			return err
		}
		if begun.ID != order.ID {
			return storedfile.Drop(ctx, tx, stored.ID)
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: from.organisation, Verb: "distribution.import", Object: begun.ID,
			Detail: map[string]any{"number": begun.Number, "sha256": stored.Sha256, "sponsor": oid.Encode(from.party)},
		})
	})
	if err != nil {
		return nil, errors.Join(err, storedfile.Drop(ctx, s.store, stored.ID))
	}
	s.runs.Wake()
	return begun, nil
}

// importer is the function "Ticket holders import batch" (IM-2, ImTikDis).
type importer struct{ *Service }

// Plan reads the file and stores a decided row for each of its rows. It starts
// from nothing when a process died in it.
func (i importer) Plan(ctx context.Context, run *execution.Run) error {
	if run.StoredFileID == nil {
		return errNoFile
	}
	file, err := i.store.Client.StoredFile.Get(ctx, *run.StoredFileID)
	if err != nil {
		return fmt.Errorf("read the stored file: %w", err)
	}
	st, err := i.stager(ctx, run)
	if err != nil {
		return err
	}
	if err := i.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		return i.forget(ctx, tx, run.Execution)
	}); err != nil {
		return err
	}
	source := spreadsheet.Source{
		File: storedfile.Open(ctx, i.store, file), Size: file.Size, Name: file.Name, Sheet: Sheet,
	}
	if err := readMoves(ctx, source, st); err != nil {
		return err
	}
	if err := st.flush(ctx); err != nil {
		return err
	}
	return i.noteSeason(ctx, run)
}

// noteSeason notes the season of a run whose tickets are all of one (IM-2).
func (s *Service) noteSeason(ctx context.Context, run *execution.Run) error {
	const seasons = `SELECT DISTINCT p.season_id FROM execution_rows x JOIN tickets t ON t.id = x.ticket_id
		JOIN products p ON p.id = t.product_id WHERE x.execution_id = $1::uuid`
	_, err := s.store.Exec(ctx, `UPDATE executions SET season_id = (`+seasons+` LIMIT 1)
		WHERE id = $1::uuid AND (SELECT count(*) FROM (`+seasons+`) AS s) = 1`, run.ID)
	if err != nil {
		return fmt.Errorf("note the season: %w", err)
	}
	return nil
}

// Apply carries the plan out.
func (i importer) Apply(ctx context.Context, run *execution.Run) error { return i.apply(ctx, run) }

func (s *Service) stager(ctx context.Context, run *execution.Run) (*stager, error) {
	rules, err := s.rules(ctx, run.Execution)
	if err != nil {
		return nil, err
	}
	return &stager{
		service: s, run: run.Execution, planner: NewPlanner(rules), hold: run.Hold, event: run.Event,
		scope: ticket.Scope{
			Organisation: run.OrganisationID, Party: party(run.Execution),
			// An operator who wrote down why acts for the house, not for a sponsor (TB-6).
			Everything: run.SponsorID == nil && rules.TakeBack.Actor == reclaim.Operator,
		},
		mails: map[uuid.UUID]bool{},
	}, nil
}

func party(run *ent.Execution) uuid.UUID {
	if run.SponsorID == nil {
		return uuid.Nil
	}
	return *run.SponsorID
}
