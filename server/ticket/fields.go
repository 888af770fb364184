package ticket

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"gradin/server/db"
	"gradin/server/term"
)

// GuestFields lists what the organisers of the filter's tickets ask of guests
// beyond e-mail and names, each once, in the order of the closed set (DI-10).
func GuestFields(ctx context.Context, c conn, scope Scope, f Filter) ([]term.GuestField, error) {
	s := &statement{}
	s.add("SELECT DISTINCT CAST(pr.guest_fields AS text)" + countJoins)
	s.reach(scope)
	s.narrow(scope, f)
	s.add(" AND pr.guest_fields IS NOT NULL")
	lists, err := db.Select(ctx, c, func(r *sql.Rows) (string, error) {
		var list string
		return list, r.Scan(&list)
	}, s.text.String(), s.args...)
	if err != nil {
		return nil, fmt.Errorf("read the fields asked of guests: %w", err)
	}
	asked := map[string]bool{}
	for _, list := range lists {
		var names []string
		if err := json.Unmarshal([]byte(list), &names); err != nil {
			return nil, fmt.Errorf("read the fields asked of guests: %w", err)
		}
		for _, n := range names {
			asked[n] = true
		}
	}
	var fields []term.GuestField
	for _, f := range term.GuestField("").Values() {
		if asked[f] {
			fields = append(fields, term.GuestField(f))
		}
	}
	return fields, nil
}
