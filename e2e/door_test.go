package e2e

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// reserve books as the client; from and to are times of the day on which every house begins.
func reserve(c *apptest.Client, venue, space, from, to string, party int) handlers.Booking {
	return apptest.Decode[handlers.Booking](c.Post("/api/v1/bookings", map[string]any{
		"venue": venue, "space": space, "start": "2026-11-24T" + from, "end": "2026-11-24T" + to, "party": party,
	}).Expect(http.StatusCreated))
}

// passOf is the picture of a booking's pass, as the holder's phone shows it.
func passOf(t *testing.T, holder *apptest.Client, booking string) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(holder.Get("/api/v1/bookings/" + booking + "/pass.png?size=420").Expect(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// show gives the file to a file input, as somebody's choice.
func (p *page) show(css chromedp.CSS, file string) {
	p.t.Helper()
	p.do(chromedp.SetUploadFiles(css, []string{file}))
}

// The fake camera has one clip for the whole browser, so the tests that look through it are one test, in order.
func TestTheCameraAtTheDoorLetsPeopleIn(t *testing.T) {
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	resident := house.Resident("王小明")
	booking := reserve(resident, "room", "seats", "10:00", "12:00", 1)
	attendant := house.Staff(account.Attendant, "room")
	house.Clock.Advance(10 * time.Minute) // 09:50: check-in opened at 09:45

	p := open(t, house, phone)
	p.as(attendant)
	hold(t, passOf(t, resident, booking.ID))
	p.visit("/scan")
	p.click("#camera")
	p.read(".verdict.good", "请进")
	p.read(".verdict.good", "王*明")
	p.read(".verdict.good", "10:00–12:00")
	p.read(".door-count", "1")
	p.shot(" let in")

	p.press("扫下一位") // the same pass is still before the camera
	p.read(".verdict.info", "已经签到过了")
	p.read(".verdict.info", "09:50")

	manager := open(t, house, desktop)
	manager.as(house.Staff(account.Manager, "room"))
	manager.visit("/manage/board?venue=room")
	manager.read(".figure.main", "1")
	manager.click("input[name=view][value=list]")
	manager.read(".booking-item", "已签到")

	hold(t, qr(t, "https://example.org/menu", 420))
	p.visit("/scan") // lets the camera go, so that it sees what is held up now
	p.click("#camera")
	p.read(".verdict.bad", "不是有效的通行码")
	p.shot(" not a pass")
}

func TestAPhotoOrTheNumberChecksInAsWell(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	one, two := house.Resident("王小明"), house.Resident("李小红")
	first, second := reserve(one, "room", "seats", "10:00", "12:00", 1), reserve(two, "room", "seats", "10:00", "12:00", 1)
	house.Clock.Advance(10 * time.Minute)

	p := open(t, house, phone)
	p.as(house.Staff(account.Attendant, "room"))
	p.visit("/scan")
	p.see("#camera")
	p.show("#photo", photo(t, passOf(t, one, first.ID)))
	p.read(".verdict.good", "王*明")

	p.show("#photo", photo(t, image.NewGray(image.Rect(0, 0, 300, 300))))
	p.read(".verdict.warn", "没有找到二维码")

	p.fill("input[name=number]", " "+second.Number[:4]+" "+second.Number[4:])
	p.click(".door-number button")
	p.read(".verdict.good", "李*红")
	p.until(`document.querySelector('input[name=number]').value === '' && document.activeElement.name === 'number'`)
}

func TestEveryAnswerAtTheDoorHasItsOwnWords(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 8)
	house.Hotel("hotel")
	guest := func() *apptest.Client { return house.Resident("王小明") }
	late := reserve(guest(), "room", "seats", "10:00", "10:30", 1)
	early := reserve(guest(), "room", "seats", "14:00", "15:00", 1)
	elsewhere := reserve(guest(), "hotel", "c", "10:00", "11:00", 2)
	regretful := guest()
	cancelled := reserve(regretful, "room", "seats", "11:00", "12:00", 1)
	regretful.Post("/api/v1/bookings/"+cancelled.ID+"/cancellation", map[string]any{}).Expect(http.StatusOK)
	house.Clock.Advance(40 * time.Minute) // 10:20: whoever booked from 10:00 is five minutes too late

	p := open(t, house, phone)
	p.as(house.Staff(account.Attendant, "room", "hotel"))
	p.visit("/scan")
	p.read("h1", "您在哪个场馆")
	p.press("场馆room")
	for _, c := range []struct{ number, verdict, title, text string }{
		{early.Number, ".verdict.warn", "还没到签到时间", "13:45 开始签到"},
		{late.Number, ".verdict.bad", "签到时间已过", "10:15"},
		{elsewhere.Number, ".verdict.warn", "不是这个场馆的预约", "场馆hotel"},
		{cancelled.Number, ".verdict.bad", "预约已取消", "重新预约"},
		{"ABCD EFGH", ".verdict.bad", "没有这个预约号", "核对"},
	} {
		p.fill("input[name=number]", c.number)
		p.click(".door-number button")
		p.read(c.verdict+" h2", c.title)
		p.read(c.verdict, c.text)
		p.read("[role=status]", c.title) // said aloud
		p.shot(" " + c.title)
	}

	p.visit("/scan") // the venue was chosen once
	p.read(".door-head", "场馆room")
}
