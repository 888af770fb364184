package protocol

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gradin/server/errs"
)

// presenter decides what of an error a caller may see (API-2): refusals of
// package errs as they are, input that does not fit in words of our own, and
// everything else as "internal error" with a reference. The cause is logged
// once, here.
type presenter struct {
	logger *slog.Logger
	hook   func(ctx context.Context, err error) *gqlerror.Error
	most   int
	// language is what the caller reads.
	language func(ctx context.Context) string
}

type tallyKey struct{}

// tally counts the errors of one answer, so that a list of which every element
// fails neither fills the answer nor the log.
type tally struct{ n atomic.Int64 }

// logged is an error whose cause is in the log already.
type logged struct{ reference string }

func (l *logged) Error() string { return "internal error" }

// present is the error presenter of the executor. Above the most errors of an
// answer it gives nil, which drops the error.
func (p *presenter) present(ctx context.Context, err error) *gqlerror.Error {
	if t, ok := ctx.Value(tallyKey{}).(*tally); ok && t.n.Add(1) > int64(p.most) {
		return nil
	}
	if p.hook != nil {
		if shown := p.hook(ctx, err); shown != nil {
			return shown
		}
	}
	shown := p.classify(ctx, err)
	if wrapped, ok := errors.AsType[*gqlerror.Error](err); ok {
		shown.Path, shown.Locations = wrapped.Path, wrapped.Locations
	}
	if shown.Path == nil {
		shown.Path = graphql.GetPath(ctx)
	}
	return shown
}

func (p *presenter) classify(ctx context.Context, err error) *gqlerror.Error {
	if refusal, ok := errs.As(err); ok && refusal.Code != errs.Internal {
		shown := p.say(ctx, refusal)
		if len(refusal.Path) > 0 {
			shown.Extensions["input"] = refusal.Path
		}
		return shown
	}
	if argument, ok := inputPath(ctx, err); ok {
		return coded(string(errs.Invalid), clip("The value at "+argument+" does not fit its type."))
	}
	switch ctx.Err() {
	case context.DeadlineExceeded:
		return p.say(ctx, errs.New(CodeDeadline, "The operation took too long and was stopped: ask for less at once."))
	case context.Canceled:
		return p.say(ctx, errs.New(CodeCancelled, "The operation was cancelled."))
	}
	return p.internal(ctx, err)
}

// say words a refusal in the caller's language.
func (p *presenter) say(ctx context.Context, refusal *errs.Error) *gqlerror.Error {
	return coded(string(refusal.Code), refusal.In(p.language(ctx)))
}

// internal logs the cause, unless a recovered panic was logged before, and
// gives the words without it.
func (p *presenter) internal(ctx context.Context, err error) *gqlerror.Error {
	known, ok := errors.AsType[*logged](err)
	if !ok {
		known = &logged{reference: rand.Text()[:12]}
		p.logger.LogAttrs(ctx, slog.LevelError, "internal error", append(where(ctx),
			slog.String("reference", known.reference), slog.String("cause", err.Error()))...)
	}
	shown := coded(string(errs.Internal), "internal error")
	shown.Extensions["reference"] = known.reference
	return shown
}

// recovered logs a panic with its stack and gives the error that stands for it.
func (p *presenter) recovered(ctx context.Context, cause any) error {
	known := &logged{reference: rand.Text()[:12]}
	p.logger.LogAttrs(ctx, slog.LevelError, "panic recovered", append(where(ctx),
		slog.String("reference", known.reference), slog.String("cause", fmt.Sprint(cause)),
		slog.String("stack", string(debug.Stack())))...)
	return known
}

// where names the operation and the field for the log.
func where(ctx context.Context) []slog.Attr {
	var attrs []slog.Attr
	if graphql.HasOperationContext(ctx) {
		attrs = append(attrs, slog.String("operation", clip(graphql.GetOperationContext(ctx).OperationName)))
	}
	if path := graphql.GetPath(ctx); len(path) > 0 {
		attrs = append(attrs, slog.String("path", path.String()))
	}
	return attrs
}

// inputPath tells an argument that could not be read from an error of the
// resolver: gqlgen puts the former on a path that goes on below the field's own,
// through the argument. Their texts name Go types and repeat values.
func inputPath(ctx context.Context, err error) (string, bool) {
	wrapped, ok := errors.AsType[*gqlerror.Error](err)
	field := graphql.GetFieldContext(ctx)
	if !ok || field == nil {
		return "", false
	}
	own := field.Path()
	if len(wrapped.Path) <= len(own) {
		return "", false
	}
	if _, named := wrapped.Path[len(own)].(ast.PathName); !named {
		return "", false
	}
	return wrapped.Path[len(own):].String(), true
}

func coded(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}

// clip bounds what an error repeats of the names in a document.
func clip(text string) string {
	const most = 300
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
