// Package picture reads pictures that people upload, and keeps of them what is seen: neither where a photo was taken nor
// anything hidden behind it survives. It refuses what is no picture, and what costs too much to decode.
package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
)

// The types of picture.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	WebP = "image/webp"
)

// maxPixels is what decoding may cost: up to 8 bytes for each.
const maxPixels = 24_000_000

// What is wrong with a picture.
var (
	ErrType   = errors.New("neither JPEG nor PNG nor WebP")
	ErrBroken = errors.New("a damaged picture")
	ErrLarge  = errors.New("a picture with too many pixels or bytes")
)

// TypeOf is the type that the first bytes say, "" if they say none: what the client called it does not count.
func TypeOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case len(data) >= 16 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP
	}
	return ""
}

// Redraw returns the type of a picture and what may be stored of it, at most so many bytes. A JPEG or PNG is decoded and
// written anew, with which way up it goes; of a WebP only the chunks of its one picture stay. Errors: ErrType, ErrBroken,
// ErrLarge.
func Redraw(data []byte, most int) (kind string, stored []byte, err error) {
	switch kind = TypeOf(data); kind {
	case JPEG:
		stored, err = redraw(kind, data, jpeg.Decode, jpeg.DecodeConfig)
	case PNG:
		stored, err = redraw(kind, data, png.Decode, png.DecodeConfig)
	case WebP:
		stored, err = bareWebP(data)
	default:
		return "", nil, ErrType
	}
	if err == nil && len(stored) > most {
		err = ErrLarge
	}
	if err != nil {
		return "", nil, err
	}
	return kind, stored, nil
}

func redraw(
	kind string, data []byte, decode func(io.Reader) (image.Image, error), config func(io.Reader) (image.Config, error),
) ([]byte, error) {
	size, err := config(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return nil, ErrBroken
	}
	if size.Width > maxPixels/size.Height {
		return nil, ErrLarge
	}
	pixels, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrBroken
	}
	return encode(kind, pixels, orientation(kind, data))
}

func encode(kind string, pixels image.Image, turned byte) ([]byte, error) {
	var out bytes.Buffer
	if kind == PNG {
		err := png.Encode(&out, pixels)
		return out.Bytes(), err
	}
	if err := jpeg.Encode(&out, pixels, &jpeg.Options{Quality: 85}); err != nil {
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
