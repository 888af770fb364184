package document

import (
	"slices"
	"strconv"
	"strings"

	"gradin/server/term"
)

// MaxLines is how many lines of places a letter lists; the rest is only counted.
const MaxLines = 40

// maxSeats is how many seats stand on one line.
const maxSeats = 20

// View is what a model may show. All texts are in the letter's language.
type View struct {
	// Language is EN, FR or DE; Tag is its BCP 47 tag.
	Language term.Language
	Tag      string
	// Organisation, Giver, FirstName and Link are as in Input; Link is empty where
	// the class is not Linked.
	Organisation, Giver, FirstName, Link string
	// Headline is a subject line: what the tickets are for and who gives them.
	Headline string
	// Greeting, Intro, Button, Note and Footer are the sentences of the default model.
	Greeting, Intro, Button, Note, Footer string
	// Count is the number of tickets.
	Count int
	// Groups are the tickets by performance, MaxLines lines in all at most.
	Groups []Group
	// More says how many tickets are not listed; empty when all are.
	More string
}

// Group is the tickets of one performance, or of one product without dates.
type Group struct {
	// Title is the performance's name, else the product's; Subtitle is the
	// product's name where it says more.
	Title, Subtitle string
	// Date is day and time in the venue's zone; empty without a date.
	Date string
	// Place is venue and city.
	Place string
	// Lines say where and how many.
	Lines []string
}

// view sorts the tickets into groups and lines and finds the words.
func view(in Input) View {
	w := wordsOf(in.Language)
	if ToOrganiser(in.Class) {
		return matterView(in, w)
	}
	says := w.saying(in.Class)
	v := View{
		Language: in.Language, Tag: strings.ToLower(string(in.Language)),
		Organisation: in.Organisation, Giver: in.Giver, FirstName: in.FirstName,
		Greeting: w.greeting(in.FirstName), Intro: says.intro(in.Giver, len(in.Tickets)), Button: says.button,
		Note: says.note(in.Giver), Footer: w.footer(in.Organisation), Count: len(in.Tickets),
	}
	if Linked(in.Class) {
		v.Link = in.Link
	}
	left, unlisted := MaxLines, 0
	for _, tickets := range split(in.Tickets, samePerformance) {
		if left == 0 {
			unlisted += len(tickets)
			continue
		}
		g := groupOf(tickets[0], w)
		for _, line := range split(tickets, samePlace) {
			if left == 0 {
				unlisted += len(line)
				continue
			}
			g.Lines = append(g.Lines, lineOf(line, w))
			left--
		}
		v.Groups = append(v.Groups, g)
	}
	if unlisted > 0 {
		v.More = says.more(unlisted)
	}
	v.Headline = says.headline(titles(v.Groups), in.Giver, len(in.Tickets))
	return v
}

// titles is the one title of all groups, or nothing when they differ.
func titles(groups []Group) string {
	if len(groups) == 0 {
		return ""
	}
	for _, g := range groups {
		if g.Title != groups[0].Title {
			return ""
		}
	}
	return groups[0].Title
}

// split cuts the list where neighbours are not alike.
func split(all []Ticket, alike func(first, next Ticket, length int) bool) [][]Ticket {
	var parts [][]Ticket
	for _, t := range all {
		last := len(parts) - 1
		if last >= 0 && alike(parts[last][0], t, len(parts[last])) {
			parts[last] = append(parts[last], t)
			continue
		}
		parts = append(parts, []Ticket{t})
	}
	return parts
}

func samePerformance(a, b Ticket, _ int) bool {
	sameStart := a.StartsAt == nil && b.StartsAt == nil || a.StartsAt != nil && b.StartsAt != nil && a.StartsAt.Equal(*b.StartsAt)
	return a.Product == b.Product && a.Performance == b.Performance && a.Venue == b.Venue && sameStart
}

func samePlace(a, b Ticket, length int) bool {
	return a.Category == b.Category && a.Entrance == b.Entrance && a.Area == b.Area && a.Row == b.Row &&
		a.Item == b.Item && a.Quantity == b.Quantity && (a.Seat == "") == (b.Seat == "") &&
		(a.Seat == "" || length < maxSeats)
}

func groupOf(t Ticket, w words) Group {
	g := Group{Title: t.Performance, Subtitle: t.Product}
	if g.Title == "" || g.Title == g.Subtitle {
		g.Title, g.Subtitle = t.Product, ""
	}
	if t.StartsAt != nil {
		g.Date = w.date(InZone(*t.StartsAt, t.TimeZone))
	}
	g.Place = join(", ", t.Venue, t.City)
	return g
}

// lineOf names the places of tickets that differ in their seats only.
func lineOf(tickets []Ticket, w words) string {
	t := tickets[0]
	seats := ""
	if t.Seat != "" {
		names := make([]string, len(tickets))
		for i, ticket := range tickets {
			names[i] = ticket.Seat
		}
		seats = w.seats(fold(names), len(names))
	}
	persons := ""
	if t.Quantity > 1 {
		persons = w.persons(t.Quantity)
	}
	text := join(" · ", t.Category, label(w.entrance, t.Entrance), t.Area, label(w.row, t.Row), seats, t.Item)
	switch {
	case text == "":
		return join(" ", w.tickets(len(tickets)), persons)
	case seats == "":
		text = strconv.Itoa(len(tickets)) + " × " + text
	}
	return join(" ", text, persons)
}

func label(word, value string) string {
	if value == "" {
		return ""
	}
	return word + " " + value
}

func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// fold writes three or more seats in a row as a stretch: 12–15, 18.
func fold(seats []string) string {
	var parts []string
	for i := 0; i < len(seats); {
		end := i
		for end+1 < len(seats) && follows(seats[end], seats[end+1]) {
			end++
		}
		if end-i >= 2 {
			parts = append(parts, seats[i]+"–"+seats[end])
		} else {
			parts = append(parts, seats[i:end+1]...)
		}
		i = end + 1
	}
	return strings.Join(parts, ", ")
}

func follows(a, b string) bool {
	n, errA := strconv.Atoi(a)
	m, errB := strconv.Atoi(b)
	return errA == nil && errB == nil && m == n+1
}
