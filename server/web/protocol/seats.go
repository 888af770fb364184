package protocol

import "sync"

// seats counts what is open for each key, up to a limit, and finds it again.
type seats struct {
	most  int
	mu    sync.Mutex
	taken map[string]map[*seat]bool
}

// seat is one open socket or stream; nudged says that its session should be
// looked at now.
type seat struct {
	in     *seats
	key    string
	nudged chan struct{}
}

func newSeats(most int) *seats {
	return &seats{most: most, taken: map[string]map[*seat]bool{}}
}

// take gives nil when all seats of the key are taken.
func (s *seats) take(key string) *seat {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.taken[key]) >= s.most {
		return nil
	}
	if s.taken[key] == nil {
		s.taken[key] = map[*seat]bool{}
	}
	t := &seat{in: s, key: key, nudged: make(chan struct{}, 1)}
	s.taken[key][t] = true
	return t
}

// leave gives the seat back; a second time it does nothing.
func (t *seat) leave() {
	t.in.mu.Lock()
	defer t.in.mu.Unlock()
	delete(t.in.taken[t.key], t)
	if len(t.in.taken[t.key]) == 0 {
		delete(t.in.taken, t.key)
	}
}

func (s *seats) nudge(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for t := range s.taken[key] {
		select {
		case t.nudged <- struct{}{}:
		default:
			// A look that is due already is this one as well.
		}
	}
}
