package graph

import (
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/graph/model"
	"gradin/server/account"
	"gradin/server/catalog"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

func ticketOf(r *ticket.Row, answers *distribution.Answers) *model.Ticket {
	t := &model.Ticket{
		ID: r.ID, Number: r.Number, FileNumber: &r.FileNumber, Answers: answers,
		Product: productOf(r.Product, r.Family, r.Season, r.SeasonStartsAt, r.SeasonEndsAt),
		Tariff:  &model.Tariff{ID: r.Tariff.ID, Code: r.Tariff.Code, Name: r.Tariff.Name},
		Price:   &model.Money{Amount: r.Price, Currency: r.Currency},
		Place:   &model.Place{Entrance: text(r.Entrance), Area: text(r.Area), Row: text(r.SeatRow), Seat: text(r.Seat)},
		Item:    text(r.Item), Quantity: r.Quantity, State: r.State, Location: r.Location,
		Owner:         &model.Contact{ID: r.Owner.ID, Number: r.OwnerNumber, Name: r.Owner.Name, Kind: term.ContactKindStructure},
		DistributedAt: r.DistributedAt, InjectedAt: r.InjectedAt, DownloadedAt: r.DownloadedAt, ControlledAt: r.ControlledAt,
		PassedOn: r.TransferredDepth > 0,
	}
	if r.Performance.ID != uuid.Nil {
		t.Performance = performanceOf(r.Performance, r.StartsAt, r.DurationMinutes, r.Venue, r.TimeZone)
	}
	if r.SeatCategory.ID != uuid.Nil {
		t.SeatCategory = &model.SeatCategory{ID: r.SeatCategory.ID, Code: r.SeatCategory.Code, Name: r.SeatCategory.Name}
	}
	if r.Contingent.ID != uuid.Nil {
		t.Contingent = &model.Contingent{ID: r.Contingent.ID, Code: r.Contingent.Code, Name: r.Contingent.Name}
	}
	if r.HolderID != uuid.Nil {
		t.Holder = &model.Holder{Email: r.HolderEmail, FirstName: r.HolderFirst, LastName: r.HolderLast}
	}
	t.EndedAt = r.EndedAt
	if r.Replaces != uuid.Nil {
		t.Replaces = &r.Replaces
	}
	if r.ReplacedBy != uuid.Nil {
		t.ReplacedBy = &r.ReplacedBy
	}
	return t
}

func productOf(p ticket.Ref, family term.ProductFamily, s ticket.Ref, starts, ends time.Time) *model.Product {
	return &model.Product{
		ID: p.ID, Code: p.Code, Name: p.Name, Family: family,
		Season: &model.Season{ID: s.ID, Code: s.Code, Name: s.Name, StartsAt: starts, EndsAt: ends},
	}
}

func performanceOf(p ticket.Ref, starts *time.Time, duration *int, venue, zone string) *model.Performance {
	return &model.Performance{
		ID: p.ID, Code: p.Code, Name: p.Name, StartsAt: *starts, DurationMinutes: duration, VenueName: text(venue), TimeZone: zone,
	}
}

func countsOf(c ticket.Counts) *model.TicketCounts {
	return &model.TicketCounts{
		Allocated: c.Allocated, Remaining: c.Remaining, InCart: c.InCart, Distributed: c.Distributed, Downloaded: c.Downloaded,
		Controlled: c.Controlled, TakeBackPossible: c.TakeBackPossible, NotFetched: c.NotFetched,
	}
}

func contactOf(c *ent.Contact) *model.Contact {
	return &model.Contact{ID: c.ID, Number: c.Number, Kind: c.Kind, Name: c.Name}
}

func userOf(u *ent.User) *model.User {
	return &model.User{ID: u.ID, Email: u.Email, Name: u.Name, Role: u.Role, Language: u.Language}
}

func tokenOf(t *ent.APIToken) *model.APIToken {
	scopes := make([]term.TokenScope, len(t.Scopes))
	for i, s := range t.Scopes {
		scopes[i] = term.TokenScope(s)
	}
	return &model.APIToken{
		ID: t.ID, Name: t.Name, Prefix: t.Prefix, Scopes: scopes, CreatedAt: t.CreatedAt,
		ExpiresAt: t.ExpiresAt, LastUsedAt: t.LastUsedAt, RevokedAt: t.RevokedAt,
	}
}

func viewOf(v *ent.SavedView) *model.SavedView {
	return &model.SavedView{ID: v.ID, Name: v.Name, Path: v.Path, Query: v.Query, IsDefault: v.IsDefault, CreatedAt: v.CreatedAt}
}

func viewWanted(in model.SaveViewInput) account.View {
	w := account.View{Name: in.Name, Path: in.Path, Query: in.Query, Default: in.IsDefault}
	if in.ID != nil {
		w.ID = *in.ID
	}
	return w
}

func pointOfSaleOf(p *ent.PointOfSale) *model.PointOfSale {
	return &model.PointOfSale{
		ID: p.ID, Code: p.Code, Name: p.Name, Active: p.Active, Language: p.Language, ImportTicketDetails: p.ImportTicketDetails,
		AdvancedView: p.AdvancedView, Cart: p.Cart, PassOn: p.PassOn, PassOnHours: p.PassOnHours, RemindHours: append([]int{}, p.RemindHours...), AllowTakeBackInjected: p.AllowTakeBackInjected,
		TakeBackDownloaded: p.TakeBackDownloaded, TakeBackTransferred: p.TakeBackTransferred,
		TakeBackShipmentMode: p.TakeBackShipmentMode, TellTakenBack: p.TellTakenBack,
	}
}

func executionOf(e *ent.Execution) *model.Execution {
	m := &model.Execution{
		Row: e, ID: e.ID, Number: e.Number, Function: e.Function, State: e.State, Result: e.Result, Trigger: e.Trigger,
		Policy: e.Policy, UserName: e.UserName, FileName: text(e.FileName), FileSha256: text(e.FileSha256),
		CreatedAt: e.CreatedAt, StartedAt: e.StartedAt, EndedAt: e.EndedAt,
		Totals: &model.PlanTotals{
			Distribute: e.PlanDistribute, Redistribute: e.PlanRedistribute, TakeBack: e.PlanTakeBack,
			Unchanged: e.PlanUnchanged, Refused: e.PlanRefused, Mails: e.PlanMails, Notices: e.PlanNotices, Approvals: e.PlanApprovals,
		},
		Decision: decisionOf(e),
		Reason:   text(e.Reason),
		Progress: &model.Progress{Done: e.RowsDone, Total: e.Rows, Sequence: e.Sequence},
	}
	if e.FileName != "" {
		m.FileSize = &e.FileSize
	}
	return m
}

func rowOf(language term.Language) func(distribution.RowView) *model.ExecutionRow {
	return func(v distribution.RowView) *model.ExecutionRow {
		row := &model.ExecutionRow{
			RowNumber: v.Number, TicketReference: v.Reference, TicketID: v.Ticket, TicketLabel: text(v.Label), Email: v.Email,
			FirstName: v.First, LastName: v.Last, Outcome: v.Outcome, Applied: v.Applied, Warnings: []*model.RowProblem{},
			FromEmail: text(v.FromEmail), FromName: text(v.FromName),
		}
		if v.Removal != "" {
			row.Removal = &v.Removal
		}
		if v.Problem != nil {
			row.Problem = problemOf(*v.Problem, language)
		}
		for _, w := range v.Warnings {
			row.Warnings = append(row.Warnings, problemOf(w, language))
		}
		return row
	}
}

func problemOf(p distribution.Problem, language term.Language) *model.RowProblem {
	return &model.RowProblem{
		Code: p.Code, Message: p.Sentence(language), Column: text(p.Column), ColumnLetter: text(p.Letter), Value: text(p.Value),
	}
}

func mailOf(m *ent.Mail, number *int64) *model.Mail {
	return &model.Mail{
		Row: m, ID: m.ID, To: m.Address, Class: m.Class, State: m.State, Language: m.Language, CreatedAt: m.CreatedAt,
		SentAt: m.SentAt, NextAttemptAt: m.NextAttemptAt, Attempts: m.Attempts, ServerAnswer: text(m.ServerAnswer), ExecutionNumber: number,
	}
}

// permissionsOf says what may be done with an execution by somebody who sees it
// and may distribute.
func permissionsOf(v viewer.Viewer, e *ent.Execution, may bool) *model.ExecutionPermissions {
	return &model.ExecutionPermissions{
		Approve: may && !v.ReadOnly && execution.Decidable(v, e),
		Apply:   may && e.State == term.ExecutionStatePlanned && e.PlanDistribute+e.PlanRedistribute+e.PlanTakeBack > 0,
		Cancel:  may && e.EndedAt == nil,
		Retry:   may && execution.Retryable(e),
		Undo:    may && distribution.Undoable(e),

		CancelRemovals: may && distribution.CancellableRemovals(v, e),
	}
}

// text is a text, or null for none.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func idOr(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func valueOr[T any](v *T, otherwise T) T {
	if v == nil {
		return otherwise
	}
	return *v
}

func parametersOf(in model.UpdatePointOfSaleInput) catalog.Parameters {
	return catalog.Parameters{
		Active: in.Active, Language: in.Language, ImportTicketDetails: in.ImportTicketDetails, AdvancedView: in.AdvancedView,
		Cart: in.Cart, PassOn: in.PassOn, PassOnHours: in.PassOnHours, RemindHours: in.RemindHours, AllowTakeBackInjected: in.AllowTakeBackInjected, TakeBackDownloaded: in.TakeBackDownloaded,
		TakeBackTransferred: in.TakeBackTransferred, TakeBackShipmentMode: in.TakeBackShipmentMode, TellTakenBack: in.TellTakenBack,
	}
}
