package pass_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"wenguan/models/pass"
)

// read decodes a QR code with a decoder that shares no code with the encoder. It is told that there is nothing else in the
// picture: looking for the code as in a photo it misses one in a hundred.
func read(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatalf("decode %v: %v", img.Bounds(), err)
	}
	return result.GetText()
}

func TestThePNGReadsBackAtEverySize(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token := issue(t, o, seat())
	for _, size := range []int{-1, 0, 200, 256, 333, 512, 1024, 5000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			data, err := pass.PNG(token, size)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if side := img.Bounds().Dx(); side > min(max(size, pass.MinSize), pass.MaxSize) || side != img.Bounds().Dy() {
				t.Errorf("it is %v", img.Bounds())
			}
			if got := read(t, img); got != token {
				t.Errorf("it reads %q, want %q", got, token)
			}
		})
	}
}

func TestTheSVGReadsBack(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token := issue(t, o, seat())
	data, err := pass.SVG(token)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, rasterise(t, data, 4)); got != token {
		t.Errorf("it reads %q, want %q", got, token)
	}
	text := string(data)
	for _, want := range []string{`role="img"`, "<title>通行码 Pass</title>", `viewBox="0 0 `} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %.200s", want, text)
		}
	}
	for _, never := range []string{"style", "script", "href"} {
		if strings.Contains(text, never) {
			t.Errorf("%s in the SVG", never)
		}
	}
}

// rasterise draws the path of the SVG, which knows only M x y h n v1 h-n z, at some pixels a module.
func rasterise(t *testing.T, svg []byte, scale int) image.Image {
	t.Helper()
	var side int
	var path string
	for decoder := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		if element, ok := token.(xml.StartElement); ok {
			attributes := map[string]string{}
			for _, a := range element.Attr {
				attributes[a.Name.Local] = a.Value
			}
			if view, ok := attributes["viewBox"]; ok {
				if _, err := fmt.Sscanf(view, "0 0 %d %d", &side, &side); err != nil {
					t.Fatal(err)
				}
			}
			if attributes["fill"] == "#000" {
				path = attributes["d"]
			}
		}
	}
	img := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	quiet := 4
	for _, step := range strings.Split(strings.TrimSuffix(path, "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(step, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("step %q: %v", step, err)
		}
		if x < quiet || y < quiet || x+n > side-quiet || y >= side-quiet {
			t.Fatalf("step %q is in the quiet zone", step)
		}
		draw.Draw(img, image.Rect(x*scale, y*scale, (x+n)*scale, (y+1)*scale), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	return img
}

// modules is the side of the symbol of a token, quiet zone included; version v has 17+4v modules.
func modules(t *testing.T, token string) int {
	t.Helper()
	data, err := pass.PNG(token, 0)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img.Bounds().Dx()
}

func TestTheCodeOfATypicalBookingIsNoDenserThanVersion15(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token := issue(t, o, seat())
	if version := (modules(t, token) - 8 - 17) / 4; version > 15 {
		t.Errorf("version %d for %d characters", version, len(token))
	}
}

func TestManyAtomsAreLeftOutSoThatTheCodeStaysReadable(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	hall := seat()
	hall.Spaces = []string{"hall"}
	hall.Atoms = nil
	for i := range 108 {
		hall.Atoms = append(hall.Atoms, fmt.Sprintf("seat-%03d", i))
	}
	token := issue(t, o, hall)
	claims, err := o.Verify(t.Context(), token)
	if err != nil || len(claims.Atoms) != 0 || len(claims.Spaces) != 1 {
		t.Errorf("%+v, %v", claims, err)
	}
	if side := modules(t, token); side > 85 {
		t.Errorf("%d modules a side", side)
	}
	few := seat()
	few.Atoms = hall.Atoms[:pass.MaxAtoms]
	if claims, err := o.Verify(t.Context(), issue(t, o, few)); err != nil || len(claims.Atoms) != pass.MaxAtoms {
		t.Errorf("%+v, %v: want all %d atoms", claims, err, pass.MaxAtoms)
	}
}

func TestNoPictureOfNothing(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"", strings.Repeat("x", 4000)} {
		if _, err := pass.PNG(token, 256); err == nil {
			t.Errorf("a PNG of %d characters", len(token))
		}
		if _, err := pass.SVG(token); err == nil {
			t.Errorf("an SVG of %d characters", len(token))
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	token := strings.Repeat("0123456789abcdef", 25)
	for b.Loop() {
		if _, err := pass.PNG(token, 512); err != nil {
			b.Fatal(err)
		}
	}
}
