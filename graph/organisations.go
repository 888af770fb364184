package graph

import (
	"context"
	"encoding/base64"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/graph/model"
	"gradin/server/organisation"
	"gradin/server/picture"
)

func settingsOf(o *ent.Organisation) *model.OrganisationSettings {
	addresses := o.AlertAddresses
	if addresses == nil {
		addresses = []string{}
	}
	return &model.OrganisationSettings{ID: o.ID, Organisation: organisationOf(o), AlertAddresses: addresses}
}

// markOf reads the picture, which only who asks for it pays for.
func (r *Resolver) markOf(ctx context.Context, id uuid.UUID) (*model.OrganisationMark, error) {
	p, err := organisation.MarkOf(ctx, r.Store, id)
	return maybe(p, func(p *picture.Drawn) *model.OrganisationMark {
		return &model.OrganisationMark{Width: p.Width, Height: p.Height, Image: "data:image/png;base64," + base64.StdEncoding.EncodeToString(p.PNG)}
	}), err
}
