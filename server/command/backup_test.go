package command_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gradin/server/command"
	"gradin/server/db"
)

// TestBackup_DB5_ofARunningServerIsWholeAndMailsNobodyTwice: a backup made beside
// a server that has mails to send is whole; restored, its mails wait for people.
func TestBackup_DB5_ofARunningServerIsWholeAndMailsNobodyTwice(t *testing.T) {
	t.Parallel()
	c := defaults(t, "")
	c.Demo = true
	s := start(t, c, io.Discard)
	waiting := number(t, s, "SELECT count(*) FROM mails WHERE state IN ('HELD', 'READY', 'SENDING')")
	if waiting == 0 {
		t.Fatal("the demo has no mail that waits")
	}
	kept, restored := filepath.Join(t.TempDir(), "backup"), filepath.Join(t.TempDir(), "data")
	run := func(args ...string) (string, int) {
		var out bytes.Buffer
		status := command.Run(args, &out, &out)
		return out.String(), status
	}
	if out, status := run("backup", kept, "--data", c.Data); status != 0 {
		t.Fatal(out)
	}
	if out, status := run("backup", kept, "--data", c.Data); status == 0 || !strings.Contains(out, "there already") {
		t.Errorf("a backup is written over: %s", out)
	}
	if out, status := run("restore", kept, "--data", c.Data); status == 0 || !strings.Contains(out, "has a store already") {
		t.Errorf("a store is written over: %s", out)
	}
	if out, status := run("restore", kept, "--data", restored); status != 0 {
		t.Fatal(out)
	}
	for _, file := range []string{"secret.key"} {
		was, err := os.ReadFile(filepath.Join(c.Data, file))
		is, again := os.ReadFile(filepath.Join(restored, file))
		if err != nil || again != nil || !bytes.Equal(was, is) {
			t.Errorf("%s is not what it was: %v, %v", file, err, again)
		}
	}
	if out, status := run("check", "--data", restored); status != 0 {
		t.Errorf("the restored store breaks rules:\n%s", out)
	}
	again := c
	again.Data, again.Demo = restored, false
	r := start(t, again, io.Discard)
	if left := number(t, r, "SELECT count(*) FROM mails WHERE state IN ('HELD', 'READY', 'SENDING')"); left != 0 {
		t.Errorf("%d mails of the backup would leave by themselves", left)
	}
	for _, table := range []string{"tickets", "mails", "audit_entries"} {
		if a, b := number(t, s, "SELECT count(*) FROM "+table), number(t, r, "SELECT count(*) FROM "+table); a != b || a == 0 {
			t.Errorf("%s: %d rows became %d", table, a, b)
		}
	}
}

// number is what a query counts.
func number(t *testing.T, s *command.Server, query string) int {
	t.Helper()
	n, err := db.Get[int](system(), s.Store, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestRestore_DB5_refusesADamagedBackup(t *testing.T) {
	t.Parallel()
	kept := t.TempDir()
	if err := os.WriteFile(filepath.Join(kept, "gradin.db"), bytes.Repeat([]byte("no store "), 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	var out bytes.Buffer
	if status := command.Run([]string{"restore", kept, "--data", data}, &out, &out); status == 0 {
		t.Error("a file that is no store was restored")
	}
	if _, err := os.Stat(filepath.Join(data, "gradin.db")); err == nil {
		t.Error("what was refused lies in the data folder")
	}
}
