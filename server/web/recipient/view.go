package recipient

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"gradin/server/document"
	"gradin/server/oid"
	"gradin/server/term"
)

// view is what the page's template shows; all texts are in its language.
type view struct {
	Tag, Style string
	Words      words
	Organiser  string
	// Mark stands in the place of the organiser's name; nil when he has none.
	Mark             *markView
	Title, Lead      string
	Languages        []languageLink
	Groups           []group
	Home             string
	Action, GiveBack string
	Button, Hint     string
	Notice, NoticeOf string
	// PDF is where the button of that name leads; empty when no ticket can be used.
	PDF, PDFButton string
	// Wallet is the same for the wallet file.
	Wallet, WalletButton string
	// Told says what became of what the guest just did; ToldTone is how it ended.
	Told, ToldTone string
	// Offer is set on the page of who is offered a ticket, Pass and Keep lead where
	// its holder passes it on.
	Offer      *offerCard
	Pass, Keep string
	// Bare is set for pages that are no invitation.
	Bare bool
}

type languageLink struct {
	Tag, Name string
	Current   bool
}

type group struct {
	Title, Subtitle, Date, Place string
	Tickets                      []card
}

// card is a ticket. Code is empty unless it may be shown.
type card struct {
	Name, Category string
	Facts          []fact
	Status, Tone   string
	Code           string
	Picture        template.URL
	Alternative    string
	// Return is the ticket's id when its guest may give it back.
	Return, Explain, Confirm string
	// Pass is the form by which he passes it on, Keep the one by which he keeps it.
	Pass *passForm
	Keep *keepForm
}

type fact struct{ Label, Value string }

// view words the invitation.
func (in *invitation) view(language term.Language) view {
	w := wordsOf(language)
	v := view{
		Tag: strings.ToLower(string(language)), Words: w, Organiser: in.organiser, Languages: languages(language),
		Title: w.hello(in.firstName()), Lead: w.given(in.giver, len(in.tickets)),
		Home: "/t/" + in.token, Action: "/t/" + in.token + "?lang=" + strings.ToLower(string(language)),
		GiveBack: "/t/" + in.token + "/return?lang=" + strings.ToLower(string(language)),
	}
	v.Pass, v.Keep = "/t/"+in.token+"/pass?lang="+v.Tag, "/t/"+in.token+"/keep?lang="+v.Tag
	if in.returned != nil {
		v.Told, v.ToldTone = in.told(w)
	}
	if in.said != nil {
		v.Told, v.ToldTone = in.said.words(language)
	}
	valid := 0
	for _, t := range in.tickets {
		if t.valid() {
			valid++
		}
		last := len(v.Groups) - 1
		title, date := t.title(), t.date(language)
		if last < 0 || v.Groups[last].Title != title || v.Groups[last].Date != date {
			g := group{Title: title, Date: date, Place: join(", ", t.venue, t.city)}
			if title != t.product {
				g.Subtitle = t.product
			}
			v.Groups = append(v.Groups, g)
			last++
		}
		v.Groups[last].Tickets = append(v.Groups[last].Tickets, in.card(t, language, w))
	}
	if valid > 0 {
		v.PDF, v.PDFButton = "/t/"+in.token+"/pdf?lang="+v.Tag, w.pdf(valid)
		if in.passes {
			v.Wallet, v.WalletButton = "/t/"+in.token+"/pass-file?lang="+v.Tag, offersIn(language).wallet
		}
	}
	switch {
	case in.shown && valid > 0:
		v.Hint = w.ready
	case valid > 0:
		v.Button, v.Hint = w.button(valid), w.before
	case in.waiting():
	default:
		v.Notice = w.nothing
		v.NoticeOf = w.ask(in.giver)
	}
	return v
}

// told says what became of the ticket that was to go back.
func (in *invitation) told(w words) (text, tone string) {
	var number int64
	for _, t := range in.tickets {
		if t.id == in.returned.ticket {
			number = t.number
		}
	}
	if in.returned.done {
		return fmt.Sprintf(w.returned, number, in.giver), "good"
	}
	return fmt.Sprintf(w.kept, number), "dead"
}

func (in *invitation) firstName() string {
	for _, t := range in.tickets {
		if t.firstName != "" {
			return t.firstName
		}
	}
	return ""
}

func (t pass) title() string {
	if t.performance != "" {
		return t.performance
	}
	return t.product
}

func (t pass) date(language term.Language) string {
	if t.startsAt == nil {
		return ""
	}
	return document.Date(language, document.InZone(*t.startsAt, t.zone))
}

func (in *invitation) card(t pass, language term.Language, w words) card {
	c := card{Name: fmt.Sprintf("%s %d", w.ticket, t.number), Category: join(" · ", t.category, t.item)}
	for _, f := range []fact{{w.entrance, t.entrance}, {w.area, t.area}, {w.row, t.row}, {w.seat, t.seat}} {
		if f.Value != "" {
			c.Facts = append(c.Facts, f)
		}
	}
	if t.quantity > 1 {
		c.Facts = append(c.Facts, fact{w.persons, fmt.Sprint(t.quantity)})
	}
	c.Status, c.Tone = in.status(t, language, w)
	if t.returnable {
		c.Return, c.Explain, c.Confirm = oid.Encode(t.id), fmt.Sprintf(w.explain, in.giver), fmt.Sprintf(w.confirm, t.number)
	}
	in.choices(&c, t, language)
	if in.shown && t.valid() && t.barcode != "" {
		if picture, err := draw(t.barcode); err == nil {
			c.Picture = picture
		}
		c.Code, c.Alternative = t.barcode, fmt.Sprintf(w.codeOf, t.number)
	}
	return c
}

// status says what became of a ticket, and in which tone.
func (in *invitation) status(t pass, language term.Language, w words) (text, tone string) {
	on := func(format, without string, at *time.Time) string {
		if at == nil {
			return without
		}
		return fmt.Sprintf(format, document.Day(language, document.InZone(*at, t.zone)))
	}
	switch {
	case t.closedAt != nil && t.closedAs == term.LinkEndCancelled:
		return w.invalid, "dead"
	case t.closedAt != nil && t.closedAs == term.LinkEndPassedOn:
		return on(w.passedOnAt, w.passedOn, t.closedAt), "gone"
	case t.byGuest:
		return on(w.givenBackAt, w.invalid, t.closedAt), "gone"
	case t.closedAt != nil:
		return on(w.takenBackAt, w.invalid, t.closedAt), "gone"
	case !t.state.Live():
		return w.invalid, "dead"
	case !t.held && t.hisNow != nil:
		return fmt.Sprintf(offersIn(language).passedTo, t.to, document.Day(language, document.InZone(*t.hisNow, t.zone))), "gone"
	case !t.held:
		return w.passedOn, "gone"
	case t.pending:
		return offersIn(language).pending, "waiting"
	case t.state == term.TicketStateControlled:
		return on(w.usedAt, w.used, t.usedAt), "used"
	}
	return w.valid, "good"
}

func languages(current term.Language) []languageLink {
	return []languageLink{
		{"en", "English", current == term.LanguageEn},
		{"fr", "Français", current == term.LanguageFr},
		{"de", "Deutsch", current == term.LanguageDe},
	}
}

// kind is which message a page without an invitation gives.
type kind int

const (
	missing kind = iota
	foreign
	troubled
)

// message is a page that says one thing.
func message(language term.Language, k kind) view {
	w := wordsOf(language)
	v := view{Tag: strings.ToLower(string(language)), Words: w, Bare: true}
	switch k {
	case foreign:
		v.Title, v.Lead = w.foreignTitle, w.foreignLead
	case troubled:
		v.Title, v.Lead = w.troubledTitle, w.troubledLead
	default:
		v.Title, v.Lead = w.missingTitle, w.missingLead
	}
	return v
}

func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}
