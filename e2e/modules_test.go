package e2e

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"wenguan/app/apptest"
)

// The pure parts of the client, asked in the browser they are for. The device is on the other side of the world: no answer
// may depend on its zone.
func TestThePurePartsOfTheClient(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	p := open(t, house, desktop)
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "America/Los_Angeles"})
		return err
	}))
	p.visit("/")
	p.see("h1")
	base := "/static/" + house.Site.Hash + "/js/"
	const line = `{ date: '2026-11-25', day: {}, slots: ['08:00', '08:30', '09:00', '09:30', '10:00', '14:00', '14:30'], left: [0, 3, 2, 2, 5, 1, -1] }`
	for _, c := range []struct{ name, module, ask, want string }{
		{"now is the venue's, not the device's", "lib/dates.js", `m.now('Asia/Shanghai')`, `"2026-11-24T09:40"`},
		{"and in the venue's own zone", "lib/dates.js", `m.now('Europe/Vienna')`, `"2026-11-24T02:40"`},
		{"a month ends", "lib/dates.js", `m.addDays('2026-12-31', 1)`, `"2027-01-01"`},
		{"Sunday belongs to the week before", "lib/dates.js", `m.monday('2026-11-29')`, `"2026-11-23"`},
		{"24:00 is the next day", "lib/dates.js", `m.at('2026-11-30', '24:00')`, `"2026-12-01T00:00"`},
		{"days between, over a change of clocks", "lib/dates.js", `m.daysBetween('2026-03-28', '2026-03-30')`, `2`},
		{"a wall clock is shown as it is", "lib/dates.js", `m.format('2026-11-25T09:05:00+08:00', 'en', { hour: '2-digit', minute: '2-digit' })`, `"09:05"`},
		{"minutes in words", "lib/words.js", `[30, 60, 90, 240, 1440, 2880, 0].map(m.duration).join()`, `"30 分钟,1 小时,1 小时 30 分钟,4 小时,1 天,2 天,0 分钟"`},
		{"a range over midnight names the day", "lib/words.js", `m.timeRange('2026-11-25T22:00', '2026-11-26T02:00')`, `"22:00–11月26日 02:00"`},
		{"a date of another year has its year", "lib/words.js", `[m.shortDate('2026-12-31'), m.shortDate('2027-01-03'), m.longDate('2027-01-03'), m.momentText('2025-12-31T09:00')]`,
			`["12月31日","2027年1月3日","2027年1月3日星期日","2025年12月31日 09:00"]`},
		{"no hours are closed", "lib/words.js", `m.hoursText([])`, `"休息"`},
		{"what is unset is not asked", "lib/api.js", `m.query({ a: '', b: 0, c: null, d: false, e: true, f: '文' })`, `"?b=0&e=true&f=%E6%96%87"`},
		{"two keys differ", "lib/api.js", `new Set([m.newKey(), m.newKey()]).size`, `2`},
		{"numbers are grouped and counted", "lib/i18n.js", `m.t('find.count', { when: '今天', n: 12345 })`, `"今天，12,345 处有空"`},
		{"one can start where something is left", "resident/slots.js", `m.startsOf(` + line + `)`, `["08:30","09:00","09:30","10:00","14:00"]`},
		{"one can stay along free slots, up to the longest", "resident/slots.js", `m.endsOf(` + line + `, '08:30', 30, { shortest: 30, longest: 90 })`, `["09:00","09:30","10:00"]`},
		{"and not across a gap, nor for less than the shortest", "resident/slots.js", `m.endsOf(` + line + `, '09:30', 30, { shortest: 60, longest: 0 })`, `["10:30"]`},
		{"nor into what is taken", "resident/slots.js", `m.endsOf(` + line + `, '14:00', 30, { shortest: 30, longest: 0 })`, `["14:30"]`},
		{"an hour is a row, named by its first slot", "resident/slots.js", `m.rowsOf([` + line + `, { date: '', day: {}, slots: ['13:30'], left: [1] }], 30)`, `["08:00","09:00","10:00","13:30","14:00"]`},
		{"a row offers its first free slot", "resident/slots.js", `m.cellOf(` + line + `, '08:00', 30)`, `{"time":"08:30","left":3}`},
		{"a row without such a time offers nothing", "resident/slots.js", `m.cellOf(` + line + `, '13:00', 30)`, `null`},
		{"what is past of today is left out", "resident/slots.js", `m.rowsAhead(['07:00', '08:00', '14:00'], { date: '', day: {}, slots: ['07:00', '07:30', '08:00', '14:00'], left: [-1, -1, 0, -1] }, 30)`, `["08:00","14:00"]`},
		{"a day that is over is shown as it was", "resident/slots.js", `m.rowsAhead(['07:00'], { date: '', day: {}, slots: ['07:00'], left: [-1] }, 30)`, `["07:00"]`},
		{"the least that is left counts", "resident/slots.js", `m.leastLeft(` + line + `, '08:30', '10:30')`, `2`},
		{"the end wished for, or near it", "resident/slots.js", `[m.usualEnd(['10:00', '11:00'], '09:00', '10:00'), m.usualEnd(['09:30', '10:00'], '09:00')]`, `["10:00","10:00"]`},
		{"a session ends when it ends", "resident/slots.js", `m.endsOf({ date: '', day: {}, slots: ['09:00', '13:00'], ends: ['12:00', '17:00'], left: [0, 4] }, '13:00', 30, {})`, `["17:00"]`},
		{"and one that is full has no end", "resident/slots.js", `m.endsOf({ date: '', day: {}, slots: ['09:00'], ends: ['12:00'], left: [0] }, '09:00', 30, {})`, `[]`},
		{"a space with rules of its own has times of its own", "resident/slots.js", `m.linesOf({ days: [{ date: '2026-11-25', slots: ['08:00'], spaces: [{ id: 'a', left: [1], slots: ['09:00'], ends: ['13:00'] }, { id: 'b', left: [2] }] }] }, 'a')[0].ends`, `["13:00"]`},
		{"a seat is under the rules of its room", "resident/terms.js", `m.bookOf({ zone: 'Asia/Shanghai', rules: { version: 1 }, spaces: [{ id: 'r', allocation: 'any_of', rules: { version: 2 } }] }, { id: 's', parent: 'r' }).version`, `2`},
		{"rules that have started follow those before", "resident/terms.js", `['2026-11-24', '2026-11-25'].map((starts) => m.bookOf({ zone: 'Asia/Shanghai', spaces: [], rules: { version: 1 }, next_rules: { version: 2, starts } }).version)`, `[2,1]`},
		{"the weekly window that is open or comes next", "resident/windows.js", `['2026-11-24T10:00', '2026-11-25T10:00', '2026-11-28T10:00'].map((now) => { const w = m.windowOf({ opens: 'weekly', weekly: { from: 'wed', at: '09:00', until: 'fri', till: '24:00' } }, now); return [w.open, w.opens, w.closes, w.first].join(); })`,
			`["false,2026-11-25T09:00,2026-11-28T00:00,2026-11-30","true,2026-11-25T09:00,2026-11-28T00:00,2026-11-30","false,2026-12-02T09:00,2026-12-05T00:00,2026-12-07"]`},
		{"the monthly one, at the end of a short month", "resident/windows.js", `['2026-01-30T10:00', '2026-02-01T10:00', '2026-12-31T10:00'].map((now) => { const w = m.windowOf({ opens: 'monthly', monthly: { from: 31, at: '09:00' } }, now); return [w.open, w.opens, w.first, w.last].join(); })`,
			`["false,2026-01-31T09:00,2026-02-01,2026-02-28","false,2026-02-28T09:00,2026-03-01,2026-03-31","false,2027-01-31T09:00,2027-02-01,2027-02-28"]`},
		{"how far ahead each book opens", "resident/terms.js", `[{}, { horizon_days: 7 }, { opens: 'always', horizon_minutes: 3000 }, { opens: 'weekly', weekly: {} }].map(m.daysAhead)`, `[0,7,3,14]`},
		{"a session has the name of its day", "resident/terms.js", `m.sessionOf({ sessions: [{ start: '09:00', end: '12:00', days: ['sat'], name: 'S' }, { start: '09:00', end: '12:00', days: ['holiday'], name: 'H' }] }, { date: '2026-11-28', holiday: 'x' }, '09:00', '12:00').name`, `"H"`},
		{"a make-up day is a Friday", "resident/terms.js", `m.walksIn({ walk_in: ['fri'] }, { date: '2026-11-28', make_up: true, open: [{}] })`, `true`},
		{"whole days count from the first", "resident/span.js", `m.endDates([], '2026-11-25', { times: 'days', longest: 2880 }, { hours: Array(7).fill([{ start: '08:00', end: '20:00' }]) })`, `["2026-11-25","2026-11-26"]`},
		{"a party is within the rules and what is left", "resident/party.js", `[m.partySize([{ allocation: 'exclusive', seats: 12 }, { allocation: 'exclusive', seats: 8 }], { party_max: 15 }, 1, false), m.partySize([{ allocation: 'shared' }], { party_max: 5, group_min: 15, group_max: 30 }, 20, true)]`, `[{"min":1,"max":15},{"min":15,"max":20}]`},
		{"a child under the age needs a parent", "resident/along.js", `[2016, 2015].map((birth_year) => m.needsParent({ child_under: 11 }, { kind: 'family', birth_year }, '2026-11-28'))`, `[true,false]`},
		{"what is joined is free and apart", "resident/along.js", `m.joinable({ zone: 'Asia/Shanghai', rules: { version: 1, spaces_max: 2 }, spaces: ['a', 'b', 'c'].map((id) => ({ id, bookable: true, allocation: 'exclusive', atoms: id === 'c' ? ['a', 'c'] : [id] })) }, { id: 'a', allocation: 'exclusive', atoms: ['a'] }, { days: [{ date: '2026-11-25', slots: ['09:00', '10:00'], spaces: [{ id: 'b', left: [1, 0] }] }] }, { date: '2026-11-25', start: '09:00', endDate: '2026-11-25', end: '10:00' }).map((s) => s.id)`, `["b"]`},
		{"rules stand under headings, in their order", "lib/rule-groups.js", `m.grouped(['opens_days', 'limit_active', 'step', 'strike', 'leave'].map((code) => ({ code }))).map(([key]) => key)`, `["rules.when","rules.shape","rules.much","rules.come","rules.strikes"]`},
		{"seats are told apart by what differs", "resident/seats.js", `m.shortNames(['一楼 01号座', '一楼 02号座', '一楼 11号座'])`, `["01","02","11"]`},
		{"names that end in each other stay whole", "resident/seats.js", `m.shortNames(['窗', '窗边'])`, `["窗","窗边"]`},
		{"the morning proposes the next full hour", "resident/wish.js", `(({ date, from, to }) => [date, from, to])(m.usual('2026-11-24T09:40'))`, `["2026-11-24","10:00","12:00"]`},
		{"late in the evening it is tomorrow", "resident/wish.js", `(({ date, from, to }) => [date, from, to])(m.usual('2026-11-30T20:10'))`, `["2026-12-01","09:00","11:00"]`},
		{"nonsense in the address is as usual", "resident/wish.js", `(({ date, from, people }) => [date, from, people])(m.readWish('?date=x&from=9&people=-3'))`, `["2026-11-24","10:00",1]`},
		{"a later start takes the end along", "resident/wish.js", `m.startAt({ from: '10:00', to: '12:00' }, '21:30').to`, `"23:30"`},
		{"a late start ends at midnight", "resident/wish.js", `m.startAt({ from: '10:00', to: '12:00' }, '23:30').to`, `"24:00"`},
		{"a late evening still offers the running half hour", "resident/wish.js", `m.times(23 * 60 + 40 - 29)`, `["23:30","24:00"]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got any
			ask := `import('` + base + c.module + `').then((m) => JSON.stringify(` + c.ask + `))`
			text := eval[string](p, ask)
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if !cmp.Equal(got, want) {
				t.Errorf("%s is %s, not %s", c.ask, text, c.want)
			}
		})
	}
}
