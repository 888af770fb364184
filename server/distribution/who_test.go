package distribution_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/reclaim"
	"gradin/server/reclaim/reclaimtest"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// chain is a house whose sponsor gave tickets to an individual, who gave them on
// to a guest; both could take them back.
type chain struct {
	*house
	public, guest *ent.Contact
	user          uuid.UUID
}

func link(h *house) *chain {
	c := &chain{house: h}
	person := func(number int64, email string) *ent.Contact {
		return must(h.store.Client.Contact.Create().SetOrganisationID(h.org.ID).SetNumber(number).SetKind(term.ContactKindIndividual).
			SetName(email).SetEmail(email).SetEmailKey(email).SetPublicKey(email).Save(system()))
	}
	c.public, c.guest = person(501, "public@example.org"), person(502, "guest@example.org")
	c.user = h.operatorUser()
	h.hand(h.sponsor.ID, c.public, 0, "TRUE")
	h.hand(c.public.ID, c.guest, 1, "TRUE")
	return c
}

func (h *house) operatorUser() uuid.UUID {
	return must(h.store.Client.User.Create().SetOrganisationID(h.org.ID).SetEmail("op@example.org").SetEmailKey("op@example.org").
		SetName("Operator").SetRole(term.RoleOperator).Save(system())).ID
}

// hand gives the tickets within the condition to somebody.
func (h *house) hand(giver uuid.UUID, to *ent.Contact, keep int, where string) {
	h.t.Helper()
	ids := must(db.Select(system(), h.store, scanID, "SELECT id FROM tickets WHERE "+where+" AND live ORDER BY number"))
	for _, id := range ids {
		ok(h.t, h.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
			_, err := ticket.HandOver(ctx, tx, ticket.Cause{Organisation: h.org.ID, Via: term.HistoryViaPortal, At: db.Now()}, ticket.Handover{
				Rows: `SELECT t.id AS ticket_id, $2::bigint AS keep, $3::uuid AS holder_id, $4::text AS email, $4::text AS email_key, 'F' AS first_name,
					'L' AS last_name, 'l' AS search_key, 'f' AS first_key, '' AS fields, 'DISTRIBUTED' AS event FROM tickets t WHERE t.id = $1::uuid`,
				Args: []any{id, keep, to.ID, to.Email}, Giver: giver,
			})
			return err
		}))
	}
}

func (c *chain) actor(who string) context.Context {
	v := viewer.Viewer{
		Name: who, Role: string(term.RolePortalUser), Organisation: viewer.UUID(c.org.ID), PointOfSale: viewer.UUID(c.at.ID),
		Language: "EN", User: viewer.UUID(uuid.NewSHA1(uuid.Nil, []byte(who))),
	}
	switch who {
	case "relay":
		v.Structure = viewer.UUID(c.sponsor.ID)
	case "public":
		v.Contact = viewer.UUID(c.public.ID)
	case "other sponsor":
		v.Structure = viewer.UUID(c.other.ID)
	case "operator":
		v.Role, v.User, v.PointOfSale = string(term.RoleOperator), viewer.UUID(c.user), viewer.UUID{}
	}
	return viewer.With(context.Background(), v)
}

// TestTakeBack_TB1_whoMayTakeBackWhat is the organiser's table: every ticket,
// every setting, everybody; the number shown, the button and the deed agree.
func TestTakeBack_TB1_whoMayTakeBackWhat(t *testing.T) {
	t.Parallel()
	columns, rows, actors := reclaimtest.Columns(), reclaimtest.Rows(), reclaimtest.Actors()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := link(build(t, store, len(rows)*len(columns)*len(actors), 100))
		next := 0
		for at, column := range columns {
			c.allow(column.Injected, column.Downloaded)
			for _, who := range actors {
				ids := make([]uuid.UUID, len(rows))
				want := map[uuid.UUID]bool{}
				for i, row := range rows {
					ids[i] = c.tickets[next].ID
					next++
					if row.Set != "" {
						_, err := store.Exec(system(), "UPDATE tickets SET "+row.Set+" WHERE id = $1::uuid", ids[i])
						ok(t, err)
					}
					want[ids[i]] = row.May(who, at)
				}
				c.agree(fmt.Sprintf("%s, %s", column.Name, who), who, ids, want, func(i int) string { return rows[i].Name })
			}
		}
	})
}

// agree compares what is wanted with the button, the number and the deed.
func (c *chain) agree(where, who string, ids []uuid.UUID, want map[uuid.UUID]bool, name func(int) string) {
	c.t.Helper()
	ctx := c.actor(who)
	scope := must(c.distribution.Sight(ctx, uuid.Nil))
	possible := true
	counted := must(ticket.IDs(ctx, c.store, scope, ticket.Filter{Tickets: ids, TakeBackPossible: &possible}, 1000))
	reason := ""
	if who == "operator" {
		reason = "the table"
	}
	e := must(c.distribution.Reclaim(ctx, distribution.TakeBack{Tickets: ids, Confirmed: true, Reason: reason}))
	buttons, answers := make([]*distribution.Problem, len(ids)), c.distribution.Answers(ids...)
	for i, id := range ids {
		buttons[i] = must(answers.Reclaimable(ctx, id))
	}
	c.settle()
	outcomes := must(distribution.Rows(system(), c.store, e.ID, distribution.RowFilter{}))
	for i, id := range ids {
		if got := buttons[i] == nil; got != want[id] {
			c.t.Errorf("%s, %s: the button says %v (%+v)", where, name(i), got, buttons[i])
		}
		if got := slices.Contains(counted, id); got != want[id] {
			c.t.Errorf("%s, %s: the number counts it: %v", where, name(i), got)
		}
		if got := outcomes[i].Outcome == term.OutcomeTakeBack && outcomes[i].Applied; got != want[id] {
			c.t.Errorf("%s, %s: the deed is %s, %+v", where, name(i), outcomes[i].Outcome, outcomes[i].Problem)
		}
		if who == "other sponsor" && buttons[i].Code != term.ReasonCodeNotFound {
			c.t.Errorf("%s, %s: a stranger is told %s", where, name(i), buttons[i].Code)
		}
	}
}

func scanID(r *sql.Rows) (uuid.UUID, error) {
	var id uuid.UUID
	return id, r.Scan(&id)
}

// TestReclaim_TB2_theRuleAndItsSQLAgree asks both forms of the rule about random
// tickets under all parameters, as everybody (DA-2).
func TestReclaim_TB2_theRuleAndItsSQLAgree(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		seed := time.Now().UnixNano()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		c := link(build(t, store, 240, 100))
		c.scatter(random)
		for _, scope := range c.scopes() {
			possible := true
			got := must(ticket.IDs(system(), store, scope, ticket.Filter{TakeBackPossible: &possible}, 1000))
			var ids []uuid.UUID
			for _, n := range c.tickets {
				ids = append(ids, n.ID)
			}
			for id, f := range must(ticket.FactsByID(system(), store, scope, ids)) {
				if a := scope.TakeBack.Ask(f.Question()); a.Allowed != slices.Contains(got, id) {
					t.Fatalf("ticket %d %+v under %+v: the rule says %+v, SQL says %v", f.Number, f.Question(), scope.TakeBack, a, slices.Contains(got, id))
				}
			}
		}
	})
}

// TestReclaim_DA2_theNumberIsWhatAFilterTakes: under random settings and filters
// the number on the dashboard is what a take-back of all within that filter
// takes, and no ticket of them is left to be taken afterwards.
func TestReclaim_DA2_theNumberIsWhatAFilterTakes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		seed := time.Now().UnixNano()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(uint64(seed), 11))
		c := link(build(t, store, 240, 50))
		c.scatter(random)
		taken := 0
		for range 12 {
			column := reclaimtest.Columns()[random.IntN(4)]
			c.allow(column.Injected, column.Downloaded)
			taken += c.takeAll(c.actor(reclaimtest.Actors()[random.IntN(2)]), c.randomFilter(random))
		}
		c.allow(true, term.TakeBackDownloadedRelayAndPublic)
		if taken += c.takeAll(c.actor("relay"), ticket.Filter{}); taken == 0 {
			t.Error("nothing was taken back at all")
		}
	})
}

// takeAll takes back all within a filter and compares it with the number shown.
func (c *chain) takeAll(ctx context.Context, f ticket.Filter) int {
	c.t.Helper()
	scope := must(c.distribution.Sight(ctx, uuid.Nil))
	shown := func() (n int) {
		for _, held := range must(ticket.ByProduct(ctx, c.store, scope, f, time.Now())) {
			n += held.Counts.TakeBackPossible
		}
		return n
	}
	number := shown()
	for _, wrong := range []int{number + 1, number - 1} {
		if wrong < 1 {
			continue
		}
		if e := c.takeWithin(ctx, f, wrong); e.TakenBack != 0 || *e.Result != term.ExecutionResultError {
			c.t.Errorf("%d expected where %d are: %d taken back, %s", wrong, number, e.TakenBack, *e.Result)
		}
	}
	if number == 0 {
		return 0
	}
	const within = "(SELECT ticket_id FROM execution_rows WHERE execution_id = $1::uuid)"
	e := c.takeWithin(ctx, f, number)
	gone := c.count("SELECT count(DISTINCT ticket_id) FROM history_entries WHERE execution_id = $1::uuid AND event = 'TAKEN_BACK' AND ticket_id IN "+within, e.ID)
	along := c.count("SELECT count(DISTINCT h.ticket_id) FROM history_entries h JOIN tickets t ON t.id = h.ticket_id WHERE h.execution_id = $1::uuid "+
		"AND h.event = 'TAKEN_BACK' AND h.ticket_id NOT IN "+within+" AND NOT EXISTS (SELECT 1 FROM tickets p WHERE p.id = t.parent_id AND (p.id IN "+within+" OR p.replaces_id IN "+within+"))", e.ID)
	// A ticket whose season card goes back in the same run goes along with it.
	if e.TakenBack+e.Unchanged != number || gone != number || along != 0 || e.Refused != 0 || shown() != 0 {
		c.t.Errorf("the number of %+v is %d; %d are taken back and %d go along (%d by their history, and %d that nobody asked for), %d refused, %d left",
			f, number, e.TakenBack, e.Unchanged, gone, along, e.Refused, shown())
	}
	return number
}

func (c *chain) takeWithin(ctx context.Context, f ticket.Filter, expected int) *ent.Execution {
	c.t.Helper()
	e := must(c.distribution.Reclaim(ctx, distribution.TakeBack{Filter: &f, Expected: expected, Confirmed: true}))
	c.settle()
	return c.execution(e.ID)
}

// randomFilter narrows by one thing, or two, or none.
func (c *chain) randomFilter(random *rand.Rand) ticket.Filter {
	f := ticket.Filter{}
	yes, no := true, false
	for range random.IntN(3) {
		switch random.IntN(5) {
		case 0:
			f.States = []term.TicketState{term.TicketStatePrinted}
		case 1:
			f.Locations = []term.DeliveryLocation{term.DeliveryLocationDownloaded, term.DeliveryLocationInjected}
		case 2:
			f.Distributed = []*bool{&yes, &no}[random.IntN(2)]
		case 3:
			from := random.IntN(len(c.tickets) - 60)
			for _, n := range c.tickets[from : from+60] {
				f.Tickets = append(f.Tickets, n.ID)
			}
		case 4:
			f.Search = []string{"guest@", "public@", "nobody@"}[random.IntN(3)]
		}
	}
	return f
}

// scatter puts the tickets anywhere.
func (c *chain) scatter(random *rand.Rand) {
	c.t.Helper()
	_, err := c.store.Exec(system(), "UPDATE products SET family = 'SEASON_TICKET' WHERE id = $1::uuid", c.product.ID)
	ok(c.t, err)
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	locations := term.DeliveryLocation("").Values()
	for i, n := range c.tickets {
		set := pick([]string{"", "state = 'PRINTED'", "state = 'CONTROLLED'", "state = 'CANCELLED', live = FALSE", "on_resale = TRUE"})
		if random.IntN(2) == 0 {
			set = "state = 'PRINTED', location = '" + pick(locations) + "'" + pick([]string{"", ", wallet_reported_at = created_at"})
		}
		if set != "" && random.IntN(3) == 0 {
			set += ", recovered_at = created_at"
		}
		if set == "" {
			set = "transferred_depth = " + pick([]string{"0", "1", "2"})
		}
		if i >= 60 && random.IntN(2) == 0 {
			set += ", parent_id = '" + c.tickets[random.IntN(60)].ID.String() + "'"
		}
		if random.IntN(6) == 0 {
			set += ", holder_id = NULL, depth = 0"
			_, err := c.store.Exec(system(), "UPDATE holder_links SET closed_at = opened_at WHERE ticket_id = $1::uuid", n.ID)
			ok(c.t, err)
		}
		_, err := c.store.Exec(system(), "UPDATE tickets SET "+set+" WHERE id = $1::uuid", n.ID)
		ok(c.t, err)
	}
}

// scopes are all takers under all parameters.
func (c *chain) scopes() []ticket.Scope {
	var all []ticket.Scope
	for _, party := range []uuid.UUID{c.sponsor.ID, c.public.ID, c.other.ID, uuid.Nil} {
		for _, actor := range []reclaim.Actor{reclaim.Nobody, reclaim.Relay, reclaim.Public, reclaim.Operator, reclaim.Guest} {
			for _, injected := range []bool{false, true} {
				for _, transferred := range []bool{false, true} {
					for _, downloaded := range term.TakeBackDownloaded("").Values() {
						all = append(all, ticket.Scope{Organisation: c.org.ID, Party: party, Everything: party == uuid.Nil, TakeBack: reclaim.Rules{
							Actor: actor, AllowInjected: injected, Transferred: transferred,
							Downloaded: term.TakeBackDownloaded(downloaded), Now: time.Now(),
							Pause: []time.Duration{0, time.Millisecond, time.Hour, 0, time.Hour}[len(all)%5], Approval: len(all)%7 > 3,
						}})
					}
				}
			}
		}
	}
	return all
}
