package recipient

import (
	"fmt"

	"gradin/server/term"
)

// words are the page's texts in one language.
type words struct {
	hello  func(firstName string) string
	given  func(giver string, tickets int) string
	button func(tickets int) string
	pdf    func(tickets int) string
	ask    func(giver string) string

	Language, Page, Footer, Keep                         string
	ticket, entrance, area, row, seat, persons, codeOf   string
	before, ready, nothing                               string
	valid, used, usedAt, invalid                         string
	takenBackAt, passedOn, passedOnAt, givenBackAt       string
	Cannot, explain, confirm, returned, kept             string
	missingTitle, missingLead, foreignTitle, foreignLead string
	troubledTitle, troubledLead                          string
}

func wordsOf(language term.Language) words {
	switch language {
	case term.LanguageFr:
		return french()
	case term.LanguageDe:
		return german()
	}
	return english()
}

func english() words {
	return words{
		hello:    named("Hello %s", "Hello"),
		given:    counted("%s has given you a ticket.", "%s has given you %d tickets."),
		button:   either("Show my code", "Show my codes"),
		pdf:      either("Save my ticket as PDF", "Save my tickets as PDF"),
		ask:      func(giver string) string { return fmt.Sprintf("If this surprises you, please ask %s.", giver) },
		Language: "Language", Page: "Your tickets", Keep: "Keep this page to yourself: whoever has the code can enter with it.",
		Footer: "Sent on behalf of", ticket: "Ticket", entrance: "Entrance", area: "Area", row: "Row", seat: "Seat", persons: "Persons",
		codeOf: "Code of ticket %d", before: "The codes open the gates. Show them when you are the one who goes in.",
		ready: "Show each code at the entrance, one per ticket. Turn the brightness up if it does not read.", nothing: "There is no ticket left here that can be used.",
		valid: "Valid", used: "Used", usedAt: "Used on %s", invalid: "No longer valid", takenBackAt: "Taken back on %s",
		passedOn: "Passed on", passedOnAt: "Passed on on %s", givenBackAt: "Given back on %s",
		Cannot: "I cannot come", explain: "The ticket goes back to %s, who can give it to somebody else at once. Its code stops working and you cannot undo this.",
		confirm: "Give ticket %d back", returned: "Thank you. Ticket %d is back with %s.", kept: "Ticket %d could not be given back: it was used, or changed hands, meanwhile.",
		missingTitle: "We do not know this link", missingLead: "Please open the link from your mail again, whole and unchanged. If it still does not work, ask whoever gave you the tickets.",
		foreignTitle: "Please use the button on your page", foreignLead: "This request came from another site and was not carried out. Open the link from your mail and use the button there.",
		troubledTitle: "That did not work", troubledLead: "Something went wrong on our side. Please try again in a few minutes; your tickets are safe.",
	}
}

func french() words {
	return words{
		hello:    named("Bonjour %s", "Bonjour"),
		given:    counted("%s vous a remis un billet.", "%s vous a remis %d billets."),
		button:   either("Afficher mon code", "Afficher mes codes"),
		pdf:      either("Enregistrer mon billet en PDF", "Enregistrer mes billets en PDF"),
		ask:      func(giver string) string { return fmt.Sprintf("Si cela vous surprend, adressez-vous à %s.", giver) },
		Language: "Langue", Page: "Vos billets", Keep: "Gardez cette page pour vous : quiconque a le code peut entrer avec.",
		Footer: "Envoyé pour le compte de", ticket: "Billet", entrance: "Entrée", area: "Zone", row: "Rang", seat: "Place", persons: "Personnes",
		codeOf: "Code du billet %d", before: "Les codes ouvrent les portes. Affichez-les si c’est vous qui entrez.",
		ready: "Présentez chaque code à l’entrée, un par billet. Augmentez la luminosité s’il n’est pas lu.", nothing: "Il n’y a plus ici de billet utilisable.",
		valid: "Valable", used: "Utilisé", usedAt: "Utilisé le %s", invalid: "N’est plus valable", takenBackAt: "Repris le %s",
		passedOn: "Transmis", passedOnAt: "Transmis le %s", givenBackAt: "Rendu le %s",
		Cannot: "Je ne peux pas venir", explain: "Le billet revient à %s, qui peut le remettre tout de suite à quelqu’un d’autre. Son code ne vaut plus rien et vous ne pouvez pas revenir en arrière.",
		confirm: "Rendre le billet %d", returned: "Merci. Le billet %d est de nouveau chez %s.", kept: "Le billet %d n’a pas pu être rendu : il a été utilisé, ou a changé de mains, entre-temps.",
		missingTitle: "Nous ne connaissons pas ce lien", missingLead: "Ouvrez de nouveau le lien de votre courriel, entier et inchangé. S’il ne fonctionne toujours pas, adressez-vous à la personne qui vous a remis les billets.",
		foreignTitle: "Utilisez le bouton de votre page", foreignLead: "Cette demande venait d’un autre site et n’a pas été exécutée. Ouvrez le lien de votre courriel et utilisez le bouton.",
		troubledTitle: "Cela n’a pas fonctionné", troubledLead: "Une erreur s’est produite de notre côté. Réessayez dans quelques minutes ; vos billets sont en sécurité.",
	}
}

func german() words {
	return words{
		hello:  named("Guten Tag %s", "Guten Tag"),
		given:  counted("%s hat Ihnen ein Ticket überlassen.", "%s hat Ihnen %d Tickets überlassen."),
		button: either("Meinen Code anzeigen", "Meine Codes anzeigen"),
		pdf:    either("Mein Ticket als PDF sichern", "Meine Tickets als PDF sichern"),
		ask: func(giver string) string {
			return fmt.Sprintf("Wenn Sie das überrascht, fragen Sie bitte bei %s nach.", giver)
		},
		Language: "Sprache", Page: "Ihre Tickets", Keep: "Behalten Sie diese Seite für sich: Wer den Code hat, kommt damit hinein.",
		Footer: "Versandt im Auftrag von", ticket: "Ticket", entrance: "Eingang", area: "Bereich", row: "Reihe", seat: "Platz", persons: "Personen",
		codeOf: "Code von Ticket %d", before: "Die Codes öffnen die Tore. Zeigen Sie sie an, wenn Sie selbst hineingehen.",
		ready: "Zeigen Sie jeden Code am Eingang, einen je Ticket. Stellen Sie den Bildschirm heller, wenn er nicht gelesen wird.", nothing: "Hier ist kein Ticket mehr, das gilt.",
		valid: "Gültig", used: "Benutzt", usedAt: "Benutzt am %s", invalid: "Nicht mehr gültig", takenBackAt: "Zurückgenommen am %s",
		passedOn: "Weitergegeben", passedOnAt: "Weitergegeben am %s", givenBackAt: "Zurückgegeben am %s",
		Cannot: "Ich kann nicht kommen", explain: "Das Ticket geht zurück an %s und kann sofort jemand anderem gegeben werden. Sein Code gilt dann nicht mehr, und Sie können das nicht rückgängig machen.",
		confirm: "Ticket %d zurückgeben", returned: "Danke. Ticket %d ist wieder bei %s.", kept: "Ticket %d konnte nicht zurückgegeben werden: Es wurde inzwischen benutzt oder ist nicht mehr bei Ihnen.",
		missingTitle: "Diesen Link kennen wir nicht", missingLead: "Öffnen Sie bitte den Link aus Ihrer Mail noch einmal, ganz und unverändert. Geht es dann noch nicht, fragen Sie, wer Ihnen die Tickets gegeben hat.",
		foreignTitle: "Bitte benutzen Sie den Knopf auf Ihrer Seite", foreignLead: "Diese Anfrage kam von einer anderen Seite und wurde nicht ausgeführt. Öffnen Sie den Link aus Ihrer Mail und benutzen Sie den Knopf dort.",
		troubledTitle: "Das hat nicht geklappt", troubledLead: "Bei uns ist etwas schiefgegangen. Versuchen Sie es in ein paar Minuten noch einmal; Ihre Tickets sind sicher.",
	}
}

func named(with, without string) func(string) string {
	return func(name string) string {
		if name == "" {
			return without
		}
		return fmt.Sprintf(with, name)
	}
}

func counted(one, many string) func(string, int) string {
	return func(giver string, n int) string {
		if n == 1 {
			return fmt.Sprintf(one, giver)
		}
		return fmt.Sprintf(many, giver, n)
	}
}

func either(one, many string) func(int) string {
	return func(n int) string {
		if n == 1 {
			return one
		}
		return many
	}
}
