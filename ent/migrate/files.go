package migrate

import "embed"

// Files are the versioned migrations, in a folder per engine. The files
// *_guards.sql are written by hand: they say in triggers what an index cannot.
//
//go:embed sqlite/*.sql postgres/*.sql
var Files embed.FS
