package graph

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/document"
)

// letters writes the mails of a page out together, once, when the first of
// them is asked for what it says.
func (r *Resolver) letters(mails []*ent.Mail) func(context.Context) (map[uuid.UUID]document.Letter, error) {
	var once sync.Once
	var all map[uuid.UUID]document.Letter
	var err error
	return func(ctx context.Context) (map[uuid.UUID]document.Letter, error) {
		once.Do(func() {
			ids := make([]uuid.UUID, len(mails))
			for i, m := range mails {
				ids[i] = m.ID
			}
			all, err = r.Mails.RenderAll(ctx, ids, true)
		})
		return all, err
	}
}
