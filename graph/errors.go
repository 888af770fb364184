package graph

import (
	"context"

	"gradin/graph/model"
	"gradin/server/errs"
)

// refused turns what the caller can mend into data of the payload (API-2); all
// else stays an error, which the protocol layer hides. The sentence is in the
// language of who reads it.
func refused(ctx context.Context, err error) ([]*model.UserError, error) {
	if err == nil {
		return []*model.UserError{}, nil
	}
	e, ok := errs.As(err)
	if !ok {
		return nil, err
	}
	path := e.Path
	if path == nil {
		path = []string{}
	}
	return []*model.UserError{{Code: string(e.Code), Message: e.In(string(languageOf(ctx))), Path: path}}, nil
}
