package recipient

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quiet is the white border of a code, in modules, as readers need it.
const quiet = 4

// draw makes the picture of a code: dark on white in every colour scheme. Level
// M still reads with a scratched screen. The picture is part of the page, so
// that no other address ever holds a code.
func draw(code string) (template.URL, error) {
	matrix, err := qr.Encode(code, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("draw code: %w", err)
	}
	size := matrix.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			length := 0
			for x+length < size && dark(matrix.At(x+length, y)) {
				length++
			}
			if length > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, length, length)
				x += length
			}
		}
	}
	whole := size + 2*quiet
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`,
		whole, whole, whole, whole, path.String())
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg))), nil
}

func dark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r == 0
}
