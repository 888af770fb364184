package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
)

// Signature is what mails are signed with in the name of a domain, so that other
// servers can tell them from forged ones (DKIM, ML-2).
type Signature struct {
	domain, selector string
	key              crypto.Signer
}

// minRSA is how many bits an RSA key has at least: receivers refuse shorter ones.
const minRSA = 1024

var domainName = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$`)

// NewSignature reads the private key (PEM: RSA or Ed25519) whose public half
// stands in the name server at selector._domainkey.domain.
func NewSignature(domain, selector string, key []byte) (*Signature, error) {
	if !domainName.MatchString(domain) || !domainName.MatchString(selector+".example") {
		return nil, errors.New("the domain must look like tickets.example.org, and the selector like gradin1")
	}
	block, _ := pem.Decode(key)
	if block == nil {
		return nil, errors.New("the key is not a PEM file")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		if parsed, err = x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
			return nil, errors.New("the key must be a private one without a password, RSA or Ed25519")
		}
	}
	switch k := parsed.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < minRSA {
			return nil, fmt.Errorf("the key has %d bits; it needs %d at least", k.N.BitLen(), minRSA)
		}
		return &Signature{strings.ToLower(domain), selector, k}, nil
	case ed25519.PrivateKey:
		return &Signature{strings.ToLower(domain), selector, k}, nil
	}
	return nil, errors.New("the key must be RSA or Ed25519")
}

// covers says whether mails of a sender are signed: those of the domain and of
// what is below it. For others the signature would mean nothing.
func (s *Signature) covers(from string) bool {
	if s == nil {
		return false
	}
	domain := strings.ToLower(domainOf(from))
	return domain == s.domain || strings.HasSuffix(domain, "."+s.domain)
}

// signed are the headers that the signature holds.
var signed = []string{"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted"}

// sign puts the signature before a whole mail.
func (s *Signature) sign(content []byte) ([]byte, error) {
	var out bytes.Buffer
	err := dkim.Sign(&out, bytes.NewReader(content), &dkim.SignOptions{
		Domain: s.domain, Selector: s.selector, Signer: s.key, HeaderKeys: signed,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	})
	return out.Bytes(), err
}
