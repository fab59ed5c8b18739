package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/fault"
)

// agree answers the question for consent that comes on top of the page at the first sign-in.
func (p *page) agree() {
	p.t.Helper()
	p.see("#consent[open] input[name=agree]")
	if eval[bool](p, `document.querySelector('#consent input[name=agree]').checked`) {
		p.t.Error("consent is ticked before anybody ticked it")
	}
	p.click("#consent input[name=agree]")
	p.press("同意并继续")
	p.gone("#consent")
}

// signInByCode signs somebody in at the page that shows the form.
func (p *page) signInByCode(to string) {
	p.t.Helper()
	p.fill("input[name=to]", strings.TrimPrefix(to, "+86"))
	p.press("获取验证码")
	p.see("input[name=code]")
	p.fill("input[name=code]", p.house.Code(to))
	p.click("form button.large")
}

func TestConsentIsAskedOnceAndDecliningSignsOut(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			me := house.Account("王小明")
			p := open(t, house, on)
			p.visit("/sign-in")
			p.read(".hint", "个人信息处理规则")
			p.signInByCode(me.Phone)
			p.read("#consent", "个人信息保护法")
			p.shot(" 1 ask")
			p.press("不同意，退出登录")
			p.read(".notice", "您没有同意规则")
			p.until(`Boolean(document.querySelector('.sign-in'))`)

			house.Clock.Advance(2 * time.Minute)
			p.visit("/sign-in")
			p.signInByCode(me.Phone)
			p.see("#consent[open]")
			p.press("同意并继续") // without the tick nothing happens
			p.see("#consent[open]")
			p.agree()
			p.until(`location.pathname === '/bookings'`)
			p.visit("/privacy")
			p.read("section", "同意了第 1 版")
			p.gone("#consent")

			boss := house.Staff(account.Administrator)
			text := apptest.Decode[handlers.PrivacyText](boss.Get("/api/v1/privacy/texts/current"))
			boss.Post("/api/v1/privacy/texts", map[string]any{"after": 1, "changed": "保存期限改为十二个月", "body": text.Body}).Expect(201)
			p.visit("/bookings")
			p.read("#consent", "保存期限改为十二个月")
			p.agree()
			p.visit("/privacy/text")
			p.read(".privacy-text", "第 2 版")
		})
	}
}

// Somebody who is in the middle of a booking when a new text comes into force is asked on top of it, and goes on.
func TestANewTextIsAskedForInTheMiddleOfABooking(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 24)
	me := house.ByCode(house.Account("王小明"))
	me.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
	p := open(t, house, phone)
	p.as(me)
	p.visit("/venues/room")
	p.click(".week button.slot")
	p.choose("dialog select[name=start]", "14:00")
	boss := house.Staff(account.Administrator)
	text := apptest.Decode[handlers.PrivacyText](boss.Get("/api/v1/privacy/texts/current"))
	boss.Post("/api/v1/privacy/texts", map[string]any{"after": 1, "changed": "保存期限改为十二个月", "body": text.Body}).Expect(201)
	p.press("确认预约")
	p.read("#consent", "保存期限改为十二个月")
	p.shot(" asked")
	p.agree()
	p.press("确认预约")
	p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
}

func TestAPersonSeesWhoLookedTakesACopyAndErasesTheAccount(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			house.ReadingRoom("room", 24)
			me := house.Resident("王小明")
			me.Post("/api/v1/account/consents", `{"version":1}`).Expect(200)
			me.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T10:00","end":"2026-11-25T11:00"}`).Expect(201)
			house.Staff(account.Counter, "room").Get("/api/v1/people/" + me.Account.ID + "?why=counter&venue=room").Expect(200)
			p := open(t, house, on)
			p.as(me)
			p.visit("/bookings")
			p.click(".menu summary")
			p.press("个人信息")
			p.read(".looks", "员工counter（服务台）")
			p.read(".looks", "在服务台为您办理")
			p.shot(" 1 page")
			for _, id := range []string{"export-page", "export-json"} {
				got := eval[string](p, fmt.Sprintf(`fetch(document.getElementById(%q).href).then((r) => r.text())`, id))
				if !strings.Contains(got, "王小明") {
					t.Errorf("%s leads to %.200s", id, got)
				}
			}
			p.click("#erase")
			p.fill("dialog input[name=confirm]", "不")
			p.press("永久注销")
			p.read("dialog .field-error", "请输入")
			p.shot(" 2 erase")
			p.fill("dialog input[name=confirm]", "注销")
			p.press("永久注销")
			p.read("h1", "账号已注销")
			p.until(`Boolean(document.querySelector('.sign-in'))`)
			p.shot(" 3 gone")
			if _, err := house.Accounts.FindByAddress(t.Context(), apptest.System, me.Account.Phone); !fault.Is(err, fault.NotFound) {
				t.Errorf("the account is still there: %v", err)
			}
		})
	}
}

func TestTheCopyToReadRunsNothingAndPrints(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 24)
	me := house.Resident("王小明")
	me.Post("/api/v1/bookings", `{"venue":"room","space":"seats","start":"2026-11-25T10:00","end":"2026-11-25T11:00","purpose":"<img src=x onerror=alert(1)>"}`).Expect(201)
	for _, on := range []device{phone, desktop} {
		for _, tongue := range []string{"zh-CN", "en"} {
			p := open(t, house, on)
			p.as(me)
			p.visit("/api/v1/account/export.html?language=" + tongue)
			p.read("td", "王小明")
			if n := eval[int](p, `document.images.length + document.scripts.length`); n != 0 {
				t.Errorf("the page has %d pictures and scripts", n)
			}
			if font := eval[string](p, `getComputedStyle(document.body).maxWidth`); font == "none" {
				t.Error("the policy of the page refuses its own style")
			}
			if eval[bool](p, `document.documentElement.scrollWidth > innerWidth`) {
				t.Errorf("the page is wider than a %s", on)
			}
			p.shot(" " + string(on) + tongue)
		}
	}
}

func TestAnAdministratorWritesTheTextAndServesWhoAsks(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 24)
	house.Account("欧阳秀英")
	p := open(t, house, desktop)
	p.as(house.Staff(account.Administrator))
	p.visit("/manage/privacy")
	p.read(".preview", "个人信息保护法")
	p.shot(" 1 texts")
	p.press("撰写新版本")
	p.fill("textarea[name=zh]", "# 规则\n\n"+strings.Repeat("我们只记录必要的信息。", 8)+"\n\n- 第一条\n- 第二条")
	p.read(".preview li", "第二条")
	p.fill("input[name=changed]", "更短了")
	p.shot(" 2 write")
	p.press("发布第 2 版")
	p.press("发布")
	p.read("section", "第 2 版")
	if text, err := house.Privacy.Current(t.Context()); err != nil || text.Version != 2 || text.Changed != "更短了" {
		t.Errorf("%+v, %v", text, err)
	}

	p.fill("#people input[name=q]", "欧阳")
	p.press("查找")
	p.read(".found-people", "尾号")
	p.shot(" 3 people")
	p.press("注销…")
	p.fill("dialog input[name=confirm]", "注销")
	p.press("永久注销")
	p.gone(".found-people li")
}

func TestThePagesAboutPrivacyAreAccessible(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		house.ReadingRoom("room", 24)
		me := house.ByCode(house.Account("王小明"))
		house.Staff(account.Counter, "room").Get("/api/v1/people/" + me.Account.ID + "?why=counter&venue=room").Expect(200)
		p := open(t, house, on)
		p.as(me)
		return p
	}, []view{
		{"consent", func(p *page) { p.visit("/"); p.see("#consent[open]") }},
		{"privacy", func(p *page) {
			p.visit("/privacy")
			p.click("#consent input[name=agree]")
			p.click("#consent .actions button:last-child")
			p.gone("#consent")
			p.see(".looks li")
		}},
		{"erase", func(p *page) { p.click("#erase"); p.see("dialog input[name=confirm]") }},
		{"text", func(p *page) { p.visit("/privacy/text"); p.see(".prose h2") }},
	})
}

func TestThePageOfThePrivacyTextIsAccessible(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		house.ReadingRoom("room", 24)
		house.Account("欧阳秀英")
		p := open(t, house, on)
		p.as(house.Staff(account.Administrator))
		return p
	}, []view{
		{"texts", func(p *page) { p.visit("/manage/privacy"); p.see(".preview h3") }},
		{"people", func(p *page) {
			p.fill("#people input[name=q]", "欧阳")
			p.click("#people form button")
			p.see(".found-people li")
		}},
		{"write", func(p *page) { p.click("#write"); p.see("textarea") }},
	})
}
