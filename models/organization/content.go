package organization

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"

	"wenguan/models/fault"
)

// Limits of a document.
const (
	MaxDocumentBytes = 5 << 20
	maxPixels        = 24_000_000 // what decoding costs: up to 8 bytes for each
	maxStoredBytes   = 10 << 20   // a picture written anew may be larger than it came
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
		stored, err = redraw(kind, data)
		return kind, stored, err
	}
	return "", nil, fault.New(fault.Invalid, "document_type", "Upload a PDF, a JPEG or a PNG.")
}

// redraw decodes a picture and encodes it anew.
func redraw(kind string, data []byte) ([]byte, error) {
	broken := fault.New(fault.Invalid, "document_broken", "This file is damaged; save it anew or take another photo.")
	decode, config := png.Decode, png.DecodeConfig
	if kind == JPEG {
		decode, config = jpeg.Decode, jpeg.DecodeConfig
	}
	size, err := config(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return nil, broken
	}
	if size.Width > maxPixels/size.Height {
		return nil, errLarge()
	}
	picture, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, broken
	}
	stored, err := encodePicture(kind, picture, orientation(kind, data))
	if err != nil || len(stored) > maxStoredBytes {
		return nil, errLarge()
	}
	return stored, nil
}

func encodePicture(kind string, picture image.Image, turned byte) ([]byte, error) {
	var out bytes.Buffer
	if kind == PNG {
		err := png.Encode(&out, picture)
		return out.Bytes(), err
	}
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 85}); err != nil {
		return nil, err
	}
	return withOrientation(out.Bytes(), turned), nil
}

// exif begins the segment of a JPEG that holds its metadata (CIPA DC-008, 4.7.2).
var exif = []byte("Exif\x00\x00")

// orientation is the way up of a photo as its camera wrote it, 1 to 8 (CIPA DC-008, tag 0x0112), 1 where nothing says so.
func orientation(kind string, data []byte) byte {
	for rest := data[2:]; kind == JPEG && len(rest) >= 4 && rest[0] == 0xff && rest[1] != 0xda; {
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || len(rest) < 2+length {
			return 1
		}
		if body := rest[4 : 2+length]; rest[1] == 0xe1 && bytes.HasPrefix(body, exif) {
			return orientationIn(body[len(exif):])
		}
		rest = rest[2+length:]
	}
	return 1
}

// orientationIn reads the tag from the first directory of a TIFF (TIFF 6.0, section 2).
func orientationIn(tiff []byte) byte {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at > len(tiff)-2 {
		return 1
	}
	for entries, rest := int(order.Uint16(tiff[at:])), tiff[at+2:]; entries > 0 && len(rest) >= 12; entries, rest = entries-1, rest[12:] {
		if order.Uint16(rest) == 0x0112 {
			if value := order.Uint16(rest[8:]); value >= 1 && value <= 8 {
				return byte(value)
			}
		}
	}
	return 1
}

// withOrientation puts the way up, and nothing else, into a fresh JPEG.
func withOrientation(fresh []byte, turned byte) []byte {
	if turned == 1 {
		return fresh
	}
	segment := append([]byte{0xff, 0xe1, 0, 34}, exif...)
	segment = append(segment, "MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"...)
	segment = append(segment, turned, 0, 0, 0, 0, 0, 0)
	return append(append(bytes.Clone(fresh[:2]), segment...), fresh[2:]...)
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
