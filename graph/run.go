package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/graph/model"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/term"
)

func (r *Resolver) importFile(ctx context.Context, in model.ImportTicketHoldersInput, confirmed bool) (*model.ImportTicketHoldersPayload, error) {
	e, err := r.Distribution.Import(ctx, distribution.File{
		Name: in.File.Filename, Content: in.File.File, Policy: valueOr(in.Policy, term.RunPolicyIgnoreFailed),
		Sponsor: idOr(in.SponsorID), Confirmed: confirmed,
	})
	problems, err := refused(ctx, err)
	return &model.ImportTicketHoldersPayload{Execution: maybe(e, executionOf), UserErrors: problems}, err
}

func (r *Resolver) distribute(ctx context.Context, in model.DistributeInput, confirmed bool) (*model.DistributePayload, error) {
	wishes := make([]distribution.Wish, len(in.Moves))
	for i, m := range in.Moves {
		wishes[i] = distribution.Wish{Ticket: m.TicketID, Email: m.Email, First: valueOr(m.FirstName, ""), Last: valueOr(m.LastName, ""), Fields: fieldsOf(m.Fields)}
	}
	e, err := r.Distribution.Distribute(ctx, distribution.List{
		Wishes: wishes, Policy: valueOr(in.Policy, term.RunPolicyIgnoreFailed), Sponsor: idOr(in.SponsorID),
		Confirmed: confirmed,
	})
	problems, err := refused(ctx, err)
	return &model.DistributePayload{Execution: maybe(e, executionOf), UserErrors: problems}, err
}

func fieldsOf(all []*model.GuestFieldInput) distribution.Fields {
	fields := distribution.Fields{}
	for _, f := range all {
		fields[f.Field] = f.Value
	}
	return fields
}

func (r *Resolver) reclaim(ctx context.Context, in model.ReclaimInput, confirmed bool) (*model.ReclaimPayload, error) {
	wanted := distribution.TakeBack{
		Tickets: in.TicketIds, Expected: valueOr(in.ExpectedCount, 0), Reason: valueOr(in.Reason, ""),
		Policy: valueOr(in.Policy, term.RunPolicyIgnoreFailed), Sponsor: idOr(in.SponsorID), Confirmed: confirmed,
	}
	if in.Filter != nil {
		filter := filterOf(in.Filter)
		wanted.Filter = &filter
	}
	e, err := r.Distribution.Reclaim(ctx, wanted)
	problems, err := refused(ctx, err)
	return &model.ReclaimPayload{Execution: maybe(e, executionOf), UserErrors: problems}, err
}

func (r *Resolver) undo(ctx context.Context, in model.UndoInput, confirmed bool) (*model.UndoPayload, error) {
	e, err := r.Distribution.Undo(ctx, distribution.Undoing{Execution: in.ExecutionID, Reason: valueOr(in.Reason, ""), Confirmed: confirmed})
	problems, err := refused(ctx, err)
	return &model.UndoPayload{Execution: maybe(e, executionOf), UserErrors: problems}, err
}

func (r *Resolver) executionCounts(ctx context.Context, e *ent.Execution) (*model.ExecutionCounts, error) {
	sent, failed, err := r.Distribution.MailCounts(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	created, err := r.Distribution.CreatedGuests(ctx, e)
	return &model.ExecutionCounts{
		Rows: e.Rows, Distributed: e.Distributed, Redistributed: e.Redistributed, TakenBack: e.TakenBack,
		Unchanged: e.Unchanged, Refused: e.Refused, ContactsCreated: created, Mails: e.Mails, Notices: e.Notices,
		MailsSent: sent, MailsFailed: failed, Waiting: e.Waiting,
	}, err
}

// downloads signs the addresses of an execution's files for the viewer.
func (r *Resolver) downloads(ctx context.Context, e *ent.Execution) (*model.ExecutionDownloads, error) {
	m := &model.ExecutionDownloads{}
	if e.StoredFileID == nil {
		return m, nil
	}
	type wanted struct {
		kind distribution.DownloadKind
		into **string
	}
	files := []wanted{{distribution.DownloadOriginal, &m.Original}}
	if e.ProblemKey == "" && e.State != term.ExecutionStatePlanning {
		files = append(files, wanted{distribution.DownloadResult, &m.Result})
		if e.PlanRefused+e.Refused > 0 {
			files = append(files, wanted{distribution.DownloadRefused, &m.Refused})
		}
	}
	for _, f := range files {
		address, err := distribution.Download{Kind: f.kind, Execution: e.ID, Language: languageOf(ctx), User: userIDOf(ctx)}.Address(r.LinkKey, r.Now())
		if err != nil {
			return nil, err
		}
		*f.into = &address
	}
	return m, nil
}

// watchEvery is how often a watcher looks for new events. The events are in the
// database, so that any process of a deployment can be watched through any other.
const watchEvery = 250 * time.Millisecond

// watch sends the execution after each event, from the one after the number
// given; it ends when the execution has ended (API-6).
func (r *Resolver) watch(ctx context.Context, id uuid.UUID, after int64) (<-chan *model.ExecutionEvent, error) {
	if _, err := r.Store.Client.Execution.Get(ctx, id); err != nil {
		if hidden(err) == nil {
			return nil, errs.Missing("execution")
		}
		return nil, err
	}
	events := make(chan *model.ExecutionEvent)
	go func() {
		defer close(events)
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for r.send(ctx, id, &after, events) {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return events, nil
}

// send sends what has happened since, and says whether more may happen. Of
// several events only the last is sent: each carries the execution as it is now.
func (r *Resolver) send(ctx context.Context, id uuid.UUID, after *int64, events chan<- *model.ExecutionEvent) bool {
	e, err := r.Store.Client.Execution.Get(ctx, id)
	if err != nil {
		return false
	}
	happened, err := execution.After(ctx, r.Store, id, *after)
	if err != nil {
		return false
	}
	if n := len(happened); n > 0 {
		last := happened[n-1]
		select {
		case events <- &model.ExecutionEvent{Sequence: last.Sequence, At: last.At, Execution: executionOf(e)}:
			*after = last.Sequence
		case <-ctx.Done():
			return false
		}
	}
	return e.EndedAt == nil || *after < e.Sequence
}

func (r *Resolver) remind(ctx context.Context, in model.RemindGuestsInput) (*model.RemindGuestsPayload, error) {
	wanted := distribution.Reminding{Tickets: in.TicketIds, Expected: valueOr(in.ExpectedCount, 0), Sponsor: idOr(in.SponsorID)}
	if in.Filter != nil {
		filter := filterOf(in.Filter)
		wanted.Filter = &filter
	}
	done, err := r.Distribution.Remind(ctx, wanted)
	problems, err := refused(ctx, err)
	if err != nil || len(problems) > 0 {
		return &model.RemindGuestsPayload{UserErrors: problems}, err
	}
	return &model.RemindGuestsPayload{
		Reminder: &model.Reminder{ID: done.ID, Tickets: done.Tickets, Mails: done.Mails, Spared: done.Spared}, UserErrors: problems,
	}, nil
}

func (r *Resolver) correct(ctx context.Context, in model.CorrectAddressInput, confirmed bool) (*model.CorrectAddressPayload, error) {
	e, err := r.Distribution.CorrectAddress(ctx, distribution.Correction{
		Ticket: in.TicketID, Email: in.Email, All: in.All, Sponsor: idOr(in.SponsorID), Confirmed: confirmed,
	})
	problems, err := refused(ctx, err)
	return &model.CorrectAddressPayload{Execution: maybe(e, executionOf), UserErrors: problems}, err
}
