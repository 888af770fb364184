package distribution

import (
	"encoding/json"
	"strconv"
	"strings"

	"gradin/server/term"
)

// Sentence says a problem in the reader's language, so that a sponsor
// understands it and can act on it.
func (p Problem) Sentence(language term.Language) string {
	return strings.NewReplacer("{value}", p.Value, "{row}", strconv.Itoa(p.Row), "{setting}", p.Setting).
		Replace(reasons(p.Code)[index(language)])
}

// index is a language's place in the lists of sentences.
func index(language term.Language) int {
	switch language {
	case term.LanguageFr:
		return 1
	case term.LanguageDe:
		return 2
	}
	return 0
}

// reasons gives a reason's sentence in English, French and German.
func reasons(code term.ReasonCode) [3]string {
	switch code {
	case term.ReasonCodeNotFound:
		return [3]string{
			"There is no ticket \"{value}\" among your tickets. Check the Ticket ID against a fresh export.",
			"Le billet « {value} » ne figure pas parmi vos billets. Vérifiez le Ticket ID avec un nouvel export.",
			"Ein Ticket „{value}“ gibt es unter Ihren Tickets nicht. Prüfen Sie die Ticket ID mit einem neuen Export.",
		}
	case term.ReasonCodeStale:
		return [3]string{
			"This ticket has moved since the file was made or the page was opened. Export again, or open the page again.",
			"Ce billet a changé de mains depuis la création du fichier ou l'ouverture de la page. Refaites l'export, ou rouvrez la page.",
			"Dieses Ticket wurde bewegt, seit die Datei entstand oder die Seite geöffnet wurde. Exportieren Sie neu, oder öffnen Sie die Seite neu.",
		}
	case term.ReasonCodeDuplicateRow:
		return [3]string{
			"The same ticket stands in row {row} already; that row counts. Delete one of the two.",
			"Le même billet figure déjà à la ligne {row}, qui compte. Supprimez l'une des deux.",
			"Dasselbe Ticket steht schon in Zeile {row}; jene Zeile zählt. Löschen Sie eine der beiden.",
		}
	case term.ReasonCodeInvalidEmail:
		return [3]string{
			"\"{value}\" cannot be an e-mail address. Write it like name@company.com.",
			"« {value} » ne peut pas être une adresse e-mail. Écrivez-la comme nom@societe.fr.",
			"„{value}“ kann keine E-Mail-Adresse sein. Schreiben Sie sie wie name@firma.de.",
		}
	case term.ReasonCodeMissingEmail:
		return [3]string{
			"There are names but no e-mail address. Add the address, or clear the names.",
			"Il y a des noms mais pas d'adresse e-mail. Ajoutez l'adresse ou effacez les noms.",
			"Es gibt Namen, aber keine E-Mail-Adresse. Ergänzen Sie die Adresse oder löschen Sie die Namen.",
		}
	case term.ReasonCodeMissingName:
		return [3]string{
			"The guest's first and last name are needed. Fill in both.",
			"Le prénom et le nom de l'invité sont nécessaires. Remplissez les deux.",
			"Vor- und Nachname des Gastes werden gebraucht. Füllen Sie beide aus.",
		}
	case term.ReasonCodeNotValid:
		return [3]string{
			"This ticket was cancelled or replaced and can no longer be used.",
			"Ce billet a été annulé ou remplacé et ne peut plus être utilisé.",
			"Dieses Ticket wurde storniert oder ersetzt und gilt nicht mehr.",
		}
	case term.ReasonCodeAlreadyControlled:
		return [3]string{
			"This ticket was already scanned at the entrance.",
			"Ce billet a déjà été contrôlé à l'entrée.",
			"Dieses Ticket wurde am Einlass bereits gescannt.",
		}
	case term.ReasonCodeOnResale:
		return [3]string{
			"This ticket is offered for resale. Withdraw the offer first.",
			"Ce billet est proposé à la revente. Retirez d'abord l'offre.",
			"Dieses Ticket steht zum Wiederverkauf. Ziehen Sie das Angebot zuerst zurück.",
		}
	case term.ReasonCodeTransferPending:
		return [3]string{
			"The guest is passing this ticket on. Wait until that has ended.",
			"L'invité est en train de transmettre ce billet. Attendez la fin de l'opération.",
			"Der Gast gibt dieses Ticket gerade weiter. Warten Sie, bis das beendet ist.",
		}
	case term.ReasonCodeNoWalletFeedback:
		return [3]string{
			"The wallet has not answered yet. Try again in a few minutes.",
			"Le portefeuille n'a pas encore répondu. Réessayez dans quelques minutes.",
			"Das Wallet hat noch nicht geantwortet. Versuchen Sie es in einigen Minuten erneut.",
		}
	case term.ReasonCodeTakeBackNotAllowed:
		return [3]string{
			"Somebody already has this ticket, and the organiser does not allow it to be taken back (setting \"{setting}\"). Ask the organiser.",
			"Quelqu'un possède déjà ce billet et l'organisateur ne permet pas de le reprendre (paramètre « {setting} »). Adressez-vous à l'organisateur.",
			"Jemand hat dieses Ticket bereits, und der Veranstalter erlaubt keine Rücknahme (Einstellung „{setting}“). Fragen Sie den Veranstalter.",
		}
	case term.ReasonCodeChildControlled:
		return [3]string{
			"A match of this season ticket was already used, so the card cannot be given as a whole.",
			"Un match de cet abonnement a déjà été utilisé : la carte ne peut plus être donnée en entier.",
			"Ein Spiel dieser Dauerkarte wurde bereits genutzt; sie kann nicht mehr als Ganzes vergeben werden.",
		}
	case term.ReasonCodeDistributionClosed:
		return [3]string{
			"Distribution of this ticket is not open now. Ask the organiser for the dates.",
			"La distribution de ce billet n'est pas ouverte actuellement. Demandez les dates à l'organisateur.",
			"Die Verteilung dieses Tickets ist derzeit nicht offen. Fragen Sie den Veranstalter nach den Terminen.",
		}
	case term.ReasonCodeGuestLimit:
		return [3]string{
			"This guest has as many tickets for this performance as are allowed. Choose another guest.",
			"Cet invité a déjà le nombre de billets permis pour cette séance. Choisissez un autre invité.",
			"Dieser Gast hat für diesen Termin so viele Tickets wie erlaubt. Wählen Sie einen anderen Gast.",
		}
	case term.ReasonCodeFormulaCell:
		return [3]string{
			"This cell holds a formula. Replace it with its text (copy, then paste as values).",
			"Cette cellule contient une formule. Remplacez-la par son texte (copier, puis coller les valeurs).",
			"Diese Zelle enthält eine Formel. Ersetzen Sie sie durch ihren Text (kopieren, dann als Werte einfügen).",
		}
	case term.ReasonCodeCellTooLong:
		return [3]string{
			"This cell holds too much text. Shorten it.",
			"Cette cellule contient trop de texte. Raccourcissez-le.",
			"Diese Zelle enthält zu viel Text. Kürzen Sie ihn.",
		}
	case term.ReasonCodeMissingField:
		return [3]string{
			"The organiser asks for this field. Fill it in.",
			"L'organisateur demande ce champ. Remplissez-le.",
			"Der Veranstalter verlangt dieses Feld. Füllen Sie es aus.",
		}
	case term.ReasonCodeNotDistributed:
		return [3]string{
			"Nobody else has this ticket, so there is nothing to take back.",
			"Personne d'autre n'a ce billet : il n'y a rien à reprendre.",
			"Dieses Ticket hat niemand sonst; es gibt nichts zurückzunehmen.",
		}
	case term.ReasonCodeDifferentName:
		return [3]string{
			"The same address has another name in an earlier row; that name counts for all tickets of this guest.",
			"La même adresse porte un autre nom à une ligne précédente ; c'est ce nom qui vaut pour tous ses billets.",
			"Dieselbe Adresse hat in einer früheren Zeile einen anderen Namen; jener gilt für alle Tickets dieses Gastes.",
		}
	}
	return watchedReasons(code)
}

// FileSentence says why a file as a whole was refused; empty when it was not.
func FileSentence(key, detail string, language term.Language) string {
	if key == "" {
		return ""
	}
	var p SheetProblem
	_ = json.Unmarshal([]byte(detail), &p) // what was stored by refuse; without it the sentence is only shorter
	if p.Refusal != nil {
		return p.Refusal.Sentence(lower(language))
	}
	sentence := files(key)[index(language)]
	found := strings.Join(p.Found, ", ")
	if found == "" {
		found = "–"
	}
	return strings.NewReplacer("{count}", strconv.Itoa(p.Expected), "{found}", found, "{expected}", HeaderTicket+", "+HeaderEmail+", "+HeaderFirst+", "+HeaderLast).
		Replace(sentence)
}

func files(key string) [3]string {
	switch key {
	case KeyHeaders:
		return [3]string{
			"The first row has no columns \"Ticket ID\" and \"[NEW] CC Email\". Found: {found}. Expected: {expected}. Export the tickets and fill in that file.",
			"La première ligne ne contient pas les colonnes « Ticket ID » et « [NEW] CC Email ». Trouvé : {found}. Attendu : {expected}. Exportez les billets et remplissez ce fichier.",
			"Die erste Zeile enthält die Spalten „Ticket ID“ und „[NEW] CC Email“ nicht. Gefunden: {found}. Erwartet: {expected}. Exportieren Sie die Tickets und füllen Sie jene Datei aus.",
		}
	case KeyNoRows:
		return [3]string{
			"The file has no tickets in it. Export the tickets, fill in the guests and import that file.",
			"Le fichier ne contient aucun billet. Exportez les billets, saisissez les invités et importez ce fichier.",
			"Die Datei enthält keine Tickets. Exportieren Sie die Tickets, tragen Sie die Gäste ein und importieren Sie jene Datei.",
		}
	}
	if key == KeyCount {
		return [3]string{
			"There are no longer {count} tickets that can be taken back. Look at the list again and repeat.",
			"Il n'y a plus {count} billets pouvant être repris. Consultez à nouveau la liste et recommencez.",
			"Es sind nicht mehr {count} Tickets, die zurückgenommen werden können. Sehen Sie die Liste erneut an und wiederholen Sie.",
		}
	}
	return [3]string{
		"Something went wrong on our side. What was done is listed; go on with what is left, or tell the organiser this execution's number.",
		"Un problème est survenu de notre côté. Ce qui a été fait est indiqué ; reprenez la suite ou donnez le numéro de cette exécution à l'organisateur.",
		"Auf unserer Seite ist etwas schiefgegangen. Was getan wurde, ist aufgeführt; machen Sie mit dem Rest weiter oder nennen Sie dem Veranstalter die Nummer dieser Ausführung.",
	}
}
