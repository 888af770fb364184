package spreadsheet

import (
	"bytes"
)

// maxGreater is how many > may stand in the quoted values of one tag; programs
// write them as entities.
const maxGreater = 32

// readStart reads a start tag or an empty-element tag.
func (m *markup) readStart() error {
	if m.depth() == 0 && len(m.names) > 0 {
		return damage("the part has two root elements")
	}
	if m.depth() == maxDepth {
		return damage("elements are nested too deep")
	}
	from := 1
	for range maxGreater {
		n, err := m.find('>', from)
		if err != nil {
			return err
		}
		err = m.splitTag(m.buf[m.pos+1 : m.pos+n])
		if err == errOpenValue {
			from = n + 1
			continue
		}
		m.pos += n + 1
		return err
	}
	return errOpenValue
}

// errOpenValue says that a > stood inside a quoted value.
const errOpenValue = damage("a quoted value is not closed")

// splitTag takes a tag apart and opens its element.
func (m *markup) splitTag(tag []byte) error {
	i := 0
	for i < len(tag) && !isSpace(tag[i]) && tag[i] != '/' {
		i++
	}
	full := tag[:i]
	if !isName(full) {
		return damage("a tag has no proper name")
	}
	rest := tag[i:]
	selfed := len(rest) > 0 && rest[len(rest)-1] == '/'
	if selfed {
		rest = rest[:len(rest)-1]
	}
	if err := m.readAttributes(rest); err != nil {
		return err
	}
	m.selfed = selfed
	m.marks = append(m.marks, len(m.names))
	m.names = append(m.names, full...)
	m.name = local(full)
	return nil
}

// readAttributes splits ` a="1" b='2'`.
func (m *markup) readAttributes(tag []byte) error {
	m.attributes = m.attributes[:0]
	for {
		i := 0
		for i < len(tag) && isSpace(tag[i]) {
			i++
		}
		if i == len(tag) {
			return nil
		}
		if i == 0 {
			return damage("attributes are not apart")
		}
		tag = tag[i:]
		eq := bytes.IndexByte(tag, '=')
		if eq < 0 {
			return damage("an attribute has no value")
		}
		name := bytes.TrimRight(tag[:eq], " \t\r\n")
		tag = tag[eq+1:]
		if len(tag) > 0 && isSpace(tag[0]) {
			tag = bytes.TrimLeft(tag, " \t\r\n")
		}
		if len(tag) == 0 || tag[0] != '"' && tag[0] != '\'' || !isName(name) {
			return damage("an attribute is malformed")
		}
		end := bytes.IndexByte(tag[1:], tag[0])
		if end < 0 {
			return errOpenValue
		}
		if err := m.addAttribute(name, tag[1:1+end]); err != nil {
			return err
		}
		tag = tag[end+2:]
	}
}

func (m *markup) addAttribute(name, value []byte) error {
	if len(m.attributes) == maxAttributes {
		return damage("a tag has too many attributes")
	}
	for i := range m.attributes {
		if bytes.Equal(m.attributes[i].name, name) {
			return damage("an attribute is given twice")
		}
	}
	if bytes.IndexByte(value, '<') >= 0 {
		return damage("an attribute is malformed")
	}
	m.attributes = append(m.attributes, attribute{name, value})
	return nil
}

// readEnd reads an end tag, which must close the element opened last.
func (m *markup) readEnd() error {
	n, err := m.find('>', 2)
	if err != nil {
		return err
	}
	name := m.buf[m.pos+2 : m.pos+n]
	if len(name) > 0 && isSpace(name[len(name)-1]) {
		name = bytes.TrimRight(name, " \t\r\n")
	}
	m.pos += n + 1
	if m.depth() == 0 || !bytes.Equal(name, m.names[m.marks[len(m.marks)-1]:]) {
		return damage("tags are not balanced")
	}
	m.pop()
	return nil
}

// pop closes the innermost element. The root's name stays, as a sign that
// there was one.
func (m *markup) pop() {
	mark := m.marks[len(m.marks)-1]
	m.name = local(m.names[mark:])
	m.marks = m.marks[:len(m.marks)-1]
	if mark > 0 {
		m.names = m.names[:mark]
	}
}

// local is a name without its prefix.
func local(name []byte) []byte {
	if len(name) == 1 {
		return name
	}
	return name[bytes.IndexByte(name, ':')+1:]
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// isName accepts somewhat more than XML does, but nothing that is markup.
func isName(name []byte) bool {
	for _, b := range name {
		if b <= ' ' || b == '<' || b == '&' || b == '"' || b == '\'' || b == '/' || b == '=' {
			return false
		}
	}
	return len(name) > 0
}
