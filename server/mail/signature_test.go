package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
)

// keyFile writes a private key as people have it.
func keyFile(t testing.TB, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// published is what the name server says of a key.
func published(t testing.TB, kind string, public []byte) func(string) ([]string, error) {
	t.Helper()
	return func(name string) ([]string, error) {
		if name != "gradin1._domainkey.granval.example" {
			t.Errorf("the key is looked for at %s", name)
		}
		return []string{"v=DKIM1; k=" + kind + "; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}
}

func TestSendDue_ML2_signsTheMailsOfItsDomain(t *testing.T) {
	t.Parallel()
	long, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(long.Public())
	if err != nil {
		t.Fatal(err)
	}
	for kind, try := range map[string]struct {
		key    crypto.Signer
		public []byte
	}{"rsa": {long, der}, "ed25519": {private, public}} {
		for from, want := range map[string]int{"": 1, "billets@mail.granval.example": 1, "billets@notgranval.example": 0} {
			signature, err := NewSignature("granval.example", "gradin1", keyFile(t, try.key))
			if err != nil {
				t.Fatal(err)
			}
			store, office := dbtest.SQLite(t), openPostOffice(t, Unencrypted)
			mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 2, Sponsor: "Brasserie Zoë", MailFrom: from})
			sendDue(t, newSender(t, store, office, newClock(), func(c *Config) { c.Signature = signature }), 1)
			found, err := dkim.VerifyWithOptions(bytes.NewReader(office.mails()[0].raw), &dkim.VerifyOptions{LookupTXT: published(t, kind, try.public)})
			if err != nil || len(found) != want {
				t.Errorf("%s from %q: %d signatures, %v", kind, from, len(found), err)
			}
			for _, v := range found {
				if v.Err != nil || v.Domain != "granval.example" {
					t.Errorf("%s from %q: %s, %v", kind, from, v.Domain, v.Err)
				}
			}
		}
	}
}

func TestNewSignature_ML2_refusesWhatReceiversWould(t *testing.T) {
	t.Parallel()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	good := keyFile(t, private)
	for name, try := range map[string]struct {
		domain, selector string
		key              []byte
	}{
		"no domain": {"localhost", "gradin1", good}, "a strange selector": {"granval.example", "a b", good},
		"no key": {"granval.example", "gradin1", []byte("nothing")}, "a public key": {"granval.example", "gradin1", []byte("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")},
	} {
		if _, err := NewSignature(try.domain, try.selector, try.key); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
