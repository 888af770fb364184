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
	c.user = must(h.store.Client.User.Create().SetOrganisationID(h.org.ID).SetEmail("op@example.org").SetEmailKey("op@example.org").
		SetName("Operator").SetRole(term.RoleOperator).Save(system())).ID
	h.hand(h.sponsor.ID, c.public, 0, "TRUE")
	h.hand(c.public.ID, c.guest, 1, "TRUE")
	return c
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
	columns := []struct {
		name       string
		injected   bool
		downloaded term.TakeBackDownloaded
	}{{"first off", false, "OFF"}, {"second OFF", true, "OFF"}, {"RELAY", true, "RELAY"}, {"RELAY_AND_PUBLIC", true, "RELAY_AND_PUBLIC"}}
	const all, none = "relay public", ""
	rows := []struct {
		name, set string
		// may says who may, by column; operators may unless final.
		may   [4]string
		final bool
	}{
		{"never injected", "", [4]string{all, all, all, all}, false},
		{"injected with feedback", "state = 'PRINTED', location = 'INJECTED', wallet_reported_at = created_at", [4]string{none, all, all, all}, false},
		{"injected without feedback", "state = 'PRINTED', location = 'INJECTED'", [4]string{none, none, none, none}, false},
		{"downloaded", "state = 'PRINTED', location = 'DOWNLOADED', wallet_reported_at = created_at", [4]string{none, none, "relay", all}, false},
		{"transfer pending", "state = 'PRINTED', location = 'TRANSFER_PENDING'", [4]string{}, false},
		{"passed on by the guest", "transferred_depth = 2", [4]string{}, false},
		{"transferred", "state = 'PRINTED', location = 'TRANSFERRED'", [4]string{}, false},
		{"activated", "state = 'PRINTED', location = 'ACTIVATED'", [4]string{}, false},
		{"on paper", "state = 'PRINTED', shipment_mode = 'PAPER'", [4]string{}, false},
		{"controlled", "state = 'CONTROLLED'", [4]string{}, true},
		{"cancelled", "state = 'CANCELLED', live = FALSE", [4]string{}, true},
		{"deleted", "state = 'PRINTED', location = 'DELETED'", [4]string{}, true},
	}
	actors := []string{"relay", "public", "other sponsor", "operator"}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := link(build(t, store, len(rows)*len(columns)*len(actors), 100))
		next := 0
		for at, column := range columns {
			c.allow(column.injected, column.downloaded)
			for _, who := range actors {
				ids := make([]uuid.UUID, len(rows))
				want := map[uuid.UUID]bool{}
				for i, row := range rows {
					ids[i] = c.tickets[next].ID
					next++
					if row.set != "" {
						_, err := store.Exec(system(), "UPDATE tickets SET "+row.set+" WHERE id = $1::uuid", ids[i])
						ok(t, err)
					}
					want[ids[i]] = contains(row.may[at], who) || who == "operator" && !row.final
				}
				c.agree(fmt.Sprintf("%s, %s", column.name, who), who, ids, want, func(i int) string { return rows[i].name })
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

func contains(list, word string) bool {
	return list == word || len(list) > len(word) && (list[:len(word)+1] == word+" " || list[len(list)-len(word)-1:] == " "+word)
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
