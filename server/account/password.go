package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed" // the list of common passwords
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"gradin/server/errs"
)

// Bounds of a password in characters (AC-1). The longest has 512 bytes at most.
const (
	MinPassword = 12
	MaxPassword = 128
)

// The cost of a hash: 19 MiB, two passes, one lane.
const (
	hashMemory  = 19 * 1024
	hashPasses  = 2
	hashLanes   = 1
	hashSalt    = 16
	hashLength  = 32
	hashPattern = "$argon2id$v=%d$m=%d,t=%d,p=%d$"
)

// nobody is the hash that unknown users are compared with: it costs what a real
// one costs and fits no password.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

//go:embed common.txt
var commonPasswords string

// Hash makes the argon2id hash of a password in the PHC string format. It waits
// until fewer than two others are being made, or the context ends.
func (s *Service) Hash(ctx context.Context, password string) (string, error) {
	if err := s.enter(ctx); err != nil {
		return "", err
	}
	defer s.leave()
	salt := make([]byte, hashSalt)
	_, _ = rand.Read(salt) // never fails: it ends the process instead
	key := argon2.IDKey(normal(password), salt, hashPasses, hashMemory, hashLanes, hashLength)
	return fmt.Sprintf(hashPattern, argon2.Version, hashMemory, hashPasses, hashLanes) +
		base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key), nil
}

// matches says whether the password is the one the hash was made of. A hash
// that cannot be read costs the same and matches nothing.
func matches(hash, password string) bool {
	salt, want, passes, memory, lanes, err := readHash(hash)
	if err != nil {
		salt, want, passes, memory, lanes, _ = readHash(nobody)
		password = ""
	}
	got := argon2.IDKey(normal(password), salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && err == nil
}

func readHash(hash string) (salt, key []byte, passes, memory uint32, lanes uint8, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 {
		return nil, nil, 0, 0, 0, fmt.Errorf("a hash of %d parts", len(parts))
	}
	var version int
	head := strings.Join(parts[:4], "$") + "$"
	if _, err = fmt.Sscanf(head, hashPattern, &version, &memory, &passes, &lanes); err != nil {
		return nil, nil, 0, 0, 0, fmt.Errorf("read the costs of a hash: %w", err)
	}
	if version != argon2.Version || memory > 1<<20 || passes < 1 || passes > 20 || lanes < 1 {
		return nil, nil, 0, 0, 0, fmt.Errorf("costs of a hash out of bounds: %s", head)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return nil, nil, 0, 0, 0, fmt.Errorf("read the salt of a hash: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(key) < 16 {
		return nil, nil, 0, 0, 0, fmt.Errorf("read a hash of %d bytes: %w", len(key), err)
	}
	return salt, key, passes, memory, lanes, nil
}

// normal lets the same password be typed on another keyboard.
func normal(password string) []byte { return []byte(norm.NFKC.String(password)) }

// enter takes one of the two places for hashing.
func (s *Service) enter(ctx context.Context) error {
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Service) leave() { <-s.slots }

// tooLong says whether a password is longer than any that can be set; it is
// then not worth its hash.
func tooLong(password string) bool {
	return len(password) > 4*MaxPassword || utf8.RuneCountInString(password) > MaxPassword
}

// acceptable refuses a password that is too short, too long, common, or made of
// the e-mail address (AC-1). There are no rules on kinds of characters: they make
// passwords worse.
func acceptable(password, email string) *errs.Error {
	if !utf8.ValidString(password) || tooLong(password) || utf8.RuneCountInString(password) < MinPassword {
		return errs.New(errs.Invalid, "A password has %d to %d characters. Choose a few words that nobody would guess.", MinPassword, MaxPassword)
	}
	folded := cases.Fold().String(string(normal(password)))
	for common := range strings.Lines(commonPasswords) {
		if strings.TrimSpace(common) == folded {
			return errs.New(errs.Invalid, "This password is on every list of common passwords. Choose another one.")
		}
	}
	local, _, _ := strings.Cut(cases.Fold().String(strings.TrimSpace(email)), "@")
	if utf8.RuneCountInString(local) >= 4 && strings.Contains(folded, local) {
		return errs.New(errs.Invalid, "A password must not contain the name of your e-mail address. Choose another one.")
	}
	return nil
}
