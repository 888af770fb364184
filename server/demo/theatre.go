package demo

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/term"
)

// theatreCode is the theatre's code.
const theatreCode = "ROCHES"

// makeTheatre makes the Théâtre des Roches: another tenant with like data, a
// sponsor and a guest of the same name and address among it.
func (s *seeder) makeTheatre(ctx context.Context, institution uuid.UUID) (*tenant, error) {
	t, err := s.newTenant(institution, theatreCode, "Théâtre des Roches", "theatredesroches.example")
	if err != nil {
		return nil, err
	}
	t.category("CAT1", "Parterre", "#b91c1c")
	t.category("CAT2", "Balcon", "#1d4ed8")
	t.commonTerms()
	front, back := arc{90, 10, 13, 0.62, 1.2, 0.95}, arc{90, 26, 29, 0.66, 1.2, 0.95}
	hall := t.build("ROCHES", "Théâtre des Roches", "Les Roches", stage, []stand{
		{"P", 1, "Parterre", "Hall", 2, 14, 12, front, func(int, int) string { return "CAT1" }},
		{"B", 1, "Balcon", "Escalier", 1, 4, 21, back, func(int, int) string { return "CAT2" }},
	})
	play := t.product(&product{
		code: "SONGE", name: "Le Songe d'une saison", family: term.ProductFamilyEvent, plan: hall.plan,
		prices: map[string]int64{"CAT1": 3_400, "CAT2": 2_200},
	})
	for i := range 6 {
		t.perform(play, hall.id, "Le Songe d'une saison", t.day(i*7-10, 20, 30), 130)
	}
	t.product(&product{
		code: "DECOUVERTE", name: "Carte découverte", family: term.ProductFamilyOpenPass, prices: map[string]int64{"": 1_500},
		from: t.day(-60, 0, 0), to: t.day(300, 23, 59),
	})
	portal := t.channel("PORTAIL", "Portail mécènes", term.ChannelTypeInternetB2b, false, "PARTENAIRES")
	t.channel("GUICHET", "Caisse du théâtre", term.ChannelTypeBoxOffice, false, "PARTENAIRES", "PUBLIC")
	t.sale("PARTENAIRES", "Espace mécènes", portal, true, term.PaymentMethodPendingAccount)
	t.sale("EN-LIGNE", "Site du théâtre", portal, false, term.PaymentMethodCard)
	t.operator = t.staff("operateur", "Solène Kermadec", term.RoleOperator, "back office of the Théâtre des Roches")
	t.staff("admin", "Bastien Roch", term.RoleOrganisationAdmin, "administrator of the Théâtre des Roches")
	if err := t.flush(ctx); err != nil {
		return nil, err
	}
	if err := t.hangMark(ctx, t.id, theatreMark()); err != nil {
		return nil, err
	}
	if err := t.placeSeats(ctx, hall, "CASE WHEN a.code LIKE 'P%' THEN 'CAT1' ELSE 'CAT2' END"); err != nil {
		return nil, fmt.Errorf("theatre: %w", err)
	}
	return t, t.fill(ctx, []sponsor{
		{name: "Fondation Hautes-Roches", domain: "hautesroches.example", at: "PARTENAIRES", relays: []relay{{"relay", "Irène Valmy", term.LanguageFr}},
			shares: []share{{"SONGE", "CAT1", 0, 6, 30, "", false}, {"DECOUVERTE", "", 0, 0, 20, "", false}}},
		{name: "Banque du Lac", domain: "banquedulac.example", at: "PARTENAIRES", relays: []relay{{"mecenat", "Claire Fontaine", term.LanguageFr}},
			shares: []share{{"SONGE", "CAT2", 0, 6, 12, "", false}}},
	}, []run{
		{sponsor: 0, days: -15, product: "SONGE", from: 0, to: 2, tenths: 6, mails: mostSent},
		{sponsor: 1, days: -3, product: "SONGE", from: 2, to: 4, tenths: 5, mails: halfReady},
	})
}
