package recipient

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"gradin/server/document"
)

// draw makes the picture of a code: dark on white in every colour scheme. The
// picture is part of the page, so that no other address ever holds a code.
func draw(code string) (template.URL, error) {
	matrix, err := document.MatrixOf(code)
	if err != nil {
		return "", err
	}
	var path strings.Builder
	for _, s := range matrix.Dark {
		fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", s.X, s.Y, s.Length, s.Length)
	}
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`,
		matrix.Size, matrix.Size, matrix.Size, matrix.Size, path.String())
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg))), nil
}
