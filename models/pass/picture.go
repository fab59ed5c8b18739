package pass

import (
	"bytes"
	"fmt"

	"github.com/skip2/go-qrcode"
)

// Bounds of a PNG's side in pixels.
const (
	MinSize = 128
	MaxSize = 2048
)

// symbol is the QR code of a token (ISO/IEC 18004), error correction M: a cracked screen or a creased slip still scans.
// It includes the quiet zone of four modules.
func symbol(token string) (*qrcode.QRCode, error) {
	if token == "" || len(token) > maxToken {
		return nil, errInvalid()
	}
	return qrcode.New(token, qrcode.Medium)
}

// PNG draws the token as a black and white QR code with its quiet zone. Every module has the same whole number of
// pixels, so the image is the largest of these that is not wider than size (bounded to MinSize and MaxSize), or
// one pixel a module if even that is wider.
func PNG(token string, size int) ([]byte, error) {
	code, err := symbol(token)
	if err != nil {
		return nil, fmt.Errorf("draw pass: %w", err)
	}
	size = min(max(size, MinSize), MaxSize)
	pixels := max(size/len(code.Bitmap()), 1)
	png, err := code.PNG(-pixels)
	if err != nil {
		return nil, fmt.Errorf("draw pass: %w", err)
	}
	return png, nil
}

// SVG draws the token as a QR code that scales to any size: one path on a white ground that includes the quiet zone,
// with a title for those who cannot see it. It has no style or script, so a strict content security policy shows it.
func SVG(token string) ([]byte, error) {
	code, err := symbol(token)
	if err != nil {
		return nil, fmt.Errorf("draw pass: %w", err)
	}
	rows := code.Bitmap()
	side := len(rows)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"`, side, side)
	b.WriteString(` shape-rendering="crispEdges"><title>通行码 Pass</title>`)
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="`, side, side)
	for y, row := range rows {
		for x := 0; x < side; {
			run := x
			for run < side && row[run] {
				run++
			}
			if run > x {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x, y, run-x, run-x)
			}
			x = run + 1
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}
