package model

import "context"

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
	// TicketConnection is a page of tickets.
	TicketConnection = Page[Ticket]
	// TicketEdge is a ticket of a page.
	TicketEdge = Edge[Ticket]
	// ContactConnection is a page of contacts.
	ContactConnection = Page[Contact]
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
	// MailConnection is a page of mails.
	MailConnection = Page[Mail]
	// MailEdge is a mail of a page.
	MailEdge = Edge[Mail]
	// DashboardGroupConnection is a page of performances with their kinds of tickets.
	DashboardGroupConnection = Page[DashboardGroup]
	// DashboardGroupEdge is a performance of a page.
	DashboardGroupEdge = Edge[DashboardGroup]
)
