package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/oid"
)

// regulars are whom a main relay invites often, and what he noted about them. The
// first have had tickets of his; those with a name of their own never had any.
var regulars = []struct{ first, last, company, note string }{
	{company: "Cabinet Moreau", note: "Vient toujours à deux"},
	{company: "Atelier du Port"},
	{note: "Préfère la tribune Ouest"},
	{company: "Imprimerie Saint-Jean", note: "Client depuis 2019"},
	{company: "Vignobles de la Combe"},
	{},
	{company: "Transports Lefèvre & Fils, succursale de Saint-Aubrac-sur-Lac", note: "Inviter pour le derby, pas pour les matchs en semaine"},
	{note: "Fauteuil roulant : prévoir l’accès"},
	{first: "Maud", last: "Zilber", company: "Chambre de commerce"},
	{first: "Yann", last: "Kerouac", company: "Chantier naval Kerouac", note: "À inviter au printemps"},
}

// book writes the address book of a sponsor's main relay. It comes last, so that
// everything else of the demo has the ids it would have without.
func (t *tenant) book(ctx context.Context, s *sponsor) error {
	at, guests := t.day(-40, 10, 0), s.holders(len(regulars))
	for _, r := range regulars {
		first, last, email, linked := r.first, r.last, fmt.Sprintf("%s.%s@courrier.example", plain(r.first), plain(r.last)), uuid.Nil
		if first == "" {
			if len(guests) == 0 {
				continue
			}
			p := guests[0]
			guests = guests[1:]
			first, last, email, linked = p.first, p.last, p.email, p.id
		}
		t.put("address_book_entries", t.seeder.id(oid.AddressBookEntry), t.id, at, s.actors[0].user, email, contact.Key(email),
			first, last, r.company, r.note, contact.Search(first, last), linked)
	}
	return t.flush(ctx)
}

// holders are so many who hold tickets of the sponsor, in the order of the tickets.
func (s *sponsor) holders(many int) []*person {
	var all []*person
	for _, p := range s.pieces {
		if p.holder != nil && !slices.Contains(all, p.holder) && len(all) < many {
			all = append(all, p.holder)
		}
	}
	return all
}
