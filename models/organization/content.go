package organization

import (
	"bytes"
	"errors"

	"wenguan/models/fault"
	"wenguan/models/picture"
)

// Limits of a document.
const (
	MaxDocumentBytes = 5 << 20
	maxStoredBytes   = 10 << 20 // a picture written anew may be larger than it came
)

// The types of document.
const (
	PDF  = "application/pdf"
	JPEG = "image/jpeg"
	PNG  = "image/png"
)

// sniff is the type that the first bytes say: what the client called it does not count.
func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-1.")), bytes.HasPrefix(data, []byte("%PDF-2.")):
		return PDF
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	}
	return ""
}

// checkSize refuses what need not be looked into: fault.Invalid "document_empty" or "document_large".
func checkSize(data []byte) error {
	if len(data) == 0 {
		return fault.New(fault.Invalid, "document_empty", "This file is empty.")
	}
	if len(data) > MaxDocumentBytes {
		return errLarge()
	}
	return nil
}

// readDocument returns the type and what is stored. A picture is decoded and written anew: nothing but its pixels, and
// which way up they go, survives, so neither where a photo was taken nor anything hidden behind it is kept. A PDF is
// kept as it came, if it is one from beginning to end and has nothing that runs. Faults: "document_type",
// "document_broken", "document_active", "document_large".
func readDocument(data []byte) (kind string, stored []byte, err error) {
	switch kind = sniff(data); kind {
	case PDF:
		return kind, data, checkPDF(data)
	case JPEG, PNG:
		stored, err = redraw(data)
		return kind, stored, err
	}
	return "", nil, fault.New(fault.Invalid, "document_type", "Upload a PDF, a JPEG or a PNG.")
}

// redraw writes a picture anew.
func redraw(data []byte) ([]byte, error) {
	_, stored, err := picture.Redraw(data, maxStoredBytes)
	switch {
	case errors.Is(err, picture.ErrLarge):
		return nil, errLarge()
	case err != nil:
		return nil, fault.New(fault.Invalid, "document_broken", "This file is damaged; save it anew or take another photo.")
	}
	return stored, nil
}

// active are the names of what a PDF can do when it is opened (ISO 32000-1, 12.6.4, 12.7 and 7.11.4): scripts, programs,
// files inside it, forms that send themselves, films.
var active = [][]byte{
	[]byte("/JavaScript"), []byte("/JS"), []byte("/Launch"), []byte("/EmbeddedFile"), []byte("/RichMedia"), []byte("/XFA"),
	[]byte("/SubmitForm"), []byte("/ImportData"),
}

// foreign begin what a browser or an archiver would take a file for, whatever its name.
var foreign = [][]byte{[]byte("<script"), []byte("<html"), []byte("<!doctype html"), []byte("<svg"), []byte("<?php"), []byte("<iframe")}

// tail is how far from its end a PDF must say that it ends (ISO 32000-1, annex H.3, note 18), and an archive would begin
// to be read (APPNOTE.TXT, 4.3.16).
const (
	pdfTail = 1024
	zipTail = 66_000
)

// checkPDF refuses what is not a PDF from beginning to end, and what runs or hides something.
func checkPDF(data []byte) error {
	if !bytes.Contains(data[max(0, len(data)-pdfTail):], []byte("%%EOF")) {
		return fault.New(fault.Invalid, "document_broken", "This file is damaged; save it anew or take another photo.")
	}
	plain, lower := unescaped(data), bytes.ToLower(data)
	for _, name := range active {
		for rest := plain; ; {
			at := bytes.Index(rest, name)
			if at < 0 {
				break
			}
			if rest = rest[at+len(name):]; len(rest) == 0 || !letter(rest[0]) || name[1] == 'E' {
				return errActive()
			}
		}
	}
	for _, mark := range foreign {
		if bytes.Contains(lower, mark) {
			return errActive()
		}
	}
	if bytes.Contains(data[max(0, len(data)-zipTail):], []byte("PK\x05\x06")) {
		return errActive()
	}
	return nil
}

// unescaped writes the #xx of names as what they stand for (ISO 32000-1, 7.3.5), so that /J#61vaScript is found.
func unescaped(data []byte) []byte {
	if !bytes.Contains(data, []byte("#")) {
		return data
	}
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		if data[i] == '#' && i+2 < len(data) {
			if high, low := nibble(data[i+1]), nibble(data[i+2]); high >= 0 && low >= 0 {
				out = append(out, byte(high<<4|low))
				i += 2
				continue
			}
		}
		out = append(out, data[i])
	}
	return out
}

func nibble(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }

func errActive() *fault.Error {
	return fault.New(fault.Invalid, "document_active", "This PDF holds a program or another file. Print it to PDF anew, or take a photo of it.")
}

func errLarge() *fault.Error {
	return fault.New(fault.Invalid, "document_large", "A document has at most 5 MB and 24 million pixels; save it smaller.").
		With("max", MaxDocumentBytes)
}
