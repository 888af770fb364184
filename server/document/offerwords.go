package document

import "fmt"

// The sentences about tickets that guests pass on, one ticket at a time (WA-3):
// the offer, that it was accepted, and that it was not.

func englishOffers() (offered, passedOn, notPassedOn saying) {
	more := func(n int) string { return fmt.Sprintf("… and %d more.", n) }
	return saying{
			intro:    func(giver string, _ int) string { return fmt.Sprintf("%s would like to give you a ticket.", giver) },
			headline: headline("A ticket for you", "Tickets for you", ": %s", ", from %s"), more: more,
			note: func(giver string) string {
				return fmt.Sprintf("Accept or decline it on the page; nothing is settled until you do. If you do not answer in time, the ticket stays with %s.", giver)
			},
			button: "Look at the offer",
		}, saying{
			intro:    func(who string, _ int) string { return fmt.Sprintf("%s has accepted your ticket.", who) },
			headline: headline("Accepted: your ticket", "Accepted: your tickets", " for %s", ", by %s"), more: more,
			note: func(who string) string {
				return fmt.Sprintf("It now belongs to %s, who has a code of their own. The code you had no longer opens the gates.", who)
			},
		}, saying{
			intro:    func(who string, _ int) string { return fmt.Sprintf("%s has not taken the ticket you offered.", who) },
			headline: headline("Still yours: your ticket", "Still yours: your tickets", " for %s", ", not taken by %s"), more: more,
			note: func(string) string {
				return "It is yours as before, with the same code. The link of the mail by which you got it shows it; there you can also offer it to somebody else."
			},
		}
}

func frenchOffers() (offered, passedOn, notPassedOn saying) {
	more := func(n int) string { return fmt.Sprintf("… et encore %d.", n) }
	return saying{
			intro:    func(giver string, _ int) string { return fmt.Sprintf("%s souhaite vous remettre un billet.", giver) },
			headline: headline("Un billet pour vous", "Des billets pour vous", " : %s", ", de la part de %s"), more: more,
			note: func(giver string) string {
				return fmt.Sprintf("Acceptez-le ou refusez-le sur la page ; rien n’est décidé avant. Sans réponse à temps, le billet reste à %s.", giver)
			},
			button: "Voir la proposition",
		}, saying{
			intro:    func(who string, _ int) string { return fmt.Sprintf("%s a accepté votre billet.", who) },
			headline: headline("Accepté : votre billet", "Acceptés : vos billets", " pour %s", ", par %s"), more: more,
			note: func(who string) string {
				return fmt.Sprintf("Il appartient désormais à %s, avec un nouveau code. Le code que vous aviez n’ouvre plus les portes.", who)
			},
		}, saying{
			intro: func(who string, _ int) string {
				return fmt.Sprintf("%s n’a pas pris le billet que vous proposiez.", who)
			},
			headline: headline("Toujours à vous : votre billet", "Toujours à vous : vos billets", " pour %s", ", que %s n’a pas pris"), more: more,
			note: func(string) string {
				return "Il est à vous comme avant, avec le même code. Le lien du courriel par lequel vous l’avez reçu le montre ; vous pouvez aussi l’y proposer à quelqu’un d’autre."
			},
		}
}

func germanOffers() (offered, passedOn, notPassedOn saying) {
	more := func(n int) string { return fmt.Sprintf("… und %d mehr.", n) }
	return saying{
			intro:    func(giver string, _ int) string { return fmt.Sprintf("%s möchte Ihnen ein Ticket geben.", giver) },
			headline: headline("Ein Ticket für Sie", "Tickets für Sie", ": %s", ", von %s"), more: more,
			note: func(giver string) string {
				return fmt.Sprintf("Nehmen Sie es auf der Seite an oder lehnen Sie es ab; vorher ist nichts entschieden. Ohne Antwort bleibt das Ticket bei %s.", giver)
			},
			button: "Angebot ansehen",
		}, saying{
			intro:    func(who string, _ int) string { return fmt.Sprintf("%s hat Ihr Ticket angenommen.", who) },
			headline: headline("Angenommen: Ihr Ticket", "Angenommen: Ihre Tickets", " für %s", ", von %s"), more: more,
			note: func(who string) string {
				return fmt.Sprintf("Es gehört jetzt %s und hat einen neuen Code. Ihr bisheriger Code öffnet die Tore nicht mehr.", who)
			},
		}, saying{
			intro: func(who string, _ int) string {
				return fmt.Sprintf("%s hat das angebotene Ticket nicht genommen.", who)
			},
			headline: headline("Weiterhin Ihres: Ihr Ticket", "Weiterhin Ihre: Ihre Tickets", " für %s", ", nicht genommen von %s"), more: more,
			note: func(string) string {
				return "Es gehört Ihnen wie zuvor, mit demselben Code. Der Link der Mail, mit der Sie es bekommen haben, zeigt es; dort können Sie es auch jemand anderem anbieten."
			},
		}
}
