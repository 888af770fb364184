package seatmap

import (
	"cmp"
	"math"
	"slices"
)

// outline is the edge of a zone with seats: along its first row, the ends of
// the rows, and back along its last, so that a curved stand stays curved; where
// the rows do not lie like that, the convex hull. It keeps margin away from the
// seats.
func outline(rows [][]Point, margin float64) []Point {
	rows = slices.DeleteFunc(slices.Clone(rows), func(row []Point) bool { return len(row) == 0 })
	if len(rows) == 0 {
		return nil
	}
	if edge := envelope(rows, margin); edge != nil {
		return edge
	}
	var all []Point
	for _, row := range rows {
		for _, p := range row {
			for _, q := range []Point{{-margin, -margin}, {margin, -margin}, {margin, margin}, {-margin, margin}} {
				all = append(all, p.Plus(q))
			}
		}
	}
	return hull(all)
}

// envelope goes around the rows, or gives nil where that would cross itself.
func envelope(rows [][]Point, margin float64) []Point {
	if len(rows) < 2 {
		return nil
	}
	rows = slices.Clone(rows)
	for i := 1; i < len(rows); i++ {
		// Rows that count the other way are turned, so that their ends lie together.
		a, b := rows[i-1], rows[i]
		if distance(a[0], b[0])+distance(last(a), last(b)) > distance(a[0], last(b))+distance(last(a), b[0]) {
			rows[i] = slices.Clone(b)
			slices.Reverse(rows[i])
		}
	}
	var edge []Point
	edge = append(edge, rows[0]...)
	for _, row := range rows[1:] {
		edge = append(edge, last(row))
	}
	back := slices.Clone(rows[len(rows)-1])
	slices.Reverse(back)
	edge = append(edge, back...)
	for i := len(rows) - 2; i > 0; i-- {
		edge = append(edge, rows[i][0])
	}
	edge = thin(dedupe(edge), margin/4)
	if len(edge) < 3 || len(edge) > 400 || crosses(edge) {
		return nil
	}
	return rounded(grow(edge, margin))
}

func last(row []Point) Point { return row[len(row)-1] }

func distance(a, b Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

func dedupe(points []Point) []Point {
	out := points[:0:0]
	for _, p := range points {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	if len(out) > 1 && out[0] == last(out) {
		out = out[:len(out)-1]
	}
	return out
}

// thin leaves out points that lie as good as on the line between their neighbours.
func thin(points []Point, within float64) []Point {
	if len(points) < 4 {
		return points
	}
	keep := make([]bool, len(points))
	keep[0], keep[len(points)-1] = true, true
	var split func(from, to int)
	split = func(from, to int) {
		far, at := 0.0, -1
		for i := from + 1; i < to; i++ {
			if d := away(points[i], points[from], points[to]); d > far {
				far, at = d, i
			}
		}
		if far > within {
			keep[at] = true
			split(from, at)
			split(at, to)
		}
	}
	split(0, len(points)-1)
	out := make([]Point, 0, len(points))
	for i, p := range points {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// away is how far p lies from the stretch between a and b.
func away(p, a, b Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	long := dx*dx + dy*dy
	if long == 0 {
		return distance(p, a)
	}
	t := max(0, min(1, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/long))
	return distance(p, Point{a.X + t*dx, a.Y + t*dy})
}

// grow moves each edge outward by margin and takes the corners where they meet.
func grow(edge []Point, margin float64) []Point {
	sign := 1.0
	if area2(edge) < 0 {
		sign = -1
	}
	n := len(edge)
	out := make([]Point, n)
	for i, p := range edge {
		a, b := normal(edge[(i+n-1)%n], p, sign), normal(p, edge[(i+1)%n], sign)
		m := a.Plus(b)
		// The corner is as far out as its angle asks for, two margins at most.
		scale := margin / max(0.5, (m.X*m.X+m.Y*m.Y)/2)
		out[i] = Point{p.X + m.X*scale, p.Y + m.Y*scale}
	}
	return out
}

// normal is the direction away from the inside, of length one.
func normal(a, b Point, sign float64) Point {
	d := distance(a, b)
	return Point{sign * (b.Y - a.Y) / d, -sign * (b.X - a.X) / d}
}

// area2 is twice the area; above 0 when the points go with the clock on a plan.
func area2(points []Point) float64 {
	sum := 0.0
	for i, p := range points {
		q := points[(i+1)%len(points)]
		sum += p.X*q.Y - q.X*p.Y
	}
	return sum
}

// crosses says whether two sides that are no neighbours meet.
func crosses(edge []Point) bool {
	n := len(edge)
	for i := range n {
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 {
				continue
			}
			if meet(edge[i], edge[(i+1)%n], edge[j], edge[(j+1)%n]) {
				return true
			}
		}
	}
	return false
}

func meet(a, b, c, d Point) bool {
	side := func(p, q, r Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

// hull is the convex hull.
func hull(points []Point) []Point {
	slices.SortFunc(points, func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	half := func(points []Point) []Point {
		var out []Point
		for _, p := range points {
			for len(out) > 1 && turn(out[len(out)-2], out[len(out)-1], p) <= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		return out[:max(0, len(out)-1)]
	}
	lower := half(points)
	slices.Reverse(points)
	return rounded(append(lower, half(points)...))
}

func turn(a, b, c Point) float64 { return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X) }

// rounded cuts points to a hundredth of the plan's unit, or finer for small plans.
func rounded(points []Point) []Point {
	for i, p := range points {
		points[i] = Point{math.Round(p.X*100) / 100, math.Round(p.Y*100) / 100}
	}
	return points
}

// centre is the middle of an outline, weighed by its area.
func centre(edge []Point) Point {
	twice := area2(edge)
	if math.Abs(twice) < 1e-9 {
		var sum Point
		for _, p := range edge {
			sum = sum.Plus(p)
		}
		n := float64(max(1, len(edge)))
		return Point{sum.X / n, sum.Y / n}
	}
	var c Point
	for i, p := range edge {
		q := edge[(i+1)%len(edge)]
		w := p.X*q.Y - q.X*p.Y
		c = c.Plus(Point{(p.X + q.X) * w, (p.Y + q.Y) * w})
	}
	return Point{c.X / (3 * twice), c.Y / (3 * twice)}
}

// spacing is how far seats lie from the next one in their row, by the middle of
// all; 1 where no row has two.
func spacing(rows [][]Point) float64 {
	var gaps []float64
	for _, row := range rows {
		for i := 1; i < len(row); i++ {
			if d := distance(row[i-1], row[i]); d > 0 {
				gaps = append(gaps, d)
			}
		}
	}
	if len(gaps) == 0 {
		return 1
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}
