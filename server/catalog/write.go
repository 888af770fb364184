package catalog

import (
	"context"
	"fmt"

	"gradin/ent"
	"gradin/server/contact"
	"gradin/server/oid"
	"gradin/server/term"
)

// bulk is how many rows a statement makes: SQLite takes 32,766 values.
const bulk = 1000

// inBulk makes rows, some at a time.
func inBulk[B any](rows []B, save func([]B) error) error {
	for begin := 0; begin < len(rows); begin += bulk {
		if err := save(rows[begin:min(len(rows), begin+bulk)]); err != nil {
			return err
		}
	}
	return nil
}

// places makes seasons, venues and all that is in them.
func (b *bringing) places(ctx context.Context, d *Document) error {
	c, org := b.tx.Client, b.organisation.ID
	var seasons []*ent.SeasonCreate
	for _, s := range d.Seasons {
		if b.isNew("season", s.Code) {
			seasons = append(seasons, c.Season.Create().SetID(b.id("season", s.Code)).SetOrganisationID(org).SetCode(s.Code).
				SetName(s.Name).SetStartsAt(s.StartsAt).SetEndsAt(s.EndsAt))
		}
	}
	var venues []*ent.VenueCreate
	var areas []*ent.AreaCreate
	for _, v := range d.Venues {
		if b.isNew("venue", v.Code) {
			venues = append(venues, c.Venue.Create().SetID(b.id("venue", v.Code)).SetOrganisationID(org).SetCode(v.Code).
				SetName(v.Name).SetCity(v.City).SetTimeZone(v.TimeZone))
		}
		for i, a := range v.Areas {
			if b.isNew("area", v.Code, a.Code) {
				areas = append(areas, c.Area.Create().SetID(b.id("area", v.Code, a.Code)).SetOrganisationID(org).
					SetVenueID(b.id("venue", v.Code)).SetCode(a.Code).SetName(a.Name).SetKind(a.Kind).SetEntrance(a.Entrance).
					SetSize(int(a.Size)).SetRank(i))
			}
		}
	}
	for _, save := range []func() error{
		func() error {
			return inBulk(seasons, func(s []*ent.SeasonCreate) error { return c.Season.CreateBulk(s...).Exec(ctx) })
		},
		func() error {
			return inBulk(venues, func(v []*ent.VenueCreate) error { return c.Venue.CreateBulk(v...).Exec(ctx) })
		},
		func() error {
			return inBulk(areas, func(a []*ent.AreaCreate) error { return c.Area.CreateBulk(a...).Exec(ctx) })
		},
		func() error { return b.seats(ctx, d) },
	} {
		if err := save(); err != nil {
			return fmt.Errorf("make places: %w", err)
		}
	}
	return nil
}

func (b *bringing) seats(ctx context.Context, d *Document) error {
	c, org := b.tx.Client, b.organisation.ID
	var blocks []*ent.BlockCreate
	var rows []*ent.SeatRowCreate
	var seats []*ent.SeatCreate
	for _, v := range d.Venues {
		for _, a := range v.Areas {
			for _, block := range a.Blocks {
				if b.isNew("block", v.Code, a.Code, block.Code) {
					blocks = append(blocks, c.Block.Create().SetID(b.id("block", v.Code, a.Code, block.Code)).SetOrganisationID(org).
						SetAreaID(b.id("area", v.Code, a.Code)).SetCode(block.Code))
				}
				for i, row := range block.Rows {
					at := b.id("row", v.Code, a.Code, block.Code, row.Name)
					if b.isNew("row", v.Code, a.Code, block.Code, row.Name) {
						rows = append(rows, c.SeatRow.Create().SetID(at).SetOrganisationID(org).
							SetBlockID(b.id("block", v.Code, a.Code, block.Code)).SetName(row.Name).SetRank(i))
					}
					for j, seat := range row.Seats {
						if b.isNew("seat", v.Code, a.Code, block.Code, row.Name, seat) {
							seats = append(seats, c.Seat.Create().SetID(b.id("seat", v.Code, a.Code, block.Code, row.Name, seat)).
								SetOrganisationID(org).SetSeatRowID(at).SetName(seat).SetRank(j).SetX(float64(j)).SetY(float64(i)))
						}
					}
				}
			}
		}
	}
	if err := inBulk(blocks, func(s []*ent.BlockCreate) error { return c.Block.CreateBulk(s...).Exec(ctx) }); err != nil {
		return err
	}
	if err := inBulk(rows, func(s []*ent.SeatRowCreate) error { return c.SeatRow.CreateBulk(s...).Exec(ctx) }); err != nil {
		return err
	}
	return inBulk(seats, func(s []*ent.SeatCreate) error { return c.Seat.CreateBulk(s...).Exec(ctx) })
}

// prices makes seat categories, tariffs and contingents.
func (b *bringing) prices(ctx context.Context, d *Document) error {
	c, org := b.tx.Client, b.organisation.ID
	var categories []*ent.SeatCategoryCreate
	for i, s := range d.SeatCategories {
		if b.isNew("seatCategory", s.Code) {
			categories = append(categories, c.SeatCategory.Create().SetID(b.id("seatCategory", s.Code)).SetOrganisationID(org).
				SetCode(s.Code).SetName(s.Name).SetColor(s.Color).SetRank(i))
		}
	}
	var tariffs []*ent.TariffCreate
	for _, t := range d.Tariffs {
		if b.isNew("tariff", t.Code) {
			tariffs = append(tariffs, c.Tariff.Create().SetID(b.id("tariff", t.Code)).SetOrganisationID(org).SetCode(t.Code).
				SetName(t.Name).SetAudience(t.Audience))
		}
	}
	var contingents []*ent.ContingentCreate
	for _, t := range d.Contingents {
		if b.isNew("contingent", t.Code) {
			contingents = append(contingents, c.Contingent.Create().SetID(b.id("contingent", t.Code)).SetOrganisationID(org).
				SetCode(t.Code).SetName(t.Name))
		}
	}
	if err := inBulk(categories, func(s []*ent.SeatCategoryCreate) error { return c.SeatCategory.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make seat categories: %w", err)
	}
	if err := inBulk(tariffs, func(s []*ent.TariffCreate) error { return c.Tariff.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make tariffs: %w", err)
	}
	if err := inBulk(contingents, func(s []*ent.ContingentCreate) error { return c.Contingent.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make contingents: %w", err)
	}
	return nil
}

// sales makes channels and points of sale.
func (b *bringing) sales(ctx context.Context, d *Document) error {
	c, org := b.tx.Client, b.organisation.ID
	var channels []*ent.ChannelCreate
	for _, s := range d.Channels {
		if b.isNew("channel", s.Code) {
			create := c.Channel.Create().SetID(b.id("channel", s.Code)).SetOrganisationID(org).SetCode(s.Code).SetName(s.Name).SetType(s.Type)
			for _, code := range s.Contingents {
				create.AddContingentIDs(b.id("contingent", code))
			}
			channels = append(channels, create)
		}
	}
	var points []*ent.PointOfSaleCreate
	for _, p := range d.PointsOfSale {
		if b.isNew("pointOfSale", p.Code) {
			points = append(points, c.PointOfSale.Create().SetID(b.id("pointOfSale", p.Code)).SetOrganisationID(org).
				SetChannelID(b.id("channel", p.Channel)).SetCode(p.Code).SetName(p.Name).SetLanguage(p.Language).
				SetImportTicketDetails(p.ImportTicketDetails).SetAdvancedView(p.AdvancedView))
		}
	}
	if err := inBulk(channels, func(s []*ent.ChannelCreate) error { return c.Channel.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make channels: %w", err)
	}
	if err := inBulk(points, func(s []*ent.PointOfSaleCreate) error { return c.PointOfSale.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make points of sale: %w", err)
	}
	return nil
}

// products makes products, performances and capacities.
func (b *bringing) products(ctx context.Context, d *Document) error {
	c, org := b.tx.Client, b.organisation.ID
	var products []*ent.ProductCreate
	var performances []*ent.PerformanceCreate
	var capacities []*ent.CapacityCreate
	for _, p := range d.Products {
		if b.isNew("product", p.Code) {
			products = append(products, c.Product.Create().SetID(b.id("product", p.Code)).SetOrganisationID(org).
				SetSeasonID(b.id("season", p.Season)).SetCode(p.Code).SetName(p.Name).SetFamily(p.Family))
		}
		for _, e := range p.Performances {
			at := b.id("performance", p.Code, e.Code)
			if b.isNew("performance", p.Code, e.Code) {
				create := c.Performance.Create().SetID(at).SetOrganisationID(org).SetProductID(b.id("product", p.Code)).
					SetVenueID(b.id("venue", e.Venue)).SetCode(e.Code).SetName(e.Name).SetStartsAt(e.StartsAt)
				if e.DurationMinutes > 0 {
					create.SetDurationMinutes(int(e.DurationMinutes))
				}
				performances = append(performances, create)
			}
			for _, x := range e.Capacities {
				if b.isNew("capacity", p.Code, e.Code, x.Area, x.Contingent) {
					capacities = append(capacities, c.Capacity.Create().SetID(b.id("capacity", p.Code, e.Code, x.Area, x.Contingent)).
						SetOrganisationID(org).SetPerformanceID(at).SetAreaID(b.id("area", e.Venue, x.Area)).
						SetContingentID(b.id("contingent", x.Contingent)).SetSize(int(x.Size)))
				}
			}
		}
	}
	if err := inBulk(products, func(s []*ent.ProductCreate) error { return c.Product.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make products: %w", err)
	}
	if err := inBulk(performances, func(s []*ent.PerformanceCreate) error { return c.Performance.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make performances: %w", err)
	}
	if err := inBulk(capacities, func(s []*ent.CapacityCreate) error { return c.Capacity.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make capacities: %w", err)
	}
	return nil
}

// sponsors makes structures and their relays.
func (b *bringing) sponsors(ctx context.Context, d *Document) error {
	c, org := b.tx.Client, b.organisation.ID
	var contacts []*ent.ContactCreate
	var relays []*ent.RelayCreate
	for _, s := range d.Structures {
		structure := b.id("structure", s.Name)
		if b.isNew("structure", s.Name) {
			contacts = append(contacts, c.Contact.Create().SetID(structure).SetOrganisationID(org).
				SetKind(term.ContactKindStructure).SetName(s.Name).SetCreatedAt(b.at))
		}
		for _, r := range s.Relays {
			key := contact.Key(r.Email)
			if !b.isNew("relay", s.Name, key) {
				continue
			}
			person := b.id("relay", s.Name, key)
			contacts = append(contacts, c.Contact.Create().SetID(person).SetOrganisationID(org).SetKind(term.ContactKindIndividual).
				SetName(r.FirstName+" "+r.LastName).SetFirstName(r.FirstName).SetLastName(r.LastName).
				SetEmail(r.Email).SetEmailKey(key).SetCreatedAt(b.at))
			relays = append(relays, c.Relay.Create().SetID(oid.New(oid.Relay)).SetOrganisationID(org).SetStructureID(structure).
				SetIndividualID(person).SetMain(r.Main))
		}
	}
	if len(contacts) == 0 {
		return nil
	}
	first, err := contact.Numbers(ctx, b.tx, org, "contact", len(contacts))
	if err != nil {
		return err
	}
	for i, create := range contacts {
		create.SetNumber(first + int64(i))
	}
	if err := inBulk(contacts, func(s []*ent.ContactCreate) error { return c.Contact.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make contacts: %w", err)
	}
	if err := inBulk(relays, func(s []*ent.RelayCreate) error { return c.Relay.CreateBulk(s...).Exec(ctx) }); err != nil {
		return fmt.Errorf("make relays: %w", err)
	}
	return nil
}
