package command

import (
	"gradin/server/account"
	"gradin/server/config"
	"gradin/server/web/protocol"
)

// rates are the limiter's, with what the configuration says otherwise.
func rates(c config.Limits) account.Limits {
	l := account.DefaultLimits()
	for _, r := range []struct {
		given int
		rate  *account.Rate
	}{{c.RateOperations, &l.Operation}, {c.RateComplexity, &l.Complexity}, {c.RateUploads, &l.Upload}, {c.RateSignIns, &l.Login}} {
		if r.given > 0 {
			r.rate.Account, r.rate.Address = r.given, 5*r.given
		}
	}
	return l
}

// bounds are the protocol's, with what the configuration says otherwise.
func bounds(c config.Limits) protocol.Limits {
	l := protocol.DefaultLimits()
	for _, n := range []struct {
		given int
		bound *int
	}{
		{c.MaxTokens, &l.Tokens}, {c.MaxDepth, &l.Depth}, {c.MaxAliases, &l.Aliases}, {c.MaxRootFields, &l.RootFields},
		{c.MaxNodes, &l.Nodes}, {c.MaxComplexity, &l.Complexity},
	} {
		if n.given > 0 {
			*n.bound = n.given
		}
	}
	if c.MaxBody > 0 {
		l.Body = c.MaxBody
	}
	if c.MaxSignedIn > 0 {
		l.SignedInBody = c.MaxSignedIn
	}
	if c.OperationTime > 0 {
		l.Operation = c.OperationTime
	}
	return l
}
