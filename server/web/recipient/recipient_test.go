package recipient

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/mail"
	"gradin/server/mail/mailtest"
	"gradin/server/oid"
	"gradin/server/term"
)

var testKey = []byte("0123456789abcdef0123456789abcdef")

type visit struct {
	*http.Response
	body string
}

// open starts the page over the stadium.
func open(t testing.TB, store *db.DB) *httptest.Server {
	t.Helper()
	now := func() time.Time { return mailtest.Start().Add(48 * time.Hour) }
	log := slog.New(slog.DiscardHandler)
	tickets := distribution.New(store, execution.New(store, log, time.Minute, now), log, now, 0)
	server := httptest.NewServer(New(store, tickets, testKey, now, log, nil))
	t.Cleanup(server.Close)
	return server
}

func link(server *httptest.Server, s *mailtest.Stadium, guest int) string {
	return mail.Link(testKey, server.URL, s.Guests[guest].Mail)
}

// do visits an address as a browser would; header lines are "Name: value".
func do(t testing.TB, method, address string, header ...string) visit {
	t.Helper()
	return send(t, method, address, nil, header...)
}

func send(t testing.TB, method, address string, form io.Reader, header ...string) visit {
	t.Helper()
	r, err := http.NewRequest(method, address, form)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return visit{answer, string(body)}
}

// codes are those of the guest's barcodes that the page shows.
func (v visit) codes(g mailtest.Guest) []int {
	var shown []int
	for i, code := range g.Barcodes {
		if strings.Contains(v.body, code) {
			shown = append(shown, i)
		}
	}
	return shown
}

const sameOrigin = "Sec-Fetch-Site: same-origin"

func TestShow_WA1_lookingChangesNothingAndShowsNoCode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 2})
		server := open(t, store)
		before := stadium.Story(t, 0, 0)
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} {
			v := do(t, method, link(server, stadium, 0), "Sec-Purpose: prefetch", "Sec-Fetch-Site: cross-site")
			if v.StatusCode != http.StatusOK || v.codes(stadium.Guests[0]) != nil || strings.Contains(v.body, "data:image") {
				t.Errorf("%s: %d, codes %v", method, v.StatusCode, v.codes(stadium.Guests[0]))
			}
		}
		if diff := cmp.Diff(before, stadium.Story(t, 0, 0)); diff != "" {
			t.Error(diff)
		}
		v := do(t, http.MethodGet, link(server, stadium, 0))
		for _, text := range []string{"Hello Guest1", "Banque du Lac has given you 2 tickets.", "FC Granval – Lyon", "Swiss League", "Sunday 14 March 2027, 10:00",
			"Stade du Lac, Granval", "Ticket 1000001", "Category 1", "North Stand", "Show my codes"} {
			if !strings.Contains(v.body, text) {
				t.Errorf("%q is missing", text)
			}
		}
		if strings.Contains(v.body, "1000003") {
			t.Error("the page shows another guest's ticket")
		}
	})
}

func TestReveal_WA1_askingForTheCodesDownloadsOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 3})
		server := open(t, store)
		for range 2 {
			v := do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
			if diff := cmp.Diff([]int{0, 1, 2}, v.codes(stadium.Guests[0])); diff != "" {
				t.Errorf("%d %s", v.StatusCode, diff)
			}
			if v.codes(stadium.Guests[1]) != nil {
				t.Error("the page shows another guest's code")
			}
			if !strings.Contains(v.body, `alt="Code of ticket 1000002"`) {
				t.Error("a code has no name for those who do not see it")
			}
		}
		story := []string{"CREATED PORTAL NOT_PRINTED NONE", "DISTRIBUTED PORTAL NOT_PRINTED NONE", "LOCATION_CHANGED RECIPIENT PRINTED DOWNLOADED"}
		if diff := cmp.Diff(story, stadium.Story(t, 0, 2)); diff != "" {
			t.Error(diff)
		}
		if got := stadium.Ticket(t, 0, 2); got.Location != term.DeliveryLocationDownloaded || got.DownloadedAt == nil || got.Version != 3 {
			t.Errorf("%s at version %d", got.Location, got.Version)
		}
		if got := stadium.Ticket(t, 1, 0); got.Location != term.DeliveryLocationNone {
			t.Errorf("another guest's ticket is %s", got.Location)
		}
	})
}

func TestReveal_WA1_thoseWhoAskAtOnceWriteOneHistory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 5})
		server := open(t, store)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if v := do(t, http.MethodPost, link(server, stadium, 0), sameOrigin); v.StatusCode != http.StatusOK || len(v.codes(stadium.Guests[0])) != 5 {
					t.Errorf("%d with %d codes", v.StatusCode, len(v.codes(stadium.Guests[0])))
				}
			})
		}
		group.Wait()
		for n := range 5 {
			if story := stadium.Story(t, 0, n); len(story) != 3 {
				t.Errorf("ticket %d: %v", n, story)
			}
		}
	})
}

func TestReveal_WA1_otherSitesAreRefused(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	server := open(t, store)
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"a form of another site":                {[]string{"Sec-Fetch-Site: cross-site", "Origin: https://evil.example"}, http.StatusForbidden},
		"a form of a sister site":               {[]string{"Sec-Fetch-Site: same-site"}, http.StatusForbidden},
		"another site in an old browser":        {[]string{"Origin: https://evil.example"}, http.StatusForbidden},
		"a hidden origin of another site":       {[]string{"Sec-Fetch-Site: cross-site", "Origin: null"}, http.StatusForbidden},
		"the page's own form":                   {[]string{sameOrigin, "Origin: null"}, http.StatusOK},
		"the page's own form in an old browser": {[]string{"Origin: null"}, http.StatusOK},
		"the page's own form with an origin":    {[]string{"Origin: " + server.URL}, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			v := do(t, http.MethodPost, link(server, stadium, 0), c.header...)
			if v.StatusCode != c.want || (v.codes(stadium.Guests[0]) != nil) != (c.want == http.StatusOK) {
				t.Errorf("%d, want %d", v.StatusCode, c.want)
			}
		})
	}
}

func TestReveal_WA1_ticketsThatAreGoneShowNoCode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 5})
		server := open(t, store)
		tickets := stadium.Guests[0].Tickets
		stadium.TakeBack(t, 0, 1, mailtest.Start().Add(24*time.Hour))
		stadium.Exec(t, "UPDATE tickets SET state = 'CONTROLLED', controlled_at = $1::timestamptz WHERE id = $2::uuid", mailtest.Start().Add(36*time.Hour), tickets[2])
		stadium.Exec(t, "UPDATE tickets SET state = 'CANCELLED', live = $1::boolean WHERE id = $2::uuid", false, tickets[3])
		stadium.Exec(t, "UPDATE tickets SET holder_id = $1::uuid WHERE id = $2::uuid", stadium.Sponsor.ID, tickets[4])
		v := do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
		if diff := cmp.Diff([]int{0}, v.codes(stadium.Guests[0])); diff != "" {
			t.Error(diff)
		}
		status := regexp.MustCompile(`<p class="status">([^<]*)</p>`)
		var got []string
		for _, m := range status.FindAllStringSubmatch(v.body, -1) {
			got = append(got, m[1])
		}
		want := []string{"Valid", "Taken back on 13 February 2027", "Used on 13 February 2027", "No longer valid", "Passed on"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		for n := 1; n < 5; n++ {
			if got := stadium.Ticket(t, 0, n); got.Location != term.DeliveryLocationNone {
				t.Errorf("ticket %d is %s", n, got.Location)
			}
		}
		stadium.TakeBack(t, 0, 0, mailtest.Start().Add(24*time.Hour))
		v = do(t, http.MethodPost, link(server, stadium, 0), sameOrigin)
		if v.codes(stadium.Guests[0]) != nil || strings.Contains(v.body, "<button") || !strings.Contains(v.body, "no ticket left") {
			t.Error("a page without a ticket must say so and show no code")
		}
	})
}

func TestShow_AC3_forgedTokensLearnNothing(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	server := open(t, store)
	good := link(server, stadium, 0)
	last := "A"
	if strings.HasSuffix(good, "A") {
		last = "Q"
	}
	want := do(t, http.MethodGet, server.URL+"/t/nonsense")
	if want.StatusCode != http.StatusNotFound || !strings.Contains(want.body, "We do not know this link") {
		t.Errorf("%d %s", want.StatusCode, want.body)
	}
	for name, address := range map[string]string{
		"a changed signature": good[:len(good)-1] + last,
		"another key":         mail.Link([]byte("another key, another key, another"), server.URL, stadium.Guests[0].Mail),
		"a mail that is not":  mail.Link(testKey, server.URL, oid.New(oid.Mail)),
		"a style that is not": server.URL + "/t/style-000000000000.css",
		"a deeper path":       good + "/more",
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if got := do(t, method, address, sameOrigin); got.StatusCode != http.StatusNotFound || got.body != want.body {
				t.Errorf("%s: %s %d", name, method, got.StatusCode)
			}
		}
	}
}

func TestPage_WA1_isKeptOutOfCachesAndFrames(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1})
	server := open(t, store)
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		v := do(t, method, link(server, stadium, 0), sameOrigin)
		got := map[string]string{}
		for _, name := range []string{"Cache-Control", "Referrer-Policy", "X-Robots-Tag", "Content-Security-Policy", "X-Content-Type-Options", "Content-Language"} {
			got[name] = v.Header.Get(name)
		}
		want := map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Content-Security-Policy": policy,
			"X-Content-Type-Options": "nosniff", "Content-Language": "en"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if strings.Contains(v.body, "<script") || strings.Contains(v.body, "style=") {
			t.Error("the page needs what its own policy forbids")
		}
	}
	v := do(t, http.MethodGet, link(server, stadium, 0))
	found := regexp.MustCompile(`href="(/t/style-[0-9a-f]{12}\.css)"`).FindStringSubmatch(v.body)
	if found == nil {
		t.Fatal("the page has no stylesheet")
	}
	css := do(t, http.MethodGet, server.URL+found[1])
	if css.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || css.Header.Get("Content-Type") != "text/css; charset=utf-8" || css.body != style {
		t.Errorf("%d %v", css.StatusCode, css.Header)
	}
}

func TestPage_ML1_speaksTheMailsLanguageUnlessAskedForAnother(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1, Language: term.LanguageFr})
	server := open(t, store)
	for query, want := range map[string]string{
		"": "Afficher mon code", "?lang=de": "Meinen Code anzeigen", "?lang=en": "Show my code", "?lang=xx": "Afficher mon code",
	} {
		if v := do(t, http.MethodGet, link(server, stadium, 0)+query, "Accept-Language: en"); !strings.Contains(v.body, want) {
			t.Errorf("%q does not say %q", query, want)
		}
	}
	for accept, want := range map[string]string{
		"fr-CH, de;q=0.8": "Nous ne connaissons pas ce lien", "it, de-AT;q=0.7": "Diesen Link kennen wir nicht", "": "We do not know this link",
	} {
		if v := do(t, http.MethodGet, server.URL+"/t/x", "Accept-Language: "+accept); !strings.Contains(v.body, want) {
			t.Errorf("%q does not say %q", accept, want)
		}
	}
}

func TestPage_WA1_hostileNamesStayText(t *testing.T) {
	t.Parallel()
	store := dbtest.SQLite(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 1, Sponsor: `<script>alert("1")</script>`})
	v := do(t, http.MethodGet, link(open(t, store), stadium, 0))
	if strings.Contains(v.body, "<script") || !strings.Contains(v.body, "&lt;script&gt;") {
		t.Error("a sponsor's name became markup")
	}
}
