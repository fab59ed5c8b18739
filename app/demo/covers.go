package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// The covers are drawn, in the blue and white of the district's porcelain: photographs of places that do not exist would
// be of places that do.

// covers are the drawings by venue.
var covers = map[string]func(*rand.Rand) canvas{
	"library": libraryCover, "reading-room": nightCover, "book-house": villageCover, "square": squareCover,
	"corridor": corridorCover, "hotel": hotelCover, "day-centre": courtyardCover, "memorial": memorialCover,
}

func hang(ctx context.Context, w World, venueID string) error {
	data, err := covers[venueID](rand.New(rand.NewPCG(3, uint64(len(venueID))))).jpeg()
	if err != nil {
		return err
	}
	if _, err := w.Venues.AddPhoto(ctx, system, venueID, data); err != nil {
		return fmt.Errorf("hang the cover of %s: %w", venueID, err)
	}
	return nil
}

var (
	spines  = []uint32{0x1f3f8f, 0x2c5aa8, 0x5b84c4, 0x16306b, 0x8fb0dc, 0xc9a24b, 0xa8543a, 0xdfe7f2}
	windows = []uint32{0xf3d48a, 0xf7e3b0, 0x35507c, 0x35507c, 0x2b4268}
)

// shelf is a board with books on it, standing on y.
func (c canvas) shelf(random *rand.Rand, x, y, width, height int) {
	for at := x + 4; at < x+width-16; {
		w, h := 9+random.IntN(13), height*(60+random.IntN(35))/100
		if random.IntN(9) > 0 {
			c.rect(at, y-h, w, h, pick(random, spines))
			c.rect(at, y-h+h/5, w, 3, 0xe9eef6)
		}
		at += w + 2
	}
	c.rect(x, y, width, 7, 0x7a5a3c)
}

func libraryCover(random *rand.Rand) canvas {
	c := newCanvas(0xf4efe4, 0xe6dcc8)
	for row := range 4 {
		for column := range 3 {
			c.shelf(random, 30+column*306, 106+row*92, 288, 78)
		}
	}
	c.rect(0, 452, canvasWidth, 88, 0xb98d5e)
	for _, x := range []int{170, 480, 790} { // lamps on the long table
		c.rect(x-3, 380, 6, 74, 0x3b4a66)
		c.roof(x-46, x+46, 386, 34, 0x1f3f8f)
		c.disc(x, 396, 9, 0xf9e7b5)
	}
	return c
}

func nightCover(random *rand.Rand) canvas {
	c := newCanvas(0x0f1d3d, 0x2a4273)
	for range 70 {
		c.disc(random.IntN(canvasWidth), random.IntN(250), 1, 0xdfe7f2)
	}
	c.disc(800, 96, 46, 0xf6edcf)
	c.disc(782, 86, 40, 0x15264c)
	c.rect(150, 190, 660, 350, 0x22355c)
	c.roof(120, 840, 196, 70, 0x16264a)
	c.rect(200, 236, 560, 250, 0xf7dfa4)
	for row := range 2 {
		c.shelf(random, 214, 330+row*104, 532, 74)
	}
	c.rect(474, 236, 12, 250, 0x22355c)
	c.rect(0, 500, canvasWidth, 40, 0x0c1730)
	return c
}

func villageCover(random *rand.Rand) canvas {
	c := newCanvas(0xcfe2f2, 0xf3f6ee)
	c.hill(240, 420, 390, 190, 0x9db9a4)
	c.hill(760, 480, 400, 150, 0x7fa38b)
	c.rect(0, 420, canvasWidth, 120, 0xb7c68f)
	c.rect(320, 280, 340, 180, 0xf6f3ea)
	c.roof(280, 700, 284, 96, 0x3b4a66)
	c.rect(360, 330, 150, 90, 0xdce8f5)
	c.shelf(random, 364, 412, 142, 64)
	c.rect(560, 340, 60, 120, 0x1f3f8f)
	for _, x := range []int{90, 160, 800, 870} { // pines
		c.rect(x-5, 380, 10, 70, 0x6b4f35)
		c.roof(x-46, x+46, 400, 130, 0x4d7a5e)
	}
	return c
}

func squareCover(random *rand.Rand) canvas {
	c := newCanvas(0xf3b98a, 0xf9e6cf)
	for x := 0; x < canvasWidth; x += 70 {
		h := 60 + random.IntN(130)
		c.rect(x, 300-h, 62, h, 0xd79a75)
	}
	c.rect(0, 300, canvasWidth, 240, 0xe5dccb)
	for row, y := 0, 300; y < canvasHeight; row, y = row+1, y+18+row*9 { // paving, wider as it comes nearer
		c.rect(0, y, canvasWidth, 2, 0xc6b9a2)
		for x := (row % 2) * 30; x < canvasWidth; x += 60 + row*16 {
			c.rect(x, y, 2, 18+row*9, 0xc6b9a2)
		}
	}
	c.rect(330, 236, 300, 70, 0x1f3f8f) // the stage
	c.roof(300, 660, 240, 60, 0x16306b)
	for x := 40; x < canvasWidth; x += 88 { // lanterns
		c.rect(x-1, 0, 2, 70+(x*7)%40, 0x8a4b32)
		c.disc(x, 84+(x*7)%40, 17, 0xc8432f)
	}
	for range 46 { // people
		x, y := 60+random.IntN(840), 350+random.IntN(150)
		size := 5 + (y-350)/22
		c.disc(x, y-size*2, size, 0x5a4336)
		c.rect(x-size, y-size, 2*size, size*4, pick(random, spines))
	}
	return c
}

func corridorCover(random *rand.Rand) canvas {
	c := newCanvas(0xdcecf6, 0xf5f7f2)
	c.hill(300, 520, 300, 110, 0xb4ccd8)
	c.rect(0, 300, canvasWidth, 120, 0xb4ccd8)
	c.rect(0, 420, canvasWidth, 120, 0x8db4cf)
	for y := 432; y < canvasHeight; y += 16 {
		c.rect((y*37)%200, y, 300+(y*53)%400, 3, 0xa9c8dd)
	}
	c.rect(0, 400, canvasWidth, 34, 0xcabfa9)
	c.rect(0, 96, canvasWidth, 34, 0x1f3f8f)
	c.roof(-40, 1000, 100, 70, 0x16306b)
	for x := 20; x < canvasWidth; x += 150 {
		c.rect(x, 130, 20, 272, 0x9c3b2c)
		c.rect(x+38, 190, 96, 130, 0xfdfcf7) // a panel with a painting
		c.landscape(random, x+44, 196, 84, 118)
		c.rect(x+84, 320, 6, 82, 0x6b6b6b)
	}
	return c
}

// landscape is a small ink landscape.
func (c canvas) landscape(random *rand.Rand, x, y, width, height int) {
	c.rect(x, y, width, height, 0xe8eef5)
	c.disc(x+width*3/4, y+height/4, 8, 0xc8432f)
	for layer := range 3 {
		base := y + height*(55+layer*15)/100
		for px := range width {
			rise := 8 + (px*(3+layer)+random.IntN(5)+layer*17)%26
			c.rect(x+px, base-rise, 1, y+height-base+rise, []uint32{0xa9bfdc, 0x5b84c4, 0x1f3f8f}[layer])
		}
	}
}

func hotelCover(random *rand.Rand) canvas {
	c := newCanvas(0xa9c4e4, 0xeaf1f8)
	c.rect(150, 60, 660, 430, 0xeeece6)
	c.rect(150, 60, 660, 18, 0x1f3f8f)
	for floor := range 5 {
		for n := range 9 {
			colour := pick(random, windows)
			if floor == 2 { // the floor that is in use again
				colour = 0xf7dfa4
			}
			c.rect(186+n*67, 104+floor*74, 46, 48, colour)
			c.rect(208+n*67, 104+floor*74, 2, 48, 0xeeece6)
		}
	}
	c.rect(150, 240, 660, 5, 0xc9a24b)
	c.rect(150, 312, 660, 5, 0xc9a24b)
	c.rect(440, 430, 80, 60, 0x3b4a66)
	c.rect(0, 490, canvasWidth, 50, 0xb9bdc3)
	for _, x := range []int{70, 890} {
		c.rect(x-6, 400, 12, 92, 0x6b4f35)
		c.disc(x, 370, 56, 0x7fa38b)
	}
	return c
}

func courtyardCover(random *rand.Rand) canvas {
	c := newCanvas(0xdfe9f1, 0xf6f3ea)
	c.rect(0, 150, canvasWidth, 300, 0xfbfaf6)
	c.rect(0, 138, canvasWidth, 22, 0x3b4a66)
	for x := 0; x < canvasWidth; x += 24 {
		c.disc(x+12, 160, 9, 0x4c5f80)
	}
	c.disc(480, 330, 132, 0x8fb0dc)
	c.disc(480, 330, 122, 0xcfe2d2) // the moon gate and the garden behind it
	for range 26 {
		c.disc(400+random.IntN(160), 290+random.IntN(130), 7+random.IntN(12), 0x7fa38b)
	}
	c.rect(0, 450, canvasWidth, 90, 0xc9bfae)
	for _, x := range []int{190, 770} { // tables for chess
		c.rect(x-60, 430, 120, 12, 0x8a6b4a)
		c.rect(x-8, 442, 16, 50, 0x8a6b4a)
		c.rect(x-24, 424, 48, 6, 0x1f3f8f)
	}
	return c
}
