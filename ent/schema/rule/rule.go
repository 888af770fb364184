// Package rule decides what a viewer may see. Every entity has a policy made
// here: without a viewer everything is denied, nothing crosses from one
// organisation to another, and a portal user sees only what is within his
// reach (AC-3). Whether a viewer may *do* something is decided by the domain
// services, not here.
package rule

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"entgo.io/ent"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"gradin/server/viewer"
)

// ErrDenied is what a denied query or write ends with.
var ErrDenied = errors.New("denied by the visibility rules")

// Reach narrows what a portal user sees of an entity of his organisation. It
// returns false when he sees nothing at all.
type Reach func(v viewer.Viewer) (predicate func(*sql.Selector), sees bool)

// Everything lets all users of the organisation see all of the entity.
func Everything(viewer.Viewer) (func(*sql.Selector), bool) { return nil, true }

// Nothing hides the entity from portal users, resellers and controllers.
func Nothing(viewer.Viewer) (func(*sql.Selector), bool) { return nil, false }

// Party shows rows whose column names the viewer's side: his structure, or himself.
func Party(column string) Reach {
	return func(v viewer.Viewer) (func(*sql.Selector), bool) {
		party := v.Party()
		if party == (viewer.UUID{}) {
			return nil, false
		}
		return func(s *sql.Selector) { s.Where(sql.EQ(s.C(column), uuid.UUID(party))) }, true
	}
}

// Self shows rows whose column names the viewer's user.
func Self(column string) Reach {
	return func(v viewer.Viewer) (func(*sql.Selector), bool) {
		if v.User == (viewer.UUID{}) {
			return nil, false
		}
		return func(s *sql.Selector) { s.Where(sql.EQ(s.C(column), uuid.UUID(v.User))) }, true
	}
}

// OwnContacts shows the viewer himself and the structure he acts for.
func OwnContacts(v viewer.Viewer) (func(*sql.Selector), bool) {
	return func(s *sql.Selector) {
		s.Where(sql.In(s.C("id"), uuid.UUID(v.Contact), uuid.UUID(v.Structure)))
	}, true
}

// Chain shows tickets that the viewer's side owns or holds a link of.
func Chain(v viewer.Viewer) (func(*sql.Selector), bool) {
	party := uuid.UUID(v.Party())
	if party == uuid.Nil {
		return nil, false
	}
	return func(s *sql.Selector) {
		links := sql.Table("holder_links")
		held := sql.Dialect(s.Dialect()).Select(links.C("ticket_id")).From(links).
			Where(sql.And(sql.EQ(links.C("holder_id"), party), sql.IsNull(links.C("closed_at"))))
		s.Where(sql.Or(sql.EQ(s.C("owner_id"), party), sql.In(s.C("id"), held)))
	}, true
}

// Policy is the visibility of one entity; it implements ent.Policy.
type Policy struct {
	// Column names the organisation's column; empty for entities above the tenants.
	Column string
	// Portal is what portal users see.
	Portal Reach
	// Private holds staff to what portal users see, too.
	Private bool
}

// EvalQuery denies, or narrows the query to what the viewer may see.
func (p Policy) EvalQuery(ctx context.Context, q ent.Query) error {
	v, ok := viewer.From(ctx)
	if !ok {
		return fmt.Errorf("query without a viewer: %w", ErrDenied)
	}
	if err := p.tenant(v, q); err != nil {
		return err
	}
	if v.System || !p.Private && roleIsStaff(v.Role) {
		return nil
	}
	predicate, sees := p.Portal(v)
	if !sees {
		return fmt.Errorf("query as %s: %w", v.Role, ErrDenied)
	}
	if predicate == nil {
		return nil
	}
	return where(q, predicate)
}

// EvalMutation denies writes without a viewer, and keeps updates and deletes
// within the viewer's organisation.
func (p Policy) EvalMutation(ctx context.Context, m ent.Mutation) error {
	v, ok := viewer.From(ctx)
	if !ok {
		return fmt.Errorf("write without a viewer: %w", ErrDenied)
	}
	if v.Organisation == (viewer.UUID{}) || p.Column == "" {
		return nil
	}
	if m.Op().Is(ent.OpCreate) {
		if p.Column == "id" {
			return nil
		}
		value, set := m.Field(p.Column)
		if id, isID := value.(uuid.UUID); set && isID && id != uuid.UUID(v.Organisation) {
			return fmt.Errorf("write into another organisation: %w", ErrDenied)
		}
		return nil
	}
	if narrow, can := m.(interface {
		WhereP(...func(*sql.Selector))
	}); can {
		narrow.WhereP(sql.FieldEQ(p.Column, uuid.UUID(v.Organisation)))
		return nil
	}
	return fmt.Errorf("write that cannot be narrowed: %w", ErrDenied)
}

func (p Policy) tenant(v viewer.Viewer, q ent.Query) error {
	if p.Column == "" {
		return nil
	}
	if v.Organisation == (viewer.UUID{}) {
		if v.System || v.Role == "INSTITUTION_ADMIN" && p.Column == "id" {
			return nil
		}
		return fmt.Errorf("query without an organisation: %w", ErrDenied)
	}
	return where(q, sql.FieldEQ(p.Column, uuid.UUID(v.Organisation)))
}

func roleIsStaff(role string) bool {
	switch role {
	case "INSTITUTION_ADMIN", "ORGANISATION_ADMIN", "OPERATOR", "VIEWER":
		return true
	}
	return false
}

// where adds a predicate to a generated query of any entity. It goes by
// reflection so that the schema does not import the code generated from it.
func where(q ent.Query, predicate func(*sql.Selector)) error {
	method := reflect.ValueOf(q).MethodByName("Where")
	if !method.IsValid() || method.Type().NumIn() != 1 {
		return fmt.Errorf("%T cannot be narrowed: %w", q, ErrDenied)
	}
	kind := method.Type().In(0).Elem()
	method.Call([]reflect.Value{reflect.ValueOf(predicate).Convert(kind)})
	return nil
}
