package spreadsheet

import (
	"bytes"
	"path"
	"strconv"
	"strings"
)

// workbook is what has to be known before a sheet can be read.
type workbook struct {
	*archive
	path   string // of the workbook's own part
	sheets []sheetEntry
	links  map[string]link
	dates  []bool // by style
	is1904 bool
	shared *sharedStrings
}

type sheetEntry struct {
	name   string
	link   string
	hidden bool
}

// link is a relationship: the kind is the last word of its type, which is the
// same in the two variants of the format.
type link struct{ kind, target string }

// openWorkbook finds out what the archive is (WB-7) and reads its small parts.
// Styles are read to tell dates from numbers; media, themes and the like never.
func openWorkbook(a *archive) (*workbook, error) {
	if err := gateArchive(a); err != nil {
		return nil, err
	}
	w := &workbook{archive: a}
	top, err := a.readLinks("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, l := range top {
		if l.kind == "officeDocument" {
			w.path = l.target
		}
	}
	if w.path == "" {
		return nil, damage("the archive names no workbook")
	}
	if err := a.document(w.path, "workbook", w.readWorkbook); err != nil {
		return nil, err
	}
	folder, file := path.Split(w.path)
	if w.links, err = a.readLinks(folder+"_rels/"+file+".rels", folder); err != nil {
		return nil, err
	}
	for _, l := range w.links {
		if l.kind == "styles" {
			if w.dates, err = readStyles(a, l.target); err != nil {
				return nil, err
			}
		}
	}
	return w, nil
}

// gateArchive refuses by name what is a zip file and not a workbook (WB-7).
func gateArchive(a *archive) error {
	mime, err := a.start("mimetype", 100)
	if err != nil {
		return err
	}
	if strings.Contains(mime, "opendocument.") {
		return &Refusal{Key: KeyOpenDocument, Detail: "OpenDocument"}
	}
	if a.has("Index/Document.iwa") || a.has("Index.zip") {
		return &Refusal{Key: KeyNumbers}
	}
	if !a.has("[Content_Types].xml") {
		return &Refusal{Key: KeyNotSpreadsheet, Detail: "a zip file without content types"}
	}
	for name := range a.files {
		if path.Base(name) == "vbaproject.bin" {
			return &Refusal{Key: KeyMacros, Detail: "a macro part"}
		}
	}
	found := false
	err = a.document("[Content_Types].xml", "Types", func(m *markup) error {
		kind := bytes.ToLower(m.attribute("ContentType"))
		switch {
		case bytes.Contains(kind, []byte("sheet.binary")):
			return &Refusal{Key: KeyBinaryExcel}
		case bytes.Contains(kind, []byte("macroenabled")), bytes.Contains(kind, []byte("vbaproject")):
			return &Refusal{Key: KeyMacros, Detail: "a macro type"}
		case bytes.Contains(kind, []byte("spreadsheetml.sheet.main+xml")),
			bytes.Contains(kind, []byte("spreadsheetml.template.main+xml")):
			found = true
		}
		return m.skip()
	})
	if err == nil && !found {
		return &Refusal{Key: KeyNotSpreadsheet, Detail: "an office file of another kind"}
	}
	return err
}

// readLinks reads relationships; targets become part names. Links out of the
// file are left out.
func (a *archive) readLinks(name, folder string) (map[string]link, error) {
	links := map[string]link{}
	err := a.document(name, "Relationships", func(m *markup) error {
		target, err := m.decoded("Target")
		if err != nil {
			return err
		}
		if !path.IsAbs(target) {
			target = folder + target
		}
		if string(m.attribute("TargetMode")) != "External" {
			links[string(m.attribute("Id"))] = link{
				kind:   path.Base(string(m.attribute("Type"))),
				target: strings.TrimPrefix(path.Clean(target), "/"),
			}
		}
		return m.skip()
	})
	return links, err
}

func (w *workbook) readWorkbook(m *markup) error {
	switch string(m.name) {
	case "workbookPr":
		w.is1904 = isTrue(m.attribute("date1904"))
	case "sheets":
		return m.children(func() error {
			name, err := m.decoded("name")
			if err != nil {
				return err
			}
			state := string(m.attribute("state"))
			w.sheets = append(w.sheets, sheetEntry{
				name: name, link: string(m.linked("id")), hidden: state != "" && state != "visible",
			})
			return m.skip()
		})
	}
	return m.skip()
}

func isTrue(value []byte) bool { return string(value) == "1" || string(value) == "true" }

// choose gives the sheet of the wanted name, else the first visible one.
func (w *workbook) choose(wanted string) (sheetEntry, bool) {
	var first sheetEntry
	found := false
	for _, s := range w.sheets {
		if w.links[s.link].kind != "worksheet" {
			continue
		}
		if wanted != "" && strings.EqualFold(Clean(s.name), wanted) {
			return s, true
		}
		if !found && !s.hidden {
			first, found = s, true
		}
	}
	return first, found
}

// state finds export id and format version: in the custom properties, which
// Excel and LibreOffice keep, else in the hidden sheet, which all keep.
func (w *workbook) state(info *Info) error {
	state, err := w.properties()
	if err != nil {
		return err
	}
	for _, s := range w.sheets {
		if s.name != stateSheet || state[propertyExportID] != "" || w.links[s.link].kind != "worksheet" {
			continue
		}
		limits := w.limits
		limits.SheetBytes, limits.FilledRows = limits.PartBytes, 100
		_, err := w.readSheet(s, limits, func(r Row) error {
			state[r.Cell(0).Value] = strings.Clone(r.Cell(1).String())
			return nil
		})
		if err != nil {
			return err
		}
	}
	info.ExportID = state[propertyExportID]
	// A version that is no number is none; the caller then sees 0.
	info.FormatVersion, _ = strconv.Atoi(state[propertyFormatVersion])
	return nil
}

func (w *workbook) properties() (map[string]string, error) {
	state := map[string]string{}
	const part = "docProps/custom.xml"
	if !w.has(part) {
		return state, nil
	}
	err := w.document(part, "Properties", func(m *markup) error {
		name, err := m.decoded("name")
		if err != nil {
			return err
		}
		if name != propertyExportID && name != propertyFormatVersion {
			return m.skip()
		}
		return m.children(func() error {
			value, err := m.collect(nil, w.limits.TextBytes)
			state[name] = Clean(string(value))
			return err
		})
	})
	return state, err
}
