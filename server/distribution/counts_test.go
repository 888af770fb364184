package distribution_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/term"
	"gradin/server/ticket"
)

// TestCounts_DA1_ML4_eachNumberIsAsLongAsItsList asks for the numbers of the
// dashboard and for the lists they open, of random tickets and as everybody.
func TestCounts_DA1_ML4_eachNumberIsAsLongAsItsList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		seed := time.Now().UnixNano()
		t.Logf("seed %d", seed)
		c := link(build(t, store, 240, 100))
		c.scatter(rand.New(rand.NewPCG(uint64(seed), 7)))
		_, err := store.Exec(system(), "UPDATE tickets SET downloaded_at = created_at WHERE location IN ('DOWNLOADED', 'TRANSFERRED')")
		ok(t, err)
		yes, no := true, false
		unused := []term.TicketState{term.TicketStateNotPrinted, term.TicketStatePrinted}
		for at, scope := range c.scopes() {
			if at%13 != 0 {
				continue
			}
			var n ticket.Counts
			for _, held := range must(ticket.ByProduct(system(), store, scope, ticket.Filter{}, time.Now())) {
				n = n.Add(held.Counts)
			}
			for name, row := range map[string]struct {
				number int
				list   ticket.Filter
			}{
				"allocated":   {n.Allocated, ticket.Filter{}},
				"remaining":   {n.Remaining, ticket.Filter{Distributed: &no, States: unused}},
				"distributed": {n.Distributed, ticket.Filter{Distributed: &yes}},
				"not fetched": {n.NotFetched, ticket.Filter{Distributed: &yes, Downloaded: &no, States: unused}},
				"downloaded":  {n.Downloaded, ticket.Filter{Downloaded: &yes}},
				"controlled":  {n.Controlled, ticket.Filter{States: []term.TicketState{term.TicketStateControlled}}},
				"take back":   {n.TakeBackPossible, ticket.Filter{TakeBackPossible: &yes}},
			} {
				row.list.Valid = true
				if long := must(ticket.Count(system(), store, scope, row.list)); long != row.number {
					t.Errorf("%s under %+v: the number is %d, the list has %d", name, scope, row.number, long)
				}
			}
			if scope.Everything && (n.NotFetched == 0 || n.NotFetched == n.Distributed) {
				t.Errorf("%d of %d are not fetched: that proves nothing", n.NotFetched, n.Distributed)
			}
		}
	})
}
