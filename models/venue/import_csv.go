package venue

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/width"

	"wenguan/models/fault"
)

const (
	venuesFile = "venues.csv"
	spacesFile = "spaces.csv"
	hoursFile  = "hours.csv"

	maxImportBytes = 16 << 20 // of one file
	maxImportRows  = 50_000
)

var importFiles = []string{venuesFile, spacesFile, hoursFile}

// cell is one value of a file and where it stands.
type cell struct {
	file   string
	line   int    // of the file
	column string // as the header has it
	number int    // of the column, from 1
	text   string
}

// row is a line of a file: its cells by column name. Every column of the header is there.
type row struct {
	file  string
	line  int
	cells map[string]cell
}

// cell is the row's cell of the column; where the file has no such column, the row itself.
func (r *row) cell(column string) cell {
	if r == nil {
		return cell{}
	}
	if c, ok := r.cells[column]; ok {
		return c
	}
	return cell{file: r.file, line: r.line}
}

// heading is what a column may be called.
type heading struct {
	name   string
	zh     string
	needed bool
}

// table reads one CSV file. What is wrong with its form is reported; the rows that can be read are returned.
type table struct {
	file     string
	headings []heading
	faults   *importFaults
	columns  []cell // of the header, text is the column's English name
}

func (t *table) fault(c cell, code, sentence string, args ...any) {
	t.faults.at(c, fault.New(fault.Invalid, code, sentence, args...))
}

func (t *table) read(r io.Reader) ([]*row, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxImportBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.file, err)
	}
	top := cell{file: t.file, line: 1}
	if len(raw) > maxImportBytes {
		t.fault(top, "file_too_large", "A file has at most %d MB; split it.", maxImportBytes>>20)
		return nil, nil
	}
	text, ok := decodeCSV(raw)
	if !ok {
		t.fault(top, "encoding_unreadable", "Save the file as CSV in UTF-8 or GB18030.")
		return nil, nil
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	var rows []*row
	for {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			t.fault(cell{file: t.file, line: bad.Line}, "csv_malformed",
				"The quotes of this line do not match; write a quote inside a cell twice.")
			return rows, nil // what follows cannot be told apart
		}
		line, _ := reader.FieldPos(0)
		switch {
		case t.columns == nil:
			if !t.header(record) {
				return nil, nil
			}
		case len(rows) == maxImportRows:
			t.fault(cell{file: t.file, line: line}, "too_many", "A file has at most %d rows; split it.", maxImportRows)
			return rows, nil
		case strings.TrimSpace(strings.Join(record, "")) != "": // spreadsheets leave empty rows at the end
			if r := t.row(reader, record); r != nil {
				rows = append(rows, r)
			}
		}
	}
	if t.columns == nil {
		t.fault(top, "header_missing", "The first line names the columns: %s.", t.names())
	}
	return rows, nil
}

// header learns the columns from the first line.
func (t *table) header(record []string) bool {
	seen := map[string]bool{}
	good := true
	for i, text := range record {
		c := cell{file: t.file, line: 1, column: strings.TrimSpace(text), number: i + 1}
		name := strings.ToLower(c.column)
		n := slices.IndexFunc(t.headings, func(h heading) bool { return h.name == name || h.zh == name })
		switch {
		case n < 0:
			t.fault(c, "unknown_column", "There is no such column; the columns are %s.", t.names())
			good = false
			continue
		case seen[t.headings[n].name]:
			t.fault(c, "not_unique", "This column is there twice; remove one.")
			good = false
		}
		c.text = t.headings[n].name
		seen[c.text] = true
		t.columns = append(t.columns, c)
	}
	for _, h := range t.headings {
		if h.needed && !seen[h.name] {
			t.fault(cell{file: t.file, line: 1, column: h.name}, "column_missing", "Add the column %s (%s).", h.name, h.zh)
			good = false
		}
	}
	return good
}

func (t *table) names() string {
	names := make([]string, len(t.headings))
	for i, h := range t.headings {
		names[i] = h.name
	}
	return strings.Join(names, ", ")
}

func (t *table) row(reader *csv.Reader, record []string) *row {
	line, _ := reader.FieldPos(0)
	r := &row{file: t.file, line: line, cells: make(map[string]cell, len(record))}
	if len(record) != len(t.columns) {
		t.fault(cell{file: t.file, line: line}, "cells_wrong",
			"This line has %d cells, the header has %d; a comma inside a cell needs quotes around the cell.", len(record), len(t.columns))
		return nil
	}
	for i, text := range record {
		c := t.columns[i]
		name := c.text
		c.line, _ = reader.FieldPos(i)
		c.text = strings.TrimSpace(text)
		r.cells[name] = c
	}
	return r
}

// decodeCSV is the text as UTF-8 without a byte order mark. Spreadsheets in China write GB18030 when they are not told otherwise.
func decodeCSV(raw []byte) ([]byte, bool) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if utf8.Valid(raw) {
		return raw, !bytes.ContainsRune(raw, 0)
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) || bytes.ContainsRune(text, 0) {
		return nil, false
	}
	return text, true
}

// pieces are the parts of a cell that holds a list, separated by semicolons, in either width, or 、.
func pieces(s string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；、\n", r) }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// plain is a word as the tables of this package have it.
func plain(s string) string { return strings.ToLower(width.Fold.String(strings.TrimSpace(s))) }
