package seatmap

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Layout is a plan as a map draws it: the same for everybody, made once for each
// revision. Seats stand zone by zone and row by row; what is said of them is
// packed, because there may be 100,000.
type Layout struct {
	Revision int64
	// Least and Most are the corners of all there is to draw.
	Least, Most Point
	// Spacing is how far seats lie apart.
	Spacing float64
	Zones   []LayoutZone
	Shapes  []Shape
	// RowNames and RowSeats are the rows with how many seats each has.
	RowNames []string
	RowSeats []int
	// Seats counts them; X and Y are where they are, 16 bits each from corner to
	// corner, packed; Numbers are their names, one a line.
	Seats   int
	X, Y    string
	Numbers string

	index map[uuid.UUID]int32
	// stamp tells what of the store it was made of.
	stamp string
}

// LayoutZone is a zone of the plan; its seats are Count from First on.
type LayoutZone struct {
	ID          uuid.UUID
	Code, Name  string
	Numbered    bool
	Size        int
	Centre      Point
	Outline     []Point
	First       int
	Count, Rows int
}

// pack writes raw bytes as the API's scalar Packed.
func pack(raw []byte) string { return base64.StdEncoding.EncodeToString(raw) }

// layoutOf draws the house up.
func layoutOf(h *house) *Layout {
	l := &Layout{Revision: h.revision, Seats: len(h.seats), index: make(map[uuid.UUID]int32, len(h.seats))}
	rows := make([][]Point, len(h.rows))
	names := make([]string, len(h.seats))
	for i, s := range h.seats {
		rows[s.rowIndex] = append(rows[s.rowIndex], s.at)
		names[i] = s.name
		l.index[s.id] = int32(i) //nolint:gosec // MaxSeats
	}
	l.Numbers, l.Spacing = strings.Join(names, "\n"), spacing(rows)
	l.zones(h, rows)
	for _, z := range h.record.Zones {
		if z.Area == uuid.Nil || len(shapesOf(z.Members, Point{})) > 0 && !l.isUnnumbered(z.Area) {
			l.Shapes = append(l.Shapes, shapesOf(z.Members, pointIn(z.Members, "position"))...)
		}
	}
	l.frame(h)
	x, y := make([]byte, 0, 2*len(h.seats)), make([]byte, 0, 2*len(h.seats))
	for _, s := range h.seats {
		x = binary.LittleEndian.AppendUint16(x, share(s.at.X, l.Least.X, l.Most.X))
		y = binary.LittleEndian.AppendUint16(y, share(s.at.Y, l.Least.Y, l.Most.Y))
	}
	l.X, l.Y = pack(x), pack(y)
	return l
}

func (l *Layout) isUnnumbered(id uuid.UUID) bool {
	for _, z := range l.Zones {
		if z.ID == id {
			return !z.Numbered
		}
	}
	return false
}

// zones lays out the areas in the order of the plan, which is that of the seats.
func (l *Layout) zones(h *house, rows [][]Point) {
	next := 0
	for i, a := range h.areas {
		z := LayoutZone{
			ID: a.id, Code: a.code, Name: a.name, Numbered: a.kind == term.AreaKindNumbered, Size: a.size, Outline: a.outline, First: next,
		}
		var own [][]Point
		for next < len(h.seats) && h.seats[next].areaIndex == i {
			row := h.seats[next].rowIndex
			n := len(rows[row])
			l.RowNames, l.RowSeats = append(l.RowNames, h.rows[row].name), append(l.RowSeats, n)
			own = append(own, rows[row])
			next += n
		}
		z.Count, z.Rows = next-z.First, len(own)
		if len(z.Outline) == 0 {
			z.Outline = outline(own, l.Spacing*0.8)
		}
		z.Centre = centre(z.Outline)
		l.Zones = append(l.Zones, z)
	}
}

// frame finds the corners of all there is to draw.
func (l *Layout) frame(h *house) {
	points := make([]Point, 0, len(h.seats))
	for _, s := range h.seats {
		points = append(points, s.at)
	}
	for _, z := range l.Zones {
		points = append(points, z.Outline...)
	}
	for _, s := range l.Shapes {
		points = append(append(points, s.At), s.edge()...)
	}
	l.Least, l.Most = Corners(points)
	l.Least, l.Most = l.Least.Plus(Point{-l.Spacing, -l.Spacing}), l.Most.Plus(Point{l.Spacing, l.Spacing})
}

// Corners are the least and the most of points; both zero for none.
func Corners(points []Point) (least, most Point) {
	for i, p := range points {
		if i == 0 {
			least, most = p, p
		}
		least = Point{math.Min(least.X, p.X), math.Min(least.Y, p.Y)}
		most = Point{math.Max(most.X, p.X), math.Max(most.Y, p.Y)}
	}
	return least, most
}

// share is where v lies between least and most, in 65535ths.
func share(v, least, most float64) uint16 {
	return uint16(math.Round((v - least) / (most - least) * math.MaxUint16))
}

// layouts keeps the last layouts made, by venue; one is used as long as the
// store has nothing newer.
type layouts struct {
	lock sync.Mutex
	kept map[uuid.UUID]*Layout
}

// mostLayouts bounds what is kept: some 10 MB each at the largest.
const mostLayouts = 8

// stampQuery tells whether a plan has changed: by its revision, which every
// import of one raises, and by the newest seat and area of all, because a
// catalogue may bring some too. Ids rise, so that the newest is the last.
const stampQuery = `SELECT COALESCE((SELECT revision FROM seat_plans WHERE venue_id = $1::uuid), 0) || ' ' ||
	COALESCE((SELECT id::text FROM seats ORDER BY id DESC LIMIT 1), '') || ' ' || COALESCE((SELECT id::text FROM areas ORDER BY id DESC LIMIT 1), '')`

func (l *layouts) of(ctx context.Context, c db.Conn, v venue) (*Layout, error) {
	stamp, err := db.Get[string](ctx, c, stampQuery, v.id)
	if err != nil {
		return nil, fmt.Errorf("read the revision of a plan: %w", err)
	}
	l.lock.Lock()
	kept := l.kept[v.id]
	l.lock.Unlock()
	if kept != nil && kept.stamp == stamp {
		return kept, nil
	}
	h, err := load(ctx, c, v)
	if err != nil {
		return nil, err
	}
	h.arrange()
	made := layoutOf(h)
	made.stamp = stamp
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.kept == nil || len(l.kept) >= mostLayouts {
		l.kept = map[uuid.UUID]*Layout{}
	}
	l.kept[v.id] = made
	return made, nil
}
