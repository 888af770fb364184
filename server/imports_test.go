package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of arrows: each folder and what of ours it may import.
// "…/" at the end of an entry allows what is below it. A folder that is not in
// the table may import nothing of ours.
var allowed = map[string][]string{
	"ent/schema":                 {"ent/schema/rule", "server/oid", "server/term"},
	"ent/schema/rule":            {"server/viewer"},
	"ent/migrate/diff":           {"ent/migrate"},
	"frontend":                   {},
	"graph":                      {"ent…", "graph/…", "server/access", "server/account", "server/alert", "server/audit", "server/cart", "server/catalog", "server/contact", "server/db", "server/distribution", "server/document", "server/errs", "server/execution", "server/idempotency", "server/mail", "server/mailmodel", "server/oid", "server/organisation", "server/picture", "server/privacy", "server/seatmap", "server/term", "server/ticket", "server/viewer", "server/wallet"},
	"graph/generated":            {"graph/model", "graph/scalar", "server/term"},
	"graph/model":                {"ent", "server/distribution", "server/document", "server/seatmap", "server/term", "server/ticket"},
	"graph/hot":                  {},
	"graph/printschema":          {},
	"graph/scalar":               {"server/oid"},
	"server":                     {"server/command"},
	"server/access":              {"server/audit", "server/db", "server/errs", "server/idempotency", "server/oid", "server/term", "server/ticket", "server/viewer"},
	"server/account":             {"ent…", "server/audit", "server/contact", "server/db", "server/errs", "server/idempotency", "server/oid", "server/term", "server/viewer"},
	"server/alert":               {"ent…", "server/audit", "server/db", "server/errs", "server/idempotency", "server/term", "server/viewer"},
	"server/audit":               {"server/db", "server/errs", "server/oid", "server/term", "server/viewer"},
	"server/catalog":             {"ent…", "server/audit", "server/contact", "server/db", "server/errs", "server/idempotency", "server/oid", "server/reclaim", "server/term", "server/ticket", "server/viewer"},
	"server/cart":                {"ent", "server/audit", "server/contact", "server/db", "server/distribution", "server/errs", "server/idempotency", "server/oid", "server/spreadsheet", "server/term", "server/ticket", "server/viewer"},
	"server/check":               {"server/audit", "server/db"},
	"server/command":             {"ent…", "frontend", "graph…", "server/…"},
	"server/config":              {},
	"server/contact":             {"server/db", "server/term"},
	"server/db":                  {"ent…", "server/trace"},
	"server/db/dbtest":           {"ent/migrate", "server/db", "server/oid", "server/viewer"},
	"server/db/dbtest/cluster":   {"server/db/dbtest"},
	"server/demo":                {"ent…", "server/account", "server/audit", "server/contact", "server/db", "server/errs", "server/oid", "server/picture", "server/seatmap", "server/term", "server/ticket", "server/viewer"},
	"server/demo/demotest":       {"server/account", "server/db", "server/db/dbtest", "server/demo"},
	"server/distribution":        {"ent…", "server/audit", "server/contact", "server/db", "server/errs", "server/execution", "server/idempotency", "server/oid", "server/organisation", "server/reclaim", "server/signed", "server/spreadsheet", "server/storedfile", "server/term", "server/ticket", "server/viewer", "server/wallet"},
	"server/document":            {"server/errs", "server/term"},
	"server/errs":                {},
	"server/execution":           {"ent…", "server/audit", "server/contact", "server/db", "server/errs", "server/idempotency", "server/oid", "server/organisation", "server/term", "server/trace", "server/viewer"},
	"server/idempotency":         {"server/db", "server/errs", "server/viewer"},
	"server/mail":                {"ent…", "server/audit", "server/contact", "server/db", "server/document", "server/errs", "server/idempotency", "server/oid", "server/term", "server/trace", "server/ticket", "server/viewer"},
	"server/mail/mailtest":       {"ent…", "server/contact", "server/db", "server/db/dbtest", "server/oid", "server/term", "server/ticket"},
	"server/mailmodel":           {"server/audit", "server/db", "server/document", "server/errs", "server/idempotency", "server/oid", "server/term", "server/viewer"},
	"server/metric":              {"server/db"},
	"server/oid":                 {},
	"server/organisation":        {"ent…", "server/audit", "server/contact", "server/db", "server/errs", "server/idempotency", "server/oid", "server/picture", "server/term", "server/viewer"},
	"server/picture":             {"server/errs"},
	"server/privacy":             {"ent…", "server/audit", "server/contact", "server/db", "server/errs", "server/idempotency", "server/oid", "server/signed", "server/storedfile", "server/term", "server/viewer"},
	"server/reclaim":             {"server/term"},
	"server/reclaim/reclaimtest": {"server/term"},
	"server/seatmap":             {"ent…", "server/audit", "server/db", "server/errs", "server/oid", "server/signed", "server/term", "server/ticket", "server/viewer"},
	"server/signed":              {},
	"server/spreadsheet":         {"server/errs"},
	"server/storedfile":          {"ent…", "server/db", "server/errs", "server/oid"},
	"server/term":                {},
	"server/ticket":              {"server/contact", "server/db", "server/errs", "server/oid", "server/reclaim", "server/term", "server/viewer", "server/wallet"},
	"server/viewer":              {},
	"server/wallet":              {"server/db", "server/term"},
	"server/wallet/wallettest":   {"server/wallet"},
	"server/trace":               {},
	"server/walletfile":          {"server/picture"},
	"server/web":                 {"ent", "graph", "server/account", "server/db", "server/distribution", "server/errs", "server/oid", "server/privacy", "server/seatmap", "server/signed", "server/storedfile", "server/term", "server/trace", "server/viewer", "server/web/protocol"},
	"server/web/protocol":        {"server/errs"},
	"server/web/recipient":       {"ent…", "server/db", "server/distribution", "server/document", "server/errs", "server/mail", "server/oid", "server/organisation", "server/picture", "server/term", "server/ticket", "server/viewer", "server/walletfile"},
}

// sole are libraries that one package alone uses.
var sole = map[string]string{
	"github.com/xuri/excelize/v2":     "server/spreadsheet",
	"github.com/go-co-op/gocron/v2":   "server/execution",
	"github.com/wneessen/go-mail":     "server/mail",
	"codeberg.org/go-pdf/fpdf":        "server/document",
	"github.com/boombuler/barcode/qr": "server/document",
}

const module = "gradin/"

func TestImports_onlyArrowsOfTheTable(t *testing.T) {
	t.Parallel()
	command := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	command.Dir = ".."
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		folder := strings.TrimPrefix(p.ImportPath, module)
		for _, to := range p.Imports {
			if only, is := sole[to]; is && only != folder {
				t.Errorf("%s imports %s; only %s may", folder, to, only)
			}
			ours, is := strings.CutPrefix(to, module)
			if is && !generated(folder) && !may(folder, ours) {
				t.Errorf("%s must not import %s", folder, ours)
			}
		}
	}
}

// generated says whether a folder holds ent's output, which imports what it needs.
func generated(folder string) bool {
	return folder == "ent" || strings.HasPrefix(folder, "ent/") && !strings.HasPrefix(folder, "ent/schema") && folder != "ent/migrate/diff"
}

func may(folder, to string) bool {
	return slices.ContainsFunc(allowed[folder], func(entry string) bool {
		if prefix, below := strings.CutSuffix(entry, "…"); below {
			return strings.HasPrefix(to, prefix)
		}
		return entry == to
	})
}
