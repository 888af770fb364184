package privacy

import (
	"context"
	"fmt"
	"strings"

	"gradin/server/db"
)

// part is one place where something about a person stands: which rows, and what
// takes it out of them. Its arguments are the contact $1, the organisation $2, the
// addresses $3, the user $4 and the present moment $5.
type part struct {
	name, table, where string
	// set is what becomes of the rows; they are deleted when it is empty.
	set string
}

// his are the tickets that the person ever had in his chain.
const his = "(SELECT l.ticket_id FROM holder_links l WHERE l.holder_id = $1::uuid)"

// parts are all places, in an order in which none needs what another took out.
func parts(c db.Conn) []part {
	typed := func(column string) string {
		return column + " IN (SELECT a.key FROM " + db.Source(c, "$3", "a", typedColumns...) + ")"
	}
	lost := "lower(execution_rows.from_email) IN (SELECT lower(a.email) FROM " + db.Source(c, "$3", "a", typedColumns...) + ")"
	meant := "(execution_rows.contact_id = $1::uuid OR execution_rows.contact_id IS NULL AND " + typed("execution_rows.email_key") + ")"
	inHis := func(column string) string {
		return "(" + column + " = $1::uuid OR " + column + " IS NULL AND " + typed("email_key") + ")"
	}
	return []part{
		{"file", "executions", `organisation_id = $2::uuid AND ended_at IS NOT NULL AND stored_file_id IS NOT NULL AND EXISTS (
			SELECT 1 FROM execution_rows WHERE execution_rows.execution_id = executions.id AND ` + meant + `)`, "stored_file_id = NULL"},
		{"filter", "executions", `organisation_id = $2::uuid AND ended_at IS NOT NULL AND parameters <> '' AND EXISTS (
			SELECT 1 FROM ` + db.Source(c, "$3", "a", typedColumns...) + ` WHERE lower(parameters) LIKE '%' || lower(a.email) || '%')`, "parameters = ''"},
		{"row", "execution_rows", "organisation_id = $2::uuid AND " + meant + " AND email || first_name || last_name || fields <> ''", `email = '', email_key = '',
			first_name = '', last_name = '', search_key = '', first_key = '', fields = '', warnings = '', problem = ` + bare},
		{"loser", "execution_rows", "organisation_id = $2::uuid AND ticket_id IN " + his + " AND from_email || from_name <> '' AND " + lost,
			"from_email = '', from_name = '', problem = " + bare},
		{"ticket", "tickets", "organisation_id = $2::uuid AND holder_id = $1::uuid AND holder_email || holder_first_name || holder_last_name || holder_fields <> ''",
			`holder_email = '', holder_email_key = '', holder_first_name = '', holder_last_name = '', holder_search = '', holder_first_key = '', holder_fields = ''`},
		{"removal", "removals", "organisation_id = $2::uuid AND answer <> '' AND ended_at IS NOT NULL AND ticket_id IN " + his, "answer = ''"},
		{"history", "history_entries", `organisation_id = $2::uuid AND actor <> '' AND (actor_contact_id = $1::uuid OR user_id = $4::uuid) AND (ticket_id IN ` + his +
			` OR ticket_id IN (SELECT t.id FROM tickets t WHERE t.owner_id = $1::uuid))`, "actor = ''"},
		{"link", "holder_links", "organisation_id = $2::uuid AND holder_id = $1::uuid AND email || first_name || last_name <> ''",
			"email = '', first_name = '', last_name = ''"},
		{"given", "pass_ons", "organisation_id = $2::uuid AND giver_id = $1::uuid AND giver_name <> ''", "giver_name = ''"},
		{"offered", "pass_ons", "organisation_id = $2::uuid AND recipient_id = $1::uuid AND email || first_name || last_name <> ''",
			"email = '', email_key = '', first_name = '', last_name = '', fields = ''"},
		{"mail", "mails", "organisation_id = $2::uuid AND recipient_id = $1::uuid AND address || name || server_answer <> ''",
			`address = '', address_key = '', name = '', server_answer = '', claim = claim + 1, claimed_until = NULL, next_attempt_at = NULL,
			state = CASE WHEN state = 'SENT' THEN state ELSE 'OBSOLETE' END`},
		{"line", "cart_lines", "organisation_id = $2::uuid AND email_key <> '' AND " + typed("email_key"),
			"email = '', email_key = '', first_name = '', last_name = '', fields = '', entry_id = NULL"},
		{"entry", "address_book_entries", "organisation_id = $2::uuid AND " + inHis("contact_id"), ""},
		{"run", "executions", "organisation_id = $2::uuid AND user_id = $4::uuid AND user_name || address <> ''", "user_name = '', address = ''"},
		{"decision", "executions", "organisation_id = $2::uuid AND decided_by_id = $4::uuid AND decided_by_name <> ''", "decided_by_name = ''"},
		{"session", "sessions", "user_id = $4::uuid", ""},
		{"view", "saved_views", "user_id = $4::uuid", ""},
		{"token", "api_tokens", "user_id = $4::uuid AND name <> '–'", "revoked_at = COALESCE(revoked_at, $5::timestamptz), name = '–'"},
	}
}

// bare is a row's problem without the value it quotes.
const bare = `CASE WHEN problem = '' OR reason IS NULL THEN '' ELSE '{"code":"' || reason || '","field":"ticket"}' END`

// bind leaves out the arguments that a statement does not name; the others keep
// their order under new numbers, because PostgreSQL asks for each to be used.
func bind(query string, args []any) (string, []any) {
	var used []any
	for i, a := range args {
		name := fmt.Sprintf("$%d", i+1)
		if !strings.Contains(query, name) {
			continue
		}
		used = append(used, a)
		query = strings.ReplaceAll(query, name, fmt.Sprintf("$%d", len(used)))
	}
	return query, used
}

// count says how many rows a part has of the person.
func (p part) count(ctx context.Context, c db.Conn, s subject) (int, error) {
	query, args := bind("SELECT count(*) FROM "+p.table+" WHERE "+p.where, s.args())
	n, err := db.Get[int](ctx, c, query, args...)
	if err != nil {
		return 0, fmt.Errorf("count %s of a person: %w", p.name, err)
	}
	return n, nil
}

// clear takes the person out of a part; it says out of how many rows.
func (p part) clear(ctx context.Context, tx *db.Tx, s subject) (int64, error) {
	query := "UPDATE " + p.table + " SET " + p.set + " WHERE " + p.where
	if p.set == "" {
		query = "DELETE FROM " + p.table + " WHERE " + p.where
	}
	query, args := bind(query, s.args())
	n, err := tx.Exec(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("clear %s of a person: %w", p.name, err)
	}
	return n, nil
}
