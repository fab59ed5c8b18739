package picture

import (
	"encoding/binary"
	"slices"
)

// bareWebP keeps of a WebP (RFC 9649, section 2) the chunks of a still picture and leaves out what describes it: EXIF, XMP
// and everything unknown. Of an animation nothing can be kept.
func bareWebP(data []byte) ([]byte, error) {
	body := data[12:]
	if int(binary.LittleEndian.Uint32(data[4:]))+8 > len(data) {
		return nil, ErrBroken
	}
	var kept []byte
	drawn := false
	for len(body) >= 8 {
		name, size := string(body[:4]), int(binary.LittleEndian.Uint32(body[4:]))
		if size < 0 || size > len(body)-8 {
			return nil, ErrBroken
		}
		chunk := slices.Clone(body[:8+size])
		body = body[min(len(body), 8+size+size%2):]
		switch name {
		case "VP8 ", "VP8L":
			drawn = true
		case "ALPH":
		case "VP8X":
			if size < 10 {
				return nil, ErrBroken
			}
			if width, height := 1+uint24(chunk[12:]), 1+uint24(chunk[15:]); width > maxPixels/height {
				return nil, ErrLarge
			}
			chunk[8] &= 0x10 // of its flags only that it has transparency
		default:
			continue
		}
		if kept = append(kept, chunk...); size%2 == 1 {
			kept = append(kept, 0)
		}
	}
	if !drawn {
		return nil, ErrBroken
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(4+len(kept)))
	return append(append(out, "WEBP"...), kept...), nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
