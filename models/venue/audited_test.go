package venue_test

import (
	"strings"
	"testing"

	"wenguan/models/audit"
	"wenguan/models/civil"
)

func TestEveryChangeOfAVenueIsAudited(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	first := saved(t, c, room("qingfen"))
	next := *first
	next.Phone = "0798-1234567"
	saved(t, c, &next)
	records, err := audit.New(st).Export(t.Context(), administrator, audit.Query{Chain: "qingfen"})
	if err != nil || len(records) != 2 {
		t.Fatal(records, err)
	}
	if r := records[0]; r.Action != "venue.created" || r.Before != "" || !strings.Contains(r.After, "清芬书屋") {
		t.Errorf("created: %+v", r)
	}
	if r := records[1]; r.Action != "venue.saved" || r.Actor != administrator.ID || r.Subject != "venue/qingfen" ||
		r.Before != `{"Phone":""}` || r.After != `{"Phone":"0798-1234567"}` {
		t.Errorf("saved: %+v", r)
	}
}

func TestTheAuditSaysWhichHolidaysCameAndWent(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	for n, days := range [][]civil.Holiday{
		{{Date: day("2026-10-01"), Name: "国庆节"}}, {{Date: day("2026-10-02"), Name: "国庆节"}},
	} {
		if err := c.SaveCalendar(t.Context(), administrator, &civil.Calendar{Revision: int64(n), Days: days}); err != nil {
			t.Fatal(err)
		}
	}
	records, err := audit.New(st).Export(t.Context(), administrator, audit.Query{Chain: audit.District})
	if err != nil || len(records) != 2 {
		t.Fatal(records, err)
	}
	if r := records[1]; r.Action != "holidays.saved" || !strings.Contains(r.Before, "2026-10-01") || !strings.Contains(r.After, "2026-10-02") ||
		strings.Contains(r.After, "2026-10-01") {
		t.Errorf("%+v", r)
	}
}
