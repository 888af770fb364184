package spreadsheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gradin/server/spreadsheet"
)

// cellsOf reads a sheet of one row into kinds and values.
func cellsOf(t *testing.T, all parts) ([]spreadsheet.Cell, error) {
	t.Helper()
	var cells []spreadsheet.Cell
	_, err := spreadsheet.Read(t.Context(), source("a.xlsx", pack(t, all)), func(r spreadsheet.Row) error {
		for _, c := range r.Cells {
			cells = append(cells, spreadsheet.Cell{Kind: c.Kind, Value: strings.Clone(c.Value)})
		}
		return nil
	})
	return cells, err
}

func TestRead_doubtfulSheetsAreRefusedWithTheirRow(t *testing.T) {
	t.Parallel()
	const one = `<row r="1"><c r="A1"><v>1</v></c></row>`
	sheets := []struct {
		sentence string
		sheet    string
		row      int
	}{
		{"rows go backwards", sheetOf(one + `<row r="5"/><row r="4"/>`), 5},
		{"a row comes twice", sheetOf(one + `<row r="1"/>`), 1},
		{"row 0", sheetOf(`<row r="0"/>`), 0},
		{"cells go backwards", sheetOf(`<row r="1"><c r="B1"/><c r="A1"/></row>`), 1},
		{"a cell comes twice", sheetOf(`<row r="1"><c r="B1"/><c r="B1"/></row>`), 1},
		{"a cell of another row", sheetOf(one + `<row r="2"><c r="A3"><v>1</v></c></row>`), 2},
		{"a reference in small letters", sheetOf(`<row r="1"><c r="a1"/></row>`), 1},
		{"a column that does not exist", sheetOf(`<row r="1"><c r="XFE1"/></row>`), 1},
		{"a shared string that does not exist", sheetOf(`<row r="1"><c t="s"><v>1</v></c></row>`), 1},
		{"a negative shared string", sheetOf(`<row r="1"><c t="s"><v>-1</v></c></row>`), 1},
		{"an unknown type", sheetOf(`<row r="1"><c t="x"><v>1</v></c></row>`), 1},
		{"a number that is none", sheetOf(`<row r="1"><c><v>12a</v></c></row>`), 1},
		{"a boolean that is none", sheetOf(`<row r="1"><c t="b"><v>2</v></c></row>`), 1},
		{"a date that is none", sheetOf(`<row r="1"><c t="d"><v>soon</v></c></row>`), 1},
		{"two values", sheetOf(`<row r="1"><c><v>1</v><v>2</v></c></row>`), 1},
		{"an element in a value", sheetOf(`<row r="1"><c><v>1<b/></v></c></row>`), 1},
		{"two sets of rows", sheetOf(one + `</sheetData><sheetData>`), 1},
		{"no rows", `<worksheet/>`, 0},
		{"another root", `<chartsheet/>`, 0},
		{"something behind the root", sheetOf(one) + `<worksheet/>`, 1},
		{"text behind the root", sheetOf(one) + `x`, 1},
		{"a tag that is not closed", strings.TrimSuffix(sheetOf(one), `</worksheet>`), 1},
		{"the end in the middle of a tag", `<worksheet><sheetData><row r="1"><c r="A1`, 1},
		{"tags that cross", sheetOf(`<row r="1"><c><v>1</c></v></row>`), 1},
		{"an end without a start", `</worksheet>`, 0},
		{"an unknown entity", sheetOf(`<row r="1"><c t="inlineStr"><is><t>&auml;</t></is></c></row>`), 1},
		{"an entity without an end", sheetOf(`<row r="1"><c t="inlineStr"><is><t>a & b</t></is></c></row>`), 1},
		{"a character beyond Unicode", sheetOf(`<row r="1"><c t="inlineStr"><is><t>&#x110000;</t></is></c></row>`), 1},
		{"half a pair", sheetOf(`<row r="1"><c t="inlineStr"><is><t>&#xD800;</t></is></c></row>`), 1},
		{"bytes that are no UTF-8", sheetOf("<row r=\"1\"><c t=\"inlineStr\"><is><t>\xE9t\xE9</t></is></c></row>"), 1},
		{"an entity declaration", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + sheetOf(one), 0},
		{"an external entity", `<!DOCTYPE x SYSTEM "file:///etc/passwd">` + sheetOf(one), 0},
		{"another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?>` + sheetOf(one), 0},
		{"UTF-16 with a mark", "\xFF\xFE<\x00w\x00/\x00>\x00", 0},
		{"UTF-16 without a mark", "<\x00w\x00/\x00>\x00", 0},
		{"an attribute twice", sheetOf(`<row r="1" r="1"/>`), 0},
		{"an attribute without quotes", sheetOf(`<row r=1/>`), 0},
		{"an attribute without a value", sheetOf(`<row r/>`), 0},
		{"attributes that touch", sheetOf(`<row r="1"s="1"/>`), 0},
		{"a value that is never closed", sheetOf(`<row r="1/>`), 0},
		{"many > in a value", sheetOf(`<row a="` + strings.Repeat(">", 1000) + `"/>`), 0},
		{"elements nested too deep", sheetOf(strings.Repeat(`<x>`, 100) + strings.Repeat(`</x>`, 100)), 0},
		{"something else among the rows", sheetOf(`<c><v>1</v></c>`), 0},
		{"nothing", "", 0},
	}
	for _, s := range sheets {
		t.Run(s.sentence, func(t *testing.T) {
			t.Parallel()
			wantKey(t, s.sentence, pack(t, withSheet(s.sheet)), spreadsheet.KeyDamaged, s.row)
		})
	}
}

func TestRead_missingPartsAreRefused(t *testing.T) {
	t.Parallel()
	for name := range with(nil) {
		if name == "[Content_Types].xml" {
			continue
		}
		all := with(nil)
		delete(all, name)
		wantKey(t, name, pack(t, all), spreadsheet.KeyDamaged, 0)
	}
	none := strings.Replace(bookPart, `<sheet name="Tickets" sheetId="1" r:id="rId1"/>`, "", 1)
	wantKey(t, "no sheet", pack(t, with(parts{"xl/workbook.xml": none})), spreadsheet.KeyNoSheet, 0)
}

func TestRead_WB8_kindsAreToldApart(t *testing.T) {
	t.Parallel()
	styles := `<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="[Red]&quot;d&quot;0.00"/><numFmt numFmtId="165" formatCode="dd/mm"/></numFmts>
		<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="46"/></cellXfs></styleSheet>`
	links := strings.Replace(bookLinks, `</Relationships>`,
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="/xl/styles.xml"/></Relationships>`, 1)
	row := `<row><c t="s"><v>0</v></c><c/><c s="1"/><c t="s" s="1"/><c><v> 42 </v></c><c t="n"><v>1.5E-3</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>` +
		`<c s="1"><v>46148.8125</v></c><c s="2"><v>1</v></c><c s="3"><v>2</v></c><c s="4"><v>3</v></c><c t="d"><v>2026-05-06T19:30:00</v></c>` +
		`<c t="str"><f>A1&amp;"x"</f><v>sharedx</v></c><c><f t="shared" si="0"/></c><c t="str"><v>no formula</v></c>` +
		`<c t="inlineStr"><is><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>` +
		`<c t="inlineStr"><is><t><![CDATA[<&amp;>]]>&#65;&lt;</t></is></c><c t="inlineStr"><is><t> </t></is></c><c t="inlineStr"/></row>`
	got, err := cellsOf(t, with(parts{
		"xl/worksheets/sheet1.xml": sheetOf(row), "xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": links,
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := []spreadsheet.Cell{
		{Kind: spreadsheet.KindText, Value: "shared"}, {}, {}, {},
		{Kind: spreadsheet.KindNumber, Value: "42"}, {Kind: spreadsheet.KindNumber, Value: "1.5E-3"},
		{Kind: spreadsheet.KindBool, Value: "1"}, {Kind: spreadsheet.KindError, Value: "#N/A"},
		{Kind: spreadsheet.KindDate, Value: "46148.8125"}, {Kind: spreadsheet.KindNumber, Value: "1"},
		{Kind: spreadsheet.KindDate, Value: "2"}, {Kind: spreadsheet.KindNumber, Value: "3"},
		{Kind: spreadsheet.KindDate, Value: "2026-05-06T19:30:00"},
		{Kind: spreadsheet.KindFormula, Value: "sharedx"}, {Kind: spreadsheet.KindFormula},
		{Kind: spreadsheet.KindText, Value: "no formula"}, {Kind: spreadsheet.KindText, Value: "rich"},
		{Kind: spreadsheet.KindText, Value: "<&amp;>A<"},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b spreadsheet.Cell) bool { return a.Kind == b.Kind && a.Value == b.Value })); diff != "" {
		t.Error(diff)
	}
}

func TestRead_legalOdditiesAreRead(t *testing.T) {
	t.Parallel()
	sheets := map[string]string{
		"a byte order mark":     "\uFEFF" + sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>`),
		"prefixes":              `<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		"single quotes":         sheetOf(`<row r='1'><c r='A1' ><v >1</v ></c></row >`),
		"comments":              `<?xml version='1.0' encoding='utf-8'?><!-- > -->` + sheetOf(`<!-- <row> --><row><c><v>1<!-- 2 --></v></c></row>`) + `<!-- -->`,
		"no references":         sheetOf(`<row><c><v>1</v></c></row>`),
		"a > in an attribute":   sheetOf(`<row r="1" x:a=">"><c r="A1"><v>1</v></c></row>`),
		"unknown elements":      `<worksheet><x><y>1</y></x><sheetData><row><c><v>1</v><extLst><v>2</v></extLst></c><extLst/></row></sheetData><z/></worksheet>`,
		"white space all round": "\n<worksheet>\r\n <sheetData>\t<row>\n<c>\n<v>1</v>\n</c>\n</row>\n</sheetData>\n</worksheet>\n",
	}
	for sentence, sheet := range sheets {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			got, err := cellsOf(t, withSheet(sheet))
			if err != nil || len(got) != 1 || got[0].Value != "1" {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

func TestRead_rowsKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	info, lines, err := read(t, "a.xlsx", pack(t, withSheet(sheetOf(
		`<row r="2"><c r="C2"><v>1</v></c></row><row r="3"><c s="1"/></row><row/><row><c><v>5</v></c></row><row r="1048576"><c><v>6</v></c></row>`))))
	want := []line{{2, []string{"", "", "1"}}, {5, []string{"5"}}, {1_048_576, []string{"6"}}}
	if diff := cmp.Diff(want, lines); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if info.Rows != 3 || info.LastRow != 1_048_576 {
		t.Errorf("%+v", info)
	}
}

func TestRead_limitsNameTheRow(t *testing.T) {
	t.Parallel()
	rows := strings.Repeat(`<row><c><v>1</v></c></row>`, 5)
	long := `<row r="7"><c t="inlineStr"><is><t>` + strings.Repeat("x", 101) + `</t></is></c></row>`
	cases := []struct {
		sentence string
		sheet    string
		csv      string
		key      spreadsheet.Key
		row      int
	}{
		{"too many filled rows", sheetOf(rows), "1\n2\n3\n4\n5\n", spreadsheet.KeyTooManyRows, 0},
		{"too many rows", sheetOf(`<row r="11"/>`), strings.Repeat("\n", 11), spreadsheet.KeyTooManyRows, 0},
		{"too long a text", sheetOf(long), strings.Repeat("\n", 6) + strings.Repeat("x", 101), spreadsheet.KeyCellTooLong, 7},
		{"too many columns", sheetOf(`<row r="3"><c r="D3"><v>1</v></c></row>`), "1\n2\n,,,1", spreadsheet.KeyTooManyColumns, 3},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			t.Parallel()
			for name, data := range map[string][]byte{"a.xlsx": pack(t, withSheet(c.sheet)), "a.csv": []byte(c.csv)} {
				src := source(name, data)
				src.Limits = spreadsheet.DefaultLimits()
				src.Limits.FilledRows, src.Limits.Rows, src.Limits.TextBytes, src.Limits.Columns = 4, 10, 100, 3
				_, err := spreadsheet.Read(t.Context(), src, func(spreadsheet.Row) error { return nil })
				if r, ok := spreadsheet.AsRefusal(err); !ok || r.Key != c.key || r.Row != c.row {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
}
