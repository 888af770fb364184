package spreadsheet_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"gradin/server/spreadsheet"
)

// inUTF16 encodes with a byte order mark, as Excel's "Unicode text" is.
func inUTF16(s string, high bool) string {
	var out strings.Builder
	for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
		if high {
			out.WriteByte(byte(u >> 8))
		}
		out.WriteByte(byte(u))
		if !high {
			out.WriteByte(byte(u >> 8))
		}
	}
	return out.String()
}

func TestRead_WB7_csvAsProgramsWriteIt(t *testing.T) {
	t.Parallel()
	want := []line{{1, []string{"Ticket ID", "[NEW] CC Email", "Name"}}, {2, []string{"001", "", "Éva; \"E\", x"}}, {4, []string{"002", "a@b.fr", "Bo\nb"}}}
	comma := "Ticket ID,[NEW] CC Email,Name\n001,,\"Éva; \"\"E\"\", x\"\n\n002,a@b.fr,\"Bo\nb\"\n"
	semicolon := "Ticket ID;[NEW] CC Email;Name\n001;;\"Éva; \"\"E\"\", x\"\n;;\n002;a@b.fr;\"Bo\nb\""
	tab := strings.ReplaceAll(strings.ReplaceAll(semicolon, "Éva;", "Éva|"), ";", "\t")
	tab = strings.ReplaceAll(tab, "Éva|", "Éva;")
	files := map[string]string{
		"comma":                    comma,
		"semicolon":                semicolon,
		"tab":                      tab,
		"Windows line ends":        strings.ReplaceAll(comma, "\n", "\r\n"),
		"old Macintosh line ends":  strings.ReplaceAll(strings.ReplaceAll(comma, "\n", "\r"), "Bo\r", "Bo\n"),
		"a byte order mark":        "\uFEFF" + semicolon,
		"Windows-1252":             strings.ReplaceAll(semicolon, "É", "\xC9"),
		"UTF-16, low byte first":   inUTF16(tab, false),
		"UTF-16, high byte first":  inUTF16(tab, true),
		"a line for the separator": "sep=;\r\n" + semicolon,
		"decomposed letters":       strings.ReplaceAll(comma, "É", "E\u0301"),
	}
	for sentence, file := range files {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			info, got, err := read(t, "a.csv", []byte(file))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if info.Format != spreadsheet.CSV || info.Rows != 3 || info.LastRow != 4 {
				t.Errorf("%+v", info)
			}
		})
	}
}

func TestRead_WB7_windows1252KeepsItsSigns(t *testing.T) {
	t.Parallel()
	_, got, err := read(t, "a.csv", []byte("name;price\nG\xFCnther \x96 \x93x\x94;5 \x80\n"))
	if err != nil || got[1].Cells[0] != "Günther – “x”" || got[1].Cells[1] != "5 €" {
		t.Errorf("%v %v", got, err)
	}
}

func TestRead_WB7_openQuoteIsRefusedWithItsRow(t *testing.T) {
	t.Parallel()
	wantKey(t, "quote", []byte("a,b\n1,2\n3,\"4\n5,6\n"), spreadsheet.KeyOpenQuote, 3)
	wantKey(t, "swallowed", []byte("a,b\n1,\"2\n"+strings.Repeat("3,4\n", 100_000)), spreadsheet.KeyCellTooLong, 2)
}

func TestRead_WB7_quotesInTheMiddleAreText(t *testing.T) {
	t.Parallel()
	_, got, err := read(t, "a.csv", []byte("5\" disc,\"a\"b,\"\"\n"))
	if diff := cmp.Diff([]line{{1, []string{"5\" disc", "ab"}}}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestClean_WB8(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                              "",
		"plain":                         "plain",
		" \t\u00A0a\u00A0b\u202F\u3000": "a\u00A0b",
		"a\u200Bb\uFEFFc\u2060d\u00ADe": "abcde",
		"\u202Eevil\u202C":              "evil",
		"E\u0301va":                     "Éva",
		"a\x00b\x1Fc\x7Fd\u0085e":       "abcde",
		"two\nlines\tof it":             "two\nlines\tof it",
		"\u200B \u200B":                 "",
		"\u200B a":                      "a",
	} {
		if got := spreadsheet.Clean(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestRefusal_everyReasonHasItsSentences(t *testing.T) {
	t.Parallel()
	keys := []spreadsheet.Key{
		spreadsheet.KeyEmptyFile, spreadsheet.KeyFileTooLarge, spreadsheet.KeyNotSpreadsheet, spreadsheet.KeyOldExcel,
		spreadsheet.KeyBinaryExcel, spreadsheet.KeyPassword, spreadsheet.KeyOpenDocument, spreadsheet.KeyNumbers,
		spreadsheet.KeyMacros, spreadsheet.KeyUnsafeArchive, spreadsheet.KeyUnpacksTooMuch, spreadsheet.KeyMostlyEmpty,
		spreadsheet.KeyDamaged, spreadsheet.KeyNoSheet, spreadsheet.KeyTooManyRows, spreadsheet.KeyTooManyColumns,
		spreadsheet.KeyCellTooLong, spreadsheet.KeyOpenQuote,
	}
	seen := map[string]spreadsheet.Key{}
	for _, key := range keys {
		for _, language := range []string{"en", "fr", "de"} {
			for _, row := range []int{0, 12} {
				r := &spreadsheet.Refusal{Key: key, Row: row, Limit: 64 << 20}
				got := r.Sentence(language)
				if strings.ContainsAny(got, "[]{}") || !strings.HasSuffix(got, ".") || strings.Contains(got, "12") && row == 0 {
					t.Errorf("%s in %s: %q", key, language, got)
				}
				if other, ok := seen[got]; ok && other != key {
					t.Errorf("%s and %s say the same in %s", key, other, language)
				}
				seen[got] = key
			}
		}
	}
	damaged := &spreadsheet.Refusal{Key: spreadsheet.KeyDamaged, Row: 7}
	if got := damaged.Sentence("de"); !strings.Contains(got, "(bei Zeile 7)") {
		t.Error(got)
	}
}
