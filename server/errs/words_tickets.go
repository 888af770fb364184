package errs

// ofTickets are about choosing tickets, and about guests and what they do with theirs.
var ofTickets = map[string]words{
	"A filter may name at most %d things of a kind; it names %d.": {
		"Un filtre peut nommer au plus %d éléments d’une sorte ; celui-ci en nomme %d.",
		"Ein Filter darf höchstens %d Dinge einer Art nennen; dieser nennt %d.",
	},
	"What is searched for may have at most 200 characters.": {
		"Le texte cherché peut avoir au plus 200 caractères.",
		"Der gesuchte Text darf höchstens 200 Zeichen haben.",
	},
	"The filter finds another number of tickets by now. Look at the list again.": {
		"Le filtre trouve maintenant un autre nombre de billets. Regardez la liste à nouveau.",
		"Der Filter findet inzwischen eine andere Zahl von Tickets. Sehen Sie sich die Liste noch einmal an.",
	},
	"No ticket is within this selection. Choose other ticket types or widen the filter.": {
		"Cette sélection ne contient aucun billet. Choisissez d’autres types de billets ou élargissez le filtre.",
		"Diese Auswahl enthält kein Ticket. Wählen Sie andere Ticketarten, oder erweitern Sie den Filter.",
	},
	"A workbook holds at most %d tickets; this selection has %d. Narrow it.": {
		"Un classeur contient au plus %d billets ; cette sélection en a %d. Restreignez-la.",
		"Eine Arbeitsmappe fasst höchstens %d Tickets; diese Auswahl hat %d. Schränken Sie sie ein.",
	},
	"Nobody else has this ticket: there is no address to correct.": {
		"Personne d’autre n’a ce billet : il n’y a pas d’adresse à corriger.",
		"Niemand sonst hat dieses Ticket: Es gibt keine Adresse zu berichtigen.",
	},
	"This cannot be an e-mail address. Write it like name@company.com.": {
		"Cela ne peut pas être une adresse e-mail. Écrivez-la comme nom@societe.fr.",
		"Das kann keine E-Mail-Adresse sein. Schreiben Sie sie wie name@firma.de.",
	},
	"The ticket is at this address already.": {
		"Le billet est déjà à cette adresse.",
		"Das Ticket ist schon bei dieser Adresse.",
	},
	"Say for which sponsor: give its id as sponsorId.": {
		"Dites pour quel sponsor : donnez son identifiant dans sponsorId.",
		"Sagen Sie, für welchen Sponsor: Geben Sie seine ID als sponsorId an.",
	},
	"A call carries 1 to %d moves; this one carries %d.": {
		"Un appel porte de 1 à %d mouvements ; celui-ci en porte %d.",
		"Ein Aufruf enthält 1 bis %d Bewegungen; dieser enthält %d.",
	},
	"Name the tickets, or give a filter: one of the two.": {
		"Nommez les billets, ou donnez un filtre : l’un des deux.",
		"Nennen Sie die Tickets, oder geben Sie einen Filter an: eines von beiden.",
	},
	"A call names at most %d tickets; this one names %d. Use a filter for more.": {
		"Un appel nomme au plus %d billets ; celui-ci en nomme %d. Utilisez un filtre pour en traiter plus.",
		"Ein Aufruf nennt höchstens %d Tickets; dieser nennt %d. Verwenden Sie für mehr einen Filter.",
	},
	"Say how many tickets you expect the filter to find.": {
		"Dites combien de billets le filtre doit trouver.",
		"Sagen Sie, wie viele Tickets der Filter finden soll.",
	},
	"A reason has at most %d characters.": {
		"Un motif a au plus %d caractères.",
		"Ein Grund hat höchstens %d Zeichen.",
	},
	"Write down why you take the tickets back.": {
		"Écrivez pourquoi vous reprenez les billets.",
		"Schreiben Sie auf, warum Sie die Tickets zurücknehmen.",
	},
	"This ticket cannot be given back: it is no longer yours, or was used meanwhile.": {
		"Ce billet ne peut pas être rendu : il n’est plus à vous, ou il a été utilisé entre-temps.",
		"Dieses Ticket kann nicht zurückgegeben werden: Es gehört Ihnen nicht mehr oder wurde inzwischen benutzt.",
	},
	"Only the guest's own page gives tickets back.": {
		"Seule la page de l’invité rend des billets.",
		"Tickets gibt nur die eigene Seite des Gastes zurück.",
	},
	"Only the guest's own page passes tickets on.": {
		"Seule la page de l’invité transmet des billets.",
		"Tickets gibt nur die eigene Seite des Gastes weiter.",
	},
	"Only the guest's own page keeps tickets.": {
		"Seule la page de l’invité garde des billets.",
		"Tickets behält nur die eigene Seite des Gastes.",
	},
	"Only the page of the offer answers it.": {
		"Seule la page de l’offre y répond.",
		"Das Angebot beantwortet nur seine eigene Seite.",
	},
	"This ticket is not being taken out of a wallet, or the wallet has answered meanwhile. Look at it again.": {
		"Ce billet n’est pas en train d’être retiré d’un portefeuille, ou le portefeuille a répondu entre-temps. Consultez-le à nouveau.",
		"Dieses Ticket wird nicht aus einem Wallet geholt, oder das Wallet hat inzwischen geantwortet. Sehen Sie es noch einmal an.",
	},
	"Only who asked for this ticket, or the organiser, may cancel that.": {
		"Seuls celui qui a demandé ce billet et l’organisateur peuvent annuler cela.",
		"Nur wer dieses Ticket zurückverlangt hat oder der Veranstalter kann das abbrechen.",
	},
	"The organiser does not let guests pass tickets on.": {
		"L’organisateur ne laisse pas les invités transmettre des billets.",
		"Der Veranstalter lässt Gäste keine Tickets weitergeben.",
	},
	"You have offered %d tickets within a day. Try again tomorrow.": {
		"Vous avez proposé %d billets en un jour. Réessayez demain.",
		"Sie haben an einem Tag %d Tickets angeboten. Versuchen Sie es morgen wieder.",
	},
	"A call reports 1 to %d entries; this one reports %d.": {
		"Un appel signale de 1 à %d entrées ; celui-ci en signale %d.",
		"Ein Aufruf meldet 1 bis %d Eintritte; dieser meldet %d.",
	},
	"Entry %d has no time that can be meant.": {
		"L’entrée %d n’a pas d’heure plausible.",
		"Eintritt %d hat keine Zeit, die gemeint sein kann.",
	},
	"Entry %d: its %s has %d characters; 1 to %d can be.": {
		"Entrée %d : son champ %s a %d caractères ; il peut en avoir de 1 à %d.",
		"Eintritt %d: Sein Feld %s hat %d Zeichen; 1 bis %d können es sein.",
	},
	"A page has 1 to %d steps; %d were asked for.": {
		"Une page a de 1 à %d étapes ; %d ont été demandées.",
		"Eine Seite hat 1 bis %d Schritte; %d waren verlangt.",
	},
}
