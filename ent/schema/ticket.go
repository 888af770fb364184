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

// Ticket is one right of entry. Only server/ticket writes it.
type Ticket struct{ ent.Schema }

// Mixin of Ticket.
func (Ticket) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{tag: oid.Ticket}, tenant{reach: rule.Chain}, stamped{}}
}

// Fields of Ticket.
func (Ticket) Fields() []ent.Field {
	return append(ticketKind(), append(ticketPresent(), ticketMilestones()...)...)
}

// ticketKind is what a ticket is for; it does not change.
func ticketKind() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		ref("product"), refOrNone("performance"), refOrNone("seat"), refOrNone("area"), refOrNone("capacity"),
		refOrNone("seat_category"), refOrNone("contingent"), ref("tariff"),
		ref("file"), ref("order"),
		refOrNone("parent"), refOrNone("replaces"), refOrNone("replaced_by"),
		field.Int64("price").NonNegative().Comment("Minor units (D-8)."),
		field.String("currency").MinLen(3).MaxLen(3),
		instant("valid_from"), instant("valid_until"),
		field.String("entrance").Default(""), field.String("area_name").Default(""),
		field.String("row_name").Default(""), field.String("seat_name").Default(""),
		field.String("item").Default("").Comment("Of a service: its size or language."),
		field.Int("quantity").Positive().Default(1).Comment("Persons it lets in."),
		field.String("place_key").Comment("Sorts by performance and place."),
	}
}

// ticketPresent is what a ticket is now.
func ticketPresent() []ent.Field {
	return []ent.Field{
		ref("owner"), refOrNone("holder"),
		field.String("holder_email").Default("").Comment("As the giver typed it (DI-7)."),
		field.String("holder_email_key").Default(""),
		field.String("holder_first_name").Default(""),
		field.String("holder_last_name").Default(""),
		field.String("holder_search").Default("").Comment("Last name, first name, folded, for searching by beginning."),
		field.String("holder_first_key").Default("").Comment("First name, folded."),
		term("shipment_mode", terms.ShipmentMode("")).or("MOBILE"),
		field.String("barcode").MaxLen(64).Sensitive().Comment("The bearer's secret (D-6)."),
		term("state", terms.TicketState("")).or("NOT_PRINTED"),
		field.String("dead_reason").Default("").Comment("Why its barcode is dead (D-11)."),
		field.Bool("live").Default(true).Comment("Whether it takes up its place; follows the state (D-4)."),
		term("location", terms.DeliveryLocation("")).or("NONE"),
		field.Bool("on_resale").Default(false),
		field.Int64("version").Default(1).Comment("Rises with every change (DI-2)."),
		field.Int64("move").Default(0).Comment("Rises with every change of holder; what a workbook pins (WB-3)."),
		field.Int("depth").Default(0).Comment("Open links of its chain of holders."),
		field.Int("transferred_depth").Default(0).
			Comment("Depth of the deepest open link that a guest opened by passing it on; 0 = none (TB-1)."),
		field.String("holder_fields").Default("").Sensitive().
			Comment("JSON: what else the organiser asks of a guest, as the giver typed it (DI-10)."),
		field.Int("recoveries").Default(0).Comment("How often it and those before it were taken back after download (TB-7)."),
		refOrNone("wallet"),
	}
}

// ticketMilestones is when what happened to a ticket (D-2).
func ticketMilestones() []ent.Field {
	return []ent.Field{
		instant("distributed_at"), instant("printed_at"), instant("injected_at"), instant("downloaded_at"),
		instant("transferred_at"), instant("activated_at"), instant("deleted_at"), instant("controlled_at"),
		instant("ended_at"), instant("wallet_reported_at"),
		// recovered_at is when it, or one before it, was last taken back after download (TB-7).
		instant("recovered_at"),
	}
}

// Edges of Ticket.
func (Ticket) Edges() []ent.Edge {
	return []ent.Edge{
		to("product", Product.Type), toOrNone("performance", Performance.Type), toOrNone("seat", Seat.Type),
		toOrNone("area", Area.Type), toOrNone("capacity", Capacity.Type),
		toOrNone("seat_category", SeatCategory.Type), toOrNone("contingent", Contingent.Type),
		to("tariff", Tariff.Type), to("file", File.Type), to("order", Order.Type),
		to("owner", Contact.Type), toOrNone("holder", Contact.Type),
	}
}

// Indexes of Ticket.
func (Ticket) Indexes() []ent.Index {
	live := entsql.IndexWhere("live")
	return []ent.Index{
		index.Fields("organisation_id", "number").Unique(),
		index.Fields("barcode").Unique(),
		// One live ticket per seat and performance (D-4).
		index.Fields("performance_id", "seat_id").Unique().Annotations(live),
		index.Fields("owner_id", "product_id", "place_key", "id"),
		index.Fields("owner_id", "number"),
		index.Fields("owner_id", "holder_search"),
		index.Fields("owner_id", "holder_email_key"),
		index.Fields("organisation_id", "place_key", "id"),
		index.Fields("holder_id"),
		index.Fields("capacity_id"),
		index.Fields("parent_id"),
		// A ticket is replaced once (D-7).
		index.Fields("replaces_id").Unique(),
	}
}

// HolderLink is one link of a ticket's chain of holders: who gave it to whom.
// The owner is not a link; the last open one is the present holder (DI-6, TB-1).
type HolderLink struct{ ent.Schema }

// Mixin of HolderLink.
func (HolderLink) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of HolderLink.
func (HolderLink) Annotations() []schema.Annotation { return table("holder_links") }

// Fields of HolderLink.
func (HolderLink) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("ticket"), ref("giver"), ref("holder"), refOrNone("execution"),
		field.Int("depth").Positive().Comment("1 for whom the owner gave it to."),
		field.Int64("version").Comment("The ticket's after it opened; names the history entry."),
		field.String("email").Default(""), field.String("first_name").Default(""), field.String("last_name").Default(""),
		field.Bool("passed_on").Default(false).Comment("Opened by a guest on his page (WA-3)."),
		refOrNone("pass_on"),
		field.Time("opened_at"), instant("closed_at"), refOrNone("closed_execution"),
		term("closed_as", terms.LinkEnd("")).orNone(),
	}
}

// Indexes of HolderLink: one open link per depth. A ticket's history reads its
// links by version, whether open or not, and undo those of a run.
func (HolderLink) Indexes() []ent.Index {
	open := entsql.IndexWhere("closed_at IS NULL")
	return []ent.Index{
		index.Fields("ticket_id", "depth").Unique().Annotations(open),
		index.Fields("holder_id", "execution_id"),
		index.Fields("ticket_id", "version"),
		index.Fields("execution_id", "id"),
	}
}

// HistoryEntry is something that happened to a ticket (D-3). Triggers refuse
// changes. There is one entry per ticket and version.
type HistoryEntry struct{ ent.Schema }

// Mixin of HistoryEntry.
func (HistoryEntry) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of HistoryEntry.
func (HistoryEntry) Annotations() []schema.Annotation { return table("history_entries") }

// Fields of HistoryEntry.
func (HistoryEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("ticket"),
		field.Int64("version").Comment("The ticket's version after it."),
		field.Time("at"),
		term("event", terms.HistoryEvent("")).required(),
		term("via", terms.HistoryVia("")).required(),
		refOrNone("user"), field.String("actor").Default(""), refOrNone("actor_contact"),
		refOrNone("execution"), refOrNone("order"),
		refOrNone("from_holder"), refOrNone("to_holder"),
		term("state", terms.TicketState("")).required(),
		term("location", terms.DeliveryLocation("")).required(),
		field.String("barcode_mark").Default("").Sensitive().
			Comment("SHA-256 of the barcode after it; empty when it did not change."),
	}
}

// Indexes of HistoryEntry.
func (HistoryEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("ticket_id", "version").Unique(),
	}
}
