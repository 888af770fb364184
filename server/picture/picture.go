// Package picture draws the pictures that people send anew, small enough to be
// shown to guests. It measures a file before it decodes it, and keeps nothing but
// pixels: what else a file holds is gone. It is pure: it knows no store.
package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // one of the two forms that are taken
	"image/png"
	"math"

	"gradin/server/errs"
)

// The bounds of a mark. What comes in is measured before it is decoded, so that a
// small file cannot ask for much memory.
const (
	// MaxFile is how large the file may be, in bytes.
	MaxFile = 512 << 10
	// MaxWidth and MaxHeight are what it is scaled down to, in pixels.
	MaxWidth, MaxHeight = 600, 240
	// maxPixels is how many the file may have, minSide how many each way at least.
	maxPixels, minSide = 4_000_000, 16
)

// Drawn is a picture as a PNG that we wrote, never a file of somebody else.
type Drawn struct {
	PNG           []byte
	Width, Height int
	// SHA256 names the picture, in hexadecimal digits.
	SHA256 string
}

// Draw decodes a PNG or JPEG and draws it anew, scaled down to MaxWidth by
// MaxHeight where it is larger. TOO_LARGE and INVALID are its refusals.
func Draw(file []byte) (Drawn, error) {
	if len(file) > MaxFile {
		return Drawn{}, errs.New(errs.TooLarge, "The file of a mark has 512 KiB at most. Save the picture smaller.").At("file")
	}
	config, form, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || form != "png" && form != "jpeg" {
		return Drawn{}, errs.New(errs.Invalid, "This is not a PNG or JPEG picture. Choose another file.").At("file").Because(err)
	}
	if w, h := config.Width, config.Height; w < minSide || h < minSide || w > maxPixels/h {
		return Drawn{}, errs.New(errs.Invalid, "A mark has %d pixels each way at least and 4 million in all at most; this picture has %d by %d.", minSide, w, h).At("file")
	}
	source, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return Drawn{}, errs.New(errs.Invalid, "This picture is damaged. Choose another file.").At("file").Because(err)
	}
	return encode(Fit(source, MaxWidth, MaxHeight))
}

func encode(drawn *image.NRGBA) (Drawn, error) {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, drawn); err != nil {
		return Drawn{}, fmt.Errorf("write a mark: %w", err)
	}
	sum := sha256.Sum256(out.Bytes())
	return Drawn{PNG: out.Bytes(), Width: drawn.Rect.Dx(), Height: drawn.Rect.Dy(), SHA256: hex.EncodeToString(sum[:])}, nil
}

// Fit draws a picture so that it is no larger than width by height; a smaller one
// stays as it is. Each pixel is the mean of the area it stands for; a clear one
// adds no colour to it.
func Fit(source image.Image, width, height int) *image.NRGBA {
	bounds := source.Bounds()
	scale := min(1, float64(width)/float64(bounds.Dx()), float64(height)/float64(bounds.Dy()))
	drawn := image.NewNRGBA(image.Rect(0, 0, scaled(bounds.Dx(), scale), scaled(bounds.Dy(), scale)))
	across, down := shares(bounds.Dx(), drawn.Rect.Dx()), shares(bounds.Dy(), drawn.Rect.Dy())
	for y, rows := range down {
		for x, columns := range across {
			drawn.SetNRGBA(x, y, mean(source, bounds.Min, columns, rows))
		}
	}
	return drawn
}

func scaled(side int, scale float64) int { return max(1, int(math.Round(float64(side)*scale))) }

// share is a row or column of a source, and how much of it counts.
type share struct {
	at   int
	part float64
}

// shares divides a side of a source among the pixels of a drawing.
func shares(source, drawn int) [][]share {
	step := float64(source) / float64(drawn)
	all := make([][]share, drawn)
	for i := range all {
		begin, end := float64(i)*step, min(float64(i+1)*step, float64(source))
		for at := int(begin); float64(at) < end; at++ {
			all[i] = append(all[i], share{at, min(end, float64(at+1)) - max(begin, float64(at))})
		}
	}
	return all
}

func mean(source image.Image, from image.Point, columns, rows []share) color.NRGBA {
	var red, green, blue, alpha, area float64
	for _, row := range rows {
		for _, column := range columns {
			part := row.part * column.part
			r, g, b, a := source.At(from.X+column.at, from.Y+row.at).RGBA()
			red, green, blue, alpha = red+part*float64(r), green+part*float64(g), blue+part*float64(b), alpha+part*float64(a)
			area += part
		}
	}
	if alpha == 0 {
		return color.NRGBA{}
	}
	straight := func(sum float64) uint8 { return uint8(math.Round(min(1, sum/alpha) * 255)) }
	return color.NRGBA{R: straight(red), G: straight(green), B: straight(blue), A: uint8(math.Round(alpha / area / 0xffff * 255))}
}
