package graph

import (
	"context"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/graph/model"
	"gradin/server/alert"
	"gradin/server/catalog"
	"gradin/server/organisation"
	"gradin/server/privacy"
	"gradin/server/seatmap"
	"gradin/server/viewer"
)

// viewerOf is who is asking; nil for nobody.
func (r *Resolver) viewerOf(ctx context.Context) (*model.Viewer, error) {
	v, ok := viewer.From(ctx)
	if !ok || v.User == (viewer.UUID{}) {
		return nil, nil //nolint:nilnil // GraphQL's null: nobody is signed in
	}
	u, err := r.Store.Client.User.Get(ctx, uuid.UUID(v.User))
	if err != nil {
		return nil, err
	}
	may, err := r.Distribution.May(ctx)
	if err != nil {
		return nil, err
	}
	maps, err := r.Maps.May(ctx)
	if err != nil {
		return nil, err
	}
	return &model.Viewer{User: userOf(u), MailsLeave: r.MailsLeave, Can: &model.ViewerPermissions{
		UsePortal: may.UsePortal, Distribute: may.Distribute, ExportTicketDetails: may.Export,
		ImportTicketDetails: may.Import, UseCart: may.UseCart, ReadAllExecutions: may.ReadAllExecutions, ReadOutbox: may.ReadOutbox,
		ResendMails: may.ResendMails, UsePlayground: may.UsePlayground, ManageTokens: may.ManageTokens,
		SeeSeatMaps: maps, ChangeSeatPlans: seatmap.MayImport(v),
		ManagePersonalData: privacy.May(v),
		ReadAudit:          may.ReadAudit, ReadPointsOfSale: catalog.MayReadPointsOfSale(v), ChangePointsOfSale: catalog.MayChangePointsOfSale(v),
		ReadAlerts: alert.MayRead(v), AcknowledgeAlerts: alert.MayAcknowledge(v), ChangeTakeBackWatch: alert.MayChange(v),
		ReadOrganisation: organisation.MayRead(v), ChangeOrganisation: organisation.MayChange(v),
	}}, nil
}

func (r *Resolver) organisation(ctx context.Context) (*model.Organisation, error) {
	v, _ := viewer.From(ctx)
	if v.Organisation == (viewer.UUID{}) {
		return nil, nil //nolint:nilnil // an institution's admin has none
	}
	o, err := r.Store.Client.Organisation.Get(ctx, uuid.UUID(v.Organisation))
	return maybe(o, organisationOf), hidden(err)
}

// contact reads a contact the viewer may see; nil for none.
func (r *Resolver) contact(ctx context.Context, id uuid.UUID) (*model.Contact, error) {
	if id == uuid.Nil {
		return nil, nil //nolint:nilnil // GraphQL's null
	}
	c, err := r.Store.Client.Contact.Get(ctx, id)
	return maybe(c, contactOf), hidden(err)
}

// pointOfSale reads a point of sale the viewer may see; nil for none.
func (r *Resolver) pointOfSale(ctx context.Context, id uuid.UUID) (*model.PointOfSale, error) {
	if id == uuid.Nil {
		return nil, nil //nolint:nilnil // GraphQL's null
	}
	p, err := r.Store.Client.PointOfSale.Get(ctx, id)
	return maybe(p, pointOfSaleOf), hidden(err)
}

func structureOf(ctx context.Context) uuid.UUID {
	v, _ := viewer.From(ctx)
	return uuid.UUID(v.Structure)
}

func pointOfSaleIDOf(ctx context.Context) uuid.UUID {
	v, _ := viewer.From(ctx)
	return uuid.UUID(v.PointOfSale)
}

func userIDOf(ctx context.Context) uuid.UUID {
	v, _ := viewer.From(ctx)
	return uuid.UUID(v.User)
}

func addressOf(ctx context.Context) string {
	if jar, ok := jarOf(ctx); ok {
		return jar.Address()
	}
	v, _ := viewer.From(ctx)
	return v.Address
}

func organisationOf(o *ent.Organisation) *model.Organisation {
	return &model.Organisation{ID: o.ID, Code: o.Code, Name: o.Name, TimeZone: o.TimeZone, Currency: o.Currency, Language: o.Language}
}
