package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wenguan/app/apptest"
	"wenguan/models/account"
)

func TestTheBoardShowsWhoIsBookedAndLetsThemInAndOut(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			house.Hotel("hotel")
			booking := reserve(house.Resident("王小明"), "hotel", "c", "10:00", "12:00", 3)
			reserve(house.Resident("合唱团"), "hotel", "hall", "14:00", "16:00", 20)
			house.Clock.Advance(10 * time.Minute)
			p := open(t, house, on)
			p.as(house.Staff(account.Manager, "hotel"))
			p.visit("/manage")
			p.read("h1", "今日看板")
			p.read(".figure.main", "0")
			if on == phone {
				p.read(".daylist", "10:00")
				p.click(".booking-item")
			} else {
				p.read(".timetable", "10:00")
				p.read(".bar.shadow", "多功能厅") // its halves are taken with it
				p.click(`.bar[data-rove^="C 室"]`)
			}
			p.read(".facts", "王*明")
			p.read(".facts .number", booking.Number[:4]+" "+booking.Number[4:])
			p.read(".facts", "09:45 至 10:15")
			p.shot(" booked")
			p.click("#check-in")
			p.read(".facts", "已签到")
			p.read(".figure.main", "3")
			p.click("#check-out")
			p.read(".facts", "签退")
			p.read(".figure.main", "0")
			p.gone("#check-out")
		})
	}
}

func TestTheBoardSaysWhyACheckInIsRefused(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	reserve(house.Resident("王小明"), "hotel", "c", "15:00", "16:00", 1)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Attendant, "hotel"))
	p.visit("/manage/board")
	p.click(".bar.st-confirmed")
	p.click("#check-in")
	p.read("dialog .notice.bad", "14:45")
}

func TestAHundredSeatsStayReadable(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 108)
	for i := range 12 {
		reserve(house.Resident(fmt.Sprintf("读者%d", i)), "room", "seats", "10:00", "12:00", 1)
	}
	p := open(t, house, desktop)
	p.as(house.Staff(account.Attendant, "room"))
	p.visit("/manage/board")
	p.read(".timetable", "108 座")
	if n := eval[int](p, `document.querySelectorAll('.timetable tbody tr').length`); n != 1 {
		t.Errorf("108 seats of one room take %d rows before they are unfolded", n)
	}
	p.until(`[...document.querySelectorAll('.count-cell')].some((c) => c.ariaLabel.includes('10:00–11:00：108 座中有 12 座'))`)
	p.shot(" folded")
	p.click(".count-cell:not(.none)")
	p.until(`document.querySelectorAll('dialog[open] .booking-item').length === 12`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.gone("dialog")
	p.click(".unfold")
	p.until(`document.querySelectorAll('.timetable tr.inner').length === 108`)
	p.shot(" unfolded")

	p.fill("input[type=search]", "读*3")
	p.until(`document.querySelectorAll('.daylist .booking-item').length >= 1`)
	p.shot(" found")
}

func TestABoardThatStaysTheSameComesFromTheBrowserItself(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := open(t, house, desktop)
	p.as(house.Staff(account.Manager, "hotel"))
	p.visit("/manage/board")
	p.see(".occupancy")
	const looks = `performance.getEntriesByType('resource').filter((e) => e.name.includes('/board?') && e.responseEnd > 0)`
	p.until(looks + `.length === 1`)
	p.click(".occupancy button")
	p.until(looks + `.length === 2`)
	p.until(looks + `.every((e, i, all) => e.decodedBodySize > 0 && (i === 0) === (e.transferSize > e.encodedBodySize)` +
		` && e.decodedBodySize === all[0].decodedBodySize)`)
}

func TestTheTimetableIsWalkedByKeyboard(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	resident := house.Resident("王小明")
	for _, b := range [][3]string{{"c", "10:00", "11:00"}, {"c", "13:00", "15:00"}, {"d", "10:30", "12:00"}} {
		reserve(resident, "hotel", b[0], b[1], b[2], 1)
	}
	p := open(t, house, desktop)
	p.as(house.Staff(account.Attendant, "hotel"))
	p.visit("/manage/board")
	p.see(".bar")
	if n := eval[int](p, `document.querySelectorAll('.timetable [data-rove][tabindex="0"]').length`); n != 1 {
		t.Fatalf("%d bookings of the table are in the tab order, not 1", n)
	}
	p.do(chromedp.Focus(`.timetable [data-rove][tabindex="0"]`))
	for _, step := range []struct{ key, at string }{
		{kb.ArrowRight, "13:00"}, {kb.ArrowLeft, "10:00"}, {kb.ArrowDown, "10:30"}, {kb.ArrowUp, "10:00"}, {kb.End, "13:00"},
	} {
		p.do(chromedp.KeyEvent(step.key))
		if got := eval[string](p, `document.activeElement.innerText.trim().slice(0, 5)`); got != step.at {
			t.Fatalf("after %q the focus is at the booking of %q, not of %s", step.key, got, step.at)
		}
	}
	p.do(chromedp.KeyEvent(kb.Enter))
	p.read(".facts", "13:00–15:00")
	p.do(chromedp.KeyEvent(kb.Escape))
	p.gone("dialog")
	if got := eval[string](p, `document.activeElement.innerText.trim().slice(0, 5)`); got != "13:00" {
		t.Errorf("after the dialog the focus is at %q", got)
	}
}

func TestTheBoardNoticesByItselfWhatChanged(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := open(t, house, desktop)
	p.as(house.Staff(account.Attendant, "hotel"))
	p.visit("/manage/board")
	p.read(".figure:nth-child(2)", "0")
	reserve(house.Resident("王小明"), "hotel", "c", "10:00", "11:00", 4)
	house.Clock.Advance(30 * time.Minute) // 10:10
	eval[bool](p, `dispatchEvent(new Event('focus'))`)
	p.read(".figure:nth-child(2)", "4")
	p.read(".occupancy-note", "10:10")
	p.click(".date-nav button[aria-label=后一天]")
	p.read(".board-day", "11月25日")
	p.gone(".occupancy-note")
}

func TestStaffPagesAreClosedToOthers(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := open(t, house, phone)
	p.visit("/manage/summary")
	p.read("main", "请先登录")
	if href := eval[string](p, `document.querySelector('.gate a').getAttribute('href')`); href != "/manage/sign-in?next=%2Fmanage%2Fsummary" {
		t.Errorf("the way to sign in is %s", href)
	}
	p.as(house.Resident("王小明"))
	for _, path := range []string{"/manage", "/manage/venues/hotel", "/scan"} {
		p.visit(path)
		p.read("main", "没有这项权限")
		p.read("main", "去居民页面")
	}
	if n := eval[int](p, `document.querySelectorAll('.top nav a').length`); n != 0 {
		t.Errorf("a resident is offered %d pages of the staff", n)
	}

	attendant := open(t, house, phone)
	attendant.as(house.Staff(account.Attendant, "hotel"))
	attendant.visit("/manage")
	attendant.read(".top nav", "扫码签到")
	if nav := eval[string](attendant, `document.querySelector('.top nav').innerText.replace(/\s+/g, ' ')`); nav != "今日看板 扫码签到" {
		t.Errorf("an attendant is offered %q", nav)
	}
	attendant.visit("/manage/summary")
	attendant.read("main", "没有这项权限")
}

func TestTheBoardLetsStaffSendOnLeaveReportAndRelease(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			v := *house.Hotel("hotel")
			v.Rules.Leave, v.Rules.Report = 20, 10
			house.Save(&v)
			reserve(house.Resident("王小明"), "hotel", "c", "09:30", "12:00", 3)
			p := open(t, house, on)
			p.as(house.Staff(account.Manager, "hotel"))
			p.visit("/manage/board")
			if on == phone {
				p.click(".booking-item")
			} else {
				p.click(`.bar[data-rove^="C 室"]`)
			}
			p.click("#check-in")
			p.click("#leave")
			p.read(".facts", "暂离")
			p.read(".facts", "10:00") // 09:40 and 20 minutes
			p.shot(" away")
			p.click("#return")
			p.click("#report")
			p.read(".facts", "待返回")
			p.read(".facts", "09:50")
			p.shot(" reported")
			p.click("#release")
			p.read("dialog .notice", "不记违约")
			p.shot(" sure")
			p.click("#release-yes")
			p.read(".facts", "已完成")
			p.gone("#release")
		})
	}
}
