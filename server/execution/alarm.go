package execution

import (
	"context"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// Alarm is the alarm clock of a process. It only rings: what is due is decided
// by the database, so that a late, doubled or missed ring harms nothing (IF-3).
type Alarm struct {
	scheduler gocron.Scheduler
	ctx       context.Context
}

// NewAlarm makes an alarm whose tasks get the context.
func NewAlarm(ctx context.Context) (*Alarm, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(time.UTC))
	if err != nil {
		return nil, fmt.Errorf("make the alarm: %w", err)
	}
	return &Alarm{scheduler: scheduler, ctx: ctx}, nil
}

// Every runs the task at each interval, never twice at once.
func (a *Alarm) Every(interval time.Duration, name string, task func(context.Context)) error {
	_, err := a.scheduler.NewJob(gocron.DurationJob(interval), gocron.NewTask(func() { task(a.ctx) }),
		gocron.WithName(name), gocron.WithSingletonMode(gocron.LimitModeReschedule))
	if err != nil {
		return fmt.Errorf("set the alarm %s: %w", name, err)
	}
	return nil
}

// Bell rings at each interval; rings that nobody hears are not kept.
func (a *Alarm) Bell(interval time.Duration, name string) (<-chan time.Time, error) {
	bell := make(chan time.Time, 1)
	err := a.Every(interval, name, func(context.Context) {
		select {
		case bell <- time.Now():
		default:
		}
	})
	return bell, err
}

// Start lets the alarm ring; Stop ends it and waits for running tasks.
func (a *Alarm) Start() { a.scheduler.Start() }

// Stop ends the alarm and waits for running tasks.
func (a *Alarm) Stop() error { return a.scheduler.Shutdown() }
