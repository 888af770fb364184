package recipient

import (
	"fmt"

	"gradin/server/term"
)

// offerWords are the texts about passing a ticket on, and about wallets, in one language.
type offerWords struct {
	summary, explain, email, first, last       string
	fields                                     map[term.GuestField]string
	pending, passedTo, accept, decline         string
	yours, enough                              string
	confirm, keep, kept, tooLate               func(number int64) string
	offered                                    func(number int64, to string) string
	waiting                                    func(to, until string) string
	would, refused, expired, withdrawn         func(giver string) string
	until                                      func(giver, until string) string
	badEmail, badName, badField, full, blocked string
	limited, wallet                            string
}

// problem says why an offer could not be made.
func (o offerWords) problem(a *attempt) string {
	if a.limited {
		return o.limited
	}
	if a.problem == nil {
		return ""
	}
	switch a.problem.Code {
	case term.ReasonCodeInvalidEmail, term.ReasonCodeMissingEmail:
		return o.badEmail
	case term.ReasonCodeMissingName:
		return o.badName
	case term.ReasonCodeMissingField, term.ReasonCodeCellTooLong:
		return o.badField
	case term.ReasonCodeGuestLimit:
		return o.full
	}
	return o.blocked
}

func offersIn(language term.Language) offerWords {
	switch language {
	case term.LanguageFr:
		return frenchOffers()
	case term.LanguageDe:
		return germanOffers()
	}
	return englishOffers()
}

func numbered(format string) func(int64) string {
	return func(number int64) string { return fmt.Sprintf(format, number) }
}

func about(format string) func(string) string {
	return func(giver string) string { return fmt.Sprintf(format, giver) }
}

func englishOffers() offerWords {
	return offerWords{
		summary: "Pass it on to somebody else",
		explain: "We write to the person you name. Until they answer, nobody can use the ticket, and you can still keep it. Once they accept, your code stops working.",
		email:   "E-mail", first: "First name", last: "Last name",
		fields: map[term.GuestField]string{
			term.GuestFieldBirthDate: "Date of birth", term.GuestFieldNationality: "Nationality", term.GuestFieldIdNumber: "Number of an identity document", term.GuestFieldPhone: "Telephone",
		},
		pending: "Being passed on", passedTo: "Passed on to %s on %s", accept: "Accept the ticket", decline: "No, thank you",
		yours: "The ticket is yours now.", enough: "You already have as many tickets as one person may have. Decline, or give another one back first.",
		confirm: numbered("Offer ticket %d"), keep: numbered("Keep ticket %d after all"), kept: numbered("Ticket %d stays with you."),
		tooLate: numbered("Ticket %d could not be kept: it was accepted meanwhile."),
		offered: func(n int64, to string) string {
			return fmt.Sprintf("Ticket %d is offered to %s. We write to them now.", n, to)
		},
		waiting: func(to, until string) string {
			return fmt.Sprintf("Offered to %s, who can answer until %s.", to, until)
		},
		would: about("%s would like to give you this ticket."), refused: about("You have declined. The ticket stays with %s."),
		expired: about("The time to answer is over. The ticket stays with %s."), withdrawn: about("This ticket is no longer on offer. If this surprises you, please ask %s."),
		until: func(giver, until string) string {
			return fmt.Sprintf("Without an answer until %s the ticket stays with %s.", until, giver)
		},
		badEmail: "Please type the e-mail address of the other person, such as name@example.com.", badName: "Please type first and last name.",
		badField: "The organiser asks for all of these: please fill them in.", full: "This person already has as many tickets as one person may have.",
		blocked: "This ticket cannot be passed on now.", limited: "You have made very many offers today. Please try again tomorrow.", wallet: "Add to Apple Wallet",
	}
}

func frenchOffers() offerWords {
	return offerWords{
		summary: "Le transmettre à quelqu’un d’autre",
		explain: "Nous écrivons à la personne que vous indiquez. Jusqu’à sa réponse, personne ne peut utiliser le billet et vous pouvez encore le garder. Dès qu’elle accepte, votre code ne vaut plus rien.",
		email:   "E-mail", first: "Prénom", last: "Nom",
		fields: map[term.GuestField]string{
			term.GuestFieldBirthDate: "Date de naissance", term.GuestFieldNationality: "Nationalité", term.GuestFieldIdNumber: "Numéro d’une pièce d’identité", term.GuestFieldPhone: "Téléphone",
		},
		pending: "En cours de transmission", passedTo: "Transmis à %s le %s", accept: "Accepter le billet", decline: "Non, merci",
		yours: "Le billet est à vous.", enough: "Vous avez déjà autant de billets qu’une personne peut en avoir. Refusez, ou rendez-en d’abord un autre.",
		confirm: numbered("Proposer le billet %d"), keep: numbered("Garder finalement le billet %d"), kept: numbered("Le billet %d reste à vous."),
		tooLate: numbered("Le billet %d n’a pas pu être gardé : il a été accepté entre-temps."),
		offered: func(n int64, to string) string {
			return fmt.Sprintf("Le billet %d est proposé à %s. Nous lui écrivons.", n, to)
		},
		waiting: func(to, until string) string {
			return fmt.Sprintf("Proposé à %s, qui peut répondre jusqu’au %s.", to, until)
		},
		would: about("%s souhaite vous remettre ce billet."), refused: about("Vous avez refusé. Le billet reste à %s."),
		expired: about("Le délai de réponse est passé. Le billet reste à %s."), withdrawn: about("Ce billet n’est plus proposé. Si cela vous surprend, adressez-vous à %s."),
		until: func(giver, until string) string {
			return fmt.Sprintf("Sans réponse jusqu’au %s, le billet reste à %s.", until, giver)
		},
		badEmail: "Indiquez l’adresse e-mail de l’autre personne, par exemple nom@exemple.fr.", badName: "Indiquez le prénom et le nom.",
		badField: "L’organisateur demande toutes ces indications : veuillez les remplir.", full: "Cette personne a déjà autant de billets qu’une personne peut en avoir.",
		blocked: "Ce billet ne peut pas être transmis maintenant.", limited: "Vous avez fait beaucoup de propositions aujourd’hui. Réessayez demain.", wallet: "Ajouter à Apple Wallet",
	}
}

func germanOffers() offerWords {
	return offerWords{
		summary: "An jemand anderen weitergeben",
		explain: "Wir schreiben der Person, die Sie nennen. Bis sie antwortet, kann niemand das Ticket benutzen, und Sie können es noch behalten. Nimmt sie an, gilt Ihr Code nicht mehr.",
		email:   "E-Mail", first: "Vorname", last: "Nachname",
		fields: map[term.GuestField]string{
			term.GuestFieldBirthDate: "Geburtsdatum", term.GuestFieldNationality: "Staatsangehörigkeit", term.GuestFieldIdNumber: "Nummer eines Ausweises", term.GuestFieldPhone: "Telefon",
		},
		pending: "Wird weitergegeben", passedTo: "Weitergegeben an %s am %s", accept: "Ticket annehmen", decline: "Nein, danke",
		yours: "Das Ticket gehört jetzt Ihnen.", enough: "Sie haben schon so viele Tickets, wie eine Person haben darf. Lehnen Sie ab, oder geben Sie zuerst ein anderes zurück.",
		confirm: numbered("Ticket %d anbieten"), keep: numbered("Ticket %d doch behalten"), kept: numbered("Ticket %d bleibt bei Ihnen."),
		tooLate: numbered("Ticket %d konnte nicht behalten werden: Es wurde inzwischen angenommen."),
		offered: func(n int64, to string) string {
			return fmt.Sprintf("Ticket %d ist %s angeboten. Wir schreiben eine Mail.", n, to)
		},
		waiting: func(to, until string) string { return fmt.Sprintf("%s angeboten; Antwort möglich bis %s.", to, until) },
		would:   about("%s möchte Ihnen dieses Ticket geben."), refused: about("Sie haben abgelehnt. Das Ticket bleibt bei %s."),
		expired: about("Die Zeit für eine Antwort ist vorbei. Das Ticket bleibt bei %s."), withdrawn: about("Dieses Ticket wird nicht mehr angeboten. Wenn Sie das überrascht, fragen Sie bitte bei %s nach."),
		until: func(giver, until string) string {
			return fmt.Sprintf("Ohne Antwort bis %s bleibt das Ticket bei %s.", until, giver)
		},
		badEmail: "Bitte geben Sie die E-Mail-Adresse der anderen Person an, etwa name@beispiel.de.", badName: "Bitte geben Sie Vor- und Nachnamen an.",
		badField: "Der Veranstalter verlangt alle diese Angaben: Bitte füllen Sie sie aus.", full: "Diese Person hat schon so viele Tickets, wie eine Person haben darf.",
		blocked: "Dieses Ticket kann jetzt nicht weitergegeben werden.", limited: "Sie haben heute sehr viele Angebote gemacht. Versuchen Sie es morgen wieder.", wallet: "Zu Apple Wallet hinzufügen",
	}
}
