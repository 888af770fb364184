// Package document owns the models of mails: what a letter says, in which
// language, and how an organisation's own model takes the place of the default
// (ML-1). It is pure: it knows no store and no mail server.
//
// A letter always has a text part beside its HTML. Nothing that came from a
// person reaches a header with a line break in it: such a letter is refused,
// not mended (ML-3). Models that people wrote may only show fields and walk
// lists: a model that could run for ever or fill the memory is refused when it
// is stored and again when it is used.
package document

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gradin/server/term"
)

// Ticket is what a letter says of a ticket. It never holds the barcode (D-6).
type Ticket struct {
	Number int64
	// Product and Performance are names; Performance is empty for families without dates.
	Product, Performance string
	// StartsAt is in UTC; nil for families without dates.
	StartsAt *time.Time
	// TimeZone is the venue's IANA zone, else the organisation's (D-8).
	TimeZone string
	// Venue and City say where it is; empty when nowhere in particular.
	Venue, City string
	// Category is the seat category's name.
	Category                  string
	Entrance, Area, Row, Seat string
	// Item is a service's size or language.
	Item string
	// Quantity is how many persons it lets in, 1 at least.
	Quantity int
}

// Input is what a letter is made from. Tickets that belong
// together follow each other; the order of the letter is theirs.
type Input struct {
	Class    term.DocumentClass
	Language term.Language
	// Organisation is the organiser's name. Giver is who acts: who gave the tickets,
	// or took them back.
	Organisation, Giver string
	// FirstName is the guest's, as the giver typed it; empty when unknown.
	FirstName string
	Tickets   []Ticket
	// Matter is what the organiser is told of, in letters to himself.
	Matter *Matter
	// Link opens the guest's page, or the organiser's; letters of a class that is not
	// Linked have none.
	Link string
}

// Matter is an alert about take-backs, or a take-back that waits for a second
// person (TB-7).
type Matter struct {
	// Sponsor is whose tickets they are; empty when nobody in particular asks.
	Sponsor              string
	Product, Performance string
	// Ticket is the number of the ticket that an alert is about; 0 when it is about
	// a sponsor.
	Ticket int64
	// Threshold is a number of times or a percentage; Recovered of Distributed
	// tickets were taken back after their guests had fetched them.
	Threshold, Recovered, Distributed int
	// Run is the number of the execution that waits, Waiting how many fetched tickets
	// it takes back, By who asked for it, and Reason why, in his words.
	Run        int64
	Waiting    int
	By, Reason string
}

// Letter is a mail ready to be put into an envelope. Subject is one line.
type Letter struct {
	Subject, Text, HTML string
}

// ErrHeader is what a letter is refused with when a line break or another
// control character would reach its headers (ML-3).
var ErrHeader = errors.New("a header must not hold a line break or a control character")

//go:embed letter.txt.tmpl
var letterText string

//go:embed letter.html.tmpl
var letterHTML string

// Default is the model that Gradin comes with; its words follow class and language.
func Default() Model {
	return Model{Subject: "{{.Headline}}", Text: letterText, HTML: letterHTML}
}

// Linked says whether letters of a class show the guest the way to his page,
// where he sees his tickets or answers an offer, or the organiser the way to his.
// Who lost a ticket has nothing to open.
func Linked(class term.DocumentClass) bool {
	return class == term.DocumentClassTicketAcknowledgement || class == term.DocumentClassTicketOffered ||
		class == term.DocumentClassTicketReminder || ToOrganiser(class)
}

// ToOrganiser says whether letters of a class go to the organisation itself.
func ToOrganiser(class term.DocumentClass) bool {
	return class == term.DocumentClassTakeBackAlert || class == term.DocumentClassApprovalAwaited
}

// Write writes a letter, by the organisation's model or, when that is nil, by the
// default. It refuses with ErrHeader what would break a
// header, and with ErrModel a model that cannot be carried out.
func Write(in Input, model *Model) (Letter, error) {
	used := Default()
	if model != nil {
		used = *model
	}
	letter, err := used.execute(view(in))
	if err != nil {
		return Letter{}, err
	}
	if err := HeaderSafe(letter.Subject); err != nil {
		return Letter{}, fmt.Errorf("subject: %w", err)
	}
	return letter, nil
}

// HeaderSafe refuses with ErrHeader a text that must not stand in a header: one
// with CR, LF, NUL or any other control character, or that is not UTF-8.
func HeaderSafe(text string) error {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return ErrHeader
	}
	return nil
}
