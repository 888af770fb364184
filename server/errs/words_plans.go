package errs

// ofPlans are about the files of seating plans.
var ofPlans = map[string]words{
	"The plan cannot be imported: %s": {
		"Le plan ne peut pas être importé : %s",
		"Der Plan kann nicht importiert werden: %s",
	},
	"The plan cannot be imported, for %d reasons. The first: %s": {
		"Le plan ne peut pas être importé, pour %d raisons. La première : %s",
		"Der Plan kann aus %d Gründen nicht importiert werden. Der erste: %s",
	},
	"The file is larger than %d MiB. Split the plan or remove what is not needed.": {
		"Le fichier dépasse %d Mio. Répartissez le plan ou retirez ce qui est inutile.",
		"Die Datei ist größer als %d MiB. Teilen Sie den Plan auf, oder entfernen Sie, was nicht nötig ist.",
	},
	"The file holds more than %d values. Split the plan or remove what is not needed.": {
		"Le fichier contient plus de %d valeurs. Répartissez le plan ou retirez ce qui est inutile.",
		"Die Datei enthält mehr als %d Werte. Teilen Sie den Plan auf, oder entfernen Sie, was nicht nötig ist.",
	},
	"The file is not in UTF-8. Save it as a UTF-8 text.": {
		"Le fichier n’est pas en UTF-8. Enregistrez-le comme texte UTF-8.",
		"Die Datei ist nicht in UTF-8. Speichern Sie sie als UTF-8-Text.",
	},
	"The file is not a JSON document: %s, after byte %d.": {
		"Le fichier n’est pas un document JSON : %s, après l’octet %d.",
		"Die Datei ist kein JSON-Dokument: %s, nach Byte %d.",
	},
}
