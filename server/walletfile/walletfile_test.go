package walletfile

import (
	"archive/zip"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"
)

// authority makes a root, an intermediate and a pass certificate, as Apple does.
func authority(t testing.TB) (certificate, key, intermediate []byte, roots *x509.CertPool) {
	t.Helper()
	make := func(serial int64, subject pkix.Name, ca bool, parent *x509.Certificate, signer *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
		own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: subject, NotBefore: time.Now().Add(-time.Hour),
			NotAfter: time.Now().Add(time.Hour), IsCA: ca, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
		if parent == nil {
			parent, signer = template, own
		}
		raw, err := x509.CreateCertificate(rand.Reader, template, parent, &own.PublicKey, signer)
		if err != nil {
			t.Fatal(err)
		}
		made, err := x509.ParseCertificate(raw)
		if err != nil {
			t.Fatal(err)
		}
		return made, own
	}
	root, rootKey := make(1, pkix.Name{CommonName: "Root"}, true, nil, nil)
	middle, middleKey := make(2, pkix.Name{CommonName: "WWDR"}, true, root, rootKey)
	leaf, leafKey := make(3, pkix.Name{CommonName: "Pass", OrganizationalUnit: []string{"TEAM1"}, ExtraNames: []pkix.AttributeTypeAndValue{
		{Type: asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1}, Value: "pass.example.tickets"},
	}}, false, middle, middleKey)
	secret, err := x509.MarshalPKCS8PrivateKey(leafKey)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(root)
	text := func(kind string, raw []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}) }
	return text("CERTIFICATE", leaf.Raw), text("PRIVATE KEY", secret), text("CERTIFICATE", middle.Raw), roots
}

func unzip(t testing.TB, file []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestPass_WA1_isSignedAndWhole(t *testing.T) {
	t.Parallel()
	certificate, key, intermediate, roots := authority(t)
	s, err := New(certificate, key, intermediate)
	if err != nil {
		t.Fatal(err)
	}
	starts := time.Date(2027, time.March, 14, 19, 45, 0, 0, time.UTC)
	plain, err := LookOf(nil)
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.Pass(Ticket{Serial: "abc", Number: 1000001, Title: "FC Granval – Lyon", Date: "14 March", Place: "Stade du Lac", StartsAt: &starts,
		Organiser: "FC Granval", Giver: "Banque du Lac", Seat: "12", Code: "CODE1"}, plain)
	if err != nil {
		t.Fatal(err)
	}
	files := unzip(t, file)
	var sums map[string]string
	if err := json.Unmarshal(files["manifest.json"], &sums); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if name == "manifest.json" || name == "signature" {
			continue
		}
		if sum := sha1.Sum(content); sums[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("the manifest does not hold %s", name)
		}
		if strings.HasSuffix(name, ".png") {
			if _, err := png.Decode(bytes.NewReader(content)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if len(sums) != len(files)-2 || files["de.lproj/pass.strings"] == nil || files["icon.png"] == nil {
		t.Errorf("%d sums for %d files", len(sums), len(files))
	}
	signed, err := pkcs7.Parse(files["signature"])
	if err != nil {
		t.Fatal(err)
	}
	if len(signed.Content) != 0 {
		t.Error("the signature is not apart from the manifest")
	}
	signed.Content = files["manifest.json"]
	if err := signed.VerifyWithChain(roots); err != nil {
		t.Errorf("the signature: %v", err)
	}
	signed.Content = append([]byte(" "), files["manifest.json"]...)
	if signed.VerifyWithChain(roots) == nil {
		t.Error("a changed manifest is taken for signed")
	}
	pass := string(files["pass.json"])
	for _, want := range []string{`"passTypeIdentifier":"pass.example.tickets"`, `"teamIdentifier":"TEAM1"`, `"message":"CODE1"`, `"relevantDate":"2027-03-14T19:45:00Z"`, "FC Granval – Lyon"} {
		if !strings.Contains(pass, want) {
			t.Errorf("%s is missing: %s", want, pass)
		}
	}
}

func TestNew_WA1_refusesWhatCannotSignPasses(t *testing.T) {
	t.Parallel()
	certificate, key, intermediate, _ := authority(t)
	_, other, _, _ := authority(t)
	for name, c := range map[string][3][]byte{
		"another's key": {certificate, other, intermediate}, "no intermediate": {certificate, key, nil}, "a certificate for something else": {intermediate, key, intermediate},
	} {
		if _, err := New(c[0], c[1], c[2]); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestPass_WA1_showsTheOrganisersMark(t *testing.T) {
	t.Parallel()
	certificate, key, intermediate, _ := authority(t)
	s, err := New(certificate, key, intermediate)
	if err != nil {
		t.Fatal(err)
	}
	var mark bytes.Buffer
	red := image.NewNRGBA(image.Rect(0, 0, 600, 200))
	draw.Draw(red, image.Rect(0, 0, 600, 200), image.NewUniform(color.NRGBA{R: 200, A: 255}), image.Point{}, draw.Src)
	if err := png.Encode(&mark, red); err != nil {
		t.Fatal(err)
	}
	look, err := LookOf(mark.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.Pass(Ticket{Organiser: "FC Granval", Code: "CODE1"}, look)
	if err != nil {
		t.Fatal(err)
	}
	files := unzip(t, file)
	if pass := string(files["pass.json"]); strings.Contains(pass, "logoText") || !strings.Contains(pass, `"organizationName":"FC Granval"`) {
		t.Errorf("the pass is %s", pass)
	}
	for name, want := range map[string]image.Point{
		"logo.png": {130, 50}, "logo@2x.png": {260, 100}, "logo@3x.png": {390, 150}, "icon.png": {29, 29}, "icon@2x.png": {58, 58}, "icon@3x.png": {87, 87},
	} {
		drawn, err := png.Decode(bytes.NewReader(files[name]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		middle := color.NRGBAModel.Convert(drawn.At(want.X/2, want.Y/2))
		rim := color.NRGBAModel.Convert(drawn.At(want.X/2, 0))
		if drawn.Bounds().Size() != want || middle != (color.NRGBA{R: 200, A: 255}) || rim != (color.NRGBA{R: 255, G: 255, B: 255, A: 255}) {
			t.Errorf("%s is %v, %v in the middle and %v at the rim", name, drawn.Bounds(), middle, rim)
		}
	}
	if _, err := LookOf([]byte("no picture")); err == nil {
		t.Error("what is no picture is taken for a mark")
	}
}
