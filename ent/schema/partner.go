package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// ExternalInterface is a link to an outside system; it owns mappings and schedules (IF-1).
type ExternalInterface struct{ ent.Schema }

// Mixin of ExternalInterface.
func (ExternalInterface) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.ExternalInterface}, tenant{reach: rule.Nothing}, stamped{}, named{}}
}

// Fields of ExternalInterface.
func (ExternalInterface) Fields() []ent.Field {
	return []ent.Field{
		term("type", terms.InterfaceType("")).required(),
		term("sub_type", terms.InterfaceSubType("")).required(),
		field.String("url").Default(""), field.String("login").Default(""),
		field.String("secret").Default("").Sensitive().Comment("Encrypted; the key is outside the database (IF-2)."),
		field.Bool("active").Default(false),
		refOrNone("channel"), refOrNone("point_of_sale"), refOrNone("contact"),
		field.String("failure_recipients").Default(""),
		field.String("parameters").Default("{}").Comment("JSON, of its sub type."),
	}
}

// Edges of ExternalInterface.
func (ExternalInterface) Edges() []ent.Edge {
	return []ent.Edge{
		toOrNone("channel", Channel.Type), toOrNone("point_of_sale", PointOfSale.Type), toOrNone("contact", Contact.Type),
	}
}

// Mapping translates an object of ours into an outside system's code.
type Mapping struct{ ent.Schema }

// Mixin of Mapping.
func (Mapping) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Mapping}, tenant{reach: rule.Nothing}}
}

// Fields of Mapping.
func (Mapping) Fields() []ent.Field {
	return []ent.Field{
		ref("external_interface"),
		term("kind", terms.MappingKind("")).required(),
		term("subject", terms.MappingSubject("")).required(),
		refOrNone("object"),
		field.String("value").MaxLen(100),
	}
}

// Edges of Mapping.
func (Mapping) Edges() []ent.Edge {
	return []ent.Edge{to("external_interface", ExternalInterface.Type)}
}

// Indexes of Mapping: one object, one code.
func (Mapping) Indexes() []ent.Index {
	return []ent.Index{index.Fields("external_interface_id", "subject", "object_id").Unique()}
}

// Document is a model of a mail or a PDF, per class, channel and language (ML-1).
type Document struct{ ent.Schema }

// Mixin of Document.
func (Document) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Document}, tenant{reach: rule.Nothing}, stamped{}}
}

// Fields of Document.
func (Document) Fields() []ent.Field {
	return []ent.Field{
		term("class", terms.DocumentClass("")).required(),
		refOrNone("channel"),
		term("language", terms.Language("")).required(),
		field.String("subject"), field.Text("text"), field.Text("html"),
	}
}

// Edges of Document.
func (Document) Edges() []ent.Edge { return []ent.Edge{toOrNone("channel", Channel.Type)} }

// Indexes of Document.
func (Document) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organisation_id", "class", "channel_id", "language").Unique(),
		// A model of all channels has none, which the index above takes for ever another.
		index.Fields("organisation_id", "class", "language").Unique().StorageKey("document_of_all_channels").Annotations(entsql.IndexWhere("channel_id IS NULL")),
	}
}

// Mail is the outbox: written in the transaction that moves the tickets, sent
// afterwards (ML-2). One per execution, recipient and class (DI-8).
type Mail struct{ ent.Schema }

// Mixin of Mail.
func (Mail) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Mail}, tenant{reach: rule.Nothing, keyless: true}, stamped{}}
}

// Fields of Mail.
func (Mail) Fields() []ent.Field {
	return []ent.Field{
		refOrNone("execution"), ref("recipient"), refOrNone("point_of_sale"), refOrNone("giver"),
		// ticket is what a mail is about that belongs to no run.
		refOrNone("ticket"), refOrNone("pass_on"), refOrNone("reminder"),
		// about is the alert, or the run that waits, that the organiser is told of; such
		// a mail's recipient is the organisation (TB-7).
		refOrNone("about"),
		term("class", terms.DocumentClass("")).required(),
		term("language", terms.Language("")).required(),
		term("state", terms.MailState("")).required(),
		field.String("address").MaxLen(254), field.String("address_key").MaxLen(254).Default(""),
		field.String("name").Default(""),
		field.String("message_id").Default("").Comment("Written before the first send; the same at every try."),
		field.Int("attempts").NonNegative().Default(0),
		instant("next_attempt_at"), instant("sent_at"),
		field.Int64("claim").Default(0).Comment("Fences a sender that lost its claim."),
		instant("claimed_until"),
		field.String("server_answer").Default("").MaxLen(500),
	}
}

// Indexes of Mail.
func (Mail) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("execution_id", "recipient_id", "class").Unique(),
		// One mail of each kind about a ticket that a guest passes on (WA-3).
		index.Fields("pass_on_id", "class").Unique().Annotations(entsql.IndexWhere("pass_on_id IS NOT NULL")),
		// The organiser is told of a thing once at each of his addresses (TB-7).
		index.Fields("about_id", "class", "address_key").Unique().Annotations(entsql.IndexWhere("about_id IS NOT NULL")),
		// When somebody was last reminded of what a giver gave him (ML-4).
		index.Fields("giver_id", "recipient_id", "created_at").Annotations(entsql.IndexWhere("reminder_id IS NOT NULL")),
		index.Fields("organisation_id", "created_at", "id"),
		index.Fields("organisation_id", "address_key"),
		index.Fields("next_attempt_at").
			Annotations(entsql.IndexWhere("sent_at IS NULL")),
		// What a sender claims, in their order: few, whatever failed or became obsolete
		// before. Releasing a run's mails writes it; claiming without it reads all of those.
		index.Fields("id").StorageKey("mail_ready").
			Annotations(entsql.IndexWhere("state = 'READY' AND sent_at IS NULL")),
	}
}
