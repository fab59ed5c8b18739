package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// under gives a venue the rule book of a template.
func under(t *testing.T, house *apptest.House, v *venue.Venue, template string) *venue.Venue {
	t.Helper()
	book, ok := rule.NewFrom(template)
	if !ok {
		t.Fatalf("there is no template %s", template)
	}
	changed := *v
	changed.Rules = *book
	return house.Save(&changed)
}

// clock is a moment by the clocks of the venues.
func clock(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04 -0700", text+" +0800")
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestAResidentBooksASession(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			under(t, house, house.Square("library", 500), "city-library-entry")
			house.Clock.Set(clock(t, "2026-11-24 14:20"))
			p := open(t, house, on)
			p.as(house.Resident("王小明"))
			p.visit("/?date=2026-11-25&from=10:00&to=12:00")
			p.read(".offers", "09:00–13:00 · 余 500")
			p.visit("/venues/library")
			p.read(".rules", "每天 10:00 起可约次日")
			p.see(".sessions")
			p.read(".session.off", "上午场") // this morning is over
			p.read("button.session", "余 500 人")
			p.shot(" venue")
			p.press("25")
			p.read("button.session", "上午场")
			p.click("button.session")
			p.read("dialog .chip input:checked + span", "09:00–13:00")
			p.shot(" dialog")
			p.press("确认预约")
			p.see(".qr")
			p.read(".facts", "09:00–13:00")
			p.read(".rules", "签到时间：11月25日 08:30 至 11月25日 13:00")
			p.shot(" pass")
			p.press("改期")
			p.click("dialog .chip:nth-of-type(2)")
			p.press("确认改期")
			p.read(".facts", "13:00–17:00")
		})
	}
}

func TestAPanelIsLentForWholeDays(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			v := *house.Hotel("gallery")
			days := rule.Book{
				Opening: rule.Opening{Opens: rule.Always, HorizonDays: 30}, Shape: rule.Shape{Times: rule.WholeDays, Longest: 10 * 1440, SpacesMax: 2},
				Attendance: rule.Attendance{NoCheckIn: true},
			}
			v.Spaces[3].Rules, v.Spaces[4].Rules = &days, &days
			house.Save(&v)
			p := open(t, house, on)
			p.as(house.Resident("书法社"))
			p.visit("/venues/gallery?space=c")
			p.read(".rules-of", "C 室、D 室的规则") // of the space that was chosen, first and open
			p.read(".rules", "按整天预约")
			p.read(".own-rules summary", "其他空间的规则")
			p.visit("/venues/gallery?space=a")
			p.read(".rules-of", "A 厅的规则")
			p.read(".own-rules summary", "C 室、D 室的规则")
			p.visit("/venues/gallery?space=c")
			p.click(".days button.slot")
			p.choose("dialog select[name=date]", "2026-11-26")
			p.choose("dialog select[name=end_date]", "2026-11-28")
			p.read("dialog .several", "D 室")
			p.click("dialog input[name=also]")
			p.fill("dialog input[name=purpose]", "书法展")
			p.shot(" dialog")
			p.press("确认预约")
			p.read(".facts", "11月28日")
			p.read(".facts", "D 室")
			p.read(".rules", "无需签到")
			p.shot(" pass")
		})
	}
}

func TestATroupeAcceptsTheLetterToBook(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			v := *under(t, house, house.Hotel("house"), "rehearsal-rooms")
			v.Rules.VerifiedOnly, v.Rules.PurposeNeeded = false, true
			house.Save(&v)
			house.Clock.Set(clock(t, "2026-11-25 09:00")) // a Wednesday: the following week opens
			troupe := house.Organization("合唱团")
			p := open(t, house, on)
			p.as(house.Member(account.Booker, troupe.ID))
			p.visit("/venues/house?space=a&date=2026-12-02&from=14:00&to=16:00&book=1")
			p.read("dialog .notice", "只限社会组织")
			p.choose("dialog select[name=for]", troupe.ID)
			p.until(`document.querySelector('dialog input[name=party]')?.value === '15'`)
			p.read("dialog .letter", "安全负责")
			p.shot(" letter")
			p.press("为 合唱团 预约")
			p.read("dialog .field-error", "请填写用途")
			p.fill("dialog input[name=purpose]", "排练")
			p.press("为 合唱团 预约")
			p.read("dialog .field-error", "场地使用安全责任书")
			p.click("dialog input[name=letter]")
			p.press("为 合唱团 预约")
			p.read(".facts", "14:00–16:00")
			p.read(".rules", "已同意第 1 版")
		})
	}
}

func TestATroupeSeesWhatOrganizationsCanBook(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	v := *house.Hotel("house")
	v.Rules.Opening = rule.Opening{HorizonDays: 2}
	v.Rules.Organizations = &rule.Terms{Opening: &rule.Opening{HorizonDays: 30}}
	house.Save(&v)
	troupe := house.Organization("合唱团")
	p := open(t, house, phone)
	p.as(house.Member(account.Booker, troupe.ID))
	p.visit("/venues/house?space=a")
	p.read(".rules", "居民：最多提前 2 天预约")
	p.read(".rules", "社会组织：最多提前 30 天预约")
	p.choose(".times select[name=for]", troupe.ID)
	p.shot(" as a troupe")
	p.visit("/venues/house?space=a&date=2026-12-16&from=14:00&to=16:00&book=1")
	p.press("为 合唱团 预约")
	p.read(".facts", "12月16日")
}

func TestAChildComesWithAParent(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	under(t, house, house.Square("books", 80), "community-reading-room")
	parent := house.Resident("王小明")
	child := apptest.Decode[struct{ ID string }](parent.Post("/api/v1/account/family",
		`{"relation":"child","name":"王小宝","birth_year":2019}`).Expect(http.StatusCreated))
	p := open(t, house, phone)
	p.as(parent)
	p.visit("/venues/books")
	p.press("26")
	p.read(".notice", "11月26日星期四无需预约，可以直接来")
	p.shot(" walk in")
	p.visit("/venues/books?date=2026-11-28&from=09:00&to=12:00&book=1")
	p.choose("dialog select[name=for]", child.ID)
	p.read("dialog .several", "11 岁以下儿童须由家长在同一预约中陪同")
	p.until(`document.querySelector('dialog input[name=with]')?.checked`)
	p.shot(" with")
	p.click("dialog input[name=with]") // tries it alone
	p.press("为 王小宝 预约")
	p.read("dialog .field-error", "须由家长在同一预约中陪同")
	p.click("dialog input[name=with]")
	p.press("为 王小宝 预约")
	p.read(".facts", "09:00–12:00")
	p.read(".facts", "2 人")
}

func TestAResidentChecksInLeavesAndReturnsByPhone(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := apptest.Start(t)
			v := *under(t, house, house.ReadingRoom("room", 24), "county-library-seats")
			v.Rules.CheckInBy = []rule.Means{rule.ByPhone, rule.ByPass}
			house.Save(&v)
			resident := house.Resident("王小明")
			booking := reserve(resident, "room", "seats", "10:00", "12:00", 1)
			house.Clock.Set(clock(t, "2026-11-24 09:50"))
			p := open(t, house, on)
			p.as(resident)
			p.visit("/bookings/" + booking.ID)
			p.read(".rules", "暂离时位置保留 15 分钟。") // and no word of meals, of which this book says nothing
			p.shot(" confirmed")
			p.press("签到")
			p.read(".verbs", "暂离") // is in, not only asked to be
			house.Clock.Set(clock(t, "2026-11-24 10:30"))
			p.press("暂离")
			p.read(".notice.warn", "位置为您保留到 10:45")
			p.shot(" away")
			p.visit("/bookings")
			p.read(".booking", "暂离")
			p.visit("/bookings/" + booking.ID)
			p.press("我回来了")
			p.gone(".notice.warn")
			house.Staff(account.Attendant).Post("/api/v1/bookings/"+booking.ID+"/report", nil).Expect(http.StatusOK)
			p.visit("/bookings/" + booking.ID)
			p.read(".notice.bad", "10:45")
			p.shot(" reported")
			house.Clock.Set(clock(t, "2026-11-24 10:50"))
			p.visit("/bookings/" + booking.ID)
			p.read(".pass-state", "被举报离座未按时返回")
			p.shot(" over")
		})
	}
}

func TestACancellationThatCountsWarnsFirst(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	v := *house.Hotel("hotel")
	v.Rules.CancelBefore, v.Rules.LateCancel = 60, rule.LateMiss
	house.Save(&v)
	resident := house.Resident("王小明")
	booking := reserve(resident, "hotel", "c", "11:00", "12:00", 1)
	house.Clock.Set(clock(t, "2026-11-24 10:20"))
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/bookings/" + booking.ID)
	p.read(".rules", "更晚取消会记一次违约")
	p.press("取消预约")
	p.read("dialog .notice", "会记一次违约")
	p.shot(" warned")
	p.press("取消预约")
	p.read(".pass-state", "取消过晚")
}

func TestARefusalNamesTheRuleOnesOwnCountAndWhenItIsAllowed(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	v := *house.Hotel("hotel")
	v.Rules.Limits = []rule.Limit{{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.AWeek}}}
	house.Save(&v)
	resident := house.Resident("王小明")
	reserve(resident, "hotel", "c", "11:00", "12:00", 1)
	p := open(t, house, phone)
	p.as(resident)
	p.visit("/venues/hotel?space=d&date=2026-11-25&from=14:00&to=16:00&book=1")
	p.press("确认预约")
	p.read("dialog", "每周最多约 1 次，您已有 1 次。最早可约 11月30日。")
	p.shot("")
}

func TestEveryShapeOfRulesIsAccessible(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	under(t, house, house.Square("library", 500), "city-library-entry")
	rehearsal := *under(t, house, house.Hotel("house"), "rehearsal-rooms")
	rehearsal.Rules.VerifiedOnly, rehearsal.Rules.Audience, rehearsal.Rules.ChildUnder = false, "", 11
	rehearsal.Rules.Opens, rehearsal.Rules.Weekly, rehearsal.Rules.SpacesMax = rule.Always, nil, 3
	house.Save(&rehearsal)
	room := *house.ReadingRoom("room", 12)
	room.Rules.Leave, room.Rules.Report, room.Rules.CheckOut = 20, 10, true
	room.Rules.Assignment, room.Rules.CheckInBy = rule.Chosen, []rule.Means{rule.ByPhone}
	house.Save(&room)
	resident := house.Resident("王小明")
	resident.Post("/api/v1/account/family", `{"relation":"child","name":"王小宝","birth_year":2019}`).Expect(http.StatusCreated)
	away := reserve(resident, "room", "s01", "09:30", "12:00", 1)
	for _, verb := range []string{"check-in", "leave"} {
		resident.Post("/api/v1/bookings/"+away.ID+"/"+verb, nil).Expect(http.StatusOK)
	}
	start := func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(resident)
		return p
	}
	accessible(t, start, []view{
		{"sessions", func(p *page) { p.visit("/venues/library"); p.see(".sessions") }},
		{"rules and a letter", func(p *page) {
			p.visit("/venues/house")
			p.until(`(document.querySelectorAll('.own-rules').forEach((d) => { d.open = true; }), Boolean(document.querySelector('.own-rules .prose')))`)
		}},
		{"a session", func(p *page) {
			p.visit("/venues/library?date=2026-11-24&from=13:00&to=17:00&book=1")
			p.see("dialog .chips")
		}},
		{"a letter", func(p *page) {
			p.visit("/venues/house?space=a&date=2026-11-25&from=14:00&to=16:00&book=1")
			p.see("dialog .letter")
		}},
		{"a seat", func(p *page) {
			p.visit("/venues/room?space=seats&date=2026-11-25&from=14:00&to=16:00&book=1")
			p.see("dialog .seat")
		}},
		{"away", func(p *page) { p.visit("/bookings/" + away.ID); p.see(".notice.warn") }},
	})
}

// Every sentence of every template has all its words, in both languages.
func TestTheTemplatesAreSaidInWholeSentences(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	for _, template := range rule.Templates() {
		under(t, house, house.Square(template.ID, 600), template.ID)
	}
	for _, language := range []string{"zh-CN", "en"} {
		p := open(t, house, phone)
		p.language(language)
		for _, template := range rule.Templates() {
			v := apptest.Decode[handlers.Venue](house.Anonymous().Get("/api/v1/venues/" + template.ID).Expect(http.StatusOK))
			p.visit("/venues/" + template.ID)
			p.see(".rule-groups .rules")
			said := eval[[]string](p, `[...document.querySelectorAll('.rule-groups .rules li')].map((e) => e.innerText)`)
			if len(said) != len(v.Explained) {
				t.Errorf("%s has %d sentences, of which the page says %d", template.ID, len(v.Explained), len(said))
			}
			for _, sentence := range said {
				if strings.ContainsAny(sentence, "{}|[") || strings.Contains(sentence, "undefined") || strings.Contains(sentence, "rule.") {
					t.Errorf("%s in %s: %s", template.ID, language, sentence)
				}
			}
			t.Log(template.ID + "\n" + strings.Join(said, "\n"))
		}
	}
}
