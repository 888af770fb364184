package protocol

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"gradin/server/errs"
)

// line is a client's end of a socket.
type line struct {
	*websocket.Conn
	t   *testing.T
	ctx context.Context
}

// dial opens a socket without initialising it.
func (h *house) dial(t *testing.T, heads ...string) (*line, *http.Response, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	o := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{}}
	for i := 0; i < len(heads); i += 2 {
		o.HTTPHeader.Set(heads[i], heads[i+1])
		if heads[i] == "Protocol" {
			o.Subprotocols = strings.Fields(heads[i+1])
		}
	}
	c, response, err := websocket.Dial(ctx, h.url, o)
	if err != nil {
		return nil, response, err
	}
	t.Cleanup(func() { _ = c.CloseNow() })
	c.SetReadLimit(-1)
	return &line{c, t, ctx}, response, nil
}

// socket opens and initialises one.
func (h *house) socket(t *testing.T, heads ...string) *line {
	t.Helper()
	l, _, err := h.dial(t, heads...)
	if err != nil {
		t.Fatal(err)
	}
	l.say(`{"type":"connection_init"}`)
	l.hear("connection_ack")
	return l
}

func (l *line) say(text string) {
	l.t.Helper()
	if err := l.Write(l.ctx, websocket.MessageText, []byte(text)); err != nil {
		l.t.Error(err)
	}
}

func (l *line) subscribe(id, document string) {
	l.t.Helper()
	l.say(fmt.Sprintf(`{"type":"subscribe","id":%q,"payload":%s}`, id, asBody(document)))
}

// hear reads the next message other than a ping and compares its kind.
func (l *line) hear(kind string) message {
	l.t.Helper()
	for {
		_, body, err := l.Read(l.ctx)
		if err != nil {
			l.t.Fatalf("waiting for %s: %v", kind, err)
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			l.t.Fatal(err)
		}
		if m.Type == "ping" && kind != "ping" {
			continue
		}
		if m.Type != kind {
			l.t.Fatalf("heard %s, want %s", body, kind)
		}
		return m
	}
}

// closed reads until the socket is closed and compares the code.
func (l *line) closed(code int) string {
	l.t.Helper()
	for {
		_, _, err := l.Read(l.ctx)
		if err == nil {
			continue
		}
		var e websocket.CloseError
		if !errors.As(err, &e) || int(e.Code) != code {
			l.t.Errorf("closed with %v, want %d", err, code)
		}
		return e.Reason
	}
}

func TestSocket_API6_operationsAreAnswered(t *testing.T) {
	t.Parallel()
	h := open(t)
	l := h.socket(t)
	l.subscribe("a", "subscription{ticks(n:2)}")
	for n := 1; n <= 2; n++ {
		if m := l.hear("next"); m.ID != "a" || !strings.Contains(string(m.Payload), fmt.Sprintf(`"data":{"ticks":%d}`, n)) {
			t.Errorf("heard %s %s", m.ID, m.Payload)
		}
	}
	if m := l.hear("complete"); m.ID != "a" {
		t.Errorf("complete is for %s", m.ID)
	}
	l.subscribe("a", "{name}")
	if m := l.hear("next"); !strings.Contains(string(m.Payload), `"name":"name"`) || !strings.Contains(string(m.Payload), `"cost"`) {
		t.Errorf("heard %s", m.Payload)
	}
	l.hear("complete")
	l.say(`{"type":"ping","payload":{"a":1}}`)
	if m := l.hear("pong"); string(m.Payload) != `{"a":1}` {
		t.Errorf("pong has %s", m.Payload)
	}
	l.say(`{"type":"pong"}`)
	l.subscribe("b", "subscription{broken}")
	if m := l.hear("next"); strings.Contains(string(m.Payload), "secret") || strings.Contains(string(m.Payload), `"data"`) {
		t.Errorf("heard %s", m.Payload)
	}
	l.hear("complete")
}

func TestSocket_API6_requestErrorsEndTheOperation(t *testing.T) {
	t.Parallel()
	h := open(t)
	l := h.socket(t)
	for document, code := range map[string]string{
		"{nme}": CodeValidation, "{": CodeParse, "{__schema{types{name}}}": CodeIntrospection,
		nested("{show", "{name}", "}", 12): limited, chain(18): limited, strings.Repeat("{a", 10_000): limited,
		"{" + strings.Repeat("name ", 5_000) + "}": limited,
	} {
		l.subscribe("a", document)
		if m := l.hear("error"); m.ID != "a" || !strings.Contains(string(m.Payload), `"code":"`+code+`"`) {
			t.Errorf("%.20s: heard %.200s", document, m.Payload)
		}
	}
	l.say(`{"type":"subscribe","id":"a","payload":{"query":"{name}","variables":{` + strings.TrimSuffix(strings.Repeat(`"a":1,`, 101), ",") + `}}}`)
	if m := l.hear("error"); !strings.Contains(string(m.Payload), limited) {
		t.Errorf("heard %s", m.Payload)
	}
}

func TestSocket_API6_completeEndsTheSubscription(t *testing.T) {
	t.Parallel()
	h := open(t)
	l := h.socket(t)
	l.subscribe("a", "subscription{never}")
	<-h.began
	l.say(`{"type":"complete","id":"a"}`)
	<-h.ended
	// The id is free at once, and what the client has completed is not completed again.
	l.subscribe("a", "subscription{ticks(n:1)}")
	l.hear("next")
	l.hear("complete")
	l.say(`{"type":"complete","id":"unknown"}`)
	l.subscribe("b", "subscription{never}")
	<-h.began
	<-h.began
	_ = l.CloseNow()
	for range 2 {
		<-h.ended
	}
}

func TestSocket_API6_closeCodesAreThoseOfTheProtocol(t *testing.T) {
	t.Parallel()
	init := `{"type":"connection_init"}`
	for name, c := range map[string]struct {
		says []string
		code int
	}{
		"no JSON":                      {[]string{"{"}, 4400},
		"an unknown message":           {[]string{`{"type":"start"}`}, 4400},
		"a message for clients":        {[]string{init, `{"type":"next","id":"a"}`}, 4400},
		"a list":                       {[]string{"[]"}, 4400},
		"an init that is no object":    {[]string{`{"type":"connection_init","payload":1}`}, 4400},
		"subscribe without an id":      {[]string{init, `{"type":"subscribe","payload":{"query":"{name}"}}`}, 4400},
		"subscribe with a long id":     {[]string{init, `{"type":"subscribe","id":"` + strings.Repeat("a", 65) + `","payload":{"query":"{name}"}}`}, 4400},
		"subscribe without a payload":  {[]string{init, `{"type":"subscribe","id":"a"}`}, 4400},
		"subscribe without a query":    {[]string{init, `{"type":"subscribe","id":"a","payload":{}}`}, 4400},
		"a batch":                      {[]string{init, `{"type":"subscribe","id":"a","payload":[{"query":"{name}"}]}`}, 4400},
		"a deep message":               {[]string{init, `{"type":"subscribe","id":"a","payload":` + nested("[", "", "]", 50) + `}`}, 4400},
		"subscribe before init":        {[]string{`{"type":"subscribe","id":"a","payload":{"query":"{name}"}}`}, 4401},
		"a second init":                {[]string{init, init}, 4429},
		"an id that is open":           {[]string{init, `{"type":"subscribe","id":"a","payload":{"query":"subscription{never}"}}`, `{"type":"subscribe","id":"a","payload":{"query":"{name}"}}`}, 4409},
		"a message of 64 KiB and more": {[]string{init, `{"type":"ping","payload":"` + strings.Repeat("a", 64<<10) + `"}`}, 1009},
		"a million opened selections":  {[]string{init, `{"type":"subscribe","id":"a","payload":` + asBody(strings.Repeat("{a", 500_000)) + `}`}, 1009},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			l, _, err := h.dial(t)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range c.says {
				_ = l.Write(l.ctx, websocket.MessageText, []byte(text))
			}
			l.closed(c.code)
		})
	}
	t.Run("a binary message", func(t *testing.T) {
		t.Parallel()
		l := open(t).socket(t)
		_ = l.Write(l.ctx, websocket.MessageBinary, []byte(init))
		l.closed(4400)
	})
}

func TestSocket_API6_otherSubprotocolsAreNotSpoken(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, protocols := range []string{"", "graphql-ws", "soap"} {
		l, _, err := h.dial(t, "Protocol", protocols)
		if err != nil {
			t.Fatal(err)
		}
		l.closed(4406)
	}
	l, _, err := h.dial(t, "Protocol", "graphql-ws graphql-transport-ws")
	if err != nil || l.Subprotocol() != "graphql-transport-ws" {
		t.Errorf("got %v", err)
	}
	if r := h.do(t, "GET", h.url, nil, "Upgrade", "websocket", "Connection", "Upgrade"); r.StatusCode != 400 && r.StatusCode != 426 {
		t.Errorf("a broken handshake gives %d", r.StatusCode)
	}
}

func TestSocket_API6_initMustComeInTime(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Init = 20 * time.Millisecond }))
	l, _, err := h.dial(t)
	if err != nil {
		t.Fatal(err)
	}
	l.closed(4408)
}

func TestSocket_API6_silentSocketsAreDropped(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Ping = 20 * time.Millisecond }))
	talking, silent := h.socket(t), h.socket(t)
	silent.subscribe("a", "subscription{never}")
	<-h.began
	for range 6 {
		talking.hear("ping")
		talking.say(`{"type":"pong"}`)
	}
	<-h.ended
	talking.subscribe("a", "{name}")
	talking.hear("next")
}

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
