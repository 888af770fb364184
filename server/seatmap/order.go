package seatmap

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// order puts seats into the order of their rows and tells each its row and area.
func (h *house) order(seats []seat) {
	areaOf := map[uuid.UUID]int{}
	for i, a := range h.areas {
		areaOf[a.id] = i
	}
	blockArea := map[uuid.UUID]int{}
	for _, b := range h.blocks {
		blockArea[b.id] = areaOf[b.area]
	}
	rowIndex := make(map[uuid.UUID]int, len(h.rows))
	for i, r := range h.rows {
		rowIndex[r.id] = i
	}
	for i := range seats {
		s := &seats[i]
		s.rowIndex = rowIndex[s.row]
		s.areaIndex = blockArea[h.rows[s.rowIndex].block]
	}
	slices.SortFunc(seats, func(a, b seat) int {
		return cmp.Or(cmp.Compare(a.rowIndex, b.rowIndex), cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name))
	})
	h.seats = seats
	h.nameSeats()
}

// nameSeats gives a guid to those that no plan named: made of zone, block where
// there are several, row and seat, it is the same every time.
func (h *house) nameSeats() {
	blocks := map[uuid.UUID]int{}
	for _, b := range h.blocks {
		blocks[b.area]++
	}
	codes := map[uuid.UUID]string{}
	for _, b := range h.blocks {
		codes[b.id] = b.code
	}
	for i := range h.seats {
		s := &h.seats[i]
		if s.guid != "" {
			continue
		}
		a, r := h.areas[s.areaIndex], h.rows[s.rowIndex]
		if blocks[a.id] > 1 {
			s.guid = fmt.Sprintf("%s-%s-%s-%s", a.code, codes[r.block], r.name, s.name)
			continue
		}
		s.guid = fmt.Sprintf("%s-%s-%s", a.code, r.name, s.name)
	}
}

// seatsOf are the seats of a row, which stand together.
func (h *house) seatsOf(row int) []seat {
	from, _ := slices.BinarySearchFunc(h.seats, row, func(s seat, row int) int { return cmp.Compare(s.rowIndex, row) })
	to := from
	for to < len(h.seats) && h.seats[to].rowIndex == row {
		to++
	}
	return h.seats[from:to]
}
