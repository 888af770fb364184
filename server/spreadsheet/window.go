package spreadsheet

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// damage is a reason why bytes are not what they should be; Read makes a
// refusal of it.
type damage string

func (d damage) Error() string { return string(d) }

// windowBytes is how much of a part is in memory; one tag must fit into it.
const windowBytes = 128 << 10

// window slides over a part that is being unpacked. It counts real bytes, and
// it is where a long read notices that nobody waits any more.
type window struct {
	ctx  context.Context
	in   io.Reader
	buf  []byte
	pos  int
	end  int
	done bool
	// before is the number of bytes that have left the window.
	before int64
	limit  int64
	// check is asked after every refill, with the bytes read so far.
	check func(read int64) error
}

func newWindow(ctx context.Context, in io.Reader, limit int64) *window {
	return &window{ctx: ctx, in: in, limit: limit, buf: make([]byte, windowBytes)}
}

// offset is the number of bytes in front of pos.
func (w *window) offset() int64 { return w.before + int64(w.pos) }

// fill adds bytes behind the ones in the window; those in front of pos leave.
// It returns io.EOF at the end of the part and bytes.ErrTooLarge when the
// window is full.
func (w *window) fill() error {
	if w.done {
		return io.EOF
	}
	if w.pos > 0 {
		copy(w.buf, w.buf[w.pos:w.end])
		w.before += int64(w.pos)
		w.end -= w.pos
		w.pos = 0
	}
	if w.end == len(w.buf) {
		return bytes.ErrTooLarge
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := w.read(); err != nil {
		return err
	}
	if w.before+int64(w.end) > w.limit {
		return &Refusal{Key: KeyUnpacksTooMuch, Limit: w.limit}
	}
	if w.check == nil {
		return nil
	}
	return w.check(w.before + int64(w.end))
}

func (w *window) read() error {
	for range 100 {
		n, err := w.in.Read(w.buf[w.end:])
		w.end += n
		if errors.Is(err, io.EOF) {
			w.done = true
			if n == 0 {
				return io.EOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// find gives the distance from pos+from to the next b, reading on as needed.
func (w *window) find(b byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(w.buf[w.pos+from:w.end], b); i >= 0 {
			return from + i, nil
		}
		from = w.end - w.pos
		if err := w.fill(); err != nil {
			return 0, unfinished(err)
		}
	}
}

// skipPast moves behind the next occurrence of mark, which may be far away.
func (w *window) skipPast(mark string) error {
	for {
		if i := bytes.Index(w.buf[w.pos:w.end], []byte(mark)); i >= 0 {
			w.pos += i + len(mark)
			return nil
		}
		w.pos = max(w.pos, w.end-len(mark)+1)
		if err := w.fill(); err != nil {
			return unfinished(err)
		}
	}
}

// starts says whether the next bytes are s.
func (w *window) starts(s string) (bool, error) {
	for w.end-w.pos < len(s) {
		if !bytes.HasPrefix([]byte(s), w.buf[w.pos:w.end]) {
			return false, nil
		}
		if err := w.fill(); err != nil {
			return false, unfinished(err)
		}
	}
	return string(w.buf[w.pos:w.pos+len(s)]) == s, nil
}

// unfinished says what the end of a part means in the middle of something.
func unfinished(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return damage("the part ends inside markup")
	case errors.Is(err, bytes.ErrTooLarge):
		return damage("a tag is too long")
	}
	return err
}
