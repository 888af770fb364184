package seatmap

import (
	"math"

	"github.com/google/uuid"

	"gradin/server/term"
)

// gap is how far zones and blocks that nobody placed are put apart, in seats.
const gap = 4

// arrange gives places to the seats of a house that nobody drew: row below row,
// block beside block, and the zones side by side in about a square. A house of
// which any seat was placed stays as it is.
func (h *house) arrange() {
	for _, s := range h.seats {
		if s.at != (Point{}) {
			return
		}
	}
	columns := max(1, int(math.Ceil(math.Sqrt(float64(len(h.areas))))))
	next, corner, lowest := 0, Point{}, 0.0
	for i, a := range h.areas {
		if i%columns == 0 {
			corner = Point{0, lowest + gap}
		}
		from := next
		for next < len(h.seats) && h.seats[next].areaIndex == i {
			next++
		}
		size := h.arrangeZone(h.seats[from:next], corner)
		if a.kind == term.AreaKindUnnumbered && len(a.outline) == 0 {
			size = Point{3 * gap, 2 * gap}
			h.areas[i].outline = []Point{corner, {corner.X + size.X, corner.Y}, corner.Plus(size), {corner.X, corner.Y + size.Y}}
		}
		lowest = max(lowest, corner.Y+size.Y)
		corner.X += size.X + gap
	}
}

// arrangeZone places the seats of a zone from a corner on and gives its size.
func (h *house) arrangeZone(seats []seat, corner Point) Point {
	wide, left, rows := map[uuid.UUID]int{}, map[uuid.UUID]float64{}, map[uuid.UUID]int{}
	var blocks []uuid.UUID
	for _, s := range seats {
		block := h.rows[s.rowIndex].block
		if _, known := wide[block]; !known {
			blocks = append(blocks, block)
		}
		wide[block] = max(wide[block], s.rank+1)
	}
	var size Point
	for i, block := range blocks {
		if i > 0 {
			size.X += gap
		}
		left[block] = size.X
		size.X += float64(wide[block])
	}
	for i := range seats {
		s := &seats[i]
		block := h.rows[s.rowIndex].block
		if i == 0 || seats[i-1].rowIndex != s.rowIndex {
			rows[block]++
		}
		s.at = corner.Plus(Point{left[block] + float64(s.rank), float64(rows[block])})
		size.Y = max(size.Y, float64(rows[block]))
	}
	return size
}
