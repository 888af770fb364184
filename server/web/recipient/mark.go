package recipient

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/organisation"
	"gradin/server/picture"
)

// mark is the organiser's as the page shows it: its name is that of its pixels,
// so that another mark has another address; empty without one.
type mark struct {
	name          string
	width, height int
}

// markView is what the template shows of a mark.
type markView struct {
	Address       string
	Width, Height int
}

// markRise is how high the page shows a mark at most, in pixels.
const markRise = 40

// view is nil without a mark.
func (m mark) view(token string) *markView {
	if m.name == "" {
		return nil
	}
	scale := min(1, markRise/float64(m.height))
	return &markView{"/t/" + token + "/mark?v=" + m.name[:16], int(float64(m.width)*scale + 0.5), int(float64(m.height)*scale + 0.5)}
}

// serveMark serves the organiser's mark to whoever has a link of his: nobody
// else learns which organisations there are, or whether one has a mark.
func (p *page) serveMark(w http.ResponseWriter, r *http.Request) {
	id, ok := p.mail(r)
	if !ok {
		p.notFound(w, r)
		return
	}
	shown, err := p.markOf(r.Context(), id)
	if err != nil || shown == nil {
		p.answer(w, r, nil, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("ETag", `"`+shown.SHA256+`"`)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache")
	if r.URL.Query().Get("v") == shown.SHA256[:16] {
		h.Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(shown.PNG))
}

func (p *page) markOf(ctx context.Context, mail uuid.UUID) (*picture.Drawn, error) {
	all, err := db.Select(ctx, p.store, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, "SELECT organisation_id FROM mails WHERE id = $1::uuid", mail)
	if err != nil {
		return nil, fmt.Errorf("read whose mail it is: %w", err)
	}
	if len(all) == 0 {
		return nil, nil //nolint:nilnil // a link of a mail that is gone is no error
	}
	return organisation.MarkOf(ctx, p.store, all[0])
}

// picture is the organiser's mark for a file, nothing when he has none.
func (p *page) picture(ctx context.Context, in *invitation) ([]byte, error) {
	shown, err := organisation.MarkOf(ctx, p.store, in.organisation)
	if err != nil || shown == nil {
		return nil, err
	}
	return shown.PNG, nil
}
