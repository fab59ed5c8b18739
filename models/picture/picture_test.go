package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"wenguan/models/picture"
)

const secret = "GPS 28.9, 117.5"

func jpegOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 6)), nil); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xff, 0xfe, 0, byte(2 + len(secret))}, secret...)
	return append(append(bytes.Clone(b.Bytes()[:2]), comment...), b.Bytes()[2:]...)
}

func pngOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 6))); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), secret...)
}

func chunk(name, data string) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func webpOf(chunks ...[]byte) []byte {
	body := bytes.Join(chunks, nil)
	return append(append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(4+len(body))), "WEBP"...), body...)
}

const size8x6 = "\x1c\x00\x00\x00\x07\x00\x00\x05\x00\x00" // with transparency, EXIF and XMP

func TestOfAPictureOnlyWhatIsSeenIsKept(t *testing.T) {
	t.Parallel()
	webp := webpOf(chunk("VP8X", size8x6), chunk("VP8 ", "pixels!"), chunk("EXIF", secret), chunk("XMP ", secret))
	for kind, data := range map[string][]byte{picture.JPEG: jpegOf(t), picture.PNG: pngOf(t), picture.WebP: webp} {
		got, stored, err := picture.Redraw(data, 1<<20)
		if err != nil || got != kind {
			t.Errorf("%s: %s, %v", kind, got, err)
		}
		if strings.Contains(string(stored), secret) {
			t.Errorf("%s keeps what is hidden in it", kind)
		}
		if picture.TypeOf(stored) != kind {
			t.Errorf("what is stored of a %s is a %q", kind, picture.TypeOf(stored))
		}
	}
	_, stored, err := picture.Redraw(webp, 1<<20)
	want := webpOf(chunk("VP8X", "\x10"+size8x6[1:]), chunk("VP8 ", "pixels!"))
	if err != nil || !bytes.Equal(stored, want) {
		t.Errorf("%q, %v", stored, err)
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	t.Parallel()
	whole := jpegOf(t)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":               {nil, picture.ErrType},
		"a drawing with script": {[]byte("<svg onload=alert(1)>"), picture.ErrType},
		"half a photo":          {whole[:len(whole)/2], picture.ErrBroken},
		"only a beginning":      {[]byte("\x89PNG\r\n\x1a\n"), picture.ErrBroken},
		"a WebP without pixels": {webpOf(chunk("EXIF", secret), chunk("XMP ", secret)), picture.ErrBroken},
		"a WebP cut short":      {webpOf(chunk("VP8 ", "pixels"))[:20], picture.ErrBroken},
		"a WebP too large":      {webpOf(chunk("VP8X", "\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"), chunk("VP8 ", "p")), picture.ErrLarge},
	} {
		if _, _, err := picture.Redraw(c.data, 1<<20); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, _, err := picture.Redraw(whole, 10); !errors.Is(err, picture.ErrLarge) {
		t.Errorf("more bytes than may be stored: %v", err)
	}
}
