package document

import (
	"fmt"
	"strconv"
	"time"

	"gradin/server/term"
)

// words are the sentences of the default model in one language.
type words struct {
	greeting func(firstName string) string
	footer   func(organisation string) string
	persons  func(n int) string
	tickets  func(n int) string
	seats    func(names string, n int) string
	date     func(t time.Time) string

	number func(number int64) string
	from   func(giver string) string

	entrance, row string
	// Of a ticket on paper.
	category, area, seat, item, people, bearer string

	acknowledgement, reminder, takenBack, returned saying
	// Of a ticket that a guest passes on (WA-3).
	offered, passedOn, notPassedOn saying
	// matter words letters to the organiser (TB-7).
	matter func(term.DocumentClass, Matter) said
}

// saying is what differs from class to class.
type saying struct {
	intro    func(giver string, tickets int) string
	headline func(title, giver string, tickets int) string
	more     func(tickets int) string
	note     func(giver string) string
	button   string
}

// saying finds the words of a class.
func (w words) saying(class term.DocumentClass) saying {
	switch class {
	case term.DocumentClassTicketTakenBack:
		return w.takenBack
	case term.DocumentClassTicketReturned:
		return w.returned
	case term.DocumentClassTicketReminder:
		return w.reminder
	case term.DocumentClassTicketOffered:
		return w.offered
	case term.DocumentClassTicketPassedOn:
		return w.passedOn
	case term.DocumentClassPassOnEnded:
		return w.notPassedOn
	}
	return w.acknowledgement
}

// wordsOf finds the words of a language; English stands in for unknown ones.
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
	tickets := counted("ticket", "tickets")
	offered, passedOn, notPassedOn := englishOffers()
	return words{
		matter:  englishMatter,
		offered: offered, passedOn: passedOn, notPassedOn: notPassedOn,
		greeting: named("Hello %s,", "Hello,"),
		footer: func(o string) string {
			return fmt.Sprintf("This message was sent automatically on behalf of %s. Please do not reply to it.", o)
		},
		persons: func(n int) string { return fmt.Sprintf("for %d persons", n) },
		tickets: tickets,
		seats:   seats("Seat", "Seats"),
		date: func(t time.Time) string {
			return t.Format("Monday 2 January 2006, 15:04") + foreign(t)
		},
		entrance: "Entrance", row: "Row",
		number:   func(number int64) string { return fmt.Sprintf("Ticket %d", number) },
		from:     func(giver string) string { return fmt.Sprintf("Given by %s", giver) },
		category: "Category", area: "Area", seat: "Seat", item: "Item", people: "Persons",
		bearer: "One code, one entry: whoever has it can enter with it. If the ticket changes hands, this code stops working.",
		acknowledgement: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s has given you %s.", giver, tickets(n))
			},
			headline: headline("Your ticket", "Your tickets", " for %s", ", from %s"),
			more:     func(n int) string { return fmt.Sprintf("… and %s more: the page shows all of them.", tickets(n)) },
			note: func(string) string {
				return "The link is yours alone: whoever has it can use your tickets. Please do not pass it on."
			},
			button: "Show my tickets",
		},
		reminder: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s has given you %s. You have not fetched the code yet: it is waiting on your page.", giver, tickets(n))
			},
			headline: headline("Still waiting for you: your ticket", "Still waiting for you: your tickets", " for %s", ", from %s"),
			more:     func(n int) string { return fmt.Sprintf("… and %s more: the page shows all of them.", tickets(n)) },
			note: func(giver string) string {
				return fmt.Sprintf("If you cannot come, give the ticket back on the page: %s can then give it to somebody else. The link is yours alone.", giver)
			},
			button: "Show my tickets",
		},
		takenBack: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s has taken back %s from you.", giver, tickets(n))
			},
			headline: headline("Taken back: your ticket", "Taken back: your tickets", " for %s", ", by %s"),
			more:     func(n int) string { return fmt.Sprintf("… and %s more.", tickets(n)) },
			note: func(giver string) string {
				return fmt.Sprintf("The codes you had no longer open the gates, and your page shows them no more. There is nothing for you to do. If this surprises you, please ask %s.", giver)
			},
		},
		returned: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s cannot come and has given back %s.", giver, tickets(n))
			},
			headline: headline("Given back: a ticket", "Given back: tickets", " for %s", ", by %s"),
			more:     func(n int) string { return fmt.Sprintf("… and %s more.", tickets(n)) },
			note: func(string) string {
				return "It is with you again and can be given to somebody else at once. The code the guest had no longer opens the gates."
			},
		},
	}
}

func french() words {
	tickets := counted("billet", "billets")
	offered, passedOn, notPassedOn := frenchOffers()
	return words{
		matter:  frenchMatter,
		offered: offered, passedOn: passedOn, notPassedOn: notPassedOn,
		greeting: named("Bonjour %s,", "Bonjour,"),
		footer: func(o string) string {
			return fmt.Sprintf("Ce message a été envoyé automatiquement pour le compte de %s. Merci de ne pas y répondre.", o)
		},
		persons: func(n int) string { return fmt.Sprintf("pour %d personnes", n) },
		tickets: tickets,
		seats:   seats("Place", "Places"),
		date: func(t time.Time) string {
			return fmt.Sprintf("%s %s %s %d à %d h %02d%s", frenchDay(t.Weekday()), frenchNumber(t.Day()), frenchMonth(t.Month()),
				t.Year(), t.Hour(), t.Minute(), foreign(t))
		},
		entrance: "Entrée", row: "Rang",
		number:   func(number int64) string { return fmt.Sprintf("Billet %d", number) },
		from:     func(giver string) string { return fmt.Sprintf("Remis par %s", giver) },
		category: "Catégorie", area: "Zone", seat: "Place", item: "Article", people: "Personnes",
		bearer: "Un code, une entrée : quiconque l’a peut entrer avec. Si le billet change de mains, ce code ne vaut plus rien.",
		acknowledgement: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s vous a remis %s.", giver, tickets(n))
			},
			headline: headline("Votre billet", "Vos billets", " pour %s", ", de la part de %s"),
			more:     func(n int) string { return fmt.Sprintf("… et encore %s : la page les montre tous.", tickets(n)) },
			note: func(string) string {
				return "Ce lien n’appartient qu’à vous : quiconque le possède peut utiliser vos billets. Merci de ne pas le transmettre."
			},
			button: "Voir mes billets",
		},
		reminder: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s vous a remis %s. Vous n’avez pas encore affiché le code : il vous attend sur votre page.", giver, tickets(n))
			},
			headline: headline("Vous attend : votre billet", "Vous attendent : vos billets", " pour %s", ", de la part de %s"),
			more:     func(n int) string { return fmt.Sprintf("… et encore %s : la page les montre tous.", tickets(n)) },
			note: func(giver string) string {
				return fmt.Sprintf("Si vous ne pouvez pas venir, rendez le billet sur la page : %s pourra le remettre à quelqu’un d’autre. Le lien n’appartient qu’à vous.", giver)
			},
			button: "Voir mes billets",
		},
		takenBack: saying{
			intro:    func(giver string, n int) string { return fmt.Sprintf("%s vous a repris %s.", giver, tickets(n)) },
			headline: headline("Repris : votre billet", "Repris : vos billets", " pour %s", ", par %s"),
			more:     func(n int) string { return fmt.Sprintf("… et encore %s.", tickets(n)) },
			note: func(giver string) string {
				return fmt.Sprintf("Les codes que vous aviez n’ouvrent plus les portes et votre page ne les montre plus. Vous n’avez rien à faire. Si cela vous surprend, adressez-vous à %s.", giver)
			},
		},
		returned: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s ne peut pas venir et a rendu %s.", giver, tickets(n))
			},
			headline: headline("Rendu : un billet", "Rendus : des billets", " pour %s", ", par %s"),
			more:     func(n int) string { return fmt.Sprintf("… et encore %s.", tickets(n)) },
			note: func(string) string {
				return "Il est de nouveau chez vous et peut être remis tout de suite à quelqu’un d’autre. Le code que l’invité avait n’ouvre plus les portes."
			},
		},
	}
}

func german() words {
	tickets := counted("Ticket", "Tickets")
	offered, passedOn, notPassedOn := germanOffers()
	return words{
		matter:  germanMatter,
		offered: offered, passedOn: passedOn, notPassedOn: notPassedOn,
		greeting: named("Guten Tag %s,", "Guten Tag,"),
		footer: func(o string) string {
			return fmt.Sprintf("Diese Nachricht wurde automatisch im Auftrag von %s versandt. Bitte antworten Sie nicht darauf.", o)
		},
		persons: func(n int) string { return fmt.Sprintf("für %d Personen", n) },
		tickets: tickets,
		seats:   seats("Platz", "Plätze"),
		date: func(t time.Time) string {
			return fmt.Sprintf("%s, %d. %s %d, %s Uhr%s", germanDay(t.Weekday()), t.Day(), germanMonth(t.Month()), t.Year(),
				t.Format("15:04"), foreign(t))
		},
		entrance: "Eingang", row: "Reihe",
		number:   func(number int64) string { return fmt.Sprintf("Ticket %d", number) },
		from:     func(giver string) string { return fmt.Sprintf("Überlassen von %s", giver) },
		category: "Kategorie", area: "Bereich", seat: "Platz", item: "Artikel", people: "Personen",
		bearer: "Ein Code, ein Eintritt: Wer ihn hat, kommt damit hinein. Wechselt das Ticket den Besitzer, gilt dieser Code nicht mehr.",
		acknowledgement: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s hat Ihnen %s überlassen.", giver, tickets(n))
			},
			headline: headline("Ihr Ticket", "Ihre Tickets", " für %s", ", von %s"),
			more:     func(n int) string { return fmt.Sprintf("… und %s mehr: die Seite zeigt alle.", tickets(n)) },
			note: func(string) string {
				return "Der Link gehört nur Ihnen: Wer ihn hat, kann Ihre Tickets benutzen. Bitte geben Sie ihn nicht weiter."
			},
			button: "Meine Tickets anzeigen",
		},
		reminder: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s hat Ihnen %s überlassen. Sie haben den Code noch nicht angesehen: Er wartet auf Ihrer Seite.", giver, tickets(n))
			},
			headline: headline("Wartet auf Sie: Ihr Ticket", "Warten auf Sie: Ihre Tickets", " für %s", ", von %s"),
			more:     func(n int) string { return fmt.Sprintf("… und %s mehr: die Seite zeigt alle.", tickets(n)) },
			note: func(giver string) string {
				return fmt.Sprintf("Wenn Sie nicht kommen können, geben Sie das Ticket auf der Seite zurück: %s kann es dann jemand anderem geben. Der Link gehört nur Ihnen.", giver)
			},
			button: "Meine Tickets ansehen",
		},
		takenBack: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s hat %s von Ihnen zurückgenommen.", giver, tickets(n))
			},
			headline: headline("Zurückgenommen: Ihr Ticket", "Zurückgenommen: Ihre Tickets", " für %s", ", von %s"),
			more:     func(n int) string { return fmt.Sprintf("… und %s mehr.", tickets(n)) },
			note: func(giver string) string {
				return fmt.Sprintf("Die Codes, die Sie hatten, öffnen die Tore nicht mehr, und Ihre Seite zeigt sie nicht mehr. Sie müssen nichts tun. Wenn Sie das überrascht, fragen Sie bitte bei %s nach.", giver)
			},
		},
		returned: saying{
			intro: func(giver string, n int) string {
				return fmt.Sprintf("%s kann nicht kommen und hat %s zurückgegeben.", giver, tickets(n))
			},
			headline: headline("Zurückgegeben: ein Ticket", "Zurückgegeben: Tickets", " für %s", ", von %s"),
			more:     func(n int) string { return fmt.Sprintf("… und %s mehr.", tickets(n)) },
			note: func(string) string {
				return "Es ist wieder bei Ihnen und kann sofort jemand anderem gegeben werden. Der Code, den der Gast hatte, öffnet die Tore nicht mehr."
			},
		},
	}
}

func counted(one, many string) func(int) string {
	return func(n int) string {
		if n == 1 {
			return "1 " + one
		}
		return strconv.Itoa(n) + " " + many
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

func headline(one, many, about, from string) func(string, string, int) string {
	return func(title, giver string, n int) string {
		text := many
		if n == 1 {
			text = one
		}
		if title != "" {
			text += fmt.Sprintf(about, title)
		}
		return text + fmt.Sprintf(from, giver)
	}
}

func seats(one, many string) func(string, int) string {
	return func(names string, n int) string {
		if n == 1 {
			return one + " " + names
		}
		return many + " " + names
	}
}
