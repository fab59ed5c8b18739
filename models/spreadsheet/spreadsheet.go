// Package spreadsheet writes tables that people open in a spreadsheet: RFC 4180 with a UTF-8 byte order mark, so that
// Excel reads Chinese names, and with nothing in a cell that a spreadsheet would run.
package spreadsheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Writer writes one table.
type Writer struct{ csv *csv.Writer }

// NewWriter begins a table in w.
func NewWriter(w io.Writer) (*Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, fmt.Errorf("write csv: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return &Writer{out}, nil
}

// Row writes one row. Every cell is made Safe; numbers are for the caller to format without signs that matter.
func (w *Writer) Row(cells ...string) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = Safe(c)
	}
	_ = w.csv.Write(row) // Flush has the error
}

// Flush ends the table and returns the first error of all of it.
func (w *Writer) Flush() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// Safe is a text that no spreadsheet takes for a formula: one that would be gets an apostrophe in front
// (https://owasp.org/www-community/attacks/CSV_Injection). Full-width signs count: some spreadsheets fold them.
func Safe(text string) string {
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") || strings.HasPrefix(text, "\n") {
		return "'" + text
	}
	for _, sign := range [...]string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(strings.TrimLeft(text, " \u3000"), sign) {
			return "'" + text
		}
	}
	return text
}
