package spreadsheet

import (
	"strconv"
	"strings"
)

// readStyles says for every cell style whether it shows a number as a date.
func readStyles(a *archive, name string) ([]bool, error) {
	custom := map[int]bool{}
	var dates []bool
	err := a.document(name, "styleSheet", func(m *markup) error {
		switch string(m.name) {
		case "numFmts":
			return m.children(func() error {
				id, err := strconv.Atoi(string(m.attribute("numFmtId")))
				if err != nil {
					return damage("a number format has no number")
				}
				code, err := m.decoded("formatCode")
				if err != nil {
					return err
				}
				custom[id] = isDateFormat(code)
				return m.skip()
			})
		case "cellXfs":
			return m.children(func() error {
				// A style without a format has the general one, which is 0.
				id, _ := strconv.Atoi(string(m.attribute("numFmtId")))
				isDate, isCustom := custom[id]
				dates = append(dates, isDate || !isCustom && isBuiltInDate(id))
				return m.skip()
			})
		}
		return m.skip()
	})
	return dates, err
}

// isBuiltInDate knows the formats that files name by number only; 46 is a
// length of time.
func isBuiltInDate(id int) bool {
	switch {
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58:
		return true
	}
	return false
}

// isDateFormat says whether the first section of a format code shows a year,
// month, day, hour or second outside of quotes, brackets and escapes.
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return false
		case '\\', '_', '*':
			i++
		case '"':
			i += 1 + strings.IndexByte(code[i+1:]+`"`, '"')
		case '[':
			i += 1 + strings.IndexByte(code[i+1:]+`]`, ']')
		case 'y', 'm', 'd', 'h', 's', 'Y', 'M', 'D', 'H', 'S':
			return true
		}
	}
	return false
}
