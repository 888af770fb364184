package distribution_test

import (
	"testing"
	"time"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/storedfile"
)

func TestForget_IM2_oldFilesGoAndTheirExecutionsStay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := build(t, store, 2, 100)
		ctx := h.relay(h.sponsor)
		done := h.importAll(ctx, workbook(t, h.guest(0)))
		waiting := h.begin(ctx, workbook(t, h.guest(1)), false)
		h.settle()
		ok(t, storedfile.Forget(system(), store, time.Now().Add(-time.Hour)))
		if h.execution(done.ID).StoredFileID == nil {
			t.Error("a young file was forgotten")
		}
		ok(t, storedfile.Forget(system(), store, time.Now().Add(time.Hour)))
		e := h.execution(done.ID)
		if e.StoredFileID != nil || e.FileName == "" || e.FileSha256 == "" {
			t.Errorf("file %v, name %q: the content goes, what is said of it stays", e.StoredFileID, e.FileName)
		}
		if h.execution(waiting.ID).StoredFileID == nil {
			t.Error("the file of a plan that waits was forgotten")
		}
		if n := h.count("SELECT count(DISTINCT stored_file_id) FROM file_chunks"); n != 1 {
			t.Errorf("pieces of %d files are left, want 1", n)
		}
		h.sound()
	})
}
