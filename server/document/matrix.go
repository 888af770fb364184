package document

import (
	"fmt"

	"github.com/boombuler/barcode/qr"
)

// Matrix is the picture of a code that gates read, whatever it is drawn on.
type Matrix struct {
	// Size is how many modules it is wide and high, its border included.
	Size int
	// Dark are the stretches of dark modules, row by row.
	Dark []Stretch
}

// Stretch is some dark modules side by side.
type Stretch struct{ X, Y, Length int }

// quiet is the white border of a code, in modules, as readers need it.
const quiet = 4

// MatrixOf makes the picture of a code. Level M still reads with a scratched
// screen or a crumpled sheet.
func MatrixOf(code string) (Matrix, error) {
	modules, err := qr.Encode(code, qr.M, qr.Auto)
	if err != nil {
		return Matrix{}, fmt.Errorf("draw code: %w", err)
	}
	size := modules.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := modules.At(x, y).RGBA()
		return r == 0
	}
	m := Matrix{Size: size + 2*quiet}
	for y := range size {
		for x := 0; x < size; x++ {
			length := 0
			for x+length < size && dark(x+length, y) {
				length++
			}
			if length > 0 {
				m.Dark = append(m.Dark, Stretch{X: x + quiet, Y: y + quiet, Length: length})
				x += length
			}
		}
	}
	return m, nil
}
