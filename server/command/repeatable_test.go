package command_test

import (
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
)

// unkeyed are the mutations without an idempotency key, and why.
var unkeyed = map[string]string{
	"signIn":                   "each call begins a session of its own and ends the one before",
	"signOut":                  "ending an ended session does nothing",
	"changePassword":           "a second call names a password that is not the present one any more; nothing of a password is kept as a hash of input",
	"exportTicketDetails":      "changes nothing: it signs an address",
	"deleteAddressBookEntries": "deleting what is deleted does nothing",
	"deleteView":               "deleting what is deleted is refused and does nothing",
	"exportSeatPlan":           "changes nothing: it signs an address",
	"updateOrganisationMark":   "makes the mark that of the file: the same file again changes nothing",
	"removeOrganisationMark":   "removing what is removed does nothing",
	"exportPersonalData":       "changes nothing: it signs an address",
	"planAnonymisation":        "changes nothing: it says what would be done",
	"importSeatPlan":           "makes the plan that of the file: the same file again changes nothing",
}

// repeatable says of each mutation that takes a key what to send twice, and what
// another input is. The inputs are made before the first call.
var repeatable = map[string]func(r *repeater) (input, other map[string]any){
	"updatePreferences": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"name": "Once"}, map[string]any{"name": "Twice"}
	},
	"createApiToken": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"name": "Once", "scopes": []string{"READ"}}, map[string]any{"name": "Once", "scopes": []string{"WRITE"}}
	},
	"saveView": func(*repeater) (map[string]any, map[string]any) {
		of := func(query string) map[string]any {
			return map[string]any{"name": "Once", "path": "/o/outbox", "query": query}
		}
		return of("q=once"), of("q=twice")
	},
	"revokeApiToken": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"id": r.token("first")}, map[string]any{"id": r.token("second")}
	},
	"planTicketHoldersImport": sendsAFile, "importTicketHolders": sendsAFile,
	"planDistribution": moves, "distribute": moves,
	"addToCart": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"ticketIds": []string{r.free()}}, map[string]any{"ticketIds": []string{r.free(), r.free()}}
	},
	"removeFromCart": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"lineIds": []string{r.line("")}}, map[string]any{"lineIds": []string{r.line("")}}
	},
	"assignCartLines": func(r *repeater) (map[string]any, map[string]any) {
		line := r.line("")
		to := func(email string) map[string]any {
			return map[string]any{"assignments": []any{map[string]any{"lineId": line, "guest": map[string]any{"email": email}}}}
		}
		return to("once@courrier.example"), to("twice@courrier.example")
	},
	"spreadCart": func(r *repeater) (map[string]any, map[string]any) {
		line := r.line("")
		to := func(email string) map[string]any {
			return map[string]any{"lineIds": []string{line}, "each": 1, "guests": []any{map[string]any{"email": email}}}
		}
		return to("once@courrier.example"), to("twice@courrier.example")
	},
	"planCart": validates, "validateCart": validates,
	"saveAddressBookEntry": func(*repeater) (map[string]any, map[string]any) {
		of := func(last string) map[string]any {
			return map[string]any{"email": "once@courrier.example", "firstName": "A", "lastName": last}
		}
		return of("Once"), of("Twice")
	},
	"planReclaim": back, "reclaim": back, "planUndo": undoing, "undo": undoing,
	"remindGuests": func(r *repeater) (map[string]any, map[string]any) {
		one, _ := back(r)
		return one, map[string]any{"filter": map[string]any{}, "expectedCount": 1}
	},
	"planAddressCorrection": corrects, "correctAddress": corrects,
	"applyPlan": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"executionId": r.plan()}, map[string]any{"executionId": r.plan()}
	},
	"cancelExecution": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"id": r.plan()}, map[string]any{"id": r.plan()}
	},
	"cancelRemoval": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"ticketId": r.removing()}, map[string]any{"ticketId": r.free()}
	},
	"anonymiseContact": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		return map[string]any{"contactId": r.acquaintance("one")}, map[string]any{"contactId": r.acquaintance("two")}
	},
	"retryExecution": func(r *repeater) (map[string]any, map[string]any) {
		return map[string]any{"id": r.broken()}, map[string]any{"id": r.broken()}
	},
	"approveExecution": decides, "refuseExecution": decides,
	"acknowledgeTakeBackAlert": func(r *repeater) (map[string]any, map[string]any) {
		id := r.alert()
		r.as = r.operator
		return map[string]any{"id": id, "note": "looked into"}, map[string]any{"id": id, "note": "looked away"}
	},
	"updateTakeBackWatch": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		of := func(hours int) map[string]any {
			return map[string]any{"alertAfter": 2, "alertShare": 10, "pauseHours": hours, "approval": false}
		}
		return of(24), of(48)
	},
	"updateOrganisation": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		of := func(name string) map[string]any {
			return map[string]any{"name": name, "language": "FR", "alertAddresses": []string{"alertes@theatredesroches.example"}}
		}
		return of("Once"), of("Twice")
	},
	"recordEntries": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.operator
		of := func(barcode string) map[string]any {
			return map[string]any{"entries": []any{map[string]any{"barcode": barcode, "at": "2026-11-22T18:00:00Z", "gate": "North"}}}
		}
		return of("ONCE"), of("TWICE")
	},
	"updateMailModel": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		return mailModel("EN", "Once"), mailModel("EN", "Twice")
	},
	"removeMailModel": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		return r.ownModel("FR"), r.ownModel("DE")
	},
	"updateProductRules":     rules("products"),
	"updatePerformanceRules": rules("performances"),
	"updatePointOfSale": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		id := oid.Encode(get(r.T, r.Server, "SELECT id FROM point_of_sales WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1", r.mine))
		of := func(language string) map[string]any {
			return map[string]any{
				"id": id, "active": true, "language": language, "importTicketDetails": true, "advancedView": true, "cart": true, "passOn": true,
				"allowTakeBackInjected": true, "takeBackDownloaded": "RELAY", "takeBackTransferred": false, "tellTakenBack": true,
			}
		}
		return of("DE"), of("FR")
	},
	"resendMails": func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.operator
		first, second := r.failedMails()
		return map[string]any{"ids": []string{first}}, map[string]any{"ids": []string{second}}
	},
}

func mailModel(language, subject string) map[string]any {
	return map[string]any{"class": "TICKET_REMINDER", "language": language, "subject": subject, "text": "{{.Link}}", "html": "{{.Link}}"}
}

// ownModel writes a model of the organisation's own, and names it.
func (r *repeater) ownModel(language string) map[string]any {
	if _, err := r.Store.Exec(system(), `INSERT INTO documents (id, organisation_id, created_at, class, language, subject, text, html)
		VALUES ($1::uuid, $2::uuid, $3::timestamptz, 'TICKET_REMINDER', $4::text, 'Own', '{{.Link}}', '{{.Link}}')`,
		oid.New(oid.Document), r.mine, db.Now(), language); err != nil {
		r.Fatal(err)
	}
	return map[string]any{"class": "TICKET_REMINDER", "language": language}
}

// rules limits the first product or performance twice, in two ways.
func rules(table string) func(r *repeater) (map[string]any, map[string]any) {
	return func(r *repeater) (map[string]any, map[string]any) {
		r.as = r.admin
		id := oid.Encode(get(r.T, r.Server, "SELECT id FROM "+table+" WHERE organisation_id = $1::uuid ORDER BY code LIMIT 1", r.mine))
		return map[string]any{"id": id, "guestLimit": 5}, map[string]any{"id": id, "guestLimit": 6}
	}
}

// decides asks a second person about two runs that wait for one.
func decides(r *repeater) (map[string]any, map[string]any) {
	first, second := r.waits(), r.waits()
	r.as = r.operator
	return map[string]any{"id": first, "note": "seen"}, map[string]any{"id": second, "note": "seen"}
}

// waits is a run that waits for a second person.
func (r *repeater) waits() string {
	id := r.plan()
	decoded, err := oid.Decode(id)
	if err == nil {
		_, err = r.Store.Exec(system(), "UPDATE executions SET state = 'AWAITING_APPROVAL', plan_approvals = 1, confirmed = TRUE WHERE id = $1::uuid", decoded)
	}
	if err != nil {
		r.Fatal(err)
	}
	return id
}

// alert is one about the relay's sponsor.
func (r *repeater) alert() string {
	watches(r.T, r.Server, "relay@hautesroches.example")
	return oid.Encode(get(r.T, r.Server, "SELECT id FROM take_back_alerts ORDER BY id DESC LIMIT 1"))
}

func back(r *repeater) (map[string]any, map[string]any) {
	one := func(order string) map[string]any {
		return map[string]any{"ticketIds": []string{oid.Encode(get(r.T, r.Server, `SELECT id FROM tickets
			WHERE owner_id = (SELECT structure_id FROM users WHERE email = 'relay@hautesroches.example') ORDER BY number `+order+` LIMIT 1`))}}
	}
	return one("ASC"), one("DESC")
}

func corrects(r *repeater) (map[string]any, map[string]any) {
	id := oid.Encode(get(r.T, r.Server, `SELECT l.ticket_id FROM holder_links l JOIN tickets t ON t.id = l.ticket_id AND t.live AND t.state <> 'CONTROLLED'
		WHERE l.closed_at IS NULL AND l.giver_id = (SELECT structure_id FROM users WHERE email = 'relay@hautesroches.example') ORDER BY t.number LIMIT 1`))
	to := func(email string) map[string]any { return map[string]any{"ticketId": id, "email": email, "all": false} }
	return to("once@courrier.example"), to("twice@courrier.example")
}

func undoing(r *repeater) (map[string]any, map[string]any) {
	return map[string]any{"executionId": r.finished()}, map[string]any{"executionId": r.finished()}
}

func validates(r *repeater) (map[string]any, map[string]any) {
	return map[string]any{"lineIds": []string{r.line("once@courrier.example")}}, map[string]any{"lineIds": []string{r.line("twice@courrier.example")}}
}

// free is a ticket that nobody has and that lies in no cart; another at each call.
func (r *repeater) free() string {
	r.ticket++
	return oid.Encode(get(r.T, r.Server, fmt.Sprintf(`SELECT t.id FROM tickets t JOIN performances p ON p.id = t.performance_id
		WHERE t.owner_id = (SELECT structure_id FROM users WHERE email = 'relay@hautesroches.example') AND t.holder_id IS NULL
		AND p.starts_at > $1::timestamptz AND t.id NOT IN (SELECT ticket_id FROM cart_lines) ORDER BY t.number DESC LIMIT 1 OFFSET %d`, r.ticket), db.Now()))
}

// line is a line of the relay's cart, with a guest unless that is empty.
func (r *repeater) line(email string) string {
	r.object(r.T, r.schema.Mutation.Fields.ForName("addToCart"), map[string]any{"ticketIds": []string{r.free()}})
	id := oid.Encode(get(r.T, r.Server, "SELECT id FROM cart_lines ORDER BY added_at DESC, id DESC LIMIT 1"))
	if email != "" {
		r.object(r.T, r.schema.Mutation.Fields.ForName("assignCartLines"), map[string]any{"assignments": []any{map[string]any{"lineId": id, "guest": map[string]any{"email": email, "firstName": "A", "lastName": "B"}}}})
	}
	return id
}

func sendsAFile(*repeater) (map[string]any, map[string]any) {
	return map[string]any{"file": nil, "policy": "IGNORE_FAILED"}, map[string]any{"file": nil, "policy": "REJECT_ALL"}
}

func moves(r *repeater) (map[string]any, map[string]any) {
	return r.moves("once@courrier.example"), r.moves("twice@courrier.example")
}

// removing is a ticket that waits for an outside wallet, which a run of the relay
// has asked for it.
func (r *repeater) removing() string {
	id := get(r.T, r.Server, `SELECT t.id FROM tickets t WHERE t.location IN ('INJECTED', 'DOWNLOADED') AND t.live
		AND t.owner_id = (SELECT structure_id FROM users WHERE email = 'relay@hautesroches.example') ORDER BY t.number LIMIT 1`)
	run, err := oid.Decode(r.finished())
	if err != nil {
		r.Fatal(err)
	}
	c := r.Store.Client
	if err := c.ExecutionRow.Create().SetID(1 << 40).SetOrganisationID(r.mine).SetExecutionID(run).SetRowNumber(1000).SetTicketID(id).
		SetOutcome(term.OutcomeTakeBack).SetRemoval(term.RemovalStateRequested).Exec(system()); err != nil {
		r.Fatal(err)
	}
	if err := c.Removal.Create().SetOrganisationID(r.mine).SetTicketID(id).SetWalletID(uuid.New()).SetExecutionID(run).SetRowNumber(1000).
		SetState(term.RemovalStateRequested).SetVersion(1).SetFormerLocation(term.DeliveryLocationInjected).SetRequestedAt(db.Now()).Exec(system()); err != nil {
		r.Fatal(err)
	}
	for _, statement := range []string{
		"UPDATE tickets SET location = 'DELETION_PENDING' WHERE id = $1::uuid",
		"UPDATE executions SET waiting = 1 WHERE id = (SELECT execution_id FROM removals WHERE ticket_id = $1::uuid)",
	} {
		if _, err := r.Store.Exec(system(), statement, id); err != nil {
			r.Fatal(err)
		}
	}
	return oid.Encode(id)
}

// acquaintance is a person who has no tickets.
func (r *repeater) acquaintance(name string) string {
	made, err := r.Store.Client.Contact.Create().SetOrganisationID(r.mine).SetNumber(9_000_000 + int64(len(name))*1000 + int64(name[0])).SetKind(term.ContactKindIndividual).
		SetName(name).SetFirstName(name).SetEmail(name + "@courrier.example").SetEmailKey(name + "@courrier.example").Save(system())
	if err != nil {
		r.Fatal(err)
	}
	return oid.Encode(made.ID)
}
