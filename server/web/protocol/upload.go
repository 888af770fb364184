package protocol

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/errs"
)

// mapBytes bounds the map part: four files with one path each need far less.
const mapBytes = 16 << 10

// serveUpload answers an operation with files by the GraphQL multipart request
// specification (API-5). A form can be sent by any page without asking first,
// so the preflight header is needed (API-7). Files go straight into the upload
// folder, never into memory, and are gone when the request ends.
func (h *Handler) serveUpload(w http.ResponseWriter, r *http.Request, answer accepted) {
	if !preflighted(r) {
		send(w, answer.media, refuse(errs.Forbidden, "Send the header GraphQL-Require-Preflight with an upload.").
			with(http.StatusForbidden))
		return
	}
	limits := h.cfg.Limits
	most := limits.Body
	if h.cfg.signedIn(r.Context()) {
		// The parts' heads and the two JSON parts come on top of the files.
		most = limits.Upload + limits.Operations + 2*mapBytes
	}
	if r.ContentLength > most {
		send(w, answer.media, tooLarge(most))
		return
	}
	if refused := h.gate.charge(r.Context(), RateUploads, 1); refused != nil {
		send(w, answer.media, refused)
		return
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(limits.UploadTime))
	r.Body = http.MaxBytesReader(w, r.Body, most)
	form := &form{dir: h.cfg.UploadDir, limits: limits}
	defer form.remove()
	params, refused, err := form.read(r)
	if err != nil {
		refused = h.gate.internalRefusal(r.Context(), err)
	}
	if refused != nil {
		send(w, answer.media, refused)
		return
	}
	_ = control.SetReadDeadline(time.Time{})
	h.perform(w, r, answer, params)
}

// form is a multipart request while it is read.
type form struct {
	dir    string
	limits Limits
	files  []*os.File
	left   []string
	bytes  int64
}

// read takes the parts in the order of the specification: operations, map,
// files. The error is one of our own disk; all else is a refusal.
func (f *form) read(r *http.Request) (*graphql.RawParams, *refusal, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, malformed("The form has no boundary."), nil
	}
	body, refused := jsonPart(parts, "operations", f.limits.Operations)
	if refused != nil {
		return nil, refused, nil
	}
	params, refused := parseBody(body, f.limits)
	if refused != nil {
		return nil, refused, nil
	}
	body, refused = jsonPart(parts, "map", mapBytes)
	if refused != nil {
		return nil, refused, nil
	}
	slots, refused := parseMap(body, params.Variables, f.limits)
	if refused != nil {
		return nil, refused, nil
	}
	if refused, err := f.readFiles(r.Context(), parts, slots); refused != nil || err != nil {
		return nil, refused, err
	}
	return params, nil, nil
}

func jsonPart(parts *multipart.Reader, name string, most int64) ([]byte, *refusal) {
	part, err := parts.NextPart()
	if err != nil {
		return nil, partRefusal(err, name)
	}
	if part.FormName() != name {
		return nil, malformed("The form needs the parts operations, map and the files, in this order; %s is missing.", name)
	}
	body, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return nil, partRefusal(err, name)
	}
	if int64(len(body)) > most {
		return nil, refuse(errs.TooLarge, "The part %s is larger than %d bytes.", name, most).
			with(http.StatusRequestEntityTooLarge)
	}
	return body, nil
}

func partRefusal(err error, name string) *refusal {
	if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return malformed("The form ended before the part %s.", name)
	}
	return unread(err)
}

// readFiles streams every file of the map into the folder and puts it where the
// map says.
func (f *form) readFiles(ctx context.Context, parts *multipart.Reader, slots map[string][]slot) (*refusal, error) {
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return unread(err), nil
		}
		places, ok := slots[part.FormName()]
		if !ok {
			return malformed("The form has a file that the map does not name, or has it twice."), nil
		}
		if part.FileName() == "" {
			return malformed("A part that the map names is not a file."), nil
		}
		delete(slots, part.FormName())
		if refused, err := f.store(ctx, part, places); refused != nil || err != nil {
			return refused, err
		}
	}
	if len(slots) > 0 {
		return malformed("The map names %d file(s) that the form does not have.", len(slots)), nil
	}
	return nil, nil
}

// store writes one file. Its name in the folder is ours; the caller's name is
// only told to the schema. The name is removed at once where the system allows
// it, so that not even a killed process leaves the file behind.
func (f *form) store(ctx context.Context, part *multipart.Part, places []slot) (*refusal, error) {
	file, err := os.CreateTemp(f.dir, "upload-*")
	if err != nil {
		return nil, err
	}
	f.files = append(f.files, file)
	if os.Remove(file.Name()) != nil {
		f.left = append(f.left, file.Name())
	}
	body := &fromCaller{r: part}
	size, err := io.Copy(file, body)
	switch {
	case body.err != nil:
		return unread(body.err), nil
	case err != nil:
		return nil, err
	case ctx.Err() != nil:
		return unread(ctx.Err()), nil
	}
	if f.bytes += size; f.bytes > f.limits.Upload {
		return tooLarge(f.limits.Upload), nil
	}
	for _, place := range places {
		place.put(graphql.Upload{
			File: io.NewSectionReader(file, 0, size), Size: size,
			Filename: baseName(part.FileName()), ContentType: part.Header.Get("Content-Type"),
		})
	}
	return nil, nil
}

func (f *form) remove() {
	for _, file := range f.files {
		_ = file.Close()
	}
	for _, name := range f.left {
		_ = os.Remove(name)
	}
}

// fromCaller keeps an error of reading apart from one of writing: the first is
// the caller's, the second is ours.
type fromCaller struct {
	r   io.Reader
	err error
}

func (c *fromCaller) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// baseName is the last element of the caller's file name, of either kind of
// path, without control characters, in at most 255 bytes; "upload" when nothing
// is left.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, name)
	if len(name) > 255 {
		name = strings.ToValidUTF8(name[:255], "")
	}
	if name == "" || name == "." || name == ".." || name == "/" {
		return "upload"
	}
	return name
}
