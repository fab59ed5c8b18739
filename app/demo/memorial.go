package demo

import (
	"math/rand/v2"

	"wenguan/models/venue"
)

// memorial is a small, popular museum in a former kiln office: visits by the hour, under the rule book of a real
// memorial hall from the first day.
func memorial() *venue.Venue {
	v := base("memorial", venue.IdleVenue, text("瓷工记忆馆（原窑务所）", "Potters' Memorial Hall (former kiln office)"),
		text("窑务巷2号", "2 Kiln Office Lane"), "瓷源街道", 640, 240)
	v.About = text(
		"老窑务所改成的纪念馆，讲述一代代瓷工的故事。免费参观，分时预约，每小时最多60人；可改期一次，请珍惜名额。",
		"A former kiln office that tells the story of generations of potters. Free visits by the hour, for at most 60 people; "+
			"a visit may be moved once.")
	v.Phone = "0798-000 1008"
	v.Features = []venue.Feature{venue.StepFree, venue.Toilet, venue.AirCon, venue.Hearing}
	v.Atoms = append(v.Atoms, venue.Atom{ID: "exhibition", Capacity: 60})
	v.Spaces = append(v.Spaces, venue.Space{
		ID: "exhibition", Name: text("展厅", "Exhibition"), Type: venue.Hall, Allocation: venue.Shared, Atoms: []string{"exhibition"},
		Seats: 60, Floor: "1F", Features: []venue.Feature{venue.StepFree}, Bookable: true,
	})
	v.Hours = daily(interval(hm(9), hm(17)))
	v.Hours[1] = nil // Mondays
	v.OnHoliday = venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.AsWorkday}
	v.Rules = from("memorial-hall", 0)
	return v
}

// memorialCover is the kiln office with its chimney, and jars before it.
func memorialCover(random *rand.Rand) canvas {
	c := newCanvas(0xd9e4ee, 0xf6f1e6)
	c.hill(720, 520, 420, 120, 0xb4ccd8)
	c.rect(690, 70, 64, 340, 0x8a4b32)
	for y := 70; y < 410; y += 18 { // bricks
		c.rect(690, y, 64, 2, 0x6f3a26)
	}
	c.rect(682, 60, 80, 14, 0x6f3a26)
	c.rect(150, 230, 500, 210, 0xf6f3ea)
	c.roof(110, 690, 236, 84, 0x3b4a66)
	for n := range 4 {
		c.rect(186+n*116, 280, 60, 84, 0x2b4268)
		c.rect(214+n*116, 280, 4, 84, 0xf6f3ea)
	}
	c.rect(372, 330, 56, 110, 0x1f3f8f)
	c.rect(0, 440, canvasWidth, 100, 0xc9bfae)
	for x := 60; x < canvasWidth; x += 74 {
		size := 14 + random.IntN(9)
		c.disc(x, 470, size, 0xeef3fa)
		c.rect(x-size/2, 470-size-6, size, 10, 0xeef3fa)
		c.rect(x-size+2, 466, 2*size-4, 6, 0x1f3f8f)
	}
	return c
}
