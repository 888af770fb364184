package demo

import (
	"time"

	"github.com/google/uuid"

	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// piece is a ticket in the making: what it is, and what has become of it.
type piece struct {
	ticket.New
	label    string
	product  *product
	date     *performance
	children []*piece

	version, move int64
	state         term.TicketState
	location      term.DeliveryLocation
	holder        *person
	execution     uuid.UUID
	// last is when something happened to it last.
	last time.Time
	// marks are the milestones, by column.
	marks  map[string]time.Time
	reason string
	// replacedBy is the ticket in its place, link why its chain closed.
	replacedBy uuid.UUID
	link       term.LinkEnd
}

// given notes what ticket.Give has written.
func (p *piece) given(to *person, e *execution) {
	p.version++
	p.move++
	p.holder, p.execution, p.last = to, e.id, e.at
	p.mark("distributed_at", e.at)
}

func (p *piece) mark(column string, at time.Time) {
	if p.marks == nil {
		p.marks = map[string]time.Time{}
	}
	if _, known := p.marks[column]; !known {
		p.marks[column] = at
	}
}

// lives leads tickets through their lives and remembers whom it changed.
type lives struct {
	*tenant
	changed  []*piece
	known    map[*piece]bool
	replaced []*replacement
}

// replacement is a ticket in the place of another (D-7).
type replacement struct {
	piece *piece
	of    uuid.UUID
	at    time.Time
	by    actor
}

// step is one thing that happens to a ticket: one version, one entry (D-3).
func (l *lives) step(p *piece, event term.HistoryEvent, via term.HistoryVia, who actor, at time.Time) {
	if l.known == nil {
		l.known = map[*piece]bool{}
	}
	if !l.known[p] {
		l.known[p] = true
		l.changed = append(l.changed, p)
	}
	p.version++
	p.last = at
	var from, to uuid.UUID
	if p.holder != nil {
		to = p.holder.id
	}
	if event == term.HistoryEventTakenBack {
		from, to, p.holder = to, uuid.Nil, nil
		p.move++
		p.execution = uuid.Nil // the taking back is not of the run that gave
		delete(p.marks, "distributed_at")
	}
	l.put("history_entries", l.id, p.ID, p.version, at, event, via, who.user, who.name, who.contact, p.execution, from, to, p.state, p.location)
}

// moveTo brings a ticket to a location, so long after what happened to it last.
func (l *lives) moveTo(p *piece, to term.DeliveryLocation, via term.HistoryVia, after time.Duration) {
	at := earlier(p.last.Add(after), l.now)
	p.state, p.location = term.TicketStatePrinted, to
	p.mark("printed_at", at)
	p.marks["wallet_reported_at"] = at
	if column, has := map[term.DeliveryLocation]string{
		term.DeliveryLocationInjected: "injected_at", term.DeliveryLocationDownloaded: "downloaded_at",
		term.DeliveryLocationTransferred: "transferred_at", term.DeliveryLocationActivated: "activated_at",
		term.DeliveryLocationDeleted: "deleted_at",
	}[to]; has {
		p.mark(column, at)
	}
	l.step(p, term.HistoryEventLocationChanged, via, actor{name: "wallet"}, at)
}

// become changes a ticket's state.
func (l *lives) become(p *piece, to term.TicketState, via term.HistoryVia, who actor, at time.Time) {
	p.state = to
	column := map[term.TicketState]string{
		term.TicketStatePrinted: "printed_at", term.TicketStateControlled: "controlled_at", term.TicketStateCancelled: "ended_at",
		term.TicketStateInvalidated: "ended_at",
	}[to]
	p.mark(column, at)
	l.step(p, term.HistoryEventStateChanged, via, who, at)
}

// live is what becomes of the tickets of a run after their mails have left.
func (l *lives) live(e *execution, r run) {
	turn := 0
	for _, m := range e.letters {
		for _, p := range m.pieces {
			switch m.state {
			case term.MailStateSent:
				for _, one := range append([]*piece{p}, p.children...) {
					turn++
					one.last = m.sentAt
					l.moveTo(one, term.DeliveryLocationInjected, term.HistoryViaMail, 0)
					l.used(one, turn)
				}
			case term.MailStateObsolete:
				p.link = term.LinkEndTakenBack
				l.step(p, term.HistoryEventTakenBack, term.HistoryViaPortal, e.actor, earlier(e.end.Add(30*time.Minute), l.now))
			}
			if r.special && p.location == term.DeliveryLocationDownloaded && len(l.replaced) < 3 {
				l.replace(p, e)
			}
		}
	}
}

// used is what guests do with a ticket they were sent; the turn decides, so that
// every demo is alike and each location occurs, but for that of a ticket which an
// outside wallet is asked for: the demo has none (TB-4).
func (l *lives) used(p *piece, turn int) {
	if p.date != nil && p.date.startsAt.Before(l.now) {
		l.visited(p, turn)
		return
	}
	const hours = time.Hour
	if turn%20 > 12 {
		return // not fetched yet
	}
	l.moveTo(p, term.DeliveryLocationDownloaded, term.HistoryViaRecipient, time.Duration(1+turn%7)*hours)
	switch turn % 20 {
	case 0:
		l.moveTo(p, term.DeliveryLocationTransferPending, term.HistoryViaRecipient, 3*hours)
	case 1:
		l.moveTo(p, term.DeliveryLocationTransferPending, term.HistoryViaRecipient, 2*hours)
		l.moveTo(p, term.DeliveryLocationTransferred, term.HistoryViaRecipient, hours)
	case 3:
		l.moveTo(p, term.DeliveryLocationDeleted, term.HistoryViaRecipient, 5*hours)
	case 4:
		l.moveTo(p, term.DeliveryLocationActivated, term.HistoryViaRecipient, 6*hours)
	}
}

// visited is what became of a ticket whose date is over: most were fetched and
// used, some only fetched, a few neither.
func (l *lives) visited(p *piece, turn int) {
	if turn%12 == 11 || !p.last.Add(time.Hour).Before(p.date.startsAt) {
		return
	}
	l.moveTo(p, term.DeliveryLocationDownloaded, term.HistoryViaRecipient, 30*time.Minute)
	if turn%3 == 0 {
		l.moveTo(p, term.DeliveryLocationActivated, term.HistoryViaRecipient, p.date.startsAt.Sub(p.last)-25*time.Minute)
	}
	if turn%9 != 4 {
		at := p.date.startsAt.Add(-time.Duration(turn%20+1) * time.Minute)
		l.become(p, term.TicketStateControlled, term.HistoryViaAccessControl, actor{name: "Porte " + p.Entrance}, at)
	}
}

// replace takes a fetched ticket back: its barcode may be known, so it dies and
// a new ticket takes its place (D-7).
func (l *lives) replace(p *piece, e *execution) {
	at := earlier(p.last.Add(time.Hour), l.now)
	fresh := *p
	fresh.New.ID, fresh.New.Number = l.seeder.id(oid.Ticket), l.number("ticket")
	fresh.New.PlaceKey = ticket.PlaceKey(&p.date.startsAt, p.AreaName, p.RowName, p.SeatName, fresh.New.Number)
	fresh.New.Barcode, fresh.marks, fresh.holder, fresh.children = "", nil, nil, nil
	fresh.version, fresh.move, fresh.state, fresh.location = 1, 0, term.TicketStateNotPrinted, term.DeliveryLocationNone
	p.state, p.reason, p.replacedBy, p.link = term.TicketStateInvalidated, "MOBILE_TAKE_BACK", fresh.ID, term.LinkEndReplaced
	p.mark("ended_at", at)
	l.step(p, term.HistoryEventTakenBack, term.HistoryViaPortal, e.actor, at)
	l.replaced = append(l.replaced, &replacement{&fresh, p.ID, at, e.actor})
}

// paper prints the tickets that go out on paper; those of matches over were used.
func (l *lives) paper(sponsors []sponsor) {
	for i := range sponsors {
		for n, p := range sponsors[i].pieces {
			if p.Shipment != term.ShipmentModePaper {
				continue
			}
			l.become(p, term.TicketStatePrinted, term.HistoryViaSystem, l.operator, l.day(-60, 11, 0))
			if p.date.startsAt.Before(l.now) && n%6 != 5 {
				l.become(p, term.TicketStateControlled, term.HistoryViaAccessControl, actor{name: "Porte " + p.Entrance}, p.date.startsAt.Add(-12*time.Minute))
			}
		}
	}
}

// cancelled ends a few tickets that nobody has, by an operator.
func (l *lives) cancelled(s *sponsor) {
	left := 3
	for _, p := range s.pieces {
		if left == 0 {
			return
		}
		if p.date == nil || p.Parent != nil || p.holder != nil || p.date.index < 4 || p.version > 1 || p.date.startsAt.Before(l.now) {
			continue
		}
		left--
		p.reason = "CANCELLED"
		l.become(p, term.TicketStateCancelled, term.HistoryViaSystem, l.operator, l.day(-2, 16, 20))
	}
}
