// Package viewer says who is acting. It is put into the context where a request
// or a job begins and read wherever something is shown or decided. Without a
// viewer nothing is visible (AC-3).
package viewer

import "context"

// UUID is an object id; this package imports nothing of ours, so it spells it out.
type UUID = [16]byte

// Viewer is who is acting: a user in a browser, a program with a token, or a
// named job of the system.
type Viewer struct {
	// User is who signed in; zero for the system and for a recipient.
	User UUID
	// Name is what the log, the history and the audit call him.
	Name string
	// Role is one of term.Role's values; empty for the system.
	Role string
	// Organisation is the tenant; zero only for the system and an institution's admin.
	Organisation UUID
	// Contact is the individual the user is in the portal.
	Contact UUID
	// Structure is the sponsor he acts for as a relay; zero when for himself.
	Structure UUID
	// PointOfSale is where his parameters come from.
	PointOfSale UUID
	// Language is "EN", "FR" or "DE".
	Language string
	// Session and Token say how he came in; at most one is set.
	Session UUID
	// Token is the API token he came in with.
	Token UUID
	// ReadOnly is set for tokens without the scope WRITE.
	ReadOnly bool
	// Address is where the request came from, for audit and limits.
	Address string
	// System is set for named jobs, which see everything of the tenant they work for
	// (of all tenants when Organisation is zero).
	System bool
}

type key struct{}

// With puts the viewer into the context.
func With(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, key{}, v)
}

// From reads the viewer from the context; false when nobody is acting.
func From(ctx context.Context) (Viewer, bool) {
	v, ok := ctx.Value(key{}).(Viewer)
	return v, ok
}

type spokenKey struct{}

// Speaking puts the language into the context that a request asks for, which
// counts while nobody is signed in.
func Speaking(ctx context.Context, language string) context.Context {
	return context.WithValue(ctx, spokenKey{}, language)
}

// Language is "EN", "FR" or "DE": the viewer's own, else that of the request,
// else English.
func Language(ctx context.Context) string {
	if v, ok := From(ctx); ok && v.Language != "" {
		return v.Language
	}
	if language, _ := ctx.Value(spokenKey{}).(string); language != "" {
		return language
	}
	return "EN"
}

// System makes the viewer of a named job that works for all tenants.
func System(job string) Viewer {
	return Viewer{Name: job, System: true, Language: "EN"}
}

// Party is the contact on whose side the viewer stands in a chain of holders:
// the structure of a relay, or the individual himself.
func (v Viewer) Party() UUID {
	if v.Structure != (UUID{}) {
		return v.Structure
	}
	return v.Contact
}

// InPortal says whether the viewer's reach is a chain of holders rather than
// the whole organisation.
func (v Viewer) InPortal() bool { return v.Role == "PORTAL_USER" }
