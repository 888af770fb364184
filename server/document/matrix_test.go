package document

import "testing"

// TestMatrixOf_WA1_hasBorderAndCorners looks at what readers look for first: a
// white border of four modules, and the three squares that say where a code is.
func TestMatrixOf_WA1_hasBorderAndCorners(t *testing.T) {
	t.Parallel()
	m, err := MatrixOf("K7Q2-94MX-ZD5T")
	if err != nil {
		t.Fatal(err)
	}
	picture := make([][]bool, m.Size)
	for y := range picture {
		picture[y] = make([]bool, m.Size)
	}
	for _, s := range m.Dark {
		for x := s.X; x < s.X+s.Length; x++ {
			if picture[s.Y][x] {
				t.Fatalf("module %d, %d is drawn twice", x, s.Y)
			}
			picture[s.Y][x] = true
		}
	}
	for i := range m.Size {
		for j := range 4 {
			if picture[i][j] || picture[j][i] || picture[i][m.Size-1-j] || picture[m.Size-1-j][i] {
				t.Fatalf("the border is not white near %d, %d", i, j)
			}
		}
	}
	far := m.Size - 4 - 7
	for _, corner := range [][2]int{{4, 4}, {far, 4}, {4, far}} {
		for y := range 7 {
			for x := range 7 {
				ring := max(x-3, 3-x, y-3, 3-y)
				if got := picture[corner[1]+y][corner[0]+x]; got != (ring != 2) {
					t.Errorf("module %d, %d of the square at %v is dark: %v", x, y, corner, got)
				}
			}
		}
	}
}
