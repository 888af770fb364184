package reclaim

import (
	"strings"
	"time"

	"gradin/server/term"
)

// Terms are the names under which a query knows what the rule looks at.
type Terms struct {
	// Held is a condition: somebody else than the taker has ticket t.
	Held string
	// Keep gives a number: how many links of the chain of a ticket stay.
	Keep func(ticket string) string
	// At gives a time. Both are asked for only where the rule looks at them.
	At func(time.Time) string
}

// Possible is the rule as a condition on tickets t, products pr and performances
// pe. It is never null. Ask says the same of one ticket.
func (r Rules) Possible(at Terms) string {
	if r.Actor == Nobody {
		return "1 = 0"
	}
	const card = "pr.family = 'SEASON_TICKET' AND t.parent_id IS NULL"
	parts := []string{
		at.Held, r.condition("t", at),
		"NOT (" + card + " AND EXISTS (SELECT 1 FROM tickets s WHERE s.parent_id = t.id AND s.state = 'CONTROLLED'))",
		"NOT (" + card + " AND EXISTS (SELECT 1 FROM tickets c WHERE c.parent_id = t.id AND " + Along + " AND NOT (" + r.condition("c", at) + ")))",
	}
	if r.Actor != Operator {
		parts = append(parts, "NOT (pr.family = 'TIMESLOT_PASS' AND pe.starts_at IS NOT NULL AND pe.starts_at <= "+at.At(r.Now)+")")
	}
	return "(" + strings.Join(parts, " AND ") + ")"
}

// Along is the condition on tickets c that go along with the card t: its holder
// has both.
const Along = "c.live AND c.state <> 'CONTROLLED' AND c.holder_id = t.holder_id"

// condition says of one ticket what does not depend on its product.
func (r Rules) condition(t string, at Terms) string {
	parts := []string{
		t + ".live", t + ".state <> 'CONTROLLED'", t + ".location NOT IN ('DELETED', 'DELETION_PENDING')",
	}
	if r.Actor != Operator {
		parts = append(parts, "NOT "+t+".on_resale", t+".location <> 'TRANSFER_PENDING'")
	}
	if r.Actor == Relay || r.Actor == Public {
		parts = append(parts, r.parameters(t, at)...)
	}
	return strings.Join(parts, " AND ")
}

// Child is the condition that a ticket which goes along with its card may be
// taken back; its card's own condition says the rest.
func (r Rules) Child(c string, at Terms) string {
	if r.Actor == Nobody {
		return "1 = 0"
	}
	return "(" + r.condition(c, at) + ")"
}

func (r Rules) parameters(t string, at Terms) []string {
	parts := []string{"NOT (" + t + ".state = 'PRINTED' AND " + t + ".location = 'NONE')"}
	if !r.Transferred {
		parts = append(parts, t+".location NOT IN ('TRANSFERRED', 'ACTIVATED')",
			"("+t+".transferred_depth = 0 OR "+t+".transferred_depth <= "+at.Keep(t)+")")
	}
	if r.Pause > 0 {
		parts = append(parts, "("+t+".recovered_at IS NULL OR "+t+".recovered_at <= "+at.At(r.rested())+")")
	}
	where := []string{t + ".location = 'NONE'"}
	if r.AllowInjected {
		where = append(where, "("+t+".location = 'INJECTED' AND "+t+".wallet_reported_at IS NOT NULL)")
		if r.downloaded() {
			where = append(where, t+".location IN ('DOWNLOADED', 'TRANSFERRED', 'ACTIVATED')")
		}
	}
	return append(parts, "("+strings.Join(where, " OR ")+")")
}

// Sane says whether the parameters of a point of sale go together: what was
// downloaded is not taken back where what was only sent is not.
func Sane(allowInjected bool, downloaded term.TakeBackDownloaded) bool {
	return allowInjected || downloaded == term.TakeBackDownloadedOff || downloaded == ""
}
