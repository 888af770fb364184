package model

import "gradin/server/ticket"

// TicketingDashboard is a product's dashboard; its groups are paged when asked for.
type TicketingDashboard struct {
	Scope   ticket.Scope
	Filter  ticket.Filter
	Groups  []ticket.Group
	Product *Product
	Counts  *TicketCounts
}
