package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gradin/server/check"
	"gradin/server/command"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/demo/demotest"
	"gradin/server/viewer"
)

// defaults are what the flags would be.
func defaults(t testing.TB, databaseURL string) config.Serve {
	t.Helper()
	return config.Serve{
		Store: config.Store{Data: t.TempDir(), DatabaseURL: databaseURL}, Addr: "127.0.0.1:0",
		MailFrom: "tickets@gradin.example", MailRate: 500, MailPool: 4, Lease: 2e9, Workers: 2, Chunk: 5000, LogFormat: "text",
	}
}

// start runs the program in this process until the test ends.
func start(t testing.TB, c config.Serve, log io.Writer) *command.Server {
	t.Helper()
	s, err := command.Start(context.Background(), c, io.Discard, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// token makes an API token for a user of the demo.
func token(t testing.TB, c config.Serve, email string, write bool) string {
	t.Helper()
	args := []string{"token", "create", "--data", c.Data, "--user", email, "--name", "test", "--json"}
	if c.DatabaseURL != "" {
		args = append(args, "--database-url", c.DatabaseURL)
	}
	if write {
		args = append(args, "--write")
	}
	var out, log bytes.Buffer
	if status := command.Run(args, &out, &log); status != 0 {
		t.Fatalf("token: status %d: %s", status, log.String())
	}
	var made struct{ Secret string }
	if err := json.Unmarshal(out.Bytes(), &made); err != nil {
		t.Fatal(err)
	}
	return made.Secret
}

// engines runs the test on both engines, side by side: what one waits for, such
// as a page or the disk, is time of the other.
func engines(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Helper()
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, dbtest.PostgresURL(t))
	})
}

// furnished runs the test on both engines, side by side, with settings of a
// server whose store has the demo already.
func furnished(t *testing.T, test func(t *testing.T, c config.Serve)) {
	t.Helper()
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		c := defaults(t, "")
		c.Data = filepath.Dir(demotest.Demo.SQLiteFile(t))
		test(t, c)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, defaults(t, demotest.Demo.PostgresURL(t)))
	})
}

// TestBrowser_theWholeJob drives the main job in Chromium: export, LibreOffice,
// import, preview, confirm, mails to a real SMTP server, the guest's page. The
// steps are in frontend/e2e.
func TestBrowser_theWholeJob(t *testing.T) {
	frontend := filepath.Join("..", "..", "frontend")
	if _, err := os.Stat(filepath.Join(frontend, "dist", "index.html")); err != nil {
		t.Skip("the pages are not built: run make build first; make test does")
	}
	furnished(t, func(t *testing.T, c config.Serve) {
		box := t.TempDir()
		c.SMTP, c.RateSignIns = startMailServer(t, box).url, 100
		var log bytes.Buffer
		s := start(t, c, &log)
		// What axe sees and what a tagged test is about do not depend on the engine:
		// each looks at one theme, and has a part of the tags.
		theirs := ", dark$|@postgres"
		if c.DatabaseURL != "" {
			theirs = ", light$|@sqlite"
		}
		run := exec.Command("npx", "playwright", "test", "--grep-invert", theirs, "--output", t.TempDir())
		run.Dir = frontend
		run.Env = append(os.Environ(), "GRADIN_URL="+s.URL, "GRADIN_MAILS="+box, "GRADIN_PASSWORD=une-place-pour-tous",
			"GRADIN_TOKEN="+token(t, c, "relay@banquedulac.example", true), "GRADIN_GATE_TOKEN="+token(t, c, "controle@fcgranval.example", true))
		out, err := run.CombinedOutput()
		t.Logf("%s", out)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s)
	})
}

// sound fails when a rule of the store is broken.
func sound(t testing.TB, s *command.Server) {
	t.Helper()
	soundStore(t, s.Store)
}

func soundStore(t testing.TB, store *db.DB) {
	t.Helper()
	findings, err := check.All(viewer.With(context.Background(), viewer.System("test")), store)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Broken > 0 {
			t.Errorf("%s: %s is broken %d times, such as %s", f.Rule, f.What, f.Broken, f.Sample)
		}
	}
}
