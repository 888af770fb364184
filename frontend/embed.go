// Package frontend holds the built single-page application, so that the one
// binary can serve it. It owns nothing but the files: which of them are cached,
// and under which security policy they are sent, is decided by package web.
//
// A checkout that has not run `npm run build` still compiles; the file system
// is then empty but for a placeholder, and Built tells so.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built files, rooted where index.html lies. Beside each asset
// that is worth compressing lie its .gz and .br siblings, and documents.json
// names the SHA-256 of every GraphQL document the application sends.
func FS() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a constant that the directive above requires
	}
	return files
}

// Built reports whether the application was built before the binary was.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}
