package main

import (
	"fmt"
	"regexp"
	"strings"
)

// rebuilt is how a table is changed in SQLite when nothing else will do: a new
// table, the rows copied, the old one dropped, with it its triggers.
var rebuilt = regexp.MustCompile("(?s)-- Create \"new_\\w+\" table\nCREATE TABLE `new_(\\w+)` \\((.*?)\\);\n" +
	"-- Copy rows[^\n]*\nINSERT INTO `new_\\w+` \\((.*?)\\) SELECT (.*?) FROM `\\w+`;\n" +
	"-- Drop [^\n]*\nDROP TABLE `\\w+`;\n-- Rename [^\n]*\nALTER TABLE `new_\\w+` RENAME TO `\\w+`;\n")

var created = regexp.MustCompile("-- Create index \"(\\w+)\"[^\n]*\nCREATE (?:UNIQUE )?INDEX[^\n]*;\n")

// alter writes the tables that were rebuilt for the sake of new columns as ALTER
// TABLE … ADD COLUMN: dropping a table would drop the guards on it. The planner
// rebuilds for every column with a default. Whatever else a rebuild does cannot
// be told from here and has to be written by hand.
func alter(text, before string) (string, error) {
	for _, m := range rebuilt.FindAllStringSubmatch(text, -1) {
		table, definition, into, from := m[1], m[2], m[3], m[4]
		if into != from && !strings.Contains(from, "IFNULL") {
			return "", fmt.Errorf("table %s changes in more than new columns: write its migration by hand", table)
		}
		old := map[string]bool{}
		for _, c := range strings.Split(into, ", ") {
			old[strings.Trim(c, "`")] = true
		}
		var lines strings.Builder
		for _, part := range columnsOf(definition) {
			name, is := strings.CutPrefix(part, "`")
			if name, _, _ = strings.Cut(name, "`"); is && !old[name] {
				fmt.Fprintf(&lines, "-- Add column \"%s\" to table: \"%s\"\nALTER TABLE `%s` ADD COLUMN %s;\n", name, table, table, part)
			}
		}
		text = strings.Replace(text, m[0], lines.String(), 1)
	}
	for _, m := range created.FindAllStringSubmatch(text, -1) {
		if strings.Contains(before, "INDEX `"+m[1]+"`") {
			text = strings.Replace(text, m[0], "", 1)
		}
	}
	if !strings.Contains(text, "DROP TABLE") {
		text = strings.NewReplacer("-- Disable the enforcement of foreign-keys constraints\nPRAGMA foreign_keys = off;\n", "",
			"-- Enable back the enforcement of foreign-keys constraints\nPRAGMA foreign_keys = on;\n", "").Replace(text)
	}
	return text, nil
}

// columnsOf splits a table's definition at the commas that are in no brackets.
func columnsOf(definition string) []string {
	var parts []string
	depth, start := 0, 0
	for i, r := range definition {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				parts, start = append(parts, strings.TrimSpace(definition[start:i])), i+1
			}
		}
	}
	return append(parts, strings.TrimSpace(definition[start:]))
}
