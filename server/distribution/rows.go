package distribution

import (
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/term"
)

// row is a decision in the form in which it is stored.
type row struct {
	Number        int64            `json:"row_number"`
	Reference     string           `json:"ticket_reference"`
	Ticket        *uuid.UUID       `json:"ticket_id"`
	Label         string           `json:"ticket_label"`
	Version       int64            `json:"version"`
	Email         string           `json:"email"`
	EmailKey      string           `json:"email_key"`
	First         string           `json:"first_name"`
	Last          string           `json:"last_name"`
	SearchKey     string           `json:"search_key"`
	FirstKey      string           `json:"first_key"`
	Outcome       term.Outcome     `json:"outcome"`
	Reason        *term.ReasonCode `json:"reason"`
	Problem       string           `json:"problem"`
	Warnings      string           `json:"warnings"`
	Contact       *uuid.UUID       `json:"contact_id"`
	ContactNew    bool             `json:"contact_new"`
	ContactNumber int64            `json:"contact_number"`
	Mail          *uuid.UUID       `json:"mail_id"`
	Keep          int              `json:"keep"`
	FromEmail     string           `json:"from_email"`
	FromName      string           `json:"from_name"`
	Fields        string           `json:"fields"`
}

const rowNames = `row_number, ticket_reference, ticket_id, ticket_label, version, email, email_key, first_name, last_name,
	search_key, first_key, outcome, reason, problem, warnings, contact_id, contact_new, contact_number, mail_id, keep, from_email, from_name, fields`

var rowColumns = []db.Column{
	{Name: "row_number", Type: "bigint"},
	{Name: "ticket_reference", Type: "text"},
	{Name: "ticket_id", Type: "uuid"},
	{Name: "ticket_label", Type: "text"},
	{Name: "version", Type: "bigint"},
	{Name: "email", Type: "text"},
	{Name: "email_key", Type: "text"},
	{Name: "first_name", Type: "text"},
	{Name: "last_name", Type: "text"},
	{Name: "search_key", Type: "text"},
	{Name: "first_key", Type: "text"},
	{Name: "outcome", Type: "text"},
	{Name: "reason", Type: "text"},
	{Name: "problem", Type: "text"},
	{Name: "warnings", Type: "text"},
	{Name: "contact_id", Type: "uuid"},
	{Name: "contact_new", Type: "boolean"},
	{Name: "contact_number", Type: "bigint"},
	{Name: "mail_id", Type: "uuid"},
	{Name: "keep", Type: "bigint"},
	{Name: "from_email", Type: "text"},
	{Name: "from_name", Type: "text"},
	{Name: "fields", Type: "text"},
}

// rows turns decisions into rows and counts them by outcome. The first names
// and the first spelling of an address count for all tickets of a guest (DI-8).
func (st *stager) rows(decisions []Decision) ([]row, map[term.Outcome]int) {
	rows := make([]row, len(decisions))
	totals := map[term.Outcome]int{}
	for i, d := range decisions {
		totals[d.Outcome]++
		r := row{
			Number: int64(d.Move.Row), Reference: d.Move.Reference, Email: d.Move.Email, EmailKey: contact.Key(d.Move.Email),
			First: d.Move.First, Last: d.Move.Last, Outcome: d.Outcome, Warnings: jsonOf(d.Warnings),
		}
		if d.Ticket != nil {
			r.Ticket, r.Label, r.Version, r.Keep = &d.Ticket.ID, d.Ticket.Label, d.Ticket.Version, d.Ticket.Keep
			r.FromEmail, r.FromName = d.Ticket.Given.Email, strings.TrimSpace(d.Ticket.Given.First+" "+d.Ticket.Given.Last)
		}
		if d.Problem != nil {
			r.Reason, r.Problem = &d.Problem.Code, jsonOf(d.Problem)
		}
		if g := d.Guest; g != nil {
			r.Email, r.First, r.Last, r.Fields = g.Email, g.First, g.Last, g.Fields.Text()
			r.Contact, r.ContactNew, r.ContactNumber, r.Mail = &g.Contact, g.New, g.Number, &g.Mail
			r.SearchKey, r.FirstKey = contact.Search(g.First, g.Last), contact.Search("", g.First)
			if !st.planner.counted(g) {
				st.mails[g.Mail] = true
			}
		}
		rows[i] = r
	}
	return rows, totals
}

// jsonOf writes a value, or nothing for an empty list.
func jsonOf(value any) string {
	if list, is := value.([]Problem); is && len(list) == 0 {
		return ""
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
