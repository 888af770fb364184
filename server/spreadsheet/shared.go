package spreadsheet

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// sharedStrings is a list of texts in few large pieces of memory, none of which
// is ever copied to grow: each text is stored with its length in front and
// never crosses a chunk; starts says, in blocks, where every stride-th begins.
type sharedStrings struct {
	chunks []string
	filled strings.Builder
	starts [][]uint32
	count  int
	bytes  int64
}

// Bounds of the list; 250,000 rows with 20 columns of their own text fit.
const (
	chunkBytes = 1 << 20
	blockSize  = 1 << 14
	stride     = 4
	maxShared  = 8_000_000
)

// readShared reads the shared strings, cleaned.
func readShared(a *archive, name string) (*sharedStrings, error) {
	// Markup may take as much again as the text.
	c, err := a.open(name, 2*a.limits.SharedBytes)
	if err != nil {
		return nil, err
	}
	defer c.close()
	s := &sharedStrings{}
	var value []byte
	err = c.document("sst", func() error {
		if string(c.name) != "si" {
			return c.skip()
		}
		if value, err = richText(c.markup, value[:0], a.limits.TextBytes); err != nil {
			return err
		}
		text, err := cleaned(value)
		if err != nil {
			return err
		}
		if s.bytes+int64(len(text)) > a.limits.SharedBytes || s.count == maxShared {
			return &Refusal{Key: KeyUnpacksTooMuch, Limit: a.limits.SharedBytes, Detail: "shared strings"}
		}
		s.add(text)
		return nil
	})
	s.seal()
	return s, err
}

// add appends a text of at most chunkBytes/2 bytes.
func (s *sharedStrings) add(text []byte) {
	if s.filled.Len()+len(text)+binary.MaxVarintLen32 > chunkBytes {
		s.seal()
	}
	if s.filled.Cap() == 0 {
		s.filled.Grow(chunkBytes)
	}
	if s.count%(stride*blockSize) == 0 {
		s.starts = append(s.starts, make([]uint32, 0, blockSize))
	}
	if s.count%stride == 0 {
		block := &s.starts[s.count/stride/blockSize]
		*block = append(*block, uint32(len(s.chunks))*chunkBytes+uint32(s.filled.Len()))
	}
	s.count++
	var prefix [binary.MaxVarintLen32]byte
	s.filled.Write(binary.AppendUvarint(prefix[:0], uint64(len(text))))
	s.filled.Write(text)
	s.bytes += int64(len(text))
}

func (s *sharedStrings) seal() {
	if s.filled.Len() > 0 {
		s.chunks = append(s.chunks, s.filled.String())
		s.filled = strings.Builder{}
	}
}

// at gives the text of an index; false if there is none.
func (s *sharedStrings) at(i int) (string, bool) {
	if s == nil || i < 0 || i >= s.count {
		return "", false
	}
	start := s.starts[i/stride/blockSize][i/stride%blockSize]
	chunk, at := start/chunkBytes, start%chunkBytes
	for skip := i % stride; ; skip-- {
		if int(at) == len(s.chunks[chunk]) {
			chunk, at = chunk+1, 0
		}
		text := s.chunks[chunk][at:]
		n, width := length(text)
		if skip == 0 {
			return text[width : width+n], true
		}
		at += uint32(width + n)
	}
}

// length reads the length in front of a text, and how many bytes it takes.
func length(text string) (n, width int) {
	for shift := 0; ; shift += 7 {
		b := text[width]
		width++
		n |= int(b&0x7F) << shift
		if b < 0x80 {
			return n, width
		}
	}
}

// richText appends the text of the <si> or <is> element that has just started:
// its <t> and those of its runs, but not how they are pronounced.
func richText(m *markup, dst []byte, limit int) ([]byte, error) {
	start := len(dst)
	text := func() error {
		var err error
		dst, err = m.collect(dst, limit-(len(dst)-start))
		return err
	}
	err := m.children(func() error {
		switch string(m.name) {
		case "t":
			return text()
		case "r":
			return m.children(func() error {
				if string(m.name) == "t" {
					return text()
				}
				return m.skip()
			})
		}
		return m.skip()
	})
	return dst, err
}

// cleaned brings a value that was read into its final form, see Clean.
func cleaned(value []byte) ([]byte, error) {
	if hasEscape(value) {
		value = unescape(value)
	}
	if isCleanASCII(value) {
		return value, nil
	}
	if !utf8.Valid(value) {
		return nil, damage("a value is not in UTF-8")
	}
	return []byte(Clean(string(value))), nil
}

// hasEscape is a quick look for what unescape would replace.
func hasEscape(value []byte) bool {
	for i := 0; i+7 <= len(value); i++ {
		if value[i] == '_' && value[i+1] == 'x' && isEscape(string(value[i:i+7])) {
			return true
		}
	}
	return false
}
