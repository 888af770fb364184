package graph

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"github.com/google/uuid"

	"gradin/graph/hot"
	"gradin/graph/model"
	"gradin/server/errs"
)

// Page sizes (API-8): more is refused, not cut.
const (
	pageDefault = 50
	pageMost    = 200
)

// window is the part of a list that is asked for.
type window struct {
	limit    int
	backward bool
	// begun says that the list goes on from a cursor.
	begun bool
	at    mark
}

// mark is what a cursor carries: the order it belongs to, and the key of its element.
type mark struct {
	Order  string    `json:"o"`
	Key    string    `json:"k,omitempty"`
	Number int64     `json:"n,omitempty"`
	ID     uuid.UUID `json:"i"`
}

func (m mark) cursor() string { return string(m.append(nil)) }

// append appends the cursor: base64 of the JSON that windowOf reads. Every
// element of every page has one, so it is written by hand.
func (m mark) append(b []byte) []byte {
	var room [192]byte
	text := append(room[:0], `{"o":`...)
	text = hot.Text(text, m.Order)
	if m.Key != "" {
		text = hot.Text(append(text, `,"k":`...), m.Key)
	}
	if m.Number != 0 {
		text = hot.Number(append(text, `,"n":`...), m.Number)
	}
	text = hot.Text(append(text, `,"i":`...), m.ID.String())
	return base64.RawURLEncoding.AppendEncode(b, append(text, '}'))
}

// windowOf reads the four arguments of a connection, for a list in the order named.
func windowOf(order string, first *int, after *string, last *int, before *string) (window, error) {
	w := window{limit: pageDefault}
	cursor := after
	switch {
	case first != nil && last != nil:
		return w, errs.New(errs.Invalid, "Ask for first or for last, not for both.").At("first")
	case last != nil || before != nil && first == nil && after == nil:
		w.backward, cursor = true, before
	case before != nil:
		return w, errs.New(errs.Invalid, "before goes with last, after goes with first.").At("before")
	}
	for name, n := range map[string]*int{"first": first, "last": last} {
		if n == nil {
			continue
		}
		if *n < 0 || *n > pageMost {
			return w, errs.New(errs.Invalid, "A page has 0 to %d elements; %d were asked for.", pageMost, *n).At(name)
		}
		w.limit = *n
	}
	if cursor == nil {
		return w, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	if err != nil || json.Unmarshal(raw, &w.at) != nil || w.at.Order != order {
		return w, errs.New(errs.Invalid, "This cursor does not belong to this list in this order.")
	}
	w.begun = true
	return w, nil
}

// cut takes the page out of rows of which one more than asked for was read, in
// the list's order, and says where it stands.
func cut[R any](w window, rows []R, at func(R) mark) ([]R, *model.PageInfo) {
	more := len(rows) > w.limit
	if more && w.backward {
		rows = rows[1:]
	} else if more {
		rows = rows[:w.limit]
	}
	p := &model.PageInfo{HasNextPage: more && !w.backward, HasPreviousPage: more && w.backward}
	if w.backward {
		p.HasNextPage = w.begun
	} else {
		p.HasPreviousPage = w.begun
	}
	if len(rows) > 0 {
		first, last := at(rows[0]).cursor(), at(rows[len(rows)-1]).cursor()
		p.StartCursor, p.EndCursor = &first, &last
	}
	return rows, p
}

// pageOf makes a page of rows.
func pageOf[R, T any](w window, rows []R, at func(R) mark, node func(R) *T, total model.Total) *model.Page[T] {
	rows, info := cut(w, rows, at)
	p := &model.Page[T]{Edges: make([]*model.Edge[T], len(rows)), Total: total, PageInfo: info}
	for i, r := range rows {
		p.Edges[i] = &model.Edge[T]{Cursor: at(r).cursor(), Node: node(r)}
	}
	return p
}

func total[T any](ctx context.Context, p *model.Page[T]) (int, error) { return p.Total(ctx) }
