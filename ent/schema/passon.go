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

// Reminder is a time at which guests were reminded of tickets they had not
// fetched: when somebody wished it, or so many hours before a performance (ML-4).
type Reminder struct{ ent.Schema }

// Mixin of Reminder.
func (Reminder) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Reminder}, tenant{reach: rule.Nothing, keyless: true}, stamped{}}
}

// Fields of Reminder.
func (Reminder) Fields() []ent.Field {
	return []ent.Field{
		refOrNone("sponsor"), refOrNone("point_of_sale"), refOrNone("performance"),
		field.Int("hours").Optional().Nillable().Comment("Before the start; none when somebody wished it."),
		field.Int("tickets").NonNegative().Default(0),
		field.Int("mails").NonNegative().Default(0),
		field.Int("spared").NonNegative().Default(0).Comment("Guests who had been reminded lately."),
	}
}

// Indexes of Reminder: each is due once, whichever process sees it first.
func (Reminder) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("point_of_sale_id", "performance_id", "hours").Unique().Annotations(entsql.IndexWhere("hours IS NOT NULL")),
	}
}

// PassOn is a ticket that its holder offers to a third person (WA-3). While it
// is PENDING the ticket, and what goes along with it, is TRANSFER_PENDING.
type PassOn struct{ ent.Schema }

// Mixin of PassOn. Sponsors see that a ticket was passed on, never to whom.
func (PassOn) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.PassOn}, tenant{reach: rule.Nothing, keyless: true}, stamped{}}
}

// Annotations of PassOn.
func (PassOn) Annotations() []schema.Annotation { return table("pass_ons") }

// Fields of PassOn.
func (PassOn) Fields() []ent.Field {
	return []ent.Field{
		ref("ticket"), ref("giver"), ref("recipient"), refOrNone("point_of_sale"),
		field.Int64("link_id").Comment("The giver's own link of the ticket's chain."),
		field.String("giver_name").Default("").Comment("As his own giver typed it (DI-7)."),
		field.String("email").MaxLen(254).Comment("All of the third person as the giver typed it."),
		field.String("email_key").MaxLen(254),
		field.String("first_name"), field.String("last_name"),
		field.String("fields").Default("").Sensitive().Comment("JSON: further fields (DI-10); empty when it is over."),
		term("state", terms.PassOnState("")).or("PENDING"),
		field.Time("expires_at").Comment("Never after the performance's start."),
		instant("closed_at"),
	}
}

// Indexes of PassOn: a ticket is passed on to one at a time.
func (PassOn) Indexes() []ent.Index {
	pending := entsql.IndexWhere("state = 'PENDING'")
	return []ent.Index{
		index.Fields("ticket_id").Unique().Annotations(pending),
		index.Fields("expires_at").Annotations(pending),
		index.Fields("giver_id", "created_at"),
	}
}
