package spreadsheet

import (
	"fmt"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Widths in characters of the two columns of the sheet that explains.
const (
	termWidth        = 30
	explanationWidth = 90
)

// addHowTo writes the second sheet, if there is one (WB-1).
func addHowTo(f *excelize.File, b Book) error {
	h := b.HowTo
	if h.Sheet == "" {
		return nil
	}
	if _, err := f.NewSheet(h.Sheet); err != nil {
		return fmt.Errorf("add sheet %q: %w", h.Sheet, err)
	}
	if err := f.SetColWidth(h.Sheet, "A", "A", termWidth); err != nil {
		return fmt.Errorf("widen column A: %w", err)
	}
	if err := f.SetColWidth(h.Sheet, "B", "B", explanationWidth); err != nil {
		return fmt.Errorf("widen column B: %w", err)
	}
	title, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, NumFmt: textFormat})
	if err != nil {
		return fmt.Errorf("add title style: %w", err)
	}
	text, err := f.NewStyle(&excelize.Style{
		NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	})
	if err != nil {
		return fmt.Errorf("add text style: %w", err)
	}
	line := 1
	if h.Title != "" {
		if err := addLine(f, h.Sheet, line, title, h.Title); err != nil {
			return err
		}
		line = 3
	}
	for _, row := range h.Rows {
		if err := addLine(f, h.Sheet, line, text, row...); err != nil {
			return err
		}
		line++
	}
	return nil
}

// addLine writes one row of the sheet that explains. Programs do not fit the
// height of merged cells, so the height is estimated from the text.
func addLine(f *excelize.File, sheet string, line, style int, texts ...string) error {
	height, width := 1, termWidth
	for i, text := range texts {
		cell, err := excelize.CoordinatesToCellName(i+1, line)
		if err != nil {
			return fmt.Errorf("name cell: %w", err)
		}
		if err := f.SetCellStr(sheet, cell, text); err != nil {
			return fmt.Errorf("write %s: %w", cell, err)
		}
		if err := f.SetCellStyle(sheet, cell, cell, style); err != nil {
			return fmt.Errorf("style %s: %w", cell, err)
		}
		if len(texts) == 1 {
			width = termWidth + explanationWidth
		}
		height = max(height, (utf8.RuneCountInString(text)+width-1)/width)
		width = explanationWidth
	}
	if len(texts) == 1 {
		if err := f.MergeCell(sheet, fmt.Sprintf("A%d", line), fmt.Sprintf("B%d", line)); err != nil {
			return fmt.Errorf("merge line %d: %w", line, err)
		}
	}
	if height == 1 {
		return nil
	}
	if err := f.SetRowHeight(sheet, line, float64(15*min(height, 27))); err != nil {
		return fmt.Errorf("size line %d: %w", line, err)
	}
	return nil
}
