package recipient

import (
	"net/http"

	"gradin/server/document"
)

// pdf answers the button that saves the tickets: they are in the guest's hands
// then, just as when he looks at the codes (WA-1). Without a ticket that can be
// used the page says so.
func (p *page) pdf(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	if !ok {
		p.notFound(w, r)
		return
	}
	in, err := p.download(r.Context(), id)
	if err != nil || in == nil {
		p.answer(w, r, in, err)
		return
	}
	sheets := document.Sheets{
		Language: chosen(r, in.language), Organisation: in.organiser, Giver: in.giver, Name: in.name, Made: p.now(),
	}
	for _, t := range in.tickets {
		if t.valid() && t.barcode != "" {
			sheets.Passes = append(sheets.Passes, document.Pass{Ticket: t.ticket(), Code: t.barcode})
		}
	}
	if len(sheets.Passes) == 0 {
		p.answer(w, r, in, nil)
		return
	}
	if sheets.Mark, err = p.picture(r.Context(), in); err != nil {
		p.answer(w, r, nil, err)
		return
	}
	file, err := document.PDF(sheets)
	if err != nil {
		p.answer(w, r, nil, err)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `attachment; filename="tickets.pdf"`)
	_, _ = w.Write(file)
}

// ticket is what a letter or a sheet of paper says of it.
func (t pass) ticket() document.Ticket {
	return document.Ticket{
		Number: t.number, Product: t.product, Performance: t.performance, StartsAt: t.startsAt, TimeZone: t.zone, Venue: t.venue, City: t.city,
		Category: t.category, Entrance: t.entrance, Area: t.area, Row: t.row, Seat: t.seat, Item: t.item, Quantity: t.quantity,
	}
}
