package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// Contact is a person or a body the organisation knows. One human may be
// several contacts, so an e-mail alone is not an identity.
type Contact struct{ ent.Schema }

// Mixin of Contact.
func (Contact) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Contact}, tenant{reach: rule.OwnContacts}, stamped{}}
}

// Fields of Contact.
func (Contact) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		term("kind", terms.ContactKind("")).required(),
		field.String("name").MaxLen(401).Comment("Of a structure its name, of a person first and last name."),
		field.String("first_name").MaxLen(200).Default(""),
		field.String("last_name").MaxLen(200).Default(""),
		field.String("email").MaxLen(254).Default("").Comment("As typed (D-10)."),
		field.String("email_key").MaxLen(254).Default("").Comment("For comparing (D-10)."),
		field.String("public_key").MaxLen(254).Optional().Nillable().
			Comment("The e-mail key of a public individual: there is one of each (DI-7)."),
		term("language", terms.Language("")).orNone(),
		field.String("phone").Default("").Sensitive(),
		field.String("birth_date").Default("").Sensitive(),
		field.String("nationality").Default("").Sensitive(),
		field.String("id_number").Default("").Sensitive(),
		instant("anonymised_at"),
	}
}

// Indexes of Contact.
func (Contact) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organisation_id", "number").Unique(),
		index.Fields("organisation_id", "public_key").Unique(),
		index.Fields("organisation_id", "email_key"),
		index.Fields("organisation_id", "kind", "name", "id"),
	}
}

// Relay is an individual acting for a structure.
type Relay struct{ ent.Schema }

// Mixin of Relay.
func (Relay) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Relay}, tenant{reach: rule.Party("structure_id")}}
}

// Fields of Relay.
func (Relay) Fields() []ent.Field {
	return []ent.Field{
		ref("structure"), ref("individual"),
		field.Bool("main").Default(false).Comment("The structure's primary relay."),
	}
}

// Edges of Relay.
func (Relay) Edges() []ent.Edge {
	return []ent.Edge{to("structure", Contact.Type), to("individual", Contact.Type)}
}

// Indexes of Relay.
func (Relay) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("structure_id", "individual_id").Unique(),
		index.Fields("individual_id"),
	}
}
