package command

import (
	"context"
	"time"

	"gradin/server/config"
	"gradin/server/execution"
	"gradin/server/idempotency"
	"gradin/server/storedfile"
	"gradin/server/wallet"
)

// work starts the jobs.
func (s *Server) work(c config.Serve, p *parts) error {
	ctx, cancel := context.WithCancel(p.tracer.In(context.Background()))
	s.cancel = cancel
	alarm, err := execution.NewAlarm(ctx)
	if err != nil {
		return err
	}
	s.alarm = alarm
	runs, err := alarm.Bell(time.Second, "executions")
	if err != nil {
		return err
	}
	mails, err := alarm.Bell(time.Second, "mails")
	if err != nil {
		return err
	}
	wallets, err := alarm.Bell(5*time.Second, "wallets")
	if err != nil {
		return err
	}
	if err := alarm.Every(10*time.Minute, "sweep", func(ctx context.Context) { s.sweep(ctx, c, p) }); err != nil {
		return err
	}
	if err := alarm.Every(30*time.Second, "offers and reminders", func(ctx context.Context) { s.remind(ctx, p) }); err != nil {
		return err
	}
	alarm.Start()
	s.background(func() { p.runs.Serve(ctx, c.Workers, runs) })
	s.background(func() { p.mails.Serve(ctx, mails) })
	s.background(func() { p.distribution.ServeWallets(ctx, wallet.Unconnected, wallets) })
	return nil
}

func (s *Server) background(job func()) {
	done := make(chan struct{})
	s.done = append(s.done, done)
	go func() {
		defer close(done)
		job()
	}()
}

// sweep removes what is past its time: sessions, windows of rates, keys, files.
func (s *Server) sweep(ctx context.Context, c config.Serve, p *parts) {
	if err := p.accounts.Sweep(ctx); err != nil {
		s.log.ErrorContext(ctx, "sweep", "error", err)
	}
	if err := idempotency.Forget(ctx, s.Store, time.Now().Add(-max(c.KeyRetention, 24*time.Hour))); err != nil {
		s.log.ErrorContext(ctx, "forget idempotency keys", "error", err)
	}
	if c.FileRetention == 0 {
		return
	}
	if err := storedfile.Forget(ctx, s.Store, time.Now().Add(-c.FileRetention)); err != nil {
		s.log.ErrorContext(ctx, "forget old files", "error", err)
	}
}

// remind ends offers whose time is over and reminds guests whose time has come.
func (s *Server) remind(ctx context.Context, p *parts) {
	if _, err := p.distribution.ExpireOffers(ctx); err != nil {
		s.log.ErrorContext(ctx, "end offers", "error", err)
	}
	if _, err := p.distribution.RemindDue(ctx); err != nil {
		s.log.ErrorContext(ctx, "remind guests", "error", err)
	}
}
