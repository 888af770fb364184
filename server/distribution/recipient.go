package distribution

import (
	"context"
	"fmt"

	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
)

// makeContacts makes the new guests of the chunk. Where another run made the
// same guest meanwhile, the rows are linked to that one (DI-7): when each row
// made its guest, there is none.
func makeContacts(ctx context.Context, tx *db.Tx, cause ticket.Cause, c chunk, args []any) (int64, error) {
	n, err := tx.Exec(ctx, `INSERT INTO contacts (id, organisation_id, created_at, number, kind, name, first_name, last_name,
		email, email_key, public_key)
		SELECT x.contact_id, $4::uuid, $5::timestamptz, x.contact_number, 'INDIVIDUAL', x.first_name || ' ' || x.last_name,
			x.first_name, x.last_name, x.email, x.email_key, x.email_key
		FROM execution_rows x WHERE x.contact_new AND `+stretch+`
		ON CONFLICT DO NOTHING`, append(args, cause.Organisation, cause.At)...)
	if err != nil {
		return 0, fmt.Errorf("make contacts: %w", err)
	}
	if n == int64(c.finds.newcomers) {
		return n, nil
	}
	return n, linkContacts(ctx, tx, args)
}

// linkContacts links the new guests of the chunk to contacts made elsewhere meanwhile.
func linkContacts(ctx context.Context, tx *db.Tx, args []any) error {
	_, err := tx.Exec(ctx, `UPDATE execution_rows AS x SET contact_id = c.id FROM contacts c
		WHERE x.contact_new AND c.organisation_id = x.organisation_id AND c.public_key = x.email_key AND c.id <> x.contact_id AND `+stretch, args...)
	if err != nil {
		return fmt.Errorf("link contacts made elsewhere: %w", err)
	}
	return nil
}

// writeMails writes one mail per recipient of the run, held until the run has
// ended; a recipient of an earlier chunk has his already (DI-8, ML-2).
func (s *Service) writeMails(ctx context.Context, tx *db.Tx, run *execution.Run, args []any) (int64, error) {
	language := term.LanguageEn
	if at, err := s.pointOfSale(ctx, tx, run); err != nil {
		return 0, err
	} else if at != nil {
		language = at.Language
	}
	n, err := tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, execution_id, recipient_id, point_of_sale_id,
		giver_id, class, language, state, address, address_key, name)
		SELECT x.mail_id, $4::uuid, $5::timestamptz, $1::uuid, x.contact_id, $6::uuid, $7::uuid,
			'TICKET_ACKNOWLEDGEMENT', COALESCE(c.language, $8::text), 'HELD', x.email, x.email_key, x.first_name || ' ' || x.last_name
		FROM execution_rows x JOIN contacts c ON c.id = x.contact_id WHERE x.mail_id IS NOT NULL AND `+stretch+`
		ON CONFLICT DO NOTHING`, append(args, run.OrganisationID, db.Moment(s.now()), none(run.PointOfSaleID), party(run.Execution), string(language))...)
	if err != nil {
		return 0, fmt.Errorf("write mails: %w", err)
	}
	if run.Retries > 0 || run.EndedAt != nil {
		return n, renewMails(ctx, tx, args)
	}
	return n, nil
}

// renewMails holds the mails again that left before the run was stopped, when
// the retry, or a wallet that answers after the end, gives their recipients
// more: nobody is left without news (IM-6, TB-4).
func renewMails(ctx context.Context, tx *db.Tx, args []any) error {
	_, err := tx.Exec(ctx, `UPDATE mails SET state = 'HELD', sent_at = NULL, next_attempt_at = NULL, attempts = 0, message_id = '', claim = claim + 1
		WHERE execution_id = $1::uuid AND class = 'TICKET_ACKNOWLEDGEMENT' AND state IN ('SENT', 'FAILED', 'OBSOLETE')
		AND recipient_id IN (SELECT x.contact_id FROM execution_rows x WHERE `+stretch+`)`, args...)
	if err != nil {
		return fmt.Errorf("renew mails: %w", err)
	}
	return nil
}
