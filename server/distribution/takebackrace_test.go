package distribution_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/term"
)

// TestTakeBack_WA3_againstAnAcceptanceHasOneWinner: third persons accept tickets
// that an operator takes back at the same moment. Each ticket is either theirs or
// back, never both, and whoever came second is told.
func TestTakeBack_WA3_againstAnAcceptanceHasOneWinner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 24
		c := passable(t, store, n)
		// One ticket a transaction, so that the two meet.
		c.distribution = distribution.New(store, c.runs, quiet(), time.Now, 1)
		ids, offers := make([]uuid.UUID, n), make([]uuid.UUID, n)
		for i, made := range c.tickets {
			ids[i], offers[i] = made.ID, c.mustOffer(i, fmt.Sprintf("third%d@example.org", i))
		}
		operator := (&chain{house: c, user: c.operatorUser()}).actor("operator")
		plan := must(c.distribution.Reclaim(operator, distribution.TakeBack{Tickets: ids, Reason: "a complaint"})).ID
		c.settle()
		must(c.distribution.Apply(operator, plan))
		refused := make([]*distribution.Problem, n)
		c.race(c.settle, func() {
			for i := n - 1; i >= 0; i-- {
				refused[i] = must(c.distribution.AnswerOffer(system(), offers[i], true))
			}
		})
		reasons, accepted := c.reasons(plan), 0
		for i, id := range ids {
			now := c.ticket(c.now(id))
			switch {
			case now.ID == id || !now.Live || c.ticket(id).Live:
				t.Errorf("ticket %d: the old code lets in, or the new one does not", i)
			case refused[i] == nil && reasons[i] == term.ReasonCodeStale && c.offerState(i) == "ACCEPTED" && now.HolderEmail == fmt.Sprintf("third%d@example.org", i):
				accepted++
			case refused[i] != nil && reasons[i] == "" && c.offerState(i) == "CANCELLED" && now.HolderID == nil:
			default:
				t.Errorf("ticket %d: the offer is %s (told %+v), the take-back is told %q, and it is with %q", i, c.offerState(i), refused[i], reasons[i], now.HolderEmail)
			}
		}
		t.Logf("%d of %d were accepted in time", accepted, n)
		if live := c.count("SELECT count(*) FROM tickets WHERE live"); live != n {
			t.Errorf("%d codes let in, for %d places", live, n)
		}
		c.sound()
	})
}
