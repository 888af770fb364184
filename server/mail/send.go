package mail

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"gradin/server/trace"
)

// SendDue sends all mails that are due and says how many the server accepted.
// Without a mail server nothing leaves (ML-2). When the context ends, mails on
// their way arrive and the others are given back.
func (s *Service) SendDue(ctx context.Context) (int, error) {
	if !s.Leaves() {
		return 0, nil
	}
	defer s.pool.hangUp()
	if err := s.doubt(ctx); err != nil {
		return 0, err
	}
	total := 0
	for {
		sent, claimed, err := s.sendBatch(ctx)
		total += sent
		if err != nil {
			return total, err
		}
		if claimed == 0 || ctx.Err() != nil {
			return total, ctx.Err()
		}
	}
}

// errUnreachable ends a round of sending: the other mails wait without having
// lost an attempt.
var errUnreachable = errors.New("the mail server cannot be reached")

// sendBatch claims a few mails per connection and sends them side by side.
func (s *Service) sendBatch(ctx context.Context) (sent, claimed int, err error) {
	claims, err := s.claim(ctx, 4*s.config.Pool)
	if err != nil || len(claims) == 0 {
		return 0, 0, err
	}
	ids := make([]uuid.UUID, 0, len(claims))
	for id := range claims {
		ids = append(ids, id)
	}
	briefs, err := load(ctx, s.store, ids)
	if err != nil {
		return 0, len(claims), err
	}
	queue := make(chan *brief, len(briefs))
	for _, b := range briefs {
		b.claim = claims[b.id]
		queue <- b
	}
	close(queue)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var count atomic.Int64
	var group sync.WaitGroup
	trouble := make(chan error, len(briefs))
	for range min(s.config.Pool, len(briefs)) {
		group.Go(func() {
			for b := range queue {
				ok, err := s.send(ctx, b)
				if err != nil {
					trouble <- fmt.Errorf("send mail %s: %w", b.id, err)
				}
				if errors.Is(err, errUnreachable) {
					stop(err)
				}
				if ok {
					count.Add(1)
				}
			}
		})
	}
	group.Wait()
	close(trouble)
	var all []error
	for err := range trouble {
		all = append(all, err)
	}
	return int(count.Load()), len(claims), errors.Join(all...)
}

// send carries one claimed mail to its end and says whether it was accepted.
func (s *Service) send(ctx context.Context, b *brief) (bool, error) {
	// What has begun is ended, whatever becomes of the caller.
	firm := context.WithoutCancel(ctx)
	if pause := s.pace.reserve(s.now()); pause > 0 {
		if s.config.Wait(ctx, pause) != nil {
			return false, s.release(firm, b)
		}
	}
	if ctx.Err() != nil {
		return false, s.release(firm, b)
	}
	letter, err := s.letter(ctx, b, Link(s.config.LinkKey, s.config.BaseURL, b.id))
	var message *message
	if err == nil {
		message, err = s.write(b, letter)
	}
	if err != nil {
		return false, s.refuse(firm, b, "Not sent: "+err.Error()+".")
	}
	client, err := s.pool.take(ctx)
	if err != nil && ctx.Err() != nil {
		return false, s.release(firm, b)
	}
	if err != nil {
		return false, errors.Join(fmt.Errorf("%w: %w", errUnreachable, err), s.miss(firm, b, clip(err.Error())))
	}
	usable := true
	defer func() { s.pool.put(client, usable) }()
	departure, err := s.depart(firm, b)
	if err != nil || departure != departs {
		return false, err
	}
	begun := s.now()
	_, end := trace.Root(ctx, "mail")
	result, again := hand(client, message)
	end(result.err())
	usable = again
	if s.config.Observe != nil {
		s.config.Observe(result.verdict.String(), s.now().Sub(begun))
	}
	return result.verdict == accepted, s.arrive(firm, b, result)
}
