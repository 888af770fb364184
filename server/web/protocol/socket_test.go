package protocol

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
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
