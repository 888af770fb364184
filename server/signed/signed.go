// Package signed makes and reads tokens that carry a small message and prove
// that this deployment wrote it, for one purpose and until a time: the
// addresses of downloads (API-5).
package signed

import (
	"bytes"
	"compress/flate"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// ErrInvalid is what reading a token ends with that is forged, of another
// purpose or over its time; which of them is nobody's business.
var ErrInvalid = errors.New("this address is not valid, or no longer")

// maxMessage bounds what a token unpacks to, in bytes.
const maxMessage = 64 << 10

type envelope struct {
	Until int64           `json:"u"`
	Body  json.RawMessage `json:"b"`
}

// Token writes the message for the purpose, good until the time.
func Token(key []byte, purpose string, until time.Time, message any) (string, error) {
	body, err := json.Marshal(message)
	if err != nil {
		return "", fmt.Errorf("sign a message: %w", err)
	}
	text, err := json.Marshal(envelope{until.Unix(), body})
	if err != nil {
		return "", fmt.Errorf("sign a message: %w", err)
	}
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression) // the level is a legal constant
	_, _ = w.Write(text)
	_ = w.Close()
	return base64.RawURLEncoding.EncodeToString(append(mac(key, purpose, packed.Bytes()), packed.Bytes()...)), nil
}

// Read reads a token of the purpose into the message.
func Read(key []byte, purpose string, now time.Time, token string, message any) error {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < sha256.Size {
		return ErrInvalid
	}
	sum, packed := raw[:sha256.Size], raw[sha256.Size:]
	if !hmac.Equal(sum, mac(key, purpose, packed)) {
		return ErrInvalid
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxMessage))
	if err != nil {
		return ErrInvalid
	}
	var e envelope
	if json.Unmarshal(text, &e) != nil || now.Unix() > e.Until {
		return ErrInvalid
	}
	if json.Unmarshal(e.Body, message) != nil {
		return ErrInvalid
	}
	return nil
}

func mac(key []byte, purpose string, packed []byte) []byte {
	h := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(h, "gradin-signed-v1\x00%s\x00", purpose)
	_, _ = h.Write(packed)
	return h.Sum(nil)
}
