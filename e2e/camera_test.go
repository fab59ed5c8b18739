package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"testing"

	"github.com/skip2/go-qrcode"
)

// The size of the clip that the fake camera plays.
const clipWidth, clipHeight = 640, 480

// hold puts a picture before the fake camera, as somebody holds up a phone: in the middle of a grey wall. The camera
// reads its clip when it is opened, so the page opens it afterwards.
func hold(t *testing.T, picture image.Image) {
	t.Helper()
	frame := image.NewGray(image.Rect(0, 0, clipWidth, clipHeight))
	draw.Draw(frame, frame.Bounds(), image.NewUniform(color.Gray{Y: 150}), image.Point{}, draw.Src)
	size := picture.Bounds().Size()
	at := image.Rectangle{Max: size}.Add(image.Pt((clipWidth-size.X)/2, (clipHeight-size.Y)/2))
	draw.Draw(frame, at, picture, picture.Bounds().Min, draw.Src)

	var clip bytes.Buffer
	fmt.Fprintf(&clip, "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n", clipWidth, clipHeight)
	grey := bytes.Repeat([]byte{128}, clipWidth*clipHeight/2) // both chroma planes of a picture without colour
	for range 2 {
		clip.WriteString("FRAME\n")
		clip.Write(frame.Pix)
		clip.Write(grey)
	}
	if err := os.WriteFile(cameraClip, clip.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// qr draws a text as a QR code of so many pixels.
func qr(t *testing.T, text string, size int) image.Image {
	t.Helper()
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		t.Fatal(err)
	}
	return code.Image(size)
}

// photo writes a picture into a file, as a camera app does, and is its path.
func photo(t *testing.T, picture image.Image) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "photo-*.png")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Name()
}
