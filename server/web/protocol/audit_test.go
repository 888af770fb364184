package protocol

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// node runs a script of testdata/audit; the packages it needs are installed
// from the lock file the first time. Without Node.js the test is skipped.
func node(t *testing.T, install *sync.Once, script string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("Node.js is not installed")
	}
	install.Do(func() {
		if _, err := os.Stat("testdata/audit/node_modules"); err == nil {
			return
		}
		c := exec.Command("npm", "ci", "--no-audit", "--no-fund")
		c.Dir = "testdata/audit"
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v: %s", err, out)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, "node", append([]string{script}, args...)...)
	c.Dir = "testdata/audit"
	var told strings.Builder
	c.Stderr = &told
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v: %s", script, err, told.String())
	}
	return out
}

// TestAudit_API7 runs the tools other people wrote against the handler.
func TestAudit_API7(t *testing.T) {
	t.Parallel()
	var install sync.Once
	t.Run("all audits of graphql-http hold where queries by GET are open", func(t *testing.T) {
		h := open(t, func(c *Config) { c.QueriesByGET, c.MayIntrospect = true, always })
		if failed := audits(t, &install, h.url); len(failed) > 0 {
			t.Errorf("not ok: %v", failed)
		}
	})
	t.Run("with POST only the three that may be left out are left out", func(t *testing.T) {
		h := open(t, func(c *Config) { c.MayIntrospect = always })
		want := map[string]string{"5A70": "notice", "D6D5": "notice", "6A70": "notice"}
		if diff := cmp.Diff(want, audits(t, &install, h.url)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the clients graphql-sse and graphql-ws are served", func(t *testing.T) {
		h := open(t)
		var got map[string]map[string][]map[string]any
		if err := json.Unmarshal(node(t, &install, "clients.mjs", h.url), &got); err != nil {
			t.Fatal(err)
		}
		tick := func(n float64) map[string]any { return map[string]any{"data": map[string]any{"ticks": n}} }
		want := map[string]map[string][]map[string]any{}
		for _, client := range []string{"sse", "ws"} {
			want[client] = map[string][]map[string]any{
				"subscription": {tick(1), tick(2), tick(3)},
				"query":        {{"data": map[string]any{"name": "name"}}},
			}
		}
		want["sse"]["mistaken"] = []map[string]any{{"errors": float64(1)}}
		want["ws"]["mistaken"] = []map[string]any{{"failed": float64(1)}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// audits gives the audits that are not ok, by id; all 61 must have run.
func audits(t *testing.T, install *sync.Once, url string) map[string]string {
	t.Helper()
	var results []struct{ ID, Name, Status, Reason string }
	if err := json.Unmarshal(node(t, install, "audit.mjs", url), &results); err != nil {
		t.Fatal(err)
	}
	if len(results) != 61 {
		t.Errorf("%d audits ran", len(results))
	}
	failed := map[string]string{}
	for _, r := range results {
		if r.Status != "ok" {
			failed[r.ID] = r.Status
			t.Logf("%s %s: %s %s", r.Status, r.ID, r.Name, r.Reason)
		}
	}
	return failed
}
