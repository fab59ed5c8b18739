package pass

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/skip2/go-qrcode"
)

// Bounds of a PNG's side in pixels.
const (
	MinSize = 128
	MaxSize = 2048
)

// modules is the QR code of a token (ISO/IEC 18004) by rows, true for dark, with the quiet zone of four modules around
// it. Error correction M: a cracked screen or a creased slip still scans.
func modules(token string) ([][]bool, error) {
	if token == "" || len(token) > maxToken {
		return nil, errInvalid()
	}
	code, err := qrcode.New(token, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("draw pass: %w", err)
	}
	return code.Bitmap(), nil
}

// PNG draws the token as a black and white QR code with its quiet zone. Every module has the same whole number of
// pixels, so the image is the largest of these that is not wider than size (bounded to MinSize and MaxSize).
func PNG(token string, size int) ([]byte, error) {
	rows, err := modules(token)
	if err != nil {
		return nil, err
	}
	side := len(rows)
	scale := max(min(max(size, MinSize), MaxSize)/side, 1)
	img := image.NewPaletted(image.Rect(0, 0, side*scale, side*scale), color.Palette{color.White, color.Black})
	for y, row := range rows {
		first := img.Pix[y*scale*img.Stride : (y*scale+1)*img.Stride]
		for x, dark := range row {
			if dark {
				for i := x * scale; i < (x+1)*scale; i++ {
					first[i] = 1
				}
			}
		}
		for n := 1; n < scale; n++ {
			copy(img.Pix[(y*scale+n)*img.Stride:], first)
		}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("draw pass: %w", err)
	}
	return b.Bytes(), nil
}

// SVG draws the token as a QR code that scales to any size: one path on a white ground that includes the quiet zone,
// with a title for those who cannot see it. It has no style or script, so a strict content security policy shows it.
func SVG(token string) ([]byte, error) { return Draw(token, "通行码 Pass") }

// Draw is SVG for any text, with a title of its own, which must need no escaping.
func Draw(text, title string) ([]byte, error) {
	rows, err := modules(text)
	if err != nil {
		return nil, err
	}
	side := len(rows)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"`, side, side)
	fmt.Fprintf(&b, ` shape-rendering="crispEdges"><title>%s</title>`, title)
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
