package spreadsheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Names under which a workbook carries Book.ExportID and Book.FormatVersion,
// as custom properties and in the hidden sheet.
const (
	propertyExportID      = "ExportID"
	propertyFormatVersion = "ExportFormat"
)

// sheetPart is where excelize keeps the first sheet.
const sheetPart = "xl/worksheets/sheet1.xml"

// part is one entry of the archive.
type part struct {
	name string
	data []byte
}

// skeleton is a workbook without rows: all parts but the first sheet, which is
// cut where its rows belong, and the style of each column.
type skeleton struct {
	parts      []part
	head, tail []byte
	// filter is the filter's range but for its last row.
	filter string
	header []int
	cells  []int
}

// newSkeleton lets excelize make everything that is not a row; it is a few
// kilobytes, whatever the number of rows.
func newSkeleton(b Book) (*skeleton, error) {
	f := excelize.NewFile()
	defer f.Close()
	last, err := excelize.ColumnNumberToName(len(b.Columns))
	if err != nil {
		return nil, fmt.Errorf("name last column: %w", err)
	}
	s := &skeleton{filter: "$A$1:$" + last + "$"}
	steps := []func(*excelize.File, Book) error{s.addColumns, addView, addProtection, addChecks, addHowTo, addState, addProperties}
	if err := f.SetSheetName("Sheet1", b.Sheet); err != nil {
		return nil, fmt.Errorf("name sheet %q: %w", b.Sheet, err)
	}
	for _, step := range steps {
		if err := step(f, b); err != nil {
			return nil, err
		}
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write skeleton: %w", err)
	}
	return s, s.take(buf.Bytes(), b)
}

// addColumns gives every column its width and the style that its empty cells,
// also those below the last row, have.
func (s *skeleton) addColumns(f *excelize.File, b Book) error {
	styles := styleBook{file: f, dates: dateFormat(b.Language), ids: map[style]int{}}
	for i, c := range b.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("name column %d: %w", i+1, err)
		}
		header, err := styles.id(style{header: true, open: c.Open})
		if err != nil {
			return err
		}
		cell, err := styles.id(style{kind: c.written(), open: c.Open})
		if err != nil {
			return err
		}
		s.header, s.cells = append(s.header, header), append(s.cells, cell)
		if err := f.SetColStyle(b.Sheet, name, cell); err != nil {
			return fmt.Errorf("style column %s: %w", name, err)
		}
		if err := f.SetColWidth(b.Sheet, name, name, c.width()); err != nil {
			return fmt.Errorf("widen column %s: %w", name, err)
		}
		if c.Hidden {
			if err := f.SetColVisible(b.Sheet, name, false); err != nil {
				return fmt.Errorf("hide column %s: %w", name, err)
			}
		}
	}
	return nil
}

// written is the kind a column's cells have: text unless asked otherwise.
func (c Column) written() Kind {
	if c.Kind == KindEmpty {
		return KindText
	}
	return c.Kind
}

// width leaves room for the header and the filter's arrow.
func (c Column) width() float64 {
	if c.Width > 0 {
		return c.Width
	}
	return min(60, float64(utf8.RuneCountInString(c.Header))+5)
}

// addView freezes the header and puts a filter on it (WB-1). The filter goes
// down to the last possible row; take puts the real one in its place.
func addView(f *excelize.File, b Book) error {
	err := f.SetPanes(b.Sheet, &excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}},
	})
	if err != nil {
		return fmt.Errorf("freeze header: %w", err)
	}
	last, err := excelize.CoordinatesToCellName(len(b.Columns), MaxRows)
	if err != nil {
		return fmt.Errorf("name last cell: %w", err)
	}
	if err := f.AutoFilter(b.Sheet, "A1:"+last, nil); err != nil {
		return fmt.Errorf("add filter: %w", err)
	}
	return nil
}

// addProtection locks what is not open, without a password; sorting,
// filtering and sizing stay allowed (WB-2).
func addProtection(f *excelize.File, b Book) error {
	if !b.protected() {
		return nil
	}
	err := f.ProtectSheet(b.Sheet, &excelize.SheetProtectionOptions{
		AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, DeleteRows: true,
		SelectLockedCells: true, SelectUnlockedCells: true,
	})
	if err != nil {
		return fmt.Errorf("protect sheet: %w", err)
	}
	return nil
}

// addChecks puts warnings and prompts on whole open columns (WB-2).
func addChecks(f *excelize.File, b Book) error {
	for i, c := range b.Columns {
		if !c.Open || (c.Check == CheckNone && c.Prompt == Note{}) {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("name column %d: %w", i+1, err)
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, MaxRows))
		if c.Check == CheckEmail {
			v.Type = "custom"
			v.Formula1 = strings.ReplaceAll(emailFormula, "$", name+"2")
			v.SetError(excelize.DataValidationErrorStyleWarning, cut(c.Warning.Title, 32), cut(c.Warning.Text, 255))
		}
		if c.Prompt != (Note{}) {
			v.SetInput(cut(c.Prompt.Title, 32), cut(c.Prompt.Text, 255))
		}
		if err := f.AddDataValidation(b.Sheet, v); err != nil {
			return fmt.Errorf("check column %s: %w", name, err)
		}
	}
	return nil
}

// emailFormula is true when the cell ($) holds one @ and a dot behind it.
const emailFormula = `AND(LEN($)-LEN(SUBSTITUTE($,"@",""))=1,ISNUMBER(FIND(".",$,FIND("@",$))))`

// addState writes the hidden sheet; programs that drop custom properties keep
// sheets.
func addState(f *excelize.File, b Book) error {
	if b.ExportID == "" {
		return nil
	}
	if _, err := f.NewSheet(stateSheet); err != nil {
		return fmt.Errorf("add sheet %s: %w", stateSheet, err)
	}
	rows := [][]string{{propertyExportID, b.ExportID}, {propertyFormatVersion, strconv.Itoa(b.FormatVersion)}}
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return fmt.Errorf("name cell: %w", err)
			}
			if err := f.SetCellStr(stateSheet, cell, text); err != nil {
				return fmt.Errorf("write %s: %w", row[0], err)
			}
		}
	}
	if err := f.SetSheetVisible(stateSheet, false); err != nil {
		return fmt.Errorf("hide sheet %s: %w", stateSheet, err)
	}
	return nil
}

// addProperties names the author and carries the export id; excelize would
// name itself.
func addProperties(f *excelize.File, b Book) error {
	p := &excelize.DocProperties{Creator: b.Creator, LastModifiedBy: b.Creator, Title: b.Title, Language: b.Language}
	if !b.Created.IsZero() {
		p.Created = b.Created.UTC().Format(time.RFC3339)
		p.Modified = p.Created
	}
	if err := f.SetDocProps(p); err != nil {
		return fmt.Errorf("set properties: %w", err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: b.Creator}); err != nil {
		return fmt.Errorf("set application: %w", err)
	}
	if b.ExportID == "" {
		return nil
	}
	for _, c := range []excelize.CustomProperty{
		{Name: propertyExportID, Value: b.ExportID},
		{Name: propertyFormatVersion, Value: strconv.Itoa(b.FormatVersion)},
	} {
		if err := f.SetCustomProps(c); err != nil {
			return fmt.Errorf("set property %s: %w", c.Name, err)
		}
	}
	return nil
}

// take cuts the skeleton out of the archive excelize made.
func (s *skeleton) take(archive []byte, b Book) error {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return fmt.Errorf("open skeleton: %w", err)
	}
	for _, entry := range z.File {
		data, err := readEntry(entry)
		if err != nil {
			return fmt.Errorf("read skeleton part %s: %w", entry.Name, err)
		}
		if entry.Name != sheetPart {
			s.parts = append(s.parts, part{entry.Name, data})
			continue
		}
		head, tail, found := bytes.Cut(data, []byte("<sheetData></sheetData>"))
		if !found {
			return fmt.Errorf("skeleton of %q has no place for rows", b.Sheet)
		}
		// excelize claims that the new filter hides rows already.
		head = bytes.Replace(head, []byte(`filterMode="true"`), []byte(`filterMode="false"`), 1)
		s.head, s.tail = withoutDimension(head), tail
	}
	if s.head == nil {
		return fmt.Errorf("skeleton of %q has no sheet", b.Sheet)
	}
	return nil
}

// withoutDimension drops the extent, which is not known before the last row;
// some readers believe it and would stop at A1.
func withoutDimension(head []byte) []byte {
	before, rest, found := bytes.Cut(head, []byte("<dimension "))
	if !found {
		return head
	}
	_, after, _ := bytes.Cut(rest, []byte(">"))
	after = bytes.TrimPrefix(after, []byte("</dimension>"))
	return append(bytes.Clone(before), after...)
}

func readEntry(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// cut shortens s to at most n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
