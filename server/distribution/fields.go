package distribution

import (
	"encoding/json"
	"strings"
	"time"

	"gradin/server/term"
)

// Fields is what an organiser asks of a guest beyond e-mail and names, as the
// sender typed it (DI-10).
type Fields map[term.GuestField]string

// maxField is how many characters a further field may have.
const maxField = 100

// fieldOf is the part of a move that a further field is.
func fieldOf(f term.GuestField) Field { return Field("fields." + string(f)) }

// lacking says what is missing or impossible of what the organiser asks.
func (f Fields) lacking(asked []term.GuestField, now time.Time) *Problem {
	for _, a := range asked {
		value := f[a]
		switch {
		case value == "":
			return &Problem{Code: term.ReasonCodeMissingField, Field: fieldOf(a), Value: string(a)}
		case len([]rune(value)) > maxField:
			return &Problem{Code: term.ReasonCodeCellTooLong, Field: fieldOf(a), Value: shorten(value)}
		case a == term.GuestFieldBirthDate && !birthDate(value, now):
			return &Problem{Code: term.ReasonCodeMissingField, Field: fieldOf(a), Value: shorten(value)}
		}
	}
	return nil
}

// birthDate says whether the text is a day, written as in ISO 8601 or as people
// in Europe write it.
func birthDate(text string, now time.Time) bool {
	for _, form := range []string{time.DateOnly, "02.01.2006", "02/01/2006"} {
		if day, err := time.Parse(form, text); err == nil {
			return day.Year() >= 1900 && day.Before(now)
		}
	}
	return false
}

// Text writes the fields for storing; nothing for none.
func (f Fields) Text() string {
	if len(f) == 0 {
		return ""
	}
	written, err := json.Marshal(f)
	if err != nil {
		return ""
	}
	return string(written)
}

// FieldsFrom reads fields that were stored.
func FieldsFrom(stored string) Fields {
	f := Fields{}
	if stored != "" {
		_ = json.Unmarshal([]byte(stored), &f) // what text wrote
	}
	return f
}

// headerOf is the column of a further field: [NEW] CC birth date (DI-10).
func headerOf(f term.GuestField) string {
	return "[NEW] CC " + strings.ToLower(strings.ReplaceAll(string(f), "_", " "))
}

// askedSentence says on the sheet "How to fill in" what to type into the column.
func askedSentence(f term.GuestField, language term.Language) string {
	return map[term.GuestField][3]string{
		term.GuestFieldBirthDate: {
			"The guest's date of birth, such as 1990-12-31. The organiser asks for it.",
			"La date de naissance de l'invité, par exemple 31/12/1990. L'organisateur la demande.",
			"Geburtsdatum des Gastes, etwa 31.12.1990. Der Veranstalter verlangt es.",
		},
		term.GuestFieldNationality: {
			"The guest's nationality. The organiser asks for it.",
			"La nationalité de l'invité. L'organisateur la demande.",
			"Staatsangehörigkeit des Gastes. Der Veranstalter verlangt sie.",
		},
		term.GuestFieldIdNumber: {
			"Number of the guest's identity document. The organiser asks for it.",
			"Le numéro de la pièce d'identité de l'invité. L'organisateur le demande.",
			"Nummer des Ausweises des Gastes. Der Veranstalter verlangt sie.",
		},
		term.GuestFieldPhone: {
			"The guest's telephone number. The organiser asks for it.",
			"Le numéro de téléphone de l'invité. L'organisateur le demande.",
			"Telefonnummer des Gastes. Der Veranstalter verlangt sie.",
		},
	}[f][index(language)]
}
