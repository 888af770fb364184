package recipient

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/organisation"
	"gradin/server/term"
	"gradin/server/viewer"
)

// hang gives the stadium's organisation a mark of one colour.
func hang(t testing.TB, s *mailtest.Stadium, shade color.Color, width int) {
	t.Helper()
	p := image.NewNRGBA(image.Rect(0, 0, width, 80))
	for i := range width * 80 {
		p.Set(i%width, i/width, shade)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		t.Fatal(err)
	}
	admin := viewer.With(context.Background(), viewer.Viewer{Role: string(term.RoleOrganisationAdmin), Organisation: viewer.UUID(s.Organisation.ID), User: viewer.UUID{1}})
	if _, err := organisation.ChangeMark(admin, s.Store, &out, time.Now()); err != nil {
		t.Fatal(err)
	}
}

var markAddress = regexp.MustCompile(`src="(/t/[^"]+/mark\?v=[0-9a-f]+)"`)

func TestMark_WA1_comesByTheGuestsLink(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		server := open(t, store)
		page := link(server, stadium, 0)
		before := do(t, http.MethodGet, page)
		if wants(t, "without a mark", before, `<p class="brand">FC Granval</p>`, "!/mark"); do(t, http.MethodGet, page+"/mark").StatusCode != http.StatusNotFound {
			t.Error("there is a mark before there is one")
		}
		hang(t, stadium, color.NRGBA{R: 200, A: 255}, 160)
		shown := do(t, http.MethodGet, page)
		wants(t, "with a mark", shown, `alt="FC Granval" width="80" height="40"`, `!class="brand"`)
		if policy := shown.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "img-src 'self' data:;") || strings.Contains(policy, "script-src") {
			t.Errorf("the policy is %s", policy)
		}
		found := markAddress.FindStringSubmatch(shown.body)
		if found == nil {
			t.Fatal(shown.body)
		}
		picture := do(t, http.MethodGet, server.URL+found[1])
		if drawn, err := png.Decode(strings.NewReader(picture.body)); err != nil || drawn.Bounds().Dx() != 160 || picture.Header.Get("Content-Type") != "image/png" ||
			picture.Header.Get("Cache-Control") != "private, max-age=31536000, immutable" || picture.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%d %v: %v", picture.StatusCode, err, picture.Header)
		}
		if again := do(t, http.MethodGet, server.URL+found[1], "If-None-Match: "+picture.Header.Get("ETag")); again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("what the browser has comes again: %d", again.StatusCode)
		}
		// Another picture has another address; the old one never goes on being believed.
		hang(t, stadium, color.NRGBA{B: 200, A: 255}, 100)
		if next := markAddress.FindStringSubmatch(do(t, http.MethodGet, page).body); next == nil || next[1] == found[1] {
			t.Errorf("the new mark is at %v", next)
		}
		if stale := do(t, http.MethodGet, server.URL+found[1]); stale.Header.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("the old address is cached: %v", stale.Header)
		}
		if got := stadium.Ticket(t, 0, 0); got.Location != term.DeliveryLocationNone {
			t.Errorf("looking at the mark made the ticket %s", got.Location)
		}
	})
}

// Whether an organisation has a mark, or is at all, nobody learns without a link.
func TestMark_AC3_isNoWayToFindOutAboutOrganisations(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	hang(t, stadium, color.NRGBA{R: 200, A: 255}, 160)
	server := open(t, store)
	good := link(server, stadium, 0)
	gone := do(t, http.MethodGet, mail.Link(testKey, server.URL, oid.New(oid.Mail))+"/mark")
	for name, address := range map[string]string{
		"a forged link":          mail.Link([]byte("another key that is long enough!"), server.URL, stadium.Guests[0].Mail),
		"an organisation's id":   server.URL + "/t/" + oid.Encode(stadium.Organisation.ID),
		"a link cut short":       good[:len(good)-1],
		"a link of no mail":      mail.Link(testKey, server.URL, oid.New(oid.Mail)),
		"one for something else": mail.Link(testKey, server.URL, stadium.Organisation.ID),
	} {
		if v := do(t, http.MethodGet, address+"/mark"); v.StatusCode != http.StatusNotFound || v.body != gone.body || v.Header.Get("ETag") != "" {
			t.Errorf("%s: %d", name, v.StatusCode)
		}
	}
}

func TestMark_WA1_isOnThePDFAndInThePass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		server := signing(t, store)
		address := link(server, stadium, 0)
		plain := do(t, http.MethodPost, address+"/pdf", sameOrigin)
		bare := inside(t, do(t, http.MethodPost, address+"/pass-file", sameOrigin).body, "logo.png")
		hang(t, stadium, color.NRGBA{R: 200, A: 128}, 160)
		if marked := do(t, http.MethodPost, address+"/pdf", sameOrigin); strings.Contains(plain.body, "/Subtype /Image") || !strings.Contains(marked.body, "/Subtype /Image") {
			t.Errorf("the PDF: %d, %d bytes without and %d with a mark", marked.StatusCode, len(plain.body), len(marked.body))
		}
		if logo := inside(t, do(t, http.MethodPost, address+"/pass-file", sameOrigin).body, "logo.png"); logo == bare {
			t.Error("the pass shows the same logo with a mark")
		}
	})
}
