package errs_test

import (
	"fmt"
	"testing"

	"gradin/server/errs"
)

type spoken map[string]string

func (s spoken) In(language string) string { return s[language] }

func TestIn_saysTheSentenceAndLeavesTheLogEnglish(t *testing.T) {
	t.Parallel()
	zone := spoken{"EN": "zone", "FR": "la zone", "DE": "die Zone"}
	for _, row := range []struct {
		name       string
		error      *errs.Error
		en, fr, de string
	}{
		{
			"with figures", errs.New(errs.LimitExceeded, "Name 1 to %d lines.", 9).At("lineIds"),
			"Name 1 to 9 lines.", "Nommez de 1 à 9 lignes.", "Nennen Sie 1 bis 9 Zeilen.",
		},
		{
			"about what is missing", errs.Missing("ticket").Because(fmt.Errorf("gone")),
			"There is no ticket with this id.", "Il n’existe pas de billet avec cet identifiant.", "Es gibt kein Ticket mit dieser ID.",
		},
		{"that translates itself", errs.Say(errs.Invalid, zone), "zone", "la zone", "die Zone"},
		{"that nobody translated", errs.New(errs.Invalid, "Never said: %d.", 1), "Never said: 1.", "Never said: 1.", "Never said: 1."},
	} {
		for language, want := range map[string]string{"EN": row.en, "FR": row.fr, "DE": row.de} {
			if got := row.error.In(language); got != want {
				t.Errorf("a sentence %s is in %s %q", row.name, language, got)
			}
		}
		if row.error.Error() != row.en || row.error.Message != row.en {
			t.Errorf("a sentence %s is logged as %q", row.name, row.error.Error())
		}
	}
}
