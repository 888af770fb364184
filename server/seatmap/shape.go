package seatmap

import (
	"encoding/json"
	"math"
)

// Shape is a drawing of a plan: a pitch, a stage, a word. Its parts are placed
// on the whole plan; points of a polygon too.
type Shape struct {
	Kind          string
	At            Point
	Rotation      float64
	Fill, Border  string
	Width, Height float64
	Points        []Point
	Text          string
	TextColor     string
	TextAt        Point
	TextSize      float64
}

// The kinds of shape.
const (
	ShapePolygon   = "polygon"
	ShapeRectangle = "rectangle"
	ShapeEllipse   = "ellipse"
	ShapeCircle    = "circle"
	ShapeText      = "text"
)

// shape checks an area of a zone.
func (r *reader) shape(m map[string]any, path string) {
	kind, _ := m["shape"].(string)
	r.point(m, "position", path, true)
	r.number(m, "rotation", path, -maxNumber, false)
	r.text(m, "color", path, 0, 100)
	r.text(m, "border_color", path, 0, 100)
	part := func(name string) (map[string]any, string) {
		v, there := m[name]
		if !there {
			r.problems.add(path, "A shape %q needs the member %q.", kind, name)
			return nil, ""
		}
		o, _ := r.object(v, path+"."+name)
		return o, path + "." + name
	}
	switch kind {
	case ShapeRectangle:
		if o, here := part("rectangle"); o != nil {
			r.number(o, "width", here, 0, true)
			r.number(o, "height", here, 0, true)
		}
	case ShapeCircle:
		if o, here := part("circle"); o != nil {
			r.number(o, "radius", here, 0, true)
		}
	case ShapeEllipse:
		if o, here := part("ellipse"); o != nil {
			r.point(o, "radius", here, true)
		}
	case ShapePolygon:
		if o, here := part("polygon"); o != nil {
			r.points(o, here)
		}
	case ShapeText:
		part("text")
	default:
		r.problems.add(path+".shape", "There is no shape %s. Use polygon, rectangle, ellipse, circle or text.", quoted(m["shape"]))
	}
	if v, there := m["text"]; there {
		if o, is := r.object(v, path+".text"); is {
			r.words(o, path+".text")
		}
	}
}

func (r *reader) points(o map[string]any, path string) {
	points := r.list(o, "points", path, true)
	for i, v := range points {
		here := at(path, "points", i)
		if p, is := r.object(v, here); is {
			r.number(p, "x", here, -maxNumber, true)
			r.number(p, "y", here, -maxNumber, true)
		}
	}
}

func (r *reader) words(o map[string]any, path string) {
	r.point(o, "position", path, false)
	r.number(o, "size", path, 0, false)
	for _, name := range []string{"text", "color"} {
		if v, there := o[name]; there {
			if _, is := v.(string); !is {
				r.problems.add(path+"."+name, "This must be a text, and is %s.", kindOf(v))
			}
		}
	}
}

// shapesOf reads the shapes of a zone's members, which were checked before.
func shapesOf(members map[string]any, from Point) []Shape {
	list, _ := members["areas"].([]any)
	shapes := make([]Shape, 0, len(list))
	for _, v := range list {
		m, _ := v.(map[string]any)
		shapes = append(shapes, shapeOf(m, from))
	}
	return shapes
}

func shapeOf(m map[string]any, from Point) Shape {
	s := Shape{
		Kind: word(m, "shape"), At: from.Plus(pointIn(m, "position")), Rotation: figure(m, "rotation"),
		Fill: word(m, "color"), Border: word(m, "border_color"),
	}
	part, _ := m[s.Kind].(map[string]any)
	switch s.Kind {
	case ShapeRectangle:
		s.Width, s.Height = figure(part, "width"), figure(part, "height")
	case ShapeCircle:
		s.Width = 2 * figure(part, "radius")
		s.Height = s.Width
	case ShapeEllipse:
		radius := pointIn(part, "radius")
		s.Width, s.Height = 2*radius.X, 2*radius.Y
	case ShapePolygon:
		points, _ := part["points"].([]any)
		for _, v := range points {
			p, _ := v.(map[string]any)
			s.Points = append(s.Points, turned(Point{figure(p, "x"), figure(p, "y")}, s.Rotation).Plus(s.At))
		}
	}
	if t, there := m["text"].(map[string]any); there {
		s.Text, s.TextColor, s.TextSize = word(t, "text"), word(t, "color"), figure(t, "size")
		s.TextAt = pointIn(t, "position")
	}
	return s
}

// turned is a point turned about the origin, by degrees with the clock.
func turned(p Point, degrees float64) Point {
	if degrees == 0 {
		return p
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return Point{p.X*cos - p.Y*sin, p.X*sin + p.Y*cos}
}

// edge is the shape's edge as points, for shapes that stand for a zone.
func (s Shape) edge() []Point {
	switch s.Kind {
	case ShapePolygon:
		return s.Points
	case ShapeRectangle:
		var points []Point
		for _, p := range []Point{{0, 0}, {s.Width, 0}, {s.Width, s.Height}, {0, s.Height}} {
			points = append(points, turned(p, s.Rotation).Plus(s.At))
		}
		return points
	case ShapeCircle, ShapeEllipse:
		const sides = 36
		var points []Point
		for i := range sides {
			sin, cos := math.Sincos(float64(i) * 2 * math.Pi / sides)
			points = append(points, turned(Point{s.Width / 2 * cos, s.Height / 2 * sin}, s.Rotation).Plus(s.At))
		}
		return points
	}
	return nil
}

func word(m map[string]any, name string) string {
	s, _ := m[name].(string)
	return s
}

func figure(m map[string]any, name string) float64 {
	n, _ := m[name].(json.Number)
	f, _ := n.Float64()
	return f
}

func pointIn(m map[string]any, name string) Point {
	p, _ := m[name].(map[string]any)
	return Point{figure(p, "x"), figure(p, "y")}
}
