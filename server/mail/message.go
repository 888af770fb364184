package mail

import (
	"bytes"
	"errors"
	"fmt"
	netmail "net/mail"

	gomail "github.com/wneessen/go-mail"

	"gradin/server/contact"
	"gradin/server/document"
	"gradin/server/oid"
)

// message is a mail in its envelope. The envelope is apart from the headers.
type message struct {
	from, to string
	msg      *gomail.Msg
	// signature signs it; nil for a mail that is not signed.
	signature *Signature
}

// content is the mail as it goes over the wire.
func (m *message) content() ([]byte, error) {
	var written bytes.Buffer
	if _, err := m.msg.WriteTo(&written); err != nil || m.signature == nil {
		return written.Bytes(), err
	}
	return m.signature.sign(written.Bytes())
}

// errAddress is what a mail to or from something that is no address ends with.
var errAddress = errors.New("not an e-mail address that mail can be sent to")

// messageID is the mail's name in the world: the same at every try, so that
// servers and people recognise a copy.
func (s *Service) messageID(b *brief) string { return oid.Encode(b.id) + "@" + s.config.MessageDomain }

// write puts the letter into its envelope. Whatever would put a line break or
// another control character into a header is refused with
// document.ErrHeader (ML-3).
func (s *Service) write(b *brief, letter document.Letter) (*message, error) {
	m := &message{from: s.config.From, to: b.address}
	if b.mailFrom != "" {
		m.from = b.mailFrom
	}
	sender, recipient := senderName(b), b.name
	for what, text := range map[string]string{
		"sender": sender, "recipient": recipient, "subject": letter.Subject, "address": m.to, "sender's address": m.from,
	} {
		if err := document.HeaderSafe(text); err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
	}
	if !contact.ValidEmail(m.to) {
		return nil, fmt.Errorf("recipient: %w", errAddress)
	}
	if !contact.ValidEmail(m.from) {
		return nil, fmt.Errorf("sender: %w", errAddress)
	}
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP),
		gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&netmail.Address{Name: sender, Address: m.from})
	msg.ToMailAddress(&netmail.Address{Name: recipient, Address: m.to})
	msg.Subject(letter.Subject)
	msg.SetMessageIDWithValue(s.messageID(b))
	msg.SetDateWithValue(s.now())
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Gradin-Idempotency-Key", oid.Encode(b.id))
	msg.SetBodyString(gomail.TypeTextPlain, letter.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, letter.HTML)
	m.msg = msg
	if s.config.Signature.covers(m.from) {
		m.signature = s.config.Signature
	}
	return m, nil
}

// senderName tells the guest who gives, and through whom.
func senderName(b *brief) string {
	if b.giver == "" || b.giver == b.organisationName {
		return b.organisationName
	}
	return b.giver + " via " + b.organisationName
}
