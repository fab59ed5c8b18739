package e2e

import (
	"testing"
	"time"

	"wenguan/models/account"
)

func TestEveryStaffPageIsAccessible(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	house.Square("square", 200)
	house.Clock.Advance(-4 * time.Hour) // 10:00
	chief := house.Staff(account.Administrator)
	start := func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(chief)
		return p
	}
	section := func(name string) func(p *page) {
		return func(p *page) {
			eval[bool](p, `(document.querySelector('.save-bar.dirty .ghost')?.click(), true)`) // nothing unsaved asks to stay
			p.visit("/manage/venues/hotel?section=" + name)
			p.see("#section-" + name + ".current")
		}
	}
	accessible(t, start, []view{
		{"board of seats", func(p *page) { p.visit("/manage/board?venue=room"); p.see(".occupancy") }},
		{"timetable", func(p *page) {
			p.visit("/manage/board?venue=hotel")
			p.until(`(document.querySelector('input[name=view][value=table]')?.click(), Boolean(document.querySelector('.bar')))`)
		}},
		{"list", func(p *page) {
			p.visit("/manage/board?venue=hotel")
			p.until(`(document.querySelector('input[name=view][value=list]')?.click(), Boolean(document.querySelector('.daylist')))`)
		}},
		{"booking", func(p *page) {
			p.visit("/manage/board?venue=hotel")
			p.until(`(document.querySelector('.daylist details:not([open]) summary')?.click(),
				document.querySelector('.booking-item, .bar')?.click(), Boolean(document.querySelector('dialog .facts')))`)
		}},
		{"door, which venue", func(p *page) { p.visit("/scan"); p.see(".door-venues, .door") }},
		{"door", func(p *page) {
			p.visit("/scan")
			p.until(`(document.querySelector('.door-venues button')?.click(), Boolean(document.querySelector('#camera')))`)
		}},
		{"door, refused", func(p *page) {
			p.visit("/scan")
			p.until(`(document.querySelector('.door-venues button')?.click(), Boolean(document.querySelector('#camera')))`)
			p.fill("input[name=number]", "ABCDEFGH")
			p.click(".door-number button")
			p.see(".verdict.bad")
		}},
		{"venues", func(p *page) { p.visit("/manage/venues"); p.see(".venue-cards") }},
		{"new venue", func(p *page) { p.visit("/manage/venues"); p.click("#new-venue"); p.see("dialog[open]") }},
		{"basics", section("basics")},
		{"photos", section("photos")},
		{"spaces", func(p *page) {
			section("spaces")(p)
			p.until(`(document.querySelector('.space details:not([open]) summary')?.click(), Boolean(document.querySelector('.space-fields')))`)
		}},
		{"add a hall", func(p *page) { section("spaces")(p); p.click("#add-hall"); p.see("dialog[open]") }},
		{"hours", section("hours")},
		{"days", func(p *page) {
			section("days")(p)
			p.until(`([...document.querySelectorAll('.form > section > p > button')].forEach((b) => b.click()),
				document.querySelectorAll('.entry').length > 1)`)
		}},
		{"rules", section("rules")},
		{"holidays", func(p *page) { p.visit("/manage/holidays"); p.see(".festivals .card") }},
		{"a festival", func(p *page) { p.visit("/manage/holidays"); p.click("#add-festival"); p.see("dialog[open]") }},
		{"import", func(p *page) { p.visit("/manage/holidays"); p.click("#import"); p.see("dialog[open]") }},
		{"summary", func(p *page) {
			p.visit("/manage/summary?from=2026-11-24&to=2026-11-24")
			p.until(`document.querySelectorAll('.chart canvas').length === 2`)
		}},
		{"nothing to sum up", func(p *page) { p.visit("/manage/summary?from=2026-01-01&to=2026-01-02"); p.see(".empty") }},
	})
}

func TestThePageForOthersThanStaffIsAccessible(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	accessible(t, func(t *testing.T, on device) *page { return open(t, house, on) }, []view{
		{"sign in first", func(p *page) { p.visit("/manage"); p.see(".gate") }},
	})
}
