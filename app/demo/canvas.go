package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
)

// canvas draws flat shapes. Coordinates run from 0 to 960 and from 0 to 540.
type canvas struct{ *image.RGBA }

const (
	canvasWidth  = 960
	canvasHeight = 540
)

func newCanvas(top, bottom uint32) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, canvasWidth, canvasHeight))}
	c.gradient(0, canvasHeight, top, bottom)
	return c
}

// rgb is the colour written 0xRRGGBB.
func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	m := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 255}
}

// gradient fills rows from one colour to another.
func (c canvas) gradient(from, to int, top, bottom uint32) {
	for y := from; y < to; y++ {
		row := mix(rgb(top), rgb(bottom), float64(y-from)/float64(to-from))
		for x := range canvasWidth {
			c.SetRGBA(x, y, row)
		}
	}
}

func (c canvas) rect(x, y, w, h int, hex uint32) {
	for py := max(y, 0); py < min(y+h, canvasHeight); py++ {
		for px := max(x, 0); px < min(x+w, canvasWidth); px++ {
			c.SetRGBA(px, py, rgb(hex))
		}
	}
}

// disc has a soft edge.
func (c canvas) disc(cx, cy, r int, hex uint32) {
	for y := max(cy-r-1, 0); y <= min(cy+r+1, canvasHeight-1); y++ {
		for x := max(cx-r-1, 0); x <= min(cx+r+1, canvasWidth-1); x++ {
			cover := float64(r) + 0.5 - math.Hypot(float64(x-cx), float64(y-cy))
			if cover > 0 {
				c.SetRGBA(x, y, mix(c.RGBAAt(x, y), rgb(hex), min(cover, 1)))
			}
		}
	}
}

// roof is a triangle that stands on the base line, drooping at the eaves.
func (c canvas) roof(left, right, base, height int, hex uint32) {
	middle, half := float64(left+right)/2, float64(right-left)/2
	for x := left; x <= right; x++ {
		t := 1 - math.Abs(float64(x)-middle)/half
		c.rect(x, base-int(float64(height)*t*t), 1, int(float64(height)*t*t)+6, hex)
	}
}

// hill is a soft rise from the base line down to the bottom.
func (c canvas) hill(cx, width, base, height int, hex uint32) {
	for x := max(cx-width, 0); x < min(cx+width, canvasWidth); x++ {
		rise := int(float64(height) * (1 + math.Cos(float64(x-cx)/float64(width)*math.Pi)) / 2)
		c.rect(x, base-rise, 1, canvasHeight, hex)
	}
}

func (c canvas) jpeg() ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, c, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("draw a cover: %w", err)
	}
	return b.Bytes(), nil
}
