package seatmap

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// plan writes the house in the open format. Zones and rows that a plan brought
// have their members again; others are made of what the columns say. What the
// columns say wins where both do.
func (h *house) plan() map[string]any {
	out := map[string]any{}
	for name, v := range h.record.Plan {
		out[name] = v
	}
	w := &writer{house: h, rows: map[uuid.UUID][]int{}, done: map[uuid.UUID]bool{}, areas: map[uuid.UUID]area{}}
	w.gather()
	zones := []any{}
	for _, z := range h.record.Zones {
		zones = append(zones, w.recorded(z))
	}
	for _, a := range h.areas {
		if !w.done[a.id] {
			zones = append(zones, w.derived(a))
		}
	}
	out["zones"] = zones
	w.frame(out)
	return out
}

type writer struct {
	house *house
	// rows are the rows of each area.
	rows  map[uuid.UUID][]int
	areas map[uuid.UUID]area
	done  map[uuid.UUID]bool
	// plain says that a seat without a category was written.
	plain bool
}

func (w *writer) gather() {
	blockArea := map[uuid.UUID]uuid.UUID{}
	for _, b := range w.house.blocks {
		blockArea[b.id] = b.area
	}
	for i, r := range w.house.rows {
		w.rows[blockArea[r.block]] = append(w.rows[blockArea[r.block]], i)
	}
	for _, a := range w.house.areas {
		w.areas[a.id] = a
	}
}

// recorded writes a zone that a plan brought.
func (w *writer) recorded(z zoneRecord) map[string]any {
	out := map[string]any{}
	for name, v := range z.Members {
		out[name] = v
	}
	a, there := w.areas[z.Area]
	if there {
		w.done[a.id] = true
	}
	if there && len(w.rows[a.id]) > 0 {
		out["name"] = a.name
	}
	index := map[uuid.UUID]int{}
	for _, i := range w.rows[a.id] {
		index[w.house.rows[i].id] = i
	}
	from := pointIn(z.Members, "position")
	rows := []any{}
	for _, r := range z.Rows {
		if i, there := index[r.Row]; there {
			rows = append(rows, w.row(i, r.Members, from))
			delete(index, r.Row)
			continue
		}
		rows = append(rows, emptied(r.Members))
	}
	for _, i := range w.rows[a.id] {
		if _, left := index[w.house.rows[i].id]; left {
			rows = append(rows, w.row(i, nil, from))
		}
	}
	out["rows"] = rows
	return out
}

// emptied is a row without seats, which only the record knows.
func emptied(members map[string]any) map[string]any {
	out := map[string]any{"seats": []any{}}
	for name, v := range members {
		out[name] = v
	}
	return out
}

// derived writes a zone that no plan brought.
func (w *writer) derived(a area) map[string]any {
	out := map[string]any{"name": a.name, "zone_id": a.code, "position": position(Point{})}
	rows := []any{}
	for _, i := range w.rows[a.id] {
		rows = append(rows, w.row(i, nil, Point{}))
	}
	out["rows"] = rows
	if len(rows) == 0 && len(a.outline) > 0 {
		points := make([]any, len(a.outline))
		for i, p := range a.outline {
			points[i] = position(Point{p.X - a.at.X, p.Y - a.at.Y})
		}
		out["areas"] = []any{map[string]any{
			"shape": ShapePolygon, "position": position(a.at), "rotation": 0, "color": "#e5e7eb", "border_color": "#9ca3af",
			"polygon": map[string]any{"points": points}, "text": map[string]any{"position": position(Point{}), "color": "#111827", "text": a.name},
		}}
	}
	return out
}

func (w *writer) row(i int, members map[string]any, from Point) map[string]any {
	r := w.house.rows[i]
	out := map[string]any{"position": position(Point{})}
	for name, v := range members {
		out[name] = v
	}
	out["row_number"] = r.name
	from = from.Plus(pointIn(members, "position"))
	seats := []any{}
	for _, s := range w.house.seatsOf(i) {
		seats = append(seats, w.seat(s, from))
	}
	out["seats"] = seats
	return out
}

func (w *writer) seat(s seat, from Point) map[string]any {
	out := map[string]any{}
	if s.extra != "" {
		decoder := json.NewDecoder(strings.NewReader(s.extra))
		decoder.UseNumber()
		_ = decoder.Decode(&out) // written by packed
	}
	if _, there := out["category"]; !there {
		out["category"], w.plain = plainCategory, true
	}
	out["seat_guid"], out["seat_number"] = s.guid, s.name
	// A position that is kept as it was written counts while the seat has not moved.
	if _, kept := out["position"]; !kept || from.Plus(pointIn(out, "position")) != s.at {
		out["position"] = position(back(s.at, from))
	}
	return out
}

// plainCategory is what seats are in that no plan put into a category.
const plainCategory = "Seats"

// frame adds what a plan must have: a name, a size, and the plain category
// where a seat is in it.
func (w *writer) frame(out map[string]any) {
	if _, there := out["name"]; !there {
		out["name"] = w.house.venue.name
	}
	if _, there := out["size"]; !there {
		var most Point
		for _, s := range w.house.seats {
			most = Point{math.Max(most.X, s.at.X), math.Max(most.Y, s.at.Y)}
		}
		out["size"] = map[string]any{"width": math.Ceil(most.X), "height": math.Ceil(most.Y)}
	}
	categories, _ := out["categories"].([]any)
	if categories == nil {
		categories = []any{}
	}
	if w.plain && !slices.ContainsFunc(categories, isPlain) {
		categories = append(categories[:len(categories):len(categories)], map[string]any{"name": plainCategory, "color": "#4459e2"})
	}
	out["categories"] = categories
}

func isPlain(category any) bool {
	m, _ := category.(map[string]any)
	return m["name"] == plainCategory
}

func position(p Point) map[string]any { return map[string]any{"x": p.X, "y": p.Y} }
