package protocol

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"gradin/server/errs"
)

func TestPost_API7_statusAndMediaTypeFollowAccept(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, c := range map[string]struct {
		accept, media  string
		good, mistaken int
	}{
		"no Accept":                   {"", mediaJSON, 200, 200},
		"anything":                    {"*/*", mediaJSON, 200, 200},
		"any application":             {"application/*", mediaJSON, 200, 200},
		"the older type":              {"application/json", mediaJSON, 200, 200},
		"the newer type":              {mediaGraphQL, mediaGraphQL, 200, 400},
		"the newer type in UTF-8":     {mediaGraphQL + "; charset=utf-8", mediaGraphQL, 200, 400},
		"the newer one liked better":  {"application/json;q=0.5, " + mediaGraphQL, mediaGraphQL, 200, 400},
		"the older one liked better":  {mediaGraphQL + ";q=0.2, application/json", mediaJSON, 200, 200},
		"an unknown one as well":      {"text/html, " + mediaGraphQL + ";q=0.1", mediaGraphQL, 200, 400},
		"only another type":           {"text/html", mediaJSON, 406, 406},
		"only another charset":        {"application/json; charset=utf-16", mediaJSON, 406, 406},
		"the type refused by quality": {"application/json;q=0", mediaJSON, 406, 406},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for document, status := range map[string]int{"{name}": c.good, "{nme}": c.mistaken, "{": c.mistaken} {
				r := h.query(t, document, "Accept", c.accept)
				if r.StatusCode != status || r.Header.Get("Content-Type") != c.media+"; charset=utf-8" {
					t.Errorf("%s: got %d %s", document, r.StatusCode, r.Header.Get("Content-Type"))
				}
			}
		})
	}
}

func TestPost_API7_requestErrorsHaveNoDataKey(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, document := range []string{"{", "{nme}", "query($n:Int!){echo(n:$n)}", "{name}" + strings.Repeat(" ", 70_000)} {
		for _, media := range []string{mediaJSON, mediaGraphQL} {
			if r := h.query(t, document, "Accept", media); strings.Contains(r.body, `"data"`) || len(r.json.Errors) == 0 {
				t.Errorf("%.20s: %.200s", document, r.body)
			}
		}
	}
	if r := h.query(t, `{fail(how:"typed")}`); !strings.Contains(r.body, `"data":{"fail":null}`) {
		t.Errorf("an answer with an error lost its data: %s", r.body)
	}
}

func TestPost_API7_whatIsNoRequestIsRefusedInWords(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, body := range map[string]string{
		"nothing": "", "no JSON": "{", "a batch": `[{"query":"{name}"}]`, "a text": `"{name}"`, "null": "null",
		"no query": "{}", "an empty query": `{"query":""}`, "a query of another case": `{"QUERY":"{name}"}`,
		"a query that is a number": `{"query":1}`, "variables that are a list": `{"query":"{name}","variables":[]}`,
		"extensions that are a text": `{"query":"{name}","extensions":""}`, "two bodies": asBody("{name}") + asBody("{name}"),
		"bytes that are no UTF-8": "{\"query\":\"{name} #\xff\"}",
	} {
		r := h.send(t, body, "Accept", mediaJSON)
		r.expect(t, 400, CodeRequest)
		if name == "a batch" && !strings.Contains(r.message(), "Batches") {
			t.Errorf("a batch is answered %q", r.message())
		}
	}
	if len(h.Ran()) > 0 {
		t.Errorf("resolvers ran: %v", h.Ran())
	}
}

func TestPost_API7_mediaTypesOfTheRequestAreLookedAt(t *testing.T) {
	t.Parallel()
	h := open(t)
	for media, status := range map[string]int{
		"application/json": 200, "application/json; charset=utf-8": 200, `application/json; charset="UTF-8"`: 200,
		"application/json; charset=latin1": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415,
		"application/graphql": 415, "": 415, ";": 415,
	} {
		if r := h.query(t, "{name}", "Content-Type", media); r.StatusCode != status {
			t.Errorf("%s: got %d, want %d", media, r.StatusCode, status)
		}
	}
	h.query(t, "{name}", "Content-Encoding", "gzip").expect(t, 415, CodeRequest)
}

func TestHandler_API7_otherMethodsAreNotAllowed(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, method := range []string{"GET", "PUT", "DELETE", "OPTIONS", "PATCH"} {
		r := h.do(t, method, h.url+"?query={name}", nil)
		r.expect(t, 405, CodeRequest)
		if r.Header.Get("Allow") != "POST" || r.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", method, r.Header)
		}
	}
}

func TestGet_API7_onlyQueriesAreAnsweredWhereItIsOpened(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) { c.QueriesByGET = true })
	get := func(parameters string, heads ...string) result {
		return h.do(t, "GET", h.url+parameters, nil, heads...)
	}
	get("?query={name}").expect(t, 200, "")
	get(`?query=query($t:String){echo(text:$t)}&variables={"t":"a"}`).expect(t, 200, "")
	r := get("?query=mutation{rename}")
	r.expect(t, 405, CodeRequest)
	if r.Header.Get("Allow") != "POST" {
		t.Errorf("Allow is %q", r.Header.Get("Allow"))
	}
	get("?query=subscription{never}", "Accept", "text/event-stream, */*").expect(t, 405, CodeRequest)
	get("?query={name}", "Cookie", "a=b").expect(t, 400, CodeRequest)
	get("?query={name}", "Cookie", "a=b", "GraphQL-Require-Preflight", "1").expect(t, 200, "")
	get("").expect(t, 400, CodeRequest)
	get("?query={name}&variables=[1]").expect(t, 400, CodeRequest)
	get("?query={name}&variables="+strings.Repeat("[", 21)).expect(t, 400, limited)
	get("?query={name}", "Accept", "text/html").expect(t, 406, CodeRequest)
	if got := h.Ran(); strings.Join(got, " ") != "name echo name" && len(got) != 3 {
		t.Errorf("ran %v", got)
	}
}

func TestHandler_API7_answersAreNotStoredNorSniffed(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, r := range []result{h.query(t, "{name}"), h.query(t, "{"), h.do(t, "GET", h.url, nil)} {
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "Accept, Cookie, Authorization",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%d: %s is %q", r.StatusCode, name, got)
			}
		}
	}
}

func TestHandler_API7_foreignPagesAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) { c.TrustedOrigins = []string{"https://portal.example.org"} })
	forbidden := string(errs.Forbidden)
	h.query(t, "mutation{rename}", "Sec-Fetch-Site", "cross-site").expect(t, 403, forbidden)
	h.query(t, "mutation{rename}", "Sec-Fetch-Site", "same-site").expect(t, 403, forbidden)
	h.query(t, "mutation{rename}", "Origin", "https://evil.example.org").expect(t, 403, forbidden)
	if len(h.Ran()) > 0 {
		t.Errorf("ran %v", h.Ran())
	}
	h.query(t, "{name}", "Sec-Fetch-Site", "same-origin").expect(t, 200, "")
	h.query(t, "{name}", "Sec-Fetch-Site", "cross-site", "Origin", "https://portal.example.org").expect(t, 200, "")
	h.query(t, "{name}", "Origin", strings.TrimSuffix(h.url, "/graphql")).expect(t, 200, "")
}

func TestHandler_API7_cookieAndTokenTogetherAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.query(t, "{name}", "Cookie", "__Host-gradin=a", "Authorization", "Bearer b").expect(t, 400, CodeRequest)
	h.query(t, "{name}", "Cookie", "theme=dark", "Authorization", "Bearer b").expect(t, 200, "")
	h.query(t, "{name}", "Cookie", "__Host-gradin=a").expect(t, 200, "")
}

func TestHandler_OP2_drainingAnswersServiceUnavailable(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := h.query(t, "{name}")
	r.expect(t, 503, string(errs.Unavailable))
	if r.Header.Get("Retry-After") != "5" {
		t.Errorf("Retry-After is %q", r.Header.Get("Retry-After"))
	}
}

func TestPost_API6_subscriptionsNeedAStream(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.query(t, "subscription{never}", "Accept", mediaGraphQL).expect(t, 400, CodeRequest)
	h.query(t, "subscription{never}").expect(t, 200, CodeRequest)
}

// full is a limiter that has room for so much of each key.
type full struct {
	room map[string]int
	keys chan string
}

func (f full) Allow(_ context.Context, key string, cost int) (bool, time.Duration) {
	f.keys <- key + "=" + string(rune('0'+min(cost, 9)))
	if most, ok := f.room[key]; ok && cost > most {
		return false, 1500 * time.Millisecond
	}
	return true, 0
}

func TestPost_API8_ratesAreKeyedByAccountAndAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		room     map[string]int
		document string
		status   int
		charged  string
	}{
		"a query":                  {nil, "{name}", 200, "operation/address/127.0.0.1=1 operation/account/ada=1 complexity/address/127.0.0.1=1 complexity/account/ada=1"},
		"what cannot be parsed":    {nil, "{", 200, "operation/address/127.0.0.1=1 operation/account/ada=1"},
		"a full address":           {map[string]int{"operation/address/127.0.0.1": 0}, "{name}", 429, "operation/address/127.0.0.1=1 operation/account/ada=1"},
		"a full account":           {map[string]int{"operation/account/ada": 0}, "{name}", 429, "operation/address/127.0.0.1=1 operation/account/ada=1"},
		"each root of a mutation":  {map[string]int{"operation/account/ada": 1}, "mutation{rename a:rename b:rename}", 429, "operation/address/127.0.0.1=1 operation/account/ada=1 operation/address/127.0.0.1=2 operation/account/ada=2"},
		"a sign-in":                {map[string]int{"login/address/127.0.0.1": 0}, "mutation{signIn}", 429, "operation/address/127.0.0.1=1 operation/account/ada=1 login/address/127.0.0.1=1 login/account/ada=1"},
		"points of free documents": {map[string]int{"complexity/account/ada": 2}, "{name echo show{name}}", 429, "operation/address/127.0.0.1=1 operation/account/ada=1 complexity/address/127.0.0.1=4 complexity/account/ada=4"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limiter := full{c.room, make(chan string, 100)}
			h := open(t, func(c *Config) { c.RateLimiter = limiter })
			r := h.query(t, c.document, "X-Who", "ada", "Accept", mediaJSON)
			if r.StatusCode != c.status {
				t.Errorf("got %d: %s", r.StatusCode, r.body)
			}
			if c.status == 429 && (r.Header.Get("Retry-After") != "2" || r.code() != string(errs.RateLimited) || r.json.Errors[0].Extensions["retryAfter"] != float64(2)) {
				t.Errorf("Retry-After %q: %s", r.Header.Get("Retry-After"), r.body)
			}
			if c.status == 429 && len(h.Ran()) > 0 {
				t.Errorf("ran %v", h.Ran())
			}
			close(limiter.keys)
			var keys []string
			for k := range limiter.keys {
				keys = append(keys, k)
			}
			if got := strings.Join(keys, " "); got != c.charged {
				t.Errorf("charged %s\n   want %s", got, c.charged)
			}
		})
	}
}

func TestClientAddress_API8_onlyListedProxiesAreBelieved(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for name, c := range map[string]struct{ peer, forwarded, want string }{
		"no proxy":                    {"198.51.100.7:1", "", "198.51.100.7"},
		"a stranger who claims":       {"198.51.100.7:1", "192.0.2.1", "198.51.100.7"},
		"a proxy":                     {"10.0.0.1:1", "192.0.2.1", "192.0.2.1"},
		"a caller who claims first":   {"10.0.0.1:1", "203.0.113.9, 192.0.2.1", "192.0.2.1"},
		"two proxies":                 {"10.0.0.1:1", "192.0.2.1, 10.0.0.2", "192.0.2.1"},
		"an entry that is no address": {"10.0.0.1:1", "192.0.2.1, unknown", "10.0.0.1"},
		"IPv4 in IPv6":                {"[::ffff:198.51.100.7]:1", "", "198.51.100.7"},
		"a proxy by IPv6":             {"[::1]:1", "2001:db8::5", "2001:db8::5"},
		"no address, as on a pipe":    {"@", "192.0.2.1", "invalid IP"},
		"only proxies":                {"10.0.0.1:1", "10.0.0.2", "10.0.0.2"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := ClientAddress(r, trusted).String(); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	if got := rateAddress(netip.MustParseAddr("2001:db8:1:2:3::4")); got != "2001:db8:1:2::/64" {
		t.Errorf("the rate address is %s", got)
	}
}
