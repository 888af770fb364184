package walletfile

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"time"
)

// field is a line of a pass; its label is a key of pass.strings.
type field struct {
	Key   string `json:"key"`
	Label string `json:"label,omitempty"`
	Value string `json:"value"`
}

type barcode struct {
	Format          string `json:"format"`
	Message         string `json:"message"`
	MessageEncoding string `json:"messageEncoding"`
	AltText         string `json:"altText"`
}

type fields struct {
	Header    []field `json:"headerFields,omitempty"`
	Primary   []field `json:"primaryFields"`
	Secondary []field `json:"secondaryFields,omitempty"`
	Auxiliary []field `json:"auxiliaryFields,omitempty"`
	Back      []field `json:"backFields,omitempty"`
}

type body struct {
	FormatVersion      int       `json:"formatVersion"`
	PassTypeIdentifier string    `json:"passTypeIdentifier"`
	SerialNumber       string    `json:"serialNumber"`
	TeamIdentifier     string    `json:"teamIdentifier"`
	OrganizationName   string    `json:"organizationName"`
	Description        string    `json:"description"`
	LogoText           string    `json:"logoText"`
	RelevantDate       string    `json:"relevantDate,omitempty"`
	ForegroundColor    string    `json:"foregroundColor"`
	BackgroundColor    string    `json:"backgroundColor"`
	LabelColor         string    `json:"labelColor"`
	SharingProhibited  bool      `json:"sharingProhibited"`
	Barcodes           []barcode `json:"barcodes"`
	EventTicket        fields    `json:"eventTicket"`
}

func (s *Signer) body(t Ticket) body {
	b := body{
		FormatVersion: 1, PassTypeIdentifier: s.passType, SerialNumber: t.Serial, TeamIdentifier: s.team, OrganizationName: t.Organiser,
		Description: t.Title, LogoText: t.Organiser, SharingProhibited: true,
		ForegroundColor: "rgb(255, 255, 255)", BackgroundColor: "rgb(59, 91, 219)", LabelColor: "rgb(219, 228, 255)",
		Barcodes: []barcode{{"PKBarcodeFormatQR", t.Code, "iso-8859-1", t.Code}},
		EventTicket: fields{
			Header:    some(field{"ticket", "ticket", fmt.Sprint(t.Number)}),
			Primary:   []field{{"event", "event", t.Title}},
			Secondary: some(field{"date", "date", t.Date}, field{"place", "place", t.Place}),
			Auxiliary: some(field{"entrance", "entrance", t.Entrance}, field{"area", "area", t.Area}, field{"row", "row", t.Row}, field{"seat", "seat", t.Seat}),
			Back: some(field{"product", "product", t.Product}, field{"category", "category", t.Category}, field{"item", "item", t.Item},
				field{"name", "name", t.Name}, field{"giver", "giver", t.Giver}),
		},
	}
	if t.StartsAt != nil {
		b.RelevantDate = t.StartsAt.Format(time.RFC3339)
	}
	return b
}

// some leaves out what is empty.
func some(all ...field) []field {
	var kept []field
	for _, f := range all {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// texts are the labels in each language.
func texts() map[string]string {
	labels := []struct{ key, en, fr, de string }{
		{"ticket", "Ticket", "Billet", "Ticket"}, {"event", "Event", "Événement", "Veranstaltung"}, {"date", "Date", "Date", "Datum"},
		{"place", "Place", "Lieu", "Ort"}, {"entrance", "Entrance", "Entrée", "Eingang"}, {"area", "Area", "Zone", "Bereich"},
		{"row", "Row", "Rang", "Reihe"}, {"seat", "Seat", "Place", "Platz"}, {"product", "Programme", "Programme", "Programm"},
		{"category", "Category", "Catégorie", "Kategorie"}, {"item", "Item", "Article", "Artikel"}, {"name", "For", "Pour", "Für"},
		{"giver", "Given by", "Remis par", "Überlassen von"},
	}
	all := map[string]string{}
	for _, l := range labels {
		for language, text := range map[string]string{"en": l.en, "fr": l.fr, "de": l.de} {
			all[language] += fmt.Sprintf("%q = %q;\n", l.key, text)
		}
	}
	return all
}

// mark draws Gradin's mark: a square with round corners, steps of seats in it.
func mark(side int) ([]byte, error) {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	round := side / 4
	for y := range side {
		for x := range side {
			dx, dy := max(round-x, x-(side-1-round), 0), max(round-y, y-(side-1-round), 0)
			if dx*dx+dy*dy > round*round {
				continue
			}
			shade := color.NRGBA{R: 66, G: 99, B: 235, A: 255}
			if step := 4 * x / side; y > side/5 && y > side-(step+1)*side/5 && y < side-side/6 && x > side/6 && x < side-side/6 {
				shade = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
			}
			picture.SetNRGBA(x, y, shade)
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	return out.Bytes(), err
}
