package errs

// ofRuns are about executions, mails and files that were sent.
var ofRuns = map[string]words{
	"This execution gave no tickets, or has not ended. There is nothing to undo.": {
		"Cette exécution n’a donné aucun billet, ou n’est pas finie. Il n’y a rien à annuler.",
		"Diese Ausführung hat keine Tickets vergeben oder ist nicht zu Ende. Es gibt nichts rückgängig zu machen.",
	},
	"This execution does not wait for an approval.": {
		"Cette exécution n’attend pas d’approbation.",
		"Diese Ausführung wartet nicht auf eine Freigabe.",
	},
	"Somebody else than who asked for it has to approve or refuse it. Ask a colleague or the organiser.": {
		"Une autre personne que celle qui l’a demandée doit l’approuver ou la refuser. Adressez-vous à un collègue ou à l’organisateur.",
		"Freigeben oder ablehnen muss jemand anderes, als wer sie verlangt hat. Wenden Sie sich an einen Kollegen oder den Veranstalter.",
	},
	"The file is still being read. Wait for the preview before you confirm.": {
		"Le fichier est encore en cours de lecture. Attendez l’aperçu avant de confirmer.",
		"Die Datei wird noch gelesen. Warten Sie auf die Vorschau, bevor Sie bestätigen.",
	},
	"This plan was thrown away. Import the file again.": {
		"Ce plan a été abandonné. Importez à nouveau le fichier.",
		"Dieser Plan wurde verworfen. Importieren Sie die Datei noch einmal.",
	},
	"Nothing is left to be done in this execution.": {
		"Il ne reste rien à faire dans cette exécution.",
		"In dieser Ausführung ist nichts mehr zu tun.",
	},
	"A note has at most %d characters.": {
		"Une note a au plus %d caractères.",
		"Eine Notiz hat höchstens %d Zeichen.",
	},
	"Write down why not, in at most %d characters.": {
		"Écrivez pourquoi vous refusez, en %d caractères au plus.",
		"Schreiben Sie auf, warum nicht, mit höchstens %d Zeichen.",
	},
	"Send %d mails again at most, then the next.": {
		"Renvoyez au plus %d e-mails, puis les suivants.",
		"Senden Sie höchstens %d E-Mails erneut, danach die nächsten.",
	},
	"Choose at least one mail to send again.": {
		"Choisissez au moins un e-mail à renvoyer.",
		"Wählen Sie mindestens eine E-Mail, die erneut gesendet werden soll.",
	},
	"Ask for %d mails at most.": {
		"Demandez au plus %d e-mails.",
		"Verlangen Sie höchstens %d E-Mails.",
	},
	"The file is larger than 64 MiB. Split it into several.": {
		"Le fichier dépasse 64 Mio. Répartissez-le en plusieurs.",
		"Die Datei ist größer als 64 MiB. Teilen Sie sie in mehrere auf.",
	},
}
