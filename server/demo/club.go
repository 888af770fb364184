package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gradin/server/term"
)

// clubCode is the football club's code.
const clubCode = "FCGRANVAL"

// visitors are the clubs of the championship, all invented.
func visitors() []string {
	return []string{
		"AS Montclar", "Olympique Valserine", "US Beaurivage", "Stade Pélissien", "RC Hautecombe", "FC Port-Navarin",
		"Sporting Corvignac", "AJ Lormeraie", "Étoile de Vaucelin", "CS Saint-Aubrac", "Red Fox Orvillers", "Racing Brévanne",
		"US Trémont-Plage", "FC Ardoisières", "Entente Belmarais", "Dynamo Quincerot", "SC Val-Doré", "Union Marsanelle",
		"AC Rochemaure",
	}
}

// makeClub makes FC Granval whole.
func (s *seeder) makeClub(ctx context.Context, institution uuid.UUID) (*tenant, error) {
	t, err := s.newTenant(institution, clubCode, "FC Granval", "fcgranval.example")
	if err != nil {
		return nil, err
	}
	t.clubTerms()
	stadium := t.stadium()
	t.clubMatches(stadium)
	t.clubVisits(stadium)
	t.clubSales()
	t.clubStaff()
	if err := t.flush(ctx); err != nil {
		return nil, err
	}
	if err := t.hangMark(ctx, t.id, clubMark()); err != nil {
		return nil, err
	}
	// The honour seats are the first eight rows of the two middle blocks.
	err = t.placeSeats(ctx, stadium, `CASE WHEN a.code IN ('O2', 'O3') AND r.rank < 8 THEN 'VIP'
		WHEN a.code LIKE 'O%' THEN 'CAT1' WHEN a.code LIKE 'E%' THEN 'CAT2' ELSE 'CAT3' END`)
	if err != nil {
		return nil, err
	}
	return t, t.fill(ctx, clubSponsors(), clubRuns())
}

func (t *tenant) clubTerms() {
	t.category("VIP", "Loges et honneur", "#7c3aed")
	t.category("CAT1", "Catégorie 1", "#dc2626")
	t.category("CAT2", "Catégorie 2", "#2563eb")
	t.category("CAT3", "Catégorie 3", "#059669")
	t.category("DEBOUT", "Debout", "#d97706")
	t.category("SALON", "Salon", "#64748b")
	t.commonTerms()
	t.tariff("ABONNE", "Abonné", term.AudienceCategorySubscribedContact)
	t.tariff("GROUPE", "Groupe", term.AudienceCategoryOccasionalCommunity)
	t.contingent("REVENDEUR", "Revendeur extérieur", true)
}

// commonTerms are those that both houses have.
func (t *tenant) commonTerms() {
	t.tariff("INVITATION", "Invitation", term.AudienceCategoryFreeInvited)
	t.tariff("PLEIN", "Plein tarif", term.AudienceCategoryOccasionalContact)
	t.tariff("REDUIT", "Tarif réduit", term.AudienceCategoryOccasionalContact)
	t.tariff("PARTENAIRE", "Partenaire", term.AudienceCategoryMemberCommunity)
	t.contingent("PARTENAIRES", "Partenaires", false)
	t.contingent("PUBLIC", "Grand public", false)
}

// stadium is the Stade de la Combe: 22,000 seats and a terrace for 3,000.
func (t *tenant) stadium() venue {
	all := func(category string) func(int, int) string { return func(int, int) string { return category } }
	best := func(zone, row int) string {
		if (zone == 2 || zone == 3) && row <= 8 {
			return "VIP"
		}
		return "CAT1"
	}
	west, east, north, south := arc{90, 46, 140, 0.6, 1.8, 0.8}, arc{270, 46, 140, 0.6, 1.8, 0.8}, arc{180, 64, 100, 0.52, 1.6, 0.8}, arc{0, 64, 100, 0.5, 1, 0.8}
	upper := func(a arc, rows int) arc {
		out := a.step*float64(rows) + 4
		a.away, a.radius, a.seat = a.away+out, a.radius+out, a.seat*1.12
		return a
	}
	v := t.build("COMBE", "Stade de la Combe", "Granval", pitch, []stand{
		{"O", 1, "Tribune Ouest", "Porte A", 4, 25, 35, west, best},
		{"O", 5, "Tribune Ouest", "Porte A", 4, 25, 35, upper(west, 25), all("CAT1")},
		{"E", 1, "Tribune Est", "Porte C", 4, 30, 35, east, all("CAT2")},
		{"E", 5, "Tribune Est", "Porte C", 4, 30, 35, upper(east, 30), all("CAT2")},
		{"N", 1, "Tribune Nord", "Porte B", 4, 25, 33, north, all("CAT3")},
		{"N", 5, "Tribune Nord", "Porte B", 4, 25, 33, upper(north, 25), all("CAT3")},
	})
	t.standing(v, "SUD", "Virage Sud", "Porte D", "DEBOUT", south.band(38, 34),
		map[string]int{"PARTENAIRES": 800, "PUBLIC": 2_000, "REVENDEUR": 200})
	t.standing(v, "SALON", "Salon des légendes", "Porte A", "SALON", upper(south, 36).band(20, 12), map[string]int{"PARTENAIRES": 300, "PUBLIC": 100})
	return v
}

// clubMatches makes the championship with its 19 matches at home, six of them
// over and the next in five days, the cup, the season ticket and the gala.
func (t *tenant) clubMatches(stadium venue) {
	zones := map[string]int64{"VIP": 9_500, "CAT1": 4_200, "CAT2": 3_100, "CAT3": 2_200, "DEBOUT": 1_200}
	league := t.product(&product{code: "CHAMPIONNAT", name: "Championnat", family: term.ProductFamilyCompetition, prices: zones, plan: stadium.plan})
	for i, visitor := range visitors() {
		hour := 20
		if i%3 == 1 {
			hour = 15
		}
		d := t.perform(league, stadium.id, "FC Granval – "+visitor, t.day(5+(i-6)*14, hour, 0), 105)
		t.terrace(d, stadium)
	}
	cup := t.product(&product{code: "COUPE", name: "Coupe de la Combe", family: term.ProductFamilyCompetition, prices: zones, plan: stadium.plan})
	t.terrace(t.perform(cup, stadium.id, "FC Granval – Phare de Kerlouan", t.day(26, 18, 30), 105), stadium)
	t.product(&product{
		code: "ABONNEMENT", name: "Abonnement", family: term.ProductFamilySeasonTicket, shipment: term.ShipmentModeCard,
		prices: map[string]int64{"CAT1": 52_000, "CAT2": 38_000, "CAT3": 26_000}, performances: league.performances,
	})
	gala := t.product(&product{code: "GALA", name: "Soirée des légendes", family: term.ProductFamilyEvent, prices: map[string]int64{"SALON": 8_000}, plan: stadium.plan})
	d := t.perform(gala, stadium.id, "Soirée des légendes", t.day(40, 19, 0), 240)
	t.capacity(d, stadium.areas["SALON"], "SALON", "PARTENAIRES", 300)
	t.capacity(d, stadium.areas["SALON"], "SALON", "PUBLIC", 100)
}

func (t *tenant) terrace(d *performance, stadium venue) {
	t.capacity(d, stadium.areas["SUD"], "DEBOUT", "PARTENAIRES", 800)
	t.capacity(d, stadium.areas["SUD"], "DEBOUT", "PUBLIC", 2_000)
	t.capacity(d, stadium.areas["SUD"], "DEBOUT", "REVENDEUR", 200)
}

// clubVisits makes what has no seat: museum, guided visits, passes, parking and
// vouchers.
func (t *tenant) clubVisits(stadium venue) {
	museum := t.product(&product{
		code: "MUSEE", name: "Musée du club", family: term.ProductFamilyVisitPass, prices: map[string]int64{"": 900}, quantity: 25,
	})
	for i := range 28 {
		d := t.perform(museum, stadium.id, "Musée du club", t.day(i-7, 10, 0), 480)
		t.capacity(d, uuid.Nil, "", "PARTENAIRES", 60)
		t.capacity(d, uuid.Nil, "", "PUBLIC", 240)
	}
	tour := t.product(&product{code: "VISITE", name: "Visite guidée du stade", family: term.ProductFamilyTimeslotPass, prices: map[string]int64{"": 1_400}})
	for i := range 20 {
		d := t.perform(tour, stadium.id, "Visite guidée du stade", t.day(i/4*3-3, 10+i%4*2, 30), 90)
		t.capacity(d, uuid.Nil, "", "PARTENAIRES", 25)
	}
	t.product(&product{
		code: "LIBERTE", name: "Pass Liberté musée", family: term.ProductFamilyOpenPass, prices: map[string]int64{"": 2_400},
		from: t.day(-100, 0, 0), to: t.day(265, 23, 59),
	})
	t.product(&product{
		code: "PARKING", name: "Parking", family: term.ProductFamilyService, prices: map[string]int64{"": 800},
		items: []string{"P1 voiture", "P2 voiture", "P3 autocar"}, shipment: term.ShipmentModePdf,
	})
	t.product(&product{code: "BON", name: "Bon boutique 20 €", family: term.ProductFamilyVoucher, prices: map[string]int64{"": 2_000}, shipment: term.ShipmentModePdf})
}

// clubSales makes channels and points of sale: one portal with everything on, one
// with nothing.
func (t *tenant) clubSales() {
	portal := t.channel("PORTAIL", "Portail partenaires", term.ChannelTypeInternetB2b, false, "PARTENAIRES")
	office := t.channel("GUICHET", "Guichets du stade", term.ChannelTypeBoxOffice, false, "PARTENAIRES", "PUBLIC")
	web := t.channel("BOUTIQUE", "Billetterie en ligne", term.ChannelTypeInternetB2c, false, "PUBLIC")
	t.channel("REVENDEUR", "Réseau revendeur", term.ChannelTypeFlatFile, true, "REVENDEUR")
	t.sale("PARTENAIRES", "Espace partenaires", portal, true, term.PaymentMethodPendingAccount, term.PaymentMethodTransfer)
	t.sale("CLUBS", "Espace clubs et associations", portal, false, term.PaymentMethodPendingAccount)
	t.sale("GUICHET-1", "Guichet 1", office, false, term.PaymentMethodCash, term.PaymentMethodCard)
	t.sale("EN-LIGNE", "Site du club", web, false, term.PaymentMethodCard)
}

func (t *tenant) clubStaff() {
	t.staff("admin", "Agathe Morvan", term.RoleOrganisationAdmin, "administrator of FC Granval")
	t.operator = t.staff("operateur", "Hugo Lescure", term.RoleOperator, "back office of FC Granval")
	t.staff("lecture", "Inès Barrault", term.RoleViewer, "reads in the back office of FC Granval")
	t.staff("controle", "Contrôle d'accès", term.RoleController, "reports entries at the gates of FC Granval")
}

// clubSponsors are FC Granval's, the largest first. The shares of the first add
// up to 3,000 tickets.
func clubSponsors() []sponsor {
	matches := func(category string, each int) share { return share{"CHAMPIONNAT", category, 0, 19, each, "", false} }
	return []sponsor{
		{name: "Banque du Lac", domain: "banquedulac.example", at: "PARTENAIRES", relays: []relay{
			{"relay", "Claire Fontaine", term.LanguageFr}, {"assistante", "Nadia Perrin", term.LanguageFr},
		}, shares: []share{
			matches("CAT1", 70), matches("VIP", 10), matches("CAT2", 30), matches("DEBOUT", 20), {"COUPE", "CAT1", 0, 1, 60, "", false},
			{"ABONNEMENT", "CAT2", 0, 0, 10, "ABONNE", false}, {"MUSEE", "", 5, 25, 1, "GROUPE", false}, {"VISITE", "", 8, 18, 6, "", false},
			{"LIBERTE", "", 0, 0, 60, "", false}, {"PARKING", "", 0, 0, 70, "", false}, {"BON", "", 0, 0, 40, "", false}, {"GALA", "SALON", 0, 1, 20, "", false},
		}},
		{name: "Énergies de la Combe", domain: "energiescombe.example", at: "PARTENAIRES", relays: []relay{
			{"relay", "Thomas Keller", term.LanguageDe}, {"accueil", "Julie Arnoux", term.LanguageFr},
		}, shares: []share{
			matches("CAT2", 40), matches("DEBOUT", 10), {"COUPE", "CAT2", 0, 1, 30, "", false}, {"ABONNEMENT", "CAT3", 0, 0, 6, "ABONNE", false},
			{"PARKING", "", 0, 0, 30, "", false}, {"GALA", "SALON", 0, 1, 10, "", false},
		}},
		{name: "Transports Valserine", domain: "valserine-transports.example", at: "PARTENAIRES", relays: []relay{{"relay", "Marc Dubreuil", term.LanguageFr}},
			shares: []share{matches("CAT3", 30), {"PARKING", "", 0, 0, 40, "", false}, {"BON", "", 0, 0, 20, "", false}}},
		{name: "Mutuelle des Deux Rives", domain: "deuxrives.example", at: "PARTENAIRES", relays: []relay{{"relay", "Emma Watson-Leroy", term.LanguageEn}},
			shares: []share{matches("CAT1", 15), matches("DEBOUT", 10), {"LIBERTE", "", 0, 0, 30, "", false}}},
		{name: "Granval Métropole", domain: "granval-metropole.example", at: "PARTENAIRES", relays: []relay{{"relay", "Patrick Sauvage", term.LanguageFr}},
			shares: []share{matches("CAT3", 15), {"MUSEE", "", 7, 27, 2, "GROUPE", false}, {"VISITE", "", 8, 20, 5, "", false}}},
		{name: "Brasserie du Viaduc", domain: "brasserieduviaduc.example", at: "PARTENAIRES", relays: []relay{{"relay", "Sophie Lambert", term.LanguageFr}},
			shares: []share{matches("CAT1", 10), {"GALA", "SALON", 0, 1, 8, "", false}, {"BON", "", 0, 0, 42, "", false}}},
		{name: "Assurances Roc", domain: "assurancesroc.example", at: "PARTENAIRES", relays: []relay{{"relay", "Karim Benhaddou", term.LanguageFr}},
			shares: []share{matches("VIP", 6), matches("CAT1", 4), {"COUPE", "VIP", 0, 1, 10, "", false}}},
		{name: "Les Petits Crampons", domain: "petitscrampons.example", at: "CLUBS", relays: []relay{{"relay", "Lucie Garnier", term.LanguageFr}},
			shares: []share{{"CHAMPIONNAT", "DEBOUT", 4, 12, 15, "REDUIT", true}}},
		{name: "Club des Commerçants", domain: "commercants-granval.example", at: "CLUBS", relays: []relay{{"relay", "Yves Bonnard", term.LanguageFr}},
			shares: []share{{"CHAMPIONNAT", "CAT2", 5, 15, 8, "", false}}},
		{name: "Imprimerie Dorval", domain: "dorval.example", at: "PARTENAIRES", relays: []relay{{"relay", "Alain Dorval", term.LanguageFr}},
			shares: []share{{"CHAMPIONNAT", "CAT2", 6, 16, 4, "", false}}},
		{name: "Lycée hôtelier de Granval", domain: "lycee-hotelier.example", at: "CLUBS", relays: []relay{{"relay", "Monique Tessier", term.LanguageFr}},
			shares: []share{{"MUSEE", "", 10, 22, 1, "GROUPE", false}}},
		{name: "Comité de jumelage", domain: "jumelage.example", at: "CLUBS", relays: []relay{{"relay", "Werner Schmid", term.LanguageDe}},
			shares: []share{{"CHAMPIONNAT", "CAT3", 6, 7, 4, "", false}}},
	}
}

// clubRuns are the imports that FC Granval's relays have made, oldest first.
func clubRuns() []run {
	runs := []run{
		{sponsor: 0, relay: 0, days: -95, product: "ABONNEMENT", tenths: 3, mails: allSent},
		{sponsor: 0, relay: 0, days: -90, product: "CHAMPIONNAT", from: 0, to: 6, tenths: 6, mails: mostSent},
		{sponsor: 0, relay: 1, days: -12, product: "MUSEE", from: 0, to: 12, tenths: 5, mails: mostSent},
		{sponsor: 0, relay: 1, days: -10, product: "LIBERTE", tenths: 5, mails: mostSent},
		{sponsor: 0, relay: 0, days: -6, product: "CHAMPIONNAT", from: 6, to: 7, tenths: 8, mails: mostSent, special: true},
		{sponsor: 0, relay: 1, days: -1, product: "CHAMPIONNAT", from: 7, to: 9, tenths: 4, mails: halfReady, refused: 4},
	}
	for i := 1; i < 7; i++ {
		runs = append(runs, run{sponsor: i, days: -40 - i, product: "CHAMPIONNAT", from: 3, to: 6, tenths: 4, mails: mostSent})
	}
	for i := 1; i < 7; i++ {
		runs = append(runs, run{sponsor: i, days: -i, product: "CHAMPIONNAT", from: 6, to: 8, tenths: 5, mails: halfReady, refused: i % 2})
	}
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.days, b.days) })
	return runs
}

// messageID names a mail of the house for ever (ML-3).
func (t *tenant) messageID(id uuid.UUID) string { return fmt.Sprintf("<%s@%s>", id, t.domain) }
