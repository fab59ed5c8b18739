package e2e

import (
	"testing"

	"wenguan/models/account"
)

func TestStaffSetUpPasswordAndAppSignInAndUseARecoveryCode(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			p := open(t, house, on)
			who, link := enrolment(t, house, account.Manager)
			p.visit(link)
			p.arrive(p.url + "/manage/security")
			p.click("#enrol-password")
			p.fill("input[name=password]", "password12345")
			p.press("保存密码")
			p.read(".field-error", "太常见")
			p.fill("input[name=password]", "a quiet walk by the river")
			p.press("保存密码")
			p.see("img.qr")
			secret := eval[string](p, `document.querySelector('#secret').innerText.replaceAll(' ', '')`)
			p.shot(" app")
			p.fill("input[name=code]", appCode(t, house, secret))
			p.press("启用")
			p.read("main .notice.good", "设置好了")
			p.click("#make-recovery")
			p.see(".codes li")
			recovery := eval[string](p, `document.querySelector('.codes code').innerText`)
			p.signOut()

			p.visit("/manage/summary")
			p.click(".gate a.button")
			p.fill("input[name=login]", who.Phone)
			p.fill("input[name=password]", "a quiet walk by the sea")
			p.fill("input[name=totp]", appCode(t, house, secret))
			p.click("form button.large")
			p.read(".field-error", "不对")
			p.shot(" wrong")
			p.fill("input[name=password]", "a quiet walk by the river")
			p.fill("input[name=totp]", appCode(t, house, secret))
			p.click("form button.large")
			p.see(".chart, .empty")
			p.signOut()

			p.visit("/manage/sign-in")
			p.fill("input[name=login]", who.Phone)
			p.fill("input[name=password]", "a quiet walk by the river")
			p.press("用恢复码")
			p.fill("input[name=recovery]", recovery)
			p.click("form button.large")
			p.see(".occupancy, .timetable, .daylist")
			p.visit("/manage/security")
			p.read("#recovery", "还剩 9 个")
		})
	}
}

func TestStaffEndASessionOnAnotherDevice(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	chief := house.Account("陈馆长", account.Grant{Role: account.Administrator})
	p, lost := open(t, house, desktop), house.As(chief)
	p.as(house.As(chief))
	lost.Get("/api/v1/jobs").Expect(200)
	p.visit("/manage/security")
	p.click("#sessions li button")
	p.press("结束登录")
	p.gone("#sessions li button")
	lost.Get("/api/v1/jobs").Refused(401, "sign_in_needed")
	p.shot("")
}

func TestThePagesOfSigningInAsStaffAreAccessible(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	chief := func() account.Account { return house.Account("陈馆长", account.Grant{Role: account.Administrator}) }
	start := func(t *testing.T, on device) *page {
		p := atLocalhost(t, house, on)
		p.withAuthenticator()
		p.without("PublicKeyCredential.isConditionalMediationAvailable")
		return p
	}
	accessible(t, start, []view{
		{"sign in as staff", func(p *page) { p.visit("/manage/sign-in"); p.see("#passkey") }},
		{"recovery code", func(p *page) { p.visit("/manage/sign-in"); p.click("form .link"); p.see("input[name=recovery]") }},
		{"as a resident", func(p *page) { p.as(house.ByCode(chief())); p.visit("/manage/board"); p.see(".gate") }},
		{"security", func(p *page) { p.as(house.As(chief())); p.visit("/manage/security"); p.see("#sessions li") }},
		{"password", func(p *page) {
			p.visit("/manage/security")
			p.click("#password button")
			p.see("dialog[open] input[name=password]")
		}},
		{"app", func(p *page) { p.visit("/manage/security"); p.click("#authenticator button"); p.see("img.qr") }},
		{"a passkey", func(p *page) {
			p.visit("/manage/security")
			p.click("#add-passkey")
			p.see("dialog[open] input[name=name]")
		}},
		{"codes", func(p *page) {
			p.visit("/manage/security")
			p.click("#make-recovery")
			p.until(`(document.querySelector('dialog[open] .actions button:last-child')?.click(), Boolean(document.querySelector('.codes li')))`)
		}},
	})
}
