package protocol

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/errs"
)

const put = `{"query":"mutation($f:Upload!,$s:Upload,$l:[Upload]){put(file:$f,second:$s,files:$l)}","variables":{"f":null,"s":null,"l":[null,null]}}`

// part is one part of a form; with a file name it is a file.
type part struct{ name, file, body string }

func writeForm(parts []part) (string, string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		head := textproto.MIMEHeader{}
		disposition := fmt.Sprintf(`form-data; name="%s"`, p.name)
		if p.file != "" {
			disposition += fmt.Sprintf(`; filename="%s"`, strings.ReplaceAll(p.file, `\`, `\\`))
		}
		head.Set("Content-Disposition", disposition)
		body, _ := w.CreatePart(head)
		_, _ = io.WriteString(body, p.body)
	}
	_ = w.Close()
	return b.String(), w.FormDataContentType()
}

func (h *house) upload(t *testing.T, parts []part, heads ...string) result {
	t.Helper()
	body, media := writeForm(parts)
	return h.do(t, http.MethodPost, h.url, strings.NewReader(body),
		append([]string{"Content-Type", media, "GraphQL-Require-Preflight", "1", "X-Who", "ada"}, heads...)...)
}

func single(operations, paths string) []part {
	return []part{{"operations", "", operations}, {"map", "", paths}, {"0", "a.txt", "alpha"}}
}

func TestUpload_API5_filesReachTheSchemaAndAreGoneAfterwards(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "private")
	h := open(t, func(c *Config) { c.UploadDir = dir })
	r := h.upload(t, []part{
		{"operations", "", put}, {"map", "", `{"0":["variables.f","variables.l.1"],"1":["variables.s"],"2":["variables.l.0"]}`},
		{"0", "a.txt", "alpha"}, {"1", `..\..\evil/..\b.txt`, "beta"}, {"2", "c.txt", ""},
	})
	r.expect(t, 200, "")
	if got, want := r.json.Data["put"], "a.txt/5/alpha b.txt/4/beta c.txt/0/ a.txt/5/alpha"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
}

func TestUpload_API5_everyBadMapIsRefusedInWords(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, c := range map[string]struct{ operations, paths string }{
		"a negative index":            {put, `{"0":["variables.l.-1"]}`},
		"an index past the end":       {put, `{"0":["variables.l.2"]}`},
		"an index that is no number":  {put, `{"0":["variables.l.x"]}`},
		"an enormous index":           {put, `{"0":["variables.l.99999999999999999999"]}`},
		"a member that is not there":  {put, `{"0":["variables.x"]}`},
		"a path below null":           {put, `{"0":["variables.f.x"]}`},
		"a path that ends at a list":  {put, `{"0":["variables.l"]}`},
		"a path that ends at a value": {`{"query":"{name}","variables":{"f":1}}`, `{"0":["variables.f"]}`},
		"a path below a value":        {`{"query":"{name}","variables":{"f":1}}`, `{"0":["variables.f.0"]}`},
		"a path of nothing":           {put, `{"0":["variables."]}`},
		"only the prefix":             {put, `{"0":["variables"]}`},
		"an empty path":               {put, `{"0":[""]}`},
		"another prefix":              {put, `{"0":["query"]}`},
		"variables missing":           {`{"query":"{name}"}`, `{"0":["variables.f"]}`},
		"variables null":              {`{"query":"{name}","variables":null}`, `{"0":["variables.f"]}`},
		"the same place twice":        {put, `{"0":["variables.f","variables.f"]}`},
		"a place for two files":       {put, `{"0":["variables.f"],"1":["variables.f"]}`},
		"no path":                     {put, `{"0":[]}`},
		"no list":                     {put, `{"0":"variables.f"}`},
		"a map that is a list":        {put, `[["variables.f"]]`},
		"a map that is null":          {put, `null`},
		"a map that is no JSON":       {put, `{`},
		"a deep map":                  {put, strings.Repeat("[", 10_000)},
		"a file that does not come":   {put, `{"0":["variables.f"],"1":["variables.s"]}`},
		"a file that nobody named":    {put, `{"1":["variables.f"]}`},
		"operations that are a batch": {"[" + put + "]", `{"0":["0.variables.f"]}`},
		"operations that are no JSON": {"{", `{"0":["variables.f"]}`},
		"operations without a query":  {`{"variables":{"f":null}}`, `{"0":["variables.f"]}`},
		"an empty map and a file":     {put, `{}`},
	} {
		r := h.upload(t, single(c.operations, c.paths))
		r.expect(t, 400, CodeRequest)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	if len(h.Ran()) > 0 {
		t.Errorf("ran %v", h.Ran())
	}
}

func TestUpload_API5_everyBadFormIsRefusedInWords(t *testing.T) {
	t.Parallel()
	h := open(t)
	paths := part{"map", "", `{"0":["variables.f"]}`}
	file := part{"0", "a.txt", "alpha"}
	for name, parts := range map[string][]part{
		"no parts":               {},
		"only operations":        {{"operations", "", put}},
		"no files":               {{"operations", "", put}, paths},
		"the map first":          {paths, {"operations", "", put}, file},
		"a file first":           {file, {"operations", "", put}, paths},
		"a file twice":           {{"operations", "", put}, paths, file, file},
		"a part that is no file": {{"operations", "", put}, paths, {"0", "", "alpha"}},
	} {
		r := h.upload(t, parts)
		r.expect(t, 400, CodeRequest)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	body, media := writeForm(single(put, `{"0":["variables.f"]}`))
	for _, cut := range []int{10, 100, len(body) - 80, len(body) - 3} {
		r := h.do(t, http.MethodPost, h.url, strings.NewReader(body[:cut]),
			"Content-Type", media, "Apollo-Require-Preflight", "1", "X-Who", "ada")
		r.expect(t, 400, CodeRequest)
	}
	h.do(t, http.MethodPost, h.url, strings.NewReader(body), "Content-Type", "multipart/form-data", "Apollo-Require-Preflight", "1").
		expect(t, 400, CodeRequest)
}

func TestUpload_API7_formsOfForeignPagesAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	parts := single(put, `{"0":["variables.f"]}`)
	h.upload(t, parts, "GraphQL-Require-Preflight", "").expect(t, 403, string(errs.Forbidden))
	h.upload(t, []part{{"operations", "", asBody("mutation{rename}")}, {"map", "", "{}"}}, "GraphQL-Require-Preflight", "").
		expect(t, 403, string(errs.Forbidden))
	if len(h.Ran()) > 0 {
		t.Errorf("ran %v", h.Ran())
	}
	h.upload(t, parts, "GraphQL-Require-Preflight", "", "Apollo-Require-Preflight", "1").expect(t, 200, "")
	h.upload(t, []part{{"operations", "", asBody("mutation{rename}")}, {"map", "", "{}"}}).expect(t, 200, "")
	open(t, func(c *Config) { c.UploadDir = "" }).upload(t, parts).expect(t, 415, CodeRequest)
}

func TestUpload_API5_bothSidesOfEachLimit(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Upload, l.Body = 100_000, 3_000 }))
	sized := func(sizes ...int) []part {
		names := []string{"variables.f", "variables.s", "variables.l.0", "variables.l.1"}
		m := map[string][]string{}
		var files []part
		for i, size := range sizes {
			key := fmt.Sprint(i)
			m[key] = []string{names[i%4]}
			files = append(files, part{key, "a.txt", strings.Repeat("x", size)})
		}
		paths, _ := json.Marshal(m)
		return append([]part{{"operations", "", put}, {"map", "", string(paths)}}, files...)
	}
	large := string(errs.TooLarge)
	h.upload(t, sized(100_000)).expect(t, 200, "")
	h.upload(t, sized(100_001)).expect(t, 413, large)
	h.upload(t, sized(50_000, 50_000)).expect(t, 200, "")
	h.upload(t, sized(50_000, 50_001)).expect(t, 413, large)
	h.upload(t, sized(400_000)).expect(t, 413, large)
	h.upload(t, sized(2_000), "X-Who", "").expect(t, 200, "")
	h.upload(t, sized(3_000), "X-Who", "").expect(t, 413, large)
	h.upload(t, sized(1, 1, 1, 1)).expect(t, 200, "")
	h.upload(t, sized(1, 1, 1, 1, 1)).expect(t, 400, limited)
	h.upload(t, single(put, `{"0":["variables.f","variables.s","variables.l.0","variables.l.1"]}`)).expect(t, 200, "")
	h.upload(t, single(strings.Replace(put, `"f":null`, `"f":null,"g":null`, 1), `{"0":["variables.f","variables.s","variables.l.0","variables.l.1","variables.g"]}`)).expect(t, 400, limited)
	operations := func(size int) string { return put + strings.Repeat(" ", size-len(put)) }
	h.upload(t, single(operations(64<<10), `{"0":["variables.f"]}`)).expect(t, 200, "")
	h.upload(t, single(operations(64<<10+1), `{"0":["variables.f"]}`)).expect(t, 413, large)
	h.upload(t, single(put, `{"0":["variables.f"]}`+strings.Repeat(" ", mapBytes))).expect(t, 413, large)

	body, media := writeForm(sized(400_000))
	unsized := io.MultiReader(strings.NewReader(body))
	h.do(t, http.MethodPost, h.url, unsized, "Content-Type", media, "GraphQL-Require-Preflight", "1", "X-Who", "ada").
		expect(t, 413, large)
	body, media = writeForm(sized(3_000))
	h.do(t, http.MethodPost, h.url, io.MultiReader(strings.NewReader(body)), "Content-Type", media, "GraphQL-Require-Preflight", "1").
		expect(t, 413, large)
}

func TestUpload_API8_operationsPassTheSameGuards(t *testing.T) {
	t.Parallel()
	limiter := full{map[string]int{"upload/account/eve": 0}, make(chan string, 100)}
	h := open(t, func(c *Config) { c.RateLimiter = limiter })
	for _, document := range []string{nested("{show", "{name}", "}", 12), strings.Repeat("{a", 10_000), chain(14)} {
		h.upload(t, []part{{"operations", "", asBody(document)}, {"map", "", "{}"}}).expect(t, 200, limited)
	}
	h.upload(t, single(put, `{"0":["variables.f"]}`), "X-Who", "eve").expect(t, 429, string(errs.RateLimited))
	r := h.upload(t, single(`{"query":"mutation($f:String){rename(name:$f)}","variables":{"f":null}}`, `{"0":["variables.f"]}`))
	if len(r.json.Errors) == 0 || r.code() == string(errs.Internal) {
		t.Errorf("a file for a text gives %s", r.body)
	}
}

func TestUpload_API5_slowUploadsAreGivenUp(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.UploadTime = 50 * time.Millisecond }))
	body, media := writeForm(single(put, `{"0":["variables.f"]}`))
	reader, writer := io.Pipe()
	defer writer.Close()
	go func() { _, _ = io.WriteString(writer, body[:len(body)-60]) }()
	h.do(t, http.MethodPost, h.url, reader, "Content-Type", media, "GraphQL-Require-Preflight", "1", "X-Who", "ada").
		expect(t, 408, CodeRequest)
}

func TestUpload_API5_anUnusableFolderIsOurOwnError(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "gone")
	h := open(t, func(c *Config) { c.UploadDir = dir })
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	r := h.upload(t, single(put, `{"0":["variables.f"]}`))
	r.expect(t, 500, string(errs.Internal))
	if strings.Contains(r.body, "gone") {
		t.Errorf("the answer names the folder: %s", r.body)
	}
}

func TestBaseName_API5_noNameIsAPath(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.xlsx": "a.xlsx", "../../etc/passwd": "passwd", `C:\tmp\a.csv`: "a.csv", "..": "upload", "": "upload",
		"/": "upload", ".": "upload", "a\r\nb": "ab", "a\x00b": "ab", strings.Repeat("é", 200): strings.Repeat("é", 127),
	} {
		if got := baseName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func FuzzParseMap(f *testing.F) {
	f.Add(`{"0":["variables.l.0"]}`, `{"l":[null],"o":{"p":null}}`)
	f.Add(`{"0":["variables.o.p","variables.l.-1"]}`, `{"l":[null],"o":{"p":null}}`)
	f.Add(`{"":["variables."]}`, `{"":null}`)
	f.Fuzz(func(t *testing.T, paths, variables string) {
		var v map[string]any
		_ = json.Unmarshal([]byte(variables), &v)
		slots, refused := parseMap([]byte(paths), v, DefaultLimits())
		if refused != nil {
			return
		}
		files := 0
		for _, places := range slots {
			for _, p := range places {
				if _, ok := p.value().(graphql.Upload); !ok {
					t.Fatalf("a slot of %s holds %T", paths, p.value())
				}
				files++
			}
		}
		if files > 4 {
			t.Fatalf("%d places", files)
		}
	})
}
