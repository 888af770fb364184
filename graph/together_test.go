package graph

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"

	"gradin/graph/generated"
	"gradin/server/db"
	"gradin/server/demo/demotest"
	"gradin/server/distribution"
	"gradin/server/execution"
)

// TestTickets_API1_whatRulesSayOfAPageIsReadOnce counts the statements of a page
// and of nodes: they are as many for fifty tickets as for five, and the answers
// are those that each ticket gets alone.
func TestTickets_API1_whatRulesSayOfAPageIsReadOnce(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		ctx := demoViewer(t, store)
		log := slog.New(slog.DiscardHandler)
		r := &Resolver{Store: store, Now: time.Now}
		r.Distribution = distribution.New(store, execution.New(store, log, time.Minute, time.Now), log, time.Now, 100)
		x := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: r}))
		x.Use(HotLists())
		asked := func(document string, variables map[string]any) (answer string, statements int64) {
			before := store.Reads()
			answer = ask(ctx, t, x, document, variables)
			return answer, store.Reads() - before
		}
		const said = "id takeBack { allowed reason message setting } distribution { allowed reason message setting } removal { state } guestFields"
		const list = "query($n: Int) { tickets(first: $n, filter: { distributed: true }) { edges { node { " + said + " } } } }"
		_, few := asked(list, map[string]any{"n": 5})
		page, many := asked(list, map[string]any{"n": 50})
		if few != many || many == 0 {
			t.Errorf("a page of 5 runs %d statements, one of 50 %d", few, many)
		}
		tickets := nodesOf(t, page)
		var ids []string
		for _, node := range tickets {
			var of struct{ ID string }
			if err := json.Unmarshal(node, &of); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, of.ID)
		}
		if len(ids) != 50 {
			t.Fatalf("%d tickets", len(ids))
		}
		const those = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Ticket { " + said + " } } }"
		_, few = asked(those, map[string]any{"ids": ids[:5]})
		together, many := asked(those, map[string]any{"ids": ids})
		if few != many || many == 0 {
			t.Errorf("5 nodes run %d statements, 50 %d", few, many)
		}
		var got struct{ Nodes []json.RawMessage }
		if err := json.Unmarshal([]byte(together), &got); err != nil {
			t.Fatal(err)
		}
		different := map[string]bool{}
		for i, id := range ids {
			alone, _ := asked(those, map[string]any{"ids": []string{id}})
			if want := `{"nodes":[` + string(tickets[i]) + `]}`; alone != want || string(got.Nodes[i]) != string(tickets[i]) {
				t.Fatalf("alone %s\nin the page %s\namong nodes %s", alone, tickets[i], got.Nodes[i])
			}
			different[string(tickets[i][len(ids[i]):])] = true
		}
		if len(different) < 2 {
			t.Errorf("all tickets get the same answer: %s", tickets[0])
		}
	})
}

func nodesOf(t *testing.T, page string) []json.RawMessage {
	t.Helper()
	var got struct {
		Tickets struct {
			Edges []struct{ Node json.RawMessage }
		}
	}
	if err := json.Unmarshal([]byte(page), &got); err != nil {
		t.Fatal(err)
	}
	nodes := make([]json.RawMessage, len(got.Tickets.Edges))
	for i, e := range got.Tickets.Edges {
		nodes[i] = e.Node
	}
	return nodes
}
