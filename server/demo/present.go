package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/term"
	"gradin/server/ticket"
)

// milestones are the columns that say when something happened to a ticket.
const milestones = `distributed_at printed_at injected_at downloaded_at transferred_at activated_at deleted_at controlled_at ended_at
	wallet_reported_at`

// presentLine lists what a ticket is now, as the list of tables does.
func presentLine() string {
	return `tickets id:uuid state:text location:text live:boolean version:bigint move:bigint depth:bigint dead_reason:text
		replaced_by_id:uuid holder_id:uuid holder_email:text holder_email_key:text holder_first_name:text holder_last_name:text
		holder_search:text holder_first_key:text ` + strings.Join(strings.Fields(milestones), ":timestamptz ") + ":timestamptz"
}

// values are the present in the order of presentLine.
func (p *piece) values() []any {
	alive := p.state != term.TicketStateCancelled && p.state != term.TicketStateInvalidated
	depth, holder := 0, []any{uuid.Nil, "", "", "", "", "", ""}
	if h := p.holder; h != nil {
		depth = 1
		holder = []any{h.id, h.email, contact.Key(h.email), h.first, h.last, contact.Search(h.first, h.last), contact.Search("", h.first)}
	}
	v := append([]any{p.ID, p.state, p.location, alive, p.version, p.move, depth, p.reason, p.replacedBy}, holder...)
	for _, column := range strings.Fields(milestones) {
		v = append(v, p.marks[column])
	}
	return v
}

// end brings the changed tickets to their present, closes the chains of those
// taken back, and makes the tickets in the place of others: a handful of
// statements whatever their number.
func (l *lives) end(ctx context.Context) error {
	if err := l.flush(ctx); err != nil {
		return err
	}
	name, columns := columnsOf(presentLine())
	w := &waiting{}
	for _, c := range columns {
		w.keys = append(w.keys, `"`+c.Name+`":`)
	}
	for _, p := range l.changed {
		if err := w.row(p.values()); err != nil {
			return err
		}
	}
	sets := make([]string, 0, len(columns))
	for _, c := range columns[1:] {
		sets = append(sets, c.Name+" = n."+c.Name)
	}
	if len(l.changed) > 0 {
		if _, err := l.tx.Exec(ctx, "UPDATE "+name+" SET "+strings.Join(sets, ", ")+" FROM "+db.Source(l.tx, "$1", "n", columns...)+
			" WHERE tickets.id = n.id", w.json()); err != nil {
			return fmt.Errorf("bring tickets to their present: %w", err)
		}
	}
	if err := l.closeLinks(ctx); err != nil {
		return err
	}
	if err := l.offers(ctx); err != nil {
		return err
	}
	return l.writeReplacements(ctx)
}

func (l *lives) closeLinks(ctx context.Context) error {
	columns := []db.Column{{Name: "id", Type: "uuid"}, {Name: "at", Type: "timestamptz"}, {Name: "link", Type: "text"}}
	w := &waiting{keys: []string{`"id":`, `"at":`, `"link":`}}
	for _, p := range l.changed {
		if p.link == "" {
			continue
		}
		if err := w.row([]any{p.ID, p.last, p.link}); err != nil {
			return err
		}
	}
	if w.list.Len() == 0 {
		return nil
	}
	_, err := l.tx.Exec(ctx, "UPDATE holder_links SET closed_at = n.at, closed_as = n.link FROM "+db.Source(l.tx, "$1", "n", columns...)+
		" WHERE holder_links.ticket_id = n.id AND holder_links.closed_at IS NULL", w.json())
	if err != nil {
		return fmt.Errorf("close chains: %w", err)
	}
	return nil
}

// writeReplacements makes the new tickets after their seats are free, and links
// both ways (D-7).
func (l *lives) writeReplacements(ctx context.Context) error {
	type pair struct {
		ID uuid.UUID `json:"id"`
		Of uuid.UUID `json:"old"`
	}
	var pairs []pair
	byTime := map[string][]ticket.New{}
	causes := map[string]ticket.Cause{}
	for _, r := range l.replaced {
		key := r.at.UTC().Format("20060102T150405.000000")
		byTime[key] = append(byTime[key], r.piece.New)
		causes[key] = ticket.Cause{
			Organisation: l.id, Via: term.HistoryViaPortal, User: r.by.user, Actor: r.by.name, ActorContact: r.by.contact, At: r.at.UTC(),
		}
		pairs = append(pairs, pair{r.piece.ID, r.of})
	}
	for _, key := range sorted(byTime) {
		if err := ticket.Create(ctx, l.tx, causes[key], ticket.Validity{}, byTime[key]); err != nil {
			return fmt.Errorf("tickets in the place of others: %w", err)
		}
	}
	list, err := json.Marshal(pairs)
	if err != nil || len(pairs) == 0 {
		return err
	}
	_, err = l.tx.Exec(ctx, "UPDATE tickets SET replaces_id = n.old FROM "+db.Source(l.tx, "$1", "n",
		db.Column{Name: "id", Type: "uuid"}, db.Column{Name: "old", Type: "uuid"})+" WHERE tickets.id = n.id", string(list))
	if err != nil {
		return fmt.Errorf("link replaced tickets: %w", err)
	}
	return nil
}
