package recipient

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"gradin/server/distribution"
	"gradin/server/document"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
)

// offer is a ticket that somebody is offered and has not accepted (WA-3).
type offer struct {
	state     term.PassOnState
	firstName string
	expires   time.Time
	link      int64
}

// attempt is an offer that a guest just tried to make, as he typed it.
type attempt struct {
	ticket             uuid.UUID
	email, first, last string
	fields             distribution.Fields
	problem            *distribution.Problem
	limited            bool
}

// outcomeOf is what became of a button that was pressed.
type outcomeOf struct {
	text func(offerWords) string
	tone string
}

func (o outcomeOf) words(language term.Language) (text, tone string) {
	return o.text(offersIn(language)), o.tone
}

func good(text func(offerWords) string) *outcomeOf { return &outcomeOf{text, "good"} }
func bad(text func(offerWords) string) *outcomeOf  { return &outcomeOf{text, "dead"} }

// passOn answers the form by which a guest offers a ticket to somebody.
func (p *page) passOn(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	ticket, err := oid.Decode(r.PostFormValue("ticket"))
	if !ok || err != nil {
		p.notFound(w, r)
		return
	}
	a := &attempt{
		ticket: ticket, email: r.PostFormValue("email"), first: r.PostFormValue("first"), last: r.PostFormValue("last"), fields: distribution.Fields{},
	}
	for _, f := range term.GuestField("").Values() {
		if value := r.PostFormValue(f); value != "" {
			a.fields[term.GuestField(f)] = value
		}
	}
	a.problem, err = p.tickets.PassOn(r.Context(), distribution.PassingOn{
		Mail: id, Ticket: ticket, Email: a.email, First: a.first, Last: a.last, Fields: a.fields,
	})
	if a.limited = errs.Is(err, errs.RateLimited); a.limited {
		err = nil
	}
	p.after(w, r, id, err, func(in *invitation) {
		in.passing = a
		if number, found := in.number(ticket); found && a.problem == nil && !a.limited {
			in.said = good(func(o offerWords) string { return o.offered(number, a.first+" "+a.last) })
		}
	})
}

// keep answers the button of who does not pass his ticket on after all.
func (p *page) keep(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	ticket, err := oid.Decode(r.PostFormValue("ticket"))
	if !ok || err != nil {
		p.notFound(w, r)
		return
	}
	problem, err := p.tickets.KeepTicket(r.Context(), distribution.GivingBack{Mail: id, Ticket: ticket})
	p.after(w, r, id, err, func(in *invitation) {
		number, _ := in.number(ticket)
		in.said = good(func(o offerWords) string { return o.kept(number) })
		if problem != nil {
			in.said = bad(func(o offerWords) string { return o.tooLate(number) })
		}
	})
}

// accept answers the button of who takes the ticket that he is offered.
func (p *page) accept(w http.ResponseWriter, r *http.Request) { p.decide(w, r, true) }

// decline answers the button of who does not want it.
func (p *page) decline(w http.ResponseWriter, r *http.Request) { p.decide(w, r, false) }

func (p *page) decide(w http.ResponseWriter, r *http.Request, accept bool) {
	id, ok := p.mail(r)
	if !ok {
		p.notFound(w, r)
		return
	}
	problem, err := p.tickets.AnswerOffer(r.Context(), id, accept)
	p.after(w, r, id, err, func(in *invitation) {
		switch {
		case problem != nil && problem.Code == term.ReasonCodeGuestLimit:
			in.said = bad(func(o offerWords) string { return o.enough })
		case problem == nil && accept:
			in.said = good(func(o offerWords) string { return o.yours })
		}
	})
}

// after shows the page as it is after a button, with a word about it.
func (p *page) after(w http.ResponseWriter, r *http.Request, id uuid.UUID, err error, say func(*invitation)) {
	if errs.Is(err, errs.NotFound) || errs.Is(err, errs.Forbidden) {
		p.notFound(w, r)
		return
	}
	var in *invitation
	if err == nil {
		in, err = p.read(r.Context(), id)
	}
	if in != nil {
		say(in)
	}
	p.answer(w, r, in, err)
}

func (in *invitation) number(ticket uuid.UUID) (int64, bool) {
	for _, t := range in.tickets {
		if t.id == ticket {
			return t.number, true
		}
	}
	return 0, false
}

// waiting says whether a ticket of the guest's waits for somebody's answer.
func (in *invitation) waiting() bool {
	for _, t := range in.tickets {
		if t.held && t.pending {
			return true
		}
	}
	return false
}

// passForm is the form by which a guest passes a ticket on.
type passForm struct {
	Ticket, Summary, Explain, Confirm, Problem string
	Inputs                                     []input
	Open                                       bool
}

type input struct{ Name, Label, Type, Value string }

// keepForm says whom a ticket is offered to, and lets its guest keep it.
type keepForm struct{ Ticket, Explain, Confirm string }

// choices are the guest's, beside giving back: to pass it on, or to keep it.
func (in *invitation) choices(c *card, t pass, language term.Language) {
	o := offersIn(language)
	if t.held && t.pending && t.expires != nil {
		until := document.Date(language, document.InZone(*t.expires, t.zone))
		c.Keep = &keepForm{oid.Encode(t.id), o.waiting(t.to, until), o.keep(t.number)}
	}
	if !t.passable {
		return
	}
	f := &passForm{Ticket: oid.Encode(t.id), Summary: o.summary, Explain: o.explain, Confirm: o.confirm(t.number)}
	a := &attempt{fields: distribution.Fields{}}
	if in.passing != nil && in.passing.ticket == t.id {
		a, f.Open = in.passing, true
		f.Problem = o.problem(a)
	}
	f.Inputs = []input{{"email", o.email, "email", a.email}, {"first", o.first, "text", a.first}, {"last", o.last, "text", a.last}}
	for _, field := range t.asked {
		kind := "text"
		if field == term.GuestFieldBirthDate {
			kind = "date"
		}
		f.Inputs = append(f.Inputs, input{string(field), o.fields[field], kind, a.fields[field]})
	}
	c.Pass = f
}

// offerCard is what who is offered a ticket may do.
type offerCard struct {
	Accept, Decline, AcceptButton, DeclineButton, Hint string
}

// offerView words the page of who is offered a ticket: he sees what it is, from
// whom, and until when he may answer; nothing of its code.
func (in *invitation) offerView(language term.Language) view {
	w, o := wordsOf(language), offersIn(language)
	v := in.view(language)
	v.Title, v.Lead = w.hello(in.offer.firstName), o.would(in.giver)
	v.Button, v.Hint, v.PDF, v.Wallet, v.Notice, v.NoticeOf = "", "", "", "", "", ""
	zone := in.zone
	for g := range v.Groups {
		for i := range v.Groups[g].Tickets {
			t := &v.Groups[g].Tickets[i]
			t.Return, t.Pass, t.Keep, t.Status, t.Tone = "", nil, nil, "", ""
		}
	}
	if len(in.tickets) > 0 {
		zone = in.tickets[0].zone
	}
	switch in.offer.state {
	case term.PassOnStatePending:
		base, lang := "/t/"+in.token, "?lang="+v.Tag
		v.Offer = &offerCard{
			base + "/accept" + lang, base + "/decline" + lang, o.accept, o.decline,
			o.until(in.giver, document.Date(language, document.InZone(in.offer.expires, zone))),
		}
	case term.PassOnStateRefused:
		v.Notice = o.refused(in.giver)
	case term.PassOnStateExpired:
		v.Notice = o.expired(in.giver)
	default:
		v.Notice = o.withdrawn(in.giver)
	}
	return v
}
