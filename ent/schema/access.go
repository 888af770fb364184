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

// EntryRecord is an entry that access control reported, with the answer it got (D-11).
type EntryRecord struct{ ent.Schema }

// Mixin of EntryRecord.
func (EntryRecord) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.EntryRecord}, tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of EntryRecord.
func (EntryRecord) Annotations() []schema.Annotation { return table("entry_records") }

// Fields of EntryRecord.
func (EntryRecord) Fields() []ent.Field {
	return []ent.Field{
		refOrNone("ticket"),
		field.String("barcode_mark").Sensitive().Comment("SHA-256 of the barcode (D-6)."),
		field.Time("at").Comment("When the gate saw it."),
		field.String("gate").MaxLen(100),
		term("result", terms.EntryResult("")).required(),
		field.String("reason").Default("").Comment("Why it was not let in, such as why the barcode is dead."),
		field.Time("recorded_at"),
		field.String("key").MaxLen(220).Comment("The gate's own, or made of barcode, time and gate."),
	}
}

// Indexes of EntryRecord: an entry is recorded once, and a ticket lets in once.
func (EntryRecord) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organisation_id", "key").Unique(),
		index.Fields("ticket_id").Unique().Annotations(entsql.IndexWhere("result = 'ADMITTED'")),
	}
}

// AccessChange is a step of the access list (D-11): a ticket that lets in from
// now on, or does not any more; with replaces, both barcodes of a replacement in
// one step. Triggers on tickets write it; the list numbers the steps as they
// become visible (server/access).
type AccessChange struct{ ent.Schema }

// Mixin of AccessChange.
func (AccessChange) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of AccessChange.
func (AccessChange) Annotations() []schema.Annotation { return table("access_changes") }

// Fields of AccessChange.
func (AccessChange) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("ticket"), refOrNone("replaces"), refOrNone("performance"),
		field.Bool("valid"),
		field.String("reason").Default("").Comment("Why not."),
		field.Int64("sequence").Optional().Nillable().Comment("Its place in the organisation's list; none until somebody looked."),
	}
}

// Indexes of AccessChange.
func (AccessChange) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organisation_id", "sequence").Unique(),
		index.Fields("performance_id", "sequence"),
		index.Fields("organisation_id", "id").Annotations(entsql.IndexWhere("sequence IS NULL")),
		index.Fields("ticket_id", "id"),
		index.Fields("replaces_id"),
	}
}
