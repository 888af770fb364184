package spreadsheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// style tells the few looks of a cell apart.
type style struct {
	kind   Kind
	open   bool
	header bool
}

// styleBook registers each look once.
type styleBook struct {
	file  *excelize.File
	dates string
	ids   map[style]int
}

// textFormat keeps what is typed as text: leading zeros, long numbers and
// what looks like a formula (WB-2, WB-4).
const textFormat = 49

func (b styleBook) id(s style) (int, error) {
	if id, ok := b.ids[s]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(b.look(s))
	if err != nil {
		return 0, fmt.Errorf("add style: %w", err)
	}
	b.ids[s] = id
	return id, nil
}

func (b styleBook) look(s style) *excelize.Style {
	x := &excelize.Style{
		Protection: &excelize.Protection{Locked: !s.open},
		Alignment:  &excelize.Alignment{Vertical: "top"},
	}
	switch s.kind {
	case KindDate:
		x.CustomNumFmt = &b.dates
	case KindNumber:
	default:
		x.NumFmt = textFormat
	}
	switch {
	case s.header && s.open:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFD966"}}
	case s.header:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E1F2"}}
	case s.open:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9E5"}}
		x.Border = thinBorder()
	}
	if s.header {
		x.Font = &excelize.Font{Bold: true}
		x.Protection.Locked = true
	}
	return x
}

// thinBorder brings back the grid that a fill covers.
func thinBorder() []excelize.Border {
	var sides []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Color: "D9D9D9", Style: 1})
	}
	return sides
}

// dateFormat is how people of a language write date and time.
func dateFormat(language string) string {
	switch language {
	case "de":
		return `dd\.mm\.yyyy\ hh:mm`
	case "fr":
		return `dd\/mm\/yyyy\ hh:mm`
	default:
		return `yyyy\-mm\-dd\ hh:mm`
	}
}
