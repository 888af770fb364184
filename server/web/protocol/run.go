package protocol

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gradin/server/errs"
)

// execution is one operation that runs. Its answers are taken one by one with
// next, nil being the end; stop must be called and ends it early.
type execution struct {
	gate    *gate
	op      *graphql.OperationContext
	ctx     context.Context
	stop    context.CancelFunc
	respond graphql.ResponseHandler
	tally   *tally
	begun   bool
}

// run starts an operation. Queries and mutations have Limits.Operation, which
// reaches the store through the context; a subscription lasts until its caller
// or its session goes.
func (g *gate) run(ctx context.Context, op *graphql.OperationContext) *execution {
	x := &execution{gate: g, op: op, tally: &tally{}}
	ctx = context.WithValue(ctx, tallyKey{}, x.tally)
	if op.Operation.Operation == ast.Subscription {
		x.ctx, x.stop = context.WithCancel(ctx)
	} else {
		x.ctx, x.stop = context.WithTimeout(ctx, g.cfg.Limits.Operation)
	}
	return x
}

// next gives the next answer, within the limits on answers, or nil. A panic
// becomes an answer and is the last one.
func (x *execution) next() (answer *graphql.Response) {
	defer func() {
		if cause := recover(); cause != nil {
			answer = x.failed(x.gate.presenter.recovered(x.ctx, cause))
			x.respond = func(context.Context) *graphql.Response { return nil }
		}
	}()
	if x.respond == nil {
		x.respond, x.ctx = x.gate.inner.DispatchOperation(x.ctx, x.op)
	}
	x.tally.n.Store(0)
	answer = x.respond(x.ctx)
	if answer == nil {
		return x.unanswered()
	}
	x.begun = true
	return x.bounded(answer)
}

// unanswered tells an operation that ran out of time before its first answer
// from one that has given its last.
func (x *execution) unanswered() *graphql.Response {
	if x.begun || x.op.Operation.Operation == ast.Subscription {
		return nil
	}
	x.begun = true
	err := x.ctx.Err()
	if err == nil {
		err = errNoAnswer
	}
	return x.failed(err)
}

// bounded keeps an answer within Limits.Answer and adds its price; the presenter
// has kept its errors within Limits.Errors.
func (x *execution) bounded(answer *graphql.Response) *graphql.Response {
	limits := x.gate.cfg.Limits
	if len(answer.Data) > limits.Answer {
		answer = &graphql.Response{
			Data: []byte("null"),
			Errors: gqlerror.List{coded(string(errs.TooLarge),
				"The answer is larger than what is sent at once: ask for smaller pages or fewer fields. A mutation has run.")},
		}
	}
	if cost, ok := x.op.Stats.GetExtension(costExtension).(Cost); ok {
		if answer.Extensions == nil {
			answer.Extensions = map[string]any{}
		}
		answer.Extensions["cost"] = cost
	}
	return answer
}

func (x *execution) failed(err error) *graphql.Response {
	x.begun = true
	return &graphql.Response{
		Data:   []byte("null"),
		Errors: gqlerror.List{x.gate.presenter.classify(x.ctx, err)},
	}
}
