package command_test

import (
	"gradin/server/config"
	"io"
	"strings"
	"testing"
)

// TestRefusals_UI1_comeInTheReadersLanguage asks over HTTP for what is refused:
// the account's language counts, and the browser's while nobody is signed in.
func TestRefusals_UI1_comeInTheReadersLanguage(t *testing.T) {
	furnished(t, func(t *testing.T, c config.Serve) {
		c.Development = true
		s := start(t, c, io.Discard)
		relay := signIn(t, s.URL, "relay@banquedulac.example")
		speak := func(language string) {
			r := request{query: `mutation { updatePreferences(input: { language: ` + language + ` }) { userErrors { message } } }`}
			if got := r.send(t, s.URL, relay).text; strings.Contains(got, "message") {
				t.Fatal(got)
			}
		}
		const (
			wrong = `mutation { signIn(input: { email: "nobody@courrier.example", password: "nothing that fits" }) { userErrors { message } } }`
			none  = `mutation { distribute(input: { moves: [] }) { userErrors { message } } }`
			many  = `{ tickets(first: 500) { totalCount } }`
		)
		for _, row := range []struct {
			name, account, query, header, token, want string
		}{
			{"a browser without a language", "", wrong, "", "", "You could not be signed in: the e-mail address"},
			{"a browser in French", "", wrong, "fr-CH, fr;q=0.9, en;q=0.8", "", "La connexion a échoué : l’adresse e-mail"},
			{"a browser in German", "", wrong, "de", "", "Die Anmeldung ist gescheitert: Die E-Mail-Adresse"},
			{"a browser in Italian", "", wrong, "it", "", "You could not be signed in: the e-mail address"},
			{"a stranger who looks at tickets", "", `{ tickets(first: 5) { totalCount } }`, "fr", "", "Connectez-vous d’abord."},
			{"a program with a bad token", "", many, "fr", "gradin_nothing", "Ce jeton n’est pas ou plus valable. Créez-en un nouveau."},
			{"an English relay with a French browser", "EN", none, "fr", "", "A call carries 1 to 10000 moves; this one carries 0."},
			{"a French relay, about an input", "FR", none, "de", "", "Un appel porte de 1 à 10000 mouvements ; celui-ci en porte 0."},
			{"a French relay, about a query", "FR", many, "", "", "Une page a de 0 à 200 éléments ; 500 ont été demandés."},
			{"a German relay, about an input", "DE", none, "fr", "", "Ein Aufruf enthält 1 bis 10000 Bewegungen; dieser enthält 0."},
			{"a German relay, about a query", "DE", many, "", "", "Eine Seite hat 0 bis 200 Elemente; 500 waren verlangt."},
		} {
			cookie := ""
			if row.account != "" {
				speak(row.account)
				cookie = relay
			}
			r := request{query: row.query, language: row.header, token: row.token}
			if got := r.send(t, s.URL, cookie).text; !strings.Contains(got, row.want) {
				t.Errorf("%s is told %s", row.name, got)
			}
		}
	})
}
