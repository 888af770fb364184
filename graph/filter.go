package graph

import (
	"gradin/graph/model"
	"gradin/server/ticket"
)

// filterOf reads which tickets are meant.
func filterOf(f *model.TicketFilter) ticket.Filter {
	if f == nil {
		return ticket.Filter{}
	}
	filter := ticket.Filter{
		Season: idOr(f.SeasonID), Product: idOr(f.ProductID), Performances: f.PerformanceIds,
		SeatCategories: f.SeatCategoryIds, Contingents: f.ContingentIds, From: f.From, To: f.To,
		States: f.States, Locations: f.Locations, Distributed: f.Distributed, Search: valueOr(f.Search, ""),
		Downloaded: f.Downloaded, InCart: f.InCart, TakeBackPossible: f.TakeBackPossible, Tickets: f.TicketIds,
	}
	for _, k := range f.TicketTypes {
		filter.Kinds = append(filter.Kinds, ticket.Kind{
			Performance: idOr(k.PerformanceID), SeatCategory: idOr(k.SeatCategoryID), Tariff: k.TariffID,
		})
	}
	return filter
}
