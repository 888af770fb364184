package distribution

import (
	"gradin/server/spreadsheet"
	"gradin/server/term"
)

// words is what the workbook says to the person who fills it in (WB-1).
type wordsOfBook struct {
	title           string
	sheet           spreadsheet.HowTo
	warning, prompt spreadsheet.Note
}

func howTo(language term.Language) wordsOfBook {
	switch language {
	case term.LanguageFr:
		return howToFr()
	case term.LanguageDe:
		return howToDe()
	}
	return howToEn()
}

func howToEn() wordsOfBook {
	return wordsOfBook{
		title:   "Ticket details",
		warning: spreadsheet.Note{Title: "Is this an e-mail address?", Text: "It should look like name@company.com. Rows with a wrong address are reported when you import the file."},
		prompt:  spreadsheet.Note{Title: "Guest's e-mail", Text: "The tickets are mailed to this address. Leave it empty to leave the ticket where it is."},
		sheet: spreadsheet.HowTo{Sheet: "How to fill in", Title: "How to fill in this workbook", Rows: [][]string{
			{"Each line of the sheet \"Tickets\" is one ticket. Type your guests into the three highlighted columns, save the file as .xlsx and import it."},
			{HeaderEmail, "Where the ticket is mailed to. A guest with several tickets gets one mail with all of them."},
			{HeaderFirst, "The guest's first name."},
			{HeaderLast, "The guest's last name."},
			{"Empty lines", "A line without an e-mail address stays as it is: nothing is sent."},
			{"You may", "sort, filter, delete lines, move or add columns. The columns Ticket ID and [NEW] CC Email must stay."},
			{"Please type", "addresses as text, not as formulas. The other cells are locked because they are not read back."},
			{"If a ticket moved", "since this file was made, its line is refused and named. Export again and go on from there."},
			{"Before anything happens", "you see a preview of every line, and confirm it."},
		}},
	}
}

func howToFr() wordsOfBook {
	return wordsOfBook{
		title:   "Détail des billets",
		warning: spreadsheet.Note{Title: "Est-ce une adresse e-mail ?", Text: "Elle doit ressembler à nom@societe.fr. Les lignes dont l'adresse est fausse sont signalées à l'import."},
		prompt:  spreadsheet.Note{Title: "E-mail de l'invité", Text: "Les billets sont envoyés à cette adresse. Laissez vide pour ne rien changer."},
		sheet: spreadsheet.HowTo{Sheet: "Mode d'emploi", Title: "Comment remplir ce classeur", Rows: [][]string{
			{"Chaque ligne de la feuille « Tickets » est un billet. Saisissez vos invités dans les trois colonnes surlignées, enregistrez le fichier en .xlsx et importez-le."},
			{HeaderEmail, "L'adresse à laquelle le billet est envoyé. Un invité qui a plusieurs billets reçoit un seul message."},
			{HeaderFirst, "Le prénom de l'invité."},
			{HeaderLast, "Le nom de l'invité."},
			{"Lignes vides", "Une ligne sans adresse e-mail reste telle quelle : rien n'est envoyé."},
			{"Vous pouvez", "trier, filtrer, supprimer des lignes, déplacer ou ajouter des colonnes. Les colonnes Ticket ID et [NEW] CC Email doivent rester."},
			{"Saisissez", "les adresses en texte, pas en formule. Les autres cellules sont verrouillées, car elles ne sont pas relues."},
			{"Si un billet a changé de mains", "depuis la création de ce fichier, sa ligne est refusée et signalée. Exportez à nouveau et repartez de là."},
			{"Avant toute chose", "vous voyez un aperçu de chaque ligne, que vous confirmez."},
		}},
	}
}

func howToDe() wordsOfBook {
	return wordsOfBook{
		title:   "Ticketdetails",
		warning: spreadsheet.Note{Title: "Ist das eine E-Mail-Adresse?", Text: "Sie sollte aussehen wie name@firma.de. Zeilen mit falscher Adresse werden beim Import gemeldet."},
		prompt:  spreadsheet.Note{Title: "E-Mail des Gastes", Text: "An diese Adresse gehen die Tickets. Leer lassen, damit alles bleibt, wie es ist."},
		sheet: spreadsheet.HowTo{Sheet: "Anleitung", Title: "So füllen Sie diese Mappe aus", Rows: [][]string{
			{"Jede Zeile des Blatts „Tickets“ ist ein Ticket. Tragen Sie Ihre Gäste in die drei hervorgehobenen Spalten ein, speichern Sie die Datei als .xlsx und importieren Sie sie."},
			{HeaderEmail, "An diese Adresse geht das Ticket. Ein Gast mit mehreren Tickets bekommt eine einzige Nachricht."},
			{HeaderFirst, "Vorname des Gastes."},
			{HeaderLast, "Nachname des Gastes."},
			{"Leere Zeilen", "Eine Zeile ohne E-Mail-Adresse bleibt, wie sie ist: Es wird nichts verschickt."},
			{"Sie dürfen", "sortieren, filtern, Zeilen löschen, Spalten verschieben oder hinzufügen. Die Spalten Ticket ID und [NEW] CC Email müssen bleiben."},
			{"Bitte tippen Sie", "Adressen als Text, nicht als Formel. Die übrigen Zellen sind gesperrt, weil sie nicht zurückgelesen werden."},
			{"Hat ein Ticket", "seit der Ausgabe dieser Datei den Besitzer gewechselt, wird seine Zeile abgelehnt und genannt. Exportieren Sie neu und machen Sie dort weiter."},
			{"Bevor etwas geschieht", "sehen Sie eine Vorschau jeder Zeile und bestätigen sie."},
		}},
	}
}
