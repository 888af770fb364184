package web

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// spa serves the built frontend. Assets with a hash in their name are kept for
// ever, index.html never; what is no asset is a route of the SPA (OP-3).
type spa struct{ assets fs.FS }

// policy lets the page load nothing but our own files, and no inline styles.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// playgroundPolicy is wider by what the playground's editor needs. It is a page
// of its own, loaded as a whole.
const playgroundPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// playground is the route that needs the wider policy.
const playground = "/a/graphql"

const absent = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gradin</title>
<body style="font-family:system-ui;max-width:36rem;margin:4rem auto;line-height:1.5">
<h1>Gradin is running, its pages are not built</h1>
<p>The API answers at <code>/graphql</code>. To build the pages, install Node.js 20 or newer and run
<code>make build</code>, then start the program again.</p></body></html>`

// ServeHTTP serves an asset or the SPA's page.
func (s spa) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name != "" && name != "index.html" && !strings.HasPrefix(path.Base(name), ".") && name != "documents.json" {
		if info, err := fs.Stat(s.assets, name); err == nil && !info.IsDir() {
			s.asset(w, r, name)
			return
		}
		if strings.HasPrefix(name, "assets/") || path.Ext(name) != "" {
			http.NotFound(w, r)
			return
		}
	}
	s.page(w, r)
}

func (s spa) page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Security-Policy", policy)
	if r.URL.Path == playground {
		w.Header().Set("Content-Security-Policy", playgroundPolicy)
	}
	if _, err := fs.Stat(s.assets, "index.html"); err != nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(absent))
		return
	}
	s.send(w, r, "index.html")
}

func (s spa) asset(w http.ResponseWriter, r *http.Request, name string) {
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "public, max-age=3600")
	}
	s.send(w, r, name)
}

// send serves the file, in a packed form made at build time where the browser
// takes it.
func (s spa) send(w http.ResponseWriter, r *http.Request, name string) {
	accepted := r.Header.Get("Accept-Encoding")
	w.Header().Add("Vary", "Accept-Encoding")
	w.Header().Set("Content-Type", typeOf(name))
	for _, packed := range []struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(accepted, packed.coding) {
			continue
		}
		if content, err := fs.ReadFile(s.assets, name+packed.suffix); err == nil {
			w.Header().Set("Content-Encoding", packed.coding)
			_, _ = w.Write(content)
			return
		}
	}
	content, err := fs.ReadFile(s.assets, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(content)
}

func typeOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map", ".webmanifest":
		return "application/json; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".wasm":
		return "application/wasm"
	}
	return "application/octet-stream"
}
