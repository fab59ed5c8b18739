package e2e

import (
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/rule"
)

// fromFourteen is a house with a reading room for people from 14 years on.
func fromFourteen(t *testing.T) *apptest.House {
	t.Helper()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 24)
	room.Rules.MinAge = 14
	house.Save(room)
	return house
}

func TestWhoNeverSaidTheirYearSaysItInTheDialogAndGoesOn(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := fromFourteen(t)
			p := open(t, house, on)
			me := house.Resident("王小明")
			p.as(me)
			p.visit(bookTomorrow)
			p.see("dialog input[name=birth_year]")
			p.shot(" asked")
			p.press("确认预约")
			p.read("dialog .field-error", "请填写四位数的出生年份")
			p.fill("dialog input[name=birth_year]", "1850")
			p.press("确认预约")
			p.until(`document.querySelector('dialog .field-error')?.textContent.includes('1896 到 2026')`)
			p.shot(" unlikely")
			p.fill("dialog input[name=birth_year]", "1985")
			p.press("确认预约")
			p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
			p.visit(bookTomorrow)
			p.see("dialog select[name=start]")
			p.gone("dialog input[name=birth_year]")
		})
	}
}

// What no field of a dialog shows is said above its button.
func TestARefusalIsReadThoughItsFieldIsNotDrawn(t *testing.T) {
	t.Parallel()
	house := fromFourteen(t)
	p := open(t, house, phone)
	me := house.Resident("王小宝")
	me.Do("PATCH", "/api/v1/account", `{"birth_year":2014}`).Expect(200)
	p.as(me)
	p.visit(bookTomorrow)
	p.see("dialog select[name=start]")
	p.gone("dialog select[name=for]")
	p.press("确认预约")
	p.read("dialog .notice.bad", "限 14 岁及以上，登记为 12 岁")
	p.shot(" refused")
	p.language("en")
	p.visit(bookTomorrow)
	p.see("dialog select[name=start]")
	p.press("Book")
	p.read("dialog .notice.bad", "For people from 14 years on; this one is 12")
}

// A refusal that a field shows is not said twice.
func TestARefusalIsReadOnceWhereItsFieldIsDrawn(t *testing.T) {
	t.Parallel()
	house := fromFourteen(t)
	p := open(t, house, phone)
	me := house.Resident("妈妈")
	elder := apptest.Decode[struct{ ID string }](me.Post("/api/v1/account/family", `{"relation":"elder","name":"外婆"}`).Expect(201)).ID
	child := apptest.Decode[struct{ ID string }](me.Post("/api/v1/account/family",
		`{"relation":"child","name":"小宝","birth_year":2018}`).Expect(201)).ID
	p.as(me)
	p.visit(bookTomorrow)
	p.choose("dialog select[name=for]", child)
	p.press("为 小宝 预约")
	p.read("dialog .field-error", "限 14 岁及以上，登记为 8 岁")
	p.gone("dialog .notice.bad")
	p.choose("dialog select[name=for]", elder)
	p.read("dialog label", "外婆的出生年份")
	p.fill("dialog input[name=birth_year]", "1955")
	p.shot(" of an elder")
	p.press("为 外婆 预约")
	p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
}

func TestWhoSignsInWithinTheDialogIsAskedForTheirYearThen(t *testing.T) {
	t.Parallel()
	house := fromFourteen(t)
	p := open(t, house, phone)
	who := house.Account("王小明")
	p.visit(bookTomorrow)
	p.press("登录并预约")
	p.signInByCode(who.Phone)
	p.agree()
	p.see("dialog input[name=birth_year]")
	p.fill("dialog input[name=birth_year]", "1985")
	p.press("确认预约")
	p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
}

func TestASeatsCodeAsksForTheYearToo(t *testing.T) {
	t.Parallel()
	house := fromFourteen(t)
	codes, err := house.Desk.MakeSeatCodes(t.Context(), apptest.System, "room", "")
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, house, phone)
	p.as(house.Resident("王小明"))
	p.visit("/at/" + codes[0].ID)
	p.see("form.at-book input[name=birth_year]")
	p.shot(" at the seat")
	p.fill("form.at-book input[name=birth_year]", "1985")
	p.click("form.at-book button.large")
	p.gone("form.at-book")
}

func TestTheAccountKeepsAYearUntilADocumentSaysIt(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{"zh-CN", "en"} {
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			p := open(t, apptest.Start(t), phone)
			me := p.house.Resident("王小明")
			p.as(me)
			p.language(tag)
			p.visit("/account")
			p.fill("input[name=year]", "1850")
			p.click("section[aria-labelledby=profile] form > button")
			p.read("section[aria-labelledby=profile] .field-error", "1896")
			p.fill("input[name=year]", "1985")
			p.click("section[aria-labelledby=profile] form > button")
			p.see("section[aria-labelledby=profile] .notice.good")
			p.shot(" said")
			me.Post("/api/v1/account/identity", map[string]string{"name": "王小明", "number": sampleNumber}).Expect(200)
			p.visit("/account")
			p.until(`document.querySelector('input[name=year]')?.readOnly && document.querySelector('input[name=year]').value === '1990'`)
			p.read("#real-name", "1990")
			p.shot(" bound")
		})
	}
}

func TestARuleBookSaysThatAParentMayComeAlong(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	square := house.Square("kids", 40)
	square.Rules.MaxAge, square.Rules.ChildUnder, square.Rules.ChildrenEach = 14, 10, 3
	square.Rules.Times = rule.InSessions
	square.Rules.SlotStep, square.Rules.Shortest, square.Rules.Longest = 0, 0, 0
	square.Rules.Sessions = []rule.Session{{Start: 9 * 60, End: 10*60 + 30, Quota: 40}}
	house.Save(square)
	p := open(t, house, phone)
	p.visit("/venues/kids")
	p.read(".rules", "09:00–10:30，限 40 人。")
	p.read("main", "限 14 岁及以下；陪同自己孩子的家长不受此限。")
	p.read("main", "每位成人最多带 3 名 10 岁以下儿童。")
	p.shot(" rules")
}

func TestTheCounterWritesDownTheYearThatTheRulesAskFor(t *testing.T) {
	t.Parallel()
	house := fromFourteen(t)
	clerk := house.Staff(account.Counter, "room")
	clerk.Post("/api/v1/people", `{"venue":"room","name":"王秀英"}`).Expect(201)
	p := open(t, house, desktop)
	p.as(clerk)
	p.visit("/manage/counter?venue=room")
	p.fill("#who", "王秀英")
	p.click("#people [role=option]")
	p.read("#choice ~ .field label", "王秀英的出生年份")
	p.click("#choice ~ .actions button.large")
	p.read(".field-error", "请填写四位数的出生年份")
	p.fill("input[name=birth_year]", "1948")
	p.shot(" asked")
	p.click("#choice ~ .actions button.large")
	p.gone("#choice")
	p.read(".counter-person", "1948")
}

func TestTheCounterLetsInWhoHasReachedTheAge(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 24)
	room.Rules.ExemptAge = 60
	house.Save(room)
	elder, young := house.Resident("王秀英"), house.Resident("李小红")
	elder.Post("/api/v1/account/identity", map[string]string{"name": "王秀英", "number": "11010519491231002X"}).Expect(200)
	young.Post("/api/v1/account/identity", map[string]string{"name": "李小红", "number": sampleNumber}).Expect(200)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Counter, "room"))
	p.visit("/manage/counter?venue=room")
	p.fill("#who", "李小红")
	p.click("#people [role=option]")
	p.see("#choice")
	p.gone("#walk-in")
	p.visit("/manage/counter?venue=room")
	p.fill("#who", "王秀英")
	p.click("#people [role=option]")
	p.shot(" may walk in")
	p.click("#walk-in")
	p.read("#walked-in", "今天 1 人")
}

func TestAskingForAYearIsAccessible(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := fromFourteen(t)
		p := open(t, house, on)
		p.as(house.Resident("王小明"))
		return p
	}, []view{
		{"asked", func(p *page) {
			p.visit(bookTomorrow)
			p.see("dialog[open] input[name=birth_year]")
		}},
		{"refused", func(p *page) {
			p.visit(bookTomorrow)
			p.see("dialog[open] input[name=birth_year]")
			p.click("dialog form > button.large")
			p.see("dialog .field-error")
		}},
	})
}
