package spreadsheet

import (
	"bytes"
	"errors"
	"io"
)

// token is a piece of XML.
type token uint8

const (
	tokenStart token = iota // name and attributes are set; an end always follows
	tokenEnd
	tokenText // text is set, undecoded unless verbatim; a text may come in pieces
	tokenDone // the root element is closed and nothing follows
)

// Bounds that no spreadsheet program comes near to.
const (
	maxDepth      = 64
	maxAttributes = 64
)

// markup is a strict reader of the XML that workbooks consist of: UTF-8 only,
// no document type, no entities but the five of XML, every tag closed, nothing
// after the root (rule 2 of the design: what is doubtful refuses the file).
// All slices it hands out are valid until the next call of next.
type markup struct {
	*window
	name       []byte // local name of the element that starts or ends
	attributes []attribute
	text       []byte
	verbatim   bool // the text comes from a CDATA section

	begun  bool
	selfed bool // an empty-element tag was read, its end is due
	names  []byte
	marks  []int
}

type attribute struct{ name, value []byte }

func newMarkup(w *window) *markup { return &markup{window: w} }

// depth is the number of elements that are open.
func (m *markup) depth() int { return len(m.marks) }

// next reads one token.
func (m *markup) next() (token, error) {
	if m.selfed {
		m.selfed = false
		m.pop()
		return tokenEnd, nil
	}
	if !m.begun {
		if err := m.begin(); err != nil {
			return 0, err
		}
	}
	for {
		if m.pos == m.end {
			switch err := m.fill(); {
			case errors.Is(err, io.EOF) && m.depth() == 0 && len(m.names) > 0:
				return tokenDone, nil
			case errors.Is(err, io.EOF):
				return 0, damage("the part ends before its closing tags")
			case err != nil:
				return 0, err
			}
		}
		if m.buf[m.pos] != '<' {
			if err := m.readText(); err != nil {
				return 0, err
			}
			if m.depth() == 0 {
				if len(bytes.TrimLeft(m.text, " \t\r\n")) > 0 {
					return 0, damage("text outside the root element")
				}
				continue
			}
			return tokenText, nil
		}
		t, found, err := m.readMarkup()
		if found || err != nil {
			return t, err
		}
	}
}

// begin refuses what is not UTF-8 and skips a byte order mark.
func (m *markup) begin() error {
	m.begun = true
	if err := m.fill(); err != nil {
		if errors.Is(err, io.EOF) {
			return damage("the part is empty")
		}
		return err
	}
	bom, err := m.starts("\uFEFF")
	if bom {
		m.pos += len("\uFEFF")
	}
	return err
}

// readText takes what is in the window up to the next tag. An entity is never
// cut in two.
func (m *markup) readText() error {
	for {
		rest := m.buf[m.pos:m.end]
		if i := bytes.IndexByte(rest, '<'); i >= 0 {
			m.takeText(i)
			return nil
		}
		n := len(rest)
		if i := bytes.LastIndexByte(rest[max(0, n-maxEntity):], '&'); i >= 0 {
			n = max(0, n-maxEntity) + i
		}
		if n > 0 && rest[n-1] == '\r' {
			// It belongs to the line feed that may follow.
			n--
		}
		if n > 0 {
			m.takeText(n)
			return nil
		}
		if err := m.fill(); err != nil {
			return unfinished(err)
		}
	}
}

func (m *markup) takeText(n int) {
	m.text = m.buf[m.pos : m.pos+n]
	m.verbatim = false
	m.pos += n
}

// readMarkup reads what begins with <; found is false for what is skipped.
func (m *markup) readMarkup() (t token, found bool, err error) {
	if m.end-m.pos < 2 {
		if _, err := m.find('>', 1); err != nil {
			return 0, false, err
		}
	}
	switch m.buf[m.pos+1] {
	case '/':
		return tokenEnd, true, m.readEnd()
	case '?':
		return 0, false, m.readInstruction()
	case '!':
		return m.readBang()
	default:
		return tokenStart, true, m.readStart()
	}
}

// readInstruction skips a processing instruction; the one at the top may only
// speak of UTF-8.
func (m *markup) readInstruction() error {
	n, err := m.find('>', 2)
	if err != nil {
		return err
	}
	tag := m.buf[m.pos : m.pos+n]
	if bytes.HasPrefix(tag, []byte("<?xml ")) {
		_, encoding, found := bytes.Cut(tag, []byte("encoding"))
		encoding = bytes.ToLower(encoding)
		if found && !bytes.Contains(encoding, []byte("utf-8")) && !bytes.Contains(encoding, []byte("us-ascii")) {
			return damage("the part is not in UTF-8")
		}
	}
	return m.skipPast("?>")
}

func (m *markup) readBang() (t token, found bool, err error) {
	comment, err := m.starts("<!--")
	if err != nil {
		return 0, false, err
	}
	if comment {
		m.pos += len("<!--")
		return 0, false, m.skipPast("-->")
	}
	section, err := m.starts("<![CDATA[")
	if err != nil {
		return 0, false, err
	}
	if !section || m.depth() == 0 {
		return 0, false, damage("the part has a document type")
	}
	return tokenText, true, m.readSection()
}

// readSection takes a CDATA section, which must fit into the window.
func (m *markup) readSection() error {
	from := len("<![CDATA[")
	for {
		n, err := m.find('>', from)
		if err != nil {
			return err
		}
		section := m.buf[m.pos : m.pos+n]
		if n >= len("<![CDATA[]]") && bytes.HasSuffix(section, []byte("]]")) {
			m.text = section[len("<![CDATA[") : n-len("]]")]
			m.verbatim = true
			m.pos += n + 1
			return nil
		}
		from = n + 1
	}
}

// skip reads to the end of the element that has just started.
func (m *markup) skip() error {
	for depth := m.depth(); ; {
		t, err := m.next()
		if err != nil {
			return err
		}
		if t == tokenEnd && m.depth() < depth {
			return nil
		}
	}
}

// attribute gives the undecoded value of an attribute of the element that has
// just started, nil if it has none. Prefixes count only where asked for.
func (m *markup) attribute(name string) []byte {
	for i := range m.attributes {
		if string(m.attributes[i].name) == name {
			return m.attributes[i].value
		}
	}
	return nil
}

// linked gives the value of a prefixed attribute, such as r:id, whatever the
// prefix is.
func (m *markup) linked(name string) []byte {
	for i := range m.attributes {
		full := m.attributes[i].name
		if len(full) > len(name) && string(local(full)) == name {
			return m.attributes[i].value
		}
	}
	return nil
}

// decoded is attribute for people's text: references are replaced.
func (m *markup) decoded(name string) (string, error) {
	text, err := appendDecoded(nil, m.attribute(name))
	return string(text), err
}

// collect appends the text of the element that has just started, which must
// hold nothing else, at most limit bytes.
func (m *markup) collect(dst []byte, limit int) ([]byte, error) {
	start := len(dst)
	for {
		t, err := m.next()
		if err != nil {
			return dst, err
		}
		switch {
		case t == tokenEnd:
			return dst, nil
		case t != tokenText:
			return dst, damage("a value contains elements")
		case m.verbatim:
			dst = append(dst, m.text...)
		default:
			if dst, err = appendDecoded(dst, m.text); err != nil {
				return dst, err
			}
		}
		if len(dst)-start > limit {
			return dst, &Refusal{Key: KeyCellTooLong, Limit: int64(limit)}
		}
	}
}

// children calls fn for every element in the one that has just started; fn
// reads it to its end.
func (m *markup) children(fn func() error) error {
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch t {
		case tokenEnd, tokenDone:
			return nil
		case tokenStart:
			if err := fn(); err != nil {
				return err
			}
		}
	}
}

// document reads a whole part: its root element must have one name, fn gets
// each child. The part is read to its last byte, so that its checksum counts.
func (m *markup) document(root string, fn func() error) error {
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		if t == tokenDone {
			return nil
		}
		if t != tokenStart || string(m.name) != root {
			return damage("the part is no " + root)
		}
		if err := m.children(fn); err != nil {
			return err
		}
	}
}
