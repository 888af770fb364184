package contact

import (
	"net/mail"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// MaxEmail is how long an e-mail address may be, in bytes (RFC 5321).
const MaxEmail = 254

// Key is an e-mail address in the form in which addresses are compared: trimmed,
// normalised and without case (D-10). What is stored and shown stays as typed.
func Key(email string) string {
	return cases.Fold().String(norm.NFKC.String(strings.TrimSpace(email)))
}

// ValidEmail says whether mail can be sent to the address as it is written:
// one address without a name, with a domain that has a dot.
func ValidEmail(email string) bool {
	if len(email) > MaxEmail || strings.ContainsAny(email, "\r\n\x00<>,; \t\"") {
		return false
	}
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email {
		return false
	}
	local, domain, found := strings.Cut(email, "@")
	if !found || local == "" || len(local) > 64 || strings.Contains(domain, "@") {
		return false
	}
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") || strings.ContainsAny(label, "_[]") {
			return false
		}
	}
	return len(labels) > 1
}

// Search is a name in the form in which beginnings are looked for: folded, the
// last name before the first.
func Search(first, last string) string {
	return cases.Fold().String(norm.NFC.String(strings.TrimSpace(last + " " + first)))
}
