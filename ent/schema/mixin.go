// Package schema is what the store remembers: entities, edges, indexes and the
// constraints behind every "only once" (D-4 … D-10). It holds no use case.
//
// What an index cannot say (capacities, append-only tables, marks that follow
// a state) is said by triggers in the migrations *_guards.sql of both engines.
package schema

import (
	"errors"
	"regexp"
	"time"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"entgo.io/ent/schema/mixin"
	"github.com/google/uuid"

	"gradin/ent/schema/rule"
	"gradin/server/oid"
)

// identified gives an entity its object id.
type identified struct {
	mixin.Schema
	tag oid.Tag
}

// Fields of the mixin.
func (m identified) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("id", uuid.UUID{}).Default(oid.Maker(m.tag)).Immutable(),
	}
}

// tenant puts an entity into an organisation and makes it visible there:
// to staff all of it, to portal users what reach allows (AC-3).
type tenant struct {
	mixin.Schema
	reach rule.Reach
	// keyless leaves the foreign key out, for tables that grow without end.
	keyless bool
}

// Fields of the mixin.
func (m tenant) Fields() []ent.Field {
	return []ent.Field{field.UUID("organisation_id", uuid.UUID{}).Immutable()}
}

// Edges of the mixin.
func (m tenant) Edges() []ent.Edge {
	if m.keyless {
		return nil
	}
	return []ent.Edge{
		edge.To("organisation", Organisation.Type).Field("organisation_id").Unique().Required().Immutable(),
	}
}

// Policy of the mixin.
func (m tenant) Policy() ent.Policy {
	return rule.Policy{Column: "organisation_id", Portal: m.reach}
}

// stamped says when a row was made.
type stamped struct{ mixin.Schema }

// Fields of the mixin.
func (stamped) Fields() []ent.Field {
	return []ent.Field{field.Time("created_at").Default(now).Immutable()}
}

// now is the present in UTC, cut to microseconds: PostgreSQL keeps no more, and
// SQLite compares text.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// named gives an entity a code and a name, the code unique in its organisation (D-9).
type named struct{ mixin.Schema }

// Fields of the mixin.
func (named) Fields() []ent.Field {
	return []ent.Field{code(), field.String("name").NotEmpty().MaxLen(200)}
}

// Indexes of the mixin.
func (named) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organisation_id", "code").Unique()}
}

var codeForm = regexp.MustCompile(`^[A-Z0-9][A-Z0-9_.-]*$`)

// code is an upper-case code of at most 30 characters (D-9).
func code() ent.Field {
	return field.String("code").MaxLen(30).Validate(func(s string) error {
		if !codeForm.MatchString(s) {
			return errors.New("a code has capital letters, digits, _ . and - only")
		}
		return nil
	})
}

// ref is a required reference.
func ref(name string) ent.Field { return field.UUID(name+"_id", uuid.UUID{}) }

// refOrNone is a reference that may be absent.
func refOrNone(name string) ent.Field {
	return field.UUID(name+"_id", uuid.UUID{}).Optional().Nillable()
}

// to is the edge of a required reference.
func to(name string, kind any) ent.Edge {
	return edge.To(name, kind).Field(name + "_id").Unique().Required().Annotations(entsql.OnDelete(entsql.Restrict))
}

// toOrNone is the edge of a reference that may be absent.
func toOrNone(name string, kind any) ent.Edge {
	return edge.To(name, kind).Field(name + "_id").Unique().Annotations(entsql.OnDelete(entsql.Restrict))
}

// instant is a point in time that may be absent.
func instant(name string) ent.Field { return field.Time(name).Optional().Nillable() }

// term is a column of a closed set.
func term(name string, kind interface{ Values() []string }) entEnum {
	return entEnum{name: name, kind: kind}
}

type entEnum struct {
	name string
	kind interface{ Values() []string }
}

func (e entEnum) required() ent.Field { return field.Enum(e.name).GoType(e.kind) }
func (e entEnum) orNone() ent.Field   { return field.Enum(e.name).GoType(e.kind).Optional().Nillable() }
func (e entEnum) or(value string) ent.Field {
	return field.Enum(e.name).GoType(e.kind).Default(value)
}

// table names the table, where ent's own plural would not do.
func table(name string) []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: name}}
}
