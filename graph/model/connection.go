package model

import (
	"context"

	"gradin/server/ticket"
)

// Total counts a list, only when somebody asks for totalCount (API-1).
type Total func(ctx context.Context) (int, error)

// Page is what all connections have in common.
type Page[T any] struct {
	Edges    []*Edge[T]
	PageInfo *PageInfo
	Total    Total
}

// Edge is one element of a page.
type Edge[T any] struct {
	Cursor string
	Node   *T
}

type (
	// AuditConnection is a page of the audit log.
	AuditConnection = Page[AuditEntry]
	// AuditEdge is an entry of a page.
	AuditEdge = Edge[AuditEntry]
	// TicketEdge is a ticket of a page.
	TicketEdge = Edge[Ticket]
	// ContactConnection is a page of contacts.
	ContactConnection = Page[Contact]
	// IndividualConnection is a page of persons.
	IndividualConnection = Page[Individual]
	// IndividualEdge is a person of a page.
	IndividualEdge = Edge[Individual]
	// ContactEdge is a contact of a page.
	ContactEdge = Edge[Contact]
	// ExecutionConnection is a page of executions.
	ExecutionConnection = Page[Execution]
	// ExecutionEdge is an execution of a page.
	ExecutionEdge = Edge[Execution]
	// ExecutionRowConnection is a page of rows.
	ExecutionRowConnection = Page[ExecutionRow]
	// ExecutionRowEdge is a row of a page.
	ExecutionRowEdge = Edge[ExecutionRow]
	// ProductRulesConnection is a page of products with their rules.
	ProductRulesConnection = Page[ProductRules]
	// ProductRulesEdge is a product of a page.
	ProductRulesEdge = Edge[ProductRules]
	// PerformanceRulesConnection is a page of performances with their rules.
	PerformanceRulesConnection = Page[PerformanceRules]
	// PerformanceRulesEdge is a performance of a page.
	PerformanceRulesEdge = Edge[PerformanceRules]
	// TakeBackAlertConnection is a page of alerts.
	TakeBackAlertConnection = Page[TakeBackAlert]
	// TakeBackAlertEdge is an alert of a page.
	TakeBackAlertEdge = Edge[TakeBackAlert]
	// MailConnection is a page of mails.
	MailConnection = Page[Mail]
	// MailEdge is a mail of a page.
	MailEdge = Edge[Mail]
	// DashboardGroupConnection is a page of performances with their kinds of tickets.
	DashboardGroupConnection = Page[DashboardGroup]
	// DashboardGroupEdge is a performance of a page.
	DashboardGroupEdge = Edge[DashboardGroup]
)

// TicketConnection is a page of tickets. It keeps the rows as they were read:
// the hot list writes those, and makes tickets of them only where it cannot.
type TicketConnection struct {
	Rows     []ticket.Row
	PageInfo *PageInfo
	Total    Total
	// Cursor appends the cursor of a row, Ticket makes a ticket of one.
	Cursor func(b []byte, row *ticket.Row) []byte
	Ticket func(row *ticket.Row) *Ticket
}

// Edges are the tickets with their cursors.
func (c *TicketConnection) Edges() []*TicketEdge {
	edges := make([]*TicketEdge, len(c.Rows))
	for i := range c.Rows {
		row := &c.Rows[i]
		edges[i] = &TicketEdge{Cursor: string(c.Cursor(nil, row)), Node: c.Ticket(row)}
	}
	return edges
}
