package recipient

import (
	"net/http"

	"gradin/server/document"
	"gradin/server/oid"
	"gradin/server/walletfile"
)

// walletFile answers the button that puts the tickets into Apple's wallet: they
// are in the guest's hands then, as with the PDF (WA-1). Several come as one file.
func (p *page) walletFile(w http.ResponseWriter, r *http.Request) {
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
	passes, err := p.sign(in, r)
	if err != nil || len(passes) == 0 {
		p.answer(w, r, in, err)
		return
	}
	file, media, name := passes[0], walletfile.Media, "ticket.pkpass"
	if len(passes) > 1 {
		media, name = walletfile.MediaBundle, "tickets.pkpasses"
		if file, err = walletfile.Bundle(passes); err != nil {
			p.answer(w, r, in, err)
			return
		}
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = w.Write(file)
}

// sign makes a pass of each ticket whose code the guest may have.
func (p *page) sign(in *invitation, r *http.Request) ([][]byte, error) {
	language := chosen(r, in.language)
	mark, err := p.picture(r.Context(), in)
	if err != nil {
		return nil, err
	}
	look, err := walletfile.LookOf(mark)
	if err != nil {
		return nil, err
	}
	var passes [][]byte
	for _, t := range in.tickets {
		if !t.valid() || t.barcode == "" {
			continue
		}
		text := walletfile.Ticket{
			Serial: oid.Encode(t.id), Number: t.number, Title: t.title(), Product: t.product, Date: t.date(language), Place: join(", ", t.venue, t.city),
			Organiser: in.organiser, Giver: in.giver, Name: in.name, Category: t.category, Entrance: t.entrance, Area: t.area, Row: t.row, Seat: t.seat,
			Item: t.item, Code: t.barcode,
		}
		if t.startsAt != nil {
			at := document.InZone(*t.startsAt, t.zone)
			text.StartsAt = &at
		}
		pass, err := p.passes.Pass(text, look)
		if err != nil {
			return nil, err
		}
		passes = append(passes, pass)
	}
	return passes, nil
}
