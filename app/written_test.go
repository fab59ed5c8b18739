package app_test

import (
	"net/http"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/report"
)

func TestWhatTheWeeklyJobWroteCanBeRead(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	house.ReadingRoom("other", 2)
	lastWeek := civil.NewDate(2026, 11, 16) // the Monday before that of apptest.Now
	if err := house.Bureau.Range(t.Context(), lastWeek, lastWeek.Add(6)); err != nil {
		t.Fatal(err)
	}
	path := "/api/v1/summaries/written?period=week&of=" + lastWeek.Add(2).String()
	district, local := house.Staff(account.Manager), house.Staff(account.Manager, "room")

	if got := apptest.Decode[handlers.WrittenView](district.Get(path).Expect(http.StatusOK)); len(got.Items) != 0 {
		t.Errorf("before the job has run there are %+v", got.Items)
	}
	if err := house.Bureau.WriteSummaries(t.Context(), report.Week, lastWeek); err != nil {
		t.Fatal(err)
	}
	all := apptest.Decode[handlers.WrittenView](district.Get(path).Expect(http.StatusOK)).Items
	if len(all) != 3 || all[0].Venue != "" || all[0].From != lastWeek || all[0].To != lastWeek.Add(6) || all[0].WrittenAt != "2026-11-24T09:40:00+08:00" {
		t.Fatalf("written are %+v", all)
	}
	if all[0].Offered == 0 || all[0].Offered != all[1].Offered+all[2].Offered {
		t.Errorf("the district was offered %d, its venues %d and %d", all[0].Offered, all[1].Offered, all[2].Offered)
	}
	mine := apptest.Decode[handlers.WrittenView](local.Get(path).Expect(http.StatusOK)).Items
	if len(mine) != 1 || mine[0].Venue != "room" || mine[0].Name.ZH == "" {
		t.Errorf("a manager of one venue reads %+v", mine)
	}
	district.Get("/api/v1/summaries/written?period=year&of=2026-01-01").Refused(http.StatusUnprocessableEntity, "invalid_input")
}
