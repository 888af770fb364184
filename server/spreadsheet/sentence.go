package spreadsheet

import (
	"strconv"
	"strings"
)

// Sentence says in "en", "fr" or "de" (else English) what is wrong with the
// file and what to do about it, in one or two full sentences.
func (r *Refusal) Sentence(language string) string {
	s := sentences(r.Key)
	text := s.en
	switch language {
	case "fr":
		text = s.fr
	case "de":
		text = s.de
	}
	if r.Row == 0 {
		// A part in brackets names the row and falls away without one.
		text = withoutBrackets(text)
	}
	return strings.NewReplacer(
		"[", "", "]", "",
		"{row}", strconv.Itoa(r.Row),
		"{limit}", strconv.FormatInt(r.Limit, 10),
		"{MiB}", strconv.FormatInt(r.Limit>>20, 10),
	).Replace(text)
}

func withoutBrackets(text string) string {
	before, rest, found := strings.Cut(text, "[")
	if !found {
		return text
	}
	_, after, _ := strings.Cut(rest, "]")
	return before + after
}

type sentence struct{ en, fr, de string }

func sentences(key Key) sentence {
	switch key {
	case KeyEmptyFile:
		return sentence{
			"The file is empty. Choose the workbook again.",
			"Le fichier est vide. Choisissez à nouveau le classeur.",
			"Die Datei ist leer. Wählen Sie die Arbeitsmappe noch einmal aus.",
		}
	case KeyFileTooLarge:
		return sentence{
			"The file is larger than {MiB} MiB. Split it into several files.",
			"Le fichier dépasse {MiB} Mio. Répartissez-le en plusieurs fichiers.",
			"Die Datei ist größer als {MiB} MiB. Teilen Sie sie in mehrere Dateien auf.",
		}
	case KeyOldExcel:
		return sentence{
			"This is a workbook in the old Excel format (.xls). Open it, choose “Save as”, take “Excel Workbook (.xlsx)” and send that file.",
			"Ce classeur est dans l’ancien format Excel (.xls). Ouvrez-le, choisissez « Enregistrer sous », prenez « Classeur Excel (.xlsx) » et envoyez ce fichier.",
			"Das ist eine Arbeitsmappe im alten Excel-Format (.xls). Öffnen Sie sie, wählen Sie „Speichern unter“, dann „Excel-Arbeitsmappe (.xlsx)“, und senden Sie diese Datei.",
		}
	case KeyBinaryExcel:
		return sentence{
			"This is a binary Excel workbook (.xlsb). Open it, choose “Save as”, take “Excel Workbook (.xlsx)” and send that file.",
			"C’est un classeur Excel binaire (.xlsb). Ouvrez-le, choisissez « Enregistrer sous », prenez « Classeur Excel (.xlsx) » et envoyez ce fichier.",
			"Das ist eine binäre Excel-Arbeitsmappe (.xlsb). Öffnen Sie sie, wählen Sie „Speichern unter“, dann „Excel-Arbeitsmappe (.xlsx)“, und senden Sie diese Datei.",
		}
	case KeyPassword:
		return sentence{
			"The workbook is protected with a password. Open it, remove the password, save it as .xlsx and send that file.",
			"Le classeur est protégé par un mot de passe. Ouvrez-le, retirez le mot de passe, enregistrez-le en .xlsx et envoyez ce fichier.",
			"Die Arbeitsmappe ist mit einem Kennwort geschützt. Öffnen Sie sie, entfernen Sie das Kennwort, speichern Sie sie als .xlsx und senden Sie diese Datei.",
		}
	case KeyOpenDocument:
		return sentence{
			"This is an OpenDocument file (.ods). Open it, choose “Save as”, take “Excel 2007–365 (.xlsx)” and send that file.",
			"C’est un fichier OpenDocument (.ods). Ouvrez-le, choisissez « Enregistrer sous », prenez « Excel 2007–365 (.xlsx) » et envoyez ce fichier.",
			"Das ist eine OpenDocument-Datei (.ods). Öffnen Sie sie, wählen Sie „Speichern unter“, dann „Excel 2007–365 (.xlsx)“, und senden Sie diese Datei.",
		}
	case KeyNumbers:
		return sentence{
			"This is a Numbers document. Open it, choose File › Export To › Excel, take .xlsx and send that file.",
			"C’est un document Numbers. Ouvrez-le, choisissez Fichier › Exporter vers › Excel, prenez .xlsx et envoyez ce fichier.",
			"Das ist ein Numbers-Dokument. Öffnen Sie es, wählen Sie Ablage › Exportieren › Excel, dann .xlsx, und senden Sie diese Datei.",
		}
	case KeyMacros:
		return sentence{
			"The workbook contains macros, which are not accepted. Open it, choose “Save as”, take “Excel Workbook (.xlsx)” and send that file.",
			"Le classeur contient des macros, qui ne sont pas acceptées. Ouvrez-le, choisissez « Enregistrer sous », prenez « Classeur Excel (.xlsx) » et envoyez ce fichier.",
			"Die Arbeitsmappe enthält Makros; das ist nicht erlaubt. Öffnen Sie sie, wählen Sie „Speichern unter“, dann „Excel-Arbeitsmappe (.xlsx)“, und senden Sie diese Datei.",
		}
	default:
		return contentSentences(key)
	}
}

// contentSentences are about what is inside a file of the right kind.
func contentSentences(key Key) sentence {
	switch key {
	case KeyUnsafeArchive:
		return sentence{
			"The file is packed in a way no spreadsheet program does. Open it in Excel or LibreOffice, save it as a new .xlsx file and send that one.",
			"Le fichier est compressé d’une manière qu’aucun tableur n’emploie. Ouvrez-le dans Excel ou LibreOffice, enregistrez-le comme nouveau fichier .xlsx et envoyez celui-ci.",
			"Die Datei ist so gepackt, wie es kein Tabellenprogramm tut. Öffnen Sie sie in Excel oder LibreOffice, speichern Sie sie als neue .xlsx-Datei und senden Sie diese.",
		}
	case KeyUnpacksTooMuch:
		return sentence{
			"The file unpacks to more than is accepted ({MiB} MiB). Copy the rows you need into a new workbook, or split it into several files.",
			"Une fois décompressé, le fichier dépasse ce qui est accepté ({MiB} Mio). Copiez les lignes utiles dans un nouveau classeur ou répartissez-les en plusieurs fichiers.",
			"Entpackt ist die Datei größer als erlaubt ({MiB} MiB). Kopieren Sie die nötigen Zeilen in eine neue Arbeitsmappe, oder teilen Sie sie in mehrere Dateien auf.",
		}
	case KeyMostlyEmpty:
		return sentence{
			"The sheet consists mostly of empty, formatted cells. Delete the empty rows and columns, or copy the filled rows into a new workbook.",
			"La feuille se compose surtout de cellules vides mises en forme. Supprimez les lignes et colonnes vides, ou copiez les lignes remplies dans un nouveau classeur.",
			"Das Blatt besteht vor allem aus leeren, formatierten Zellen. Löschen Sie die leeren Zeilen und Spalten, oder kopieren Sie die gefüllten Zeilen in eine neue Arbeitsmappe.",
		}
	case KeyDamaged:
		return sentence{
			"The file is damaged or incomplete[ (at row {row})], so nothing was read. Open it in Excel or LibreOffice, save it as a new .xlsx file and send that one.",
			"Le fichier est endommagé ou incomplet[ (à la ligne {row})] ; rien n’a été lu. Ouvrez-le dans Excel ou LibreOffice, enregistrez-le comme nouveau fichier .xlsx et envoyez celui-ci.",
			"Die Datei ist beschädigt oder unvollständig[ (bei Zeile {row})]; es wurde nichts gelesen. Öffnen Sie sie in Excel oder LibreOffice, speichern Sie sie als neue .xlsx-Datei und senden Sie diese.",
		}
	case KeyNoSheet:
		return sentence{
			"The workbook has no sheet with cells. Choose another file.",
			"Le classeur n’a aucune feuille avec des cellules. Choisissez un autre fichier.",
			"Die Arbeitsmappe hat kein Blatt mit Zellen. Wählen Sie eine andere Datei.",
		}
	case KeyNotSpreadsheet:
		return sentence{
			"This file is not a spreadsheet. Send a workbook saved as .xlsx, or a .csv file.",
			"Ce fichier n’est pas un tableur. Envoyez un classeur enregistré en .xlsx, ou un fichier .csv.",
			"Diese Datei ist keine Tabelle. Senden Sie eine als .xlsx gespeicherte Arbeitsmappe oder eine .csv-Datei.",
		}
	default:
		return rowSentences(key)
	}
}

// rowSentences are about rows that are too many or wrong.
func rowSentences(key Key) sentence {
	switch key {
	case KeyTooManyRows:
		return sentence{
			"The sheet has more than {limit} rows. Split it into several files, each with the header row.",
			"La feuille a plus de {limit} lignes. Répartissez-la en plusieurs fichiers, chacun avec la ligne d’en-tête.",
			"Das Blatt hat mehr als {limit} Zeilen. Teilen Sie es in mehrere Dateien auf, jede mit der Kopfzeile.",
		}
	case KeyTooManyColumns:
		return sentence{
			"[Row {row} has content beyond column {limit}. ]Only the first {limit} columns are read; delete what stands to their right.",
			"[La ligne {row} a du contenu au-delà de la colonne {limit}. ]Seules les {limit} premières colonnes sont lues ; supprimez ce qui se trouve à leur droite.",
			"[Zeile {row} hat Inhalt hinter Spalte {limit}. ]Nur die ersten {limit} Spalten werden gelesen; löschen Sie, was rechts davon steht.",
		}
	case KeyCellTooLong:
		return sentence{
			"[Row {row}: ]A cell holds more text than a spreadsheet allows. Shorten it and send the file again.",
			"[Ligne {row} : ]Une cellule contient plus de texte qu’un tableur ne le permet. Raccourcissez-le et renvoyez le fichier.",
			"[Zeile {row}: ]Eine Zelle enthält mehr Text, als ein Tabellenblatt erlaubt. Kürzen Sie ihn und senden Sie die Datei noch einmal.",
		}
	case KeyOpenQuote:
		return sentence{
			"[Row {row}: ]A quotation mark is opened and never closed. Close or remove it, or save the table as .xlsx.",
			"[Ligne {row} : ]Un guillemet est ouvert et jamais fermé. Fermez-le ou retirez-le, ou enregistrez le tableau en .xlsx.",
			"[Zeile {row}: ]Ein Anführungszeichen wird geöffnet und nie geschlossen. Schließen oder entfernen Sie es, oder speichern Sie die Tabelle als .xlsx.",
		}
	default:
		return sentence{string(key) + ".", string(key) + ".", string(key) + "."}
	}
}
