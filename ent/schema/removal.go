package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// Removal is a ticket that is being taken out of an outside wallet: asked for,
// and then done or cancelled when the wallet answers (TB-4).
type Removal struct{ ent.Schema }

// Mixin of Removal.
func (Removal) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Removal}, tenant{reach: rule.Nothing, keyless: true}}
}

// Fields of Removal.
func (Removal) Fields() []ent.Field {
	return []ent.Field{
		ref("ticket"), ref("wallet"), ref("execution"),
		field.Int("row_number").Positive().Comment("The execution's row that asks for it."),
		term("state", terms.RemovalState("")).required(),
		field.Int64("version").Comment("The ticket's when it was blocked."),
		term("former_location", terms.DeliveryLocation("")).required(),
		field.String("answer").Default(""),
		field.Time("requested_at"), instant("ended_at"), instant("next_attempt_at"),
		field.Int("attempts").NonNegative().Default(0),
	}
}

// Indexes of Removal: a ticket leaves one wallet at a time.
func (Removal) Indexes() []ent.Index {
	open := entsql.IndexWhere("ended_at IS NULL")
	return []ent.Index{
		index.Fields("ticket_id").Unique().Annotations(open),
		index.Fields("wallet_id", "id").Annotations(open),
		index.Fields("execution_id"),
		index.Fields("ticket_id", "id"),
	}
}

// TakeBackAlert tells the organiser that a ticket, or a sponsor, passed a
// threshold of take-backs after download; once per passing (TB-7).
type TakeBackAlert struct{ ent.Schema }

// Mixin of TakeBackAlert.
func (TakeBackAlert) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Alert}, tenant{reach: rule.Nothing}}
}

// Annotations of TakeBackAlert.
func (TakeBackAlert) Annotations() []schema.Annotation { return table("take_back_alerts") }

// Fields of TakeBackAlert.
func (TakeBackAlert) Fields() []ent.Field {
	return []ent.Field{
		term("kind", terms.AlertKind("")).required(),
		refOrNone("ticket"), ref("sponsor"), ref("product"),
		refOrNone("execution"),
		field.Int("threshold").NonNegative().Comment("What was passed: a number of times, or percent."),
		field.Int("recovered").NonNegative().Comment("Take-backs after download, when it was raised."),
		field.Int("distributed").NonNegative().Default(0).Comment("Of how many tickets that reached a guest; of sponsors."),
		field.Time("raised_at"),
		instant("acknowledged_at"), refOrNone("acknowledged_by"), field.String("acknowledged_by_name").Default(""),
		field.String("note").MaxLen(500).Default(""),
	}
}

// Edges of TakeBackAlert.
func (TakeBackAlert) Edges() []ent.Edge {
	return []ent.Edge{to("sponsor", Contact.Type), to("product", Product.Type)}
}

// Indexes of TakeBackAlert: one per ticket, or sponsor and product, and threshold.
func (TakeBackAlert) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("ticket_id", "threshold").Unique().Annotations(entsql.IndexWhere("ticket_id IS NOT NULL")),
		index.Fields("sponsor_id", "product_id", "threshold").Unique().Annotations(entsql.IndexWhere("ticket_id IS NULL")),
		index.Fields("organisation_id", "id"),
		index.Fields("organisation_id").StorageKey("takebackalert_open").Annotations(entsql.IndexWhere("acknowledged_at IS NULL")),
	}
}
