package model

import (
	"github.com/google/uuid"

	"gradin/server/seatmap"
	"gradin/server/term"
)

// SeatMap is a performance's map; what needs another table is resolved when asked for.
type SeatMap struct {
	Map       *seatmap.Map
	VenueName string
	Revision  int64
	Box       *PlanBox
	Spacing   float64
	Counts    *TicketCounts
	Seats     *PackedSeats
	Tickets   *PackedTickets
}

// SeatMapZone is a zone of a map.
type SeatMapZone struct {
	Map *seatmap.Map
	// Prices gives the price zones of all zones, read once for the map.
	Prices    func() (map[uuid.UUID][]seatmap.Category, error)
	ID        uuid.UUID
	Code      string
	Name      string
	Kind      term.AreaKind
	Places    int
	Centre    *PlanPoint
	Box       *PlanBox
	Outline   []float64
	FirstSeat int
	SeatCount int
	RowCount  int
	Counts    *TicketCounts
}
