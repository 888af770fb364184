package document

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gradin/server/term"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func at(text string) *time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return &t
}

// season is a letter with seats in a row and alone, standing places, a group
// pass and a shirt.
func season(language term.Language) Input {
	match := Ticket{Product: "Championnat 2026/27", Performance: "FC Granval – Lyon", StartsAt: at("2027-03-14T19:45:00Z"),
		TimeZone: "Europe/Zurich", Venue: "Stade du Lac", City: "Granval", Category: "Cat 1", Entrance: "B", Area: "Tribune Nord", Row: "4", Quantity: 1}
	in := Input{Class: term.DocumentClassTicketAcknowledgement, Language: language, Organisation: "FC Granval", Giver: "Banque du Lac & Fils <SA>", FirstName: "Zoë", Link: "https://tickets.example/t/abc"}
	for _, seat := range []string{"12", "13", "14", "18"} {
		t := match
		t.Seat = seat
		in.Tickets = append(in.Tickets, t)
	}
	standing := match
	standing.Category, standing.Entrance, standing.Area, standing.Row = "", "", "Kop", ""
	in.Tickets = append(in.Tickets, standing, standing)
	return addOthers(in)
}

func addOthers(in Input) Input {
	in.Tickets = append(in.Tickets,
		Ticket{Product: "Musée du Lac", Performance: "Visite du 1er août", StartsAt: at("2027-08-01T07:00:00Z"), TimeZone: "Europe/Zurich",
			Venue: "Musée", Quantity: 25},
		Ticket{Product: "Maillot", Item: "L", Quantity: 1},
		Ticket{Product: "Passe annuel", Quantity: 1})
	return in
}

func TestAcknowledge_ML1_saysItInThreeLanguages(t *testing.T) {
	t.Parallel()
	for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			letter, err := Write(season(language), nil)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "acknowledgement_"+strings.ToLower(string(language))+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text)
			golden(t, "acknowledgement_"+strings.ToLower(string(language))+".html", letter.HTML)
		})
	}
}

func TestWrite_WA3_tellsInThreeLanguagesOfTicketsPassedOn(t *testing.T) {
	t.Parallel()
	for name, class := range map[string]term.DocumentClass{
		"offered": term.DocumentClassTicketOffered, "passedon": term.DocumentClassTicketPassedOn, "notpassedon": term.DocumentClassPassOnEnded,
	} {
		for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
			in := season(language)
			in.Class, in.Giver, in.Tickets = class, "Zoë Müller", in.Tickets[:1]
			letter, err := Write(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if linked := strings.Contains(letter.Text, in.Link); linked != (class == term.DocumentClassTicketOffered) {
				t.Errorf("%s %s: the link is there: %v", name, language, linked)
			}
			golden(t, name+"_"+strings.ToLower(string(language))+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text)
		}
	}
}

func TestWrite_ML4_remindsInThreeLanguagesWithTheLink(t *testing.T) {
	t.Parallel()
	for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
		in := season(language)
		in.Class, in.Tickets = term.DocumentClassTicketReminder, in.Tickets[:2]
		letter, err := Write(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(letter.Text, in.Link) {
			t.Errorf("%s: the link is missing", language)
		}
		golden(t, "reminder_"+strings.ToLower(string(language))+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text)
	}
}

func TestWrite_WA4_tellsInThreeLanguagesWhoCannotCome(t *testing.T) {
	t.Parallel()
	for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			in := season(language)
			in.Class, in.Giver, in.Tickets = term.DocumentClassTicketReturned, "Zoë Müller", in.Tickets[:1]
			letter, err := Write(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "returned_"+strings.ToLower(string(language))+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text)
		})
	}
}

func TestWrite_ML1_tellsInThreeLanguagesWhoTookBackWhat(t *testing.T) {
	t.Parallel()
	for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			in := season(language)
			in.Class = term.DocumentClassTicketTakenBack
			letter, err := Write(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(letter.Text+letter.HTML, in.Link) || strings.Contains(letter.HTML, "<a ") {
				t.Error("there is something to click on, and nothing to open")
			}
			golden(t, "taken_back_"+strings.ToLower(string(language))+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text)
			golden(t, "taken_back_"+strings.ToLower(string(language))+".html", letter.HTML)
		})
	}
}

func TestWrite_TB7_tellsTheOrganiserInThreeLanguages(t *testing.T) {
	t.Parallel()
	of := Matter{Sponsor: "Banque du Lac & Fils <SA>", Product: "Championnat 2026/27", Threshold: 20, Recovered: 12, Distributed: 50}
	ticket := of
	ticket.Ticket, ticket.Performance, ticket.Threshold, ticket.Recovered = 1000234, "FC Granval – Lyon", 2, 3
	run := Matter{Sponsor: of.Sponsor, Run: 42, Waiting: 3, By: "Zoë Müller", Reason: "Il est malade"}
	one := Matter{Run: 43, Waiting: 1, By: "Zoë Müller"}
	for name, c := range map[string]struct {
		class term.DocumentClass
		Matter
	}{
		"alert_sponsor": {term.DocumentClassTakeBackAlert, of}, "alert_ticket": {term.DocumentClassTakeBackAlert, ticket},
		"approval": {term.DocumentClassApprovalAwaited, run}, "approval_one": {term.DocumentClassApprovalAwaited, one},
	} {
		for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
			in := Input{Class: c.class, Language: language, Organisation: "FC Granval", Giver: "FC Granval", Matter: &c.Matter, Link: "https://tickets.example/o/alerts"}
			letter, err := Write(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(letter.Text, in.Link) || !strings.Contains(letter.HTML, in.Link) || strings.Contains(letter.HTML, "<SA>") {
				t.Errorf("%s %s: %s", name, language, letter.HTML)
			}
			golden(t, name+"_"+strings.ToLower(string(language))+".txt", "Subject: "+letter.Subject+"\n\n"+letter.Text)
		}
	}
}

func TestPDF_WA1_showsEveryTicketOnAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	in := Sheets{Language: term.LanguageFr, Organisation: "FC Granval", Giver: "Škoda & Łódź <SA>", Name: "Zoë Dvořáková-Žižek", Made: *at("2027-03-01T12:00:00Z")}
	for i, ticket := range season(term.LanguageFr).Tickets {
		ticket.Number = int64(1000001 + i)
		in.Passes = append(in.Passes, Pass{Ticket: ticket, Code: fmt.Sprintf("ABCDEFGHJKLMNPQRSTU%02d", i)})
	}
	in.Passes[0].Performance = strings.Repeat("FC Granval – Lyon ", 30)
	in.Passes[0].Area = strings.Repeat("Tribune Nord ", 30)
	file, err := PDF(in)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tickets.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := exec.Command("pdfinfo", path).Output()
	if err != nil || !strings.Contains(string(info), fmt.Sprintf("Pages:           %d", len(in.Passes))) || !strings.Contains(string(info), "A4") {
		t.Errorf("%v %s", err, info)
	}
	text, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(text), "\f")
	for i, p := range in.Passes {
		for _, want := range []string{p.Code, fmt.Sprint(p.Number), in.Name, in.Giver, in.Organisation} {
			if !strings.Contains(pages[i], want) {
				t.Errorf("page %d does not show %q:\n%s", i+1, want, pages[i])
			}
		}
	}
	for _, want := range []string{"dimanche 14 mars 2027 à 20 h 45", "Stade du Lac, Granval", "Tribune Nord"} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("the first page does not show %q:\n%s", want, pages[0])
		}
	}
	again, err := PDF(in)
	if err != nil || !bytes.Equal(file, again) {
		t.Error("the same tickets make another file")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestAcknowledge_ML3_refusesWhatWouldBreakAHeader(t *testing.T) {
	t.Parallel()
	for name, giver := range map[string]string{
		"a line break with a header": "X\r\nBcc: all@example.org",
		"a bare line feed":           "X\nY",
		"a bare carriage return":     "X\rY",
		"a NUL":                      "X\x00Y",
		"an escape":                  "X\x1b[31mY",
		"broken UTF-8":               "X\xff",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := season(term.LanguageEn)
			in.Giver = giver
			if letter, err := Write(in, nil); !errors.Is(err, ErrHeader) {
				t.Errorf("got %q, %v, want ErrHeader", letter.Subject, err)
			}
		})
	}
}

func TestAcknowledge_ML1_listsFortyLinesAndCountsTheRest(t *testing.T) {
	t.Parallel()
	in := Input{Class: term.DocumentClassTicketAcknowledgement, Language: term.LanguageEn, Organisation: "O", Giver: "G", Link: "https://x/t/y"}
	for row := range 30 {
		for _, performance := range []string{"First", "Second"} {
			in.Tickets = append(in.Tickets, Ticket{Product: "P", Performance: performance, Area: "A", Row: strings.Repeat("I", row+1), Seat: "1", Quantity: 1})
		}
	}
	v := view(in)
	lines := 0
	for _, g := range v.Groups {
		lines += len(g.Lines)
	}
	if lines != MaxLines || v.More != "… and 20 tickets more: the page shows all of them." {
		t.Errorf("%d lines, then %q", lines, v.More)
	}
}

func TestDate_D8_isInTheVenuesZone(t *testing.T) {
	t.Parallel()
	start := *at("2027-03-01T23:30:00Z")
	got := map[string]string{
		"EN": Date(term.LanguageEn, InZone(start, "Europe/Berlin")),
		"FR": Date(term.LanguageFr, InZone(start, "America/Montreal")),
		"DE": Date(term.LanguageDe, InZone(start, "Nowhere/AtAll")),
	}
	want := map[string]string{
		"EN": "Tuesday 2 March 2027, 00:30",
		"FR": "lundi 1er mars 2027 à 18 h 30",
		"DE": "Montag, 1. März 2027, 23:30 Uhr UTC",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestModel_ML1_takesThePlaceOfTheDefault(t *testing.T) {
	t.Parallel()
	model := Model{
		Subject: "{{.Giver}}: {{.Count}}",
		Text:    "{{range .Groups}}{{.Title}}{{range .Lines}} [{{.}}]{{end}}\n{{end}}{{.Link}}",
		HTML:    `<p title="{{.Giver}}">{{if gt .Count 1}}<a href="{{.Link}}">{{.Giver}}</a>{{else}}{{.Link}}{{end}}</p>`,
	}
	if err := model.Validate(term.DocumentClassTicketAcknowledgement); err != nil {
		t.Fatal(err)
	}
	in := season(term.LanguageFr)
	in.Tickets = in.Tickets[:2]
	letter, err := Write(in, &model)
	if err != nil {
		t.Fatal(err)
	}
	want := Letter{
		Subject: "Banque du Lac & Fils <SA>: 2",
		Text:    "FC Granval – Lyon [Cat 1 · Entrée B · Tribune Nord · Rang 4 · Places 12, 13]\nhttps://tickets.example/t/abc",
		HTML:    `<p title="Banque du Lac &amp; Fils &lt;SA&gt;"><a href="https://tickets.example/t/abc">Banque du Lac &amp; Fils &lt;SA&gt;</a></p>`,
	}
	if diff := cmp.Diff(want, letter); diff != "" {
		t.Error(diff)
	}
}

func TestModel_ML1_isRefusedWhenItCouldDoHarm(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"does not parse":                  "{{.Link",
		"shows what is not there":         "{{.Link}}{{.Barcode}}",
		"counts for ever":                 "{{.Link}}{{range 1000000000000}}{{end}}",
		"counts for ever with a variable": "{{.Link}}{{$n := 1000000000000}}{{range $n}}{{end}}",
		"counts for ever in a branch":     "{{.Link}}{{if false}}{{else}}{{range 1000000000000}}{{end}}{{end}}",
		"calls itself":                    `{{define "a"}}{{template "a"}}{{end}}{{.Link}}{{template "a"}}`,
		"pads without end":                `{{.Link}}{{printf "%1000000000d" 1}}`,
		"pads inside brackets":            `{{.Link}}{{len (printf "%1000000000d" 1)}}`,
		"nests too deep":                  strings.Repeat("{{range $.Groups}}", 4) + "{{$.Link}}" + strings.Repeat("{{end}}", 4),
		"is too long":                     "{{.Link}}" + strings.Repeat("x", maxTemplate),
		"writes too much":                 "{{.Link}}{{range .Groups}}{{range .Lines}}" + strings.Repeat("x", 200<<10) + "{{end}}{{end}}",
		"forgets the link":                "Hello",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for part, model := range map[string]Model{
				"text": {Subject: "S", Text: text, HTML: "{{.Link}}"},
				"HTML": {Subject: "S", Text: "{{.Link}}", HTML: text},
			} {
				if err := model.Validate(term.DocumentClassTicketAcknowledgement); !errors.Is(err, ErrModel) {
					t.Errorf("%s: %v, want ErrModel", part, err)
				}
			}
		})
	}
}

func TestModel_ML3_subjectOfSeveralLinesIsRefused(t *testing.T) {
	t.Parallel()
	model := Model{Subject: "a\r\nBcc: b@example.org", Text: "{{.Link}}", HTML: "{{.Link}}"}
	if err := model.Validate(term.DocumentClassTicketAcknowledgement); !errors.Is(err, ErrHeader) {
		t.Errorf("got %v, want ErrHeader", err)
	}
}

func TestDefault_ML1_isAValidModel(t *testing.T) {
	t.Parallel()
	if err := Default().Validate(term.DocumentClassTicketAcknowledgement); err != nil {
		t.Error(err)
	}
	if letter, err := Default().Preview(term.DocumentClassTicketAcknowledgement, term.LanguageDe); err != nil || !strings.Contains(letter.Text, "Meine Tickets") {
		t.Errorf("preview: %q, %v", letter.Text, err)
	}
}
