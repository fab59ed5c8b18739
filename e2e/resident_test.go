package e2e

import (
	"bytes"
	"context"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

const wang = "+8613800138000"

func TestAResidentFindsAPlaceBooksItSignsInOnTheWayAndHoldsThePass(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			house.ReadingRoom("room", 24)
			p := open(t, house, on)

			p.visit("/")
			p.read(".result-line", "1 处有空")
			p.shot(" 1 find")
			p.click(".venue-card .whole")
			p.read("h1", "场馆room")
			p.see(".week button.slot")
			p.shot(" 2 venue")
			p.click(".week button.slot")
			p.choose("dialog select[name=start]", "14:00")
			p.choose("dialog select[name=end]", "16:00")
			p.shot(" 3 book")
			p.press("登录并预约")

			p.fill("input[name=to]", strings.TrimPrefix(wang, "+86"))
			p.press("获取验证码")
			p.see("input[name=code]")
			p.shot(" 4 code")
			p.fill("input[name=code]", house.Code(wang))
			p.press("登录")
			p.agree()
			p.fill("input[name=name]", "王小明")
			p.press("保存")

			p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
			p.shot(" 5 pass")
			p.read(".facts", "王小明")
			p.read(".facts", "14:00–16:00")
			p.read(".pass-window", "13:45–14:15")
			p.read(".facts", "阅览座位 1 号座")
			id := strings.TrimPrefix(eval[string](p, `location.pathname`), "/bookings/")
			claims, err := house.Passes.Verify(t.Context(), p.scan(".qr"))
			if err != nil {
				t.Fatal(err)
			}
			if claims.Booking != id {
				t.Errorf("the picture is the pass of %s, not of %s", claims.Booking, id)
			}

			p.press("我的预约")
			p.read(".booking", "已预约")
			p.read(".booking", "13:45")
			p.shot(" 6 mine")
		})
	}
}

// scan reads a QR code from a picture of the page, as a camera would.
func (p *page) scan(css chromedp.CSS) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	shot, err := chromedp.Run(ctx, chromedp.Screenshot(css))
	if err != nil {
		p.t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		p.t.Fatal(err)
	}
	var found *gozxing.Result
	for _, pure := range []bool{false, true} { // as a photo; the decoder misses one code in a hundred so, which it reads as a picture
		bitmap, failed := gozxing.NewBinaryBitmapFromImage(picture)
		if failed != nil {
			p.t.Fatal(failed)
		}
		hints := map[gozxing.DecodeHintType]any{}
		if pure {
			hints[gozxing.DecodeHintType_PURE_BARCODE] = true
		}
		if found, err = qrcode.NewQRCodeReader().Decode(bitmap, hints); err == nil {
			return found.GetText()
		}
	}
	p.t.Fatalf("the picture of the pass cannot be read: %v", err)
	return ""
}

func TestALostRaceOffersWhatIsFreeAndOneTapBooksIt(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			house.Hotel("hotel")
			p := open(t, house, on)
			p.as(house.Resident("王小明"))
			p.visit("/venues/hotel?space=c&date=2026-11-24&from=14:00&to=16:00&book=1")
			p.see("dialog[open] select[name=start]")
			p.read("dialog button.large", "确认预约")

			house.Resident("李小红").Post("/api/v1/bookings", map[string]any{
				"venue": "hotel", "space": "c", "start": "2026-11-24T14:00", "end": "2026-11-24T16:00", "party": 1,
			}).Expect(http.StatusCreated)
			p.press("确认预约")
			p.read(".taken", "慢了一步")
			p.shot("")
			offered := eval[string](p, `document.querySelector('.alternative').innerText`)
			p.click(".alternative")
			p.see(".qr")
			_, place, _ := strings.Cut(offered, "\n")
			p.read(".facts", strings.TrimSpace(place))
		})
	}
}

func TestARefusalIsSaidAtTheFieldItIsAbout(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	venue := *house.Hotel("hotel")
	venue.Rules.PerDay = 1
	house.Save(&venue)
	p := open(t, house, phone)
	resident := house.Resident("王小明")
	resident.Post("/api/v1/bookings", map[string]any{
		"venue": "hotel", "space": "c", "start": "2026-11-24T10:00", "end": "2026-11-24T11:00", "party": 1,
	}).Expect(http.StatusCreated)
	p.as(resident)
	p.visit("/venues/hotel?space=d&date=2026-11-24&from=14:00&to=16:00&book=1")
	p.press("确认预约")
	p.read("dialog .field-error", "最多预约 1 次，您已约 1 次")
	p.until(`document.activeElement.name === 'start' && document.activeElement.getAttribute('aria-describedby')
		.split(' ').some((id) => document.getElementById(id)?.innerText.includes('最多预约 1 次'))`)
}

func TestABookingIsMovedAndCancelled(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	resident := house.Resident("王小明")
	made := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", map[string]any{
		"venue": "hotel", "space": "c", "start": "2026-11-24T14:00", "end": "2026-11-24T16:00", "party": 3,
	}).Expect(http.StatusCreated))
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/bookings/" + made.ID)
	p.press("改期")
	p.choose("dialog select[name=date]", "2026-11-26")
	p.choose("dialog select[name=start]", "10:00")
	p.shot(" move")
	p.press("确认改期")
	p.read(".facts", "10:00–12:00")
	p.read(".facts", "11月26日")
	p.press("取消预约")
	p.fill("dialog input[name=reason]", "临时有事")
	p.shot(" cancel")
	p.press("取消预约")
	p.read(".pass-state", "已取消")
	p.visit("/bookings")
	p.read(".booking.quiet", "已取消")
}

func TestTheWeekIsWalkedByKeyboard(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := open(t, house, desktop)
	p.visit("/venues/hotel?space=c")
	p.see(".week button.slot")
	if n := eval[int](p, `document.querySelectorAll('.week [tabindex="0"]').length`); n != 1 {
		t.Fatalf("%d cells of the week are in the tab order, not 1", n)
	}
	where := func() string {
		return eval[string](p, `document.activeElement.closest('td') ? document.activeElement.innerText : 'outside'`)
	}
	p.do(chromedp.Focus(chromedp.CSS(`.week [tabindex="0"]`)))
	first := where()
	p.do(chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown))
	if now := where(); now == first || now == "outside" {
		t.Fatalf("after right and down the focus is at %q, before it was at %q", now, first)
	}
	p.do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowLeft))
	if now := where(); now != first {
		t.Fatalf("the way back led to %q, not to %q", now, first)
	}
	p.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	p.see("dialog[open]")
	p.do(chromedp.KeyEvent(kb.Escape))
	p.gone("dialog")
	p.until(`Boolean(document.activeElement.closest(".week td"))`) // focus is back where it was
}

func TestAPlaceIsLentByTheDay(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	venue := *house.Hotel("gallery")
	venue.Rules.Shortest, venue.Rules.Longest, venue.Rules.SlotStep = 1440, 10*1440, 60
	house.Save(&venue)
	p := open(t, house, phone)
	p.as(house.Resident("书法社"))
	p.visit("/venues/gallery?space=c")
	p.click(".days button.slot")
	p.choose("dialog select[name=date]", "2026-11-26")
	p.choose("dialog select[name=end_date]", "2026-11-29")
	p.fill("dialog input[name=purpose]", "书法展")
	p.shot("")
	p.press("确认预约")
	p.read(".facts", "书法展")
	p.read(".facts", "11月29日")
}

func TestAChosenLanguageAndThemeStay(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := open(t, house, desktop)
	p.visit("/")
	p.read("h1", "找一个地方")
	p.click("#lang")
	p.read("h1", "Find a place")
	p.click(".menu summary")
	p.until(`(document.querySelector('input[name=theme][value=dark]').click(), document.documentElement.dataset.theme === 'dark')`)
	p.visit("/venues/room")
	p.read("h1", "Venue room")
	if got := eval[string](p, `document.documentElement.lang + ' ' + document.documentElement.dataset.theme`); got != "en dark" {
		t.Errorf("after a reload the document is %q, not %q", got, "en dark")
	}
}

func TestASignInLinkWorksOnceAndLeavesNoTrace(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	who := house.Account("王小明")
	token, err := house.Accounts.MakeLink(t.Context(), apptest.System, who.ID, account.LinkOptions{TTL: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, house, phone)
	p.visit("/sign-in#link=" + token)
	p.agree()
	p.read("h1", "我的预约")
	if at := eval[string](p, `location.href + history.length`); strings.Contains(at, token) {
		t.Errorf("the address still has the token: %s", at)
	}
	again := open(t, house, phone)
	again.visit("/sign-in#link=" + token)
	again.read(".notice.bad", "已用过")
}

func TestEveryResidentPageIsAccessible(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 24)
	house.Hotel("hotel")
	resident := house.Resident("王小明")
	made := apptest.Decode[handlers.Booking](resident.Post("/api/v1/bookings", map[string]any{
		"venue": "hotel", "space": "c", "start": "2026-11-24T14:00", "end": "2026-11-24T16:00", "party": 3, "purpose": "合唱排练",
	}).Expect(http.StatusCreated))
	start := func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(resident)
		return p
	}
	accessible(t, start, []view{
		{"find", func(p *page) { p.visit("/?date=2026-11-25&from=09:00&to=11:00"); p.see(".venue-card") }},
		{"nothing free", func(p *page) { p.visit("/?date=2026-11-25&from=06:00&to=11:00"); p.see(".venue-card") }},
		{"menu", func(p *page) { p.visit("/"); p.see(".venue-card"); p.click(".menu summary"); p.see(".menu-panel") }},
		{"reading room", func(p *page) { p.visit("/venues/room?date=2026-11-25"); p.see(".week .slot") }},
		{"hotel", func(p *page) { p.visit("/venues/hotel?space=c"); p.see(".week .slot") }},
		{"book a seat", func(p *page) {
			p.visit("/venues/room?space=seats&date=2026-11-25&from=09:00&to=11:00&book=1")
			p.until(`(document.querySelector('dialog input[value=pick]')?.click(), Boolean(document.querySelector('.seat')))`)
		}},
		{"my bookings", func(p *page) { p.visit("/bookings"); p.see(".booking") }},
		{"no past bookings", func(p *page) { p.visit("/bookings?past=1"); p.see(".empty") }},
		{"pass", func(p *page) {
			p.visit("/bookings/" + made.ID)
			p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
		}},
		{"cancel", func(p *page) {
			p.visit("/bookings/" + made.ID)
			p.see(".qr")
			p.until(`([...document.querySelectorAll('.actions button')].find((b) => /取消|Cancel/.test(b.innerText))?.click(),
				Boolean(document.querySelector('dialog[open]')))`)
		}},
		{"no such page", func(p *page) { p.visit("/venues/nothing"); p.see(".notice.bad") }},
	})
}

func TestSigningInIsAccessible(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, on device) *page { return open(t, apptest.Start(t), on) } // codes are rationed by address
	accessible(t, start, []view{
		{"address", func(p *page) { p.visit("/sign-in?next=/bookings"); p.see("input[name=to]") }},
		{"code", func(p *page) {
			p.visit("/sign-in")
			p.fill("input[name=to]", "somebody@example.cn")
			p.click("form button")
			p.see("input[name=code]")
		}},
		{"wrong code", func(p *page) {
			p.fill("input[name=code]", "000000")
			p.click("form button")
			p.see(".field-error")
		}},
	})
}
