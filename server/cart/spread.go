package cart

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/ticket"
)

// maxGuests is how many guests a call may name.
const maxGuests = 1000

// Spread gives lines of a cart to guests, each of them as many as the others,
// with neighbours together: runs of seats side by side in their order in the
// house, the guests in theirs (CA-2). Each is how many a guest gets.
func (s *Service) Spread(ctx context.Context, owner uuid.UUID, lines []uuid.UUID, guests []Guest, each int) (int, error) {
	u, err := s.admit(ctx, true)
	if err != nil {
		return 0, err
	}
	if len(guests) == 0 || len(guests) > maxGuests || each < 1 {
		return 0, errs.New(errs.Invalid, "Name 1 to %d guests, and at least one ticket for each.", maxGuests).At("guests")
	}
	if len(guests)*each > len(lines) {
		return 0, errs.New(errs.Invalid, "%d guests with %d tickets each need %d tickets; %d are chosen.", len(guests), each, len(guests)*each, len(lines)).At("guests")
	}
	list, err := listed(lines)
	if err != nil {
		return 0, err
	}
	cart, err := s.open(ctx, u, owner)
	if err != nil {
		return 0, err
	}
	ordered, err := db.Select(ctx, s.store, scanLine, lineQuery+" AND l.cart_id = $2::uuid AND "+db.Among(s.store, "l.id", "$3")+
		" ORDER BY t.place_key, l.id", u.party, cart.ID, list)
	if err != nil {
		return 0, fmt.Errorf("read lines to spread: %w", err)
	}
	if len(ordered) < len(guests)*each {
		return 0, errs.Missing("line")
	}
	return s.Assign(ctx, owner, share(ordered, guests, each))
}

// share gives each guest places side by side as long as there are such, and
// then what is left over between them.
func share(lines []Line, guests []Guest, each int) []Assignment {
	byTicket := make(map[uuid.UUID]uuid.UUID, len(lines))
	spots := make([]ticket.Spot, len(lines))
	for i, l := range lines {
		byTicket[l.Ticket], spots[i] = l.ID, l.Spot
	}
	var whole, rest []ticket.Spot
	for _, run := range runsOf(spots) {
		n := len(run) / each * each
		whole, rest = append(whole, run[:n]...), append(rest, run[n:]...)
	}
	places := append(whole, rest...)
	var all []Assignment
	for i := range len(guests) * each {
		all = append(all, Assignment{Line: byTicket[places[i].Ticket], Guest: guests[i/each]})
	}
	return all
}

// keysOf turns addresses into keys for comparing.
func keysOf(emails []string) ([]string, error) {
	if len(emails) > maxGuests {
		return nil, errs.New(errs.Invalid, "Name at most %d guests.", maxGuests).At("emails")
	}
	keys := make([]string, len(emails))
	for i, e := range emails {
		keys[i] = contact.Key(e)
	}
	return keys, nil
}
