package config

import (
	"fmt"
	"time"
)

// Limits are what requests may cost (API-8). Zero takes the default.
type Limits struct {
	RateOperations int           `help:"Operations an account may send in a minute (an address: five times as many). Default 1200." env:"GRADIN_RATE_OPERATIONS" placeholder:"N"`
	RateComplexity int           `help:"Points of own documents an account may spend in a minute. Default 100000." env:"GRADIN_RATE_COMPLEXITY" placeholder:"N"`
	RateUploads    int           `help:"Files an account may send in an hour. Default 60." env:"GRADIN_RATE_UPLOADS" placeholder:"N"`
	RateSignIns    int           `help:"Attempts to sign in as somebody in a minute. Default 5." env:"GRADIN_RATE_SIGN_INS" placeholder:"N"`
	MaxBody        int64         `help:"Bytes of a request of somebody unknown. Default 262144." env:"GRADIN_MAX_BODY" placeholder:"BYTES"`
	MaxSignedIn    int64         `help:"Bytes of a request of somebody signed in. Default 8388608." env:"GRADIN_MAX_SIGNED_IN_BODY" name:"max-signed-in-body" placeholder:"BYTES"`
	MaxTokens      int           `help:"Tokens of a document. Default 2000." env:"GRADIN_MAX_TOKENS" placeholder:"N"`
	MaxDepth       int           `help:"Depth of a document. Default 12." env:"GRADIN_MAX_DEPTH" placeholder:"N"`
	MaxAliases     int           `help:"Aliases of a document. Default 30." env:"GRADIN_MAX_ALIASES" placeholder:"N"`
	MaxRootFields  int           `help:"Root fields of an operation. Default 20." env:"GRADIN_MAX_ROOT_FIELDS" placeholder:"N"`
	MaxNodes       int           `help:"Fields of an operation with its fragments unfolded. Default 1000." env:"GRADIN_MAX_NODES" placeholder:"N"`
	MaxComplexity  int           `help:"Points of an operation, lists counted with their sizes. Default 5000." env:"GRADIN_MAX_COMPLEXITY" placeholder:"N"`
	OperationTime  time.Duration `help:"How long an operation may take. Default 10s." env:"GRADIN_OPERATION_TIME" placeholder:"TIME"`
}

// Validate names a figure that cannot be used.
func (l Limits) Validate() error {
	for name, n := range map[string]int64{
		"GRADIN_RATE_OPERATIONS": int64(l.RateOperations), "GRADIN_RATE_COMPLEXITY": int64(l.RateComplexity),
		"GRADIN_RATE_UPLOADS": int64(l.RateUploads), "GRADIN_RATE_SIGN_INS": int64(l.RateSignIns),
		"GRADIN_MAX_BODY": l.MaxBody, "GRADIN_MAX_SIGNED_IN_BODY": l.MaxSignedIn, "GRADIN_MAX_TOKENS": int64(l.MaxTokens),
		"GRADIN_MAX_DEPTH": int64(l.MaxDepth), "GRADIN_MAX_ALIASES": int64(l.MaxAliases),
		"GRADIN_MAX_ROOT_FIELDS": int64(l.MaxRootFields), "GRADIN_MAX_NODES": int64(l.MaxNodes),
		"GRADIN_MAX_COMPLEXITY": int64(l.MaxComplexity), "GRADIN_OPERATION_TIME": int64(l.OperationTime),
	} {
		if n < 0 {
			return fmt.Errorf("%s must be above 0; leave it out for the default", name)
		}
	}
	return nil
}
