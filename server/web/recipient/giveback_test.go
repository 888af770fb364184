package recipient

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/term"
)

// post sends a form of the page.
func post(t testing.TB, address string, form url.Values, header ...string) visit {
	t.Helper()
	return send(t, http.MethodPost, address, strings.NewReader(form.Encode()), append(header, "Content-Type: application/x-www-form-urlencoded")...)
}

func TestShow_WA1_D7_afterATakeBackTheLinkSaysSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 2})
		server := open(t, store)
		do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
		stadium.Reclaim(t, 0, mailtest.Start().Add(24*time.Hour), 0)
		v := do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
		if got := v.codes(stadium.Guests[0]); len(got) != 1 || got[0] != 1 {
			t.Errorf("the page shows the codes %v, want that of the second ticket only", got)
		}
		if strings.Count(v.body, "Taken back on 13 February 2027") != 1 || strings.Contains(v.body, "1000003") {
			t.Errorf("want ticket 1000001 taken back, and nothing of its replacement: %s", v.body)
		}
	})
}

func TestShow_WA1_aTicketReplacedWhileItsGuestKeptItShowsAsTheNewOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 1})
		server := open(t, store)
		do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
		stadium.GiveOnAndBack(t, 0, 0, 1)
		v := do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
		if strings.Contains(v.body, "Ticket 1000001") || !strings.Contains(v.body, "Ticket 1000003") || strings.Count(v.body, "data:image") != 1 {
			t.Errorf("want ticket 1000003 with its code alone: %s", v.body)
		}
		if v.codes(stadium.Guests[0]) != nil {
			t.Error("the page shows the dead code")
		}
	})
}

func TestGiveBack_WA4_twoClicksAndTheGiverIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 2})
		stadium.Exec(t, "UPDATE contacts SET email = 'desk@example.org', email_key = 'desk@example.org' WHERE id = $1::uuid", stadium.Sponsor.ID)
		server := open(t, store)
		address, ticket := link(server, stadium, 0), oid.Encode(stadium.Guests[0].Tickets[0])
		if v := do(t, http.MethodGet, address); strings.Count(v.body, "I cannot come") != 2 || !strings.Contains(v.body, `value="`+ticket+`"`) {
			t.Fatalf("the page has no way to give a ticket back: %s", v.body)
		}
		v := post(t, address+"/return", url.Values{"ticket": {ticket}}, sameOrigin)
		if v.StatusCode != http.StatusOK || !strings.Contains(v.body, "Ticket 1000001 is back with Banque du Lac") ||
			!strings.Contains(v.body, "Given back on") || strings.Count(v.body, "I cannot come") != 1 || v.codes(stadium.Guests[0]) != nil {
			t.Errorf("%d %s", v.StatusCode, v.body)
		}
		if got := stadium.Ticket(t, 0, 0); got.HolderID != nil {
			t.Error("the ticket is still with its guest")
		}
		v = post(t, address+"/return?lang=de", url.Values{"ticket": {ticket}}, sameOrigin)
		if !strings.Contains(v.body, "konnte nicht zurückgegeben werden") {
			t.Errorf("a second time: %s", v.body)
		}
		for name, form := range map[string]string{
			"another guest's ticket": oid.Encode(stadium.Guests[1].Tickets[0]), "no ticket": "", "nonsense": "x",
		} {
			if v := post(t, address+"/return", url.Values{"ticket": {form}}, sameOrigin); v.StatusCode != http.StatusNotFound {
				t.Errorf("%s: %d, want 404", name, v.StatusCode)
			}
		}
		if got := stadium.Ticket(t, 1, 0); got.HolderID == nil || got.Location != term.DeliveryLocationNone {
			t.Error("another guest lost his ticket")
		}
	})
}

func TestGiveBack_WA4_otherSitesAndLooksAreRefused(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	server := open(t, store)
	form := url.Values{"ticket": {oid.Encode(stadium.Guests[0].Tickets[0])}}
	if v := post(t, link(server, stadium, 0)+"/return", form, "Sec-Fetch-Site: cross-site", "Origin: https://evil.example"); v.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %d", v.StatusCode)
	}
	if v := do(t, http.MethodGet, link(server, stadium, 0)+"/return?"+form.Encode()); v.StatusCode != http.StatusNotFound {
		t.Errorf("a look: %d", v.StatusCode)
	}
	if got := stadium.Ticket(t, 0, 0); got.HolderID == nil {
		t.Error("the ticket went back")
	}
}
