// Package config is what the environment and the flags say. An error names the
// variable and the cure (OP-1).
package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Store says where the data is. It is shared by all commands.
type Store struct {
	Data        string `help:"Folder of the data: the SQLite file, the signing key, uploads under way." env:"GRADIN_DATA" default:"data" placeholder:"DIR"`
	DatabaseURL string `help:"PostgreSQL instead of SQLite, such as postgres://user:password@host:5432/gradin." env:"DATABASE_URL" placeholder:"URL"`
}

// Serve is what the server is told.
type Serve struct {
	Store
	Limits
	Addr              string        `help:"Address to listen on." env:"GRADIN_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	BaseURL           string        `help:"Address under which people reach the server; mails link to it. Default: http:// and the address listened on." env:"GRADIN_BASE_URL" placeholder:"URL"`
	MetricsAddr       string        `help:"Address for /metrics, apart from everything else; empty for none." env:"GRADIN_METRICS_ADDR" placeholder:"HOST:PORT"`
	Traces            string        `help:"Address of an OpenTelemetry collector (OTLP over HTTP), such as http://127.0.0.1:4318; empty for no traces." env:"OTEL_EXPORTER_OTLP_ENDPOINT" placeholder:"URL"`
	SMTP              string        `help:"Mail server, such as smtp://user:password@mail.example.org:587?tls=starttls. Without one, mails stay in the outbox and can be read there." env:"GRADIN_SMTP_URL" name:"smtp" placeholder:"URL"`
	MailFrom          string        `help:"Sender of mails of organisations that have none of their own." env:"GRADIN_MAIL_FROM" default:"tickets@localhost.localdomain" placeholder:"ADDRESS"`
	MailRate          float64       `help:"Mails a second, at most." env:"GRADIN_MAIL_RATE" default:"50"`
	MailPool          int           `help:"Connections to the mail server, at most." env:"GRADIN_MAIL_POOL" default:"4"`
	DKIMKey           string        `help:"File of the private key (PEM, RSA or Ed25519) by which mails are signed (DKIM)." env:"GRADIN_DKIM_KEY" name:"dkim-key" placeholder:"FILE"`
	DKIMDomain        string        `help:"Domain in whose name mails are signed; senders of it and below it." env:"GRADIN_DKIM_DOMAIN" name:"dkim-domain" placeholder:"DOMAIN"`
	DKIMSelector      string        `help:"Name under which the key's public half stands at SELECTOR._domainkey.DOMAIN." env:"GRADIN_DKIM_SELECTOR" name:"dkim-selector" placeholder:"SELECTOR"`
	Secret            string        `help:"Key that signs links, 64 hexadecimal digits. Default: made once and kept in the data folder; give it to all replicas that share a PostgreSQL." env:"GRADIN_SECRET" placeholder:"HEX"`
	Lease             time.Duration `help:"How long a run may be silent before another process takes it over." env:"GRADIN_LEASE" default:"15s"`
	Workers           int           `help:"Executions carried out at once." env:"GRADIN_WORKERS" default:"2"`
	Chunk             int           `help:"Moves a transaction carries out." env:"GRADIN_CHUNK" default:"5000"`
	FileRetention     time.Duration `help:"How long imported files are kept; 0 for ever." env:"GRADIN_FILE_RETENTION" default:"8760h"`
	KeyRetention      time.Duration `help:"How long idempotency keys are kept, 24h or longer." env:"GRADIN_KEY_RETENTION" default:"24h"`
	AppleCertificate  string        `help:"File of the certificate (PEM) by which Apple-wallet passes are signed; without one, guests are offered none." env:"GRADIN_APPLE_CERTIFICATE" placeholder:"FILE"`
	AppleKey          string        `help:"File of that certificate's key (PEM)." env:"GRADIN_APPLE_KEY" placeholder:"FILE"`
	AppleIntermediate string        `help:"File of Apple's WWDR intermediate certificate (PEM)." env:"GRADIN_APPLE_WWDR" placeholder:"FILE"`
	TrustedProxies    []string      `help:"Networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8." env:"GRADIN_TRUSTED_PROXIES" placeholder:"CIDR"`
	Development       bool          `help:"Open introspection and free documents to everybody. Never in production." env:"GRADIN_DEVELOPMENT"`
	LogFormat         string        `help:"text or json." env:"GRADIN_LOG_FORMAT" default:"text" enum:"text,json"`
	Demo              bool          `help:"Add the demo data when the store is empty, and print its sign-ins." env:"GRADIN_DEMO"`
}

// Validate names the variable that is wrong, and the cure.
func (s *Serve) Validate() error {
	if s.BaseURL != "" {
		u, err := url.Parse(s.BaseURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return errors.New("GRADIN_BASE_URL must be an address such as https://tickets.example.org")
		}
	}
	if s.Traces != "" {
		u, err := url.Parse(s.Traces)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return errors.New("OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://127.0.0.1:4318")
		}
	}
	if s.Lease < time.Second {
		return errors.New("GRADIN_LEASE must be 1s or longer")
	}
	if s.FileRetention < 0 {
		return errors.New("GRADIN_FILE_RETENTION must be a time such as 8760h, or 0 for ever")
	}
	if s.KeyRetention < 24*time.Hour {
		return errors.New("GRADIN_KEY_RETENTION must be 24h or longer: callers may repeat for that long")
	}
	if s.Workers < 1 || s.Workers > 64 {
		return errors.New("GRADIN_WORKERS must be 1 to 64")
	}
	if s.Chunk < 1 || s.Chunk > 100_000 {
		return errors.New("GRADIN_CHUNK must be 1 to 100000")
	}
	if s.MailRate <= 0 || s.MailPool < 1 || s.MailPool > 50 {
		return errors.New("GRADIN_MAIL_RATE must be above 0 and GRADIN_MAIL_POOL 1 to 50")
	}
	if err := s.Limits.Validate(); err != nil {
		return err
	}
	_, err := s.Proxies()
	return err
}

// Proxies reads the trusted networks.
func (s *Serve) Proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range s.TrustedProxies {
		p, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("GRADIN_TRUSTED_PROXIES: %q is not a network; write it like 10.0.0.0/8", text)
		}
		all = append(all, p)
	}
	return all, nil
}

// Key is the key that signs links: the one given, or the one kept in the data
// folder, made at the first start.
func (s *Serve) Key() ([]byte, error) {
	if s.Secret != "" {
		key, err := hex.DecodeString(s.Secret)
		if err != nil || len(key) < 32 {
			return nil, errors.New("GRADIN_SECRET must be at least 64 hexadecimal digits; make one with: openssl rand -hex 32")
		}
		return key, nil
	}
	path := filepath.Join(s.Data, "secret.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return makeKey(s.Data, path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the signing key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) < 32 {
		return nil, fmt.Errorf("%s is not a signing key: restore it, or set GRADIN_SECRET", path)
	}
	return key, nil
}

func makeKey(folder, path string) ([]byte, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: it ends the process instead
	if err := os.WriteFile(path, []byte(hex.EncodeToString(key)+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep the signing key: %w", err)
	}
	return key, nil
}
