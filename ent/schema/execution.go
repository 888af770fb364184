package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// Execution is one run of a function. Its stored rows are the portal's summary
// and the back office's detail alike (IM-2).
type Execution struct{ ent.Schema }

// Mixin of Execution.
func (Execution) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Execution}, tenant{reach: rule.Party("sponsor_id")}, stamped{}}
}

// Fields of Execution.
func (Execution) Fields() []ent.Field {
	return append([]ent.Field{
		field.Int64("number"),
		term("function", terms.ExecutionFunction("")).required(),
		term("trigger", terms.ExecutionTrigger("")).required(),
		term("policy", terms.RunPolicy("")).or("IGNORE_FAILED"),
		term("state", terms.ExecutionState("")).required(),
		term("result", terms.ExecutionResult("")).orNone(),
		refOrNone("user"), field.String("user_name").Default(""), refOrNone("actor_contact"),
		field.String("address").Default(""),
		refOrNone("sponsor"), refOrNone("channel"), refOrNone("point_of_sale"), refOrNone("season"),
		refOrNone("stored_file"), refOrNone("schedule"),
		field.String("file_name").Default(""), field.Int64("file_size").Default(0), field.String("file_sha256").Default(""),
		field.Bool("confirmed").Default(false).Comment("Whether it goes on without a question after planning."),
		field.Bool("cancel_requested").Default(false),
		field.String("problem_key").Default("").Comment("Why the file as a whole is refused."),
		field.String("problem").Default(""),
		field.String("reason").MaxLen(500).Default("").Comment("Why, in the words of who started it (TB-6)."),
		refOrNone("undoes"),
		field.String("parameters").Default("").Comment("JSON: which tickets it is about, where nobody listed them."),
		instant("started_at"), instant("ended_at"),
		instant("lease_until"), field.Int64("lease_token").Default(0).Comment("Fences a runner that lost its lease."),
		field.Int64("sequence").Default(0).Comment("Number of its last event."),
		refOrNone("decided_by"), field.String("decided_by_name").Default(""), instant("decided_at"),
		field.String("decision_note").MaxLen(500).Default("").Comment("What the second person wrote (TB-7)."),
	}, executionCounts()...)
}

func executionCounts() []ent.Field {
	var fields []ent.Field
	for _, name := range []string{
		"rows", "plan_distribute", "plan_redistribute", "plan_take_back", "plan_unchanged", "plan_refused", "plan_mails",
		"plan_notices", "notices",
		"distributed", "redistributed", "taken_back", "unchanged", "refused", "contacts_created", "mails",
		"rows_done", "applied_row", "retries",
		// waiting counts rows whose ticket an outside wallet has yet to give up (TB-4),
		// plan_approvals those that a second person has to approve (TB-7).
		"waiting", "plan_approvals",
	} {
		fields = append(fields, field.Int(name).NonNegative().Default(0))
	}
	return fields
}

// Edges of Execution.
func (Execution) Edges() []ent.Edge {
	return []ent.Edge{
		toOrNone("sponsor", Contact.Type), toOrNone("channel", Channel.Type),
		toOrNone("point_of_sale", PointOfSale.Type), toOrNone("season", Season.Type),
		toOrNone("stored_file", StoredFile.Type), toOrNone("schedule", Schedule.Type),
	}
}

// Indexes of Execution.
func (Execution) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organisation_id", "number").Unique(),
		index.Fields("organisation_id", "sponsor_id", "number"),
		index.Fields("state", "lease_until"),
	}
}

// ExecutionRow is one row of an execution: what was asked and what was decided.
// Rows are carried out in their order; the execution's applied_row is the last
// one that was, so that nothing has to be written on the rows (DI-4).
type ExecutionRow struct{ ent.Schema }

// Mixin of ExecutionRow.
func (ExecutionRow) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of ExecutionRow.
func (ExecutionRow) Annotations() []schema.Annotation { return table("execution_rows") }

// Fields of ExecutionRow.
func (ExecutionRow) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("execution"),
		field.Int("row_number").Positive().Comment("As a spreadsheet program shows it."),
		field.String("ticket_reference").Default("").Comment("As the sender named it."),
		refOrNone("ticket"),
		field.String("ticket_label").Default(""),
		field.Int64("version").Default(0).Comment("The ticket's when it was planned (DI-2)."),
		field.String("email").Default(""), field.String("email_key").Default(""),
		field.String("first_name").Default(""), field.String("last_name").Default(""),
		field.String("search_key").Default("").Comment("The names folded, as tickets keep them."),
		field.String("first_key").Default(""),
		term("outcome", terms.Outcome("")).required(),
		term("reason", terms.ReasonCode("")).orNone(),
		field.String("problem").Default("").Comment("JSON: column, letter, value and setting of the reason."),
		field.String("warnings").Default("").Comment("JSON list of warnings."),
		field.UUID("contact_id", uuid.UUID{}).Optional().Nillable().Comment("The recipient, made or found."),
		field.Bool("contact_new").Default(false),
		field.Int64("contact_number").Default(0),
		field.UUID("mail_id", uuid.UUID{}).Optional().Nillable(),
		field.Int("keep").NonNegative().Default(0).
			Comment("Links of the chain that stay open: how deep the sender stands in it (TB-1)."),
		field.String("from_email").Default("").Comment("Who loses the ticket, as his giver typed it."),
		field.String("from_name").Default(""),
		field.String("fields").Default("").Sensitive().Comment("JSON: further fields of the guest (DI-10)."),
		// removal is where that of a ticket stands that lies in an outside wallet (TB-4).
		term("removal", terms.RemovalState("")).orNone(),
	}
}

// Indexes of ExecutionRow.
func (ExecutionRow) Indexes() []ent.Index {
	return []ent.Index{index.Fields("execution_id", "row_number").Unique()}
}

// ExecutionEvent is something that happened in an execution; a watcher that
// knows the last number it saw loses nothing (API-6).
type ExecutionEvent struct{ ent.Schema }

// Mixin of ExecutionEvent.
func (ExecutionEvent) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of ExecutionEvent.
func (ExecutionEvent) Annotations() []schema.Annotation { return table("execution_events") }

// Fields of ExecutionEvent.
func (ExecutionEvent) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("execution"),
		field.Int64("sequence"),
		field.Time("at"),
		field.String("text").Default(""),
	}
}

// Indexes of ExecutionEvent.
func (ExecutionEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("execution_id", "sequence").Unique()}
}

// Schedule binds a function to parameters and a frequency, or to "on demand".
type Schedule struct{ ent.Schema }

// Mixin of Schedule.
func (Schedule) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Schedule}, tenant{reach: rule.Nothing}, stamped{}, named{}}
}

// Fields of Schedule.
func (Schedule) Fields() []ent.Field {
	return []ent.Field{
		term("function", terms.ExecutionFunction("")).required(),
		field.String("parameters").Default("{}").Comment("JSON."),
		field.String("cron").Default("").Comment("In the organisation's zone; empty = on demand."),
		field.Bool("paused").Default(false),
		refOrNone("external_interface"),
	}
}

// Edges of Schedule.
func (Schedule) Edges() []ent.Edge {
	return []ent.Edge{toOrNone("external_interface", ExternalInterface.Type)}
}

// ScheduledRun is a due time of a schedule; its unique key makes each due run
// happen once over all replicas (IF-3).
type ScheduledRun struct{ ent.Schema }

// Mixin of ScheduledRun.
func (ScheduledRun) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of ScheduledRun.
func (ScheduledRun) Annotations() []schema.Annotation { return table("scheduled_runs") }

// Fields of ScheduledRun.
func (ScheduledRun) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("schedule"), field.Time("due_at"), refOrNone("execution"),
	}
}

// Indexes of ScheduledRun.
func (ScheduledRun) Indexes() []ent.Index {
	return []ent.Index{index.Fields("schedule_id", "due_at").Unique()}
}

// StoredFile is a file somebody sent or Gradin made.
type StoredFile struct{ ent.Schema }

// Mixin of StoredFile.
func (StoredFile) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.StoredFile}, tenant{reach: rule.Nothing}, stamped{}}
}

// Fields of StoredFile.
func (StoredFile) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").MaxLen(255).Comment("As sent; never used as a path."),
		field.Int64("size").NonNegative(),
		field.String("sha256").MaxLen(64),
	}
}

// FileChunk is a piece of a stored file, 1 MiB at most, so that any replica can read it.
type FileChunk struct{ ent.Schema }

// Mixin of FileChunk.
func (FileChunk) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of FileChunk.
func (FileChunk) Annotations() []schema.Annotation { return table("file_chunks") }

// Fields of FileChunk.
func (FileChunk) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("stored_file"), field.Int("position"), field.Time("saved_at"), field.Bytes("content"),
	}
}

// Indexes of FileChunk.
func (FileChunk) Indexes() []ent.Index {
	return []ent.Index{index.Fields("stored_file_id", "position").Unique()}
}
