package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
	terms "gradin/server/term"
)

// User is somebody who can sign in. An address signs in to one organisation.
type User struct{ ent.Schema }

// Mixin of User.
func (User) Mixin() []ent.Mixin { return []ent.Mixin{identified{tag: oid.User}, stamped{}} }

// Fields of User.
func (User) Fields() []ent.Field {
	return []ent.Field{
		refOrNone("organisation"),
		field.String("email").MaxLen(254), field.String("email_key").MaxLen(254).Unique(),
		field.String("name").NotEmpty().MaxLen(200),
		term("role", terms.Role("")).required(),
		term("language", terms.Language("")).or("EN"),
		field.String("password_hash").Default("").Sensitive(),
		refOrNone("contact"), refOrNone("structure"), refOrNone("point_of_sale"),
		field.Bool("active").Default(true),
		field.Int("failed_sign_ins").NonNegative().Default(0), instant("locked_until"),
		instant("last_sign_in_at"),
	}
}

// Edges of User.
func (User) Edges() []ent.Edge {
	return []ent.Edge{
		toOrNone("organisation", Organisation.Type), toOrNone("contact", Contact.Type),
		toOrNone("structure", Contact.Type), toOrNone("point_of_sale", PointOfSale.Type),
	}
}

// Policy of User: staff see their organisation's, others themselves.
func (User) Policy() ent.Policy {
	return rule.Policy{Column: "organisation_id", Portal: rule.Self("id")}
}

// Session is a signed-in browser (AC-1).
type Session struct{ ent.Schema }

// Mixin of Session.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{identified{tag: oid.Session}, stamped{}} }

// Fields of Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		ref("user"),
		field.String("token_hash").MaxLen(64).Unique().Sensitive(),
		field.Time("expires_at").Comment("Twelve hours after it began, whatever happens."),
		field.Time("idle_at").Comment("When it ends for want of use."),
		field.String("address").Default(""),
	}
}

// Edges of Session.
func (Session) Edges() []ent.Edge { return []ent.Edge{to("user", User.Type)} }

// Policy of Session: nobody lists sessions; the sign-in finds them as the system.
func (Session) Policy() ent.Policy { return rule.Policy{Portal: rule.Self("user_id")} }

// APIToken is a key for programs; only its hash is kept (AC-1).
type APIToken struct{ ent.Schema }

// Mixin of APIToken.
func (APIToken) Mixin() []ent.Mixin { return []ent.Mixin{identified{tag: oid.APIToken}, stamped{}} }

// Annotations of APIToken.
func (APIToken) Annotations() []schema.Annotation { return table("api_tokens") }

// Fields of APIToken.
func (APIToken) Fields() []ent.Field {
	return []ent.Field{
		ref("user"),
		field.String("name").NotEmpty().MaxLen(100),
		field.String("prefix").MaxLen(16),
		field.String("token_hash").MaxLen(64).Unique().Sensitive(),
		field.Strings("scopes"),
		instant("expires_at"), instant("last_used_at"), instant("revoked_at"),
	}
}

// Edges of APIToken.
func (APIToken) Edges() []ent.Edge { return []ent.Edge{to("user", User.Type)} }

// Policy of APIToken: each user sees his own; staff's reach is narrowed by the service.
func (APIToken) Policy() ent.Policy { return rule.Policy{Portal: rule.Self("user_id")} }

// SavedView is what a user wants to see again of a page, under a name of his
// own: the page's address and its filters (UI-1).
type SavedView struct{ ent.Schema }

// Mixin of SavedView.
func (SavedView) Mixin() []ent.Mixin { return []ent.Mixin{identified{tag: oid.SavedView}, stamped{}} }

// Fields of SavedView.
func (SavedView) Fields() []ent.Field {
	return []ent.Field{
		ref("user"),
		field.String("name").NotEmpty().MaxLen(100), field.String("name_key").MaxLen(200).Comment("The name in lower case."),
		field.String("path").NotEmpty().MaxLen(200).Comment("Of the page, without the server."),
		field.String("query").MaxLen(2000).Default("").Comment("Its filters, as in the address."),
		field.Bool("is_default").Default(false).Comment("Shown where the page is opened without filters."),
	}
}

// Edges of SavedView.
func (SavedView) Edges() []ent.Edge { return []ent.Edge{to("user", User.Type)} }

// Indexes of SavedView: a name once, and one default, on each page of a user.
func (SavedView) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "path", "name_key").Unique(),
		index.Fields("user_id", "path").Unique().Annotations(entsql.IndexWhere("is_default")),
	}
}

// Policy of SavedView: nobody sees another's, staff neither.
func (SavedView) Policy() ent.Policy {
	return rule.Policy{Portal: rule.Self("user_id"), Private: true}
}

// RateWindow counts operations per account and address, over all replicas.
type RateWindow struct{ ent.Schema }

// Annotations of RateWindow.
func (RateWindow) Annotations() []schema.Annotation { return table("rate_windows") }

// Fields of RateWindow.
func (RateWindow) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").MaxLen(200).Comment("What is counted, by whom."),
		field.Time("window_start"),
		field.Int("used").NonNegative().Default(0),
	}
}

// Indexes of RateWindow.
func (RateWindow) Indexes() []ent.Index {
	return []ent.Index{index.Fields("key", "window_start").Unique()}
}

// Policy of RateWindow: nobody sees it but the system.
func (RateWindow) Policy() ent.Policy { return rule.Policy{Portal: rule.Nothing} }

// IdempotencyKey is a call that was carried out and may be repeated (API-4).
type IdempotencyKey struct{ ent.Schema }

// Mixin of IdempotencyKey.
func (IdempotencyKey) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{reach: rule.Nothing, keyless: true}}
}

// Annotations of IdempotencyKey.
func (IdempotencyKey) Annotations() []schema.Annotation { return table("idempotency_keys") }

// Fields of IdempotencyKey.
func (IdempotencyKey) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		ref("user"),
		field.String("key").MaxLen(200).Comment("The caller's own."),
		field.String("verb").Comment("The mutation."),
		field.String("input_hash").MaxLen(64).Comment("SHA-256 of the mutation and its input without the key."),
		field.UUID("object_id", uuid.UUID{}).Comment("What was made or changed; zero where there is not one."),
		field.Time("created_at"),
	}
}

// Indexes of IdempotencyKey: a key of a user is used once.
func (IdempotencyKey) Indexes() []ent.Index {
	return []ent.Index{index.Fields("user_id", "key").Unique(), index.Fields("created_at")}
}
