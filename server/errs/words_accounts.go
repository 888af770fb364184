package errs

// ofAccounts are about users, passwords and tokens.
var ofAccounts = map[string]words{
	"You could not be signed in: the e-mail address or the password is wrong, or there were too many attempts. " +
		"Check both and try again; after five failures wait a minute or longer.": {
		"La connexion a échoué : l’adresse e-mail ou le mot de passe est faux, ou il y a eu trop de tentatives. " +
			"Vérifiez les deux et réessayez ; après cinq échecs, attendez une minute ou plus.",
		"Die Anmeldung ist gescheitert: Die E-Mail-Adresse oder das Passwort ist falsch, oder es waren zu viele Versuche. " +
			"Prüfen Sie beides, und versuchen Sie es noch einmal; warten Sie nach fünf Fehlversuchen eine Minute oder länger.",
	},
	"There were too many attempts to sign in with this e-mail address. Wait %d seconds and try again.": {
		"Il y a eu trop de tentatives de connexion avec cette adresse e-mail. Attendez %d secondes et réessayez.",
		"Mit dieser E-Mail-Adresse waren es zu viele Anmeldeversuche. Warten Sie %d Sekunden, und versuchen Sie es noch einmal.",
	},
	"The present password is wrong, or there were too many attempts. Check it, or wait a minute or longer.": {
		"Le mot de passe actuel est faux, ou il y a eu trop de tentatives. Vérifiez-le, ou attendez une minute ou plus.",
		"Das jetzige Passwort ist falsch, oder es waren zu viele Versuche. Prüfen Sie es, oder warten Sie eine Minute oder länger.",
	},
	"A password has %d to %d characters. Choose a few words that nobody would guess.": {
		"Un mot de passe a de %d à %d caractères. Choisissez quelques mots que personne ne devinerait.",
		"Ein Passwort hat %d bis %d Zeichen. Wählen Sie ein paar Wörter, die niemand errät.",
	},
	"This password is on every list of common passwords. Choose another one.": {
		"Ce mot de passe figure sur toutes les listes de mots de passe courants. Choisissez-en un autre.",
		"Dieses Passwort steht auf jeder Liste verbreiteter Passwörter. Wählen Sie ein anderes.",
	},
	"A password must not contain the name of your e-mail address. Choose another one.": {
		"Un mot de passe ne doit pas contenir le nom de votre adresse e-mail. Choisissez-en un autre.",
		"Ein Passwort darf den Namen Ihrer E-Mail-Adresse nicht enthalten. Wählen Sie ein anderes.",
	},
	"%q is not an e-mail address. Write it like name@example.org.": {
		"%q n’est pas une adresse e-mail. Écrivez-la comme nom@exemple.org.",
		"%q ist keine E-Mail-Adresse. Schreiben Sie sie wie name@beispiel.org.",
	},
	"This address signs in already. Use another one.": {
		"Cette adresse sert déjà à se connecter. Utilisez-en une autre.",
		"Mit dieser Adresse meldet sich schon jemand an. Verwenden Sie eine andere.",
	},
	"Give a name of 1 to 200 characters.": {
		"Donnez un nom de 1 à 200 caractères.",
		"Geben Sie einen Namen mit 1 bis 200 Zeichen an.",
	},
	"There is no role %q. Choose one of %s.": {
		"Il n’existe pas de rôle %q. Choisissez parmi %s.",
		"Es gibt keine Rolle %q. Wählen Sie eine von diesen: %s.",
	},
	"There is no language %q. Choose EN, FR or DE.": {
		"Il n’existe pas de langue %q. Choisissez EN, FR ou DE.",
		"Es gibt keine Sprache %q. Wählen Sie EN, FR oder DE.",
	},
	"An institution's admin has no organisation, everybody else has one.": {
		"L’administrateur d’une institution n’a pas d’organisation, tous les autres en ont une.",
		"Der Administrator einer Institution hat keine Organisation, alle anderen haben eine.",
	},
	"A portal user is one of the organisation's contacts, nobody else is.": {
		"Un utilisateur du portail est un des contacts de l’organisation, personne d’autre ne l’est.",
		"Ein Benutzer des Portals ist einer der Kontakte der Organisation, sonst niemand.",
	},
	"Only a contact acts for a structure. Name the contact too.": {
		"Seul un contact agit pour une structure. Indiquez aussi le contact.",
		"Nur ein Kontakt handelt für eine juristische Person. Nennen Sie auch den Kontakt.",
	},
	"This token may only read. Use one with the scope WRITE.": {
		"Ce jeton ne permet que de lire. Utilisez-en un qui a le droit WRITE.",
		"Dieses Token darf nur lesen. Verwenden Sie eines mit dem Recht WRITE.",
	},
	"Give the view a name of 1 to 100 characters.": {
		"Donnez à la vue un nom de 1 à 100 caractères.",
		"Geben Sie der Ansicht einen Namen mit 1 bis 100 Zeichen.",
	},
	"The address of a page begins with one slash and has at most 200 characters.": {
		"L’adresse d’une page commence par une seule barre oblique et compte au plus 200 caractères.",
		"Die Adresse einer Seite beginnt mit einem Schrägstrich und hat höchstens 200 Zeichen.",
	},
	"A view keeps filters of at most 2,000 characters. Choose fewer.": {
		"Une vue garde des filtres de 2 000 caractères au plus. Choisissez-en moins.",
		"Eine Ansicht behält Filter mit höchstens 2.000 Zeichen. Wählen Sie weniger.",
	},
	"You may keep at most %d views. Delete one first.": {
		"Vous pouvez garder au plus %d vues. Supprimez-en d’abord une.",
		"Sie können höchstens %d Ansichten behalten. Löschen Sie zuerst eine.",
	},
	"Another view of this page has this name. Choose another one.": {
		"Une autre vue de cette page a ce nom. Choisissez-en un autre.",
		"Eine andere Ansicht dieser Seite hat diesen Namen. Wählen Sie einen anderen.",
	},
	"Give the token a name of 1 to 100 characters.": {
		"Donnez au jeton un nom de 1 à 100 caractères.",
		"Geben Sie dem Token einen Namen mit 1 bis 100 Zeichen.",
	},
	"Choose what the token may do: READ, or READ and WRITE.": {
		"Choisissez ce que permet le jeton : READ, ou READ et WRITE.",
		"Wählen Sie, was das Token darf: READ, oder READ und WRITE.",
	},
	"There is no scope %q. Choose READ or WRITE.": {
		"Il n’existe pas de droit %q. Choisissez READ ou WRITE.",
		"Es gibt kein Recht %q. Wählen Sie READ oder WRITE.",
	},
	"A token ends in the future, a year ahead at most. Choose another time.": {
		"Un jeton expire dans le futur, dans un an au plus. Choisissez une autre date.",
		"Ein Token endet in der Zukunft, spätestens in einem Jahr. Wählen Sie einen anderen Zeitpunkt.",
	},
}
