package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/account"
	"wenguan/models/rule"
)

// questions opens every question of the rules.
func (p *page) questions() {
	p.t.Helper()
	p.click("#open-all")
	p.see(`[name="open-misses"][aria-expanded="true"]`)
}

// saveRules saves changed rules: what changes is read first.
func (p *page) saveRules(change string) {
	p.t.Helper()
	p.until(`!document.querySelector('#save').disabled`)
	p.click("#save")
	p.read("dialog .come", change)
	p.read("dialog", "已经约好的不受影响")
	p.shot(" what changes")
	p.click("#confirm-rules")
	p.read(".save-bar", "已保存")
}

func TestAManagerEntersSessionsWithQuotasAndReadsThemInBothLanguages(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Square("square", 60)
	space := venueOf(house, "square").Spaces[0].ID
	reserve(house.Resident("王小明"), "square", space, "14:00", "15:00", 1)
	p := edit(t, house, "square", "rules")
	p.questions()
	p.choose(`[name="rules.times"]`, "sessions")
	p.fill(`[name="rules.horizon_days"]`, "1")
	p.choose(`[name="rules.release_at"]`, "10:00")
	p.choose(`[name="rules.sessions[0].end"]`, "13:00")
	p.fill(`[name="rules.sessions[0].quota"]`, "2")
	p.choose(`[name="rules.sessions[1].start"]`, "12:00")
	p.choose(`[name="rules.sessions[1].end"]`, "17:00")
	p.read(".rule-faults", "场次重叠")
	p.until(`document.querySelector('#preview').disabled`)
	p.shot(" a fault")
	p.choose(`[name="rules.sessions[1].start"]`, "13:00")
	p.gone(".rule-faults")
	p.read(".rule-said", "09:00–13:00，限 2 人")
	p.click("#other-language")
	p.until(`(() => { const said = [...document.querySelectorAll('.rule-said')];
		return said.length > 3 && said.every((e) => e.lang === 'en' && !/[\u4e00-\u9fff]/.test(e.innerText)); })()`)
	p.read(".rule-said", "09:00–13:00")
	p.shot(" in English")
	p.click("#other-language")
	p.read(".rule-said", "按场次预约")

	p.click("#preview")
	p.read("dialog .preview-times", "13:00–17:00 可约") // today; tomorrow opens at ten
	eval[bool](p, `(() => { const i = document.querySelector('[name="preview-at"]'); i.value = '2026-11-24T10:05';
		i.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`)
	p.read("dialog .preview-times", "09:00–13:00 可约")
	p.shot(" preview")
	p.click("dialog .sheet-head button")
	p.click("#replay")
	p.read("dialog #replayed", "1 个会约不上")
	p.shot(" replay")
	p.click("dialog .sheet-head button")
	p.saveRules("09:00–13:00，限 2 人")

	resident := house.Resident("李秀英")
	resident.Post("/api/v1/bookings", `{"venue":"square","space":"`+space+`","start":"2026-11-24T13:00","end":"2026-11-24T14:00"}`).
		Refused(http.StatusUnprocessableEntity, "rule_session")
	resident.Post("/api/v1/bookings", `{"venue":"square","space":"`+space+`","start":"2026-11-24T13:00","end":"2026-11-24T17:00"}`).
		Expect(http.StatusCreated)
	if b := venueOf(house, "square").Rules; b.Times != rule.InSessions || len(b.Sessions) != 2 || b.Sessions[0].Quota != 2 || b.SlotStep != 0 {
		t.Errorf("stored is %+v", b.Shape)
	}
}

func TestAManagerGivesOneRoomTheRulesOfATemplate(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := edit(t, house, "hotel", "rules")
	p.choose("#whose", "a")
	p.read(".section-body", "“A 厅”现在按场馆的规则预约")
	p.click("#own-rules")
	p.click("#templates")
	p.read("dialog .templates", "热门纪念馆参观")
	p.shot(" templates")
	p.click(`dialog [name="rehearsal-rooms"]`)
	p.read(".rule-said", "每周从周三")
	p.read(".rule-said", "认证的社会组织")
	p.questions()
	p.until(`document.querySelector('[name="spaces[1].rules.party_max"]').value === '30'`)
	p.fill(`[name="spaces[1].rules.party_max"]`, "12")
	p.read(".field-error", "不能少于最少人数 15") // at the field, before anything is saved
	p.fill(`[name="spaces[1].rules.party_min"]`, "6")
	p.gone(".field-error")
	p.fill(`[name="spaces[1].rules.letter.title.zh-CN"]`, "排练室安全责任书")
	p.read(".rule-said", "《排练室安全责任书》")
	p.shot("")
	p.saveRules("一次预约 6 至 12 人")

	v := venueOf(house, "hotel")
	if own := v.Spaces[1].Rules; own == nil || own.Based != "rehearsal-rooms" || own.PartyMax != 12 || !own.VerifiedOnly || own.Letter.Title.ZH != "排练室安全责任书" {
		t.Errorf("the room has %+v", own)
	}
	book := func(space string) *apptest.Answer {
		return house.Resident("王小明").Post("/api/v1/bookings",
			`{"venue":"hotel","space":"`+space+`","start":"2026-12-01T10:00","end":"2026-12-01T11:00","party":8}`)
	}
	if got := book("a"); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a resident books the room: %d %s", got.Status, got.Body)
	}
	book("b").Expect(http.StatusCreated)
}

func TestAChangeOfTheRulesCanBeginOnADate(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := edit(t, house, "room", "rules")
	p.read(".rule-said", "一次最多 4 小时")
	p.click("#from-a-date")
	p.see(`[name="next_rules.starts"]`)
	p.questions()
	p.fill(`[name="next_rules.longest"]`, "2")
	p.read(".rule-said", "一次最多 2 小时")
	p.shot("")
	p.saveRules("一次最多 2 小时")
	v := venueOf(house, "room")
	if v.NextRules == nil || v.NextRules.Starts.String() != "2026-12-01" || v.NextRules.Longest != 120 || v.Rules.Longest != 240 {
		t.Errorf("stored are %+v and %+v", v.Rules, v.NextRules)
	}
}

// Nobody who leaves the unit alone promises four minutes where four hours were meant.
func TestAnEmptyLengthOffersTheUnitPeopleSayItIn(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	v := *house.ReadingRoom("room", 4)
	v.Rules.Longest = 0
	v.Rules.Organizations = &rule.Terms{SpacesMax: 2}
	house.Save(&v)
	p := edit(t, house, "room", "rules")
	p.see(".rule-said li")
	p.questions()
	for _, name := range []string{"rules.longest", "rules.organizations.longest"} {
		p.until(fmt.Sprintf(`document.querySelector('[name="%s"]')?.parentElement.querySelector('select').value === '60'`, name))
		p.fill(fmt.Sprintf(`[name="%s"]`, name), "4")
	}
	p.read(".rule-said", "一次最多 4 小时")
	p.shot("")
	p.until(`document.querySelector('[name="rules.check_in_after"]').parentElement.querySelector('select').value === '1'`)
}

// A manager says what to change, changes it, sees what it was, and takes it back.
func TestAManagerFindsTheQuestionByWhatTheyWantToChange(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := edit(t, house, "room", "rules")
	p.read(".rule-said", "一次最多 4 小时") // the answers stand there before any question is opened
	p.gone(`[name="rules.longest"]`)
	p.fill("#find-rule", "我想把开放预约改到早上八点")
	p.until(`document.querySelector('.found-rules button').name === 'ask-release_at'`)
	p.shot(" found")
	p.fill("#find-rule", "一次可以坐多少小时")
	p.until(`document.querySelector('.found-rules button').name === 'ask-longest'`)
	p.click(".found-rules button")
	p.until(`document.activeElement.name === 'rules.longest'`)
	p.fill(`[name="rules.longest"]`, "2")
	p.read("#group-shape .rule-said", "一次最多 2 小时")
	p.read("#group-shape .gone", "一次最多 4 小时")
	p.read(".rule-words", "可以约什么样的时间")
	p.click(`[name="undo-shape"]`)
	p.gone("#group-shape .gone")
	p.until(`document.querySelector('#save').disabled && document.querySelector('[name="rules.longest"]').value === '4'`)
	p.press("未签到，位置释放给他人") // a sentence leads to its question
	p.until(`document.activeElement.name === 'rules.check_in_after'`)
}

// Whatever managers call it, the question they mean is among the first three.
func TestQuestionsOfTheRulesAreFoundByTheWordsOfPeople(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := edit(t, house, "room", "rules")
	p.see(".rule-said li")
	for wanted, key := range map[string]string{
		"我想把开放预约改到早上八点": "release_at", "提前三天就能约": "horizon_days", "不来的人要拉黑": "strikes", "三次没来就停约": "strikes",
		"取消太晚怎么办": "late_cancel", "每人每周最多约两次": "limits", "迟到十五分钟放给别人": "check_in_after", "吃午饭的时候暂离久一点": "meal_leaves",
		"小孩要家长陪": "child_under", "要实名": "real_name_only", "平时不用预约直接进": "walk_in", "老人可以直接来": "exempt_age",
		"一次最多坐几个小时": "longest", "改成上午场下午场": "times", "只给认证的社团用": "verified_only", "离开要签退": "check_out_required",
		"open booking at eight in the morning": "release_at", "suspend people who miss three times": "strikes",
		"how late may people cancel": "cancel_before", "children with a parent": "child_under", "longer lunch break": "meal_leaves",
		"闭馆前15分钟结束": "use_hours", "每月1号开始预约下个月": "opens", "本区居民优先": "audience",
		"社会组织另外提前三十天":                        "organizations",
		"end fifteen minutes before closing": "use_hours", "open the following month on the first": "opens",
	} {
		found := eval[[]string](p, fmt.Sprintf(`(async () => {
			const main = document.querySelector('script[type=module]').src;
			const module = (path) => import(main.replace('manage/main.js', path));
			const { speak, loadEnglish } = await module('lib/i18n.js');
			const { groups } = await module('manage/editor/rulebook/schema-after.js');
			const { meant } = await module('manage/editor/rulebook/find.js');
			await loadEnglish();
			const wanted = %q;
			speak(/^[a-z]/.test(wanted) ? 'en' : 'zh-CN');
			try {
				return meant(groups, { leave: 15, cancel_before: 60, check_in_after: 15 }, wanted).map((f) => f.key);
			} finally {
				speak();
			}
		})()`, wanted))
		if !slices.Contains(found[:min(3, len(found))], key) {
			t.Errorf("%s leads to %v, not to %s", wanted, found, key)
		}
		if wanted == "本区居民优先" && slices.Contains(found, "letter") {
			t.Errorf("%s leads to the letter: %v", wanted, found)
		}
		if key != "organizations" && wanted != "本区居民优先" && !strings.Contains(wanted, "社团") && slices.Contains(found[:min(3, len(found))], "organizations") {
			t.Errorf("%s leads to what organizations have: %v", wanted, found)
		}
	}
}

// What the venue had before is there on any later day, to read and to take up again.
func TestAManagerGoesBackToRulesOfBefore(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	v := *house.ReadingRoom("room", 4)
	v.Rules.Longest = 120
	house.Save(&v)
	p := edit(t, house, "room", "rules")
	p.click("#versions")
	p.read("dialog .versions", "第 2 版")
	p.read("dialog .versions", "现在用的")
	p.click("dialog .versions li:nth-child(2) summary")
	p.read("dialog .versions", "一次最多 4 小时")
	p.shot(" versions")
	p.press("换成这一版")
	p.gone("dialog")
	p.read("#group-shape .rule-said", "一次最多 4 小时")
	p.saveRules("一次最多 4 小时")
	if v := venueOf(house, "room"); v.Rules.Longest != 240 {
		t.Errorf("stored is %d", v.Rules.Longest)
	}
}

// What was given up comes back, and so does what was stored before a save: a manager may try.
func TestAManagerTakesBackASavedChangeOfTheRules(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	p := edit(t, house, "room", "rules")
	p.questions()
	p.fill(`[name="rules.longest"]`, "2")
	p.fill(`[name="rules.per_day"]`, "3")
	p.click("#discard")
	p.read(".save-bar", "已放弃")
	p.click("#take-up")
	p.read("#group-shape .rule-said", "一次最多 2 小时")
	p.saveRules("一次最多 2 小时")
	if r := venueOf(house, "room").Rules; r.Longest != 120 || r.PerDay != 3 {
		t.Errorf("saved: %+v", r)
	}
	p.click("#go-back")
	p.read("#group-shape .rule-said", "一次最多 4 小时")
	p.saveRules("一次最多 4 小时")
	if r := venueOf(house, "room").Rules; r.Longest != 240 || r.PerDay != 0 || r.Version < 3 {
		t.Errorf("taken back: %+v", r)
	}
}

func TestEverybodyCanEditRuleBooks(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	saved := venueOf(house, "room")
	book, _ := rule.NewFrom("university-library-seats")
	saved.Rules = book
	manager := house.Staff(account.Manager, "room")
	manager.Put("/api/v1/venues/room", saved).Expect(http.StatusOK)
	accessible(t, func(t *testing.T, on device) *page {
		p := open(t, house, on)
		p.as(manager)
		return p
	}, []view{
		{"rules", func(p *page) {
			p.visit("/manage/venues/room?section=rules")
			p.see(".rule-said li")
			p.questions()
			eval[bool](p, `(document.querySelectorAll('main details').forEach((d) => { d.open = true; }), true)`)
		}},
		{"templates", func(p *page) { p.click("#templates"); p.see("dialog .templates button") }},
		{"versions", func(p *page) {
			p.click("dialog .sheet-head button")
			p.click("#versions")
			p.click("dialog .versions li:nth-child(2) summary")
			p.see("dialog .versions button")
		}},
		{"preview", func(p *page) {
			p.click("dialog .sheet-head button")
			p.click("#preview")
			p.see("dialog .preview-days li")
		}},
	})
}

// Fields that are rarely shown have their words, too.
func TestEveryQuestionOfTheRulesHasItsWords(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 1)
	p := edit(t, house, "room", "rules")
	for _, missing := range eval[[]string](p, `(async () => {
		const main = document.querySelector('script[type=module]').src;
		const { groups } = await import(main.replace('main.js', 'editor/rulebook/schema-after.js'));
		const { known } = await import(main.replace('manage/main.js', 'lib/i18n.js'));
		const wanted = [];
		const walk = (under, fields) => fields.forEach((f) => {
			wanted.push('rulebook.f.' + (f.label ?? under + f.key));
			if (f.unit) wanted.push('rulebook.unit.' + f.unit);
			if (f.kind === 'list') wanted.push('rulebook.add.' + f.key);
			(f.values ?? []).forEach((v) => wanted.push((f.words ?? 'rulebook.v.' + under + f.key) + '.' + v));
			walk(f.root ? '' : under + f.key + '.', f.fields ?? []);
		});
		groups.forEach((g) => { wanted.push('rulebook.group.' + g.id, 'rulebook.none.' + g.id);
			[...g.plain, ...g.more].forEach((f) => wanted.push('rulebook.k.' + f.key));
			walk('', [...g.plain, ...g.more]); });
		return wanted.filter((key) => !known(key));
	})()`) {
		t.Errorf("there are no words for %s", missing)
	}
}
