package distribution

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"gradin/server/spreadsheet"
	"gradin/server/term"
	"gradin/server/ticket"
)

// clock shows times in the zone of a ticket's venue, each zone read once.
type clock map[string]*time.Location

func (c clock) cell(r ticket.Row) spreadsheet.Cell {
	if r.StartsAt == nil {
		return spreadsheet.Cell{}
	}
	zone, known := c[r.TimeZone]
	if !known {
		loaded, err := time.LoadLocation(r.TimeZone)
		if err != nil {
			loaded = time.UTC
		}
		zone, c[r.TimeZone] = loaded, loaded
	}
	return spreadsheet.Date(r.StartsAt.In(zone))
}

// Export writes the workbook of the valid tickets within the filter, a page of
// tickets at a time, so that memory does not grow with their number (WB-1).
func (s *Service) Export(ctx context.Context, scope ticket.Scope, f ticket.Filter, language term.Language, id uuid.UUID, out io.Writer) error {
	f.Valid = true
	asked, err := ticket.GuestFields(ctx, s.store, scope, f)
	if err != nil {
		return err
	}
	w, err := spreadsheet.NewWriter(out, book(language, id, s.now(), asked))
	if err != nil {
		return fmt.Errorf("begin workbook: %w", err)
	}
	cells := make([]spreadsheet.Cell, len(columns)+len(asked))
	zones := clock{}
	page := ticket.Page{
		Order: ticket.ByPlace, Limit: exportPage,
		Parts: ticket.WithFile | ticket.WithProduct | ticket.WithVenue | ticket.WithSeatCategory | ticket.WithTariff,
	}
	for {
		rows, err := ticket.List(ctx, s.store, scope, f, page)
		if err != nil {
			return err
		}
		for _, r := range rows {
			for i, c := range columns {
				cells[i] = spreadsheet.Cell{}
				if c.value != nil {
					cells[i] = c.value(r, zones)
				}
			}
			if err := w.Row(cells...); err != nil {
				return fmt.Errorf("write workbook: %w", err)
			}
		}
		if len(rows) < exportPage {
			return w.Close()
		}
		last := rows[len(rows)-1]
		page.Begun, page.Key, page.ID = true, last.PlaceKey, last.ID
	}
}

// exportPage is how many tickets are read at once.
const exportPage = 5000

func book(language term.Language, id uuid.UUID, now time.Time, asked []term.GuestField) spreadsheet.Book {
	words := howTo(language)
	b := spreadsheet.Book{
		Sheet: Sheet, HowTo: words.sheet, ExportID: id.String(), FormatVersion: FormatVersion,
		Language: lower(language), Creator: "Gradin", Title: words.title, Created: now,
	}
	for _, c := range columns {
		col := spreadsheet.Column{Header: c.header, Width: c.width, Kind: c.kind, Open: c.open}
		if c.header == HeaderEmail {
			col.Check, col.Warning, col.Prompt = spreadsheet.CheckEmail, words.warning, words.prompt
		}
		b.Columns = append(b.Columns, col)
	}
	for _, field := range asked {
		b.Columns = append(b.Columns, spreadsheet.Column{Header: headerOf(field), Width: 20, Kind: spreadsheet.KindText, Open: true})
		b.HowTo.Rows = append(b.HowTo.Rows, []string{headerOf(field), askedSentence(field, language)})
	}
	return b
}

func lower(language term.Language) string {
	switch language {
	case term.LanguageFr:
		return "fr"
	case term.LanguageDe:
		return "de"
	}
	return "en"
}
