package spreadsheet

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"
)

// Bounds of an archive as a whole.
const (
	// directoryBytes is what the archive's directory may take.
	directoryBytes = 1 << 20
	// maxRatio is how far a part may unpack; sheets reach 10 to 60.
	maxRatio = 200
	// ratioFrom is the number of bytes from which the ratio counts.
	ratioFrom = 8 << 20
)

// archive is a zip file of which nothing is believed but its bytes.
type archive struct {
	ctx    context.Context
	files  map[string]*zip.File
	size   int64
	limits Limits
}

// openArchive reads the directory and refuses what no program writes: too many
// parts, names that repeat or lead elsewhere (WB-9).
func openArchive(ctx context.Context, in io.ReaderAt, size int64, limits Limits) (*archive, error) {
	directory := &meteredReader{in: in, left: directoryBytes}
	z, err := zip.NewReader(directory, size)
	if directory.left < 0 {
		return nil, &Refusal{Key: KeyUnsafeArchive, Detail: "the directory is too large"}
	}
	if errors.Is(err, zip.ErrInsecurePath) {
		return nil, &Refusal{Key: KeyUnsafeArchive, Detail: "a name leads elsewhere"}
	}
	if err != nil {
		return nil, err
	}
	directory.left = 1<<63 - 1
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	if len(z.File) > limits.Parts {
		return nil, &Refusal{Key: KeyUnsafeArchive, Detail: "too many parts"}
	}
	a := &archive{ctx: ctx, files: make(map[string]*zip.File, len(z.File)), size: size, limits: limits}
	for _, f := range z.File {
		if err := a.list(f); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// list takes one entry; part names differ by more than case and slashes.
func (a *archive) list(f *zip.File) error {
	name := partName(f.Name)
	if name == "" || path.IsAbs(name) || strings.ContainsAny(name, ":\x00") {
		return &Refusal{Key: KeyUnsafeArchive, Detail: "a name is absolute"}
	}
	for step := range strings.SplitSeq(name, "/") {
		if step == ".." || step == "." {
			return &Refusal{Key: KeyUnsafeArchive, Detail: "a name leads elsewhere"}
		}
	}
	if _, twice := a.files[name]; twice {
		return &Refusal{Key: KeyUnsafeArchive, Detail: "two parts have one name"}
	}
	const encrypted = 1
	if f.Flags&encrypted != 0 {
		return &Refusal{Key: KeyPassword, Detail: "an encrypted zip"}
	}
	a.files[name] = f
	return nil
}

// partName is how parts are compared; some writers use backslashes.
func partName(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
}

func (a *archive) has(name string) bool { return a.files[partName(name)] != nil }

// content is an open part.
type content struct {
	*markup
	close func() error
}

// open unpacks a part, at most limit bytes and at most maxRatio times its size.
func (a *archive) open(name string, limit int64) (*content, error) {
	f := a.files[partName(name)]
	if f == nil {
		return nil, damage("part " + name + " is missing")
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	w := newWindow(a.ctx, in, limit)
	packed := int64(min(f.CompressedSize64, uint64(a.size)))
	w.check = func(read int64) error {
		if read > ratioFrom && read/maxRatio > packed {
			return &Refusal{Key: KeyUnpacksTooMuch, Limit: limit, Detail: "the part unpacks too far"}
		}
		return nil
	}
	return &content{newMarkup(w), in.Close}, nil
}

// document reads a small part as a whole.
func (a *archive) document(name, root string, fn func(m *markup) error) error {
	c, err := a.open(name, a.limits.PartBytes)
	if err != nil {
		return err
	}
	defer c.close()
	return c.markup.document(root, func() error { return fn(c.markup) })
}

// start gives the first bytes of a part, at most n.
func (a *archive) start(name string, n int64) (string, error) {
	f := a.files[partName(name)]
	if f == nil {
		return "", nil
	}
	in, err := f.Open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, n))
	return string(data), err
}

// meteredReader bounds what is read and keeps the disk's own errors apart from
// those of a broken file.
type meteredReader struct {
	in   io.ReaderAt
	left int64
	err  error
}

var errMetered = errors.New("more was read than is allowed")

func (r *meteredReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		// The archive points before its own beginning.
		return 0, zip.ErrFormat
	}
	n, err := r.in.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	if r.left -= int64(n); r.left < 0 {
		return 0, errMetered
	}
	return n, err
}
