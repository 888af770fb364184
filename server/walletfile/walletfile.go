// Package walletfile makes the files by which Apple's wallet keeps a ticket
// (WA-1): a pass with the ticket's code, in three languages, and the signature
// that proves it to be this organiser's. It is pure: it knows no store.
package walletfile

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/sha1" //nolint:gosec // the format's own manifest
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/smallstep/pkcs7"
)

// Media are the types by which a browser knows a pass, and several in one file.
const (
	Media       = "application/vnd.apple.pkpass"
	MediaBundle = "application/vnd.apple.pkpasses"
)

// Signer signs passes with the certificate that Apple gave the organiser.
type Signer struct {
	certificate, intermediate *x509.Certificate
	key                       crypto.PrivateKey
	passType, team            string
}

// Ticket is what a pass says of a ticket. Code is what the gates read.
type Ticket struct {
	Serial                      string
	Number                      int64
	Title, Product, Date, Place string
	StartsAt                    *time.Time
	Organiser, Giver, Name      string
	Category, Entrance, Area    string
	Row, Seat, Item, Code       string
}

// New makes a signer of PEM texts: the pass certificate, its key, and Apple's
// WWDR intermediate. What the pass is called and whose it is stands in the certificate.
func New(certificate, key, intermediate []byte) (*Signer, error) {
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, fmt.Errorf("certificate and key do not go together: %w", err)
	}
	block, _ := pem.Decode(intermediate)
	if block == nil {
		return nil, errors.New("the intermediate certificate is not PEM")
	}
	s := &Signer{certificate: pair.Leaf, key: pair.PrivateKey}
	if s.intermediate, err = x509.ParseCertificate(block.Bytes); err != nil {
		return nil, fmt.Errorf("read the intermediate certificate: %w", err)
	}
	for _, name := range s.certificate.Subject.Names {
		if name.Type.String() == "0.9.2342.19200300.100.1.1" {
			s.passType, _ = name.Value.(string)
		}
	}
	if len(s.certificate.Subject.OrganizationalUnit) > 0 {
		s.team = s.certificate.Subject.OrganizationalUnit[0]
	}
	if s.passType == "" || s.team == "" {
		return nil, errors.New("the certificate names no pass type (UID) and team (OU): it is not one for passes")
	}
	return s, nil
}

// Pass is a ticket's file with the pictures of a look; the time is when it is signed.
func (s *Signer) Pass(t Ticket, look Look) ([]byte, error) {
	body, err := json.Marshal(s.body(t, look))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"pass.json": body}
	maps.Copy(files, look.pictures)
	for language, text := range texts() {
		files[language+".lproj/pass.strings"] = []byte(text)
	}
	sums := map[string]string{}
	for name, content := range files {
		sum := sha1.Sum(content) //nolint:gosec // the format's own manifest
		sums[name] = hex.EncodeToString(sum[:])
	}
	if files["manifest.json"], err = json.Marshal(sums); err != nil {
		return nil, err
	}
	if files["signature"], err = s.sign(files["manifest.json"]); err != nil {
		return nil, fmt.Errorf("sign a pass: %w", err)
	}
	return zipped(files)
}

// Bundle is several passes in one file.
func Bundle(passes [][]byte) ([]byte, error) {
	files := map[string][]byte{}
	for i, pass := range passes {
		files[fmt.Sprintf("%03d.pkpass", i+1)] = pass
	}
	return zipped(files)
}

func (s *Signer) sign(manifest []byte) ([]byte, error) {
	signed, err := pkcs7.NewSignedData(manifest)
	if err != nil {
		return nil, err
	}
	signed.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	signed.AddCertificate(s.intermediate)
	if err := signed.AddSigner(s.certificate, s.key, pkcs7.SignerInfoConfig{}); err != nil {
		return nil, err
	}
	signed.Detach()
	return signed.Finish()
}

func zipped(files map[string][]byte) ([]byte, error) {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
