package protocol

import (
	"fmt"
	"time"
)

// Limits are the figures of API-8. Every one is an inclusive maximum: a request
// that reaches it is served, one above it is refused with a sentence that names
// the figure. Start from DefaultLimits; a zero figure is refused by New.
type Limits struct {
	// Body and SignedInBody bound a JSON request body in bytes, for anonymous
	// and for signed-in callers; the latter carry bulk arguments in variables.
	Body, SignedInBody int64
	// Query bounds the GraphQL text in bytes, for everybody.
	Query int
	// Tokens bounds the lexical tokens of the text, comments included and
	// variables' values not; Nesting its open brackets of any kind.
	Tokens, Nesting int
	// Variables bounds the variables of a request, JSONNesting the open
	// brackets of its body.
	Variables, JSONNesting int

	// Depth bounds the fields one below the other, IntrospectionDepth those
	// below __schema and __type, which the standard query nests deeper.
	Depth, IntrospectionDepth int
	// RootFields bounds the root fields of an operation. Aliases, Nodes and
	// Directives are counted over the document with fragments unfolded.
	RootFields, Aliases, Nodes, Directives int
	// Logins bounds the root fields of the sign-in kind in a document.
	Logins int
	// Complexity bounds the price of an operation; DefaultPage is the number
	// of elements a connection is priced at when neither first nor last is given.
	Complexity, DefaultPage int

	// Errors bounds the errors of an answer, Answer its data in bytes.
	Errors, Answer int
	// Operation is how long a query or a mutation may take.
	Operation time.Duration
	// BodyTime and UploadTime are how long a JSON or a multipart body may take
	// to arrive.
	BodyTime, UploadTime time.Duration
	// CachedDocuments is how many validated documents are kept.
	CachedDocuments int

	// Upload bounds a multipart body's files in bytes, together (API-5); Files
	// and Paths bound their number and the variables they are put into;
	// Operations bounds the operations part in bytes.
	Upload       int64
	Files, Paths int
	Operations   int64

	// Init is how long a socket may stay without connection_init; Message
	// bounds one message in bytes.
	Init    time.Duration
	Message int64
	// SocketOperations bounds the operations open on one socket, Sockets and
	// Streams the sockets and the event streams of one session, and
	// PendingSockets the sockets of one address that are not initialised yet.
	SocketOperations, Sockets, Streams, PendingSockets int
	// Ping is the time between two signs of life on sockets and streams; a
	// socket that is silent for two of them is dropped.
	Ping time.Duration
	// Recheck is the time between two looks at the session of an open socket
	// or stream.
	Recheck time.Duration
	// Write is how long a stream's reader may take to accept an event.
	Write time.Duration
}

// DefaultLimits are the figures Gradin starts with.
func DefaultLimits() Limits {
	return Limits{
		Body: 256 << 10, SignedInBody: 8 << 20, Query: 64 << 10,
		Tokens: 2_000, Nesting: 30, Variables: 100, JSONNesting: 20,
		Depth: 12, IntrospectionDepth: 20,
		RootFields: 20, Aliases: 30, Nodes: 1_000, Directives: 20, Logins: 1,
		Complexity: 5_000, DefaultPage: 50,
		Errors: 100, Answer: 8 << 20,
		Operation: 10 * time.Second, BodyTime: 30 * time.Second, UploadTime: 10 * time.Minute,
		CachedDocuments: 256,
		Upload:          64 << 20, Files: 4, Paths: 4, Operations: 64 << 10,
		Init: 5 * time.Second, Message: 64 << 10,
		SocketOperations: 20, Sockets: 5, Streams: 20, PendingSockets: 20,
		Ping: 20 * time.Second, Recheck: time.Minute, Write: 30 * time.Second,
	}
}

// Validate names the first figure that is not positive.
func (l Limits) Validate() error {
	figures := []struct {
		name  string
		value int64
	}{
		{"Body", l.Body}, {"SignedInBody", l.SignedInBody}, {"Query", int64(l.Query)},
		{"Tokens", int64(l.Tokens)}, {"Nesting", int64(l.Nesting)},
		{"Variables", int64(l.Variables)}, {"JSONNesting", int64(l.JSONNesting)},
		{"Depth", int64(l.Depth)}, {"IntrospectionDepth", int64(l.IntrospectionDepth)},
		{"RootFields", int64(l.RootFields)}, {"Aliases", int64(l.Aliases)},
		{"Nodes", int64(l.Nodes)}, {"Directives", int64(l.Directives)}, {"Logins", int64(l.Logins)},
		{"Complexity", int64(l.Complexity)}, {"DefaultPage", int64(l.DefaultPage)},
		{"Errors", int64(l.Errors)}, {"Answer", int64(l.Answer)},
		{"Operation", int64(l.Operation)}, {"BodyTime", int64(l.BodyTime)},
		{"UploadTime", int64(l.UploadTime)}, {"CachedDocuments", int64(l.CachedDocuments)},
		{"Upload", l.Upload}, {"Files", int64(l.Files)}, {"Paths", int64(l.Paths)},
		{"Operations", l.Operations}, {"Init", int64(l.Init)}, {"Message", l.Message},
		{"SocketOperations", int64(l.SocketOperations)}, {"Sockets", int64(l.Sockets)},
		{"Streams", int64(l.Streams)}, {"PendingSockets", int64(l.PendingSockets)},
		{"Ping", int64(l.Ping)}, {"Recheck", int64(l.Recheck)}, {"Write", int64(l.Write)},
	}
	for _, f := range figures {
		if f.value <= 0 {
			return fmt.Errorf("limit %s is %d: it must be positive", f.name, f.value)
		}
	}
	return nil
}
