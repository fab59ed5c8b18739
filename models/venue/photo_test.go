package venue_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/fault"
	"wenguan/models/venue"
)

func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webp is a picture in the extended format, as far as anybody here looks.
func webp(width, height uint32) []byte {
	b := append([]byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"), make([]byte, 10)...)
	b = append(b, "VP8L\x02\x00\x00\x00\x2f\x00"...)
	binary.LittleEndian.PutUint32(b[24:], width-1)
	h := binary.LittleEndian.AppendUint32(nil, height-1)
	copy(b[27:], h[:3])
	return b
}

func TestPhotosAreKeptWithTheirVenue(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	saved(t, c, room("qingfen"))
	var ids []string
	for _, p := range []struct {
		data []byte
		kind string
	}{{pngOf(t, 8, 8), "image/png"}, {jpegOf(t), "image/jpeg"}, {webp(640, 480), "image/webp"}} {
		id, err := c.AddPhoto(t.Context(), managerOfRoom, "qingfen", p.data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Photo(t.Context(), id)
		if err != nil || got.ContentType != p.kind || len(got.Data) == 0 {
			t.Errorf("%s: %s, %v", p.kind, got.ContentType, err)
		}
		ids = append(ids, id)
	}
	hiding, err := c.AddPhoto(t.Context(), managerOfRoom, "qingfen", append(pngOf(t, 8, 8), "<script>alert(1)</script>"...))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Photo(t.Context(), hiding); err != nil || bytes.Contains(got.Data, []byte("script")) {
		t.Errorf("what hides behind a picture is kept: %q, %v", got.Data, err)
	}
	if err := c.RemovePhoto(t.Context(), managerOfRoom, "qingfen", hiding); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids, get(t, c, "qingfen").Photos); diff != "" {
		t.Error(diff)
	}
	again, err := c.AddPhoto(t.Context(), managerOfRoom, "qingfen", jpegOf(t))
	if err != nil || again != ids[1] {
		t.Errorf("the same picture again: %s, %v", again, err)
	}
	if v := get(t, c, "qingfen"); v.Revision != 6 || len(v.Photos) != 3 {
		t.Errorf("revision %d with %d photos", v.Revision, len(v.Photos))
	}
	if err := c.RemovePhoto(t.Context(), managerOfRoom, "qingfen", ids[1]); err != nil {
		t.Fatal(err)
	}
	_, err = c.Photo(t.Context(), ids[1])
	wantFault(t, err, fault.NotFound, "photo_not_found")
	wantFault(t, c.RemovePhoto(t.Context(), managerOfRoom, "qingfen", ids[1]), fault.NotFound, "photo_not_found")
	if diff := cmp.Diff([]string{ids[0], ids[2]}, get(t, c, "qingfen").Photos); diff != "" {
		t.Error(diff)
	}
}

func TestAPhotoOfTwoVenuesSurvivesInOne(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	saved(t, c, room("qingfen"))
	saved(t, c, room("other"))
	mine, err := c.AddPhoto(t.Context(), administrator, "qingfen", jpegOf(t))
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := c.AddPhoto(t.Context(), administrator, "other", jpegOf(t))
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, c.RemovePhoto(t.Context(), managerOfRoom, "qingfen", theirs), fault.NotFound, "photo_not_found")
	if err := c.RemovePhoto(t.Context(), administrator, "qingfen", mine); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Photo(t.Context(), theirs); err != nil {
		t.Error(err)
	}
}

// An editor's copy from before a photo was added is good to save: photos are no part of what it changes.
func TestAddingAPhotoDoesNotSpoilAnOpenEditor(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	open := saved(t, c, room("qingfen"))
	first, _ := c.AddPhoto(t.Context(), administrator, "qingfen", jpegOf(t))
	second, _ := c.AddPhoto(t.Context(), administrator, "qingfen", pngOf(t, 4, 4))
	open.Phone = "0790 123456"
	open.Photos = []string{second, "made-up", second}
	after := saved(t, c, open)
	if diff := cmp.Diff([]string{second, first}, after.Photos); diff != "" {
		t.Errorf("photos take the wanted order and none is lost: %s", diff)
	}
	if after.Revision != 4 {
		t.Errorf("revision %d", after.Revision)
	}
	_, err := c.Save(t.Context(), administrator, open)
	wantFault(t, err, fault.Conflict, "revision_changed")
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	saved(t, c, room("qingfen"))
	for name, tc := range map[string]struct {
		data []byte
		code string
	}{
		"nothing":                    {nil, "photo_type"},
		"a page":                     {[]byte("<!doctype html><script>alert(1)</script>"), "photo_type"},
		"a drawing with scripts":     {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "photo_type"},
		"only the magic of a PNG":    {[]byte("\x89PNG\r\n\x1a\n"), "photo_type"},
		"a broken WebP":              {append([]byte("RIFF\x16\x00\x00\x00WEBPVP8 "), make([]byte, 20)...), "photo_type"},
		"a picture that is too wide": {pngOf(t, 6001, 1), "photo_dimensions"},
		"a WebP that is too high":    {webp(10, 6001), "photo_dimensions"},
		"more than a megabyte":       {append(jpegOf(t), make([]byte, 1<<20)...), "photo_too_large"},
	} {
		_, err := c.AddPhoto(t.Context(), administrator, "qingfen", tc.data)
		if fault.CodeOf(err) != tc.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v := get(t, c, "qingfen"); v.Revision != 1 || len(v.Photos) != 0 {
		t.Errorf("a refused photo left revision %d, %d photos", v.Revision, len(v.Photos))
	}
}

func TestPhotosAreBoundedAndGuarded(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	saved(t, c, room("qingfen"))
	for i := range venue.MaxPhotos {
		if _, err := c.AddPhoto(t.Context(), administrator, "qingfen", pngOf(t, i+1, 1)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := c.AddPhoto(t.Context(), administrator, "qingfen", jpegOf(t))
	wantFault(t, err, fault.Invalid, "too_many")
	_, err = c.AddPhoto(t.Context(), resident, "qingfen", jpegOf(t))
	wantFault(t, err, fault.Forbidden, "not_permitted")
	_, err = c.AddPhoto(t.Context(), administrator, "nowhere", jpegOf(t))
	wantFault(t, err, fault.NotFound, "venue_not_found")
	wantFault(t, c.RemovePhoto(t.Context(), resident, "qingfen", "x"), fault.Forbidden, "not_permitted")
}
