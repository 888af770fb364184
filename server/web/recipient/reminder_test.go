package recipient

import (
	"net/http"
	"testing"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail"
	"gradin/server/mail/mailtest"
	"gradin/server/term"
)

// A reminder's link shows what the guest has of that giver, and is a page like
// that of the first mail.
func TestReminder_ML4_itsLinkShowsWhatTheGuestHas(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 2, Each: 1})
		server := open(t, store)
		guest := stadium.Guests[0]
		stadium.Exec(t, "UPDATE tickets SET holder_email_key = lower(holder_email)")
		m, err := store.Client.Mail.Create().SetOrganisationID(stadium.Organisation.ID).SetRecipientID(guest.Contact).SetGiverID(stadium.Sponsor.ID).
			SetReminderID(guest.Mail).SetPointOfSaleID(stadium.PointOfSale.ID).SetAddress("guest1@example.org").SetAddressKey("guest1@example.org").
			SetClass(term.DocumentClassTicketReminder).SetLanguage(term.LanguageEn).SetState(term.MailStateReady).Save(dbtest.System())
		if err != nil {
			t.Fatal(err)
		}
		address := mail.Link(testKey, server.URL, m.ID)
		if subject, text := letter(t, server, store, term.DocumentClassTicketReminder); subject != "Still waiting for you: your ticket for FC Granval – Lyon, from Banque du Lac" {
			t.Errorf("%s\n%s", subject, text)
		}
		wants(t, "looked at", do(t, http.MethodGet, address), "Ticket 1000001", "Show my code", "!Ticket 1000002", "!"+guest.Barcodes[0])
		wants(t, "asked for", do(t, http.MethodPost, address, sameOrigin), guest.Barcodes[0])
		if got := stadium.Ticket(t, 0, 0); got.Location != term.DeliveryLocationDownloaded {
			t.Errorf("it is %s", got.Location)
		}
		stadium.Reclaim(t, 0, mailtest.Start().AddDate(0, 0, 1), 0)
		wants(t, "taken back", do(t, http.MethodPost, address, sameOrigin), "no ticket left here", "!"+guest.Barcodes[0])
	})
}
