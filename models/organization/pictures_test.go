package organization_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"strings"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func drawing(width, height int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			picture.Set(x, y, color.RGBA{uint8(x * 7), uint8(y * 5), 90, 255})
		}
	}
	return picture
}

func pngOf(width, height int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, drawing(width, height))
	return b.Bytes()
}

func jpegOf(width, height int) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, drawing(width, height), nil)
	return b.Bytes()
}

// pdfWith is a small PDF with something in it.
func pdfWith(inside string) []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" + inside + ">>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" +
		"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
}

// photoOf is a JPEG as a phone makes it: with where it was taken, and turned.
func photoOf(turned byte) []byte {
	plain := jpegOf(60, 40)
	tiff := "II\x2a\x00\x08\x00\x00\x00\x02\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00" + string(turned) + "\x00\x00\x00" + // orientation
		"\x25\x88\x04\x00\x01\x00\x00\x00\x26\x00\x00\x00" + "\x00\x00\x00\x00" + // where the GPS directory is
		"GPS 29.25N 117.86E <script>alert(1)</script>"
	body := "Exif\x00\x00" + tiff
	segment := "\xff\xe1" + string([]byte{byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
	return []byte(string(plain[:2]) + segment + string(plain[2:]) + strings.Repeat("<html>", 3)) // and with something behind it
}
