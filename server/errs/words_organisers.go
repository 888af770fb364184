package errs

// ofOrganisers are about what the organiser sets up: points of sale, the watch
// over take-backs, the catalogue and the demo.
var ofOrganisers = map[string]words{
	"Ask for 1 to %d weeks.": {
		"Demandez de 1 à %d semaines.",
		"Fragen Sie nach 1 bis %d Wochen.",
	},
	"Downloaded tickets can be taken back only where tickets that were sent, and not downloaded, can be. " +
		"Allow the take-back of sent tickets first, or turn that of downloaded ones off.": {
		"Les billets téléchargés ne peuvent être repris que si les billets envoyés et non téléchargés peuvent l’être. " +
			"Autorisez d’abord la reprise des billets envoyés, ou désactivez celle des billets téléchargés.",
		"Heruntergeladene Tickets können nur zurückgeholt werden, wenn auch versandte zurückgeholt werden dürfen. " +
			"Erlauben Sie zuerst die Rücknahme versandter Tickets, oder schalten Sie die der heruntergeladenen aus.",
	},
	"A ticket that is passed on is on offer for 1 to %d hours.": {
		"Un billet transmis se propose pendant 1 à %d heures.",
		"Ein weitergegebenes Ticket steht 1 bis %d Stunden lang zur Wahl.",
	},
	"Guests are reminded %d times at most, 1 to %d hours before the start.": {
		"Les invités sont relancés %d fois au plus, de 1 à %d heures avant le début.",
		"Gäste werden höchstens %d-mal erinnert, 1 bis %d Stunden vor Beginn.",
	},
	"A distribution has to open before it closes. Let it open earlier, or close later.": {
		"Une distribution doit commencer avant de finir. Faites-la commencer plus tôt, ou finir plus tard.",
		"Eine Verteilung muss beginnen, bevor sie endet. Lassen Sie sie früher beginnen oder später enden.",
	},
	"A distribution opens and closes 0 minutes to 2 years before the start.": {
		"Une distribution commence et finit de 0 minute à 2 ans avant le début.",
		"Eine Verteilung beginnt und endet 0 Minuten bis 2 Jahre vor Beginn der Veranstaltung.",
	},
	"A guest may have 1 to %d tickets. Leave the limit empty for any number.": {
		"Un invité peut avoir de 1 à %d billets. Laissez la limite vide pour un nombre quelconque.",
		"Ein Gast darf 1 bis %d Tickets haben. Lassen Sie die Grenze leer, wenn es beliebig viele sein dürfen.",
	},
	"The same field is asked for twice. Leave one out.": {
		"Le même champ est demandé deux fois. Retirez-en un.",
		"Dasselbe Feld wird zweimal erfragt. Lassen Sie eines weg.",
	},
	"Only operators and admins look at the rules of products. Ask an admin.": {
		"Seuls les opérateurs et les administrateurs voient les règles des produits. Adressez-vous à un administrateur.",
		"Nur Bediener und Administratoren sehen die Regeln der Produkte. Fragen Sie einen Administrator.",
	},
	"Only admins of the organisation change the rules of products. Ask one of them.": {
		"Seuls les administrateurs de l’organisation modifient les règles des produits. Adressez-vous à l’un d’eux.",
		"Nur Administratoren der Organisation ändern die Regeln der Produkte. Fragen Sie einen von ihnen.",
	},
	"Write down what you found, in at most %d characters.": {
		"Écrivez ce que vous avez constaté, en %d caractères au plus.",
		"Schreiben Sie auf, was Sie festgestellt haben, mit höchstens %d Zeichen.",
	},
	"Somebody has acknowledged this alert already. Look at his note.": {
		"Quelqu’un a déjà pris acte de cette alerte. Regardez sa note.",
		"Jemand hat diese Warnung schon zur Kenntnis genommen. Sehen Sie sich seine Notiz an.",
	},
	"Give a number of times from 0 (off) to %d.": {
		"Donnez un nombre de fois de 0 (désactivé) à %d.",
		"Geben Sie an, wie oft, von 0 (aus) bis %d.",
	},
	"Give a share from 0 (off) to 100 percent.": {
		"Donnez une part de 0 (désactivé) à 100 pour cent.",
		"Geben Sie einen Anteil von 0 (aus) bis 100 Prozent an.",
	},
	"Give a number of hours from 0 (off) to %d.": {
		"Donnez un nombre d’heures de 0 (désactivé) à %d.",
		"Geben Sie eine Zahl von Stunden von 0 (aus) bis %d an.",
	},
	"Give the organisation a name of 1 to %d characters, on one line.": {
		"Donnez à l’organisation un nom de 1 à %d caractères, sur une ligne.",
		"Geben Sie der Organisation einen Namen mit 1 bis %d Zeichen, auf einer Zeile.",
	},
	"Give %d addresses for alerts at most.": {
		"Donnez au plus %d adresses pour les alertes.",
		"Geben Sie höchstens %d Adressen für Warnungen an.",
	},
	"%q is not an e-mail address. Correct it or take it out.": {
		"%q n’est pas une adresse e-mail. Corrigez-la ou retirez-la.",
		"%q ist keine E-Mail-Adresse. Berichtigen oder entfernen Sie sie.",
	},
	"Only admins of the organisation change what is said of it. Ask one of them.": {
		"Seuls les administrateurs de l’organisation modifient ce qui est dit d’elle. Demandez à l’un d’eux.",
		"Nur Administratoren der Organisation ändern, was von ihr gesagt wird. Fragen Sie einen von ihnen.",
	},
	"Only the organiser looks at where alerts go.": {
		"Seul l’organisateur voit où vont les alertes.",
		"Nur der Veranstalter sieht, wohin Warnungen gehen.",
	},
	"The file of a mark has 512 KiB at most. Save the picture smaller.": {
		"Le fichier d’un logo a au plus 512 Kio. Enregistrez l’image plus petite.",
		"Die Datei eines Logos hat höchstens 512 KiB. Speichern Sie das Bild kleiner.",
	},
	"This is not a PNG or JPEG picture. Choose another file.": {
		"Ce n’est pas une image PNG ou JPEG. Choisissez un autre fichier.",
		"Das ist kein PNG- oder JPEG-Bild. Wählen Sie eine andere Datei.",
	},
	"A mark has %d pixels each way at least and 4 million in all at most; this picture has %d by %d.": {
		"Un logo a au moins %d pixels de chaque côté et au plus 4 millions en tout ; cette image en a %d sur %d.",
		"Ein Logo hat mindestens %d Pixel je Seite und höchstens 4 Millionen insgesamt; dieses Bild hat %d mal %d.",
	},
	"This picture is damaged. Choose another file.": {
		"Cette image est endommagée. Choisissez un autre fichier.",
		"Dieses Bild ist beschädigt. Wählen Sie eine andere Datei.",
	},
	"An institution's code has 1 to 12 characters.": {
		"Le code d’une institution a de 1 à 12 caractères.",
		"Der Code einer Institution hat 1 bis 12 Zeichen.",
	},
	"A code has 1 to 30 capital letters, digits, _ . and -; %q is not one.": {
		"Un code a de 1 à 30 majuscules, chiffres, _ . et - ; %q n’en est pas un.",
		"Ein Code hat 1 bis 30 Großbuchstaben, Ziffern, _ . und -; %q ist keiner.",
	},
	"There is no time zone %q. Write it like Europe/Paris.": {
		"Il n’existe pas de fuseau horaire %q. Écrivez-le comme Europe/Paris.",
		"Es gibt keine Zeitzone %q. Schreiben Sie sie wie Europe/Paris.",
	},
	"%q is not a currency's code. Write it like EUR.": {
		"%q n’est pas le code d’une monnaie. Écrivez-le comme EUR.",
		"%q ist kein Code einer Währung. Schreiben Sie ihn wie EUR.",
	},
	"There is an organisation with the code %s already. Choose another code.": {
		"Il existe déjà une organisation avec le code %s. Choisissez un autre code.",
		"Es gibt schon eine Organisation mit dem Code %s. Wählen Sie einen anderen.",
	},
	"A catalogue has 64 MiB at most. Split it into several.": {
		"Un catalogue a au plus 64 Mio. Répartissez-le en plusieurs.",
		"Ein Katalog hat höchstens 64 MiB. Teilen Sie ihn in mehrere auf.",
	},
	"The file is not JSON: %v.": {
		"Le fichier n’est pas du JSON : %v.",
		"Die Datei ist kein JSON: %v.",
	},
	"Something follows the end of the catalogue in the file.": {
		"Quelque chose suit la fin du catalogue dans le fichier.",
		"In der Datei folgt etwas nach dem Ende des Katalogs.",
	},
	"The demo is there already. Use another data folder or database for a new one.": {
		"La démo existe déjà. Utilisez un autre dossier de données ou une autre base pour une nouvelle.",
		"Die Demo gibt es schon. Verwenden Sie für eine neue einen anderen Datenordner oder eine andere Datenbank.",
	},
	"A demo has 0 to %d tickets. Choose another number.": {
		"Une démo a de 0 à %d billets. Choisissez un autre nombre.",
		"Eine Demo hat 0 bis %d Tickets. Wählen Sie eine andere Zahl.",
	},
	"The demo's password has %d to %d characters. Choose another one.": {
		"Le mot de passe de la démo a de %d à %d caractères. Choisissez-en un autre.",
		"Das Passwort der Demo hat %d bis %d Zeichen. Wählen Sie ein anderes.",
	},
	"This model cannot be used. The reason: %s.": {
		"Ce modèle est inutilisable. La raison : %s.",
		"Diese Vorlage kann nicht verwendet werden. Der Grund: %s.",
	},
	"There is no model of your own here any more. Load the page again.": {
		"Il n’y a plus de modèle à vous ici. Rechargez la page.",
		"Hier gibt es keine eigene Vorlage mehr. Laden Sie die Seite neu.",
	},
	"The demo needs to know what time it is.": {
		"La démo doit savoir quelle heure il est.",
		"Die Demo muss wissen, wie spät es ist.",
	},
}
