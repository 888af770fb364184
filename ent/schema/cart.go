package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// Cart is a distribution prepared over days: one per user and structure, saved
// at every change, never expiring (CA-1).
type Cart struct{ ent.Schema }

// Mixin of Cart.
func (Cart) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Cart}, tenant{reach: rule.Party("sponsor_id")}, stamped{}}
}

// Fields of Cart.
func (Cart) Fields() []ent.Field {
	return []ent.Field{
		ref("sponsor"), ref("user"),
		field.Time("changed_at"),
		field.Int64("version").Default(1).Comment("Rises with every change."),
	}
}

// Edges of Cart.
func (Cart) Edges() []ent.Edge {
	return []ent.Edge{to("sponsor", Contact.Type), to("user", User.Type)}
}

// Indexes of Cart.
func (Cart) Indexes() []ent.Index {
	return []ent.Index{index.Fields("sponsor_id", "user_id").Unique()}
}

// CartLine is a ticket in a cart, with or without a guest. A ticket lies in one
// cart of a structure at most, so that colleagues do not plan it twice.
type CartLine struct{ ent.Schema }

// Mixin of CartLine.
func (CartLine) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.CartLine}, tenant{reach: rule.Party("sponsor_id"), keyless: true}}
}

// Annotations of CartLine.
func (CartLine) Annotations() []schema.Annotation { return table("cart_lines") }

// Fields of CartLine.
func (CartLine) Fields() []ent.Field {
	return []ent.Field{
		ref("sponsor"), ref("cart"), ref("ticket"),
		field.Int64("move").Comment("The ticket's when it was put in; when it moved since, the line is stale (CA-4)."),
		field.Bool("to_me").Default(false).Comment("Taken back at validation (CA-3)."),
		field.UUID("entry_id", uuid.UUID{}).Optional().Nillable().Comment("Of the address book."),
		field.String("email").MaxLen(254).Default(""), field.String("email_key").MaxLen(254).Default(""),
		field.String("first_name").MaxLen(200).Default(""), field.String("last_name").MaxLen(200).Default(""),
		field.String("fields").Default("").Sensitive().Comment("JSON: further fields of the guest (DI-10)."),
		term("reason", terms.ReasonCode("")).orNone(),
		field.Time("added_at"),
	}
}

// Edges of CartLine: it goes with its cart.
func (CartLine) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("cart", Cart.Type).Field("cart_id").Unique().Required().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of CartLine.
func (CartLine) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("sponsor_id", "ticket_id").Unique(),
		index.Fields("cart_id", "id"),
		index.Fields("ticket_id"),
	}
}

// AddressBookEntry is a guest in somebody's private address book. It is linked
// to the real contact when he first gets a ticket, and learns nothing from it (CA-2).
type AddressBookEntry struct{ ent.Schema }

// Mixin of AddressBookEntry.
func (AddressBookEntry) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.AddressBookEntry}, tenant{reach: rule.Self("user_id")}, stamped{}}
}

// Annotations of AddressBookEntry.
func (AddressBookEntry) Annotations() []schema.Annotation { return table("address_book_entries") }

// Fields of AddressBookEntry.
func (AddressBookEntry) Fields() []ent.Field {
	return []ent.Field{
		ref("user"),
		field.String("email").MaxLen(254), field.String("email_key").MaxLen(254),
		field.String("first_name").MaxLen(200), field.String("last_name").MaxLen(200),
		field.String("company").MaxLen(200).Default(""), field.String("note").MaxLen(500).Default(""),
		field.String("search_key").Default(""),
		field.String("fields").Default("").Sensitive().Comment("JSON: further fields of the guest (DI-10)."),
		refOrNone("contact"),
	}
}

// Indexes of AddressBookEntry.
func (AddressBookEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "email_key").Unique(),
		index.Fields("user_id", "search_key", "id"),
	}
}
