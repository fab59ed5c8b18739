package e2e

import (
	"context"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/report"
)

// usedHouse has a day behind it: one came, one did not, one is still to come.
func usedHouse(t *testing.T) *apptest.House {
	t.Helper()
	house := apptest.Start(t)
	house.Hotel("hotel")
	house.ReadingRoom("room", 4)
	came := reserve(house.Resident("王小明"), "hotel", "c", "10:00", "12:00", 3)
	reserve(house.Resident("李小红"), "room", "seats", "10:00", "11:00", 1)
	reserve(house.Resident("赵小兰"), "room", "seats", "16:00", "18:00", 1)
	house.Clock.Advance(20 * time.Minute)
	house.Staff(account.Attendant, "hotel").Post("/api/v1/check-ins", map[string]any{
		"venue": "hotel", "number": came.Number,
	}).Expect(http.StatusOK)
	house.Clock.Advance(4 * time.Hour) // 14:00
	if _, _, err := house.Desk.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	return house
}

func TestTheSummaryShowsTheFiguresOfTheAPI(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	manager := house.Staff(account.Manager)
	house.Resident("陈德福").Post("/api/v1/bookings", `{"venue":"hotel","space":"c","start":"2026-11-24T15:00","end":"2026-11-24T21:00"}`).
		Refused(http.StatusUnprocessableEntity, "rule_longest")
	if err := house.Jobs.RunNow(t.Context(), "unmet", 0, 0); err != nil {
		t.Fatal(err)
	}
	const query = "?from=2026-11-24&to=2026-11-24"
	want := apptest.Decode[handlers.SummaryView](manager.Get("/api/v1/summaries" + query).Expect(http.StatusOK))
	if want.Total.Booked == 0 || want.Total.NoShows != 1 {
		t.Fatalf("the day came to %+v", want.Total)
	}
	p := open(t, house, desktop)
	p.as(manager)
	p.visit("/manage/summary" + query)
	p.see(".totals")
	for _, m := range []struct {
		class   string
		minutes int64
	}{{"offered", want.Total.Offered}, {"booked", want.Total.Booked}, {"attended", want.Total.Attended}} {
		shown := eval[string](p, `document.querySelector('.totals .`+m.class+` dd span').innerText.replaceAll(',', '')`)
		if hours := float64(m.minutes) / 60; shown != trimmed(hours) {
			t.Errorf("%s is shown as %s hours, the API says %v", m.class, shown, hours)
		}
	}
	p.read(".totals", "未到")
	p.read("#computed", "11月24日")
	p.read("#unmet", "没有空位 0 次，规则不许 1 次")
	p.until(`document.querySelectorAll('.chart canvas').length === 2`)
	p.read(".measures", "场馆hotel")
	p.shot("")

	p.choose(".summary-ask select", "room")
	p.until(`location.search.includes('venue=room') && !document.querySelector('[aria-busy]')`)
	p.until(`[...document.querySelectorAll('.measures')].every((m) => !m.innerText.includes('场馆hotel'))`)
	p.click(`input[name=range][value=last_month]`)
	p.read("main", "没有开放") // nothing is known of October: the venues were made today
	p.until(`location.search.includes('from=2026-10-01&to=2026-10-31')`)
}

// trimmed writes hours as the page does: one decimal place under a hundred hours, none above or where it is 0.
func trimmed(hours float64) string {
	if hours >= 100 {
		return strconv.FormatFloat(math.Round(hours), 'f', 0, 64)
	}
	return strconv.FormatFloat(math.Round(hours*10)/10, 'f', -1, 64)
}

func TestTheSummaryIsDownloadedAsCSV(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Manager))
	p.visit("/manage/summary?from=2026-11-24&to=2026-11-24")
	p.see(".totals")
	table := string(p.download("#csv"))
	if !strings.Contains(table, "场馆hotel") || strings.Count(table, "\n") < 3 {
		t.Errorf("the file says: %.300s", table)
	}
}

// download clicks something and is the file that comes of it.
func (p *page) download(css string) []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	dir, events := p.t.TempDir(), true
	progress := chromedp.Events(ctx, cdpbrowser.DownloadProgress)
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &events,
			BrowserContextID: chromedp.FromContext(p.tab).BrowserContextID,
		})
		return err
	}))
	p.click(css)
	for e, err := range progress {
		if err != nil {
			p.t.Fatal(err)
		}
		if e.State != cdpbrowser.DownloadProgressStateCompleted {
			continue
		}
		file, err := os.ReadFile(filepath.Join(dir, e.GUID))
		if err != nil {
			p.t.Fatal(err)
		}
		return file
	}
	p.t.Fatalf("nothing was downloaded by %s", css)
	return nil
}

func TestAWholeWeekShowsWhatItsJobWrote(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	house.Clock.Advance(7 * 24 * time.Hour)
	if err := house.Bureau.Range(t.Context(), civil.NewDate(2026, 11, 23), civil.NewDate(2026, 11, 29)); err != nil {
		t.Fatal(err)
	}
	if err := house.Bureau.WriteSummaries(t.Context(), report.Week, civil.NewDate(2026, 11, 23)); err != nil {
		t.Fatal(err)
	}
	p := open(t, house, desktop)
	p.as(house.Staff(account.Manager))
	p.visit("/manage/summary?from=2026-11-23&to=2026-11-29")
	p.read("#written h2", "已写定的周报")
	p.read("#written .hint", "12月1日")
	p.read("#written tbody", "全区")
	p.visit("/manage/summary?from=2026-11-23&to=2026-11-28")
	p.see("#by-venue")
	p.gone("#written")
}
