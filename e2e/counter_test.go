package e2e

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// desk is a counter with a reading room of so many seats, and the clerk's browser in front of it. Every key is counted;
// the mouse is never touched.
type desk struct {
	*page
	clerk   *apptest.Client
	pressed int
}

func atTheCounter(t *testing.T, house *apptest.House, on device) *desk {
	t.Helper()
	d := &desk{page: open(t, house, on), clerk: house.As(house.Account("何秀兰", account.Grant{Role: account.Counter, Venues: []string{"room"}}))}
	d.as(d.clerk)
	d.visit("/manage/counter")
	d.focused("#who")
	// Paper is not at hand: what counts is that the slip was ready when printing began.
	eval[bool](d.page, `(window.print = () => { window.printed = [...(window.printed ?? []), document.querySelector('#slip').innerText]; }, true)`)
	return d
}

// keys presses each key, as fast as the browser takes them.
func (d *desk) keys(list ...string) {
	d.t.Helper()
	for _, key := range list {
		d.pressed++
		d.do(chromedp.KeyEvent(key))
	}
}

// types types a text, a key for each character.
func (d *desk) types(text string) { d.t.Helper(); d.keys(strings.Split(text, "")...) }

// focused waits until something has the focus.
func (d *desk) focused(css string) {
	d.t.Helper()
	d.until(fmt.Sprintf(`document.activeElement?.matches(%q)`, css))
}

// slips are the texts of the slips printed so far.
func (d *desk) slips() []string {
	d.t.Helper()
	return eval[[]string](d.page, `window.printed ?? []`)
}

// bookingsOf is what somebody has, as the clerk sees it.
func (d *desk) bookingsOf(person string) []handlers.Booking {
	d.t.Helper()
	return apptest.Decode[struct{ Items []handlers.Booking }](d.clerk.Get("/api/v1/bookings?for=" + person).Expect(http.StatusOK)).Items
}

// person makes somebody at the counter.
func (d *desk) person(draft account.PersonDraft) account.Account {
	d.t.Helper()
	made, err := d.house.Accounts.MakePerson(d.t.Context(), apptest.System, "room", draft)
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

// 5678 Enter (this person) Enter (book and check in) Enter (print) Escape (next): 8 keys.
func TestSomebodyKnownIsServedInEightKeys(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, desktop)
	wang := d.person(account.PersonDraft{Name: "王秀英", Phone: "13800005678", BirthYear: 1948})
	d.person(account.PersonDraft{Name: "李雷", Phone: "13900001234"})

	d.types("5678")
	d.read("#people .active", "王*英")
	d.read("#people .active", "1948")
	d.shot(" 1 found")
	d.keys(kb.Enter)
	d.read("#served", "王秀英")
	d.focused("form button.large")
	d.read("form button.large", "预约并签到")
	d.read(".counter-proposal", "09:30–11:30")
	d.shot(" 2 proposed")
	d.keys(kb.Enter)
	d.read(".counter-held .tag", "已签到")
	d.focused("#act-print")
	d.shot(" 3 done")
	d.keys(kb.Enter)
	d.focused("#act-next")
	d.keys(kb.Escape)
	d.focused("#who")
	d.until(`document.querySelector('#who').value === ''`)
	if d.pressed != 8 {
		t.Errorf("it took %d keys", d.pressed)
	}

	slips := d.slips()
	if len(slips) != 1 {
		t.Fatalf("%d slips were printed", len(slips))
	}
	for _, text := range []string{"场馆room", "1 号座", "09:30–11:30", "王*英", "何*兰"} {
		if !strings.Contains(slips[0], text) {
			t.Errorf("the slip does not say %s: %s", text, slips[0])
		}
	}
	for _, text := range []string{"王秀英", "何秀兰", "5678"} {
		if strings.Contains(slips[0], text) {
			t.Errorf("the slip says %s: %s", text, slips[0])
		}
	}

	// The person sees who did it on whose behalf.
	resident := house.As(wang)
	list := apptest.Decode[struct{ Items []handlers.Booking }](resident.Get("/api/v1/bookings").Expect(http.StatusOK)).Items
	if len(list) != 1 || list[0].State != "checked_in" || list[0].By == nil || !list[0].By.Staff || list[0].By.Name != "何*兰" {
		t.Fatalf("the person has %+v", list)
	}
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/bookings/" + list[0].ID)
	p.read(".facts", "服务台 何*兰 代为办理")
	p.read(".facts", "王秀英")
}

// 王秀英 (however it is typed) Enter (nobody of that name: somebody new) Enter (no phone) Enter (book and check in)
// P (print) N (next): the name and 5 keys. The first Enter need not wait for the answer.
func TestSomebodyNewWithoutAPhoneIsServedInFiveKeysAndTheirName(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, desktop)
	d.types("王秀英")
	d.keys(kb.Enter)
	d.focused("input[name=phone]")
	d.until(`document.querySelector('input[name=name]').value === '王秀英'`)
	d.shot(" 1 new")
	d.keys(kb.Enter)
	d.read("#served", "王秀英")
	d.read(".counter-person", "没有手机")
	d.focused("form button.large")
	d.keys(kb.Enter)
	d.focused("#act-print")
	d.keys("p")
	d.focused("#act-next")
	d.keys("n")
	d.focused("#who")
	if d.pressed != 3+5 || len(d.slips()) != 1 {
		t.Errorf("it took %d keys and %d slips", d.pressed, len(d.slips()))
	}

	d.types("王秀英") // there now, so that one Enter chooses
	d.keys(kb.Enter)
	d.read("#served", "王秀英")
	d.read(".booking-list", "已签到")
}

func TestANumberThatIsThereOffersWhoHasIt(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, phone)
	d.person(account.PersonDraft{Name: "王秀英", Phone: "13800005678", BirthYear: 1948})
	d.types("王桂花")
	d.keys(kb.Enter)
	d.focused("input[name=phone]")
	d.types("138 0000 5678")
	d.keys(kb.Enter)
	d.read(".counter-exists", "王*英")
	d.read(".counter-exists", "尾号 5678")
	d.focused(".counter-exists button")
	d.shot(" exists")
	d.keys(kb.Enter)
	d.read("#served", "王秀英")
	d.keys(kb.Escape)
	d.focused("#who")
}

func TestWhoLosesTheRaceChoosesAnAlternativeByItsDigit(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 1)
	d := atTheCounter(t, house, desktop)
	wang := d.person(account.PersonDraft{Name: "王秀英"})
	d.types("王秀英")
	d.keys(kb.Enter)
	d.focused("form button.large")
	reserve(house.Resident("李雷"), "room", "seats", "09:30", "11:30", 1) // faster by a moment
	d.keys(kb.Enter)
	d.focused(".taken button")
	d.read(".taken", "被别人约走")
	d.shot(" near")
	second := eval[string](d.page, `document.querySelectorAll('.taken button strong')[1].innerText`)
	d.keys("2")
	d.read("#held", "办好了")
	d.read(".counter-held .tag", "已预约")
	list := d.bookingsOf(wang.ID)
	if len(list) != 1 || !strings.Contains(second, list[0].Start[11:16]+"–"+list[0].End[11:16]) {
		t.Errorf("the second alternative was %s, booked is %+v", second, list)
	}
}

// Somebody who booked at home only wants to come in: their booking is in hand at once.
// 5678 Enter Enter (check in) Enter (print) P (again).
func TestABookingMadeBeforeIsCheckedInAndItsSlipPrintedAgain(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, desktop)
	wang := d.person(account.PersonDraft{Name: "王秀英", Phone: "13800005678"})
	reserve(house.As(wang), "room", "seats", "09:30", "12:00", 1)
	d.types("5678")
	d.keys(kb.Enter)
	d.keys(kb.Enter)
	d.read("#held", "已有预约")
	d.focused("#act-in")
	d.keys(kb.Enter)
	d.read(".counter-held .tag", "已签到")
	d.focused("#act-print")
	d.keys(kb.Enter)
	d.read("#act-print", "再打一张")
	d.keys("p")
	d.until(`(window.printed ?? []).length === 2`)
	if list := d.bookingsOf(wang.ID); len(list) != 1 || list[0].By != nil {
		t.Errorf("checking in changed who made it: %+v", list)
	}
}

func TestABookingForLaterIsUndoneByOneKey(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, desktop)
	wang := d.person(account.PersonDraft{Name: "王秀英"})
	d.types("王秀英")
	d.keys(kb.Enter)
	d.focused("form button.large")
	d.keys(kb.Tab)
	d.focused("#only-book")
	d.keys(kb.Enter)
	d.focused("#act-in")
	d.keys("u")
	d.focused("form button.large")
	d.read("[role=status]", "已撤销")
	if list := d.bookingsOf(wang.ID); len(list) != 1 || list[0].State != "cancelled" || list[0].Reason != "服务台撤销" {
		t.Errorf("the person has %+v", list)
	}
	for range 5 { // to the time: the space has no choice
		d.keys(kb.Tab)
		if eval[bool](d.page, `document.activeElement.name === 'when'`) {
			break
		}
	}
	d.focused("input[name=when]")
	d.keys(kb.ArrowRight)
	d.read(".counter-proposal", "明天")
	d.keys(kb.Enter)
	d.read("#held", "办好了")
	d.read(".counter-held", "11月25日")
}

func TestBeforeTheReleaseTheCounterSaysWhenOneCanBook(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 4)
	room.Rules.HorizonDays, room.Rules.ReleaseAt = 0, 10*60
	house.Save(room)
	d := atTheCounter(t, house, desktop)
	d.person(account.PersonDraft{Name: "王秀英"})
	d.types("王秀英")
	d.keys(kb.Enter)
	d.read(".counter-proposal", "现在没有可以预约的时间")
	d.read(".counter-proposal", "每天 10:00 起可约")
	d.keys(kb.Escape)
	d.focused("#who") // nothing was done, so what was typed is still there
	d.until(`document.querySelector('#who').value === '王秀英'`)
}

// The field a refusal is about may not be shown, as the start is not while the soonest time is proposed.
func TestARefusalAtTheCounterIsAlwaysRead(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 4)
	room.Rules.OneAtATime = true
	house.Save(room)
	d := atTheCounter(t, house, desktop)
	wang := d.person(account.PersonDraft{Name: "王秀英"})
	reserve(house.As(wang), "room", "seats", "10:30", "12:00", 1)
	d.types("王秀英")
	d.keys(kb.Enter)
	d.focused("form button.large")
	d.keys(kb.Enter)
	d.read(".notice.bad", "同一时间只能占用一处")
	d.focused("form button.large")
}

func TestTheWrongPersonIsUndoneAfterCheckingIn(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 1)
	d := atTheCounter(t, house, desktop)
	wang := d.person(account.PersonDraft{Name: "王秀英"})
	d.types("王秀英")
	d.keys(kb.Enter)
	d.focused("form button.large")
	d.keys(kb.Enter)
	d.read(".counter-held .tag", "已签到")
	d.focused("#act-print")
	d.keys("u")
	d.focused("form button.large") // and the only seat is free again
	d.read(".counter-proposal", "09:30–11:30")
	if list := d.bookingsOf(wang.ID); len(list) != 1 || list[0].State != "cancelled" || list[0].CheckInAt != nil {
		t.Errorf("the person has %+v", list)
	}
}

// A resident's own page prints the same slip.
func TestAResidentPrintsTheSlipOfTheirBooking(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	resident := house.Resident("王小明")
	booking := reserve(resident, "room", "seats", "10:00", "12:00", 2)
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/bookings/" + booking.ID)
	p.see(".pass .qr")
	eval[bool](p, `(window.print = () => { window.printed = document.querySelector('#slip').innerText; }, true)`)
	p.press("打印凭条")
	p.until(`Boolean(window.printed)`)
	slip := eval[string](p, `window.printed`)
	for _, text := range []string{"场馆room", "1 号座、2 号座", "10:00–12:00", "09:45–10:15", "王*明", booking.Number[:4]} {
		if !strings.Contains(slip, text) {
			t.Errorf("the slip does not say %s: %s", text, slip)
		}
	}
	if strings.Contains(slip, "王小明") || strings.Contains(slip, "经办") {
		t.Errorf("the slip says too much: %s", slip)
	}
}

func TestAnAnswerThatWasLostMakesOnePersonAndOneBooking(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, desktop)
	eval[bool](d.page, `(() => { const real = window.fetch; let lost = new Set();
		window.fetch = async (url, options) => {
			const answer = await real(url, options);
			const key = options?.method + url;
			if (options?.method !== 'POST' || lost.has(key)) return answer;
			lost.add(key);
			throw new TypeError('the network is gone');
		}; return true; })()`)
	d.types("王秀英")
	d.keys(kb.Enter)
	d.focused("input[name=phone]")
	d.keys(kb.Enter)
	d.read(".notice.bad", "连不上网络")
	d.keys(kb.Enter)
	d.read("#served", "王秀英")
	d.focused("form button.large")
	d.keys(kb.Enter)
	d.read(".notice.bad", "连不上网络")
	d.focused("form button.large")
	d.keys(kb.Enter)
	d.read("#held", "办好了") // and checking in was lost too, so it is the next step
	d.focused("#act-in")
	found := apptest.Decode[struct{ Items []handlers.FoundPerson }](d.clerk.Get("/api/v1/people?venue=room&q=王秀英").Expect(http.StatusOK)).Items
	if len(found) != 1 {
		t.Fatalf("there are %+v", found)
	}
	if list := d.bookingsOf(found[0].ID); len(list) != 1 {
		t.Errorf("there are %+v", list)
	}
}

func TestPaperShowsTheSlipAloneOnOnePage(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	d := atTheCounter(t, house, desktop)
	d.person(account.PersonDraft{Name: "王秀英", Phone: "13800005678"})
	d.types("5678")
	d.keys(kb.Enter)
	d.focused("form button.large")
	d.keys(kb.Enter)
	d.focused("#act-print")
	d.keys("p")
	d.focused("#act-next")
	for _, paper := range []struct {
		name          string
		width, height float64 // mm
	}{{"A6", 105, 148}, {"roll of 80 mm", 80, 200}, {"roll of 58 mm", 58, 200}, {"A4", 210, 297}} {
		pdf := d.onPaper(paper.width, paper.height)
		if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1)); n != 1 {
			t.Errorf("the slip on %s has %d pages", paper.name, n)
		}
	}

	d.do(chromedp.EmulateViewport(397, 559)) // A6 at 96 dots an inch
	d.medium("print")
	if shown := eval[[]string](d.page, `[...document.body.children].filter((e) => e.getClientRects().length).map((e) => e.id)`); len(shown) != 1 || shown[0] != "slip" {
		t.Errorf("paper shows %v", shown)
	}
	const mm = 96 / 25.4
	if width := eval[float64](d.page, `document.querySelector('#slip img').getBoundingClientRect().width`); width < 45*mm {
		t.Errorf("the code is %.1f mm wide", width/mm)
	}
	d.shot(" paper")
	token := d.scan("#slip img")
	if _, err := house.Passes.Verify(t.Context(), token); err != nil {
		t.Errorf("the code on paper: %v", err)
	}
	d.medium("")
	d.keys(kb.Escape) // the next person: what is printed then is the page again
	d.focused("#who")
	d.medium("print")
	d.see("#who")
}

// onPaper is the page as a PDF on paper of this size.
func (p *page) onPaper(width, height float64) []byte {
	p.t.Helper()
	yes := true
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	out, err := chromedp.Call(ctx, cdppage.PrintToPDF, cdppage.PrintToPDFParams{
		PaperWidth: width / 25.4, PaperHeight: height / 25.4, PrintBackground: &yes,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return []byte(out.Data)
}

// medium is what the page is shown on: "print", or "" for the screen.
func (p *page) medium(name string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
		return err
	}))
}

func TestOnlyTheCounterOfAVenueHasItsPage(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := open(t, house, phone)
	p.as(house.Staff(account.Attendant, "room"))
	p.visit("/manage/counter")
	p.see(".gate")
}

func TestTheCounterIsAccessible(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 8)
	house.Hotel("hotel")
	system := func(draft account.PersonDraft) {
		if _, err := house.Accounts.MakePerson(t.Context(), apptest.System, "room", draft); err != nil {
			t.Fatal(err)
		}
	}
	system(account.PersonDraft{Name: "王秀英", Phone: "13800005678", BirthYear: 1948, Note: "住窑火社区 3 栋"})
	system(account.PersonDraft{Name: "王秀英", BirthYear: 1951})
	house.Clock.Advance(time.Hour)
	var newcomers atomic.Int64
	start := func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(house.Staff(account.Counter))
		return p
	}
	find := func(p *page, venue string) {
		p.visit("/manage/counter?venue=" + venue)
		p.fill("#who", "5678")
		p.see("#people .active")
	}
	accessible(t, start, []view{
		{"who", func(p *page) { p.visit("/manage/counter?venue=room"); p.see("#who") }},
		{"found", func(p *page) { p.visit("/manage/counter?venue=room"); p.fill("#who", "王"); p.see("#people .active") }},
		{"new", func(p *page) {
			p.visit("/manage/counter?venue=room")
			p.fill("#who", "没有来过")
			p.click("#people .active")
			p.see("input[name=phone]")
		}},
		{"what, a seat", func(p *page) { find(p, "room"); p.click("#people .active"); p.see("form button.large") }},
		{"what, a room", func(p *page) {
			find(p, "hotel")
			p.click("#people .active")
			p.see("form button.large")
			p.until(`(document.querySelector('input[name=when][value=other]')?.click(), Boolean(document.querySelector('select[name=start]')))`)
		}},
		{"done", func(p *page) {
			p.visit("/manage/counter?venue=room")
			p.fill("#who", "新来的"+fmt.Sprint(newcomers.Add(1))) // somebody else each time
			p.click("#people .active")
			p.click("form button.large")
			p.see("#served")
			p.click("form button.large")
			p.see("#act-next")
		}},
	})
}
