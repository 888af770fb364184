package distribution

import "gradin/server/term"

// watchedReasons are the sentences about take-backs that are watched, or that
// wait for a wallet (TB-4, TB-7).
func watchedReasons(code term.ReasonCode) [3]string {
	switch code {
	case term.ReasonCodeRemovalPending:
		return [3]string{
			"This ticket is being taken out of the guest's wallet. Wait until the wallet has answered.",
			"Ce billet est en train d'être retiré du portefeuille de l'invité. Attendez la réponse du portefeuille.",
			"Dieses Ticket wird gerade aus dem Wallet des Gastes geholt. Warten Sie, bis das Wallet geantwortet hat.",
		}
	case term.ReasonCodeRemovalRefused:
		return [3]string{
			"The wallet did not give this ticket up ({value}). It stays with the guest; ask him.",
			"Le portefeuille n'a pas rendu ce billet ({value}). Il reste à l'invité ; adressez-vous à lui.",
			"Das Wallet hat dieses Ticket nicht hergegeben ({value}). Es bleibt beim Gast; fragen Sie ihn.",
		}
	case term.ReasonCodeRemovalExpired:
		return [3]string{
			"The wallet did not answer within {value} hours. The ticket stays with the guest; take it back again later, or ask him.",
			"Le portefeuille n'a pas répondu dans les {value} heures. Le billet reste à l'invité ; reprenez-le plus tard ou adressez-vous à lui.",
			"Das Wallet hat binnen {value} Stunden nicht geantwortet. Das Ticket bleibt beim Gast; nehmen Sie es später noch einmal zurück oder fragen Sie ihn.",
		}
	case term.ReasonCodeRemovalCancelled:
		return [3]string{
			"This was cancelled before the wallet had answered. The ticket stays with the guest.",
			"Cette reprise a été annulée avant la réponse du portefeuille. Le billet reste à l'invité.",
			"Dies wurde abgebrochen, bevor das Wallet geantwortet hat. Das Ticket bleibt beim Gast.",
		}
	case term.ReasonCodeOutsideWallet:
		return [3]string{
			"This ticket is in a wallet app, and only that app can pass it on.",
			"Ce billet se trouve dans une application de portefeuille, qui seule peut le transmettre.",
			"Dieses Ticket liegt in einer Wallet-App; nur diese kann es weitergeben.",
		}
	case term.ReasonCodeTakeBackPaused:
		return [3]string{
			"This ticket was taken back after download a short while ago. It can be taken back again from {value} on.",
			"Ce billet a été repris récemment après téléchargement. Il pourra être repris à nouveau à partir du {value}.",
			"Dieses Ticket wurde vor Kurzem nach dem Herunterladen zurückgenommen. Ab {value} ist das wieder möglich.",
		}
	case term.ReasonCodeNeedsApproval:
		return [3]string{
			"The guest has downloaded this ticket: a second person has to approve that it is taken back.",
			"L'invité a téléchargé ce billet : une deuxième personne doit approuver sa reprise.",
			"Der Gast hat dieses Ticket heruntergeladen: Eine zweite Person muss die Rücknahme freigeben.",
		}
	}
	return [3]string{string(code), string(code), string(code)}
}
