package spreadsheet_test

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"gradin/server/errs"
	"gradin/server/spreadsheet"
)

// ole is the head of an OLE file with a stream of some name.
func ole(stream string) []byte {
	data := make([]byte, 4096)
	copy(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for i, r := range stream {
		binary.LittleEndian.PutUint16(data[2048+2*i:], uint16(r))
	}
	return data
}

func TestRead_WB7_otherFormatsAreRefusedByName(t *testing.T) {
	t.Parallel()
	macro := strings.Replace(contentTypes, "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main", 1)
	binaryTypes := strings.Replace(contentTypes, "openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "ms-excel.sheet.binary.macroEnabled.main", 1)
	word := strings.Replace(contentTypes, "spreadsheetml.sheet.main", "wordprocessingml.document.main", 1)
	files := []struct {
		sentence string
		name     string
		data     []byte
		key      spreadsheet.Key
	}{
		{"an old workbook", "a.xls", ole("Workbook"), spreadsheet.KeyOldExcel},
		{"an old workbook called new", "a.xlsx", ole("Workbook"), spreadsheet.KeyOldExcel},
		{"an encrypted workbook", "a.xlsx", ole("EncryptedPackage"), spreadsheet.KeyPassword},
		{"an OpenDocument", "a.ods", pack(t, parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), spreadsheet.KeyOpenDocument},
		{"a Numbers document", "a.numbers", pack(t, parts{"Index/Document.iwa": "x"}), spreadsheet.KeyNumbers},
		{"a macro type", "a.xlsm", pack(t, with(parts{"[Content_Types].xml": macro})), spreadsheet.KeyMacros},
		{"a macro part", "a.xlsx", pack(t, with(parts{"xl/vbaProject.bin": "x"})), spreadsheet.KeyMacros},
		{"a binary workbook", "a.xlsb", pack(t, with(parts{"[Content_Types].xml": binaryTypes})), spreadsheet.KeyBinaryExcel},
		{"a letter", "a.docx", pack(t, with(parts{"[Content_Types].xml": word})), spreadsheet.KeyNotSpreadsheet},
		{"a zip file", "a.zip", pack(t, parts{"readme.txt": "x"}), spreadsheet.KeyNotSpreadsheet},
		{"an empty zip file", "a.zip", pack(t, nil), spreadsheet.KeyNotSpreadsheet},
		{"a web page called .xls", "a.xls", []byte("<html><table><tr><td>1</td></tr></table></html>"), spreadsheet.KeyNotSpreadsheet},
		{"text called .xlsx", "a.xlsx", []byte("a,b\n1,2\n"), spreadsheet.KeyNotSpreadsheet},
		{"a picture", "a.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), spreadsheet.KeyNotSpreadsheet},
		{"a PDF", "a.csv", []byte("%PDF-1.7"), spreadsheet.KeyNotSpreadsheet},
		{"nothing", "a.xlsx", nil, spreadsheet.KeyEmptyFile},
	}
	for _, f := range files {
		t.Run(f.sentence, func(t *testing.T) {
			t.Parallel()
			wantKey(t, f.name, f.data, f.key, 0)
		})
	}
}

func TestRead_tooLargeFileIsRefusedUnread(t *testing.T) {
	t.Parallel()
	src := source("a.xlsx", []byte("PK\x03\x04"))
	src.Size = 65 << 20
	_, err := spreadsheet.Read(t.Context(), src, func(spreadsheet.Row) error { return nil })
	if r, ok := spreadsheet.AsRefusal(err); !ok || r.Key != spreadsheet.KeyFileTooLarge || !errs.Is(err, errs.TooLarge) {
		t.Error(err)
	}
}

func TestRead_endsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, src := range []spreadsheet.Source{
		source("a.xlsx", write(t, sample(), nastyRows()...)), source("a.csv", []byte("a,b\n")),
	} {
		if _, err := spreadsheet.Read(ctx, src, func(spreadsheet.Row) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", src.Name, err)
		}
	}
}
