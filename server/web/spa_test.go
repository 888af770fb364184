package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gradin/server/signed"
)

func get(t *testing.T, h http.Handler, path, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestSPA_OP3_assetsAreKeptForEverAndThePageNever(t *testing.T) {
	t.Parallel()
	h := spa{assets: fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html>")}, "assets/app-1a2b.js": {Data: []byte("plain")},
		"assets/app-1a2b.js.br": {Data: []byte("brotli")}, "assets/app-1a2b.js.gz": {Data: []byte("gzip")},
		"favicon.svg": {Data: []byte("<svg/>")}, "documents.json": {Data: []byte("{}")},
	}}
	for _, row := range []struct{ path, encoding, cache, coding, kind string }{
		{"/", "", "no-cache", "", "text/html; charset=utf-8"},
		{"/p/distribute/abc", "", "no-cache", "", "text/html; charset=utf-8"},
		{"/documents.json", "", "no-cache", "", "text/html; charset=utf-8"},
		{"/assets/app-1a2b.js", "gzip, br", "public, max-age=31536000, immutable", "br", "text/javascript; charset=utf-8"},
		{"/assets/app-1a2b.js", "gzip", "public, max-age=31536000, immutable", "gzip", "text/javascript; charset=utf-8"},
		{"/assets/app-1a2b.js", "", "public, max-age=31536000, immutable", "", "text/javascript; charset=utf-8"},
		{"/favicon.svg", "", "public, max-age=3600", "", "image/svg+xml"},
	} {
		answer := get(t, h, row.path, row.encoding)
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != row.cache ||
			answer.Header.Get("Content-Encoding") != row.coding || answer.Header.Get("Content-Type") != row.kind {
			t.Errorf("%s (%s): %d %v", row.path, row.encoding, answer.StatusCode, answer.Header)
		}
	}
	for _, path := range []string{"/assets/gone.js", "/.env", "/../secret.key"} {
		if answer := get(t, h, path, ""); answer.StatusCode == http.StatusOK && !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s was served", path)
		}
	}
}

func TestSPA_OP3_thePolicyAllowsNoInlineCode(t *testing.T) {
	t.Parallel()
	h := spa{assets: fstest.MapFS{"index.html": {Data: []byte("x")}}}
	if p := get(t, h, "/p/distribute", "").Header.Get("Content-Security-Policy"); strings.Contains(p, "unsafe") || !strings.Contains(p, "default-src 'none'") {
		t.Errorf("the policy is %q", p)
	}
	if p := get(t, h, "/a/graphql", "").Header.Get("Content-Security-Policy"); strings.Contains(p, "script-src 'self' 'unsafe") {
		t.Errorf("the playground's policy is %q", p)
	}
}

func TestSPA_withoutABuildThePageSaysHowToMakeOne(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	spa{assets: fstest.MapFS{}}.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("the page says %q", w.Body.String())
	}
}

func TestDownload_API5_anAddressIsGoodForFiveMinutesAndCannotBeForged(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	key := []byte("0123456789abcdef0123456789abcdef")
	token, err := signed.Token(key, "download", now.Add(5*time.Minute), "message")
	if err != nil {
		t.Fatal(err)
	}
	var got string
	for name, row := range map[string]struct {
		key     []byte
		purpose string
		at      time.Time
		token   string
		want    bool
	}{
		"in time":                {key, "download", now, token, true},
		"over its time":          {key, "download", now.Add(6 * time.Minute), token, false},
		"for another purpose":    {key, "other", now, token, false},
		"by another deployment":  {[]byte("another key, another deployment!"), "download", now, token, false},
		"with an altered letter": {key, "download", now, "A" + token[1:], token[0] == 'A'},
		"cut short":              {key, "download", now, token[:20], false},
	} {
		if err := signed.Read(row.key, row.purpose, row.at, row.token, &got); (err == nil) != row.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLog_masksWhatIsSecretInAPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/t/secret": "/t/…", "/d/secret": "/d/…", "/graphql": "/graphql"} {
		if got := masked(path); got != want {
			t.Errorf("%s is logged as %s", path, got)
		}
	}
}
