package errs

// ofMissing are about what does not exist for the caller.
var ofMissing = map[string]words{
	"There is no alert with this id.": {
		"Il n’existe pas d’alerte avec cet identifiant.", "Es gibt keine Warnung mit dieser ID.",
	},
	"There is no cart with this id.": {
		"Il n’existe pas de panier avec cet identifiant.", "Es gibt keinen Warenkorb mit dieser ID.",
	},
	"There is no channel with this id.": {
		"Il n’existe pas de canal avec cet identifiant.", "Es gibt keinen Kanal mit dieser ID.",
	},
	"There is no contact with this id.": {
		"Il n’existe pas de contact avec cet identifiant.", "Es gibt keinen Kontakt mit dieser ID.",
	},
	"There is no entry with this id.": {
		"Il n’existe pas d’entrée du carnet d’adresses avec cet identifiant.", "Es gibt keinen Eintrag im Adressbuch mit dieser ID.",
	},
	"There is no execution with this id.": {
		"Il n’existe pas d’exécution avec cet identifiant.", "Es gibt keine Ausführung mit dieser ID.",
	},
	"There is no line with this id.": {
		"Il n’existe pas de ligne du panier avec cet identifiant.", "Es gibt keine Zeile im Warenkorb mit dieser ID.",
	},
	"There is no mail with this id.": {
		"Il n’existe pas d’e-mail avec cet identifiant.", "Es gibt keine E-Mail mit dieser ID.",
	},
	"There is no organisation with this id.": {
		"Il n’existe pas d’organisation avec cet identifiant.", "Es gibt keine Organisation mit dieser ID.",
	},
	"There is no performance with this id.": {
		"Il n’existe pas de séance avec cet identifiant.", "Es gibt keine Veranstaltung mit dieser ID.",
	},
	"There is no product with this id.": {
		"Il n’existe pas de produit avec cet identifiant.", "Es gibt kein Produkt mit dieser ID.",
	},
	"There is no point of sale with this id.": {
		"Il n’existe pas de point de vente avec cet identifiant.", "Es gibt keine Verkaufsstelle mit dieser ID.",
	},
	"There is no sponsor with this id.": {
		"Il n’existe pas de sponsor avec cet identifiant.", "Es gibt keinen Sponsor mit dieser ID.",
	},
	"There is no structure with this id.": {
		"Il n’existe pas de structure avec cet identifiant.", "Es gibt keine juristische Person mit dieser ID.",
	},
	"There is no ticket with this id.": {
		"Il n’existe pas de billet avec cet identifiant.", "Es gibt kein Ticket mit dieser ID.",
	},
	"There is no token with this id.": {
		"Il n’existe pas de jeton avec cet identifiant.", "Es gibt kein Token mit dieser ID.",
	},
	"There is no user with this id.": {
		"Il n’existe pas d’utilisateur avec cet identifiant.", "Es gibt keinen Benutzer mit dieser ID.",
	},
	"There is no venue with this id.": {
		"Il n’existe pas de lieu avec cet identifiant.", "Es gibt keinen Ort mit dieser ID.",
	},
	"There is no view with this id.": {
		"Il n’existe pas de vue avec cet identifiant.", "Es gibt keine Ansicht mit dieser ID.",
	},
	"There is no organisation with the code %s.": {
		"Il n’existe pas d’organisation avec le code %s.", "Es gibt keine Organisation mit dem Code %s.",
	},
	"There is no point of sale with the code %s.": {
		"Il n’existe pas de point de vente avec le code %s.", "Es gibt keine Verkaufsstelle mit dem Code %s.",
	},
	"There is no venue with the code %s.": {
		"Il n’existe pas de lieu avec le code %s.", "Es gibt keinen Ort mit dem Code %s.",
	},
	"There is no contact with the number %d.": {
		"Il n’existe pas de contact avec le numéro %d.", "Es gibt keinen Kontakt mit der Nummer %d.",
	},
	"Nobody signs in with this address.": {
		"Personne ne se connecte avec cette adresse.", "Mit dieser Adresse meldet sich niemand an.",
	},
}
