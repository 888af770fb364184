package mail

import (
	"sync"
	"time"
)

// pace hands out departure times so that mails leave evenly spread.
type pace struct {
	interval time.Duration
	mutex    sync.Mutex
	next     time.Time
}

func newPace(perSecond float64) *pace {
	if perSecond <= 0 {
		return &pace{}
	}
	return &pace{interval: time.Duration(float64(time.Second) / perSecond)}
}

// reserve takes the next departure and says how long it is until then.
func (p *pace) reserve(now time.Time) time.Duration {
	if p.interval == 0 {
		return 0
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.next.Before(now) {
		p.next = now
	}
	pause := p.next.Sub(now)
	p.next = p.next.Add(p.interval)
	return pause
}
