package cart

import (
	"net/mail"
	"strings"

	"gradin/server/contact"
	"gradin/server/errs"
	"gradin/server/spreadsheet"
)

// Pasted is a line of a pasted list as it was understood.
type Pasted struct {
	Line  int
	Text  string
	Guest Guest
	// Valid says whether there is an address and both names.
	Valid bool
}

// maxPasted is how many bytes a pasted list may have.
const maxPasted = 256 << 10

// Paste reads a list of guests as people copy it out of mails and sheets: a line
// each, address and names in any order, parted by tabs, semicolons or commas, or
// as "First Last <address>" (CA-2). Empty lines are passed over.
func Paste(text string) ([]Pasted, error) {
	if len(text) > maxPasted {
		return nil, errs.New(errs.TooLarge, "A pasted list may have %d KiB at most. Import a workbook instead.", maxPasted>>10).At("text")
	}
	var all []Pasted
	for i, raw := range strings.Split(text, "\n") {
		line := spreadsheet.Clean(raw)
		if line == "" {
			continue
		}
		if len(all) == maxGuests {
			return nil, errs.New(errs.TooLarge, "A pasted list may have %d guests at most. Import a workbook instead.", maxGuests).At("text")
		}
		g := guestOf(raw)
		all = append(all, Pasted{i + 1, line, g, contact.ValidEmail(g.Email) && g.First != "" && g.Last != ""})
	}
	return all, nil
}

func guestOf(line string) Guest {
	if a, err := mail.ParseAddress(strings.TrimSpace(line)); err == nil && a.Name != "" {
		first, last := names(strings.Fields(a.Name))
		return Guest{Email: a.Address, First: first, Last: last}
	}
	separator := " "
	for _, s := range []string{"\t", ";", ","} {
		if strings.Contains(line, s) {
			separator = s
			break
		}
	}
	var g Guest
	var words []string
	for _, part := range strings.Split(line, separator) {
		part = spreadsheet.Clean(strings.Trim(part, "<>\" "))
		switch {
		case part == "":
		case g.Email == "" && strings.Contains(part, "@"):
			g.Email = strings.TrimPrefix(part, "mailto:")
		default:
			words = append(words, part)
		}
	}
	if len(words) == 1 {
		words = strings.Fields(words[0])
	}
	g.First, g.Last = names(words)
	return g
}

// names takes the first word as first name and the rest as last name.
func names(words []string) (first, last string) {
	if len(words) == 0 {
		return "", ""
	}
	return words[0], strings.Join(words[1:], " ")
}
