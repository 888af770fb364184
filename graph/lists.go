package graph

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"gradin/ent"
	entcontact "gradin/ent/contact"
	entexecution "gradin/ent/execution"
	"gradin/ent/predicate"
	"gradin/graph/model"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/ticket"
)

func (r *Resolver) tickets(ctx context.Context, f *model.TicketFilter, by *model.TicketOrder, first *int, after *string, last *int, before *string) (*model.TicketConnection, error) {
	order := ticket.Order(valueOr(by, model.TicketOrderPlace))
	w, err := windowOf("ticket."+string(order), first, after, last, before)
	if err != nil {
		return nil, err
	}
	return r.ticketPage(ctx, order, w, f, ticket.Parts(ticketList.Needs(ctx)))
}

func (r *Resolver) ticketPage(ctx context.Context, order ticket.Order, w window, f *model.TicketFilter, parts ticket.Parts) (*model.TicketConnection, error) {
	scope, err := r.Distribution.Sight(ctx, idOr(sponsorOf(f)))
	if err != nil {
		return nil, err
	}
	filter := filterOf(f)
	if err := filter.Validate(); err != nil {
		return nil, err
	}
	rows, err := ticket.List(ctx, r.Store, scope, filter, ticket.Page{
		Order: order, Limit: w.limit + 1, Backward: w.backward, Begun: w.begun, Key: w.at.Key, ID: w.at.ID, Number: w.at.Number,
		Parts: parts,
	})
	if err != nil {
		return nil, err
	}
	at := func(t *ticket.Row) mark {
		return mark{Order: "ticket." + string(order), Key: t.PlaceKey, ID: t.ID, Number: t.Number}
	}
	rows, info := cut(w, rows, func(t ticket.Row) mark { return at(&t) })
	return &model.TicketConnection{
		Rows: rows, PageInfo: info, Ticket: r.together(rows),
		Cursor: func(b []byte, t *ticket.Row) []byte { return at(t).append(b) },
		Total:  func(ctx context.Context) (int, error) { return ticket.Count(ctx, r.Store, scope, filter) },
	}, nil
}

// together makes tickets of rows that are shown together.
func (r *Resolver) together(rows []ticket.Row) func(*ticket.Row) *model.Ticket {
	ids := make([]uuid.UUID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	answers := r.Distribution.Answers(ids...)
	return func(row *ticket.Row) *model.Ticket { return ticketOf(row, answers) }
}

func sponsorOf(f *model.TicketFilter) *uuid.UUID {
	if f == nil {
		return nil
	}
	return f.SponsorID
}

func (r *Resolver) history(ctx context.Context, id uuid.UUID) ([]*model.TicketHistoryEntry, error) {
	scope, err := r.Distribution.Sight(ctx, uuid.Nil)
	if err != nil {
		return nil, err
	}
	all, err := ticket.History(ctx, r.Store, scope, id)
	return each(all, func(h ticket.Happening) *model.TicketHistoryEntry {
		entry := &model.TicketHistoryEntry{
			At: h.At, Event: h.Event, Via: h.Via, From: text(h.From), To: text(h.To), Actor: text(h.Actor),
		}
		if h.ExecutionNumber != 0 {
			entry.ExecutionNumber = &h.ExecutionNumber
		}
		return entry
	}), err
}

// possibility asks the plan's own rule, so that a button and the plan agree (DI-1).
func possibility(ctx context.Context, id uuid.UUID, ask func(context.Context, uuid.UUID) (*distribution.Problem, error)) (*model.Possibility, error) {
	answer, err := ask(ctx, id)
	if err != nil || answer == nil {
		return &model.Possibility{Allowed: err == nil}, err
	}
	if answer.Code == term.ReasonCodeNeedsApproval {
		return &model.Possibility{Allowed: true, NeedsApproval: true}, nil
	}
	sentence := answer.Sentence(languageOf(ctx))
	return &model.Possibility{Reason: &answer.Code, Message: &sentence, Setting: text(answer.Setting)}, nil
}

// execution reads a run within the viewer's reach; nil for none.
func (r *Resolver) execution(ctx context.Context, id uuid.UUID) (*model.Execution, error) {
	if id == uuid.Nil {
		return nil, nil //nolint:nilnil // most runs undo nothing
	}
	e, err := r.Store.Client.Execution.Get(ctx, id)
	return maybe(e, executionOf), hidden(err)
}

// undoneBy reads the newest run that undoes a run; plans thrown away do not count.
func (r *Resolver) undoneBy(ctx context.Context, id uuid.UUID) (*model.Execution, error) {
	e, err := r.Store.Client.Execution.Query().Where(
		entexecution.UndoesID(id),
		entexecution.Not(entexecution.And(entexecution.StateEQ(term.ExecutionStateCancelled), entexecution.StartedAtIsNil())),
	).Order(ent.Desc(entexecution.FieldNumber)).First(ctx)
	return maybe(e, executionOf), hidden(err)
}

func (r *Resolver) sponsors(ctx context.Context, search string, first *int, after *string, last *int, before *string) (*model.ContactConnection, error) {
	w, err := windowOf("contact.name", first, after, last, before)
	if err != nil {
		return nil, err
	}
	where := []predicate.Contact{entcontact.KindEQ(term.ContactKindStructure)}
	if search != "" {
		where = append(where, entcontact.NameHasPrefix(search))
	}
	rows, err := keyset(ctx, w, r.Store.Client.Contact.Query().Where(where...), entcontact.FieldName, w.at.Key, w.at.ID)
	if err != nil {
		return nil, err
	}
	at := func(c *ent.Contact) mark { return mark{Order: "contact.name", Key: c.Name, ID: c.ID} }
	return pageOf(w, rows, at, contactOf, func(ctx context.Context) (int, error) {
		return r.Store.Client.Contact.Query().Where(where...).Count(ctx)
	}), nil
}

func (r *Resolver) executions(ctx context.Context, states []term.ExecutionState, sponsor *uuid.UUID, first *int, after *string, last *int, before *string) (*model.ExecutionConnection, error) {
	w, err := windowOf("execution.newest", first, after, last, before)
	if err != nil {
		return nil, err
	}
	var where []predicate.Execution
	if len(states) > 0 {
		where = append(where, entexecution.StateIn(states...))
	}
	if sponsor != nil {
		where = append(where, entexecution.SponsorID(*sponsor))
	}
	rows, err := newest(ctx, w, r.Store.Client.Execution.Query().Where(where...), entexecution.FieldNumber, w.at.Number, w.at.ID)
	if err != nil {
		return nil, err
	}
	at := func(e *ent.Execution) mark { return mark{Order: "execution.newest", Number: e.Number, ID: e.ID} }
	return pageOf(w, rows, at, executionOf, func(ctx context.Context) (int, error) {
		return r.Store.Client.Execution.Query().Where(where...).Count(ctx)
	}), nil
}

func (r *Resolver) rows(ctx context.Context, id uuid.UUID, f distribution.RowFilter, first *int, after *string) (*model.ExecutionRowConnection, error) {
	w, err := windowOf("row", first, after, nil, nil)
	if err != nil {
		return nil, err
	}
	f.After, f.Limit = int(w.at.Number), w.limit+1
	rows, err := distribution.Rows(ctx, r.Store, id, f)
	if err != nil {
		return nil, err
	}
	at := func(v distribution.RowView) mark { return mark{Order: "row", Number: int64(v.Number)} }
	return pageOf(w, rows, at, rowOf(languageOf(ctx)), func(ctx context.Context) (int, error) {
		return distribution.CountRows(ctx, r.Store, id, f)
	}), nil
}

// entQuery is what the generated queries have in common, as far as paging goes.
type entQuery[Q any, P, O ~func(*sql.Selector), E any] interface {
	Where(...P) Q
	Order(...O) Q
	Limit(int) Q
	All(context.Context) ([]*E, error)
}

// keyset reads a window of a list that rises by a column and the id: the key is
// compared as a row, so that each page costs the same (API-1). It never counts.
func keyset[Q entQuery[Q, P, O, E], P, O ~func(*sql.Selector), E any](ctx context.Context, w window, q Q, column string, key any, id uuid.UUID) ([]*E, error) {
	return slice[Q, P, O, E](ctx, w, q, column, key, id, !w.backward)
}

// newest reads a window of a list that falls by a column and the id.
func newest[Q entQuery[Q, P, O, E], P, O ~func(*sql.Selector), E any](ctx context.Context, w window, q Q, column string, key any, id uuid.UUID) ([]*E, error) {
	return slice[Q, P, O, E](ctx, w, q, column, key, id, w.backward)
}

func slice[Q entQuery[Q, P, O, E], P, O ~func(*sql.Selector), E any](ctx context.Context, w window, q Q, column string, key any, id uuid.UUID, rising bool) ([]*E, error) {
	if w.begun {
		compare := sql.CompositeLT
		if rising {
			compare = sql.CompositeGT
		}
		q = q.Where(func(s *sql.Selector) { s.Where(compare([]string{s.C(column), s.C("id")}, key, id)) })
	}
	q = q.Order(func(s *sql.Selector) {
		if rising {
			s.OrderBy(s.C(column), s.C("id"))
		} else {
			s.OrderBy(sql.Desc(s.C(column)), sql.Desc(s.C("id")))
		}
	})
	rows, err := q.Limit(w.limit + 1).All(ctx)
	if err != nil {
		return nil, err
	}
	if w.backward {
		for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
			rows[i], rows[j] = rows[j], rows[i]
		}
	}
	return rows, nil
}

func each[A, B any](all []A, convert func(A) *B) []*B {
	list := make([]*B, len(all))
	for i, a := range all {
		list[i] = convert(a)
	}
	return list
}

func maybe[A, B any](a *A, convert func(*A) *B) *B {
	if a == nil {
		return nil
	}
	return convert(a)
}

func (r *Resolver) dashboard(ctx context.Context, product uuid.UUID, f *model.TicketFilter) (*model.TicketingDashboard, error) {
	scope, err := r.Distribution.Sight(ctx, idOr(sponsorOf(f)))
	if err != nil {
		return nil, err
	}
	filter := filterOf(f)
	filter.Product = product
	if err := filter.Validate(); err != nil {
		return nil, err
	}
	held, err := ticket.ByProduct(ctx, r.Store, scope, ticket.Filter{Product: product}, r.Now())
	if err != nil || len(held) == 0 {
		return nil, err
	}
	groups, err := ticket.ByKind(ctx, r.Store, scope, filter)
	if err != nil {
		return nil, err
	}
	d := &model.TicketingDashboard{Scope: scope, Filter: filter, Groups: groups, Product: heldOf(held[0]).Product}
	var sum ticket.Counts
	for _, g := range groups {
		sum = sum.Add(g.Counts)
	}
	d.Counts = countsOf(sum)
	return d, nil
}

// groupsOf pages the performances of a dashboard, which one grouped query has
// counted. The cursor is a performance's place among them by start and id.
func groupsOf(d *model.TicketingDashboard, first *int, after *string) (*model.DashboardGroupConnection, error) {
	w, err := windowOf("group", first, after, nil, nil)
	if err != nil {
		return nil, err
	}
	rest := d.Groups
	if w.begun {
		at := -1
		for i, g := range rest {
			if g.Performance.ID == w.at.ID {
				at = i
			}
		}
		if at < 0 {
			return nil, errs.New(errs.Invalid, "This list has changed. Load it again from its beginning.").At("after")
		}
		rest = rest[at+1:]
	}
	rest = rest[:min(len(rest), w.limit+1)]
	return pageOf(w, rest, func(g ticket.Group) mark { return mark{Order: "group", ID: g.Performance.ID} }, groupOf,
		func(context.Context) (int, error) { return len(d.Groups), nil }), nil
}

func groupOf(g ticket.Group) *model.DashboardGroup {
	m := &model.DashboardGroup{HasSeatMap: g.HasMap, Counts: countsOf(g.Counts), Types: each(g.Kinds, kindOf)}
	if g.Performance.ID != uuid.Nil {
		m.Performance = performanceOf(g.Performance, g.StartsAt, g.DurationMinutes, g.Venue, g.TimeZone)
	}
	return m
}

func kindOf(k ticket.KindCounts) *model.TicketType {
	m := &model.TicketType{
		Key:    k.Kind.Key(),
		Tariff: &model.Tariff{ID: k.Tariff.ID, Code: k.Tariff.Code, Name: k.Tariff.Name}, Counts: countsOf(k.Counts),
	}
	if k.SeatCategory.ID != uuid.Nil {
		m.SeatCategory = &model.SeatCategory{ID: k.SeatCategory.ID, Code: k.SeatCategory.Code, Name: k.SeatCategory.Name}
	}
	return m
}

func heldOf(h ticket.Held) *model.HeldProduct {
	return &model.HeldProduct{
		Product: productOf(h.Product, h.Family, h.Season, h.SeasonStarts, h.SeasonEnds), Counts: countsOf(h.Counts),
		PerformanceCount: h.Performances, NextStartsAt: h.NextStartsAt,
	}
}

func contingentOf(x ticket.Ref) *model.Contingent {
	return &model.Contingent{ID: x.ID, Code: x.Code, Name: x.Name}
}

func categoryOf(x ticket.Ref) *model.SeatCategory {
	return &model.SeatCategory{ID: x.ID, Code: x.Code, Name: x.Name}
}

func reasonOf(n distribution.ReasonCount) *model.ReasonCount {
	return &model.ReasonCount{Reason: n.Reason, Count: n.Count}
}
