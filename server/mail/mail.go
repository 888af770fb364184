// Package mail carries the outbox to the mail server and says what a mail reads
// like (ML-1 … ML-3).
//
// A mail is written in the transaction that moves the tickets and becomes READY
// when its run has ended. A sender claims it for a while, notes that it is
// SENDING, talks to the server outside of any transaction, and notes the answer.
// What the answer leaves open is left open: when the server fell silent after
// the whole mail was handed over, or the process died on the way, the mail is
// IN_DOUBT and people decide. A guest with two mails and a guest with none are
// both a catastrophe, so nothing is guessed. All that is known not to have
// arrived is tried again with growing pauses.
//
// A mail that gives tickets says what is true when it leaves: tickets taken back
// meanwhile are not in it, and one without tickets is OBSOLETE. When a server has
// accepted it, its tickets are INJECTED in the same transaction (WA-1). A mail
// that tells of a take-back names what its run took, and moves nothing (ML-1).
// Mails to the organiser himself show him to his back office (TB-7).
package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/document"
	"gradin/server/viewer"
)

// Config is how mails leave.
type Config struct {
	// SMTP is the mail server; nil means that nothing leaves: mails stay READY
	// and can be read in the browser (ML-2).
	SMTP *SMTPConfig
	// BaseURL is the address of this deployment, such as https://tickets.example.
	BaseURL string
	// LinkKey signs the recipients' links, 32 bytes at least.
	LinkKey []byte
	// From is the sender of organisations that have none of their own.
	From string
	// Signature signs the mails of its domain; nil signs none.
	Signature *Signature
	// MessageDomain ends the Message-IDs; empty takes the domain of From.
	MessageDomain string
	// Pool is how many connections this process opens, 1 to 50; 0 means 4.
	Pool int
	// PerSecond is how many mails this process sends in a second; 0 is no limit.
	PerSecond float64
	// Random gives numbers in [0, 1) that spread new attempts; nil takes the system's.
	Random func() float64
	// Observe is told how long the mail server took for a mail, and its verdict;
	// nil tells nobody.
	Observe func(verdict string, took time.Duration)
	// Wait pauses; nil takes a timer. It ends early with the context's error.
	Wait func(ctx context.Context, d time.Duration) error
}

// Validate says what is wrong with the configuration, in words for who wrote it.
func (c Config) Validate() error {
	base, err := url.Parse(c.BaseURL)
	switch {
	case err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http":
		return errors.New("the base URL must look like https://tickets.example")
	case len(c.LinkKey) < 32:
		return errors.New("the key of the recipients' links must have 32 bytes at least")
	case c.Pool < 0 || c.Pool > 50:
		return errors.New("the pool of mail connections must have 1 to 50")
	case c.PerSecond < 0:
		return errors.New("the rate of mails must not be negative")
	case c.SMTP != nil && !contact.ValidEmail(c.From):
		return errors.New("the sender of mails must be a plain e-mail address")
	case document.HeaderSafe(c.MessageDomain) != nil || strings.ContainsAny(c.MessageDomain, "<>@ "):
		return errors.New("the domain of the Message-IDs must be a plain domain name")
	}
	return nil
}

// Service is the outbox and the way out of it.
type Service struct {
	store  *db.DB
	config Config
	now    func() time.Time
	log    *slog.Logger
	pool   *pool
	pace   *pace
}

// New makes the service; the configuration is valid.
func New(store *db.DB, config Config, now func() time.Time, log *slog.Logger) *Service {
	if config.Pool == 0 {
		config.Pool = 4
	}
	if config.MessageDomain == "" {
		config.MessageDomain = domainOf(config.From)
	}
	if config.Random == nil {
		config.Random = rand.Float64
	}
	if config.Wait == nil {
		config.Wait = wait
	}
	config.BaseURL = strings.TrimSuffix(config.BaseURL, "/")
	s := &Service{store: store, config: config, now: now, log: log, pace: newPace(config.PerSecond)}
	if config.SMTP != nil {
		s.pool = newPool(*config.SMTP, config.MessageDomain, config.Pool)
	}
	return s
}

// Leaves says whether mails leave this deployment at all (ML-2).
func (s *Service) Leaves() bool { return s.config.SMTP != nil }

// Serve sends what is due whenever the bell rings, until the context ends.
// Mails that are on their way then still arrive before it returns.
func (s *Service) Serve(ctx context.Context, bell <-chan time.Time) {
	ctx = viewer.With(ctx, viewer.System("mail"))
	for {
		select {
		case <-ctx.Done():
			return
		case <-bell:
		}
		if _, err := s.SendDue(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "send mails", "error", err)
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func domainOf(address string) string {
	parsed, err := mail.ParseAddress(address)
	if err != nil {
		return "localhost"
	}
	return parsed.Address[strings.LastIndexByte(parsed.Address, '@')+1:]
}

// moment is the present as the store keeps it.
func (s *Service) moment() time.Time { return db.Moment(s.now()) }

// placeholders writes ($1::uuid, $2::uuid) for n ids, from the first on.
func placeholders(first, n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("$%d::uuid", first+i)
	}
	return "(" + strings.Join(names, ", ") + ")"
}
