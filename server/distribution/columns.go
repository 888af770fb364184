package distribution

import (
	"fmt"
	"strconv"
	"strings"

	"gradin/server/spreadsheet"
	"gradin/server/term"
	"gradin/server/ticket"
)

// Sheet is the name of the workbook's first sheet (WB-1).
const Sheet = "Tickets"

// FormatVersion is written into every workbook; it rises when the columns change.
const FormatVersion = 1

// The headers that an import looks for; the others are context only. They are
// the same in every language (WB-1).
const (
	HeaderTicket = "Ticket ID"
	HeaderEmail  = "[NEW] CC Email"
	HeaderFirst  = "[NEW] CC first name"
	HeaderLast   = "[NEW] CC last name"
)

type column struct {
	header string
	width  float64
	kind   spreadsheet.Kind
	open   bool
	value  func(ticket.Row, clock) spreadsheet.Cell
}

func text(value func(ticket.Row) string) func(ticket.Row, clock) spreadsheet.Cell {
	return func(r ticket.Row, _ clock) spreadsheet.Cell { return spreadsheet.Text(value(r)) }
}

// columns are A to T, in order (WB-1).
var columns = []column{
	{HeaderTicket, 14, spreadsheet.KindText, false, text(func(r ticket.Row) string { return Reference(r.Number, r.Move) })},
	{"File number", 12, spreadsheet.KindText, false, text(func(r ticket.Row) string { return strconv.FormatInt(r.FileNumber, 10) })},
	{"Product family", 15, spreadsheet.KindText, false, text(func(r ticket.Row) string { return string(r.Family) })},
	{"Product code", 13, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.Product.Code })},
	{"Product name", 24, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.Product.Name })},
	{"Performance", 32, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.Performance.Name })},
	{"Date and time", 17, spreadsheet.KindDate, false, func(r ticket.Row, c clock) spreadsheet.Cell { return c.cell(r) }},
	{"Seat category", 16, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.SeatCategory.Name })},
	{"Tariff", 16, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.Tariff.Name })},
	{"Entrance", 10, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.Entrance })},
	{"Area", 14, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.Area })},
	{"Row", 7, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.SeatRow })},
	{"Seat", 9, spreadsheet.KindText, false, text(seatOrItem)},
	{"Ticket status", 16, spreadsheet.KindText, false, text(func(r ticket.Row) string { return string(r.State) })},
	{"CC Email", 28, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.HolderEmail })},
	{"CC first name", 16, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.HolderFirst })},
	{"CC last name", 18, spreadsheet.KindText, false, text(func(r ticket.Row) string { return r.HolderLast })},
	{HeaderEmail, 30, spreadsheet.KindText, true, nil},
	{HeaderFirst, 20, spreadsheet.KindText, true, nil},
	{HeaderLast, 22, spreadsheet.KindText, true, nil},
}

// seatOrItem shows a service's item where others have a seat.
func seatOrItem(r ticket.Row) string {
	if r.Item != "" {
		return r.Item
	}
	return r.Seat
}

// Reference is the Ticket ID of the workbook: the number people quote, and the
// ticket's move, which pins who held it at the time of export (WB-3).
func Reference(number, move int64) string { return fmt.Sprintf("%d-%d", number, move) }

// ParseReference reads a Ticket ID. A number alone pins nothing.
func ParseReference(text string) (number int64, pin *int64, ok bool) {
	first, second, pinned := strings.Cut(text, "-")
	number, err := strconv.ParseInt(first, 10, 64)
	if err != nil || number <= 0 {
		return 0, nil, false
	}
	if !pinned {
		return number, nil, true
	}
	move, err := strconv.ParseInt(second, 10, 64)
	if err != nil || move < 0 {
		return 0, nil, false
	}
	return number, &move, true
}

// places says in which column each needed header stands; -1 for one that is missing.
type places struct {
	ticket, email, first, last int
	fields                     map[term.GuestField]int
	headers                    []string
}

// find reads a header row. Headers count by their text: without case, brackets
// or spaces at the ends, wherever they stand (WB-5).
func find(row spreadsheet.Row) places {
	p := places{ticket: -1, email: -1, first: -1, last: -1, fields: map[term.GuestField]int{}, headers: make([]string, len(row.Cells))}
	for i := range row.Cells {
		header := spreadsheet.Clean(row.Cell(i).Value)
		p.headers[i] = header
		for name, at := range map[string]*int{"ticket id": &p.ticket, "new cc email": &p.email, "new cc first name": &p.first, "new cc last name": &p.last} {
			if *at < 0 && plain(header) == name {
				*at = i
			}
		}
		for _, f := range term.GuestField("").Values() {
			field := term.GuestField(f)
			if _, there := p.fields[field]; !there && plain(header) == plain(headerOf(field)) {
				p.fields[field] = i
			}
		}
	}
	return p
}

// plain is a header without case, brackets and double spaces.
func plain(header string) string {
	bare := strings.NewReplacer("[", " ", "]", " ", "(", " ", ")", " ").Replace(strings.ToLower(header))
	return strings.Join(strings.Fields(bare), " ")
}

// usable says whether the columns without which nothing can be decided are there.
func (p places) usable() bool { return p.ticket >= 0 && p.email >= 0 }

// letter is a column's name as spreadsheet programs show it.
func letter(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
