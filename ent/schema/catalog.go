package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// Season is a year of activity.
type Season struct{ ent.Schema }

// Mixin of Season.
func (Season) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Season}, tenant{reach: rule.Everything}, named{}}
}

// Fields of Season.
func (Season) Fields() []ent.Field {
	return []ent.Field{field.Time("starts_at"), field.Time("ends_at")}
}

// Product is something sold; its family decides what its tickets look like.
type Product struct{ ent.Schema }

// Mixin of Product.
func (Product) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Product}, tenant{reach: rule.Everything}, named{}}
}

// Fields of Product.
func (Product) Fields() []ent.Field {
	return []ent.Field{
		ref("season"),
		term("family", terms.ProductFamily("")).required(),
		field.Int("distribution_opens_minutes").Optional().Nillable().
			Comment("Minutes before the start from which tickets may be distributed; none = always (DI-10)."),
		field.Int("distribution_closes_minutes").Optional().Nillable().
			Comment("Minutes before the start until which tickets may be distributed; none = always (DI-10)."),
		field.Int("guest_limit").Optional().Nillable().
			Comment("Tickets a guest may have per performance; none = any number (DI-10)."),
		field.Strings("guest_fields").Optional().
			Comment("Fields asked for beyond e-mail and names (DI-10)."),
	}
}

// Edges of Product.
func (Product) Edges() []ent.Edge {
	return []ent.Edge{
		to("season", Season.Type),
		edge.From("profiles", Profile.Type).Ref("products"),
	}
}

// Performance is a dated session, match, day or slot of a product.
type Performance struct{ ent.Schema }

// Mixin of Performance.
func (Performance) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Performance}, tenant{reach: rule.Everything}}
}

// Fields of Performance.
func (Performance) Fields() []ent.Field {
	return []ent.Field{
		ref("product"), refOrNone("venue"), refOrNone("logical_configuration"),
		code(),
		field.String("name").NotEmpty().MaxLen(200).Comment("Of a match: home – visitors."),
		field.Time("starts_at"),
		field.Int("duration_minutes").Optional().Nillable(),
		field.Int("distribution_opens_minutes").Optional().Nillable().Comment("Instead of the product's; none = as the product (DI-10)."),
		field.Int("distribution_closes_minutes").Optional().Nillable().Comment("Instead of the product's; none = as the product (DI-10)."),
		field.Int("guest_limit").Optional().Nillable().Comment("Instead of the product's; none = as the product (DI-10)."),
	}
}

// Edges of Performance.
func (Performance) Edges() []ent.Edge {
	return []ent.Edge{
		to("product", Product.Type), toOrNone("venue", Venue.Type),
		toOrNone("logical_configuration", LogicalConfiguration.Type),
	}
}

// Indexes of Performance.
func (Performance) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("product_id", "code").Unique(),
		index.Fields("product_id", "starts_at", "id"),
	}
}

// SeatCategory is a price zone.
type SeatCategory struct{ ent.Schema }

// Mixin of SeatCategory.
func (SeatCategory) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.SeatCategory}, tenant{reach: rule.Everything}, named{}}
}

// Fields of SeatCategory.
func (SeatCategory) Fields() []ent.Field {
	return []ent.Field{field.Int("rank").Default(0), field.String("color").Default("")}
}

// Tariff is a kind of price.
type Tariff struct{ ent.Schema }

// Mixin of Tariff.
func (Tariff) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Tariff}, tenant{reach: rule.Everything}, named{}}
}

// Fields of Tariff.
func (Tariff) Fields() []ent.Field {
	return []ent.Field{refOrNone("season"), term("audience", terms.AudienceCategory("")).required()}
}

// Edges of Tariff.
func (Tariff) Edges() []ent.Edge { return []ent.Edge{toOrNone("season", Season.Type)} }

// Price is the amount for a product or performance × seat category × tariff (D-8).
type Price struct{ ent.Schema }

// Mixin of Price.
func (Price) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Price}, tenant{reach: rule.Nothing}}
}

// Fields of Price.
func (Price) Fields() []ent.Field {
	return []ent.Field{
		ref("product"), refOrNone("performance"), refOrNone("seat_category"), ref("tariff"),
		field.Int64("amount").NonNegative().Comment("Minor units."),
		field.String("currency").MinLen(3).MaxLen(3),
	}
}

// Edges of Price.
func (Price) Edges() []ent.Edge {
	return []ent.Edge{
		to("product", Product.Type), toOrNone("performance", Performance.Type),
		toOrNone("seat_category", SeatCategory.Type), to("tariff", Tariff.Type),
	}
}

// Contingent is a named share of places that channels may sell from.
type Contingent struct{ ent.Schema }

// Mixin of Contingent.
func (Contingent) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Contingent}, tenant{reach: rule.Everything}, named{}}
}

// Fields of Contingent.
func (Contingent) Fields() []ent.Field {
	return []ent.Field{field.Bool("external").Default(false).
		Comment("Handed to a reseller that cannot see live stock: nobody else sells from it.")}
}

// Edges of Contingent.
func (Contingent) Edges() []ent.Edge {
	return []ent.Edge{edge.From("channels", Channel.Type).Ref("contingents")}
}

// Channel is where sales come from.
type Channel struct{ ent.Schema }

// Mixin of Channel.
func (Channel) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Channel}, tenant{reach: rule.Everything}, named{}}
}

// Fields of Channel.
func (Channel) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("type").GoType(terms.ChannelType("")).Immutable(),
		field.Bool("active").Default(true),
		field.Bool("third_party_tickets").Default(false),
	}
}

// Edges of Channel.
func (Channel) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("contingents", Contingent.Type),
		edge.To("profiles", Profile.Type),
	}
}

// Profile lists what a channel may sell: an activity profile events and
// competitions, a product profile all other families.
type Profile struct{ ent.Schema }

// Mixin of Profile.
func (Profile) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Profile}, tenant{reach: rule.Nothing}, named{}}
}

// Fields of Profile.
func (Profile) Fields() []ent.Field {
	return []ent.Field{term("kind", terms.ProfileKind("")).required()}
}

// Edges of Profile.
func (Profile) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("products", Product.Type),
		edge.From("channels", Channel.Type).Ref("profiles"),
	}
}

// PointOfSale belongs to a channel; its parameters rule the portal.
type PointOfSale struct{ ent.Schema }

// Mixin of PointOfSale.
func (PointOfSale) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.PointOfSale}, tenant{reach: rule.Everything}, named{}}
}

// Fields of PointOfSale.
func (PointOfSale) Fields() []ent.Field {
	return []ent.Field{
		ref("channel"),
		field.Bool("active").Default(true),
		field.Strings("payment_methods").Optional(),
		term("language", terms.Language("")).or("EN"),
		field.Bool("import_ticket_details").Default(false).Comment("IM-5"),
		field.Bool("advanced_view").Default(false).Comment("DA-4"),
		field.Bool("cart").Default(false).Comment("CA-1"),
		field.Bool("pass_on").Default(false).Comment("WA-3"),
		field.Int("pass_on_hours").Positive().Default(72).Comment("How long who is offered a ticket may think (WA-3)."),
		field.Bool("allow_take_back_injected").Default(false),
		term("take_back_downloaded", terms.TakeBackDownloaded("")).or("OFF"),
		field.Bool("take_back_transferred").Default(false),
		term("take_back_shipment_mode", terms.ShipmentMode("")).orNone(),
		field.Ints("remind_hours").Optional().
			Comment("Hours before the start at which guests are reminded of tickets they have not fetched (ML-4)."),
		field.Bool("tell_taken_back").Default(true).Comment("Whether who loses a ticket gets a mail (ML-1)."),
	}
}

// Edges of PointOfSale.
func (PointOfSale) Edges() []ent.Edge { return []ent.Edge{to("channel", Channel.Type)} }
