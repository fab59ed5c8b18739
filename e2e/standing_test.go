package e2e

import (
	"slices"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/notice"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// strictRoom is a reading room where two misses in 30 days suspend for a week.
func strictRoom(house *apptest.House) *venue.Venue {
	room := house.ReadingRoom("room", 4)
	room.Rules.Strikes = []rule.StrikeRule{{
		ID: "misses", Counts: []rule.ViolationKind{rule.NoShowed, rule.Misconduct}, Max: 2,
		Within: rule.Within{Per: rule.Rolling, Days: 30}, Penalty: rule.Penalty{Kind: rule.ForDays, N: 7},
	}}
	room.Rules.EarnBack = &rule.EarnBack{How: rule.Text{ZH: "参加两小时志愿服务", EN: "Two hours of volunteering"}}
	return house.Save(room)
}

// misses books a seat and does not come.
func misses(t *testing.T, house *apptest.House, who *apptest.Client, start, end string, until time.Time) {
	t.Helper()
	who.Post("/api/v1/bookings", map[string]string{"venue": "room", "space": "seats", "start": start, "end": end}).Expect(201)
	house.Clock.Set(until)
	if _, _, err := house.Desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// missedTwice is a resident who did not come yesterday and today, and is suspended.
func missedTwice(t *testing.T, house *apptest.House) *apptest.Client {
	t.Helper()
	who := house.Resident("王小明")
	misses(t, house, who, "2026-11-24T10:00", "2026-11-24T11:00", apptest.Now.Add(3*time.Hour))
	misses(t, house, who, "2026-11-24T14:00", "2026-11-24T15:00", apptest.Now.Add(7*time.Hour))
	return who
}

func TestWhoMissesTwiceIsSuspendedAppealsAndCanBookAgain(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	strictRoom(house)
	who := missedTwice(t, house)
	if _, err := house.Notices.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, template := range []string{notice.StrikeCounted, notice.Suspended} {
		if !slices.ContainsFunc(house.Mail.To(who.Account.Phone), func(m notice.Message) bool { return m.Template == template }) {
			t.Errorf("not told by %s: %+v", template, house.Mail.To(who.Account.Phone))
		}
	}
	p := open(t, house, phone)
	p.as(who)
	refused := who.Post("/api/v1/bookings", map[string]string{
		"venue": "room", "space": "seats", "start": "2026-11-25T10:00", "end": "2026-11-25T11:00",
	}).Refused(422, "rule_suspended")
	for _, param := range []string{"rule", "mine", "max", "until"} {
		if refused.Params[param] == nil {
			t.Errorf("the refusal does not say %s: %v", param, refused.Params)
		}
	}

	p.visit("/account")
	p.click(`a[href="/standing"]`)
	p.read(".suspension", "预约已暂停，12月1日")
	p.read(".suspension", "全部空间")
	p.read(".strike", "未按时签到")
	p.read(".strike", "合计满 2 次")
	p.shot(" suspended")
	p.press("申诉")
	p.press("提交申诉")
	p.read(".field-error", "请写明情况")
	p.fill("[name=text]", "我按时到了，但是闸机没有网络，扫不了码。")
	p.show("dialog input[type=file]", certificate(t, "闸机.png", 200))
	p.shot(" appeal")
	p.press("提交申诉")
	p.read("#appeals + ul, .section .said", "闸机没有网络")
	p.read(".strike", "申诉中，等待答复")
	p.shot(" appealed")

	staff := open(t, house, desktop)
	staff.as(house.Staff(account.Manager, "room"))
	staff.visit("/manage/standing")
	staff.read(".strike", "王*明")
	staff.read(".strike", "未签到")
	staff.shot(" queue")
	staff.press("查看照片")
	staff.until(`document.querySelector('dialog img')?.naturalWidth > 0`)
	staff.click("dialog .sheet-head button")
	staff.press("申诉成立，撤销违约")
	staff.read(".field-error", "请写明情况")
	staff.fill("[name=answer]", "闸机当天断网，已核实。")
	staff.press("申诉成立，撤销违约")
	staff.read(".empty", "没有等待答复")

	p.visit("/standing")
	p.gone(".suspension")
	p.read(".answer", "闸机当天断网")
	p.read(".strike", "已撤销")
	p.shot(" granted")
	who.Post("/api/v1/bookings", map[string]string{
		"venue": "room", "space": "seats", "start": "2026-11-25T10:00", "end": "2026-11-25T11:00",
	}).Expect(201)
	p.visit("/privacy")
	p.read("main", "处理您的申诉")
}

func TestManagersWriteDownWaiveAndLiftWithAReason(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	strictRoom(house)
	who := missedTwice(t, house)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Manager, "room"))
	p.visit("/manage/standing")
	p.fill("[name=who]", "王")
	p.press("查找")
	p.click(".standing-find .plain-list button")
	p.read(".suspension", "预约已暂停")
	p.shot(" person")
	p.press("解除暂停")
	p.fill("[name=reason]", "已谈话，本人承诺按时到馆")
	p.click("dialog .large")
	p.gone(".suspension")
	p.press("记录一次违规")
	p.click("dialog .large")
	p.see("dialog [aria-invalid=true]")
	p.fill("[name=reason]", "在阅览室大声通话，劝阻无效")
	p.shot(" write")
	p.click("dialog .large")
	p.read(".strike", "在阅览室大声通话")
	p.press("抵销")
	p.fill("[name=reason]", "参加志愿服务两小时")
	p.click("dialog .large")
	p.read(".strike", "已抵销")
	p.shot(" decided")
	who.Post("/api/v1/bookings", map[string]string{
		"venue": "room", "space": "seats", "start": "2026-11-25T10:00", "end": "2026-11-25T11:00",
	}).Expect(201)
}

func TestThePagesOfStrikesAreForEverybody(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		strictRoom(house)
		who := missedTwice(t, house)
		p := open(t, house, on)
		p.as(who)
		return p
	}, []view{
		{"standing", func(p *page) { p.visit("/standing"); p.see(".suspension") }},
		{"appeal", func(p *page) {
			p.visit("/standing")
			p.see(".strike")
			p.click(".strike .actions button")
			p.see("dialog textarea")
		}},
	})
}

func TestThePagesOfAppealsAreForEverybody(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		strictRoom(house)
		who := missedTwice(t, house)
		standing := apptest.Decode[struct {
			Holder  string
			Strikes []struct{ Violation string }
		}](who.Get("/api/v1/account/standing").Expect(200))
		who.Post("/api/v1/account/appeals", map[string]string{"violation": standing.Strikes[0].Violation, "text": "闸机没有网络"}).Expect(201)
		p := open(t, house, on)
		p.as(house.Staff(account.Manager, "room"))
		return p
	}, []view{
		{"queue", func(p *page) { p.visit("/manage/standing"); p.see(".strike textarea") }},
		{"person", func(p *page) {
			p.visit("/manage/standing")
			p.see(".strike textarea")
			p.click(".strike .actions .ghost")
			p.see(".suspension")
		}},
	})
}

// Where one violation suspends, there are no others to count it with, and two rules that say the same say it once.
func TestWhatSuspendsAloneIsSaidSinglyWithTheYearWhereItIsAnother(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	room := house.ReadingRoom("room", 4)
	for _, s := range []struct {
		id      string
		penalty rule.Penalty
		covers  rule.Scope
	}{
		{"here", rule.Penalty{Kind: rule.ForDays, N: 7}, rule.AtVenue},
		{"everywhere", rule.Penalty{Kind: rule.ForMonths, N: 3}, rule.InDistrict},
	} {
		room.Rules.Strikes = append(room.Rules.Strikes, rule.StrikeRule{
			ID: s.id, Counts: []rule.ViolationKind{rule.NoShowed}, Max: 1, Penalty: s.penalty, Covers: s.covers,
		})
	}
	house.Save(room)
	who := house.Resident("王小明")
	misses(t, house, who, "2026-11-24T10:00", "2026-11-24T11:00", apptest.Now.Add(3*time.Hour))
	for _, c := range []struct {
		on                    device
		language, count, year string
	}{
		{phone, "zh-CN", "按规则一次即暂停预约，已据此暂停，不再重复计入。", "2027年2月24日"},
		{desktop, "en", "The rules suspend for one; this one did, and is not counted again.", "Feb 24, 2027"},
	} {
		p := open(t, house, c.on)
		p.language(c.language)
		p.as(who)
		p.visit("/standing")
		p.read(".strike", c.count)
		p.read("main", c.year)
		if n := eval[int](p, `document.querySelectorAll('.strike-counts li').length`); n != 1 {
			t.Errorf("%s: the same is said %d times", c.language, n)
		}
		p.shot(" " + c.language)
	}
}
