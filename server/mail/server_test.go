package mail

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	netmail "net/mail"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// postOffice is a real mail server on the loopback interface.
type postOffice struct {
	config *SMTPConfig
	mutex  sync.Mutex
	got    []received
	opened int
	asked  int
	// answer decides on the n-th recipient or content, from 0; nil accepts.
	answerRcpt, answerData func(n int) error
	// cut ends the connection instead of answering the n-th content.
	cut func(n int) bool
	// taken is told of each content before it is answered; the answer waits for
	// mayAnswer to be closed.
	taken, mayAnswer chan struct{}
	user             string
}

type received struct {
	from, to string
	raw      []byte
	message  *netmail.Message
}

func openPostOffice(t testing.TB, encryption Encryption) *postOffice {
	t.Helper()
	office := &postOffice{}
	server := smtp.NewServer(office)
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "localhost", false, quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office.config = &SMTPConfig{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Encryption: encryption}
	if encryption != Unencrypted {
		certificate, roots := selfSigned(t)
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
		office.config.TLS = &tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
	}
	if encryption == ImplicitTLS {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = listener.Close() // the server knows of it only once it serves
		_ = server.Close()
		<-ended
	})
	return office
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func selfSigned(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

// NewSession begins a conversation.
func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.opened++
	return &counter{office: o, conn: c}, nil
}

// counter is one conversation.
type counter struct {
	office *postOffice
	conn   *smtp.Conn
	mail   received
}

func (c *counter) Reset()        { c.mail = received{} }
func (c *counter) Logout() error { return nil }

func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "secret" {
			return smtp.ErrAuthFailed
		}
		c.office.mutex.Lock()
		defer c.office.mutex.Unlock()
		c.office.user = user
		return nil
	}), nil
}

func (c *counter) Mail(from string, _ *smtp.MailOptions) error {
	c.mail.from = from
	return nil
}

func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.to = to
	c.office.mutex.Lock()
	defer c.office.mutex.Unlock()
	n := c.office.asked
	c.office.asked++
	if c.office.answerRcpt != nil {
		return c.office.answerRcpt(n)
	}
	return nil
}

func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if c.office.taken != nil {
		c.office.taken <- struct{}{}
		<-c.office.mayAnswer
	}
	c.office.mutex.Lock()
	defer c.office.mutex.Unlock()
	n := len(c.office.got)
	c.mail.raw = raw
	if c.mail.message, err = netmail.ReadMessage(bytes.NewReader(raw)); err != nil {
		return err
	}
	c.office.got = append(c.office.got, c.mail)
	if c.office.cut != nil && c.office.cut(n) {
		_ = c.conn.Conn().Close()
		return errors.New("cut")
	}
	if c.office.answerData != nil {
		return c.office.answerData(n)
	}
	return nil
}

// mails are the contents that arrived, accepted or not.
func (o *postOffice) mails() []received {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return append([]received(nil), o.got...)
}

func refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: text}
}
