package cart_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/cart"
	"gradin/server/check"
	"gradin/server/db"
	"gradin/server/demo/demotest"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
)

// portal is a store with the demo, in which two relays of one structure work.
type portal struct {
	t            *testing.T
	store        *db.DB
	runs         *execution.Service
	distribution *distribution.Service
	carts        *cart.Service
	mine, hers   context.Context
	other        context.Context
	free         []uuid.UUID
}

func system() context.Context { return viewer.With(context.Background(), viewer.System("test")) }

func open(t *testing.T, store *db.DB) *portal { return openIn(t, store, 0) }

// openIn opens a portal that carries its runs out in chunks of that size; 0 is the default.
func openIn(t *testing.T, store *db.DB, chunk int) *portal {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	p := &portal{t: t, store: store, runs: execution.New(store, quiet, time.Minute, time.Now)}
	p.distribution = distribution.New(store, p.runs, quiet, time.Now, chunk)
	p.carts = cart.New(store, p.distribution, time.Now)
	_, err := store.Client.PointOfSale.Update().SetCart(true).SetAllowTakeBackInjected(true).SetTakeBackDownloaded(term.TakeBackDownloadedRelay).Save(system())
	ok(t, err)
	p.mine, p.hers, p.other = p.as("relay@banquedulac.example"), p.as("assistante@banquedulac.example"), p.as("relay@energiescombe.example")
	scope := must(p.distribution.Sight(p.mine, uuid.Nil))
	held := false
	p.free = must(ticket.IDs(system(), store, scope, ticket.Filter{Distributed: &held, Valid: true, From: ptr(time.Now().AddDate(0, 0, 2))}, 40))
	return p
}

func (p *portal) as(email string) context.Context {
	u := must(p.store.Client.User.Query().All(system()))
	for _, x := range u {
		if x.Email == email {
			return viewer.With(context.Background(), viewer.Viewer{
				Name: x.Name, Role: string(x.Role), Organisation: viewer.UUID(*x.OrganisationID), User: viewer.UUID(x.ID), Language: "EN",
				Contact: viewer.UUID(*x.ContactID), Structure: viewer.UUID(*x.StructureID), PointOfSale: viewer.UUID(*x.PointOfSaleID),
			})
		}
	}
	p.t.Fatalf("the demo has no %s", email)
	return nil
}

func (p *portal) settle() {
	for p.runs.RunOne(context.Background()) {
	}
}

func (p *portal) lines(ctx context.Context, owner uuid.UUID) []cart.Line {
	p.t.Helper()
	c := must(p.carts.Open(ctx, owner))
	return must(p.carts.Lines(ctx, c.ID, "", uuid.Nil, 200))
}

func (p *portal) assign(n int) []cart.Line {
	p.t.Helper()
	must(p.carts.Add(p.mine, uuid.Nil, cart.Addition{Tickets: p.free[:n]}))
	lines := p.lines(p.mine, uuid.Nil)
	var all []cart.Assignment
	for i, l := range lines {
		all = append(all, cart.Assignment{Line: l.ID, Guest: cart.Guest{Email: fmt.Sprintf("cart%d@example.org", i), First: "C", Last: fmt.Sprint(i)}})
	}
	must(p.carts.Assign(p.mine, uuid.Nil, all))
	return p.lines(p.mine, uuid.Nil)
}

func TestCart_CA1_someGuestsAreValidatedAndTheRestStays(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		p.assign(4)
		e := must(p.carts.Validate(p.mine, cart.Validation{Emails: []string{"CART0@example.org", "cart1@example.org"}, Confirmed: true}))
		p.settle()
		done := must(store.Client.Execution.Get(system(), e.ID))
		left := must(p.carts.Open(p.mine, uuid.Nil))
		if done.Distributed != 2 || done.Mails != 2 || done.Function != term.ExecutionFunctionCart || left.Lines != 2 {
			t.Errorf("%d distributed with %d mails, %d lines left", done.Distributed, done.Mails, left.Lines)
		}
		p.sound()
	})
}

func TestCart_CA1_aColleagueOpensItAndAStrangerDoesNot(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		p.assign(2)
		v, _ := viewer.From(p.mine)
		c := must(p.carts.Open(p.hers, uuid.UUID(v.User)))
		if c.Mine || c.Lines != 2 || len(must(p.carts.All(p.hers))) < 2 {
			t.Errorf("the colleague sees %+v", c)
		}
		if n := must(p.carts.Remove(p.hers, uuid.UUID(v.User), []uuid.UUID{p.lines(p.hers, uuid.UUID(v.User))[0].ID})); n != 1 {
			t.Errorf("the colleague took %d lines out", n)
		}
		for _, owner := range []uuid.UUID{uuid.UUID(v.User), uuid.New()} {
			if _, err := p.carts.Open(p.other, owner); !errs.Is(err, errs.NotFound) {
				t.Errorf("another sponsor is told %v", err)
			}
		}
	})
}

func TestCart_CA4_aLineWhoseTicketMovedIsMarkedAndStays(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		lines := p.assign(3)
		must(p.distribution.Distribute(p.hers, distribution.List{Confirmed: true, Wishes: []distribution.Wish{
			{Ticket: lines[1].Ticket, Email: "faster@example.org", First: "F", Last: "A"},
		}}))
		p.settle()
		after := p.lines(p.mine, uuid.Nil)
		if len(after) != 3 || after[1].Problem == nil || after[1].Problem.Code != term.ReasonCodeStale || after[0].Problem != nil {
			t.Fatalf("the lines are %+v", after)
		}
		e := must(p.carts.Validate(p.mine, cart.Validation{Confirmed: true}))
		p.settle()
		done := must(store.Client.Execution.Get(system(), e.ID))
		if left := p.lines(p.mine, uuid.Nil); done.Distributed != 2 || done.Refused != 1 || len(left) != 1 || left[0].ID != lines[1].ID {
			t.Errorf("%d distributed, %d refused, left %d", done.Distributed, done.Refused, len(left))
		}
		p.sound()
	})
}

func TestCart_CA3_assignToMeTakesBack(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		p.assign(1)
		must(p.carts.Validate(p.mine, cart.Validation{Confirmed: true}))
		p.settle()
		if a := must(p.carts.Add(p.mine, uuid.Nil, cart.Addition{Tickets: p.free[:1]})); a.Added != 1 {
			t.Fatalf("a distributed ticket is not added: %+v", a)
		}
		must(p.carts.Assign(p.mine, uuid.Nil, []cart.Assignment{{Line: p.lines(p.mine, uuid.Nil)[0].ID, ToMe: true}}))
		e := must(p.carts.Validate(p.mine, cart.Validation{Confirmed: true}))
		p.settle()
		if done := must(store.Client.Execution.Get(system(), e.ID)); done.TakenBack != 1 {
			t.Errorf("%d taken back", done.TakenBack)
		}
		p.sound()
	})
}

func TestCart_DI5_aTicketLiesInOneCartOfAStructure(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		p.assign(2)
		if a := must(p.carts.Add(p.hers, uuid.Nil, cart.Addition{Tickets: p.free[:3]})); a.Added != 1 || a.Elsewhere != 2 {
			t.Errorf("added %d, elsewhere %d", a.Added, a.Elsewhere)
		}
	})
}

func TestCart_CA2_spreadGivesNeighboursTogether(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		must(p.carts.Add(p.mine, uuid.Nil, cart.Addition{Tickets: p.free[:6]}))
		var ids []uuid.UUID
		for _, l := range p.lines(p.mine, uuid.Nil) {
			ids = append(ids, l.ID)
		}
		must(p.carts.Spread(p.mine, uuid.Nil, ids, []cart.Guest{{Email: "a@example.org", First: "A", Last: "A"}, {Email: "b@example.org", First: "B", Last: "B"}}, 3))
		got := ""
		for _, l := range p.lines(p.mine, uuid.Nil) {
			got += l.Guest.Email[:1]
		}
		// Where the rows of the house break is the demo's affair: the first guest sits
		// together in any case, the second has what is left around him.
		if !strings.Contains(got, "aaa") || strings.Count(got, "b") != 3 {
			t.Errorf("in the order of the seats the guests are %s", got)
		}
	})
}

func TestPaste_CA2_readsWhatPeopleCopy(t *testing.T) {
	t.Parallel()
	got := must(cart.Paste("Anna Rossi <anna@example.org>\r\nbert@example.org;Bert;van Dyck\n\nCarla\tNeri\tcarla@example.org\nnobody here\n"))
	want := []cart.Pasted{
		{Line: 1, Text: "Anna Rossi <anna@example.org>", Guest: cart.Guest{Email: "anna@example.org", First: "Anna", Last: "Rossi"}, Valid: true},
		{Line: 2, Text: "bert@example.org;Bert;van Dyck", Guest: cart.Guest{Email: "bert@example.org", First: "Bert", Last: "van Dyck"}, Valid: true},
		{Line: 4, Text: "Carla\tNeri\tcarla@example.org", Guest: cart.Guest{Email: "carla@example.org", First: "Carla", Last: "Neri"}, Valid: true},
		{Line: 5, Text: "nobody here", Guest: cart.Guest{First: "nobody", Last: "here"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBook_CA2_isPrivateToItsUser(t *testing.T) {
	t.Parallel()
	demotest.Each(t, func(t *testing.T, store *db.DB) {
		p := open(t, store)
		e := must(p.carts.Save(p.mine, cart.Entry{Email: "anna@example.org", First: "Anna", Last: "Rossi"}))
		again := must(p.carts.Save(p.mine, cart.Entry{Email: "ANNA@example.org", First: "Anna", Last: "Bianchi"}))
		if again.ID != e.ID || len(must(p.carts.Book(p.mine, "bian", "", uuid.Nil, 10))) != 1 {
			t.Errorf("the same address made another entry: %+v", again)
		}
		if len(must(p.carts.Book(p.hers, "", "", uuid.Nil, 10))) != 0 {
			t.Error("a colleague reads the address book")
		}
		if _, err := p.carts.Save(p.hers, cart.Entry{ID: e.ID, Email: "x@example.org", First: "X", Last: "X"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("a colleague changes an entry: %v", err)
		}
		if n := must(p.carts.Forget(p.hers, []uuid.UUID{e.ID})); n != 0 {
			t.Error("a colleague deletes an entry")
		}
	})
}

func (p *portal) sound() {
	p.t.Helper()
	for _, f := range must(check.All(system(), p.store)) {
		if f.Broken > 0 {
			p.t.Errorf("%s %s: %d broken, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
