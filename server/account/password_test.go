package account

import (
	"bufio"
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHash_AC1_isArgon2idInPHCFormat(t *testing.T) {
	t.Parallel()
	s := New(nil, nil, nil, nil)
	hash, err := s.Hash(context.Background(), "four gentle stadium geese")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", hash, err)
	}
	again, err := s.Hash(context.Background(), "four gentle stadium geese")
	if err != nil || again == hash {
		t.Errorf("the same hash twice, or %v", err)
	}
	for password, want := range map[string]bool{
		"four gentle stadium geese": true, "four gentle stadium goose": false, "": false, "four gentle stadium geese ": false,
	} {
		if matches(hash, password) != want {
			t.Errorf("%q matches: %v; want %v", password, !want, want)
		}
	}
}

func TestMatches_AC1_brokenHashesMatchNothing(t *testing.T) {
	t.Parallel()
	for _, hash := range []string{
		"", "x", "$argon2id$v=19$m=19456,t=2,p=1$$", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA", nobody,
		"$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	} {
		if matches(hash, "") || matches(hash, "four gentle stadium geese") {
			t.Errorf("%q matches a password", hash)
		}
	}
}

func TestHash_AC1_waitsForOneOfTwoPlaces(t *testing.T) {
	t.Parallel()
	s := New(nil, nil, nil, nil)
	s.slots <- struct{}{}
	s.slots <- struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Hash(ctx, "four gentle stadium geese"); err == nil {
		t.Error("a third password was hashed at the same time")
	}
	s.leave()
	if _, err := s.Hash(context.Background(), "four gentle stadium geese"); err != nil {
		t.Error(err)
	}
}

func TestAcceptable_AC1_refusesShortLongCommonAndOwnName(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]bool{
		"four gentle stadium geese": true, "elevenchars": false, "twelve chars": true, "мячи и ворота": true,
		strings.Repeat("ab", 64): true, strings.Repeat("ab", 64) + "c": false, "Password1234": false, "PASSWORDPASSWORD": false,
		"correct horse battery staple": false, "my name is Camille": false, "broken\xff\xfe text here": false,
	} {
		if err := acceptable(password, "camille@lake.example"); (err == nil) != want {
			t.Errorf("%q: %v; want accepted %v", password, err, want)
		}
	}
	if err := acceptable("a banal parapet", "a@lake.example"); err != nil {
		t.Errorf("a name of one letter forbids too much: %v", err)
	}
}

func TestCommonPasswords_AC1_holdWhatTheBoundsLetThrough(t *testing.T) {
	t.Parallel()
	lines := bufio.NewScanner(strings.NewReader(commonPasswords))
	count := 0
	for lines.Scan() {
		if n := utf8.RuneCountInString(lines.Text()); n > MaxPassword || n < 9 || strings.ToLower(lines.Text()) != lines.Text() {
			t.Errorf("%q is of no use in the list", lines.Text())
		}
		count++
	}
	if count < 150 {
		t.Errorf("%d common passwords; want 150 at least", count)
	}
}
