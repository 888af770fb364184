package errs

// ofCarts are about carts and the address book.
var ofCarts = map[string]words{
	"A cart holds at most %d tickets. Validate some of them first.": {
		"Un panier contient au plus %d billets. Validez-en d’abord une partie.",
		"Ein Warenkorb fasst höchstens %d Tickets. Schließen Sie zuerst einen Teil davon ab.",
	},
	"A cart holds at most %d tickets.": {
		"Un panier contient au plus %d billets.",
		"Ein Warenkorb fasst höchstens %d Tickets.",
	},
	"Name the tickets, or give a filter and how many: one of the two.": {
		"Nommez les billets, ou donnez un filtre et un nombre : l’un des deux.",
		"Nennen Sie die Tickets, oder geben Sie einen Filter und eine Zahl an: eines von beiden.",
	},
	"Say how many tickets you want.": {
		"Dites combien de billets vous voulez.",
		"Sagen Sie, wie viele Tickets Sie wollen.",
	},
	"Only %d of these tickets remain; you asked for %d.": {
		"Il ne reste que %d de ces billets ; vous en avez demandé %d.",
		"Von diesen Tickets verbleiben nur %d; verlangt waren %d.",
	},
	"A call assigns 1 to %d lines; this one assigns %d.": {
		"Un appel attribue de 1 à %d lignes ; celui-ci en attribue %d.",
		"Ein Aufruf weist 1 bis %d Zeilen zu; dieser weist %d zu.",
	},
	"Name 1 to %d lines.": {
		"Nommez de 1 à %d lignes.",
		"Nennen Sie 1 bis %d Zeilen.",
	},
	"None of these lines has a guest yet. Say first whom the tickets are for.": {
		"Aucune de ces lignes n’a encore d’invité. Dites d’abord pour qui sont les billets.",
		"Keine dieser Zeilen hat schon einen Gast. Sagen Sie zuerst, für wen die Tickets sind.",
	},
	"Name 1 to %d guests, and at least one ticket for each.": {
		"Nommez de 1 à %d invités, et au moins un billet pour chacun.",
		"Nennen Sie 1 bis %d Gäste und mindestens ein Ticket für jeden.",
	},
	"%d guests with %d tickets each need %d tickets; %d are chosen.": {
		"Pour %d invités à %d billets chacun, il faut %d billets ; %d sont choisis.",
		"Für %d Gäste mit je %d Tickets braucht es %d Tickets; gewählt sind %d.",
	},
	"Name at most %d guests.": {
		"Nommez au plus %d invités.",
		"Nennen Sie höchstens %d Gäste.",
	},
	"A pasted list may have %d KiB at most. Import a workbook instead.": {
		"Une liste collée peut avoir au plus %d Kio. Importez plutôt un classeur.",
		"Eine eingefügte Liste darf höchstens %d KiB haben. Importieren Sie stattdessen eine Arbeitsmappe.",
	},
	"A pasted list may have %d guests at most. Import a workbook instead.": {
		"Une liste collée peut avoir au plus %d invités. Importez plutôt un classeur.",
		"Eine eingefügte Liste darf höchstens %d Gäste haben. Importieren Sie stattdessen eine Arbeitsmappe.",
	},
	"Another entry of your address book has this address.": {
		"Une autre entrée de votre carnet d’adresses a cette adresse.",
		"Ein anderer Eintrag in Ihrem Adressbuch hat diese Adresse.",
	},
	"An address book holds at most %d entries.": {
		"Un carnet d’adresses contient au plus %d entrées.",
		"Ein Adressbuch fasst höchstens %d Einträge.",
	},
	"%q cannot be an e-mail address.": {
		"%q ne peut pas être une adresse e-mail.",
		"%q kann keine E-Mail-Adresse sein.",
	},
	"A guest needs a first and a last name.": {
		"Un invité a besoin d’un prénom et d’un nom.",
		"Ein Gast braucht einen Vor- und einen Nachnamen.",
	},
	"A name has at most 200 characters.": {
		"Un nom a au plus 200 caractères.",
		"Ein Name hat höchstens 200 Zeichen.",
	},
	"Names have at most 200 characters, notes 500.": {
		"Les noms ont au plus 200 caractères, les notes 500.",
		"Namen haben höchstens 200 Zeichen, Notizen 500.",
	},
}
