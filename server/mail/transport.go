package mail

import (
	"context"
	"errors"
	"net/textproto"
	"time"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Bounds of a conversation with the mail server. Together they stay below the
// lease of a mail that is SENDING.
const (
	connectTime = 30 * time.Second
	commandTime = time.Minute
	contentTime = 5 * time.Minute
)

// verdict is what became of a mail.
type verdict int

const (
	// accepted: the server took the mail over.
	accepted verdict = iota
	// postponed: the server does not have it; another attempt may go better.
	postponed
	// rejected: the server does not want it.
	rejected
	// doubtful: all of it was handed over, and no answer came.
	doubtful
)

// String is the verdict as the figures name it.
func (v verdict) String() string {
	return [...]string{"accepted", "postponed", "rejected", "doubtful"}[v]
}

// outcome is a verdict with the server's words.
type outcome struct {
	verdict verdict
	answer  string
}

// err is what went wrong, for the trace: the verdict, not the server's words.
func (o outcome) err() error {
	if o.verdict == accepted {
		return nil
	}
	return errors.New(o.verdict.String())
}

// pool is the connections to the mail server; a place without one is nil.
type pool struct {
	config SMTPConfig
	helo   string
	places chan *smtp.Client
}

func newPool(config SMTPConfig, helo string, size int) *pool {
	p := &pool{config: config, helo: helo, places: make(chan *smtp.Client, size)}
	for range size {
		p.places <- nil
	}
	return p
}

// take gives a connection that answers: one that is open, after RSET, or a new
// one. After an error the place is free again.
func (p *pool) take(ctx context.Context) (*smtp.Client, error) {
	client := <-p.places
	if client != nil {
		if client.UpdateDeadline(commandTime) == nil && client.Reset() == nil {
			return client, nil
		}
		_ = client.Close()
	}
	client, err := p.connect(ctx)
	if err != nil {
		p.places <- nil
		return nil, err
	}
	return client, nil
}

// put gives a connection back; one that is not usable any more is closed.
func (p *pool) put(client *smtp.Client, usable bool) {
	if !usable {
		_ = client.Close()
		client = nil
	}
	p.places <- client
}

// hangUp ends the connections that nobody uses.
func (p *pool) hangUp() {
	for range cap(p.places) {
		select {
		case client := <-p.places:
			if client != nil {
				_ = client.UpdateDeadline(connectTime)
				if client.Quit() != nil {
					_ = client.Close()
				}
			}
			p.places <- nil
		default:
			return
		}
	}
}

func (p *pool) connect(ctx context.Context) (*smtp.Client, error) {
	options := []gomail.Option{gomail.WithTimeout(connectTime), gomail.WithHELO(p.helo)}
	if p.config.TLS != nil {
		options = append(options, gomail.WithTLSConfig(p.config.TLS))
	}
	switch p.config.Encryption {
	case ImplicitTLS:
		options = append(options, gomail.WithSSL())
	case Unencrypted:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if p.config.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(p.config.User), gomail.WithPassword(p.config.Password))
	}
	client, err := gomail.NewClient(p.config.Host, append(options, gomail.WithPort(p.config.Port))...)
	if err != nil {
		return nil, err
	}
	return client.DialToSMTPClientWithContext(ctx)
}

// hand gives one mail to the server. It speaks the protocol itself, because it
// has to know exactly when the mail was complete: before that every silence
// means "not arrived", after that it means nothing. It also says whether the
// connection can be used again.
func hand(client *smtp.Client, m *message) (outcome, bool) {
	content, err := m.content()
	if err != nil {
		return outcome{rejected, "The mail could not be written: " + err.Error()}, true
	}
	if err := client.UpdateDeadline(commandTime); err != nil {
		return judge(err, postponed)
	}
	client.SkipSMTPUTF8(ascii(m.from) && ascii(m.to))
	if err := client.Mail("<" + m.from + ">"); err != nil {
		return judge(err, postponed)
	}
	if err := client.Rcpt("<" + m.to + ">"); err != nil {
		return judge(err, postponed)
	}
	data, err := client.Data()
	if err != nil {
		return judge(err, postponed)
	}
	if err := client.UpdateDeadline(contentTime); err != nil {
		return judge(err, postponed)
	}
	if _, err := data.Write(content); err != nil {
		// The final dot was not written and the connection ends: the server has
		// half a mail and throws it away.
		return outcome{postponed, clip(err.Error())}, false
	}
	if err := data.Close(); err != nil {
		return judge(err, doubtful)
	}
	answer := ""
	if closer, ok := data.(*smtp.DataCloser); ok {
		answer = closer.ServerResponse()
	}
	return outcome{accepted, clip(answer)}, true
}

// judge reads the server's answer; silence is what the phase makes of it.
func judge(err error, silence verdict) (outcome, bool) {
	var reply *textproto.Error
	if !errors.As(err, &reply) {
		return outcome{silence, clip(err.Error())}, false
	}
	answer := clip(reply.Error())
	switch {
	case reply.Code == 421:
		return outcome{postponed, answer}, false
	case reply.Code >= 400 && reply.Code < 500:
		return outcome{postponed, answer}, true
	case reply.Code >= 500 && reply.Code < 600:
		return outcome{rejected, answer}, true
	}
	return outcome{silence, answer}, false
}

// maxAnswer is how much of an answer is kept, in characters.
const maxAnswer = 500

// clip makes an answer fit its column: valid UTF-8 without NUL.
func clip(answer string) string {
	runes := make([]rune, 0, maxAnswer)
	for _, r := range answer {
		if len(runes) == maxAnswer {
			break
		}
		if r != 0 {
			runes = append(runes, r)
		}
	}
	for len(string(runes)) > maxAnswer {
		runes = runes[:len(runes)-1]
	}
	return string(runes)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
