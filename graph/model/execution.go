package model

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/document"
	"gradin/server/term"
)

// Execution is a run; what needs another table is resolved when asked for.
type Execution struct {
	Row        *ent.Execution
	ID         uuid.UUID
	Number     int64
	Function   term.ExecutionFunction
	State      term.ExecutionState
	Result     *term.ExecutionResult
	Trigger    term.ExecutionTrigger
	Policy     term.RunPolicy
	Reason     *string
	UserName   string
	FileName   *string
	FileSize   *int64
	FileSha256 *string
	CreatedAt  time.Time
	StartedAt  *time.Time
	EndedAt    *time.Time
	Totals     *PlanTotals
	Progress   *Progress
	Decision   *ExecutionDecision
}

// IsNode marks the type as a Node.
func (*Execution) IsNode() {}

// GetID gives the global id.
func (e *Execution) GetID() uuid.UUID { return e.ID }

// Mail is a mail of the outbox; what it says is rendered when asked for.
type Mail struct {
	Row             *ent.Mail
	Letter          func(context.Context) (document.Letter, error)
	ID              uuid.UUID
	To              string
	Class           term.DocumentClass
	State           term.MailState
	Language        term.Language
	CreatedAt       time.Time
	SentAt          *time.Time
	NextAttemptAt   *time.Time
	Attempts        int
	ServerAnswer    *string
	ExecutionNumber *int64
}

// IsNode marks the type as a Node.
func (*Mail) IsNode() {}

// GetID gives the global id.
func (m *Mail) GetID() uuid.UUID { return m.ID }

// TakeBackAlert is an alert; what it is about is resolved when asked for.
type TakeBackAlert struct {
	Row            *ent.TakeBackAlert
	ID             uuid.UUID
	Kind           term.AlertKind
	Threshold      int
	Recovered      int
	Distributed    int
	RaisedAt       time.Time
	AcknowledgedAt *time.Time
	AcknowledgedBy *string
	Note           *string
}

// IsNode marks the type as a Node.
func (*TakeBackAlert) IsNode() {}

// GetID gives the global id.
func (a *TakeBackAlert) GetID() uuid.UUID { return a.ID }
