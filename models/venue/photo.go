package venue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // read the size
	_ "image/png"
	"slices"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/picture"
	"wenguan/models/store"
)

// Limits of photos.
const (
	MaxPhotoBytes = 1 << 20
	MaxPhotos     = 20   // of one venue
	MaxPhotoSide  = 6000 // pixels

	maxPhotoStored = 6 << 20 // written anew it may be larger than it came
)

// Photo is a picture of a venue: what is seen on it, without what camera or sender put into its file besides.
type Photo struct {
	ContentType string // image/jpeg, image/png or image/webp, by its content
	Data        []byte
}

type photoRecord struct {
	ID     string    `bson:"_id"`
	Venue  string    `bson:"venue"`
	Type   string    `bson:"type"`
	Width  int       `bson:"width"`
	Height int       `bson:"height"`
	Data   []byte    `bson:"data"`
	By     string    `bson:"by"`
	At     time.Time `bson:"at"`
}

// AddPhoto adds a picture at the end of the venue's photos and returns its id, which is made from its content: adding
// the same picture again changes nothing. It returns fault.Invalid ("photo_too_large", "photo_type",
// "photo_dimensions", "too_many"), fault.NotFound or what Check says.
func (c *Catalog) AddPhoto(ctx context.Context, actor account.Actor, venueID string, data []byte) (string, error) {
	if err := actor.Check(account.EditVenue, venueID); err != nil {
		return "", err
	}
	p, err := readPhoto(data)
	if err == nil {
		p.Data, err = c.redraw(ctx, data)
	}
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(venueID+"|"), data...))
	p.ID, p.Venue, p.By, p.At = hex.EncodeToString(sum[:16]), venueID, actor.ID, c.now()
	err = c.changePhotos(ctx, actor, venueID, func(tx store.Tx, have []string) ([]string, error) {
		if slices.Contains(have, p.ID) {
			return have, nil
		}
		if len(have) >= MaxPhotos {
			return nil, fault.New(fault.Invalid, "too_many", "A venue has at most %d photos; remove one first.", MaxPhotos).With("max", MaxPhotos)
		}
		return append(slices.Clone(have), p.ID), tx.Insert(photos, p)
	})
	return p.ID, err
}

// RemovePhoto removes the picture; fault.NotFound ("photo_not_found") if the venue has none with this id.
func (c *Catalog) RemovePhoto(ctx context.Context, actor account.Actor, venueID, photoID string) error {
	if err := actor.Check(account.EditVenue, venueID); err != nil {
		return err
	}
	return c.changePhotos(ctx, actor, venueID, func(tx store.Tx, have []string) ([]string, error) {
		n := slices.Index(have, photoID)
		if n < 0 {
			return nil, photoNotFound()
		}
		return slices.Delete(slices.Clone(have), n, n+1), tx.Delete(photos, photoID)
	})
}

// Photo is the picture; fault.NotFound ("photo_not_found") if there is none.
func (c *Catalog) Photo(ctx context.Context, id string) (Photo, error) {
	var p photoRecord
	err := c.store.View(ctx, func(tx store.Tx) error { return tx.Get(photos, id, &p) })
	if fault.Is(err, fault.NotFound) {
		return Photo{}, photoNotFound()
	}
	if err != nil {
		return Photo{}, fmt.Errorf("read photo %s: %w", id, err)
	}
	return Photo{ContentType: p.Type, Data: p.Data}, nil
}

func photoNotFound() error {
	return fault.New(fault.NotFound, "photo_not_found", "There is no such photo.")
}

// changePhotos replaces the venue's list of photos by what change makes of it. The revision grows, but copies that
// editors have open stay good to save.
func (c *Catalog) changePhotos(
	ctx context.Context, actor account.Actor, venueID string, change func(store.Tx, []string) ([]string, error),
) error {
	return c.update(ctx, func(tx store.Tx) error {
		r, err := readRecord(tx, venueID)
		if err != nil {
			return err
		}
		now, err := change(tx, r.Photos)
		if err != nil || slices.Equal(now, r.Photos) {
			return err
		}
		old := *r
		r.Photos, r.UpdatedAt = now, c.now()
		r.Revision++
		if r.Seq, err = nextHead(tx, 0); err != nil {
			return err
		}
		if err := put(tx, false, r); err != nil {
			return err
		}
		return audited(tx, actor, &old, r)
	})
}

// readPhoto learns type and size from the content; what the client called it does not count.
func readPhoto(data []byte) (photoRecord, error) {
	if len(data) > MaxPhotoBytes {
		return photoRecord{}, fault.New(fault.Invalid, "photo_too_large", "A photo has at most 1 MB; save it smaller.").With("max", MaxPhotoBytes)
	}
	var p photoRecord
	if w, h, ok := webpSize(data); ok {
		p.Type, p.Width, p.Height = "image/webp", w, h
	} else {
		cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return photoRecord{}, photoType()
		}
		p.Type, p.Width, p.Height = "image/"+format, cfg.Width, cfg.Height
	}
	if p.Width < 1 || p.Height < 1 || p.Width > MaxPhotoSide || p.Height > MaxPhotoSide {
		return photoRecord{}, photoDimensions()
	}
	return p, nil
}

// redraw is what of a photo is kept: everybody sees it, and nobody needs to know where a camera was or what hides behind a
// picture. It takes much memory for a moment, so one at a time has it.
func (c *Catalog) redraw(ctx context.Context, data []byte) ([]byte, error) {
	select {
	case c.drawing <- struct{}{}:
		defer func() { <-c.drawing }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	_, stored, err := picture.Redraw(data, maxPhotoStored)
	switch {
	case errors.Is(err, picture.ErrLarge):
		return nil, photoDimensions()
	case err != nil:
		return nil, photoType()
	}
	return stored, nil
}

func photoType() error {
	return fault.New(fault.Invalid, "photo_type", "Upload a JPEG, PNG or WebP picture.")
}

func photoDimensions() error {
	return fault.New(fault.Invalid, "photo_dimensions",
		"A photo is at most %d pixels wide and high, and 24 million pixels in all; save it smaller.", MaxPhotoSide).With("max", MaxPhotoSide)
}

// webpSize reads the size from a WebP header (RFC 9649, sections 2.5 to 2.7).
func webpSize(b []byte) (width, height int, ok bool) {
	if len(b) < 30 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
		return 0, 0, false
	}
	u24 := func(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
	switch string(b[12:16]) {
	case "VP8X":
		return u24(b[24:]) + 1, u24(b[27:]) + 1, true
	case "VP8L":
		if b[20] != 0x2f {
			return 0, 0, false
		}
		bits := binary.LittleEndian.Uint32(b[21:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1, true
	case "VP8 ":
		if string(b[23:26]) != "\x9d\x01\x2a" {
			return 0, 0, false
		}
		return int(binary.LittleEndian.Uint16(b[26:])) & 0x3fff, int(binary.LittleEndian.Uint16(b[28:])) & 0x3fff, true
	}
	return 0, 0, false
}
