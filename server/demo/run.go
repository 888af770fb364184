package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// run is an import of a workbook by a relay (IM-2).
type run struct {
	sponsor, relay int
	// days says when, counted from now.
	days    int
	product string
	// from and to bound the dates distributed; both 0 for products without.
	from, to int
	// tenths is how many of ten tickets are given away.
	tenths int
	mails  func(recipient int) term.MailState
	// special takes a few fetched tickets back, which puts new ones in their place.
	special bool
	// refused rows name an address that is none.
	refused int
}

// The ways in which the mails of a run fare, by the recipient's turn.
func allSent(int) term.MailState { return term.MailStateSent }

func mostSent(i int) term.MailState {
	if i%29 == 7 {
		return term.MailStateFailed
	}
	return term.MailStateSent
}

func halfReady(i int) term.MailState {
	switch {
	case i == 5:
		return term.MailStateObsolete
	case i == 9:
		return term.MailStateInDoubt
	case i%2 == 0:
		return term.MailStateReady
	}
	return mostSent(i)
}

// execution is a run as it took place.
type execution struct {
	id        uuid.UUID
	at, end   time.Time
	sponsor   *sponsor
	actor     actor
	letters   []*letter
	gifts     int
	newcomers int
}

// letter is a mail to a recipient, with what it tells of.
type letter struct {
	id     uuid.UUID
	to     *person
	fresh  bool
	state  term.MailState
	pieces []*piece
	sentAt time.Time
}

// run carries an import out: contacts, rows, gifts, mails, and what became of the
// tickets afterwards.
func (l *lives) run(ctx context.Context, s *sponsor, r run, turn int) error {
	at := l.day(r.days, 9+turn%8, 7*turn%60)
	e := &execution{id: l.seeder.id(oid.Execution), at: at, end: at.Add(40 * time.Second), sponsor: s, actor: s.actors[r.relay]}
	chosen, left := s.choose(r)
	l.address(e, chosen, r, turn)
	refused := left[:min(r.refused, len(left))]
	l.writeExecution(e, refused)
	if err := l.flush(ctx); err != nil {
		return err
	}
	cause := ticket.Cause{
		Organisation: l.id, Via: term.HistoryViaFile, User: e.actor.user, Actor: e.actor.name, ActorContact: e.actor.contact,
		Execution: e.id, At: e.at.UTC(),
	}
	const rows = `SELECT x.ticket_id, x.contact_id AS holder_id, x.email, x.email_key, x.first_name, x.last_name, x.search_key, x.first_key
		FROM execution_rows x WHERE x.execution_id = $1::uuid AND x.outcome = 'DISTRIBUTE'
		UNION ALL
		SELECT k.id, x.contact_id, x.email, x.email_key, x.first_name, x.last_name, x.search_key, x.first_key
		FROM execution_rows x JOIN tickets k ON k.parent_id = x.ticket_id WHERE x.execution_id = $1::uuid AND x.outcome = 'DISTRIBUTE'`
	if _, err := ticket.Give(ctx, l.tx, cause, ticket.Gift{Rows: rows, Args: []any{e.id}, Giver: s.id}); err != nil {
		return err
	}
	for _, m := range e.letters {
		for _, p := range m.pieces {
			p.given(m.to, e)
			for _, child := range p.children {
				child.given(m.to, e)
			}
		}
	}
	l.live(e, r)
	return nil
}

// choose parts the sponsor's tickets that the run is about into those given away
// and those left.
func (s *sponsor) choose(r run) (chosen, left []*piece) {
	for i, p := range s.pieces {
		dated := p.date != nil
		if p.product.code != r.product || p.Parent != nil || p.holder != nil || p.state != term.TicketStateNotPrinted ||
			dated && (p.date.index < r.from || p.date.index >= r.to) {
			continue
		}
		if i*7%10 < r.tenths {
			chosen = append(chosen, p)
		} else {
			left = append(left, p)
		}
	}
	return chosen, left
}

// address spreads the tickets over guests, one to four each, and writes their mails.
func (l *lives) address(e *execution, chosen []*piece, r run, turn int) {
	sizes := []int{2, 1, 4, 2, 3, 1}
	for i := 0; len(chosen) > 0; i++ {
		n := min(sizes[i%len(sizes)], len(chosen))
		m := &letter{id: l.seeder.id(oid.Mail), state: r.mails(i), pieces: chosen[:n]}
		m.to, m.fresh = l.guest((turn*97+i)%guests, e.at)
		chosen = chosen[n:]
		e.gifts += n
		if m.fresh {
			e.newcomers++
		}
		l.writeMail(e, m, i)
		e.letters = append(e.letters, m)
	}
}

func (l *lives) writeMail(e *execution, m *letter, i int) {
	m.sentAt = earlier(e.end.Add(time.Duration(i+2)*time.Second), l.now)
	var next, sent time.Time
	attempts, answer, id := 0, "", l.messageID(m.id)
	switch m.state {
	case term.MailStateSent:
		attempts, answer, sent = 1, "250 2.0.0 Ok: queued", m.sentAt
	case term.MailStateFailed:
		attempts, answer = 1, "550 5.1.1 <"+m.to.email+">: Recipient address rejected: User unknown"
	case term.MailStateInDoubt:
		attempts = 1
	case term.MailStateReady:
		next, id = e.end, ""
	default:
		id = ""
	}
	point := l.points[e.sponsor.at].id
	l.put("mails", m.id, l.id, e.at, e.id, m.to.id, point, e.sponsor.id, term.DocumentClassTicketAcknowledgement, term.LanguageFr, m.state,
		m.to.email, contact.Key(m.to.email), m.to.first+" "+m.to.last, id, attempts, next, sent, answer)
}

// writeExecution writes the run, its rows and its events.
func (l *lives) writeExecution(e *execution, refused []*piece) {
	row := 1 // the workbook's header
	for _, m := range e.letters {
		for _, p := range m.pieces {
			row++
			l.put("execution_rows", l.id, e.id, row, fmt.Sprintf("%d-%d", p.Number, p.move), p.ID, p.label, p.version, m.to.email,
				contact.Key(m.to.email), m.to.first, m.to.last, contact.Search(m.to.first, m.to.last), contact.Search("", m.to.first),
				term.OutcomeDistribute, nil, "", m.to.id, m.fresh, m.to.number, m.id)
		}
	}
	const typo = "jean.dupont@messagerie"
	problem, _ := json.Marshal(map[string]any{"code": term.ReasonCodeInvalidEmail, "field": "email", "value": typo})
	for _, p := range refused {
		row++
		l.put("execution_rows", l.id, e.id, row, fmt.Sprintf("%d-%d", p.Number, p.move), p.ID, p.label, p.version, typo, typo, "Jean", "Dupont",
			"", "", term.OutcomeRefused, term.ReasonCodeInvalidEmail, string(problem), uuid.Nil, false, 0, uuid.Nil)
	}
	result := term.ExecutionResultOk
	if len(refused) > 0 {
		result = term.ExecutionResultWarning
	}
	events := []string{"begun", "planned", "RUNNING", "applied", "DONE"}
	for i, text := range events {
		l.put("execution_events", l.id, e.id, i+1, e.at.Add(time.Duration(i)*10*time.Second), text)
	}
	point, number := l.points[e.sponsor.at], l.number("execution")-firstNumber+1
	l.put("executions", e.id, l.id, e.at, number, term.ExecutionFunctionTicketHoldersImport, term.ExecutionTriggerPortal,
		term.ExecutionStateDone, result, e.actor.user, e.actor.name, e.actor.contact, "203.0.113.7", e.sponsor.id, point.channel, point.id,
		l.season, true, e.at.Add(10*time.Second), e.end, len(events), row-1, e.gifts, len(refused), len(e.letters), e.gifts, len(refused),
		e.newcomers, len(e.letters), row-1, row)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
