package protocol

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gradin/server/errs"
)

func TestSocket_API7_foreignPagesAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) { c.TrustedOrigins = []string{"https://portal.example.org"} })
	own := strings.TrimSuffix(h.url, "/graphql")
	for name, c := range map[string]struct {
		heads  []string
		status int
	}{
		"a program":                    {nil, 101},
		"our page with a cookie":       {[]string{"Cookie", "a=b", "Origin", own}, 101},
		"a listed page with a cookie":  {[]string{"Cookie", "a=b", "Origin", "https://portal.example.org"}, 101},
		"a cookie without an origin":   {[]string{"Cookie", "a=b"}, 403},
		"a foreign page with a cookie": {[]string{"Cookie", "a=b", "Origin", "https://evil.example.org"}, 403},
		"a foreign page":               {[]string{"Origin", "https://evil.example.org"}, 403},
		"a sandboxed page":             {[]string{"Cookie", "a=b", "Origin", "null"}, 403},
		"a cookie and a token":         {[]string{"Cookie", "__Host-gradin=b", "Authorization", "Bearer c", "Origin", own}, 400},
	} {
		if _, response, _ := h.dial(t, c.heads...); response == nil || response.StatusCode != c.status {
			t.Errorf("%s: %v", name, response)
		}
	}
	l, _, err := h.dial(t, "Cookie", "a=b", "Origin", own)
	if err != nil {
		t.Fatal(err)
	}
	l.say(`{"type":"connection_init","payload":{"Authorization":"Bearer c"}}`)
	l.closed(4403)
}

func TestSocket_AC1_initTakesATokenOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) {
		c.MayIntrospect = func(ctx context.Context) bool { return who(ctx) == "ada" }
		c.Init = func(ctx context.Context, payload map[string]any) (context.Context, error) {
			switch payload["token"] {
			case "good":
				return context.WithValue(ctx, whoKey{}, "ada"), nil
			case "weak":
				return nil, errs.New(errs.Forbidden, "This token may not.")
			case "odd":
				return nil, errors.New("secret")
			case "panic":
				panic("secret")
			}
			return nil, errs.New(errs.Unauthenticated, "Sign in.")
		}
	})
	for token, code := range map[string]int{"weak": 4403, "bad": 4401, "odd": 4500, "panic": 4500} {
		l, _, err := h.dial(t)
		if err != nil {
			t.Fatal(err)
		}
		l.say(`{"type":"connection_init","payload":{"token":"` + token + `"}}`)
		if reason := l.closed(code); strings.Contains(reason, "secret") {
			t.Errorf("the reason is %s", reason)
		}
	}
	l, _, err := h.dial(t)
	if err != nil {
		t.Fatal(err)
	}
	l.say(`{"type":"connection_init","payload":{"token":"good"}}`)
	l.hear("connection_ack")
	l.subscribe("a", "{__schema{types{name}}}")
	l.hear("next")
}

func TestSocket_AC1_theEndOfTheSessionClosesIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		every time.Duration
		end   func(*house, *line)
		err   error
		code  int
	}{
		"when the next look is due": {5 * time.Millisecond, func(*house, *line) {}, errs.New(errs.Unauthenticated, "Sign in."), 4401},
		"when somebody asks":        {time.Hour, func(h *house, _ *line) { h.Recheck("account/ada") }, errs.New(errs.Forbidden, "No."), 4403},
		"when it subscribes":        {time.Hour, func(_ *house, l *line) { l.subscribe("b", "{name}") }, errs.New(errs.Unauthenticated, "Sign in."), 4401},
		"when nobody can tell":      {time.Hour, func(h *house, _ *line) { h.Recheck("account/ada") }, errors.New("secret"), 4500},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var over atomic.Bool
			h := open(t, limits(func(l *Limits) { l.Recheck = c.every }), func(f *Config) {
				f.Recheck = func(context.Context) error {
					if over.Load() {
						return c.err
					}
					return nil
				}
			})
			l := h.socket(t, "X-Who", "ada")
			l.subscribe("a", "subscription{never}")
			<-h.began
			over.Store(true)
			c.end(h, l)
			l.closed(c.code)
			<-h.ended
			if got := strings.Join(h.Ran(), " "); got != "" {
				t.Errorf("ran %s", got)
			}
		})
	}
}

func TestSocket_API8_operationsAndSocketsAreCounted(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.SocketOperations, l.Sockets, l.PendingSockets = 2, 2, 2 }))
	l := h.socket(t, "X-Who", "ada")
	for _, id := range []string{"a", "b"} {
		l.subscribe(id, "subscription{never}")
		<-h.began
	}
	l.subscribe("c", "{name}")
	if m := l.hear("error"); m.ID != "c" || !strings.Contains(string(m.Payload), limited) {
		t.Errorf("heard %s", m.Payload)
	}
	l.say(`{"type":"complete","id":"a"}`)
	l.subscribe("c", "{name}")
	l.hear("next")
	_ = h.socket(t, "X-Who", "ada")
	third, _, err := h.dial(t, "X-Who", "ada")
	if err != nil {
		t.Fatal(err)
	}
	third.say(`{"type":"connection_init"}`)
	third.closed(4429)
	_ = h.socket(t, "X-Who", "eve")

	// Two that do not initialise are all an address may have.
	pending := 0
	for pending < 2 {
		if _, _, err := h.dial(t); err != nil {
			t.Fatal(err)
		}
		pending++
	}
	if _, response, _ := h.dial(t); response == nil || response.StatusCode != 429 {
		t.Errorf("a third pending socket gives %v", response)
	}
}

func TestSocket_API8_anOperationHasItsDeadline(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Operation = 10 * time.Millisecond }))
	l := h.socket(t)
	l.subscribe("a", "{wait}")
	if m := l.hear("next"); !strings.Contains(string(m.Payload), CodeDeadline) {
		t.Errorf("heard %s", m.Payload)
	}
	l.hear("complete")
}

func TestSocket_OP2_drainingClosesWithGoingAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	l := h.socket(t)
	l.subscribe("a", "subscription{never}")
	<-h.began
	waiting, _, err := h.dial(t)
	if err != nil {
		t.Fatal(err)
	}
	drained := make(chan error, 1)
	go func() { drained <- h.Drain(t.Context()) }()
	l.closed(1001)
	waiting.closed(1001)
	<-h.ended
	if err := <-drained; err != nil {
		t.Error(err)
	}
	if _, response, _ := h.dial(t); response == nil || response.StatusCode != 503 {
		t.Errorf("a new socket gets %v", response)
	}
}

func TestSocket_API8_aPanicOfAHookDoesNotEndTheProcess(t *testing.T) {
	t.Parallel()
	var armed atomic.Bool
	h := open(t, func(c *Config) {
		c.Recheck = func(context.Context) error {
			if armed.Load() {
				panic("secret")
			}
			return nil
		}
	})
	for _, end := range []func(*line){
		func(l *line) { l.subscribe("a", "{name}") },
		func(*line) { h.Recheck("account/ada") },
	} {
		armed.Store(false)
		l := h.socket(t, "X-Who", "ada")
		armed.Store(true)
		end(l)
		l.closed(4500)
	}
}

func TestSocket_API6_anOperationThatEndsLateLeavesItsSuccessorAlone(t *testing.T) {
	t.Parallel()
	ended := false
	first, second := &opened{cancel: func() {}}, &opened{cancel: func() { ended = true }}
	s := &socket{open: map[string]*opened{"a": second}}
	if s.forget("a", first) || ended {
		t.Error("the first operation has ended the second of the same id")
	}
	if !s.forget("a", second) || !ended || s.forget("a", nil) {
		t.Error("the second operation has not ended, or twice")
	}
}
