package command_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/contact"
	"gradin/ent/user"
	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/reclaim/reclaimtest"
	"gradin/server/term"
	"gradin/server/ticket"
)

// askers are the users of the demo who stand for the actors of the table.
var askers = map[string]string{
	reclaimtest.Relay: "relay@banquedulac.example", reclaimtest.Public: "camille.moreau@courrier.example",
	reclaimtest.OtherSponsor: "relay@energiescombe.example", reclaimtest.Operator: "operateur@fcgranval.example",
}

// TestReclaim_TB1_whoMayTakeBackWhatThroughTheAPI asks the organiser's table of
// the program as it runs, over HTTP: for every ticket, setting and actor the field
// takeBack, the number of a filter and the mutation reclaim answer the same.
func TestReclaim_TB1_whoMayTakeBackWhatThroughTheAPI(t *testing.T) {
	furnished(t, func(t *testing.T, c config.Serve) {
		c.Development, c.RateOperations, c.RateComplexity = true, 1e6, 1e9
		d := &desk{t: t, s: start(t, c, io.Discard)}
		rows, columns, actors := reclaimtest.Rows(), reclaimtest.Columns(), reclaimtest.Actors()
		tickets := d.chain(len(rows) * len(columns) * len(actors))
		cookies := map[string]string{}
		for _, actor := range actors {
			cookies[actor] = signIn(t, d.s.URL, askers[actor])
		}
		for at, column := range columns {
			_, err := d.s.Store.Client.PointOfSale.Update().SetAllowTakeBackInjected(column.Injected).SetTakeBackDownloaded(column.Downloaded).Save(system())
			d.ok(err)
			for _, actor := range actors {
				ids := tickets[:len(rows)]
				tickets = tickets[len(rows):]
				for i, row := range rows {
					if row.Set != "" {
						_, err := d.s.Store.Exec(system(), "UPDATE tickets SET "+row.Set+" WHERE id = $1::uuid", ids[i])
						d.ok(err)
					}
				}
				for i, told := range d.all(cookies[actor], actor, ids) {
					want := answerTold{button: rows[i].May(actor, at), counted: rows[i].May(actor, at), done: rows[i].May(actor, at)}
					if actor == reclaimtest.OtherSponsor {
						want.reason = "NOT_FOUND"
					}
					if want.reason == "" && !want.button {
						want.reason = told.reason
					}
					if told != want || !want.button && told.reason == "" {
						t.Errorf("%s, %s, %s: told %+v, want %+v", column.Name, actor, rows[i].Name, told, want)
					}
				}
			}
		}
	})
}

// answerTold is what an actor is told of a ticket: by the field, by the number,
// and by the deed, whose reason is that of the field.
type answerTold struct {
	button, counted, done bool
	reason                string
}

// desk is where somebody asks the running program.
type desk struct {
	t *testing.T
	s *command.Server
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// chain gives tickets of the relay's structure to an individual, and by him to a
// guest, and says which.
func (d *desk) chain(n int) []uuid.UUID {
	d.t.Helper()
	one := func(email string) *ent.User {
		u, err := d.s.Store.Client.User.Query().Where(user.Email(email)).Only(system())
		d.ok(err)
		return u
	}
	sponsor, public := *one(askers[reclaimtest.Relay]).StructureID, *one(askers[reclaimtest.Public]).ContactID
	guest, err := d.s.Store.Client.Contact.Query().Where(contact.OrganisationID(*one(askers[reclaimtest.Relay]).OrganisationID),
		contact.KindEQ(term.ContactKindIndividual), contact.IDNEQ(public), contact.EmailNEQ("")).First(system())
	d.ok(err)
	ids, err := db.Select(system(), d.s.Store, func(r *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, r.Scan(&id)
	}, fmt.Sprintf(`SELECT t.id FROM tickets t JOIN products pr ON pr.id = t.product_id JOIN performances p ON p.id = t.performance_id
		WHERE t.owner_id = $1::uuid AND t.holder_id IS NULL AND t.state = 'NOT_PRINTED' AND NOT t.on_resale AND pr.family <> 'SEASON_TICKET'
		AND p.starts_at > $2::timestamptz AND t.id NOT IN (SELECT ticket_id FROM cart_lines) ORDER BY t.number LIMIT %d`, n), sponsor, db.Now().Add(48*time.Hour))
	d.ok(err)
	if len(ids) < n {
		d.t.Fatalf("the demo has %d tickets to give, of %d", len(ids), n)
	}
	d.ok(d.s.Store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		if err := handAll(ctx, tx, guest.OrganisationID, ids, sponsor, public, 0); err != nil {
			return err
		}
		return handAll(ctx, tx, guest.OrganisationID, ids, public, guest.ID, 1)
	}))
	return ids
}

func handAll(ctx context.Context, tx *db.Tx, organisation uuid.UUID, ids []uuid.UUID, giver, to uuid.UUID, keep int) error {
	_, err := ticket.HandOver(ctx, tx, ticket.Cause{Organisation: organisation, Via: term.HistoryViaPortal, At: db.Now()}, ticket.Handover{
		Rows: `SELECT t.id AS ticket_id, $2::bigint AS keep, c.id AS holder_id, c.email AS email, c.email_key AS email_key, 'F' AS first_name,
			'L' AS last_name, 'l' AS search_key, 'f' AS first_key, '' AS fields, 'DISTRIBUTED' AS event
			FROM tickets t JOIN contacts c ON c.id = $3::uuid WHERE ` + db.Among(tx, "t.id", "$1"),
		Args: []any{asJSON(ids), keep, to}, Giver: giver,
	})
	return err
}

// ask sends a question and reads the answer's data.
func (d *desk) ask(cookie, query string, variables map[string]any, into any) {
	d.t.Helper()
	answer := request{query: query, variables: variables}.send(d.t, d.s.URL, cookie)
	d.ok(json.Unmarshal([]byte(answer.text), &struct{ Data any }{into}))
	if strings.Contains(answer.text, `"errors"`) {
		d.t.Fatalf("%.200s is answered %.600s", query, answer.text)
	}
}

// all asks about tickets in each way, the deed last.
func (d *desk) all(cookie, actor string, ids []uuid.UUID) []answerTold {
	d.t.Helper()
	told, names := make([]answerTold, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		names[i] = oid.Encode(id)
	}
	buttons := d.buttons(cookie, names)
	var found struct {
		Tickets struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	d.ask(cookie, `query($ids: [ID!]) { tickets(first: 100, filter: {ticketIds: $ids, takeBackPossible: true}) { edges { node { id } } } }`,
		map[string]any{"ids": names}, &found)
	for _, e := range found.Tickets.Edges {
		told[slices.Index(names, e.Node.ID)].counted = true
	}
	for i, row := range d.reclaim(cookie, actor, names) {
		told[i].button, told[i].done = buttons[i].Allowed, row.Outcome == "TAKE_BACK" && row.Applied
		if row.Problem != nil {
			told[i].reason = row.Problem.Code
		}
		if actor != reclaimtest.OtherSponsor && buttons[i].Reason != told[i].reason {
			d.t.Errorf("ticket %d: the button says %q, the deed %q", i, buttons[i].Reason, told[i].reason)
		}
	}
	return told
}

type button struct {
	Allowed bool
	Reason  string
}

// buttons asks each ticket whether it can be taken back; one that is not to be
// seen has no button.
func (d *desk) buttons(cookie string, names []string) []button {
	query, variables, holes := "", map[string]any{}, ""
	for i, name := range names {
		holes += fmt.Sprintf("$v%d: ID! ", i)
		query += fmt.Sprintf("n%d: node(id: $v%d) { ... on Ticket { takeBack { allowed reason } } } ", i, i)
		variables[fmt.Sprintf("v%d", i)] = name
	}
	var nodes map[string]*struct{ TakeBack button }
	d.ask(cookie, "query("+holes+") { "+query+"}", variables, &nodes)
	buttons := make([]button, len(names))
	for i := range names {
		if node := nodes[fmt.Sprintf("n%d", i)]; node != nil {
			buttons[i] = node.TakeBack
		}
	}
	return buttons
}

type rowTold struct {
	Outcome string
	Applied bool
	Problem *struct{ Code string }
}

// reclaim takes the tickets back and waits for the rows.
func (d *desk) reclaim(cookie, actor string, names []string) []rowTold {
	d.t.Helper()
	input := map[string]any{"ticketIds": names}
	if actor == reclaimtest.Operator {
		input["reason"] = "the table"
	}
	var begun struct {
		Reclaim struct {
			Execution  *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}
	d.ask(cookie, `mutation($input: ReclaimInput!) { reclaim(input: $input) { execution { id } userErrors { message } } }`, map[string]any{"input": input}, &begun)
	if begun.Reclaim.Execution == nil {
		d.t.Fatalf("%s may not ask: %+v", actor, begun.Reclaim.UserErrors)
	}
	var run struct {
		Execution struct {
			State string
			Rows  struct{ Edges []struct{ Node rowTold } }
		}
	}
	for deadline := time.Now().Add(time.Minute); run.Execution.State != "DONE"; {
		if time.Now().After(deadline) {
			d.t.Fatalf("the run of %s is %s after a minute", actor, run.Execution.State)
		}
		d.ask(cookie, `query($id: ID!) { execution(id: $id) { state rows(first: 200) { edges { node { outcome applied problem { code } } } } } }`,
			map[string]any{"id": begun.Reclaim.Execution.ID}, &run)
	}
	var rows []rowTold
	for _, e := range run.Execution.Rows.Edges {
		rows = append(rows, e.Node)
	}
	if len(rows) != len(names) {
		d.t.Fatalf("%d rows for %d tickets", len(rows), len(names))
	}
	return rows
}
