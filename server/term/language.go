package term

import "strings"

// Preferred is the first language of an Accept-Language header that Gradin
// speaks, else English; its order counts, its weights do not.
func Preferred(accepted string) Language {
	for tag := range strings.SplitSeq(accepted, ",") {
		main, _, _ := strings.Cut(strings.TrimSpace(tag), ";")
		main, _, _ = strings.Cut(main, "-")
		if l, ok := Spoken(main); ok {
			return l
		}
	}
	return LanguageEn
}

// Spoken finds a language by its tag, without its region.
func Spoken(tag string) (Language, bool) {
	switch strings.ToLower(tag) {
	case "en":
		return LanguageEn, true
	case "fr":
		return LanguageFr, true
	case "de":
		return LanguageDe, true
	}
	return "", false
}
