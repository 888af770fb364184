// Package protocol is the front door of the GraphQL API: it turns HTTP, server
// sent events and WebSockets into operations for any executable schema, and it
// keeps the promise that no request, however built, ends or stalls the process
// (API-8).
//
// A request passes through a row of guards, cheapest first. Its origin and its
// credentials are looked at before its body is read; its bytes are counted
// while they are read; the nesting of the JSON and of the GraphQL text is
// measured by linear scans before anything recursive sees them; the parsed
// document is unfolded under a budget before the validator, whose time is
// quadratic, may walk it; and the price of the operation is known before it
// runs. Each guard answers with a sentence that names its figure.
//
// What leaves the process is as narrow: the errors of package errs with their
// code, input errors in words of our own that never repeat what was sent, and
// for everything else the words "internal error" with a reference under which
// the cause is in the log (API-2).
//
// The package knows no schema, no store and no session. What it needs to know
// about a caller it asks through the hooks of Config, which read what an outer
// middleware has put into the context.
package protocol
