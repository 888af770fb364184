package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Written is an entry as it is read. Before and After of its changes are JSON.
type Written struct {
	Sequence int64     `json:"sequence"`
	At       time.Time `json:"at"`
	// User is who did it; empty for the system and for who was not signed in.
	User    string `json:"user,omitempty"`
	Actor   string `json:"actor"`
	Address string `json:"address,omitempty"`
	Verb    string `json:"verb"`
	// Object is the global id of what it was done to.
	Object string          `json:"object,omitempty"`
	Detail json.RawMessage `json:"detail"`
	Hash   string          `json:"hash"`
}

// Filter says which entries are meant; what is empty does not narrow.
type Filter struct {
	// User did it, Object it was done to.
	User, Object uuid.UUID
	// Verb begins with this, such as "account.".
	Verb string
	// From is the first moment, To the one after the last.
	From, To *time.Time
}

// Page is the part of the list that is asked for: at most Limit entries before
// the sequence number Before or after After, newest first; zero is no bound.
type Page struct {
	Limit         int
	Before, After int64
	// Oldest reads from the back of the list: the entries are still newest first.
	Oldest bool
}

// MayRead says whether the viewer may read his organisation's audit log.
func MayRead(v viewer.Viewer) bool {
	return v.Organisation != (viewer.UUID{}) && term.Role(v.Role).Administers()
}

func permit(ctx context.Context) (uuid.UUID, error) {
	v, ok := viewer.From(ctx)
	switch {
	case !ok:
		return uuid.Nil, errs.New(errs.Unauthenticated, "Sign in first.")
	case !MayRead(v):
		return uuid.Nil, errs.New(errs.Forbidden, "You may not read the audit log. Ask your organisation's admin.")
	}
	return uuid.UUID(v.Organisation), nil
}

// List reads entries of the viewer's organisation.
func List(ctx context.Context, c db.Conn, f Filter, p Page) ([]Written, error) {
	organisation, err := permit(ctx)
	if err != nil {
		return nil, err
	}
	s := f.statement(organisation)
	if p.Before > 0 {
		s.where("sequence < $%d::bigint", p.Before)
	}
	if p.After > 0 {
		s.where("sequence > $%d::bigint", p.After)
	}
	direction := " DESC"
	if p.Oldest {
		direction = ""
	}
	entries, err := read(ctx, c, s, fmt.Sprintf(" ORDER BY sequence%s LIMIT %d", direction, p.Limit))
	if p.Oldest {
		sort.Slice(entries, func(i, j int) bool { return entries[i].Sequence > entries[j].Sequence })
	}
	return entries, err
}

// Count counts the entries within the filter.
func Count(ctx context.Context, c db.Conn, f Filter) (int, error) {
	organisation, err := permit(ctx)
	if err != nil {
		return 0, err
	}
	s := f.statement(organisation)
	n, err := db.Get[int](ctx, c, "SELECT count(*) FROM audit_entries WHERE "+s.text(), s.args...)
	if err != nil {
		return 0, fmt.Errorf("count the audit log: %w", err)
	}
	return n, nil
}

// exportPage is how many entries are held in memory at once.
const exportPage = 1000

// Export gives every entry of an organisation within the filter to the function,
// oldest first. It is for the command line: whoever can run that reads the store.
func Export(ctx context.Context, c db.Conn, organisation uuid.UUID, f Filter, give func(Written) error) error {
	for after := int64(0); ; {
		s := f.statement(organisation)
		s.where("sequence > $%d::bigint", after)
		entries, err := read(ctx, c, s, fmt.Sprintf(" ORDER BY sequence LIMIT %d", exportPage))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := give(e); err != nil {
				return err
			}
			after = e.Sequence
		}
		if len(entries) < exportPage {
			return nil
		}
	}
}

// statement gathers conditions and their arguments.
type statement struct {
	conditions []string
	args       []any
}

func (s *statement) where(condition string, arg any) {
	s.args = append(s.args, arg)
	s.conditions = append(s.conditions, fmt.Sprintf(condition, len(s.args)))
}

func (s *statement) text() string { return strings.Join(s.conditions, " AND ") }

func (f Filter) statement(organisation uuid.UUID) *statement {
	s := &statement{}
	s.where("organisation_id = $%d::uuid", organisation)
	if f.User != uuid.Nil {
		s.where("user_id = $%d::uuid", f.User)
	}
	if f.Object != uuid.Nil {
		s.where("object = $%d::text", oid.Encode(f.Object))
	}
	if f.Verb != "" {
		s.where(fmt.Sprintf("substr(verb, 1, %d) = $%%d::text", utf8.RuneCountInString(f.Verb)), f.Verb)
	}
	if f.From != nil {
		s.where("at >= $%d::timestamptz", db.Moment(*f.From))
	}
	if f.To != nil {
		s.where("at < $%d::timestamptz", db.Moment(*f.To))
	}
	return s
}

func read(ctx context.Context, c db.Conn, s *statement, end string) ([]Written, error) {
	entries, err := db.Select(ctx, c, func(r *sql.Rows) (Written, error) {
		var w Written
		var at db.Time
		var user uuid.NullUUID
		var detail string
		err := r.Scan(&w.Sequence, &at, &user, &w.Actor, &w.Address, &w.Verb, &w.Object, &detail, &w.Hash)
		if user.Valid {
			w.User = oid.Encode(user.UUID)
		}
		w.At, w.Detail = at.Time, json.RawMessage(detail)
		return w, err
	}, "SELECT sequence, at, user_id, actor, address, verb, object, detail, hash FROM audit_entries WHERE "+s.text()+end, s.args...)
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	return entries, nil
}

// Field is a changed field as it is shown: its values are JSON, empty for none.
type Field struct{ Name, Before, After string }

// Fields are the changed fields by name, and what else the entry says, as JSON.
func (w Written) Fields() (fields []Field, rest string) {
	all := map[string]json.RawMessage{}
	if json.Unmarshal(w.Detail, &all) != nil {
		return nil, string(w.Detail)
	}
	var changes map[string]struct{ Before, After json.RawMessage }
	if json.Unmarshal(all[changesKey], &changes) == nil {
		delete(all, changesKey)
	}
	for name, c := range changes {
		fields = append(fields, Field{name, shown(c.Before), shown(c.After)})
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	text, _ := json.Marshal(all) // raw messages that were read: cannot fail
	return fields, string(text)
}

func shown(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}
