package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
)

// Encryption is how the connection to the mail server is kept secret.
type Encryption string

// The ways of encryption. StartTLS is demanded, never merely tried.
const (
	StartTLS    Encryption = "starttls"
	ImplicitTLS Encryption = "tls"
	Unencrypted Encryption = "none"
)

// SMTPConfig is a mail server.
type SMTPConfig struct {
	Host       string
	Port       int
	User       string
	Password   string
	Encryption Encryption
	// TLS overrides how the server's certificate is checked; nil for the system's roots.
	TLS *tls.Config
}

// String names the server without its password.
func (c SMTPConfig) String() string {
	return fmt.Sprintf("%s (%s)", net.JoinHostPort(c.Host, strconv.Itoa(c.Port)), c.Encryption)
}

// ParseSMTP reads an address like smtp://user:password@host:587?tls=starttls.
// The ways of encryption are starttls (smtp's default, port 587), tls (smtps's
// default, port 465) and none, which admits no password (ML-2). Errors do not
// repeat the address: it holds a password.
func ParseSMTP(address string) (*SMTPConfig, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, errors.New("the mail server must look like smtp://user:password@host:587?tls=starttls")
	}
	c := &SMTPConfig{Host: u.Hostname(), User: u.User.Username()}
	c.Password, _ = u.User.Password()
	switch u.Scheme {
	case "smtp":
		c.Encryption, c.Port = StartTLS, 587
	case "smtps":
		c.Encryption, c.Port = ImplicitTLS, 465
	default:
		return nil, errors.New("the mail server's address must begin with smtp:// or smtps://")
	}
	for name, values := range u.Query() {
		if name != "tls" || len(values) != 1 {
			return nil, errors.New("the mail server's address has no setting but tls, once")
		}
		c.Encryption = Encryption(values[0])
	}
	if u.Port() != "" {
		if c.Port, err = strconv.Atoi(u.Port()); err != nil || c.Port < 1 || c.Port > 65535 {
			return nil, errors.New("the mail server's port must be 1 to 65535")
		}
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *SMTPConfig) check() error {
	switch c.Encryption {
	case StartTLS, ImplicitTLS:
		return nil
	case Unencrypted:
		if c.User != "" {
			return errors.New("a mail server without encryption must have no user: the password would be sent in clear")
		}
		return nil
	}
	return errors.New("the mail server's tls must be starttls, tls or none")
}
