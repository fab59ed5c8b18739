package e2e

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/rule"
)

// studyRoom has seats that people leave for half an hour and report empty, and a code for each.
func studyRoom(t *testing.T) (house *apptest.House, addresses []string) {
	t.Helper()
	house = apptest.Start(t)
	v := house.ReadingRoom("room", 4)
	v.Rules.Attendance.Leave, v.Rules.Attendance.Report, v.Rules.Attendance.CheckInBefore = 30, 20, 30
	v.Rules.Attendance.WalkIn = rule.AllDays()
	house.Save(v)
	list, err := house.Desk.MakeSeatCodes(t.Context(), apptest.System, "room", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		addresses = append(addresses, "/at/"+c.ID)
	}
	return house, addresses
}

func TestAFreeSeatsCodeBooksItOnTheSpotAndAttendsByIt(t *testing.T) {
	t.Parallel()
	house, at := studyRoom(t)
	p := open(t, house, phone)
	p.visit(at[0])
	p.read("h1", "1 号座")
	p.read(".at-state", "空闲")
	p.shot(" free")
	p.press("登录并预约到")
	p.fill("input[name=to]", "13800138000")
	p.press("获取验证码")
	p.see("input[name=code]")
	p.fill("input[name=code]", house.Code("+8613800138000"))
	p.press("登录")
	p.agree()
	p.see("input[name=name]")
	p.fill("input[name=name]", "王小明")
	p.press("保存")
	p.choose("select[name=end]", "2026-11-24T11:00:00+08:00")
	p.press("预约到 11:00")
	p.read(".at-state.mine", "您在使用，到 11:00")
	p.shot(" mine")
	p.press("暂离")
	p.read(".notice.warn", "10:10")
	house.Clock.Advance(10 * time.Minute)
	p.press("我回来了")
	p.read(".at-state.mine", "您在使用")
	p.press("签退")
	p.gone(".at-state.mine")
	p.read(".at-state.good", "空闲")
	p.read(".at-book h2", "现在就用这里") // within the step that was given up
	p.shot(" gone")
	p.press("预约到")
	p.read(".at-state.mine", "您在使用")
	house.Clock.Advance(20 * time.Minute)
	p.visit("/bookings?past")
	p.read(".booking", "已完成")
}

func TestTheTimeBetweenTwoBookingsOfARoomIsNobodys(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	v := house.ReadingRoom("room", 2)
	v.Rules.BufferAfter = 30
	house.Save(v)
	list, err := house.Desk.MakeSeatCodes(t.Context(), apptest.System, "room", "")
	if err != nil {
		t.Fatal(err)
	}
	holder, code := house.Resident("李小红"), list[0].ID
	book := map[string]any{"start": "2026-11-24T09:30", "end": "2026-11-24T12:00"}
	holder.Post("/api/v1/codes/"+code+"/bookings", book).Expect(201)
	house.Clock.Advance(10 * time.Minute)
	holder.Post("/api/v1/codes/"+code+"/check-out", nil).Expect(200)
	for _, on := range []device{phone, desktop} {
		p := open(t, house, on)
		p.visit("/at/" + code)
		p.read(".at-state", "整理准备中")
		p.read(".at-state", "10:20")
		p.read(".at-book h2", "最早从 10:30 起可用")
		p.shot(" kept")
	}
}

func TestAStrangerReportsAnEmptySeat(t *testing.T) {
	t.Parallel()
	house, at := studyRoom(t)
	holder := house.Resident("李小红")
	code := strings.TrimPrefix(at[1], "/at/")
	book := map[string]any{"start": "2026-11-24T09:30", "end": "2026-11-24T12:00"}
	holder.Post("/api/v1/codes/"+code+"/bookings", book).Expect(201)

	p := open(t, house, phone)
	p.as(house.Resident("赵路人"))
	p.visit(at[1])
	p.read(".at-state", "有人使用")
	p.press("反映此处没人")
	p.read(".at-state", "有人反映此处没人")
	p.read(".at-state", "10:00")
	p.shot(" reported")
	holder.Post("/api/v1/codes/"+code+"/return", nil).Expect(200)
	p.visit(at[1])
	p.read(".at-state", "有人使用")
	p.press("反映此处没人")
	p.read(".at-state", "有人反映此处没人")
	house.Clock.Advance(21 * time.Minute) // no job has run
	p.visit(at[1])
	p.read(".at-state.good", "空闲")
	holder.Post("/api/v1/codes/"+code+"/return", nil).Refused(410, "booking_over")
}

func TestWhoWalksInIsCountedOnTheBoardAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	house, _ := studyRoom(t)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Attendant, "room"))
	p.visit("/manage/board?venue=room")
	p.click("#walk-in")
	p.read("#walked-in", "今天 1 人")
	p.click("input[name=walk-in-group][value=elders] + span")
	p.click("#walk-in")
	p.read("#walked-in", "今天 2 人")
	p.shot(" board")
	p.click("#walk-in-undo")
	p.gone("#walk-in-undo")
	p.visit("/manage/board?venue=room")
	p.read("#walked-in", "今天 1 人")
}

// Where everybody books, there is nobody to count.
func TestTheBoardCountsNobodyWhoMayNotWalkIn(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 2)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Attendant, "room"))
	p.visit("/manage/board?venue=room")
	p.see(".occupancy")
	p.gone("#walk-in")
	v := venueOf(house, "room")
	v.Rules.ExemptAge = 60
	house.Staff(account.Manager, "room").Put("/api/v1/venues/room", v).Expect(200)
	p.visit("/manage/board?venue=room")
	p.click("#walk-in") // elders, who alone may
	p.read("#walked-in", "今天 1 人")
	if groups := eval[[]string](p, `[...document.querySelectorAll('[name=walk-in-group]')].map((e) => e.value)`); len(groups) != 1 || groups[0] != "elders" {
		t.Errorf("offered are %v", groups)
	}
}

func TestTheDoorSeesAVisitorOutAsWellAsIn(t *testing.T) {
	t.Parallel()
	house, _ := studyRoom(t)
	b := reserve(house.Resident("王小明"), "room", "seats", "10:00", "12:00", 1)
	p := open(t, house, phone)
	p.as(house.Staff(account.Attendant, "room"))
	p.visit("/scan")
	for _, step := range []struct{ do, says string }{
		{"check_in", "王*明"}, {"leave", "已登记暂离"}, {"return", "欢迎回来"}, {"check_out", "已签退"},
	} {
		p.click("input[name=do][value=" + step.do + "] + span")
		p.fill("input[name=number]", b.Number)
		p.click(".door-number button")
		p.read(".verdict.good", step.says)
	}
	p.shot(" out")
}

func TestTheStickersOfAVenueSayTheAddressesOfItsSeats(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := open(t, house, desktop)
	manager := house.Staff(account.Manager, "room")
	p.as(manager)
	p.visit("/manage/venues/room/codes")
	p.click("#make-codes")
	p.read(".sticker strong", "4 号座")
	p.until(`[...document.querySelectorAll('.sticker img')].every((i) => i.complete && i.naturalWidth > 0)`)
	p.shot(" stickers")
	picture := eval[string](p, `fetch(document.querySelector('.sticker img').src).then((r) => r.text())`)
	address := eval[string](p, `document.querySelector('.sticker img').alt`)
	if got := readSVG(t, picture); got != address || !strings.HasPrefix(got, house.URL+"/at/") {
		t.Errorf("the sticker reads %q, not %q", got, address)
	}
	p.click(".sticker button")
	p.click("dialog button.danger")
	p.until(fmt.Sprintf(`document.querySelector('.sticker img').alt !== %q`, address))
	house.Anonymous().Get("/api/v1/codes/"+address[strings.LastIndex(address, "/")+1:]).Refused(404, "code_unknown")
}

// readSVG decodes a QR code that is drawn as one path of rectangles.
func readSVG(t *testing.T, svg string) string {
	t.Helper()
	var doc struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			D    string `xml:"d,attr"`
			Fill string `xml:"fill,attr"`
		} `xml:"path"`
	}
	if err := xml.NewDecoder(bytes.NewReader([]byte(svg))).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	var side int
	if _, err := fmt.Sscanf(doc.ViewBox, "0 0 %d", &side); err != nil {
		t.Fatal(err)
	}
	const scale = 8
	img := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, run := range strings.Split(strings.TrimSuffix(doc.Paths[1].D, "z"), "z") {
		var x, y, w, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &w, &back); err != nil {
			t.Fatalf("%q: %v", run, err)
		}
		draw.Draw(img, image.Rect(x*scale, y*scale, (x+w)*scale, (y+1)*scale), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}

func TestTheCodePagesAreAccessible(t *testing.T) {
	t.Parallel()
	house, at := studyRoom(t)
	house.Resident("李小红").Post("/api/v1/codes/"+strings.TrimPrefix(at[1], "/at/")+"/bookings",
		map[string]any{"start": "2026-11-24T09:30", "end": "2026-11-24T12:00"}).Expect(201)
	accessible(t, func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(house.Staff(account.Manager, "room"))
		return p
	}, []view{
		{"a free seat", func(p *page) { p.visit(at[0]); p.see(".at-state.good") }},
		{"a seat in use", func(p *page) { p.visit(at[1]); p.see(".at-state.off") }},
		{"stickers", func(p *page) { p.visit("/manage/venues/room/codes"); p.see(".sticker img") }},
	})
}
