package e2e

import (
	"net/http"
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/account"
)

// asked makes the room's month: one booking, and four people who were refused.
func asked(t *testing.T, house *apptest.House) {
	t.Helper()
	house.ReadingRoom("room", 1)
	seat := func(who, from, to, code string) {
		t.Helper()
		answer := house.Resident(who).Post("/api/v1/bookings",
			`{"venue":"room","space":"seats","start":"2026-11-24T`+from+`","end":"2026-11-24T`+to+`"}`)
		if code == "" {
			answer.Expect(http.StatusCreated)
		} else {
			answer.Refused(answer.Status, code)
		}
	}
	seat("王小明", "10:00", "14:00", "")
	seat("李秀英", "10:00", "12:00", "space_taken")
	seat("陈德福", "11:00", "13:00", "space_taken")
	seat("赵金桂", "15:00", "20:00", "rule_longest")
	if err := house.Jobs.RunNow(t.Context(), "unmet", 0, 0); err != nil {
		t.Fatal(err)
	}
}

func TestAManagerSeesWhoWouldHaveGotAPlaceUnderOtherRules(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	asked(t, house)
	p := edit(t, house, "room", "rules")
	p.questions()
	p.fill(`[name="rules.longest"]`, "2")
	p.click("#replay")
	p.read("dialog .replay-sum", "多约上 1 个，少约上 1 个")
	p.read("dialog #replayed", "1 个预约中，0 个照样能约")
	p.read("dialog #replayed", "3 个请求中，1 个现在能约上")
	p.read("dialog #replayed", "没有空位")
	eval[bool](p, `(document.querySelectorAll('dialog details').forEach((d) => { d.open = true; }), true)`)
	p.read("dialog #replayed", "当时已约满")
	p.shot(" two hours")
	p.click("dialog .sheet-head button")
	p.fill(`[name="rules.longest"]`, "5")
	p.click("#replay")
	p.read("dialog .replay-sum", "多约上 1 个，少约上 0 个")
	eval[bool](p, `(document.querySelectorAll('dialog details').forEach((d) => { d.open = true; }), true)`)
	p.read("dialog #replayed", "当时规则不允许，规则第 1 版")
	p.shot(" five hours")
}

func TestRulesAreTriedWithTheHoursOfTheSameEdit(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 1)
	p := edit(t, house, "room", "hours")
	p.choose(`select[aria-label="周二关门"]`, "12:00")
	p.read(".save-bar", "还没有保存")
	p.click("#section-rules")
	p.see("#preview:not(:disabled)")
	p.click("#preview")
	p.read("dialog .preview-days li:first-child", "–12:00 可约")
	p.shot("")
}

func TestEverybodyCanReadAReplay(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	asked(t, house)
	manager := house.Staff(account.Manager, "room")
	accessible(t, func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(manager)
		return p
	}, []view{{"replay", func(p *page) {
		p.visit("/manage/venues/room?section=rules")
		p.see(".rule-said li")
		p.click("#replay")
		p.see("dialog #replayed section + section")
		eval[bool](p, `(document.querySelectorAll('dialog details').forEach((d) => { d.open = true; }), true)`)
	}}})
}
