package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gradin/server/catalog"
	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/demo"
)

const sampleCatalogue = "../../docs/catalogue.json"

// scripted runs a command as a script does, and gives what it prints and its status.
func scripted(c config.Serve, args ...string) (out, log string, status int) {
	args = append(args, "--data", c.Data)
	if c.DatabaseURL != "" {
		args = append(args, "--database-url", c.DatabaseURL)
	}
	var o, l bytes.Buffer
	status = command.Run(args, &o, &l)
	return o.String(), l.String(), status
}

var house1 = []string{"organisation", "create", "--institution", "EX", "--code", "PARK", "--name", "FC Park", "--time-zone", "Europe/Zurich", "--currency", "CHF", "--json"}

// TestCatalogue_OP1_aStoreWithoutDemoIsSetUp does what docs/operations.md says
// first, up to a relay who exports his tickets.
func TestCatalogue_OP1_aStoreWithoutDemoIsSetUp(t *testing.T) {
	engines(t, func(t *testing.T, databaseURL string) {
		c := defaults(t, databaseURL)
		c.Development = true
		must := func(args ...string) string {
			t.Helper()
			out, log, status := scripted(c, args...)
			if status != 0 {
				t.Fatalf("%v ends with %d: %s", args[:2], status, log)
			}
			return out
		}
		must(house1...)
		if _, log, status := scripted(c, house1...); status != 1 || !strings.Contains(log, "already") {
			t.Errorf("the same organisation again: status %d, %s", status, log)
		}
		var brought catalog.Brought
		if err := json.Unmarshal([]byte(must("catalog", "import", sampleCatalogue, "--organisation", "PARK", "--json")), &brought); err != nil {
			t.Fatal(err)
		}
		if brought.Made["ticket"] != 16 || brought.Made["seat"] != 8 || len(brought.Numbers) != 2 {
			t.Fatalf("brought %+v", brought)
		}
		s := start(t, c, io.Discard)
		park := get(t, s, "SELECT id FROM organisations WHERE code = 'PARK'")
		before := dump(t, s, park)
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		if out := must("catalog", "import", sampleCatalogue, "--organisation", "PARK"); !strings.Contains(out, "there already") {
			t.Errorf("a second run says %s", out)
		}
		structure, relay := brought.Numbers[0], brought.Numbers[1]
		must("user", "create", "--email", relay.Relay, "--name", "Relay", "--role", "PORTAL_USER", "--organisation", "PARK",
			"--contact", fmt.Sprint(relay.Number), "--structure", fmt.Sprint(structure.Number), "--point-of-sale", "PORTAL",
			"--password", demo.Password, "--json")
		must("check")
		s = start(t, c, io.Discard)
		after := dump(t, s, park)
		for _, line := range strings.Split(before, "\n") {
			if !strings.Contains(after, line) {
				t.Errorf("a second run changed %s", line)
			}
		}
		more := 0
		for _, line := range strings.Split(after, "\n") {
			if !strings.Contains(before, line) {
				more++
			}
		}
		if more != 2 {
			t.Errorf("%d rows more; want the user and its line of the audit log", more)
		}
		export := request{query: `mutation { exportTicketDetails(input: {filter: {}}) { url ticketCount } }`}.send(t, s.URL, signIn(t, s.URL, relay.Relay))
		if !strings.Contains(export.text, `"ticketCount":16`) {
			t.Fatalf("the relay exports %s", export.text)
		}
		path := export.text[strings.Index(export.text, `/d/`):]
		file, err := http.Get(s.URL + path[:strings.Index(path, `"`)])
		if err != nil || file.StatusCode != http.StatusOK {
			t.Fatalf("download: %v %v", file, err)
		}
		_ = file.Body.Close()
	})
}

// TestCatalogue_OP1_everyProblemIsToldWithItsPlace alters the example.
func TestCatalogue_OP1_everyProblemIsToldWithItsPlace(t *testing.T) {
	text, err := os.ReadFile(sampleCatalogue)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name    string
		changes []string
		want    []string
	}{
		{"forms", []string{
			`"code": "S27"`, `"code": "s 27"`, `"family": "COMPETITION"`, `"family": "CONTEST"`, `"price": 4500`, `"price": "much"`,
			`"city": "Example"`, `"town": "Example"`, `"relay@lakesidebank.example"`, `"relay"`, `"timeZone": "Europe/Zurich"`, `"timeZone": "Zurich"`,
		}, []string{
			"$.seasons[0].code", "$.venues[0].timeZone", "$.venues[0].town", "$.products[0].family", "$.structures[0].relays[0].email", "$.allotments[0].price",
		}},
		{"references", []string{
			`"season": "S27"`, `"season": "S28"`, `"sponsor": "Lakeside Bank", "pointOfSale": "PORTAL"`, `"sponsor": "Nobody", "pointOfSale": "NOWHERE"`,
		}, []string{
			"$.products[0].season", "$.allotments[0].sponsor", "$.allotments[0].pointOfSale", "$.allotments[1].sponsor", "$.allotments[1].pointOfSale",
		}},
		{"places", []string{
			`"row": "2", "seats": ["1", "2"]`, `"row": "1", "seats": ["1", "9"]`, `"quantity": 10`, `"quantity": 201`,
		}, []string{
			"$.allotments[0].places[1].seats[0]", "$.allotments[0].places[1].seats[1]", "$.allotments[1].quantity",
		}},
		{"twice", []string{`"code": "STAND"`, `"code": "CAT1"`}, []string{"$.seatCategories[1].code", "$.allotments[1].seatCategory"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := defaults(t, "")
			if _, log, status := scripted(c, house1...); status != 0 {
				t.Fatal(log)
			}
			altered := strings.NewReplacer(row.changes...).Replace(string(text))
			file := filepath.Join(t.TempDir(), "catalogue.json")
			if err := os.WriteFile(file, []byte(altered), 0o600); err != nil {
				t.Fatal(err)
			}
			out, _, status := scripted(c, "catalog", "import", file, "--organisation", "PARK", "--json")
			var told struct{ Problems []catalog.Problem }
			if err := json.Unmarshal([]byte(out), &told); err != nil || status != 1 {
				t.Fatalf("status %d: %s", status, out)
			}
			var paths []string
			for _, p := range told.Problems {
				paths = append(paths, p.Path)
			}
			if strings.Join(paths, " ") != strings.Join(row.want, " ") {
				t.Errorf("problems at\n%v\nwant\n%v", paths, row.want)
			}
			if out, _, _ := scripted(c, "catalog", "import", sampleCatalogue, "--organisation", "PARK"); !strings.Contains(out, "made 16 of the kind ticket") {
				t.Errorf("the refused catalogue left something: %s", out)
			}
		})
	}
}
