package document

import (
	"fmt"
	"strconv"
	"time"

	"gradin/server/term"
)

// InZone gives the time in the IANA zone. A zone that is not known is UTC, and
// the dates say so: a wrong hour that looks right would be worse (D-8).
func InZone(t time.Time, zone string) time.Time {
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return t.UTC()
	}
	return t.In(location)
}

// Date writes day and time in the form of the language, in the time's own zone.
func Date(language term.Language, t time.Time) string { return wordsOf(language).date(t) }

// foreign names the zone when it is nobody's own.
func foreign(t time.Time) string {
	if t.Location() == time.UTC {
		return " UTC"
	}
	return ""
}

func frenchDay(d time.Weekday) string {
	return [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}[d]
}

func frenchNumber(day int) string {
	if day == 1 {
		return "1er"
	}
	return strconv.Itoa(day)
}

func frenchMonth(m time.Month) string {
	return [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
		"novembre", "décembre"}[m-1]
}

func germanDay(d time.Weekday) string {
	return [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}[d]
}

func germanMonth(m time.Month) string {
	return [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
		"November", "Dezember"}[m-1]
}

// Day writes a day without its time, such as "14 March 2027".
func Day(language term.Language, t time.Time) string {
	switch language {
	case term.LanguageFr:
		return fmt.Sprintf("%s %s %d", frenchNumber(t.Day()), frenchMonth(t.Month()), t.Year())
	case term.LanguageDe:
		return fmt.Sprintf("%d. %s %d", t.Day(), germanMonth(t.Month()), t.Year())
	}
	return t.Format("2 January 2006")
}
