package demo

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/term"
)

// guests is how many different guests a house may have.
const guests = 1_600

// person is a public individual: a guest.
type person struct {
	id                 uuid.UUID
	number             int64
	first, last, email string
}

const firstNames = `Camille Léa Hugo Jade Louis Emma Gabriel Louise Arthur Alice Jules Chloé Adam Lina Raphaël Mila Maël Rose Noah Anna
Ethan Inès Sacha Ambre Tom Julia Nathan Manon Théo Zoé Mathis Sarah Paul Eva Nolan Nina Victor Jeanne Oscar Margaux`

const lastNames = `Moreau Lefèvre Garcia Bernard Petit Durand Leroy Roussel Fournier Girard Bonnet Lambert Fontaine Chevalier Robin Gauthier
Perrot Morel Rivière Mercier Blanc Guérin Boyer Garnier Faure Rousseau Clément Müller Lemaire Noël Meyer Dufour Caron Picard Brunet
Giraud Vidal Schneider Colin Renard`

// guest finds the house's guest of this number, from 0 to before guests, or
// makes the contact; the second result says which. Guest 0 of both houses has the same
// name and address and is another contact in each.
func (t *tenant) guest(i int, at time.Time) (*person, bool) {
	if p, known := t.people[i]; known {
		return p, false
	}
	first, last := strings.Fields(firstNames), strings.Fields(lastNames)
	p := &person{id: t.seeder.id(oid.Contact), number: t.number("contact"), first: first[i%40], last: last[(i/40+i)%40]}
	p.email = fmt.Sprintf("%s.%s@%s", plain(p.first), plain(p.last), []string{"courrier.example", "poste.example", "messagerie.example"}[i%3])
	t.people[i] = p
	key := contact.Key(p.email)
	var language any
	if i%5 == 0 {
		language = term.LanguageFr
	}
	t.put("contacts", p.id, t.id, at, p.number, term.ContactKindIndividual, p.first+" "+p.last, p.first, p.last, p.email, key, key, language)
	return p, true
}

// plain is a name as an address writes it: small letters without accents.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(name))
}
