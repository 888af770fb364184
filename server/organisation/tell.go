package organisation

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
)

// News is what an organisation is told of itself: alerts, or runs that wait.
type News struct {
	Organisation uuid.UUID
	Class        term.DocumentClass
	// About are the ids of what it is told of; each is told of once.
	About []uuid.UUID
	At    time.Time
}

// word is a mail of some news at an address.
type word struct {
	ID      uuid.UUID `json:"id"`
	About   uuid.UUID `json:"about_id"`
	Address string    `json:"address"`
	Key     string    `json:"address_key"`
}

var wordColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "about_id", Type: "uuid"}, {Name: "address", Type: "text"}, {Name: "address_key", Type: "text"},
}

// Tell writes the mails by which the organisation learns of something, one for
// each thing and address, in the caller's transaction; without addresses none. An
// index says that nobody is told twice (TB-7).
func Tell(ctx context.Context, tx *db.Tx, n News) error {
	if len(n.About) == 0 {
		return nil
	}
	o, err := tx.Client.Organisation.Get(ctx, n.Organisation)
	if err != nil {
		return fmt.Errorf("read where alerts go: %w", err)
	}
	var words []word
	for _, about := range n.About {
		for _, address := range o.AlertAddresses {
			words = append(words, word{oid.New(oid.Mail), about, address, contact.Key(address)})
		}
	}
	if len(words) == 0 {
		return nil
	}
	list, err := json.Marshal(words)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, about_id, recipient_id, class, language, state, address, address_key, name)
		SELECT n.id, $2::uuid, $3::timestamptz, n.about_id, $2::uuid, $4::text, $5::text, 'READY', n.address, n.address_key, $6::text
		FROM `+db.Source(tx, "$1", "n", wordColumns...)+` WHERE TRUE ON CONFLICT DO NOTHING`,
		string(list), n.Organisation, db.Moment(n.At), string(n.Class), string(o.Language), o.Name)
	if err != nil {
		return fmt.Errorf("write the organiser's mails: %w", err)
	}
	return nil
}
