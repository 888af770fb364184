package seatmap

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"gradin/server/oid"
	"gradin/server/term"
)

// Counts is what an import does to a venue.
type Counts struct{ Zones, Seats, Added, Changed, Removed int }

// changes is what has to be written so that the house becomes the plan.
type changes struct {
	counts          Counts
	newAreas, areas []area
	newBlocks       []block
	newRows, rows   []seatRow
	newSeats, seats []seat
	gone            []uuid.UUID
	record          record
	problems        Problems
	house           *house
	make            func(oid.Tag) uuid.UUID
	areaByCode      map[string]int
	taken           map[string]bool
	known           map[string]int
	blocksOf        map[uuid.UUID][]block
	rowOf           map[rowKey]seatRow
	used            map[uuid.UUID]bool
}

type rowKey struct {
	block uuid.UUID
	name  string
}

// compare decides what an import does, and what forbids it: a seat with a ticket
// is not removed, and keeps its zone, row and number, because they stand on the
// ticket. It touches nothing.
func compare(h *house, p *Plan, maker func(oid.Tag) uuid.UUID) *changes {
	c := &changes{
		house: h, make: maker, areaByCode: map[string]int{}, taken: map[string]bool{}, known: map[string]int{},
		blocksOf: map[uuid.UUID][]block{}, rowOf: map[rowKey]seatRow{}, used: map[uuid.UUID]bool{},
		record: record{Plan: p.Members},
	}
	for i, a := range h.areas {
		c.areaByCode[a.code] = i
	}
	for i, s := range h.seats {
		c.known[s.guid] = i
	}
	for _, b := range h.blocks {
		c.blocksOf[b.area] = append(c.blocksOf[b.area], b)
	}
	for _, r := range h.rows {
		c.rowOf[rowKey{r.block, r.name}] = r
	}
	seen := make([]bool, len(h.seats))
	for rank, z := range p.Zones {
		c.zone(rank, z, seen)
	}
	for i, s := range h.seats {
		switch {
		case seen[i]:
		case s.ticketed:
			c.problems.add("$.zones", "Seat %q (%s) has tickets and is missing in the plan. Keep it.", s.guid, h.place(s))
		default:
			c.gone = append(c.gone, s.id)
		}
	}
	c.counts.Removed = len(c.gone)
	return c
}

// place names a seat as its ticket does.
func (h *house) place(s seat) string {
	return fmt.Sprintf("%s, row %s, seat %s", h.areas[s.areaIndex].name, h.rows[s.rowIndex].name, s.name)
}

// zone makes or finds the area of a zone; one without seats is the place of an
// unnumbered area, or a drawing.
func (c *changes) zone(rank int, z Zone, seen []bool) {
	entry := zoneRecord{Members: z.Members}
	at := c.areaOf(z)
	if z.seats() == 0 {
		for _, r := range z.Rows {
			entry.Rows = append(entry.Rows, rowRecord{Members: r.Members})
		}
		if at >= 0 && c.house.areas[at].kind == term.AreaKindUnnumbered {
			a := c.house.areas[at]
			c.used[a.id] = true
			for _, s := range shapesOf(z.Members, z.Position) {
				if edge := s.edge(); len(edge) > 2 {
					a.outline = edge
					break
				}
			}
			a.at, a.rank, entry.Area = centre(a.outline), rank, a.id
			c.areas = append(c.areas, a)
		}
		c.record.Zones = append(c.record.Zones, entry)
		return
	}
	path := fmt.Sprintf("$.zones[%d]", rank)
	var a area
	switch {
	case at < 0:
		a = area{id: c.make(oid.Area), code: c.code(z), kind: term.AreaKindNumbered}
	case c.house.areas[at].kind == term.AreaKindUnnumbered:
		c.problems.add(path, "The venue sells %q by the number of places. Give the zone with seats another name and zone_id.", c.house.areas[at].name)
		return
	default:
		a = c.house.areas[at]
	}
	c.used[a.id], c.taken[a.code] = true, true
	points := pointsOf(z)
	a.name, a.rank, a.outline = z.Name, rank, outline(points, spacing(points)*0.8)
	a.at = centre(a.outline)
	if entry.Area = a.id; at < 0 {
		c.newAreas = append(c.newAreas, a)
	} else {
		c.areas = append(c.areas, a)
	}
	c.counts.Zones++
	entry.Rows = c.rowsOf(a, z, path, seen)
	c.record.Zones = append(c.record.Zones, entry)
}

func pointsOf(z Zone) [][]Point {
	rows := make([][]Point, len(z.Rows))
	for i, r := range z.Rows {
		for _, s := range r.Seats {
			rows[i] = append(rows[i], s.At)
		}
	}
	return rows
}

// areaOf finds the venue's area of a zone: by its code, else by its name; -1 for none.
func (c *changes) areaOf(z Zone) int {
	free := func(i int) bool { return !c.used[c.house.areas[i].id] }
	for _, word := range []string{z.ID, z.Name} {
		if i, there := c.areaByCode[codeOf(word)]; there && free(i) {
			return i
		}
	}
	for i, a := range c.house.areas {
		if a.name == z.Name && free(i) {
			return i
		}
	}
	return -1
}

// code makes a code for a new area that no other of the venue has (D-9).
func (c *changes) code(z Zone) string {
	base := codeOf(z.ID)
	if base == "" {
		base = codeOf(z.Name)
	}
	if base == "" {
		base = "Z"
	}
	free := func(code string) bool {
		_, there := c.areaByCode[code]
		return !there && !c.taken[code]
	}
	if free(base) {
		return base
	}
	for n := 2; ; n++ {
		tail := fmt.Sprintf("-%d", n)
		if code := base[:min(len(base), 30-len(tail))] + tail; free(code) {
			return code
		}
	}
}

// codeOf is a word in the form of a code.
func codeOf(word string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(strings.ToUpper(word)) {
		switch {
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			out.WriteRune(r)
		case unicode.Is(unicode.Mn, r), out.Len() == 0:
		case !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	code := out.String()
	return strings.TrimRight(code[:min(30, len(code))], "-")
}

// rowsOf makes or finds the rows of a zone. A row whose number came before in
// the zone belongs to the next block, as left and right of a way do. One without
// seats is in the record only.
func (c *changes) rowsOf(a area, z Zone, path string, seen []bool) []rowRecord {
	records := make([]rowRecord, 0, len(z.Rows))
	before := map[string]int{}
	for i, r := range z.Rows {
		if len(r.Seats) == 0 {
			records = append(records, rowRecord{Members: r.Members})
			continue
		}
		b := c.block(a, before[r.Number])
		before[r.Number]++
		row, there := c.rowOf[rowKey{b.id, r.Number}]
		if !there {
			row = seatRow{id: c.make(oid.SeatRow), block: b.id, name: r.Number, rank: i}
			c.newRows = append(c.newRows, row)
		} else if row.rank != i {
			row.rank = i
			c.rows = append(c.rows, row)
		}
		records = append(records, rowRecord{Row: row.id, Members: r.Members})
		for j, s := range r.Seats {
			c.seat(a, row, j, s, fmt.Sprintf("%s.rows[%d].seats[%d]", path, i, j), seen)
		}
	}
	return records
}

// block is the n-th block of an area.
func (c *changes) block(a area, n int) block {
	for len(c.blocksOf[a.id]) <= n {
		code := fmt.Sprint(len(c.blocksOf[a.id]) + 1)
		for slices.ContainsFunc(c.blocksOf[a.id], func(b block) bool { return b.code == code }) {
			code += "X"
		}
		b := block{id: c.make(oid.Block), area: a.id, code: code}
		c.blocksOf[a.id] = append(c.blocksOf[a.id], b)
		c.newBlocks = append(c.newBlocks, b)
	}
	return c.blocksOf[a.id][n]
}

func (c *changes) seat(a area, row seatRow, rank int, s Seat, path string, seen []bool) {
	c.counts.Seats++
	next := seat{row: row.id, name: s.Number, rank: rank, at: s.At, guid: s.GUID, extra: packed(s.Members)}
	i, there := c.known[s.GUID]
	if !there {
		next.id = c.make(oid.Seat)
		c.newSeats = append(c.newSeats, next)
		c.counts.Added++
		return
	}
	seen[i] = true
	now := c.house.seats[i]
	if now.ticketed && (c.house.areas[now.areaIndex].id != a.id || c.house.rows[now.rowIndex].name != row.name || now.name != s.Number) {
		c.problems.add(path, "Seat %q has tickets that say %s. Keep its zone, row and number; it may be moved on the drawing.", s.GUID, c.house.place(now))
		return
	}
	next.id = now.id
	if now.row == next.row && now.name == next.name && now.rank == next.rank && now.at == next.at && now.extra == next.extra {
		return
	}
	c.seats = append(c.seats, next)
	c.counts.Changed++
}

// packed writes the members of a seat, "" for none.
func packed(members map[string]any) string {
	if len(members) == 0 {
		return ""
	}
	text, _ := json.Marshal(members)
	return string(text)
}
