package graph

import (
	"strconv"

	"github.com/google/uuid"

	"gradin/graph/generated"
	"gradin/graph/hot"
	"gradin/graph/model"
	"gradin/server/term"
	"gradin/server/ticket"
)

// HotLists is the extension that writes the lists asked for all day.
func HotLists() hot.Extension { return hot.New[generated.ResolverRoot](ticketList) }

type (
	hotRow   = ticket.Row
	hotField = hot.Field[hotRow]
	hotType  = hot.Object[hotRow]
)

var (
	ticketList = &hot.List[*model.TicketConnection, hotRow]{
		Connection: "TicketConnection", Edge: "TicketEdge", Node: hotTicket,
		Rows: func(c *model.TicketConnection) []hotRow { return c.Rows },
		Cursor: func(c *model.TicketConnection, b []byte, r *hotRow) []byte {
			return append(c.Cursor(append(b, '"'), r), '"')
		},
	}

	hotTicket = &hotType{Name: "Ticket", Implements: []string{"Node"}, Fields: map[string]hotField{
		"id":            leaf(func(b []byte, r *hotRow) []byte { return hot.ID(b, r.ID) }),
		"number":        leaf(func(b []byte, r *hotRow) []byte { return hot.Number(b, r.Number) }),
		"fileNumber":    part(ticket.WithFile, func(b []byte, r *hotRow) []byte { return hot.Number(b, r.FileNumber) }),
		"product":       {Object: hotProduct},
		"performance":   {Object: hotPerformance, Null: func(r *hotRow) bool { return r.Performance.ID == uuid.Nil }, Needs: uint(ticket.WithPerformance)},
		"seatCategory":  optional("SeatCategory", ticket.WithSeatCategory, func(r *hotRow) *ticket.Ref { return &r.SeatCategory }),
		"tariff":        {Object: named("Tariff", func(r *hotRow) *ticket.Ref { return &r.Tariff }), Needs: uint(ticket.WithTariff)},
		"contingent":    optional("Contingent", ticket.WithContingent, func(r *hotRow) *ticket.Ref { return &r.Contingent }),
		"price":         {Object: hotPrice},
		"place":         {Object: hotPlace},
		"item":          leaf(func(b []byte, r *hotRow) []byte { return hot.TextOrNull(b, r.Item) }),
		"quantity":      leaf(func(b []byte, r *hotRow) []byte { return hot.Number(b, r.Quantity) }),
		"state":         leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.State) }),
		"location":      leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Location) }),
		"owner":         {Object: hotOwner},
		"holder":        {Object: hotHolder, Null: func(r *hotRow) bool { return r.HolderID == uuid.Nil }},
		"distributedAt": part(ticket.WithTimes, func(b []byte, r *hotRow) []byte { return hot.TimeOrNull(b, r.DistributedAt) }),
		"injectedAt":    part(ticket.WithTimes, func(b []byte, r *hotRow) []byte { return hot.TimeOrNull(b, r.InjectedAt) }),
		"downloadedAt":  part(ticket.WithTimes, func(b []byte, r *hotRow) []byte { return hot.TimeOrNull(b, r.DownloadedAt) }),
		"endedAt":       part(ticket.WithEnd, func(b []byte, r *hotRow) []byte { return hot.TimeOrNull(b, r.EndedAt) }),
		"replaces":      part(ticket.WithEnd, func(b []byte, r *hotRow) []byte { return hot.IDOrNull(b, r.Replaces) }),
		"replacedBy":    part(ticket.WithEnd, func(b []byte, r *hotRow) []byte { return hot.IDOrNull(b, r.ReplacedBy) }),
		"passedOn":      leaf(func(b []byte, r *hotRow) []byte { return strconv.AppendBool(b, r.TransferredDepth > 0) }),
		"controlledAt":  part(ticket.WithTimes, func(b []byte, r *hotRow) []byte { return hot.TimeOrNull(b, r.ControlledAt) }),
	}}

	hotPrice = &hotType{Name: "Money", Fields: map[string]hotField{
		"amount":   part(ticket.WithPrice, func(b []byte, r *hotRow) []byte { return hot.Number(b, r.Price) }),
		"currency": part(ticket.WithPrice, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Currency) }),
	}}

	hotPlace = &hotType{Name: "Place", Fields: map[string]hotField{
		"entrance": leaf(func(b []byte, r *hotRow) []byte { return hot.TextOrNull(b, r.Entrance) }),
		"area":     leaf(func(b []byte, r *hotRow) []byte { return hot.TextOrNull(b, r.Area) }),
		"row":      leaf(func(b []byte, r *hotRow) []byte { return hot.TextOrNull(b, r.SeatRow) }),
		"seat":     leaf(func(b []byte, r *hotRow) []byte { return hot.TextOrNull(b, r.Seat) }),
	}}

	hotHolder = &hotType{Name: "Holder", Fields: map[string]hotField{
		"email":     leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.HolderEmail) }),
		"firstName": leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.HolderFirst) }),
		"lastName":  leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.HolderLast) }),
	}}

	hotOwner = &hotType{Name: "Contact", Implements: []string{"Node"}, Fields: map[string]hotField{
		"id":     part(ticket.WithOwner, func(b []byte, r *hotRow) []byte { return hot.ID(b, r.Owner.ID) }),
		"number": part(ticket.WithOwner, func(b []byte, r *hotRow) []byte { return hot.Number(b, r.OwnerNumber) }),
		"kind":   leaf(func(b []byte, _ *hotRow) []byte { return hot.Text(b, term.ContactKindStructure) }),
		"name":   part(ticket.WithOwner, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Owner.Name) }),
	}}

	hotProduct = &hotType{Name: "Product", Implements: []string{"Node"}, Fields: map[string]hotField{
		"id":     part(ticket.WithProduct, func(b []byte, r *hotRow) []byte { return hot.ID(b, r.Product.ID) }),
		"code":   part(ticket.WithProduct, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Product.Code) }),
		"name":   part(ticket.WithProduct, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Product.Name) }),
		"family": part(ticket.WithProduct, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Family) }),
		"season": {Object: hotSeason},
	}}

	hotSeason = &hotType{Name: "Season", Implements: []string{"Node"}, Fields: map[string]hotField{
		"id":       part(ticket.WithSeason, func(b []byte, r *hotRow) []byte { return hot.ID(b, r.Season.ID) }),
		"code":     part(ticket.WithSeason, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Season.Code) }),
		"name":     part(ticket.WithSeason, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Season.Name) }),
		"startsAt": part(ticket.WithSeason, func(b []byte, r *hotRow) []byte { return hot.Time(b, r.SeasonStartsAt) }),
		"endsAt":   part(ticket.WithSeason, func(b []byte, r *hotRow) []byte { return hot.Time(b, r.SeasonEndsAt) }),
	}}

	hotPerformance = &hotType{Name: "Performance", Implements: []string{"Node"}, Fields: map[string]hotField{
		"id":              leaf(func(b []byte, r *hotRow) []byte { return hot.ID(b, r.Performance.ID) }),
		"code":            leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Performance.Code) }),
		"name":            leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, r.Performance.Name) }),
		"startsAt":        leaf(func(b []byte, r *hotRow) []byte { return hot.TimeOrNull(b, r.StartsAt) }),
		"durationMinutes": leaf(func(b []byte, r *hotRow) []byte { return hot.NumberOrNull(b, r.DurationMinutes) }),
		"venueName":       part(ticket.WithVenue, func(b []byte, r *hotRow) []byte { return hot.TextOrNull(b, r.Venue) }),
		"timeZone":        part(ticket.WithVenue, func(b []byte, r *hotRow) []byte { return hot.Text(b, r.TimeZone) }),
	}}
)

// leaf is a field of the tickets' own columns, or of a part that the object
// needs as a whole.
func leaf(write func([]byte, *hotRow) []byte) hotField { return hotField{Append: write} }

// part is a field of something that hangs on the ticket.
func part(p ticket.Parts, write func([]byte, *hotRow) []byte) hotField {
	return hotField{Append: write, Needs: uint(p)}
}

// named is a thing of the catalogue with a code and a name.
func named(name string, of func(*hotRow) *ticket.Ref) *hotType {
	return &hotType{Name: name, Implements: []string{"Node"}, Fields: map[string]hotField{
		"id":   leaf(func(b []byte, r *hotRow) []byte { return hot.ID(b, of(r).ID) }),
		"code": leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, of(r).Code) }),
		"name": leaf(func(b []byte, r *hotRow) []byte { return hot.Text(b, of(r).Name) }),
	}}
}

// optional is such a thing, or null where a ticket has none.
func optional(name string, p ticket.Parts, of func(*hotRow) *ticket.Ref) hotField {
	return hotField{Object: named(name, of), Null: func(r *hotRow) bool { return of(r).ID == uuid.Nil }, Needs: uint(p)}
}
