package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// File groups orders; its number is what people quote.
type File struct{ ent.Schema }

// Mixin of File.
func (File) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.File}, tenant{reach: rule.Party("owner_id")}, stamped{}}
}

// Fields of File.
func (File) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"), ref("owner"),
		term("state", terms.FileState("")).required(),
	}
}

// Edges of File.
func (File) Edges() []ent.Edge { return []ent.Edge{to("owner", Contact.Type)} }

// Indexes of File.
func (File) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organisation_id", "number").Unique()}
}

// Order is one operation on a file.
type Order struct{ ent.Schema }

// Mixin of Order.
func (Order) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Order}, tenant{reach: rule.Party("buyer_id")}, stamped{}}
}

// Fields of Order.
func (Order) Fields() []ent.Field {
	return []ent.Field{
		ref("file"), ref("channel"), ref("point_of_sale"), ref("buyer"),
		term("operation", terms.OrderOperation("")).required(),
		field.String("external_reference").MaxLen(100).Optional().Nillable(),
		instant("expires_at"),
	}
}

// Edges of Order.
func (Order) Edges() []ent.Edge {
	return []ent.Edge{
		to("file", File.Type), to("channel", Channel.Type), to("point_of_sale", PointOfSale.Type),
		to("buyer", Contact.Type),
	}
}

// Indexes of Order.
func (Order) Indexes() []ent.Index {
	return []ent.Index{index.Fields("channel_id", "external_reference").Unique()}
}
