package walletfile

import (
	"fmt"
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
	LogoText           string    `json:"logoText,omitempty"`
	RelevantDate       string    `json:"relevantDate,omitempty"`
	ForegroundColor    string    `json:"foregroundColor"`
	BackgroundColor    string    `json:"backgroundColor"`
	LabelColor         string    `json:"labelColor"`
	SharingProhibited  bool      `json:"sharingProhibited"`
	Barcodes           []barcode `json:"barcodes"`
	EventTicket        fields    `json:"eventTicket"`
}

func (s *Signer) body(t Ticket, look Look) body {
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
	if look.marked {
		b.LogoText = "" // the mark says it, and both have no room beside each other
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
