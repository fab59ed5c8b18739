package e2e

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/rule"
)

// liveRoom is a room where only the code that changes and the identity card count, and a resident who has booked there.
func liveRoom(t *testing.T) (house *apptest.House, resident *apptest.Client, booking string) {
	t.Helper()
	house = apptest.Start(t)
	room := house.ReadingRoom("room", 4)
	room.Rules.CheckInBy = []rule.Means{rule.ByPass, rule.ByCard}
	house.Save(room)
	resident = house.Resident("王小明")
	resident.Post("/api/v1/account/identity", map[string]string{"name": "王小明", "number": identity}).Expect(200)
	return house, resident, reserve(resident, "room", "seats", "10:00", "12:00", 1).ID
}

const identity = "00000019900307009X"

// later moves the clock of the browser, which stands still from then on. Its page only learns the server's when it asks.
func (p *page) later(d time.Duration) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(globalThis.still = (globalThis.still ?? Date.now()) + %d, Date.now = () => globalThis.still, true)`,
		d.Milliseconds()))
}

// keys are typed without a look at what has the focus.
func (p *page) keys(text string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(text))
}

func TestThePassOnThePhoneChangesByItself(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, lang, means, alive string
		on                       device
	}{
		{"phone in Chinese", "zh-CN", "手机上的动态码、身份证", "动态码", phone},
		{"desktop in English", "en", "the live code on the phone, the identity card", "Live code", desktop},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			house, resident, booking := liveRoom(t)
			p := open(t, house, c.on)
			p.language(c.lang)
			p.as(resident)
			p.visit("/bookings/" + booking)
			p.read(".pass .hint", c.means)
			p.read(".alive", c.alive)
			p.later(0)
			p.shot(" live")
			shown := p.liveCode(house, booking)
			before := eval[string](p, `document.querySelector('.qr').src`)
			for range 3 { // nothing is asked of the service meanwhile
				p.later(30 * time.Second)
				p.until(`document.querySelector('.qr').src !== ` + strconv.Quote(before))
				before = eval[string](p, `document.querySelector('.qr').src`)
				house.Clock.Advance(30 * time.Second)
				next := p.liveCode(house, booking)
				if next == shown {
					t.Error("the code is the same")
				}
				shown = next
			}
			if claims, err := house.Passes.Verify(t.Context(), shown); err != nil || !claims.Live {
				t.Errorf("the code of now: %+v, %v", claims, err)
			}
		})
	}
}

// liveCode is what the page shows, which has to be live now.
func (p *page) liveCode(house *apptest.House, booking string) string {
	p.t.Helper()
	shown := p.scan(".qr")
	claims, err := house.Passes.Verify(p.t.Context(), shown)
	if err != nil || !claims.Live || claims.Booking != booking {
		p.t.Errorf("the page shows %+v, %v", claims, err)
	}
	return shown
}

func TestAScreenshotIsRefusedAtTheDoorAndThePhoneLetsIn(t *testing.T) {
	t.Parallel()
	house, resident, booking := liveRoom(t)
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/bookings/" + booking)
	p.read(".alive", "动态码")
	old := p.scan(".qr")
	house.Clock.Advance(10 * time.Minute) // 09:50: check-in opened at 09:45

	door := open(t, house, phone)
	door.as(house.Staff(account.Attendant, "room"))
	door.visit("/scan")
	door.see("#camera")
	door.show("#photo", photo(t, qr(t, old, 480)))
	door.read(".verdict.warn h2", "图片")
	door.read(".verdict.warn", "动态码")
	door.shot(" a screenshot")
	door.language("en")
	door.visit("/scan")
	door.see("#camera")
	door.show("#photo", photo(t, passOf(t, resident, booking)))
	door.read(".verdict.warn h2", "A picture of a pass")
	door.shot(" a picture, in English")

	p.later(10 * time.Minute) // the phone was in a pocket: it asks again
	p.until(`document.querySelector('.alive .num')?.textContent.includes('09:50:')`)
	now := p.liveCode(house, booking)
	door.show("#photo", photo(t, qr(t, now, 480)))
	door.read(".verdict.good", "Welcome in")
}

// Where neither the code on the phone nor one on paper counts, the page that offers a slip says so.
func TestAPassThatNoPictureOfCountsSaysSo(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 4)
	room.Rules.CheckInBy = []rule.Means{rule.ByCard, rule.ByStaff}
	house.Save(room)
	resident := house.Resident("王小明")
	booking := reserve(resident, "room", "seats", "10:00", "12:00", 1)
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/bookings/" + booking.ID)
	p.read(".pass .hint", "截图和打印的码不能签到")
	p.shot("")
}

func TestAPhoneWithoutANetworkGoesOnChangingItsCodeAndSaysWhenItCannot(t *testing.T) {
	t.Parallel()
	house, resident, booking := liveRoom(t)
	wire := layWire(t, house)
	p := open(t, house, phone)
	p.url = wire.url
	p.as(resident)
	p.visit("/bookings/" + booking)
	p.read(".pass .hint", "没有网络时，两小时内仍会自动变化")
	p.until(`navigator.serviceWorker.controller !== null`)
	wire.cut()

	p.visit("/bookings/" + booking) // opened anew
	p.read(".alive", "动态码")
	p.later(0)
	first := p.liveCode(house, booking)
	p.later(45 * time.Minute)
	p.until(`document.querySelector('.alive .num')?.textContent.includes('10:25:')`)
	house.Clock.Advance(45 * time.Minute)
	if next := p.liveCode(house, booking); next == first {
		t.Error("the code is the same")
	}
	p.later(2 * time.Hour)
	p.read(".notice.bad", "动态码用完了")
	p.gone(".qr")
	p.shot(" used up")
}

func TestAnIdentityCardChecksInAtTheKioskAndAtTheDoor(t *testing.T) {
	t.Parallel()
	house, _, _ := liveRoom(t)
	other := house.Resident("李小红")
	other.Post("/api/v1/account/identity", map[string]string{"name": "李小红", "number": "000000201001150029"}).Expect(200)
	reserve(other, "room", "seats", "10:00", "12:00", 1)
	house.Clock.Advance(10 * time.Minute)

	kiosk := open(t, house, desktop)
	kiosk.as(house.Device(account.Kiosk, "room"))
	kiosk.visit("/kiosk")
	kiosk.see("input[name=number]")
	kiosk.keys("000000199001019995\r") // a reader types, whatever has the focus
	kiosk.read(".verdict.bad h2", "没有这张身份证的预约")
	kiosk.until(`document.querySelector('input[name=number]').value === ''`)
	kiosk.shot(" unknown card")
	kiosk.keys(identity + "\r")
	kiosk.read(".verdict.good", "王*明")
	kiosk.until(`document.querySelector('input[name=number]').value === ''`)
	kiosk.shot(" card")

	door := open(t, house, phone)
	door.as(house.Staff(account.Attendant, "room"))
	door.visit("/scan")
	door.fill("input[name=number]", "000000 20100115 0029")
	door.click(".door-number button")
	door.read(".verdict.good", "李*红")
	door.shot(" card typed")
}

func TestTheCounterChecksInByIdentityCardAndPrintsWhatCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, lang, button, none, let, print, slip string
		on                                         device
	}{
		{"desktop in Chinese", "zh-CN", "用身份证签到", "没有这张身份证的预约", "请进", "打印凭条", "请用：手机上的动态码、身份证", desktop},
		{"phone in English", "en", "Check in by identity card", "Nothing booked by this card", "Welcome in", "Print a slip", "use the live code on the phone", phone},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			house, resident, _ := liveRoom(t)
			house.Clock.Advance(10 * time.Minute)
			p := open(t, house, c.on)
			p.language(c.lang)
			p.as(house.Staff(account.Counter, "room"))
			p.visit("/manage/counter?venue=room")
			p.fill("#who", "000000199001019995")
			p.read("#card", c.button)
			p.gone("#people") // it is nobody's name, and not looked for
			p.shot(" card typed")
			p.keys("\r")
			p.read("#card-answer", c.none)
			p.until(`document.querySelector('#who').value === ''`)
			p.keys(identity + "\r")
			p.read("#card-answer", c.let)
			p.shot(" checked in")

			holder := open(t, house, c.on)
			holder.language(c.lang)
			holder.as(resident)
			later := reserve(resident, "room", "seats", "14:00", "15:00", 1)
			holder.visit("/bookings/" + later.ID)
			eval[bool](holder, `(window.print = () => { window.printed = document.querySelector('#slip').innerText; }, true)`)
			holder.press(c.print)
			holder.until(`window.printed?.includes(` + strconv.Quote(c.slip) + `)`)
		})
	}
}
