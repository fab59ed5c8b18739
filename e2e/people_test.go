package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
)

// secret is what the administrator's authenticator app shows codes by.
const secret = "WENGUANSAMPLESECRETWENGUANSAMPLE"

// cityWithStaff has two venues in two areas, a manager of one, and an administrator who has shown no second factor lately.
func cityWithStaff(t *testing.T) (*apptest.House, *apptest.Client) {
	t.Helper()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	elsewhere := house.Square("square", 50)
	elsewhere.Area = "星江"
	house.Save(elsewhere)
	ends := apptest.Now.Add(10 * 24 * time.Hour)
	house.Account("汪秀英", account.Grant{Role: account.Manager, Venues: []string{"room"}, Ends: &ends})
	chief := house.Staff(account.Administrator)
	if err := house.Credentials.Equip(t.Context(), apptest.System, chief.Account.ID, "a quiet walk by the river", secret); err != nil {
		t.Fatal(err)
	}
	house.Clock.Advance(11 * time.Minute)
	return house, chief
}

// stepUp shows the second factor in the dialog that asks for it.
func (p *page) stepUp() {
	p.t.Helper()
	p.see("dialog[open] input[autocomplete=one-time-code]")
	code, err := totp.GenerateCode(secret, p.house.Clock.Now())
	if err != nil {
		p.t.Fatal(err)
	}
	p.fill("dialog[open] input[autocomplete=one-time-code]", code)
	p.press("确认")
}

func TestAnAdministratorMakesAMemberOfTheStaffAndTakesTheRoleBack(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house, chief := cityWithStaff(t)
			p := open(t, house, on)
			p.as(chief)
			p.visit("/manage/people")
			p.read(".staff-member", "汪秀英")
			p.read(".staff-member", "至 2026年12月4日")
			p.shot(" 1 staff")

			p.click("#make")
			p.fill("dialog input[name=name]", "李小雷")
			p.fill("dialog input[name=to]", "13700001111")
			p.click("#made") // a role for nothing in particular would be one for everything
			p.read("dialog .field-error", "请至少选一个场馆")
			p.choose("dialog select[name=role]", "counter")
			p.until(`(document.querySelector('input[name=reach][value=areas]').click(), Boolean(document.querySelector('input[name=area]')))`)
			p.click("input[name=area][value=紫阳] + span")
			p.shot(" 2 new")
			p.click("#made")
			p.stepUp()
			p.read("dialog h2", "李小雷的登录设置链接")
			p.shot(" 3 link")
			link := eval[string](p, `document.querySelector('.shown-once textarea').value`)
			p.click("#seen")
			p.read(".staff-member", "紫阳片区")

			id := eval[string](p, `[...document.querySelectorAll('.staff-member')].find((e) => e.innerText.includes('李小雷')).dataset.account`)
			house.As(account.Account{ID: id}).Post("/api/v1/account/consents", map[string]int{"version": 1}).Expect(200)
			mine := open(t, house, on)
			mine.visit(strings.TrimPrefix(link, house.URL))
			mine.arrive(mine.url + "/manage/security")

			take := func(account string) {
				p.click(`[data-account="` + account + `"] .grants .ghost`)
				p.see("dialog[open]")
				p.press("撤销")
			}
			take(chief.Account.ID)
			p.read("dialog[open]", "唯一的系统管理员")
			p.press("返回")
			p.gone("dialog")
			take(id)
			p.gone("dialog")
			p.until(`document.querySelectorAll('.grants > li').length === 2`)
		})
	}
}

func TestSomebodyWhoHasAnAccountIsGivenTheRole(t *testing.T) {
	t.Parallel()
	house, chief := cityWithStaff(t)
	there := house.Account("王小明")
	p := open(t, house, desktop)
	p.as(house.As(chief.Account)) // has just signed in
	p.visit("/manage/people")
	p.click("#make")
	p.fill("dialog input[name=name]", "小明")
	p.fill("dialog input[name=to]", there.Phone)
	p.until(`(document.querySelector('input[name=reach][value=district]').click(), true)`)
	p.choose("dialog select[name=role]", "officer")
	p.click("#made")
	p.read("#there", "王*明")
	p.press("把这个角色授予")
	p.read(".staff-member", "文旅干部")
}

func TestAManagerMakesADoorThatChecksPeopleInAndRevokesIt(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house, _ := cityWithStaff(t)
			b := reserveNow(house)
			p := open(t, house, desktop)
			p.as(house.Staff(account.Manager, "room"))
			p.visit("/manage/devices")
			p.fill("input[name=name]", "东门平板")
			p.click("#make-device")
			p.read("dialog h2", "东门平板 的设置链接")
			p.shot(" 1 link")
			link := eval[string](p, `document.querySelector('.shown-once textarea').value`)
			p.click("#seen")

			door := open(t, house, on)
			door.visit(strings.TrimPrefix(link, house.URL))
			door.read(".brand", "东门平板")
			if left := eval[string](door, `location.hash`); left != "" {
				t.Errorf("the address keeps %s", left)
			}
			door.fill("input[name=number]", b.Number)
			door.click(".door-number button")
			door.read(".verdict.good", "王*明")
			door.shot(" 2 in")

			p.visit("/manage/devices?venue=room")
			p.read(".device", "最近在线")
			p.press("停用")
			p.see("dialog[open]")
			p.press("停用")
			p.gone(".device")
			door.visit("/scan")
			door.see(".gate")
		})
	}
}

// reserveNow books a seat for the half hour that runs.
func reserveNow(house *apptest.House) handlers.Booking {
	return reserve(house.Resident("王小明"), "room", "seats", "09:30", "11:30", 1)
}

// A room that is booked whole is assigned itself, and says its name once.
func TestAKioskNamesAWholeRoomOnce(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	booking := reserve(house.Resident("王小明"), "hotel", "c", "09:30", "11:30", 1)
	p := open(t, house, desktop)
	p.as(house.Device(account.Kiosk, "hotel"))
	p.visit("/kiosk")
	p.fill("input[name=number]", booking.Number)
	p.keys("\r")
	p.until(`[...document.querySelectorAll('.verdict.good dd')].some((d) => d.querySelector('strong') && !d.querySelector('span'))`)
	p.shot("")
}

func TestAKioskAnswersAndWaitsForTheNextOne(t *testing.T) {
	t.Parallel()
	house, _ := cityWithStaff(t)
	b := reserveNow(house)
	p := open(t, house, phone)
	p.as(house.Device(account.Kiosk, "room"))
	p.visit("/kiosk")
	p.fill("input[name=number]", "ABCDEFGH")
	p.click(".door-number button")
	p.read(".verdict.bad", "没有这个预约号")
	p.fill("input[name=number]", b.Number)
	p.click(".door-number button")
	p.read(".verdict.good", "请进")
	p.shot(" in")
	p.gone(".verdict") // for the next person
}

func TestADisplayShowsTheDayAndNoNumber(t *testing.T) {
	t.Parallel()
	house, _ := cityWithStaff(t)
	b := reserveNow(house)
	p := open(t, house, desktop)
	p.as(house.Device(account.Display, "room"))
	p.visit("/display")
	p.read(".display-list li", "王*明")
	p.read(".display-list li strong", "阅览座位 1 号座") // which room a seat is in
	p.shot("")
	if shown := eval[string](p, `document.body.innerText`); strings.Contains(shown, b.Number) {
		t.Error("the screen shows the number of a booking")
	}
	wall := open(t, house, desktop)
	wall.visit("/display")
	wall.read(".gate", "设备")
}

func TestPagesOfStaffAndDevicesAreAccessible(t *testing.T) {
	t.Parallel()
	house, chief := cityWithStaff(t)
	reserveNow(house)
	house.Device(account.Door, "room")
	start := func(who *apptest.Client) func(t *testing.T, on device) *page {
		return func(t *testing.T, on device) *page {
			p := open(t, house, on)
			p.as(who)
			return p
		}
	}
	accessible(t, start(chief), []view{
		{"staff", func(p *page) { p.visit("/manage/people"); p.see(".staff-member") }},
		{"who may do what", func(p *page) { p.visit("/manage/people"); p.click(".permits summary"); p.see(".permits td .icon") }},
		{"new member", func(p *page) { p.visit("/manage/people"); p.click("#make"); p.see("dialog[open] .picker") }},
		{"devices", func(p *page) { p.visit("/manage/devices?venue=room"); p.see(".device") }},
		{"new device", func(p *page) {
			p.visit("/manage/devices?venue=square")
			p.fill("input[name=name]", "大屏")
			p.click("#make-device")
			p.see("dialog[open] .qr")
		}},
	})
	accessible(t, start(house.Device(account.Kiosk, "room")), []view{
		{"kiosk", func(p *page) { p.visit("/kiosk"); p.see(".kiosk") }},
		{"door of a device", func(p *page) { p.visit("/scan"); p.see(".door") }},
	})
	accessible(t, start(house.Device(account.Display, "room")), []view{
		{"display", func(p *page) { p.visit("/display"); p.see(".display-list li") }},
		{"no kiosk", func(p *page) { p.visit("/kiosk"); p.see(".gate") }},
	})
}
