package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// Institution is the top level of a deployment.
type Institution struct{ ent.Schema }

// Mixin of Institution.
func (Institution) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Institution}, stamped{}}
}

// Fields of Institution.
func (Institution) Fields() []ent.Field {
	return []ent.Field{
		field.String("code").MaxLen(12).Unique().Comment("Short code that prefixes reseller logins."),
		field.String("name").NotEmpty().MaxLen(200),
	}
}

// Policy of Institution: its name is no secret to those who can sign in.
func (Institution) Policy() ent.Policy { return rule.Policy{Portal: rule.Everything} }

// Organisation is the tenant. Nothing crosses from one to another.
type Organisation struct{ ent.Schema }

// Mixin of Organisation.
func (Organisation) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Organisation}, stamped{}}
}

// Fields of Organisation.
func (Organisation) Fields() []ent.Field {
	return []ent.Field{
		ref("institution"),
		code(),
		field.String("name").NotEmpty().MaxLen(200),
		field.String("time_zone").Comment("IANA zone (D-8)."),
		field.String("currency").MinLen(3).MaxLen(3).Comment("ISO 4217 (D-8)."),
		field.String("mail_from").Default("").Comment("Sender of its mails."),
		term("language", terms.Language("")).or("EN"),
		field.Strings("alert_addresses").Optional().Comment("Where its own mails go, as typed: alerts, and runs that wait for an approval (TB-7)."),
		// How take-backs after download are watched (TB-7); 0 and false turn a part off.
		field.Int("take_back_alert_after").NonNegative().Default(0).Comment("Alert when a ticket was taken back more often."),
		field.Int("take_back_alert_share").Range(0, 100).Default(0).Comment("Alert when more percent of a sponsor's tickets of a product were."),
		field.Int("take_back_pause_hours").NonNegative().Default(0).Comment("How long a ticket then stays with its next guest."),
		field.Bool("take_back_approval").Default(false).Comment("Whether a second person has to approve."),
	}
}

// Edges of Organisation.
func (Organisation) Edges() []ent.Edge { return []ent.Edge{to("institution", Institution.Type)} }

// Indexes of Organisation.
func (Organisation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("institution_id", "code").Unique()}
}

// Policy of Organisation: each sees itself.
func (Organisation) Policy() ent.Policy { return rule.Policy{Column: "id", Portal: rule.Everything} }

// OrganisationMark is the organiser's mark as guests see it. It is a row of its
// own, so that whoever reads an organisation does not read its picture.
type OrganisationMark struct{ ent.Schema }

// Mixin of OrganisationMark. Guests are shown it, so users may see it.
func (OrganisationMark) Mixin() []ent.Mixin { return []ent.Mixin{tenant{reach: rule.Everything}} }

// Annotations of OrganisationMark.
func (OrganisationMark) Annotations() []schema.Annotation { return table("organisation_marks") }

// Fields of OrganisationMark.
func (OrganisationMark) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("picture").NotEmpty().Comment("PNG, written by us."),
		field.Int("width").Positive(), field.Int("height").Positive(),
		field.String("sha256").MaxLen(64).Comment("Of the picture; names it in the addresses it is served at."),
		field.Time("updated_at"),
	}
}

// Indexes of OrganisationMark: an organisation has one.
func (OrganisationMark) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organisation_id").Unique()}
}

// NumberSequence hands out the short numbers shown to people (D-9).
type NumberSequence struct{ ent.Schema }

// Mixin of NumberSequence.
func (NumberSequence) Mixin() []ent.Mixin { return []ent.Mixin{tenant{reach: rule.Nothing}} }

// Fields of NumberSequence.
func (NumberSequence) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").Comment("ticket, file, contact or execution."),
		field.Int64("next").Comment("The next number nobody has."),
	}
}

// Indexes of NumberSequence.
func (NumberSequence) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organisation_id", "kind").Unique()}
}

// AuditEntry says who did what to what, when and from where (AC-5). The
// entries of an organisation form a chain of hashes; triggers refuse changes.
type AuditEntry struct{ ent.Schema }

// Mixin of AuditEntry.
func (AuditEntry) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of AuditEntry.
func (AuditEntry) Annotations() []schema.Annotation { return table("audit_entries") }

// Fields of AuditEntry.
func (AuditEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		field.Int64("sequence").Comment("Rises by one within the organisation."),
		field.Time("at"),
		refOrNone("user"),
		field.String("actor"),
		field.String("address").Default(""),
		field.String("verb").Comment("Such as distribution.apply."),
		field.String("object").Default("").Comment("Global id of what it was done to."),
		field.String("detail").Default("{}").Comment("JSON: before and after, secrets masked."),
		field.String("hash").Comment("SHA-256 over the previous hash and this entry."),
		field.String("mark").MaxLen(64).Default("").
			Comment("What the hash covers in place of actor and address: SHA-256 of salt, actor and address. Empty where it covers both."),
		field.String("salt").MaxLen(32).Default("").Sensitive().Comment("Random; goes with actor and address when they are forgotten."),
	}
}

// Indexes of AuditEntry.
func (AuditEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organisation_id", "sequence").Unique(),
		index.Fields("organisation_id", "object", "sequence"),
		index.Fields("organisation_id", "user_id", "sequence"),
	}
}
