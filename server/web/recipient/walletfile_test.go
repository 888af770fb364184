package recipient

import (
	"archive/zip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/mail/mailtest"
	"gradin/server/term"
	"gradin/server/walletfile"
)

// signing starts the page with a certificate of its own.
func signing(t testing.TB, store *db.DB) *httptest.Server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		Subject: pkix.Name{OrganizationalUnit: []string{"TEAM1"}, ExtraNames: []pkix.AttributeTypeAndValue{
			{Type: asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1}, Value: "pass.example.tickets"}}}}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})
	signer, err := walletfile.New(certificate, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), certificate)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return mailtest.Start().Add(48 * time.Hour) }
	log := slog.New(slog.DiscardHandler)
	tickets := distribution.New(store, execution.New(store, log, time.Minute, now), log, now, 0)
	server := httptest.NewServer(New(store, tickets, testKey, now, log, signer))
	t.Cleanup(server.Close)
	return server
}

func inside(t testing.TB, file, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWalletFile_WA1_holdsTheCodesAndDownloadsThem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 2})
		server := signing(t, store)
		address := link(server, stadium, 0)
		wants(t, "the page", do(t, http.MethodGet, address+"?lang=de"), "Zu Apple Wallet hinzufügen")
		if v := do(t, http.MethodGet, address+"/pass-file"); v.StatusCode != http.StatusNotFound {
			t.Errorf("looking at the file: %d", v.StatusCode)
		}
		both := do(t, http.MethodPost, address+"/pass-file", sameOrigin)
		if both.Header.Get("Content-Type") != walletfile.MediaBundle {
			t.Errorf("two tickets are %s", both.Header.Get("Content-Type"))
		}
		for i, name := range []string{"001.pkpass", "002.pkpass"} {
			pass := inside(t, inside(t, both.body, name), "pass.json")
			if !strings.Contains(pass, stadium.Guests[0].Barcodes[i]) || !strings.Contains(pass, "FC Granval – Lyon") {
				t.Errorf("%s is %s", name, pass)
			}
		}
		if got := stadium.Ticket(t, 0, 1); got.Location != term.DeliveryLocationDownloaded {
			t.Errorf("it is %s", got.Location)
		}
		stadium.Reclaim(t, 0, mailtest.Start().Add(24*time.Hour), 0)
		one := do(t, http.MethodPost, address+"/pass-file", sameOrigin)
		if pass := inside(t, one.body, "pass.json"); one.Header.Get("Content-Type") != walletfile.Media || !strings.Contains(pass, stadium.Guests[0].Barcodes[1]) {
			t.Errorf("after a take-back: %s %s", one.Header.Get("Content-Type"), pass)
		}
		stadium.Reclaim(t, 0, mailtest.Start().Add(24*time.Hour), 1)
		wants(t, "all taken back", do(t, http.MethodPost, address+"/pass-file", sameOrigin), "Taken back on", "!Apple Wallet", "!"+stadium.Guests[0].Barcodes[1])
	})
}

func TestWalletFile_WA1_withoutACertificateThereIsNone(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	address := link(open(t, store), stadium, 0)
	wants(t, "the page", do(t, http.MethodGet, address), "!Apple Wallet", "Show my code")
	if v := do(t, http.MethodPost, address+"/pass-file", sameOrigin); v.StatusCode != http.StatusNotFound {
		t.Errorf("asked for all the same: %d", v.StatusCode)
	}
}
