package protocol

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"gradin/server/errs"
)

const costExtension = "Cost"

// gate stands between the transports and the executor: whatever the transport,
// an operation passes every guard here before it runs, and its answers pass the
// guards on the way out.
type gate struct {
	cfg       *Config
	inner     *executor.Executor
	documents *lru.LRU[*ast.QueryDocument]
	logins    map[string]bool
	presenter *presenter
}

func newGate(cfg *Config) *gate {
	g := &gate{
		cfg:       cfg,
		inner:     executor.New(cfg.Schema),
		documents: lru.New[*ast.QueryDocument](cfg.Limits.CachedDocuments),
		logins:    make(map[string]bool, len(cfg.LoginFields)),
		presenter: &presenter{logger: cfg.Logger, hook: cfg.Present, most: cfg.Limits.Errors, language: cfg.language},
	}
	for _, name := range cfg.LoginFields {
		g.logins[name] = true
	}
	g.inner.SetQueryCache(g.documents)
	g.inner.SetErrorPresenter(g.presenter.present)
	g.inner.SetRecoverFunc(g.presenter.recovered)
	// The survey counts tokens first; this is the same wall a second time, with
	// room for the end of the text.
	g.inner.SetParserTokenLimit(cfg.Limits.Tokens + 1)
	if !cfg.Development {
		g.inner.SetDisableSuggestion(true)
		g.inner.SetDefaultRulesFn(quietRules)
	}
	for _, extension := range cfg.Extensions {
		g.inner.Use(extension)
	}
	return g
}

// open makes an operation of a request, or says why not. It never panics.
func (g *gate) open(ctx context.Context, params *graphql.RawParams) (op *graphql.OperationContext, refused *refusal) {
	defer func() {
		if cause := recover(); cause != nil {
			op, refused = nil, g.broken(ctx, cause)
		}
	}()
	if refused := g.charge(ctx, RateOperations, 1); refused != nil {
		return nil, refused
	}
	if refused := measureText(params.Query, g.cfg.Limits); refused != nil {
		return nil, refused
	}
	free := g.cfg.freeDocuments(ctx)
	listed := g.listed(params.Query)
	if !free && !listed {
		return nil, refuse(CodeNotListed, "This document is not one of the application's own: use an API token to send documents of your own.")
	}
	if refused := g.survey(ctx, params.Query); refused != nil {
		return nil, refused
	}
	op, list := g.inner.CreateOperationContext(ctx, params)
	if len(list) > 0 {
		return nil, reword(list, g.cfg.Limits.Errors)
	}
	return op, g.admit(ctx, op, listed)
}

// admit looks at a valid operation: introspection, sign-ins and price.
func (g *gate) admit(ctx context.Context, op *graphql.OperationContext, listed bool) *refusal {
	op.DisableIntrospection = !g.cfg.mayIntrospect(ctx)
	roots := rootFields(op.Operation.SelectionSet)
	logins := 0
	for _, f := range roots {
		if op.DisableIntrospection && (f.Name == "__schema" || f.Name == "__type") {
			return refuse(CodeIntrospection, "Introspection is closed to this caller: sign in, or read the published schema file.")
		}
		if op.Operation.Operation == ast.Mutation && g.logins[f.Name] {
			logins++
		}
	}
	price := &pricer{ctx: ctx, schema: g.cfg.Schema, page: g.cfg.Limits.DefaultPage, vars: op.Variables}
	cost := Cost{Complexity: price.selections(op.Operation.SelectionSet), Limit: g.cfg.Limits.Complexity}
	if cost.Complexity > cost.Limit {
		return tooMuch("The operation costs %d points; at most %d are allowed. Ask for smaller pages or fewer fields.", cost.Complexity, cost.Limit)
	}
	if cost.Complexity > cost.Limit/5*4 {
		g.cfg.Logger.LogAttrs(ctx, slog.LevelInfo, "operation near the complexity limit",
			slog.String("operation", clip(op.OperationName)), slog.Int("complexity", cost.Complexity))
	}
	op.Stats.SetExtension(costExtension, cost)
	return g.chargeOperation(ctx, op, len(roots), logins, listed)
}

// chargeOperation charges what is known only now: a mutation is as many
// operations as it has root fields, of which one is charged already.
func (g *gate) chargeOperation(ctx context.Context, op *graphql.OperationContext, roots, logins int, listed bool) *refusal {
	if op.Operation.Operation == ast.Mutation && roots > 1 {
		if refused := g.charge(ctx, RateOperations, roots-1); refused != nil {
			return refused
		}
	}
	if logins > 0 {
		if refused := g.charge(ctx, RateLogins, logins); refused != nil {
			return refused
		}
	}
	if !listed {
		cost, _ := op.Stats.GetExtension(costExtension).(Cost)
		return g.charge(ctx, RateComplexity, cost.Complexity)
	}
	return nil
}

// charge takes cost from the rates of the address and of the account (API-8).
func (g *gate) charge(ctx context.Context, kind string, cost int) *refusal {
	if g.cfg.RateLimiter == nil {
		return nil
	}
	keys := []string{kind + "/address/" + rateAddress(Address(ctx))}
	if account := g.cfg.account(ctx); account != "" {
		keys = append(keys, kind+"/account/"+account)
	}
	allowed, wait := true, time.Duration(0)
	for _, key := range keys {
		ok, retry := g.cfg.RateLimiter.Allow(ctx, key, cost)
		if !ok {
			allowed, wait = false, max(wait, retry)
		}
	}
	if allowed {
		return nil
	}
	return g.cfg.say(ctx, errs.New(errs.RateLimited, "Too many requests: wait and try again.")).with(429).after(wait)
}

// listed says whether a document is on the allow-list (API-10).
func (g *gate) listed(query string) bool {
	if len(g.cfg.Documents) == 0 {
		return false
	}
	sum := sha256.Sum256([]byte(query))
	_, ok := g.cfg.Documents[hex.EncodeToString(sum[:])]
	return ok
}

// survey measures a document once: one in the cache has passed before. A text
// that is not GraphQL is left to the executor, which says so.
func (g *gate) survey(ctx context.Context, query string) *refusal {
	if _, ok := g.documents.Get(ctx, query); ok {
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, g.cfg.Limits.Tokens+1)
	if err != nil {
		return nil
	}
	return survey(doc, g.cfg.Limits, g.logins)
}

func (g *gate) broken(ctx context.Context, cause any) *refusal {
	shown := g.presenter.internal(ctx, g.presenter.recovered(ctx, cause))
	return (&refusal{errors: gqlerror.List{shown}}).with(500)
}

// internalRefusal is for an error of the protocol's own doing.
func (g *gate) internalRefusal(ctx context.Context, err error) *refusal {
	return (&refusal{errors: gqlerror.List{g.presenter.internal(ctx, err)}}).with(500)
}

// sessionRefusal words the end of a session for a caller.
func (g *gate) sessionRefusal(ctx context.Context, err error) *refusal {
	if known, ok := errs.As(err); ok {
		return g.cfg.say(ctx, known)
	}
	return g.internalRefusal(ctx, err)
}
