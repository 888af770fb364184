package recipient

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
	"gradin/server/term"
)

func TestPDF_WA1_savingTheTicketsDownloadsThem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 2})
		server := open(t, store)
		address := link(server, stadium, 0)
		if v := do(t, http.MethodGet, address); !strings.Contains(v.body, `/pdf?lang=en"`) || !strings.Contains(v.body, "Save my tickets as PDF") {
			t.Errorf("the page has no way to save the tickets: %s", v.body)
		}
		if v := do(t, http.MethodGet, address+"/pdf"); v.StatusCode != http.StatusNotFound || stadium.Ticket(t, 0, 0).Location != term.DeliveryLocationNone {
			t.Errorf("a look at the file: %d, the ticket is %s", v.StatusCode, stadium.Ticket(t, 0, 0).Location)
		}
		if v := do(t, http.MethodPost, address+"/pdf", "Sec-Fetch-Site: cross-site"); v.StatusCode != http.StatusForbidden {
			t.Errorf("a form of another site: %d", v.StatusCode)
		}
		for range 2 {
			v := do(t, http.MethodPost, address+"/pdf?lang=de", sameOrigin)
			if v.StatusCode != http.StatusOK || v.Header.Get("Content-Type") != "application/pdf" || v.Header.Get("Cache-Control") != "no-store" ||
				!strings.HasPrefix(v.body, "%PDF-") || strings.Count(v.body, "/Type /Page\n") != 2 {
				t.Errorf("%d %v", v.StatusCode, v.Header)
			}
		}
		story := []string{"CREATED PORTAL NOT_PRINTED NONE", "DISTRIBUTED PORTAL NOT_PRINTED NONE", "LOCATION_CHANGED RECIPIENT PRINTED DOWNLOADED"}
		for n := range 2 {
			if diff := cmp.Diff(story, stadium.Story(t, 0, n)); diff != "" {
				t.Error(diff)
			}
			stadium.Reclaim(t, 0, mailtest.Start(), n)
		}
		if v := do(t, http.MethodPost, address+"/pdf", sameOrigin); !strings.Contains(v.body, "no ticket left") || strings.Contains(v.body, "as PDF") {
			t.Errorf("after a take-back: %d %s", v.StatusCode, v.body)
		}
		if got := stadium.Ticket(t, 1, 0); got.Location != term.DeliveryLocationNone {
			t.Errorf("another guest's ticket is %s", got.Location)
		}
	})
}
