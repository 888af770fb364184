package access

import (
	"strings"
	"time"

	"gradin/server/term"
)

// Sentence says an answer in the language of who stands at the gate; times are
// shown in the zone given.
func (a Answer) Sentence(language term.Language, zone *time.Location) string {
	at := ""
	if a.AdmittedAt != nil {
		at = a.AdmittedAt.In(zone).Format("2006-01-02 15:04:05")
	}
	text := sentences(a)[place(language)]
	if a.Result == term.EntryResultAlreadyAdmitted && a.AdmittedGate == "" {
		text = strings.Replace(text, " ({gate})", "", 1)
	}
	return strings.NewReplacer("{at}", at, "{gate}", a.AdmittedGate).Replace(text)
}

// place is a language's place in the lists of sentences.
func place(language term.Language) int {
	switch language {
	case term.LanguageFr:
		return 1
	case term.LanguageDe:
		return 2
	}
	return 0
}

// sentences gives an answer in English, French and German.
func sentences(a Answer) [3]string {
	switch a.Result {
	case term.EntryResultAdmitted:
		return [3]string{"Let in.", "Laissez entrer.", "Einlassen."}
	case term.EntryResultAlreadyAdmitted:
		return [3]string{
			"This ticket was used already: {at} ({gate}).",
			"Ce billet a déjà été utilisé : {at} ({gate}).",
			"Dieses Ticket wurde schon benutzt: {at} ({gate}).",
		}
	case term.EntryResultBlocked:
		return blocked(a.Reason)
	case term.EntryResultNotYetValid:
		return [3]string{
			"This ticket is not valid yet.", "Ce billet n'est pas encore valable.", "Dieses Ticket gilt noch nicht.",
		}
	case term.EntryResultExpired:
		return [3]string{
			"This ticket is not valid any more.", "Ce billet n'est plus valable.", "Dieses Ticket gilt nicht mehr.",
		}
	case term.EntryResultKeyConflict:
		return [3]string{
			"This entry's key was used for another ticket. Report it with a key of its own.",
			"La clé de cette entrée a servi pour un autre billet. Signalez-la avec une clé propre.",
			"Der Schlüssel dieses Eintritts galt einem anderen Ticket. Melden Sie ihn mit einem eigenen Schlüssel.",
		}
	case term.EntryResultDead:
		return dead(a.Reason)
	}
	return [3]string{
		"No ticket has this barcode. Ask for another one, or send the bearer to the ticket office.",
		"Aucun billet ne porte ce code-barres. Demandez-en un autre ou dirigez le porteur vers la billetterie.",
		"Kein Ticket hat diesen Barcode. Fragen Sie nach einem anderen, oder schicken Sie den Besucher zur Kasse.",
	}
}

func blocked(reason string) [3]string {
	if reason == string(term.DeliveryLocationTransferPending) {
		return [3]string{
			"This ticket is being passed on. Try again in a moment.",
			"Ce billet est en cours de transmission. Réessayez dans un instant.",
			"Dieses Ticket wird gerade weitergegeben. Versuchen Sie es gleich noch einmal.",
		}
	}
	return [3]string{
		"This ticket is being taken back. Try again in a moment.",
		"Ce billet est en cours de reprise. Réessayez dans un instant.",
		"Dieses Ticket wird gerade zurückgeholt. Versuchen Sie es gleich noch einmal.",
	}
}

// dead says why a barcode is dead.
func dead(reason string) [3]string {
	switch reason {
	case "MOBILE_TAKE_BACK":
		return [3]string{
			"This ticket was taken back by who gave it. Its barcode does not count any more.",
			"Ce billet a été repris par son donneur. Son code-barres ne compte plus.",
			"Dieses Ticket wurde vom Geber zurückgeholt. Sein Barcode gilt nicht mehr.",
		}
	case "PASSED_ON":
		return [3]string{
			"The guest has passed this ticket on; the new bearer has a barcode of his own.",
			"L'invité a transmis ce billet ; le nouveau porteur a son propre code-barres.",
			"Der Gast hat dieses Ticket weitergegeben; der neue Besucher hat einen eigenen Barcode.",
		}
	case "GIVEN_ON":
		return [3]string{
			"This ticket was given to another guest, who has a barcode of his own.",
			"Ce billet a été attribué à un autre invité, qui a son propre code-barres.",
			"Dieses Ticket ging an einen anderen Gast, der einen eigenen Barcode hat.",
		}
	case "GIVEN_BACK":
		return [3]string{
			"The guest has given this ticket back. Its barcode does not count any more.",
			"L'invité a rendu ce billet. Son code-barres ne compte plus.",
			"Der Gast hat dieses Ticket zurückgegeben. Sein Barcode gilt nicht mehr.",
		}
	case string(term.TicketStateCancelled):
		return [3]string{"This ticket was cancelled.", "Ce billet a été annulé.", "Dieses Ticket wurde storniert."}
	case string(term.DeliveryLocationDeleted):
		return [3]string{
			"This ticket was deleted from the wallet.", "Ce billet a été supprimé du portefeuille.", "Dieses Ticket wurde aus der Wallet gelöscht.",
		}
	}
	return [3]string{
		"This ticket was replaced or invalidated. Ask for the new one.",
		"Ce billet a été remplacé ou invalidé. Demandez le nouveau.",
		"Dieses Ticket wurde ersetzt oder ungültig gemacht. Fragen Sie nach dem neuen.",
	}
}
