package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/picture"
)

// markHeight is in pixels. The marks of the two houses are invented and drawn
// here: an emblem and a name beside it, in units of their height.
const markHeight = 240

// canvas is a mark in the making.
type canvas struct{ *image.NRGBA }

// outline says how far a place is from a shape's edge; inside it is negative.
type outline func(x, y float64) float64

// window is the part of a canvas that a shape lies in.
type window struct{ left, top, right, bottom float64 }

// fill paints a shape.
func (c canvas) fill(in window, shade color.NRGBA, far outline) {
	for py := max(0, int(in.top*markHeight)); py < min(markHeight, int(in.bottom*markHeight)+1); py++ {
		for px := max(0, int(in.left*markHeight)); px < min(c.Rect.Dx(), int(in.right*markHeight)+1); px++ {
			d := far((float64(px)+0.5)/markHeight, (float64(py)+0.5)/markHeight) * markHeight
			if part := min(1, max(0, 0.5-d)); part > 0 {
				c.SetNRGBA(px, py, over(c.NRGBAAt(px, py), shade, part))
			}
		}
	}
}

// over lays a part of a shade over what is there.
func over(under, shade color.NRGBA, part float64) color.NRGBA {
	was := float64(under.A) / 255 * (1 - part)
	alpha := part + was
	mix := func(a, b uint8) uint8 { return uint8(math.Round((float64(a)*was + float64(b)*part) / alpha)) }
	return color.NRGBA{R: mix(under.R, shade.R), G: mix(under.G, shade.G), B: mix(under.B, shade.B), A: uint8(math.Round(alpha * 255))}
}

type spot struct{ x, y float64 }

// stroke is a line of some thickness through places.
func stroke(thick float64, through ...spot) outline {
	return func(x, y float64) float64 {
		near := math.Inf(1)
		for i := 1; i < len(through); i++ {
			a, b := through[i-1], through[i]
			dx, dy := b.x-a.x, b.y-a.y
			along := min(1, max(0, ((x-a.x)*dx+(y-a.y)*dy)/(dx*dx+dy*dy)))
			near = min(near, math.Hypot(x-a.x-along*dx, y-a.y-along*dy))
		}
		return near - thick/2
	}
}

// bow is a part of an ellipse, from one angle to another in degrees.
func bow(cx, cy, rx, ry, from, to float64) []spot {
	const steps = 24
	all := make([]spot, steps+1)
	for i := range all {
		a := (from + (to-from)*float64(i)/steps) * math.Pi / 180
		all[i] = spot{cx + rx*math.Cos(a), cy + ry*math.Sin(a)}
	}
	return all
}

// letters are the strokes of those that the names need, one high.
func letters() map[rune][][]spot {
	return map[rune][][]spot{
		'A': {{{0, 1}, {0.4, 0}, {0.8, 1}}, {{0.16, 0.66}, {0.64, 0.66}}},
		'C': {bow(0.42, 0.5, 0.42, 0.5, -48, -312)},
		'E': {{{0.6, 0}, {0, 0}, {0, 1}, {0.6, 1}}, {{0, 0.5}, {0.5, 0.5}}},
		'F': {{{0.6, 0}, {0, 0}, {0, 1}}, {{0, 0.5}, {0.5, 0.5}}},
		'G': {append(bow(0.44, 0.5, 0.44, 0.5, -48, -360), spot{0.52, 0.5})},
		'H': {{{0, 0}, {0, 1}}, {{0.68, 0}, {0.68, 1}}, {{0, 0.5}, {0.68, 0.5}}},
		'L': {{{0, 0}, {0, 1}, {0.56, 1}}},
		'N': {{{0, 1}, {0, 0}, {0.7, 1}, {0.7, 0}}},
		'O': {bow(0.48, 0.5, 0.48, 0.5, 0, 360)},
		'R': {append(append([]spot{{0, 1}, {0, 0}, {0.3, 0}}, bow(0.36, 0.27, 0.27, 0.27, -90, 90)...), spot{0, 0.54}), {{0.34, 0.54}, {0.66, 1}}},
		'S': {append(bow(0.32, 0.26, 0.3, 0.26, -30, -250), bow(0.32, 0.75, 0.32, 0.25, -80, 150)...)},
		'V': {{{0, 0}, {0.38, 1}, {0.76, 0}}},
	}
}

// write writes a name; x and y are where its first letter's upper corner is.
func (c canvas) write(name string, x, y, size, thick float64, shade color.NRGBA) {
	known := letters()
	for _, letter := range name {
		wide := 0.0
		for _, line := range known[letter] {
			placed := make([]spot, len(line))
			for i, s := range line {
				placed[i] = spot{x + s.x*size, y + s.y*size}
				wide = max(wide, s.x)
			}
			c.fill(window{x - thick, y - thick, x + size + thick, y + size + thick}, shade, stroke(thick, placed...))
		}
		x += (wide + 0.3) * size
	}
}

// emblem is the part before the name.
var emblem = window{0, 0, 0.95, 1}

// clubMark is a shield with peaks above a lake.
func clubMark() image.Image {
	c := canvas{image.NewNRGBA(image.Rect(0, 0, 600, markHeight))}
	green, gold, white := color.NRGBA{R: 11, G: 83, B: 69, A: 255}, color.NRGBA{R: 214, G: 158, B: 46, A: 255}, color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	shield := func(grow float64) outline {
		return func(x, y float64) float64 {
			x, y = math.Abs(x-0.42), y-0.47
			if y < 0 {
				return max(x-0.36, -y-0.42) - grow
			}
			return math.Hypot(x+0.114, y) - 0.474 - grow
		}
	}
	c.fill(emblem, gold, shield(0))
	c.fill(emblem, green, shield(-0.035))
	peaks := func(x, y float64) float64 {
		return max(min(math.Abs(x-0.34)*0.86+(0.24-y)*0.5, math.Abs(x-0.55)*0.86+(0.36-y)*0.5), y-0.56)
	}
	c.fill(emblem, white, func(x, y float64) float64 { return max(peaks(x, y), shield(-0.075)(x, y)) })
	for i := range 2 {
		at := 0.645 + 0.1*float64(i)
		var wave []spot
		for s := range 41 {
			x := 0.42 + (float64(s)/20-1)*(0.25-0.1*float64(i))
			wave = append(wave, spot{x, at + 0.016*math.Sin((x-0.42)*38)})
		}
		c.fill(emblem, gold, stroke(0.038, wave...))
	}
	c.write("FC", 0.97, 0.23, 0.15, 0.034, gold)
	c.write("GRANVAL", 0.97, 0.52, 0.2, 0.048, green)
	return c
}

// theatreMark is a stage of rocks, one arch behind the other.
func theatreMark() image.Image {
	c := canvas{image.NewNRGBA(image.Rect(0, 0, 580, markHeight))}
	wine, rose, sand := color.NRGBA{R: 116, G: 26, B: 46, A: 255}, color.NRGBA{R: 190, G: 86, B: 98, A: 255}, color.NRGBA{R: 240, G: 214, B: 182, A: 255}
	arch := func(radius float64) outline {
		return func(x, y float64) float64 {
			x, y = math.Abs(x-0.46), y-0.48
			if y > 0 {
				return max(x-radius, y-0.42)
			}
			return math.Hypot(x, y) - radius
		}
	}
	for i, shade := range []color.NRGBA{wine, rose, wine, sand} {
		c.fill(emblem, shade, arch(0.42-0.1*float64(i)))
	}
	c.write("LES", 1.02, 0.25, 0.15, 0.034, rose)
	c.write("ROCHES", 1.02, 0.54, 0.22, 0.05, wine)
	return c
}

// hangMark stores the mark of a house.
func (s *seeder) hangMark(ctx context.Context, house uuid.UUID, drawn image.Image) error {
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, drawn); err != nil {
		return fmt.Errorf("draw a mark: %w", err)
	}
	p, err := picture.Draw(file.Bytes())
	if err != nil {
		return fmt.Errorf("draw a mark: %w", err)
	}
	if _, err := s.tx.Exec(ctx, `INSERT INTO organisation_marks (organisation_id, picture, width, height, sha256, updated_at)
		VALUES ($1::uuid, $2, $3::bigint, $4::bigint, $5::text, $6::timestamptz)`, house, p.PNG, p.Width, p.Height, p.SHA256, db.Moment(s.now)); err != nil {
		return fmt.Errorf("hang a mark: %w", err)
	}
	return nil
}
