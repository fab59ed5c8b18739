package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/civil"
)

func holidaysOf(house *apptest.House) handlers.Holidays {
	return apptest.Decode[handlers.Holidays](house.Anonymous().Get("/api/v1/holidays").Expect(http.StatusOK))
}

func TestAnAdministratorKeepsTheHolidayCalendar(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Administrator))
	p.visit("/manage/holidays")
	p.read(".festivals", "国庆节")
	p.click(`button[aria-label="后一年"]`)
	p.read("main", "2027 年的节假日还没有录入")

	p.click("#add-festival")
	p.fill("dialog input[maxlength]", "元旦")
	p.press("加一个上班日")
	eval[bool](p, `(() => { const dates = [...document.querySelectorAll('dialog input[type=date]')];
		[['2027-01-01', 0], ['2027-01-03', 1], ['2027-01-09', 2]].forEach(([v, i]) => {
			dates[i].value = v; dates[i].dispatchEvent(new Event('change', { bubbles: true })); }); return true; })()`)
	p.shot(" festival")
	p.press("好")
	p.read(".festivals", "3 天")
	p.click("#save")
	p.read(".save-bar", "没有未保存的修改")
	days := slices.DeleteFunc(holidaysOf(house).Days, func(h civil.Holiday) bool { return h.Date.String() < "2027" })
	got, _ := json.Marshal(days)
	want := `[{"date":"2027-01-01","name":"元旦","work":false},{"date":"2027-01-02","name":"元旦","work":false},` +
		`{"date":"2027-01-03","name":"元旦","work":false},{"date":"2027-01-09","name":"元旦","work":true}]`
	if string(got) != want {
		t.Errorf("2027 is stored as\n%s, not\n%s", got, want)
	}
}

func TestTheHolidayCalendarIsExportedAndImported(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Administrator))
	p.visit("/manage/holidays")
	p.see("#export")
	var exported handlers.Holidays
	if err := json.Unmarshal(p.download("#export"), &exported); err != nil {
		t.Fatal(err)
	}
	if n, stored := len(exported.Days), len(holidaysOf(house).Days); n != stored {
		t.Fatalf("%d of %d days were exported", n, stored)
	}

	file := filepath.Join(t.TempDir(), "2027.json")
	if err := os.WriteFile(file, []byte(`{"days":[{"date":"2027-10-01","name":"国庆节"},{"date":"2027-10-32","name":"国庆节"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	p.click("#import")
	p.see("dialog[open]")
	p.show("#calendar-file", file)
	p.read("dialog .field-error", "第 2 条不对")
	if err := os.WriteFile(file, []byte(`{"days":[{"date":"2027-10-01","name":"国庆节"},{"date":"2027-10-09","name":"国庆节","work":true}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	p.show("#calendar-file", file)
	p.read("dialog", "读到 2 天，年份：2027")
	p.press("替换这些年份")
	p.read(".year-nav", "2027年")
	p.click("#save")
	p.read(".save-bar", "没有未保存的修改")
	if n := len(holidaysOf(house).Days); n != len(exported.Days)+2 {
		t.Errorf("%d days are stored after %d and 2 more", n, len(exported.Days))
	}
}

func TestManagersReadTheHolidayCalendarOnly(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.Hotel("hotel")
	p := open(t, house, phone)
	p.as(house.Staff(account.Manager, "hotel"))
	p.visit("/manage/holidays")
	p.read(".festivals", "春节")
	p.see(".month")
	p.gone("#save")
	p.gone("#add-festival")
	p.gone(".festival-ways")
}
