package distribution_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/spreadsheet"
	"gradin/server/term"
	"gradin/server/ticket"
)

// asking is a workbook with the columns of further fields, wherever they stand.
func asking(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	var out bytes.Buffer
	headers := []string{"[new] cc Phone", distribution.HeaderTicket, distribution.HeaderEmail, distribution.HeaderFirst, distribution.HeaderLast, "[NEW] CC birth date"}
	b := spreadsheet.Book{Sheet: distribution.Sheet}
	for _, h := range headers {
		b.Columns = append(b.Columns, spreadsheet.Column{Header: h})
	}
	w := must(spreadsheet.NewWriter(&out, b))
	for _, row := range rows {
		var cells []spreadsheet.Cell
		for _, c := range row {
			cells = append(cells, spreadsheet.Text(c))
		}
		ok(t, w.Row(cells...))
	}
	ok(t, w.Close())
	return out.Bytes()
}

func TestImport_DI10_whatTheOrganiserAsksIsReadAndMissedByColumn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 3, 100)
		_, err := h.product.Update().SetGuestFields([]string{"BIRTH_DATE", "PHONE"}).Save(system())
		ok(t, err)
		ref := func(i int) string { return distribution.Reference(h.tickets[i].Number, 0) }
		e := h.importAll(h.relay(h.sponsor), asking(t,
			[]string{"+33 1 23 45 67 89", ref(0), "a@example.org", "A", "A", "31.12.1990"},
			[]string{"", ref(1), "b@example.org", "B", "B", "1990-12-31"},
			[]string{"123", ref(2), "c@example.org", "C", "C", "some day"},
		))
		rows := must(distribution.Rows(system(), store, e.ID, distribution.RowFilter{}))
		if e.Distributed != 1 || rows[1].Problem == nil || rows[1].Problem.Letter != "A" || rows[2].Problem == nil || rows[2].Problem.Letter != "F" {
			t.Fatalf("%d distributed, %+v, %+v", e.Distributed, rows[1].Problem, rows[2].Problem)
		}
		got := must(store.Client.Ticket.Get(system(), h.tickets[0].ID)).HolderFields
		want := distribution.Fields{term.GuestFieldPhone: "+33 1 23 45 67 89", term.GuestFieldBirthDate: "31.12.1990"}
		if diff := cmp.Diff(want, distribution.FieldsFrom(got)); diff != "" {
			t.Error(diff)
		}
		h.reclaim(h.relay(h.sponsor), h.tickets[0].ID)
		if left := must(store.Client.Ticket.Get(system(), h.tickets[0].ID)).HolderFields; left != "" {
			t.Errorf("after the take-back the ticket still knows %q (TB-3)", left)
		}
	})
}

func TestExport_DI10_columnsFollowOnlyWhereTheOrganiserAsks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 1, 100)
		scope := ticket.Scope{Organisation: h.org.ID, Party: h.sponsor.ID}
		headers := func() []string {
			var out bytes.Buffer
			ok(t, h.distribution.Export(h.relay(h.sponsor), scope, ticket.Filter{}, term.LanguageEn, uuid.New(), &out))
			var first []string
			_, err := spreadsheet.Read(context.Background(), spreadsheet.Source{
				File: bytes.NewReader(out.Bytes()), Size: int64(out.Len()), Name: "x.xlsx", Sheet: distribution.Sheet,
			}, func(r spreadsheet.Row) error {
				for i := range r.Cells {
					if first == nil || r.Number == 1 {
						first = append(first, r.Cell(i).Value)
					}
				}
				return nil
			})
			ok(t, err)
			return first
		}
		if n := len(headers()); n != 20 {
			t.Errorf("%d columns, want A to T", n)
		}
		_, err := h.product.Update().SetGuestFields([]string{"NATIONALITY"}).Save(system())
		ok(t, err)
		if all := headers(); len(all) != 21 || all[20] != "[NEW] CC nationality" {
			t.Errorf("the columns from U on are %v", all[20:])
		}
	})
}

func TestLimit_DI10_aGuestGetsNoMoreThanAllowedOverAllSponsors(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 6, 2)
		_, err := h.product.Update().SetGuestLimit(3).Save(system())
		ok(t, err)
		var wishes []distribution.Wish
		for _, n := range h.tickets {
			wishes = append(wishes, distribution.Wish{Ticket: n.ID, Email: "many@example.org", First: "M", Last: "Y"})
		}
		e := must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Wishes: wishes[:2], Confirmed: true}))
		h.settle()
		if got := h.execution(e.ID).Distributed; got != 2 {
			t.Fatalf("%d distributed", got)
		}
		// Two plans of one more each are both possible; only one can be carried out.
		first := must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Wishes: wishes[2:3]}))
		second := must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Wishes: wishes[3:5]}))
		for _, id := range []uuid.UUID{first.ID, second.ID} {
			must(h.distribution.Apply(h.relay(h.sponsor), id))
			h.settle()
		}
		if a, b := h.execution(first.ID), h.execution(second.ID); a.Distributed != 1 || b.Distributed != 0 || b.Refused != 2 {
			t.Errorf("the first gave %d, the second %d and refused %d", a.Distributed, b.Distributed, b.Refused)
		}
		if has := h.count("SELECT count(*) FROM tickets WHERE holder_email_key = 'many@example.org'"); has != 3 {
			t.Errorf("the guest has %d", has)
		}
	})
}

func TestLimit_DI10_aPerformanceHasItsOwnInsteadOfItsProducts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 5, 1)
		performance := *must(store.Client.Ticket.Get(system(), h.tickets[0].ID)).PerformanceID
		rules := func() *ent.PerformanceUpdateOne { return store.Client.Performance.UpdateOneID(performance) }
		_, err := rules().SetGuestLimit(2).Save(system())
		ok(t, err)
		plan := func(confirmed bool, tickets ...int) uuid.UUID {
			var wishes []distribution.Wish
			for _, i := range tickets {
				wishes = append(wishes, distribution.Wish{Ticket: h.tickets[i].ID, Email: "one@example.org", First: "A", Last: "B"})
			}
			e := must(h.distribution.Distribute(h.relay(h.sponsor), distribution.List{Wishes: wishes, Confirmed: confirmed}))
			h.settle()
			return e.ID
		}
		if e := h.execution(plan(true, 0)); e.Distributed != 1 {
			t.Fatalf("%d distributed", e.Distributed)
		}
		// Two plans of one more each are both possible; only one can be carried out.
		first, second := plan(false, 1), plan(false, 2)
		for _, id := range []uuid.UUID{first, second} {
			must(h.distribution.Apply(h.relay(h.sponsor), id))
			h.settle()
		}
		if a, b := h.execution(first), h.execution(second); a.Distributed != 1 || b.Distributed != 0 {
			t.Errorf("the first gave %d, the second %d", a.Distributed, b.Distributed)
		}
		_, err = h.product.Update().SetGuestLimit(1).Save(system())
		ok(t, err)
		_, err = rules().SetGuestLimit(3).Save(system())
		ok(t, err)
		if e := h.execution(plan(true, 3)); e.Distributed != 1 {
			t.Error("the product's limit hinders where its performance allows more")
		}
		_, err = rules().ClearGuestLimit().SetDistributionClosesMinutes(600_000).Save(system())
		ok(t, err)
		if e := h.execution(plan(true, 4)); e.Distributed != 0 {
			t.Error("a ticket was given after its performance's window had closed")
		}
	})
}
