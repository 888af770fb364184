package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/google/uuid"
)

// purpose keeps a recipient's link from being good for anything else.
const purpose = "recipient-link-v1"

// macBytes is how much of the signature a link carries: 128 bits.
const macBytes = 16

// masked stands in for a token where a link is shown to somebody else.
const masked = "••••"

// Link is the address of a recipient's page: it names his mail and is signed,
// so that it needs no account and cannot be guessed (WA-1).
func Link(key []byte, baseURL string, id uuid.UUID) string {
	token := append(id[:], sign(key, id)...)
	return pageURL(baseURL, base64.RawURLEncoding.EncodeToString(token))
}

// MaskedLink is what others see of a link (D-6).
func MaskedLink(baseURL string) string { return pageURL(baseURL, masked) }

func pageURL(baseURL, token string) string { return strings.TrimSuffix(baseURL, "/") + "/t/" + token }

// ParseLink reads the mail's id from a token; false when the token was not made
// with this key. It takes the same time for a forged token as for one that is
// no token at all.
func ParseLink(key []byte, token string) (uuid.UUID, bool) {
	var raw [16 + macBytes]byte
	decoded, err := base64.RawURLEncoding.Strict().DecodeString(token)
	whole := err == nil && len(decoded) == len(raw)
	if whole {
		copy(raw[:], decoded)
	}
	id := uuid.UUID(raw[:16])
	if !hmac.Equal(sign(key, id), raw[16:]) || !whole {
		return uuid.Nil, false
	}
	return id, true
}

func sign(key []byte, id uuid.UUID) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(purpose))
	mac.Write(id[:])
	return mac.Sum(nil)[:macBytes]
}
