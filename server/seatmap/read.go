package seatmap

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reader turns decoded JSON into a plan and gathers what is wrong with it. What
// it takes out of an object goes into a field; the rest are the members.
type reader struct {
	problems   Problems
	guids      map[string]string
	categories map[string]bool
	seats      int
}

// object is the value as an object.
func (r *reader) object(v any, path string) (map[string]any, bool) {
	m, is := v.(map[string]any)
	if !is {
		r.problems.add(path, "This must be an object, and is %s.", kindOf(v))
	}
	return m, is
}

// list is a member that must be a list; one that may be absent is then empty.
func (r *reader) list(m map[string]any, name, path string, needed bool) []any {
	v, there := m[name]
	if !there {
		if needed {
			r.problems.add(path, "%q is missing: give a list, even an empty one.", name)
		}
		return nil
	}
	l, is := v.([]any)
	if !is {
		r.problems.add(path+"."+name, "This must be a list, and is %s.", kindOf(v))
	}
	return l
}

// text is a member that must be a text of least to most characters on one line.
func (r *reader) text(m map[string]any, name, path string, least, most int) string {
	v, there := m[name]
	if !there {
		if least > 0 {
			r.problems.add(path, "%q is missing.", name)
		}
		return ""
	}
	s, is := v.(string)
	switch n := utf8.RuneCountInString(s); {
	case !is:
		r.problems.add(path+"."+name, "This must be a text, and is %s.", kindOf(v))
	case least > 0 && strings.TrimSpace(s) == "":
		r.problems.add(path+"."+name, "This is empty. Give it 1 to %d characters.", most)
	case n > most:
		r.problems.add(path+"."+name, "This has %d characters; %d are the most.", n, most)
	case strings.ContainsFunc(s, unicode.IsControl):
		r.problems.add(path+"."+name, "This holds a line break or another control character. Remove it.")
	}
	return s
}

// number is a member that must be a number of a sensible size.
func (r *reader) number(m map[string]any, name, path string, least float64, needed bool) float64 {
	v, there := m[name]
	if !there {
		if needed {
			r.problems.add(path, "%q is missing.", name)
		}
		return 0
	}
	n, is := v.(json.Number)
	if !is {
		r.problems.add(path+"."+name, "This must be a number, and is %s.", kindOf(v))
		return 0
	}
	f, err := n.Float64()
	if err != nil || math.IsNaN(f) || f < least || f > maxNumber {
		r.problems.add(path+"."+name, "%s is out of bounds: give a number from %g to %g.", n, least, float64(maxNumber))
		return 0
	}
	return f
}

// point is a member that must be a position.
func (r *reader) point(m map[string]any, name, path string, needed bool) Point {
	v, there := m[name]
	if !there {
		if needed {
			r.problems.add(path, "%q is missing: give an object with x and y.", name)
		}
		return Point{}
	}
	at, is := r.object(v, path+"."+name)
	if !is {
		return Point{}
	}
	path += "." + name
	return Point{r.number(at, "x", path, -maxNumber, true), r.number(at, "y", path, -maxNumber, true)}
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case string:
		return "a text"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	}
	return "an object"
}

func at(path, name string, i int) string {
	if path == "" {
		return fmt.Sprintf("%s[%d]", name, i)
	}
	return fmt.Sprintf("%s.%s[%d]", path, name, i)
}

func (r *reader) plan(root any) *Plan {
	m, is := r.object(root, "$")
	if !is {
		return nil
	}
	p := &Plan{Name: r.text(m, "name", "$", 1, 200), Members: m}
	if size, there := m["size"]; !there {
		r.problems.add("$", "%q is missing: give an object with width and height.", "size")
	} else if s, is := r.object(size, "$.size"); is {
		r.number(s, "width", "$.size", 0, true)
		r.number(s, "height", "$.size", 0, true)
	}
	r.categoriesOf(m)
	for i, z := range r.list(m, "zones", "$", true) {
		if m, is := r.object(z, at("$", "zones", i)); is {
			p.Zones = append(p.Zones, r.zone(m, at("$", "zones", i)))
		}
	}
	delete(m, "zones")
	switch {
	case r.seats > MaxSeats:
		r.problems.add("$.zones", "The plan has %d seats; %d are the most. Split it.", r.seats, MaxSeats)
	case r.seats == 0 && len(r.problems.List) == 0:
		r.problems.add("$.zones", "The plan has no seats. Draw rows of seats into its zones first.")
	}
	return p
}

func (r *reader) categoriesOf(m map[string]any) {
	for i, v := range r.list(m, "categories", "$", true) {
		path := at("$", "categories", i)
		c, is := r.object(v, path)
		if !is {
			continue
		}
		name := r.text(c, "name", path, 1, 200)
		r.text(c, "color", path, 1, 100)
		if name != "" && r.categories[name] {
			r.problems.add(path+".name", "There are two categories %q. Give each a name of its own.", name)
		}
		r.categories[name] = true
	}
}

func (r *reader) zone(m map[string]any, path string) Zone {
	rows := r.list(m, "rows", path, true)
	least := 0
	if len(rows) > 0 {
		least = 1
	}
	z := Zone{
		Name: r.text(m, "name", path, least, 200), ID: r.text(m, "zone_id", path, 0, 200),
		Position: r.point(m, "position", path, true), Members: m,
	}
	for i, v := range rows {
		if m, is := r.object(v, at(path, "rows", i)); is {
			z.Rows = append(z.Rows, r.row(m, at(path, "rows", i), z.Position))
		}
	}
	for i, v := range r.list(m, "areas", path, false) {
		if m, is := r.object(v, at(path, "areas", i)); is {
			r.shape(m, at(path, "areas", i))
		}
	}
	delete(m, "rows")
	return z
}

func (r *reader) row(m map[string]any, path string, from Point) Row {
	row := Row{Number: r.text(m, "row_number", path, 1, 30), Position: r.point(m, "position", path, true), Members: m}
	r.text(m, "row_label", path, 0, 200)
	r.text(m, "seat_label", path, 0, 200)
	seats := r.list(m, "seats", path, true)
	numbers := map[string]bool{}
	row.Seats = make([]Seat, 0, len(seats))
	for i, v := range seats {
		here := at(path, "seats", i)
		m, is := r.object(v, here)
		if !is {
			continue
		}
		seat := r.seat(m, here, from.Plus(row.Position))
		if seat.Number != "" && numbers[seat.Number] {
			r.problems.add(here+".seat_number", "The row has two seats %q. Give each a number of its own.", seat.Number)
		}
		numbers[seat.Number] = true
		row.Seats = append(row.Seats, seat)
	}
	delete(m, "seats")
	return row
}

func (r *reader) seat(m map[string]any, path string, from Point) Seat {
	r.seats++
	s := Seat{GUID: r.text(m, "seat_guid", path, 1, 200), Number: r.text(m, "seat_number", path, 1, 30), Members: m}
	if first, twice := r.guids[s.GUID]; twice && s.GUID != "" {
		r.problems.add(path+".seat_guid", "%q is the seat_guid of %s already. Give each seat one of its own.", s.GUID, first)
	} else {
		r.guids[s.GUID] = path
	}
	position := r.point(m, "position", path, true)
	s.At = from.Plus(position)
	if _, there := m["category"]; !there {
		r.problems.add(path, "%q is missing: name one of the plan's categories.", "category")
	} else if c, is := m["category"].(string); !is || !r.categories[c] {
		r.problems.add(path+".category", "There is no category %s. Name one of the plan's, or add it there.", quoted(m["category"]))
	}
	r.number(m, "radius", path, 0, false)
	delete(m, "seat_guid")
	delete(m, "seat_number")
	if back(s.At, from) == position {
		delete(m, "position") // it follows from where the seat is
	}
	return s
}

// back is the position that a seat has in its row, from where it is on the
// plan; cut to a millionth, where adding and taking away leaves dust.
func back(at, from Point) Point {
	cut := func(f float64) float64 { return math.Round(f*1e6) / 1e6 }
	return Point{cut(at.X - from.X), cut(at.Y - from.Y)}
}

func quoted(v any) string {
	text, _ := json.Marshal(v)
	if len(text) > 80 {
		return string(text[:80]) + "…"
	}
	return string(text)
}
