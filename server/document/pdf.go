package document

import (
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"gradin/server/term"
)

// Inter, under the SIL Open Font Licence (font/LICENSE): it has the letters of
// all European names. A file carries only the letters it shows.
var (
	//go:embed font/Inter-Regular.ttf
	interRegular []byte
	//go:embed font/Inter-Bold.ttf
	interBold []byte
)

// Pass is a ticket with what opens the gate: the one document that holds the
// code, made for its holder alone (D-6).
type Pass struct {
	Ticket
	Code string
}

// Sheets is what a PDF of tickets is made from.
type Sheets struct {
	Language            term.Language
	Organisation, Giver string
	// Name is the holder's, as the giver typed it; empty when unknown.
	Name   string
	Passes []Pass
	// Mark is the organiser's, a PNG; without one his name stands in its place.
	Mark []byte
	// Made is when; it stands in the file and nowhere on the page.
	Made time.Time
}

// Measures of a page in millimetres: A4 upright, one ticket each, so large that
// it reads on a phone as well.
const (
	pageWidth = 210.0
	margin    = 18.0
	inner     = pageWidth - 2*margin
	codeSize  = 96.0

	markName  = "mark"
	markTop   = 11.0
	markWidth = 70.0
	// markHeight leaves room for the title below it.
	markHeight = 20.0
)

type colour struct{ r, g, b int }

var (
	brand = colour{59, 91, 219}
	ink   = colour{26, 29, 35}
	dim   = colour{73, 80, 87}
	line  = colour{221, 226, 236}
)

// PDF writes the tickets, a page each.
func PDF(in Sheets) ([]byte, error) {
	s := &sheet{Fpdf: fpdf.New("P", "mm", "A4", ""), in: in, words: wordsOf(in.Language)}
	s.AddUTF8FontFromBytes("inter", "", interRegular)
	s.AddUTF8FontFromBytes("inter", "B", interBold)
	s.SetMargins(margin, margin, margin)
	s.SetAutoPageBreak(false, 0)
	s.SetCatalogSort(true)
	s.SetCreationDate(in.Made)
	s.SetModificationDate(in.Made)
	s.SetTitle(s.words.tickets(len(in.Passes))+" · "+in.Organisation, true)
	s.SetAuthor(in.Organisation, true)
	s.SetLang(strings.ToLower(string(in.Language)))
	if len(in.Mark) > 0 {
		s.RegisterImageOptionsReader(markName, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(in.Mark))
	}
	for _, p := range in.Passes {
		if err := s.page(p); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := s.Output(&out); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return out.Bytes(), nil
}

// sheet is a PDF under way.
type sheet struct {
	*fpdf.Fpdf
	in    Sheets
	words words
}

func (s *sheet) page(p Pass) error {
	s.AddPage()
	s.mark()
	g := groupOf(p.Ticket, s.words)
	s.SetXY(margin, 38)
	s.text(g.Title, "B", 26, 11, 2, ink)
	s.text(g.Subtitle, "", 13, 7, 1, dim)
	s.SetY(s.GetY() + 3)
	s.text(g.Date, "B", 16, 8, 1, ink)
	s.text(g.Place, "", 13, 7, 1, dim)
	s.SetY(s.GetY() + 6)
	s.facts(p.Ticket)
	if err := s.code(p); err != nil {
		return err
	}
	return s.foot(p)
}

// mark is the organiser's: his picture with his name at the other end, or his
// name alone.
func (s *sheet) mark() {
	s.fill(brand)
	s.Rect(0, 0, pageWidth, 5, "F")
	info := s.GetImageInfo(markName)
	if info == nil {
		s.RoundedRect(margin, 16, 8, 8, 2.4, "1234", "F")
		s.SetXY(margin+12, 15)
		s.text(s.in.Organisation, "B", 15, 10, 1, ink)
		return
	}
	scale := min(markWidth/info.Width(), markHeight/info.Height())
	width, height := info.Width()*scale, info.Height()*scale
	s.ImageOptions(markName, margin, markTop+(markHeight-height)/2, width, height, false, fpdf.ImageOptions{}, 0, "")
	s.SetFont("inter", "", 11)
	s.SetTextColor(dim.r, dim.g, dim.b)
	left := margin + width + 8
	s.SetXY(left, markTop+(markHeight-6)/2)
	s.CellFormat(margin+inner-left, 6, s.cut(s.in.Organisation, margin+inner-left, 1)[0], "", 0, "R", false, 0, "")
}

// text writes a text on as many lines as it takes, up to a number.
func (s *sheet) text(text, weight string, size, height float64, lines int, c colour) {
	if text == "" {
		return
	}
	s.SetFont("inter", weight, size)
	s.SetTextColor(c.r, c.g, c.b)
	left := s.GetX()
	for _, part := range s.cut(text, pageWidth-margin-left, lines) {
		s.SetX(left)
		s.CellFormat(pageWidth-margin-left, height, part, "", 1, "L", false, 0, "")
	}
	s.SetX(margin)
}

// cut breaks a text into lines; what does not fit is left out.
func (s *sheet) cut(text string, width float64, lines int) []string {
	all := s.SplitText(text, width)
	if len(all) > lines {
		all = append(all[:lines-1], all[lines-1]+" …")
	}
	return all
}

// facts is where to go: what the guest looks for at the gate is the largest.
func (s *sheet) facts(t Ticket) {
	type fact struct{ label, value string }
	all := []fact{{s.words.category, t.Category}, {s.words.entrance, t.Entrance}, {s.words.area, t.Area}, {s.words.row, t.Row}, {s.words.seat, t.Seat}, {s.words.item, t.Item}}
	if t.Quantity > 1 {
		all = append(all, fact{s.words.people, strconv.Itoa(t.Quantity)})
	}
	x, y := margin, s.GetY()
	s.draw(line)
	s.Line(margin, y, margin+inner, y)
	y += 4
	for _, f := range all {
		if f.value == "" {
			continue
		}
		s.SetFont("inter", "B", 18)
		f.value = s.cut(f.value, inner-12, 1)[0]
		width := max(26, s.GetStringWidth(f.value)+8)
		if x+width > margin+inner {
			x, y = margin, y+17
		}
		s.SetXY(x, y)
		s.SetFont("inter", "", 10)
		s.SetTextColor(dim.r, dim.g, dim.b)
		s.CellFormat(width, 5, f.label, "", 2, "L", false, 0, "")
		s.SetFont("inter", "B", 18)
		s.SetTextColor(ink.r, ink.g, ink.b)
		s.CellFormat(width, 8, f.value, "", 0, "L", false, 0, "")
		x += width
	}
	s.SetXY(margin, y+18)
}

// code draws what the gate reads, and its text for when it does not.
func (s *sheet) code(p Pass) error {
	matrix, err := MatrixOf(p.Code)
	if err != nil {
		return err
	}
	module := codeSize / float64(matrix.Size)
	left, top := (pageWidth-codeSize)/2, max(s.GetY(), 132)
	s.fill(colour{255, 255, 255})
	s.draw(line)
	s.RoundedRect(left-4, top-2, codeSize+8, codeSize+16, 5, "1234", "FD")
	s.fill(colour{0, 0, 0})
	for _, dark := range matrix.Dark {
		s.Rect(left+float64(dark.X)*module, top+float64(dark.Y)*module, float64(dark.Length)*module, module, "F")
	}
	s.SetXY(margin, top+codeSize+1)
	s.SetFont("inter", "B", 13)
	s.SetTextColor(ink.r, ink.g, ink.b)
	s.CellFormat(inner, 8, p.Code, "", 2, "C", false, 0, "")
	s.SetXY(margin, top+codeSize+22)
	return nil
}

// foot says whose it is and how to use it.
func (s *sheet) foot(p Pass) error {
	s.SetY(max(s.GetY(), 252))
	s.text(join(" · ", s.words.number(p.Number), s.in.Name), "B", 12, 7, 1, ink)
	s.text(s.words.from(s.in.Giver), "", 12, 6, 1, dim)
	s.SetY(s.GetY() + 2)
	s.text(s.words.bearer, "", 10, 5, 2, dim)
	return s.Error()
}

func (s *sheet) fill(c colour) { s.SetFillColor(c.r, c.g, c.b) }
func (s *sheet) draw(c colour) { s.SetDrawColor(c.r, c.g, c.b) }
