package command_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// mailServer is a real SMTP server that keeps each mail it accepts as a file
// "<number>.eml" whose first line names the recipient.
type mailServer struct {
	url  string
	box  string
	many atomic.Int64
}

func startMailServer(t testing.TB, box string) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailServer{url: "smtp://" + listener.Addr().String() + "?tls=none", box: box}
	server := smtp.NewServer(m)
	server.Domain, server.AllowInsecureAuth = "mail.example", true
	server.ReadTimeout, server.WriteTimeout = 30*time.Second, 30*time.Second
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return m
}

// NewSession begins a connection.
func (m *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) { return &letter{server: m}, nil }

type letter struct {
	server *mailServer
	to     string
}

func (l *letter) Mail(string, *smtp.MailOptions) error      { return nil }
func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error { l.to = to; return nil }
func (l *letter) Reset()                                    { l.to = "" }
func (l *letter) Logout() error                             { return nil }

// Data accepts the mail once it is on the disk.
func (l *letter) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	n := l.server.many.Add(1)
	return os.WriteFile(filepath.Join(l.server.box, fmt.Sprintf("%06d.eml", n)), append([]byte(l.to+"\n"), text...), 0o600)
}
