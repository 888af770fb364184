package errs

// ofCallers are about who asks and what he may do.
var ofCallers = map[string]words{
	"Sign in first.": {"Connectez-vous d’abord.", "Melden Sie sich zuerst an."},
	"You are not signed in. Sign in and try again.": {
		"Vous n’êtes pas connecté. Connectez-vous et réessayez.",
		"Sie sind nicht angemeldet. Melden Sie sich an, und versuchen Sie es noch einmal.",
	},
	"You may not look at this. Ask the organiser for access.": {
		"Vous n’avez pas le droit de voir ceci. Demandez l’accès à l’organisateur.",
		"Sie dürfen das nicht ansehen. Bitten Sie den Veranstalter um Zugang.",
	},
	"Your rights have changed. Sign in again.": {
		"Vos droits ont changé. Reconnectez-vous.",
		"Ihre Rechte haben sich geändert. Melden Sie sich neu an.",
	},
	"This session is not valid any more. Sign in again.": {
		"Cette session n’est plus valable. Reconnectez-vous.",
		"Diese Sitzung gilt nicht mehr. Melden Sie sich neu an.",
	},
	"This token is not valid any more. Use another one.": {
		"Ce jeton n’est plus valable. Utilisez-en un autre.",
		"Dieses Token gilt nicht mehr. Verwenden Sie ein anderes.",
	},
	"This token is not valid, or no longer. Make a new one.": {
		"Ce jeton n’est pas ou plus valable. Créez-en un nouveau.",
		"Dieses Token gilt nicht oder nicht mehr. Erstellen Sie ein neues.",
	},
	"This token may read only. Use one with the scope WRITE.": {
		"Ce jeton ne permet que de lire. Utilisez-en un qui a le droit WRITE.",
		"Dieses Token darf nur lesen. Verwenden Sie eines mit dem Recht WRITE.",
	},
	"An API token may not do this. Sign in with your password instead.": {
		"Un jeton d’API ne peut pas faire cela. Connectez-vous avec votre mot de passe.",
		"Ein API-Token darf das nicht. Melden Sie sich mit Ihrem Passwort an.",
	},
	"Come in with a session or with a token, not with both.": {
		"Présentez une session ou un jeton, pas les deux.",
		"Kommen Sie mit einer Sitzung oder mit einem Token, nicht mit beidem.",
	},
	"Only an administrator may do this. Ask one of your organisation.": {
		"Seul un administrateur peut faire cela. Adressez-vous à celui de votre organisation.",
		"Das darf nur ein Administrator. Wenden Sie sich an einen Ihrer Organisation.",
	},
	"Only the command line may do this.": {
		"Cela ne se fait qu’en ligne de commande.",
		"Das geht nur auf der Kommandozeile.",
	},
	"Only access control and operators may do this. Ask an administrator for the role.": {
		"Seuls le contrôle d’accès et les opérateurs peuvent faire cela. Demandez ce rôle à un administrateur.",
		"Das dürfen nur die Einlasskontrolle und Operatoren. Bitten Sie einen Administrator um die Rolle.",
	},
	"You may not read the audit log. Ask your organisation's admin.": {
		"Vous n’avez pas le droit de lire le journal d’audit. Adressez-vous à l’administrateur de votre organisation.",
		"Sie dürfen das Prüfprotokoll nicht lesen. Wenden Sie sich an den Administrator Ihrer Organisation.",
	},
	"You may not look at tickets. Ask the organiser for access.": {
		"Vous n’avez pas le droit de voir les billets. Demandez l’accès à l’organisateur.",
		"Sie dürfen keine Tickets ansehen. Bitten Sie den Veranstalter um Zugang.",
	},
	"You may not distribute tickets. Ask the organiser for a portal account.": {
		"Vous n’avez pas le droit de distribuer des billets. Demandez un compte du portail à l’organisateur.",
		"Sie dürfen keine Tickets verteilen. Bitten Sie den Veranstalter um ein Konto im Portal.",
	},
	"You may not look after personal data. Ask your organisation's admin.": {
		"Vous n’avez pas le droit de gérer les données personnelles. Adressez-vous à l’administrateur de votre organisation.",
		"Sie dürfen keine personenbezogenen Daten verwalten. Wenden Sie sich an den Admin Ihrer Organisation.",
	},
	"This person has %d tickets that are still to come. Take them back, or wait until they are over.": {
		"Cette personne a %d billets pour des dates à venir. Reprenez-les, ou attendez que ces dates soient passées.",
		"Diese Person hat %d Tickets für kommende Termine. Nehmen Sie sie zurück, oder warten Sie, bis die Termine vorbei sind.",
	},
	"Somebody offers this person %d tickets. Wait until that has ended.": {
		"Quelqu’un propose %d billets à cette personne. Attendez la fin de l’opération.",
		"Jemand bietet dieser Person %d Tickets an. Warten Sie, bis das beendet ist.",
	},
	"%d executions that have not ended are about this person. Wait for them, or cancel them.": {
		"%d exécutions en cours concernent cette personne. Attendez leur fin, ou annulez-les.",
		"%d laufende Ausführungen betreffen diese Person. Warten Sie darauf, oder brechen Sie sie ab.",
	},
	"This person acts for %d structures. Take that away first.": {
		"Cette personne agit pour %d structures. Retirez-lui d’abord ce rôle.",
		"Diese Person handelt für %d Strukturen. Nehmen Sie ihr das zuerst.",
	},
	"You may not change executions. Ask an operator.": {
		"Vous n’avez pas le droit de modifier des exécutions. Adressez-vous à un opérateur.",
		"Sie dürfen keine Ausführungen ändern. Wenden Sie sich an einen Operator.",
	},
	"You may not change seating plans. Ask an operator.": {
		"Vous n’avez pas le droit de modifier les plans de salle. Adressez-vous à un opérateur.",
		"Sie dürfen keine Saalpläne ändern. Wenden Sie sich an einen Operator.",
	},
	"You may not export seating plans. Ask the organiser.": {
		"Vous n’avez pas le droit d’exporter les plans de salle. Adressez-vous à l’organisateur.",
		"Sie dürfen keine Saalpläne exportieren. Wenden Sie sich an den Veranstalter.",
	},
	"Only operators and admins look at points of sale. Ask an admin.": {
		"Seuls les opérateurs et les administrateurs voient les points de vente. Adressez-vous à un administrateur.",
		"Verkaufsstellen sehen nur Operatoren und Administratoren. Wenden Sie sich an einen Administrator.",
	},
	"Only operators and admins look at channels. Ask an admin.": {
		"Seuls les opérateurs et les administrateurs voient les canaux. Adressez-vous à un administrateur.",
		"Kanäle sehen nur Operatoren und Administratoren. Wenden Sie sich an einen Administrator.",
	},
	"Only operators and admins look at the models of mails. Ask an admin.": {
		"Seuls les opérateurs et les administrateurs voient les modèles d’e-mails. Adressez-vous à un administrateur.",
		"E-Mail-Vorlagen sehen nur Operatoren und Administratoren. Wenden Sie sich an einen Administrator.",
	},
	"Only admins of the organisation change the models of mails. Ask one of them.": {
		"Seuls les administrateurs de l’organisation modifient les modèles d’e-mails. Adressez-vous à l’un d’eux.",
		"E-Mail-Vorlagen ändern nur Administratoren der Organisation. Wenden Sie sich an einen von ihnen.",
	},
	"Only admins of the organisation change points of sale. Ask one of them.": {
		"Seuls les administrateurs de l’organisation modifient les points de vente. Adressez-vous à l’un d’eux.",
		"Verkaufsstellen ändern nur Administratoren der Organisation. Wenden Sie sich an einen von ihnen.",
	},
	"Only the organiser looks at alerts.": {
		"Seul l’organisateur voit les alertes.",
		"Warnungen sieht nur der Veranstalter.",
	},
	"Only operators acknowledge alerts. Ask one of them.": {
		"Seuls les opérateurs prennent acte des alertes. Adressez-vous à l’un d’eux.",
		"Warnungen nehmen nur Operatoren zur Kenntnis. Wenden Sie sich an einen von ihnen.",
	},
	"Only the organiser looks at how take-backs are watched.": {
		"Seul l’organisateur voit comment les reprises sont surveillées.",
		"Wie Rücknahmen überwacht werden, sieht nur der Veranstalter.",
	},
	"Only admins of the organisation change how take-backs are watched. Ask one of them.": {
		"Seuls les administrateurs de l’organisation changent la surveillance des reprises. Adressez-vous à l’un d’eux.",
		"Wie Rücknahmen überwacht werden, ändern nur Administratoren der Organisation. Wenden Sie sich an einen von ihnen.",
	},
	"Only staff may read mails.": {
		"Seul le personnel de l’organisateur peut lire les e-mails.",
		"E-Mails dürfen nur Mitarbeiter des Veranstalters lesen.",
	},
	"Only operators may send mails again.": {
		"Seuls les opérateurs peuvent renvoyer des e-mails.",
		"E-Mails dürfen nur Operatoren erneut senden.",
	},
	"Carts belong to the sponsors' portal. Distribute from the back office directly.": {
		"Les paniers appartiennent au portail des sponsors. Depuis le back-office, distribuez directement.",
		"Warenkörbe gehören zum Portal der Sponsoren. Verteilen Sie aus dem Backoffice direkt.",
	},
	"Your point of sale does not offer the cart. Ask the organiser to switch on \"Cart\".": {
		"Votre point de vente ne propose pas le panier. Demandez à l’organisateur d’activer « Panier ».",
		"Ihre Verkaufsstelle bietet den Warenkorb nicht an. Bitten Sie den Veranstalter, „Warenkorb“ einzuschalten.",
	},
	"Your point of sale does not offer the import. Ask the organiser to switch on \"Import ticket details\".": {
		"Votre point de vente ne propose pas l’import. Demandez à l’organisateur d’activer « Importer les billets ».",
		"Ihre Verkaufsstelle bietet den Import nicht an. Bitten Sie den Veranstalter, „Ticketdetails importieren“ einzuschalten.",
	},
	"Your point of sale does not offer the seat map. Ask the organiser to switch on \"Advanced view\".": {
		"Votre point de vente ne propose pas le plan de salle. Demandez à l’organisateur d’activer « Vue avancée ».",
		"Ihre Verkaufsstelle bietet den Saalplan nicht an. Bitten Sie den Veranstalter, „Erweiterte Ansicht“ einzuschalten.",
	},
}
