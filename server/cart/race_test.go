package cart_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gradin/server/cart"
	"gradin/server/db"
	"gradin/server/demo/demotest"
	"gradin/server/distribution"
	"gradin/server/term"
)

// TestCart_DI5_aCartAndAFileAtOnceHaveOneWinnerPerTicket: a relay validates her
// cart while a colleague's file gives the same tickets to others. Both plans were
// good; each ticket goes to one guest, and the loser's row says that it moved.
func TestCart_DI5_aCartAndAFileAtOnceHaveOneWinnerPerTicket(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 36
		p := openIn(t, store, 2)
		lines := p.assign(n)
		ofCart := must(p.carts.Validate(p.mine, cart.Validation{})).ID
		ofFile := must(p.distribution.Import(p.hers, distribution.File{
			Name: "guests.csv", Content: bytes.NewReader(p.file(lines)), Policy: term.RunPolicyIgnoreFailed,
		})).ID
		p.settle()
		must(p.distribution.Apply(p.mine, ofCart))
		must(p.distribution.Apply(p.hers, ofFile))
		var group sync.WaitGroup
		for range 2 {
			group.Go(p.settle)
		}
		group.Wait()
		byCart, byFile := must(store.Client.Execution.Get(system(), ofCart)), must(store.Client.Execution.Get(system(), ofFile))
		t.Logf("the cart won %d, the file %d", byCart.Distributed, byFile.Distributed)
		if byCart.Distributed+byFile.Distributed != n || byCart.Refused != byFile.Distributed || byFile.Refused != byCart.Distributed {
			t.Errorf("the cart gave %d and was refused %d, the file gave %d and was refused %d", byCart.Distributed, byCart.Refused, byFile.Distributed, byFile.Refused)
		}
		odd := must(db.Get[int](system(), store, `SELECT count(*) FROM execution_rows a JOIN execution_rows b ON b.ticket_id = a.ticket_id
			JOIN tickets t ON t.id = a.ticket_id WHERE a.execution_id = $1::uuid AND b.execution_id = $2::uuid
			AND NOT (a.outcome = 'DISTRIBUTE' AND b.outcome = 'REFUSED' AND b.reason = 'STALE' AND t.holder_email = a.email
			OR b.outcome = 'DISTRIBUTE' AND a.outcome = 'REFUSED' AND a.reason = 'STALE' AND t.holder_email = b.email)`, ofCart, ofFile))
		if odd != 0 {
			t.Errorf("%d tickets have not one winner who has them and one loser who is told so", odd)
		}
		twice := must(db.Get[int](system(), store, `SELECT count(*) FROM (SELECT ticket_id FROM holder_links WHERE closed_at IS NULL
			AND execution_id IN ($1::uuid, $2::uuid) GROUP BY ticket_id HAVING count(*) <> 1) x`, ofCart, ofFile))
		if left := must(p.carts.Open(p.mine, uuid.Nil)); twice != 0 || left.Lines != byFile.Distributed {
			t.Errorf("%d tickets in two hands; %d lines are left in the cart, want the %d that the file won", twice, left.Lines, byFile.Distributed)
		}
		p.sound()
	})
}

// file gives the tickets of the lines to others, from the last to the first.
func (p *portal) file(lines []cart.Line) []byte {
	text := distribution.HeaderTicket + ";" + distribution.HeaderEmail + ";" + distribution.HeaderFirst + ";" + distribution.HeaderLast + "\n"
	for i, l := range slices.Backward(lines) {
		number := must(db.Get[int64](context.Background(), p.store, "SELECT number FROM tickets WHERE id = $1::uuid", l.Ticket))
		text += fmt.Sprintf("%s;file%d@example.org;F;%d\n", distribution.Reference(number, 0), i, i)
	}
	return []byte(text)
}
