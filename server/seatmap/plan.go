package seatmap

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gradin/server/errs"
)

// The bounds of a plan (SM-3).
const (
	// MaxFile is how large the file of a plan may be, in bytes.
	MaxFile = 16 << 20
	// MaxSeats is how many seats a plan may have.
	MaxSeats = 100_000
	// maxValues bounds the values of a file, so that a small one does not
	// become a large one in memory.
	maxValues = 4_000_000
	// maxNumber is the largest position or size either way; a stadium drawn in
	// hundredths of a millimetre stays below.
	maxNumber = 1e8
)

// Point is a position on a plan: x to the right, y down, in the plan's own unit.
type Point struct{ X, Y float64 }

// Plus is the point moved by another.
func (p Point) Plus(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Plan is a seating plan as a file says it, checked. Members hold what the
// file says beside what has a field here, unknown members too: nothing is lost.
type Plan struct {
	Name    string
	Members map[string]any
	Zones   []Zone
}

// Zone is a part of a plan; one without seats is a drawing.
type Zone struct {
	Name     string
	ID       string
	Position Point
	Members  map[string]any
	Rows     []Row
}

// Row is a row of seats.
type Row struct {
	Number   string
	Position Point
	Members  map[string]any
	Seats    []Seat
}

// Seat is a place; At is where it is on the whole plan.
type Seat struct {
	GUID    string
	Number  string
	At      Point
	Members map[string]any
}

// Seats counts the seats of a plan.
func (p Plan) Seats() int {
	n := 0
	for _, z := range p.Zones {
		n += z.seats()
	}
	return n
}

func (z Zone) seats() int {
	n := 0
	for _, r := range z.Rows {
		n += len(r.Seats)
	}
	return n
}

// Problem is one thing wrong with a plan: where, and a sentence that says what to do.
type Problem struct{ Path, Message string }

// maxProblems is how many problems are told one by one.
const maxProblems = 1_000

// Problems are all that is wrong with a plan.
type Problems struct {
	List []Problem
	// More is how many there are beyond the list.
	More int
}

// Error tells the first.
func (p *Problems) Error() string {
	if len(p.List) == 0 {
		return "the plan cannot be read"
	}
	return p.List[0].Path + ": " + p.List[0].Message
}

// Refusal is the problems in a sentence.
func (p *Problems) Refusal() *errs.Error {
	n := len(p.List) + p.More
	if n == 1 {
		return errs.New(errs.Invalid, "The plan cannot be imported: %s", p.Error()).At("file")
	}
	return errs.New(errs.Invalid, "The plan cannot be imported, for %d reasons. The first: %s", n, p.Error()).At("file")
}

func (p *Problems) add(path, format string, args ...any) {
	if len(p.List) == maxProblems {
		p.More++
		return
	}
	p.List = append(p.List, Problem{path, fmt.Sprintf(format, args...)})
}

// Read reads the JSON of a plan. What is wrong with it is a *Problems; a file
// that is too large or no JSON at all is a refusal.
func Read(file io.Reader) (*Plan, error) {
	raw, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the plan: %w", err)
	}
	if len(raw) > MaxFile {
		return nil, errs.New(errs.TooLarge, "The file is larger than %d MiB. Split the plan or remove what is not needed.", MaxFile>>20).At("file")
	}
	if values(raw) > maxValues {
		return nil, errs.New(errs.TooLarge, "The file holds more than %d values. Split the plan or remove what is not needed.", maxValues).At("file")
	}
	if !utf8.Valid(raw) {
		return nil, errs.New(errs.Invalid, "The file is not in UTF-8. Save it as a UTF-8 text.").At("file")
	}
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	decoder.UseNumber()
	var root any
	err = decoder.Decode(&root)
	if err == nil {
		if _, end := decoder.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("something follows the plan")
		}
	}
	if err != nil {
		return nil, errs.New(errs.Invalid, "The file is not a JSON document: %s, after byte %d.", plain(err), decoder.InputOffset()).At("file").Because(err)
	}
	r := &reader{guids: map[string]string{}, categories: map[string]bool{}}
	plan := r.plan(root)
	if len(r.problems.List) > 0 {
		return nil, &r.problems
	}
	return plan, nil
}

// values is about how many values a text of JSON has; brackets and commas in
// texts count too, which is on the safe side.
func values(raw []byte) int {
	return bytes.Count(raw, []byte{','}) + bytes.Count(raw, []byte{'['}) + bytes.Count(raw, []byte{'{'})
}

func plain(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}
