package errs

// ofRequests are about calls and lists as such.
var ofRequests = map[string]words{
	"This list has changed. Load it again from its beginning.": {
		"Cette liste a changé. Rechargez-la depuis le début.",
		"Diese Liste hat sich geändert. Laden Sie sie von Anfang an neu.",
	},
	"Ask for at most %d objects at once.": {
		"Demandez au plus %d objets à la fois.",
		"Verlangen Sie höchstens %d Objekte auf einmal.",
	},
	"Ask for first or for last, not for both.": {
		"Demandez first ou last, pas les deux.",
		"Verlangen Sie first oder last, nicht beides.",
	},
	"before goes with last, after goes with first.": {
		"before va avec last, after va avec first.",
		"before gehört zu last, after gehört zu first.",
	},
	"A page has 0 to %d elements; %d were asked for.": {
		"Une page a de 0 à %d éléments ; %d ont été demandés.",
		"Eine Seite hat 0 bis %d Elemente; %d waren verlangt.",
	},
	"This cursor does not belong to this list in this order.": {
		"Ce curseur n’appartient pas à cette liste dans cet ordre.",
		"Dieser Cursor gehört nicht zu dieser Liste in dieser Reihenfolge.",
	},
	"An idempotency key has 1 to %d characters.": {
		"Une clé d’idempotence a de 1 à %d caractères.",
		"Ein Idempotenzschlüssel hat 1 bis %d Zeichen.",
	},
	"This idempotency key was used with another input. Use a new key for a new input.": {
		"Cette clé d’idempotence a servi avec une autre entrée. Utilisez une nouvelle clé pour une nouvelle entrée.",
		"Dieser Idempotenzschlüssel galt einer anderen Eingabe. Verwenden Sie für eine neue Eingabe einen neuen Schlüssel.",
	},
	"Too many requests: wait and try again.": {
		"Trop de requêtes : attendez et réessayez.",
		"Zu viele Anfragen: Warten Sie, und versuchen Sie es noch einmal.",
	},
	"Too many requests. Wait a minute and try again.": {
		"Trop de requêtes. Attendez une minute et réessayez.",
		"Zu viele Anfragen. Warten Sie eine Minute, und versuchen Sie es noch einmal.",
	},
	"The operation took too long and was stopped: ask for less at once.": {
		"L’opération a duré trop longtemps et a été arrêtée : demandez moins à la fois.",
		"Der Vorgang hat zu lange gedauert und wurde abgebrochen: Verlangen Sie weniger auf einmal.",
	},
	"The operation was cancelled.": {
		"L’opération a été annulée.",
		"Der Vorgang wurde abgebrochen.",
	},
}
