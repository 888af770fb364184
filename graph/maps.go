package graph

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/graph/model"
	"gradin/server/errs"
	"gradin/server/seatmap"
	"gradin/server/term"
	"gradin/server/ticket"
)

// importPlan gives all that is wrong with a plan as data, and the first of it as
// the refusal.
func (r *Resolver) importPlan(ctx context.Context, in model.ImportSeatPlanInput) (*model.ImportSeatPlanPayload, error) {
	done, err := r.Maps.Import(ctx, in.VenueID, in.File.File, valueOr(in.DryRun, false))
	var wrong *seatmap.Problems
	if errors.As(err, &wrong) {
		return &model.ImportSeatPlanPayload{Problems: each(wrong.List, planProblemOf), UserErrors: []*model.UserError{planRefusal(wrong.Refusal(), languageOf(ctx))}}, nil
	}
	problems, err := refused(ctx, err)
	payload := &model.ImportSeatPlanPayload{Problems: []*model.SeatPlanProblem{}, UserErrors: problems}
	if len(problems) == 0 {
		payload.Changes = &model.SeatPlanChanges{
			Zones: done.Zones, Seats: done.Seats, Added: done.Added, Changed: done.Changed, Removed: done.Removed,
		}
	}
	return payload, err
}

func planRefusal(refusal *errs.Error, language term.Language) *model.UserError {
	return &model.UserError{Code: string(refusal.Code), Message: refusal.In(string(language)), Path: refusal.Path}
}

func planProblemOf(p seatmap.Problem) *model.SeatPlanProblem {
	return &model.SeatPlanProblem{Path: p.Path, Message: p.Message}
}

func mapOf(m *seatmap.Map) *model.SeatMap {
	return &model.SeatMap{
		Map: m, VenueName: m.Venue, Revision: m.Revision, Box: boxOf(m.Least, m.Most), Spacing: m.Spacing, Counts: countsOf(m.Counts),
		Seats:   &model.PackedSeats{Count: m.Seats, X: m.X, Y: m.Y, RowNames: m.RowNames, RowSeats: m.RowSeats, Numbers: m.Numbers},
		Tickets: &model.PackedTickets{States: m.States, Ids: m.Tickets},
	}
}

func (r *Resolver) zones(ctx context.Context, m *model.SeatMap) []*model.SeatMapZone {
	prices := sync.OnceValues(func() (map[uuid.UUID][]seatmap.Category, error) { return r.Maps.Categories(ctx, m.Map) })
	return each(m.Map.Zones, func(z seatmap.LayoutZone) *model.SeatMapZone {
		zone := &model.SeatMapZone{
			Prices: prices, ID: z.ID, Code: z.Code, Name: z.Name, Kind: term.AreaKindUnnumbered, Places: z.Size,
			Centre: pointOf(z.Centre), Outline: flat(z.Outline), FirstSeat: z.First, SeatCount: z.Count, RowCount: z.Rows,
			Counts: countsOf(m.Map.ByZone[z.ID]),
		}
		zone.Box = boxOf(seatmap.Corners(z.Outline))
		if z.Numbered {
			zone.Kind, zone.Places = term.AreaKindNumbered, z.Count
		}
		return zone
	})
}

func categoriesOf(z *model.SeatMapZone) ([]*model.ZoneCategory, error) {
	byZone, err := z.Prices()
	return each(byZone[z.ID], func(c seatmap.Category) *model.ZoneCategory {
		return &model.ZoneCategory{Category: &model.SeatCategory{ID: c.ID, Code: c.Code, Name: c.Name}, Color: c.Color, Places: c.Places}
	}), err
}

func shapeOf(s seatmap.Shape) *model.PlanShape {
	return &model.PlanShape{
		Kind: model.PlanShapeKind(strings.ToUpper(s.Kind)), At: pointOf(s.At), Rotation: s.Rotation, Color: s.Fill, BorderColor: s.Border,
		Width: s.Width, Height: s.Height, Points: flat(s.Points), Text: s.Text, TextColor: s.TextColor, TextAt: pointOf(s.TextAt), TextSize: s.TextSize,
	}
}

func placedOf(p ticket.Placed) *model.SeatMapTicket {
	t := &model.SeatMapTicket{
		ID: p.Ticket, Number: p.Number, Row: text(p.Row), Seat: text(p.SeatName), State: int(p.State), Category: text(p.SeatCategory), Tariff: p.Tariff,
	}
	if p.State&ticket.SeatDistributed != 0 {
		t.Holder = &model.Holder{Email: p.Email, FirstName: p.First, LastName: p.Last}
	}
	return t
}

func venueOf(v *ent.Venue) *model.Venue {
	return &model.Venue{ID: v.ID, Code: v.Code, Name: v.Name, TimeZone: v.TimeZone}
}

func pointOf(p seatmap.Point) *model.PlanPoint { return &model.PlanPoint{X: p.X, Y: p.Y} }

func boxOf(least, most seatmap.Point) *model.PlanBox {
	return &model.PlanBox{X: least.X, Y: least.Y, Width: most.X - least.X, Height: most.Y - least.Y}
}

func flat(points []seatmap.Point) []float64 {
	all := make([]float64, 0, 2*len(points))
	for _, p := range points {
		all = append(all, p.X, p.Y)
	}
	return all
}

func all[A, B any](list []*A, convert func(*A) *B) []*B {
	converted := make([]*B, len(list))
	for i, a := range list {
		converted[i] = convert(a)
	}
	return converted
}
