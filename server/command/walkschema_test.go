package command_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// namesAn says which kind of object an argument or input field names, by its own
// name or with that of its owner; "Node" is any of them. All of the type ID do,
// and those that search do: by a sponsor's name or a guest's address.
var namesAn = map[string]string{
	"node.id": "Node", "nodes.ids": "Node", "execution.id": "Execution", "executionProgress.id": "Execution",
	"CancelExecutionInput.id": "Execution", "RetryExecutionInput.id": "Execution",
	"ApproveExecutionInput.id": "Execution", "RefuseExecutionInput.id": "Execution", "AcknowledgeTakeBackAlertInput.id": "TakeBackAlert",
	"RevokeApiTokenInput.id": "ApiToken", "SaveViewInput.id": "SavedView", "DeleteViewInput.id": "SavedView",
	"ResendMailsInput.ids": "Mail", "UpdatePointOfSaleInput.id": "PointOfSale", "RemoveOrganisationMarkInput.id": "Organisation",
	"UpdateProductRulesInput.id": "Product", "UpdatePerformanceRulesInput.id": "Performance",
	"sponsors.search": "Name", "mails.search": "Address", "TicketFilter.search": "Address",
	"userId": "User", "objectId": "Ticket", "executionId": "Execution", "sponsorId": "Contact", "seasonId": "Season", "productId": "Product", "ticketId": "Ticket", "ticketIds": "Ticket", "lineId": "CartLine", "lineIds": "CartLine", "entryId": "AddressBookEntry",
	"SaveAddressBookEntryInput.id": "AddressBookEntry", "DeleteAddressBookEntriesInput.ids": "AddressBookEntry", "cart.userId": "User",
	"addressBook.search": "Address", "individuals.search": "Address", "individual.id": "Individual", "contactId": "Individual",
	"performanceId": "Performance", "performanceIds": "Performance", "seatCategoryId": "SeatCategory",
	"seatCategoryIds": "SeatCategory", "contingentIds": "Contingent", "tariffId": "Tariff",
	"zoneId": "Area", "venueId": "Venue", "channelId": "Channel",
}

// hole is a place in the arguments of a field that names an object.
type hole struct {
	path []string
	kind string
}

// String gives its place.
func (h hole) String() string { return strings.Join(h.path, ".") + " (" + h.kind + ")" }

// published reads the contract.
func published(t testing.TB) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("../../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	schema, gqlErr := gqlparser.LoadSchema(&ast.Source{Input: string(text)})
	if gqlErr != nil {
		t.Fatal(gqlErr)
	}
	return schema
}

// holesOf finds all places of a field's arguments that name an object; one that
// may name any has a hole for each kind.
func holesOf(schema *ast.Schema, field *ast.FieldDefinition) ([]hole, error) {
	var all []hole
	var into func(owner, name string, kind *ast.Type, path []string) error
	into = func(owner, name string, kind *ast.Type, path []string) error {
		path = append(slices.Clone(path), name)
		if d := schema.Types[kind.Name()]; d.Kind == ast.InputObject {
			for _, f := range d.Fields {
				if err := into(d.Name, f.Name, f.Type, path); err != nil {
					return err
				}
			}
			return nil
		}
		if kind.Name() != "ID" && name != "search" {
			return nil
		}
		named := namesAn[owner+"."+name]
		if named == "" {
			named = namesAn[name]
		}
		switch {
		case named == "":
			return fmt.Errorf("%s.%s names an object of a kind that the walk does not know: add it to namesAn", owner, name)
		case named == "Node":
			for _, d := range schema.PossibleTypes["Node"] {
				all = append(all, hole{path, d.Name})
			}
		default:
			all = append(all, hole{path, named})
		}
		return nil
	}
	for _, a := range field.Arguments {
		if err := into(field.Name, a.Name, a.Type, nil); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// optional says whether a field can be asked without arguments.
func optional(field *ast.FieldDefinition) bool {
	return !slices.ContainsFunc(field.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull })
}

// request makes the document of a root field: all that can be reached from it,
// with the hole filled from ids and every other object that must be named an own one.
func (w *walk) request(root *ast.Definition, field *ast.FieldDefinition, h *hole, ids map[string]string, end string) request {
	f := filling{schema: w.schema, hole: h, ids: ids, own: w.houses.own}
	var declared, passed []string
	r := request{variables: map[string]any{}, streamed: root == w.schema.Subscription}
	for _, a := range field.Arguments {
		value, given := f.value(field.Name, a.Name, a.Type, nil)
		if a.Name == end {
			value, given = 12, true
		}
		if !given {
			continue
		}
		declared = append(declared, "$"+a.Name+": "+a.Type.String())
		passed = append(passed, a.Name+": $"+a.Name)
		r.variables[a.Name] = value
	}
	r.upload = f.upload
	if h != nil {
		r.ids = []string{ids[h.kind]}
	}
	b := body{schema: w.schema}
	if h != nil {
		b.kind = h.kind
	}
	r.query = strings.ToLower(root.Name) + brackets(declared) + " { " + field.Name + brackets(passed) + b.of(field.Type, nil) + " }"
	r.fields = b.fields
	return r
}

func brackets(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// filling fills in arguments.
type filling struct {
	schema   *ast.Schema
	hole     *hole
	ids, own map[string]string
	// upload is where a file belongs.
	upload string
}

// value is what an argument or input field is given, and whether anything is:
// the hole and what leads to it, and what must be there.
func (f *filling) value(owner, name string, kind *ast.Type, path []string) (any, bool) {
	path = append(slices.Clone(path), name)
	leads := f.hole != nil && len(path) <= len(f.hole.path) && slices.Equal(path, f.hole.path[:len(path)])
	if !leads && !kind.NonNull {
		return nil, false
	}
	value := f.plain(owner, name, kind.Name(), path)
	if leads && len(path) == len(f.hole.path) {
		value = f.ids[f.hole.kind]
	}
	if kind.Elem != nil {
		value = []any{value}
	}
	return value, true
}

func (f *filling) plain(owner, name, kind string, path []string) any {
	d := f.schema.Types[kind]
	switch {
	case d.Kind == ast.InputObject:
		object := map[string]any{}
		for _, field := range d.Fields {
			if value, given := f.value(d.Name, field.Name, field.Type, path); given {
				object[field.Name] = value
			}
		}
		return object
	case d.Kind == ast.Enum:
		return d.EnumValues[0].Name
	case kind == "ID":
		named := namesAn[owner+"."+name]
		if named == "" {
			named = namesAn[name]
		}
		return f.own[named]
	case kind == "Upload":
		f.upload = "variables." + strings.Join(path, ".")
		return nil
	case kind == "Boolean":
		return false
	case kind == "Int" || kind == "Long":
		return 1
	case kind == "Time":
		return "2036-01-01T00:00:00Z"
	case name == "email":
		return "walker@courrier.example"
	}
	return "a walk of the walkers"
}

// body writes selections that hold all fields of a type and of those below it.
type body struct {
	schema *ast.Schema
	// kind is the type that an interface is asked for.
	kind   string
	fields []string
}

func (b *body) of(kind *ast.Type, above []string) string {
	d := b.schema.Types[kind.Name()]
	if d.Kind == ast.Interface {
		return " { ... on " + b.kind + b.of(ast.NamedType(b.kind, nil), above) + " }"
	}
	if d.Kind != ast.Object {
		return ""
	}
	text := " { __typename"
	for _, f := range d.Fields {
		b.fields = append(b.fields, d.Name+"."+f.Name)
		if slices.Contains(above, f.Type.Name()) {
			continue // a type within itself is asked once
		}
		text += " " + f.Name
		if f.Arguments.ForName("first") != nil {
			text += "(first: 5)"
		}
		text += b.of(f.Type, append(slices.Clone(above), d.Name))
	}
	return text + " }"
}
