package recipient

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/term"
)

// offerLink is the link of the last offer's mail.
func offerLink(t testing.TB, server *httptest.Server, store *db.DB) string {
	t.Helper()
	id, err := db.Get[uuid.UUID](dbtest.System(), store, "SELECT id FROM mails WHERE class = 'TICKET_OFFERED' ORDER BY id DESC LIMIT 1")
	if err != nil {
		t.Fatal(err)
	}
	return mail.Link(testKey, server.URL, id)
}

func friend(s *mailtest.Stadium) url.Values {
	return url.Values{"ticket": {oid.Encode(s.Guests[0].Tickets[0])}, "email": {"zoe@example.org"}, "first": {"Zoë"}, "last": {"Müller"}}
}

func wants(t testing.TB, what string, v visit, texts ...string) {
	t.Helper()
	if v.StatusCode != http.StatusOK {
		t.Errorf("%s: %d", what, v.StatusCode)
	}
	for _, text := range texts {
		if absent, not := strings.CutPrefix(text, "!"); not == strings.Contains(v.body, strings.TrimPrefix(text, "!")) {
			t.Errorf("%s: %q is there: %v\n%s", what, absent, not, v.body)
		}
	}
}

func TestPassOn_WA3_fromOneGuestToTheNext(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 2})
		server := open(t, store)
		giver := link(server, stadium, 0)
		wants(t, "not allowed", do(t, http.MethodGet, giver), "!Pass it on")
		if v := post(t, giver+"/pass", friend(stadium), sameOrigin); v.StatusCode != http.StatusNotFound {
			t.Errorf("not allowed, and tried all the same: %d", v.StatusCode)
		}
		stadium.Exec(t, "UPDATE point_of_sales SET pass_on = TRUE")
		code := stadium.Guests[0].Barcodes[0]
		wants(t, "allowed", do(t, http.MethodPost, giver, sameOrigin), "Pass it on to somebody else", code)
		wrong := friend(stadium)
		wrong.Set("email", "zoe@")
		wants(t, "a mistyped address", post(t, giver+"/pass", wrong, sameOrigin), "<details open>", `value="zoe@"`, `value="Müller"`, "Please type the e-mail address")
		wants(t, "offered", post(t, giver+"/pass", friend(stadium), sameOrigin), "Ticket 1000001 is offered to Zoë Müller", "Being passed on", "Keep ticket 1000001 after all")
		wants(t, "while it waits", do(t, http.MethodPost, giver, sameOrigin), "!"+code, stadium.Guests[0].Barcodes[1])

		third := offerLink(t, server, store)
		wants(t, "the offer", do(t, http.MethodGet, third), "Hello Zoë", "Guest1 Lake would like to give you this ticket.", "Accept the ticket", "No, thank you",
			"FC Granval – Lyon", "Without an answer until", "!Banque du Lac", "!I cannot come", "!"+code, "!guest1@example.org")
		wants(t, "asked for the code too early", do(t, http.MethodPost, third, sameOrigin), "!"+code, "Accept the ticket")
		if v := post(t, third+"/accept", nil, "Sec-Fetch-Site: cross-site", "Origin: https://evil.example"); v.StatusCode != http.StatusForbidden {
			t.Errorf("accepted by another site: %d", v.StatusCode)
		}
		if v := do(t, http.MethodGet, third+"/accept"); v.StatusCode != http.StatusNotFound {
			t.Errorf("accepted by looking: %d", v.StatusCode)
		}
		wants(t, "accepted", post(t, third+"/accept", nil, sameOrigin), "The ticket is yours now.", "Show my code", "I cannot come", "Guest1 Lake has given you a ticket.")
		wants(t, "his code", do(t, http.MethodPost, third, sameOrigin), "data:image", "!"+code)
		wants(t, "the giver afterwards", do(t, http.MethodPost, giver, sameOrigin), "Passed on to Zoë Müller on 14 February 2027", "!"+code)
		wants(t, "kept too late", post(t, giver+"/keep", url.Values{"ticket": friend(stadium)["ticket"]}, sameOrigin), "could not be kept")
	})
}

func TestPassOn_WA3_declinedOrKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 1})
		stadium.Exec(t, "UPDATE point_of_sales SET pass_on = TRUE")
		server := open(t, store)
		giver := link(server, stadium, 0)
		post(t, giver+"/pass", friend(stadium), sameOrigin)
		first := offerLink(t, server, store)
		wants(t, "declined", post(t, first+"/decline?lang=de", nil, sameOrigin), "Sie haben abgelehnt. Das Ticket bleibt bei Guest1 Lake.", "!Ticket annehmen")
		// Who declined is shown nothing more of a ticket that is the giver's again.
		wants(t, "asked for the code", do(t, http.MethodPost, first, sameOrigin), "!"+stadium.Guests[0].Barcodes[0], "!data:image")
		wants(t, "accepted after all", post(t, first+"/accept", nil, sameOrigin), "You have declined")
		post(t, giver+"/pass", friend(stadium), sameOrigin)
		wants(t, "kept", post(t, giver+"/keep", url.Values{"ticket": friend(stadium)["ticket"]}, sameOrigin), "Ticket 1000001 stays with you.", "Show my code")
		wants(t, "the offer then", do(t, http.MethodGet, offerLink(t, server, store)), "no longer on offer", "!Accept the ticket")
		if v := post(t, link(server, stadium, 1)+"/keep", url.Values{"ticket": friend(stadium)["ticket"]}, sameOrigin); v.StatusCode != http.StatusNotFound {
			t.Errorf("another guest keeps it: %d", v.StatusCode)
		}
		for range 30 {
			post(t, giver+"/pass", friend(stadium), sameOrigin)
			post(t, giver+"/keep", url.Values{"ticket": friend(stadium)["ticket"]}, sameOrigin)
		}
		wants(t, "very many offers", post(t, giver+"/pass", friend(stadium), sameOrigin), "very many offers today")
	})
}

// letter is the last mail of a class, written out.
func letter(t testing.TB, server *httptest.Server, store *db.DB, class term.DocumentClass) (subject, text string) {
	t.Helper()
	id, err := db.Get[uuid.UUID](dbtest.System(), store, "SELECT id FROM mails WHERE class = $1::text ORDER BY id DESC LIMIT 1", string(class))
	if err != nil {
		t.Fatal(err)
	}
	mails := mail.New(store, mail.Config{BaseURL: server.URL, LinkKey: testKey, From: "tickets@example.org"}, mailtest.Start, slog.New(slog.DiscardHandler))
	written, err := mails.Render(dbtest.System(), id, true)
	if err != nil {
		t.Fatal(err)
	}
	return written.Subject, written.Text
}

// Each mail names the other person as he was typed, and the ticket.
func TestPassOn_WA3_ML1_theMailsNameWhoAndWhat(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
		stadium.Exec(t, "UPDATE point_of_sales SET pass_on = TRUE")
		server := open(t, store)
		check := func(class term.DocumentClass, wanted ...string) {
			t.Helper()
			subject, text := letter(t, server, store, class)
			for _, want := range append(wanted, "FC Granval – Lyon") {
				if !strings.Contains(subject+"\n"+text, want) {
					t.Errorf("%s lacks %q: %s\n%s", class, want, subject, text)
				}
			}
		}
		post(t, link(server, stadium, 0)+"/pass", friend(stadium), sameOrigin)
		check(term.DocumentClassTicketOffered, "from Guest1 Lake", "Hello Zoë", offerLink(t, server, store))
		post(t, offerLink(t, server, store)+"/decline", nil, sameOrigin)
		check(term.DocumentClassPassOnEnded, "not taken by Zoë Müller", "Hello Guest1")
		post(t, link(server, stadium, 0)+"/pass", friend(stadium), sameOrigin)
		post(t, offerLink(t, server, store)+"/accept", nil, sameOrigin)
		check(term.DocumentClassTicketPassedOn, "by Zoë Müller", "Hello Guest1")
	})
}
