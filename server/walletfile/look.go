package walletfile

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"gradin/server/picture"
)

// Look is the pictures of an organiser's passes; they are the same in all of them.
type Look struct {
	pictures map[string][]byte
	// marked says that they show his own mark.
	marked bool
}

// The sizes of the pictures in points; each is drawn for screens with one, two
// and three pixels a point.
const (
	iconSide              = 29
	logoWidth, logoHeight = 160, 50
	// ownLogo is how wide Gradin's own mark is where a logo stands.
	ownLogo = 50
	// plate is the rim of white around a mark: passes are coloured, and nobody knows
	// on which ground a mark can be seen.
	plate = 5
)

// LookOf makes the pictures of a mark, a PNG; without one Gradin's own stands
// beside the organiser's name.
func LookOf(mark []byte) (Look, error) {
	var source image.Image
	look := Look{pictures: map[string][]byte{}, marked: len(mark) > 0}
	if look.marked {
		var err error
		if source, err = png.Decode(bytes.NewReader(mark)); err != nil {
			return look, fmt.Errorf("read a mark: %w", err)
		}
	}
	for i, suffix := range []string{"", "@2x", "@3x"} {
		n := i + 1
		icon, logo := own(iconSide*n), own(ownLogo*n)
		if look.marked {
			icon, logo = square(source, iconSide*n, 2*n), plated(source, image.Pt(logoWidth*n, logoHeight*n), plate*n)
		}
		for name, drawn := range map[string]*image.NRGBA{"icon": icon, "logo": logo} {
			var out bytes.Buffer
			if err := png.Encode(&out, drawn); err != nil {
				return look, fmt.Errorf("write the pictures of passes: %w", err)
			}
			look.pictures[name+suffix+".png"] = out.Bytes()
		}
	}
	return look, nil
}

// plated draws a mark on a white plate that is just as large as it needs.
func plated(mark image.Image, most image.Point, rim int) *image.NRGBA {
	small := picture.Fit(mark, most.X-2*rim, most.Y-2*rim)
	ground := white(small.Rect.Dx()+2*rim, small.Rect.Dy()+2*rim, rim)
	draw.Draw(ground, small.Rect.Add(image.Pt(rim, rim)), small, image.Point{}, draw.Over)
	return ground
}

// square draws a mark in the middle of a white square.
func square(mark image.Image, side, rim int) *image.NRGBA {
	small := picture.Fit(mark, side-2*rim, side-2*rim)
	ground := white(side, side, side/5)
	corner := image.Pt((side-small.Rect.Dx())/2, (side-small.Rect.Dy())/2)
	draw.Draw(ground, small.Rect.Add(corner), small, image.Point{}, draw.Over)
	return ground
}

// white is a white rectangle with round corners.
func white(width, height, round int) *image.NRGBA {
	drawn := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if inside(image.Pt(x, y), drawn.Rect.Max, round) {
				drawn.SetNRGBA(x, y, color.NRGBA{R: 255, G: 255, B: 255, A: 255})
			}
		}
	}
	return drawn
}

// inside says whether a place is within a rectangle with round corners.
func inside(at, size image.Point, round int) bool {
	dx, dy := max(round-at.X, at.X-(size.X-1-round), 0), max(round-at.Y, at.Y-(size.Y-1-round), 0)
	return dx*dx+dy*dy <= round*round
}

// own draws Gradin's mark: a square with round corners, steps of seats in it.
func own(side int) *image.NRGBA {
	drawn := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			if !inside(image.Pt(x, y), drawn.Rect.Max, side/4) {
				continue
			}
			shade := color.NRGBA{R: 66, G: 99, B: 235, A: 255}
			if step := 4 * x / side; y > side/5 && y > side-(step+1)*side/5 && y < side-side/6 && x > side/6 && x < side-side/6 {
				shade = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
			}
			drawn.SetNRGBA(x, y, shade)
		}
	}
	return drawn
}
