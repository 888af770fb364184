package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gradin/server/command"
	"gradin/server/demo/demotest"
)

// TestPlan_SM3_theDemosStadiumComesBackAsItWent exports the stadium, whose seats
// have tickets, imports that, and exports the same again.
func TestPlan_SM3_theDemosStadiumComesBackAsItWent(t *testing.T) {
	t.Parallel()
	data := filepath.Dir(demotest.Demo.SQLiteFile(t))
	run := func(want int, args ...string) (out, log string) {
		t.Helper()
		var o, l bytes.Buffer
		if status := command.Run(append(args, "--data", data), &o, &l); status != want {
			t.Fatalf("%v: status %d: %s", args, status, l.String())
		}
		return o.String(), l.String()
	}
	where := []string{"--organisation", "FCGRANVAL", "--venue", "COMBE"}
	first, _ := run(0, append([]string{"plan", "export"}, where...)...)
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, []byte(first), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _ := run(0, append([]string{"plan", "import", file, "--dry-run"}, where...)...); out != "24 zones, 22000 seats: 0 added, 22000 changed, 0 removed\n" {
		t.Errorf("%s", out)
	}
	run(0, append([]string{"plan", "import", file}, where...)...)
	again, _ := run(0, append([]string{"plan", "export"}, where...)...)
	if diff := cmp.Diff(parsed(t, first), parsed(t, again)); diff != "" {
		t.Errorf("%.2000s", diff)
	}
	out, _ := run(0, append([]string{"plan", "import", file}, where...)...)
	if !strings.Contains(out, "0 added, 0 changed, 0 removed") {
		t.Errorf("the second time: %s", out)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(first, `"O1-1-01"`, `"X"`)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, log := run(1, append([]string{"plan", "import", file}, where...)...); !strings.Contains(log, `Seat "O1-1-01" (Tribune Ouest O1, row 1, seat 01) has tickets`) {
		t.Errorf("%.600s", log)
	}
	run(1, "plan", "export", "--organisation", "ROCHES", "--venue", "COMBE")
}

func parsed(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
