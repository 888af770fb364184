package catalog

import (
	"time"

	"gradin/server/term"
)

// Document is a catalogue as it is brought in. Fields without a default must be
// there; codes name things within the organisation, and what a thing refers to
// is in the document or in the store.
type Document struct {
	Seasons        []Season       `json:"seasons"`
	Venues         []Venue        `json:"venues"`
	SeatCategories []SeatCategory `json:"seatCategories"`
	Tariffs        []Tariff       `json:"tariffs"`
	Contingents    []Contingent   `json:"contingents"`
	Channels       []Channel      `json:"channels"`
	PointsOfSale   []PointOfSale  `json:"pointsOfSale"`
	Products       []Product      `json:"products"`
	Structures     []Structure    `json:"structures"`
	Allotments     []Allotment    `json:"allotments"`
}

// Season is a year of activity.
type Season struct {
	Code     string    `json:"code" must:"code"`
	Name     string    `json:"name" must:"text"`
	StartsAt time.Time `json:"startsAt" must:"be"`
	EndsAt   time.Time `json:"endsAt" must:"be"`
}

// Venue is a house with its plan.
type Venue struct {
	Code     string `json:"code" must:"code"`
	Name     string `json:"name" must:"text"`
	City     string `json:"city"`
	TimeZone string `json:"timeZone" must:"zone"`
	Areas    []Area `json:"areas"`
}

// Area is numbered, with blocks of seats, or unnumbered, with a size.
type Area struct {
	Code     string        `json:"code" must:"code"`
	Name     string        `json:"name" must:"text"`
	Kind     term.AreaKind `json:"kind" must:"be"`
	Entrance string        `json:"entrance"`
	Size     int64         `json:"size"`
	Blocks   []Block       `json:"blocks"`
}

// Block is a part of an area.
type Block struct {
	Code string `json:"code" must:"code"`
	Rows []Row  `json:"rows"`
}

// Row is a row of seats, named in their order.
type Row struct {
	Name  string   `json:"name" must:"label"`
	Seats []string `json:"seats" must:"label"`
}

// SeatCategory is a price zone.
type SeatCategory struct {
	Code  string `json:"code" must:"code"`
	Name  string `json:"name" must:"text"`
	Color string `json:"color"`
}

// Tariff is a kind of price.
type Tariff struct {
	Code     string                `json:"code" must:"code"`
	Name     string                `json:"name" must:"text"`
	Audience term.AudienceCategory `json:"audience" must:"be"`
}

// Contingent is a named share of places.
type Contingent struct {
	Code string `json:"code" must:"code"`
	Name string `json:"name" must:"text"`
}

// Channel is where sales come from.
type Channel struct {
	Code        string           `json:"code" must:"code"`
	Name        string           `json:"name" must:"text"`
	Type        term.ChannelType `json:"type" must:"be"`
	Contingents []string         `json:"contingents"`
}

// PointOfSale is a place of a channel, with the parameters that rule the portal.
type PointOfSale struct {
	Code                string        `json:"code" must:"code"`
	Name                string        `json:"name" must:"text"`
	Channel             string        `json:"channel" must:"be"`
	Language            term.Language `json:"language" must:"be"`
	ImportTicketDetails bool          `json:"importTicketDetails"`
	AdvancedView        bool          `json:"advancedView"`
}

// Product is something sold.
type Product struct {
	Code         string             `json:"code" must:"code"`
	Name         string             `json:"name" must:"text"`
	Family       term.ProductFamily `json:"family" must:"be"`
	Season       string             `json:"season" must:"be"`
	Performances []Performance      `json:"performances"`
}

// Performance is a dated session. Its capacities are those of unnumbered areas.
type Performance struct {
	Code            string     `json:"code" must:"code"`
	Name            string     `json:"name" must:"text"`
	StartsAt        time.Time  `json:"startsAt" must:"be"`
	DurationMinutes int64      `json:"durationMinutes"`
	Venue           string     `json:"venue" must:"be"`
	Capacities      []Capacity `json:"capacities"`
}

// Capacity is how many may be in an unnumbered area from a contingent.
type Capacity struct {
	Area       string `json:"area" must:"be"`
	Contingent string `json:"contingent" must:"be"`
	Size       int64  `json:"size" must:"positive"`
}

// Structure is a sponsor with those who act for it. Its name is its code.
type Structure struct {
	Name   string  `json:"name" must:"text"`
	Relays []Relay `json:"relays"`
}

// Relay is a person who acts for a structure.
type Relay struct {
	Email     string `json:"email" must:"email"`
	FirstName string `json:"firstName" must:"text"`
	LastName  string `json:"lastName" must:"text"`
	Main      bool   `json:"main"`
}

// Allotment gives tickets of a performance to a sponsor: the seats named, or as
// many places of an unnumbered area as Quantity says. Its reference is its code.
type Allotment struct {
	Reference    string   `json:"reference" must:"text"`
	Sponsor      string   `json:"sponsor" must:"be"`
	PointOfSale  string   `json:"pointOfSale" must:"be"`
	Product      string   `json:"product" must:"be"`
	Performance  string   `json:"performance" must:"be"`
	Tariff       string   `json:"tariff" must:"be"`
	SeatCategory string   `json:"seatCategory" must:"be"`
	Contingent   string   `json:"contingent" must:"be"`
	Area         string   `json:"area" must:"be"`
	Price        int64    `json:"price"`
	Quantity     int64    `json:"quantity"`
	Places       []Places `json:"places"`
}

// Places are seats of a row.
type Places struct {
	Block string   `json:"block" must:"be"`
	Row   string   `json:"row" must:"be"`
	Seats []string `json:"seats" must:"be"`
}
