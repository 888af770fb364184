package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gradin/server/contact"
	"gradin/server/errs"
)

// MaxSize is how many bytes a document may have.
const MaxSize = 64 << 20

// Problem is something wrong with a document.
type Problem struct {
	// Path is where, such as $.venues[0].areas[2].code.
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Problems is all that is wrong with a document.
type Problems struct{ List []Problem }

// Error names the first problem and says how many there are.
func (p *Problems) Error() string {
	return fmt.Sprintf("The catalogue cannot be brought in: %d problems, the first at %s: %s", len(p.List), p.List[0].Path, p.List[0].Message)
}

func (p *Problems) add(path, format string, args ...any) {
	p.List = append(p.List, Problem{path, fmt.Sprintf(format, args...)})
}

func (p *Problems) orNil() error {
	if len(p.List) == 0 {
		return nil
	}
	return p
}

// Read reads a document. It refuses fields it does not know, and tells all that
// is missing or of the wrong form at once, as *Problems.
func Read(r io.Reader) (*Document, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	if len(text) > MaxSize {
		return nil, errs.New(errs.TooLarge, "A catalogue has 64 MiB at most. Split it into several.")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var raw any
	if err := decoder.Decode(&raw); err != nil {
		return nil, errs.New(errs.Invalid, "The file is not JSON: %v.", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errs.New(errs.Invalid, "Something follows the end of the catalogue in the file.")
	}
	d, wrong := &Document{}, &Problems{}
	(&reading{wrong}).value(raw, reflect.ValueOf(d).Elem(), "$", "")
	return d, wrong.orNil()
}

type reading struct{ *Problems }

// value reads a JSON value into what the document has for it.
func (r *reading) value(raw any, into reflect.Value, path, must string) {
	if _, is := into.Interface().(time.Time); is {
		text, _ := raw.(string)
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			r.add(path, "Write a point in time like 2027-08-15T19:00:00Z.")
		}
		into.Set(reflect.ValueOf(at.UTC()))
		return
	}
	switch into.Kind() {
	case reflect.Struct:
		r.object(raw, into, path)
	case reflect.Slice:
		list, is := raw.([]any)
		if !is {
			r.add(path, "There must be a list here.")
			return
		}
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
		for i, one := range list {
			r.value(one, into.Index(i), fmt.Sprintf("%s[%d]", path, i), must)
		}
	case reflect.Bool:
		b, is := raw.(bool)
		if !is {
			r.add(path, "There must be true or false here.")
		}
		into.SetBool(b)
	case reflect.Int64:
		r.number(raw, into, path, must)
	default:
		r.text(raw, into, path, must)
	}
}

func (r *reading) object(raw any, into reflect.Value, path string) {
	fields, is := raw.(map[string]any)
	if !is {
		r.add(path, "There must be an object here.")
		return
	}
	known := map[string]bool{}
	for i := range into.NumField() {
		field := into.Type().Field(i)
		name, must := field.Tag.Get("json"), field.Tag.Get("must")
		known[name] = true
		if one, given := fields[name]; given {
			r.value(one, into.Field(i), path+"."+name, must)
		} else if must != "" {
			r.add(path+"."+name, "This is missing.")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !known[name] {
			r.add(path+"."+name, "There is no such field. Check how it is written.")
		}
	}
}

func (r *reading) number(raw any, into reflect.Value, path, must string) {
	text, _ := raw.(json.Number)
	n, err := text.Int64()
	switch {
	case err != nil:
		r.add(path, "There must be a whole number here.")
	case n < 0 || n == 0 && must == "positive" || n > 1_000_000_000_000:
		r.add(path, "The number is too small or too large.")
	}
	into.SetInt(n)
}

func (r *reading) text(raw any, into reflect.Value, path, must string) {
	text, is := raw.(string)
	into.SetString(text)
	if set, closed := into.Interface().(interface{ Values() []string }); closed {
		if !slices.Contains(set.Values(), text) {
			r.add(path, "%q is none of %s.", text, strings.Join(set.Values(), ", "))
		}
		return
	}
	length := utf8.RuneCountInString(text)
	switch {
	case !is:
		r.add(path, "There must be a text here.")
	case must != "" && strings.TrimSpace(text) != text || must != "" && text == "" || length > 200:
		r.add(path, "There must be 1 to 200 characters here, without space around them.")
	case must == "code" && !codeForm.MatchString(text):
		r.add(path, "A code has 1 to 30 capital letters, digits, _ . and -; %q is not one.", text)
	case must == "label" && length > 30:
		r.add(path, "There must be 30 characters at most here.")
	case must == "zone" && !zone(text):
		r.add(path, "There is no time zone %q. Write it like Europe/Paris.", text)
	case must == "email" && !contact.ValidEmail(text):
		r.add(path, "%q is not an e-mail address. Write it like name@example.org.", text)
	}
}
