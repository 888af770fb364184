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

// Venue is a house with its plan, the physical configuration.
type Venue struct{ ent.Schema }

// Mixin of Venue.
func (Venue) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Venue}, tenant{reach: rule.Everything}, named{}}
}

// Fields of Venue.
func (Venue) Fields() []ent.Field {
	return []ent.Field{
		field.String("time_zone").Comment("IANA zone in which its times are shown (D-8)."),
		field.String("city").Default(""),
	}
}

// Area is a zone of a venue: numbered, with seats, or unnumbered, with a capacity.
type Area struct{ ent.Schema }

// Mixin of Area.
func (Area) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Area}, tenant{reach: rule.Everything}}
}

// Fields of Area.
func (Area) Fields() []ent.Field {
	return []ent.Field{
		ref("venue"), code(),
		field.String("name").NotEmpty().MaxLen(200),
		term("kind", terms.AreaKind("")).required(),
		field.String("entrance").Default(""),
		field.Int("size").NonNegative().Default(0).Comment("Places of an unnumbered area."),
		field.Float("x").Default(0), field.Float("y").Default(0),
		field.Int("rank").Default(0).Comment("Its place in the plan, from 0."),
		field.Text("outline").Default("").
			Comment("Its edge on the plan: a JSON array of x and y in turn; empty where nobody drew one."),
	}
}

// Edges of Area.
func (Area) Edges() []ent.Edge { return []ent.Edge{to("venue", Venue.Type)} }

// Indexes of Area.
func (Area) Indexes() []ent.Index { return []ent.Index{index.Fields("venue_id", "code").Unique()} }

// Block is a part of an area.
type Block struct{ ent.Schema }

// Mixin of Block.
func (Block) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Block}, tenant{reach: rule.Everything}}
}

// Fields of Block.
func (Block) Fields() []ent.Field { return []ent.Field{ref("area"), code()} }

// Edges of Block.
func (Block) Edges() []ent.Edge { return []ent.Edge{to("area", Area.Type)} }

// Indexes of Block.
func (Block) Indexes() []ent.Index { return []ent.Index{index.Fields("area_id", "code").Unique()} }

// SeatRow is a row of a block.
type SeatRow struct{ ent.Schema }

// Mixin of SeatRow.
func (SeatRow) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.SeatRow}, tenant{reach: rule.Everything}}
}

// Fields of SeatRow.
func (SeatRow) Fields() []ent.Field {
	return []ent.Field{
		ref("block"),
		field.String("name").NotEmpty().MaxLen(30),
		field.Int("rank").Comment("Its place in the block, from 0."),
	}
}

// Edges of SeatRow.
func (SeatRow) Edges() []ent.Edge { return []ent.Edge{to("block", Block.Type)} }

// Indexes of SeatRow.
func (SeatRow) Indexes() []ent.Index { return []ent.Index{index.Fields("block_id", "name").Unique()} }

// Seat is a place with a number.
type Seat struct{ ent.Schema }

// Mixin of Seat.
func (Seat) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Seat}, tenant{reach: rule.Everything}}
}

// Fields of Seat.
func (Seat) Fields() []ent.Field {
	return []ent.Field{
		ref("seat_row"),
		field.String("name").NotEmpty().MaxLen(30).Comment("Its number, as text: leading zeros stay."),
		field.Int("rank").Comment("Its place in the row, from 0."),
		field.Float("x").Default(0), field.Float("y").Default(0),
		field.String("guid").Default("").MaxLen(200).Comment("Its name in an imported plan (SM-3); empty for one made of its place."),
		field.Text("extra").Default("").Comment("What an imported plan says of it and no column holds, as JSON."),
	}
}

// Edges of Seat.
func (Seat) Edges() []ent.Edge { return []ent.Edge{to("seat_row", SeatRow.Type)} }

// Indexes of Seat.
func (Seat) Indexes() []ent.Index { return []ent.Index{index.Fields("seat_row_id", "name").Unique()} }

// SeatPlan is what an imported plan says of a venue and no column of areas, rows
// and seats holds: sizes, drawings, colours, the order of its zones (SM-3).
type SeatPlan struct{ ent.Schema }

// Mixin of SeatPlan.
func (SeatPlan) Mixin() []ent.Mixin { return []ent.Mixin{tenant{reach: rule.Nothing}} }

// Annotations of SeatPlan.
func (SeatPlan) Annotations() []schema.Annotation { return table("seat_plans") }

// Fields of SeatPlan.
func (SeatPlan) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("venue"),
		field.String("name").Default(""),
		field.Int64("revision").Default(1).Comment("Rises with every import; what a map was made of."),
		field.Text("document").Comment("JSON; see server/seatmap."),
		field.Time("updated_at"),
	}
}

// Edges of SeatPlan.
func (SeatPlan) Edges() []ent.Edge { return []ent.Edge{to("venue", Venue.Type)} }

// Indexes of SeatPlan: a venue has one.
func (SeatPlan) Indexes() []ent.Index { return []ent.Index{index.Fields("venue_id").Unique()} }

// LogicalConfiguration is a venue's plan as set up for sale.
type LogicalConfiguration struct{ ent.Schema }

// Mixin of LogicalConfiguration.
func (LogicalConfiguration) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.LogicalConfiguration}, tenant{reach: rule.Nothing}, named{}}
}

// Fields of LogicalConfiguration.
func (LogicalConfiguration) Fields() []ent.Field { return []ent.Field{ref("venue")} }

// Edges of LogicalConfiguration.
func (LogicalConfiguration) Edges() []ent.Edge { return []ent.Edge{to("venue", Venue.Type)} }

// LogicalPlace says to which category and contingent a seat, or a number of
// places of an unnumbered area, belongs.
type LogicalPlace struct{ ent.Schema }

// Mixin of LogicalPlace.
func (LogicalPlace) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.LogicalPlace}, tenant{reach: rule.Nothing}}
}

// Fields of LogicalPlace.
func (LogicalPlace) Fields() []ent.Field {
	return []ent.Field{
		ref("logical_configuration"), ref("area"), refOrNone("seat"),
		ref("seat_category"), refOrNone("contingent"),
		field.Int("size").Positive().Default(1).Comment("1 for a seat."),
	}
}

// Edges of LogicalPlace.
func (LogicalPlace) Edges() []ent.Edge {
	return []ent.Edge{
		to("logical_configuration", LogicalConfiguration.Type), to("area", Area.Type), toOrNone("seat", Seat.Type),
		to("seat_category", SeatCategory.Type), toOrNone("contingent", Contingent.Type),
	}
}

// Indexes of LogicalPlace: a seat belongs to one category and contingent.
func (LogicalPlace) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("logical_configuration_id", "seat_id").Unique(),
		index.Fields("seat_id"),
	}
}

// Capacity is how many may be in: performance × area × contingent (D-5).
// Triggers count its live tickets and refuse what does not fit.
type Capacity struct{ ent.Schema }

// Mixin of Capacity.
func (Capacity) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Capacity}, tenant{reach: rule.Nothing}}
}

// Fields of Capacity.
func (Capacity) Fields() []ent.Field {
	return []ent.Field{
		ref("performance"), refOrNone("area"), refOrNone("contingent"),
		field.Int("size").NonNegative(),
		field.Int("taken").NonNegative().Default(0).Comment("Live tickets; kept by a trigger."),
		field.Int("held").NonNegative().Default(0).Comment("Places of unexpired holds."),
	}
}

// Edges of Capacity.
func (Capacity) Edges() []ent.Edge {
	return []ent.Edge{
		to("performance", Performance.Type), toOrNone("area", Area.Type), toOrNone("contingent", Contingent.Type),
	}
}

// Indexes of Capacity.
func (Capacity) Indexes() []ent.Index {
	return []ent.Index{index.Fields("performance_id", "area_id", "contingent_id").Unique()}
}
