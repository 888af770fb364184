// Package storedfile keeps the files that people send, in pieces of 1 MiB in
// the store, so that every process of a deployment can read them and a backup
// holds them (IM-2). A name is kept for showing and never used as a path.
package storedfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/oid"
)

// pieceSize is how many bytes a row holds.
const pieceSize = 1 << 20

// MaxSize is how large a file may be, in bytes (API-5).
const MaxSize = 64 << 20

// Save stores the content, a piece a transaction, and gives the file. A file
// whose saving is cut short has no row of its own and is never seen.
func Save(ctx context.Context, store *db.DB, organisation uuid.UUID, name string, content io.Reader, at time.Time) (*ent.StoredFile, error) {
	id := oid.New(oid.StoredFile)
	digest := sha256.New()
	size, err := savePieces(ctx, store, organisation, id, io.TeeReader(io.LimitReader(content, MaxSize+1), digest))
	if err != nil {
		return nil, err
	}
	if size > MaxSize {
		return nil, errs.New(errs.TooLarge, "The file is larger than 64 MiB. Split it into several.").At("file")
	}
	file, err := store.Client.StoredFile.Create().SetID(id).SetOrganisationID(organisation).SetName(Name(name)).
		SetSize(size).SetSha256(hex.EncodeToString(digest.Sum(nil))).SetCreatedAt(db.Moment(at)).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("store file: %w", err)
	}
	return file, nil
}

func savePieces(ctx context.Context, store *db.DB, organisation, id uuid.UUID, content io.Reader) (int64, error) {
	piece := make([]byte, pieceSize)
	size := int64(0)
	for position := 0; ; position++ {
		n, err := io.ReadFull(content, piece)
		size += int64(n)
		if n > 0 {
			if _, err := store.Exec(ctx, `INSERT INTO file_chunks (organisation_id, stored_file_id, position, saved_at, content)
				VALUES ($1::uuid, $2::uuid, $3::bigint, $4::timestamptz, $5)`, organisation, id, position, db.Now(), piece[:n]); err != nil {
				return size, fmt.Errorf("store piece %d of a file: %w", position, err)
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return size, nil
		}
		if err != nil {
			return size, fmt.Errorf("read the sent file: %w", err)
		}
	}
}

// Drop removes a file that turned out not to be wanted.
func Drop(ctx context.Context, c db.Conn, id uuid.UUID) error {
	for _, statement := range []string{
		"DELETE FROM stored_files WHERE id = $1::uuid", "DELETE FROM file_chunks WHERE stored_file_id = $1::uuid",
	} {
		if _, err := c.Exec(ctx, statement, id); err != nil {
			return fmt.Errorf("drop a file: %w", err)
		}
	}
	return nil
}

// Discard removes files that no execution links to any more.
func Discard(ctx context.Context, tx *db.Tx, ids []uuid.UUID) error {
	list, err := json.Marshal(ids)
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM stored_files WHERE " + db.Among(tx, "id", "$1") + " AND id NOT IN (SELECT stored_file_id FROM executions WHERE stored_file_id IS NOT NULL)",
		"DELETE FROM file_chunks WHERE " + db.Among(tx, "stored_file_id", "$1") + " AND stored_file_id NOT IN (SELECT id FROM stored_files)",
	} {
		if _, err := tx.Exec(ctx, statement, string(list)); err != nil {
			return fmt.Errorf("discard files: %w", err)
		}
	}
	return nil
}

// Forget removes the content of files that are older than the time, and the
// links of their executions to them; what the executions say of their files
// stays (IM-2). Pieces of a file whose saving was cut short go as well.
func Forget(ctx context.Context, store *db.DB, before time.Time) error {
	return store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, statement := range []string{
			`UPDATE executions SET stored_file_id = NULL WHERE stored_file_id IN (SELECT id FROM stored_files WHERE created_at < $1::timestamptz)
				AND ended_at IS NOT NULL`,
			`DELETE FROM stored_files WHERE created_at < $1::timestamptz
				AND id NOT IN (SELECT stored_file_id FROM executions WHERE stored_file_id IS NOT NULL)`,
			`DELETE FROM file_chunks WHERE stored_file_id NOT IN (SELECT id FROM stored_files) AND stored_file_id IN (
				SELECT c.stored_file_id FROM file_chunks c WHERE c.position = 0 AND c.saved_at < $1::timestamptz)`,
		} {
			if _, err := tx.Exec(ctx, statement, db.Moment(before)); err != nil {
				return fmt.Errorf("forget old files: %w", err)
			}
		}
		return nil
	})
}

// Name is a sent name without its folders, control characters and excess length.
func Name(sent string) string {
	name := path.Base(strings.ReplaceAll(sent, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if name == "." || name == "/" || name == "" {
		return "file"
	}
	for len(name) > 255 {
		_, width := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-width]
	}
	return name
}

// Reader reads a stored file at any place; it holds the last pieces read.
type Reader struct {
	ctx    context.Context
	conn   db.Conn
	id     uuid.UUID
	size   int64
	pieces map[int64][]byte
	order  []int64
}

// Open gives a reader of the file.
func Open(ctx context.Context, conn db.Conn, file *ent.StoredFile) *Reader {
	return &Reader{ctx: ctx, conn: conn, id: file.ID, size: file.Size, pieces: map[int64][]byte{}}
}

// ReadAt reads as io.ReaderAt asks.
func (r *Reader) ReadAt(into []byte, offset int64) (int, error) {
	read := 0
	for read < len(into) {
		at := offset + int64(read)
		if at >= r.size {
			return read, io.EOF
		}
		piece, err := r.piece(at / pieceSize)
		if err != nil {
			return read, err
		}
		begin := int(at % pieceSize)
		if begin >= len(piece) {
			return read, io.ErrUnexpectedEOF
		}
		read += copy(into[read:], piece[begin:])
	}
	return read, nil
}

func (r *Reader) piece(position int64) ([]byte, error) {
	if piece, held := r.pieces[position]; held {
		return piece, nil
	}
	piece, err := db.Get[[]byte](r.ctx, r.conn,
		"SELECT content FROM file_chunks WHERE stored_file_id = $1::uuid AND position = $2::bigint", r.id, position)
	if err != nil {
		return nil, fmt.Errorf("read piece %d of a file: %w", position, err)
	}
	if len(r.order) == 4 {
		delete(r.pieces, r.order[0])
		r.order = r.order[1:]
	}
	r.pieces[position], r.order = piece, append(r.order, position)
	return piece, nil
}
