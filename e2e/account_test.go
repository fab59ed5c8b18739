package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// A number of nobody: no region has the code 000000.
const sampleNumber = "00000019900307009X"

const bookTomorrow = "/venues/room?space=seats&date=2026-11-25&from=10:00&to=12:00&book=1"

func TestAMotherAddsHerChildAndBooksForIt(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			house.ReadingRoom("room", 24)
			mother := house.Resident("王小明")
			p := open(t, house, on)
			p.as(mother)

			p.visit("/")
			p.click(".menu summary")
			p.press("我的账号")
			p.read("h1", "我的账号")
			p.press("添加家庭成员")
			p.press("保存") // nothing is filled in
			p.see(`dialog [aria-invalid="true"]`)
			p.fill("dialog input[name=name]", "王小宝")
			p.choose("dialog select[name=year]", "2018")
			p.press("保存")
			p.read(".family", "2018 年出生")
			p.shot(" 1 account")

			p.visit(bookTomorrow)
			p.choose("dialog select[name=for]", childOf(mother))
			p.read("dialog button.large", "为 王小宝 预约")
			p.shot(" 2 dialog")
			p.press("为 王小宝 预约")
			p.read(".notice", "已为 王小宝 预约")
			p.read(".pass", "为 王小宝")
			p.read(".facts", "王小明")
			p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
			p.shot(" 3 pass")

			p.press("我的预约")
			p.read(".booking .tag.for", "为 王小宝")
			p.shot(" 4 mine")
			p.click(fmt.Sprintf(".chips input[value=%q]", mother.Account.ID))
			p.see(".empty")
			p.click(fmt.Sprintf(".chips input[value=%q]", childOf(mother)))
			p.read(".booking", "为 王小宝")

			// The child stays as long as something is booked for it.
			p.visit("/account")
			p.click(`.family [aria-label="移除王小宝"]`)
			p.press("移除")
			p.read("dialog", "王小宝还有未完成的预约")
			p.press("查看这些预约")
			p.click(".booking .whole")
			p.press("取消预约")
			p.see("dialog[open]")
			p.press("取消预约")
			p.read(".pass-state", "已取消")
			p.visit("/account")
			p.click(`.family [aria-label="移除王小宝"]`)
			p.press("移除")
			p.gone(".family li")
		})
	}
}

// childOf is the id of the one family member.
func childOf(c *apptest.Client) string {
	family := apptest.Decode[struct{ Items []struct{ ID string } }](c.Get("/api/v1/account/family").Expect(200))
	if len(family.Items) != 1 {
		return ""
	}
	return family.Items[0].ID
}

func TestABookerBooksForTheChoirAndAPlainMemberOnlyLooks(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 24)
	room.Rules.VerifiedOnly = true
	house.Save(room)
	choir := house.Organization("晨光合唱团")

	booker := open(t, house, phone)
	booker.as(house.Member(account.Booker, choir.ID))
	booker.visit(bookTomorrow)
	booker.read("dialog .notice", "只接受已认证的社会组织")
	if !eval[bool](booker, fmt.Sprintf(`document.querySelector('dialog option[value=%q]').disabled`, choir.ID)) {
		t.Error("an organization that is not verified is offered")
	}
	until := house.Clock.Now().AddDate(1, 0, 0)
	if err := house.Store.Update(t.Context(), func(tx store.Tx) error { return house.Accounts.SetVerified(tx, choir.ID, &until) }); err != nil {
		t.Fatal(err)
	}
	booker.visit(bookTomorrow)
	booker.choose("dialog select[name=for]", choir.ID)
	booker.read(".acting", "您正在代表“晨光合唱团”预约")
	booker.shot(" 1 dialog")
	booker.press("为 晨光合唱团 预约")
	booker.read(".notice", "已为 晨光合唱团 预约")
	booker.shot(" 2 pass")
	booking := eval[string](booker, `location.pathname`)

	booker.visit("/bookings")
	booker.read(".acting", "晨光合唱团") // remembered on this device, and said on every page
	booker.see(".empty")            // one's own list is one's own
	booker.click(fmt.Sprintf(".chips input[value=%q]", choir.ID))
	booker.read(".booking", "为 晨光合唱团")
	booker.press("改为本人")
	booker.gone(".acting")

	member := open(t, house, desktop)
	member.as(house.Member(account.PlainMember, choir.ID))
	member.visit(bookTomorrow)
	member.see("dialog[open] select[name=start]")
	if eval[bool](member, `Boolean(document.querySelector('select[name=for]'))`) {
		t.Error("a plain member is offered to book for the organization")
	}
	member.visit("/bookings")
	member.click(fmt.Sprintf(".chips input[value=%q]", choir.ID))
	member.read(".booking", "代约")
	member.visit(booking)
	member.read(".pass", "为 晨光合唱团")
	member.read(".hint", "更改也请联系预约员")
	if text := eval[string](member, `document.querySelector('main').innerText`); strings.Contains(text, "已经结束") || strings.Contains(text, "通行码\n") {
		t.Errorf("a plain member reads of a booking ahead: %q", text)
	}
	if eval[bool](member, `Boolean(document.querySelector('.qr'))`) {
		t.Error("a plain member is shown the pass")
	}
	member.shot(" 3 member")

	stranger := open(t, house, phone)
	stranger.as(house.Resident("李雷"))
	stranger.visit(booking)
	stranger.read(".notice.bad", "")
	if text := eval[string](stranger, `document.querySelector('main').innerText`); strings.Contains(text, "晨光") {
		t.Errorf("somebody else reads %q", text)
	}
}

func TestAVenueThatAsksForRealNamesIsBookedOnceOneIsBound(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			room := house.ReadingRoom("room", 24)
			room.Rules.RealNameOnly = true
			house.Save(room)
			p := open(t, house, on)
			p.as(house.Resident("小明"))
			p.visit("/venues/room")
			p.read(".rules", "预约人须先实名")
			p.visit(bookTomorrow)
			p.read("dialog .notice", "这个场馆要求实名预约")
			p.shot(" 1 asked")
			p.press("去实名认证")
			p.read("h1", "我的账号")
			p.press("开始实名认证")
			p.fill("input[name=number]", "000000199003070091")
			p.fill("#real-name input[name=name]", "王小明")
			p.press("认证")
			p.read("#real-name .field-error", "不是有效的身份证号码")
			p.fill("input[name=number]", sampleNumber)
			eval[bool](p, `(document.querySelector('#real-name form').requestSubmit(), true)`)
			p.read("#real-name", "**************009X")
			p.shot(" 2 bound")
			if text := eval[string](p, `document.documentElement.innerHTML`); strings.Contains(text, sampleNumber) {
				t.Error("the page still shows the number")
			}
			p.visit(bookTomorrow)
			p.see("dialog[open] select[name=start]")
			p.press("确认预约")
			p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
			p.read(".facts", "王小明")
		})
	}
}

func TestTheAccountPageIsForEverybody(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		room := house.ReadingRoom("room", 6)
		room.Rules.RealNameOnly = true
		house.Save(room)
		choir := house.Organization("晨光合唱团")
		who := house.Member(account.Owner, choir.ID)
		who.Post("/api/v1/account/family", `{"relation":"child","name":"王小宝","birth_year":2018}`).Expect(201)
		square := house.Square("square", 50)
		square.Rules = venue.DefaultRules()
		house.Save(square)
		who.Post("/api/v1/bookings", map[string]any{"venue": "square", "space": square.Spaces[0].ID, "for": choir.ID, "party": 2,
			"start": "2026-11-25T10:00", "end": "2026-11-25T12:00"}).Expect(201)
		p := open(t, house, on)
		p.as(who)
		return p
	}, []view{
		{"account", func(p *page) {
			p.visit("/account")
			p.see(".family li")
			p.see("#real-name button")
			p.see(".own-sessions li")
		}},
		{"family", func(p *page) {
			p.visit("/account")
			p.click("#family-card .actions button")
			p.see("dialog[open] select[name=year]")
		}},
		{"removing", func(p *page) {
			p.visit("/account")
			p.click(".family li button + button")
			p.see("dialog[open] .danger")
		}},
		{"real name", func(p *page) {
			p.visit("/account")
			p.click("#real-name button")
			p.see("input[name=number]")
		}},
		{"for whom", func(p *page) {
			p.visit(bookTomorrow)
			p.see("dialog[open] select[name=for]")
			p.see("dialog .notice")
		}},
		{"the organization's bookings", func(p *page) {
			p.visit("/bookings")
			p.see("main .chips input")
			p.click("main .chips label:last-child")
			p.see(".booking .tag.for")
		}},
	})
}

// What the pages leave out the service refuses too: whom somebody books for is not theirs to say.
func TestNamingSomebodyElseInARequestBooksNothing(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	mother, other := house.Resident("王小明"), house.Resident("李雷")
	mother.Post("/api/v1/account/family", `{"relation":"child","name":"王小宝","birth_year":2018}`).Expect(201)
	choir := house.Organization("晨光合唱团")
	for _, whom := range []string{childOf(mother), mother.Account.ID, choir.ID, "01zzzzzzzzzzzzzzzzzzzzzzzz", `{"$ne":null}`} {
		other.Post("/api/v1/bookings", map[string]any{"venue": "room", "space": "seats", "for": whom,
			"start": "2026-11-25T10:00", "end": "2026-11-25T12:00"}).Refused(403, "for_not_permitted")
		other.Get("/api/v1/bookings?for="+strings.NewReplacer(`"`, "%22", "{", "%7B", "}", "%7D", "$", "%24").Replace(whom)).
			Refused(403, "for_not_permitted")
	}
	other.Do("PATCH", "/api/v1/account/family/"+childOf(mother), `{"relation":"child","name":"改","birth_year":2018}`).
		Refused(404, "family_not_found")
	other.Do("DELETE", "/api/v1/account/family/"+childOf(mother), nil).Refused(404, "family_not_found")
	// Nor can an account name its own family, identity or organizations.
	for _, body := range []string{`{"family":["x"]}`, `{"members":[{"org":"x","role":"owner"}]}`, `{"identity":{"last4":"1"}}`, `{"real_name":true}`} {
		if got := other.Do("PATCH", "/api/v1/account", body); got.Status != 422 {
			t.Errorf("%s: %d", body, got.Status)
		}
	}
}

func TestTheCounterUnbindsARealNameForWhoShowsTheDocument(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	who := house.Resident("王小明")
	who.Post("/api/v1/account/identity", map[string]string{"name": "王小明", "number": sampleNumber}).Expect(200)
	who.Do("PATCH", "/api/v1/account", `{"name":"王晓明"}`).Refused(409, "name_bound")
	d := atTheCounter(t, house, desktop)
	d.types("王小明")
	d.see("#who")
	d.keys(kb.Enter)
	d.read(".counter-person", "证件尾号 009X")
	d.press("解除实名")
	d.see("dialog[open] .danger")
	d.click("dialog[open] .danger")
	d.gone("dialog")
	if text := eval[string](d.page, `document.querySelector('.counter-person').innerText`); strings.Contains(text, "009X") {
		t.Errorf("the counter still reads %q", text)
	}
	who.Do("PATCH", "/api/v1/account", `{"name":"王晓明"}`).Expect(200)
}
