package venue_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/fault"
	"wenguan/models/venue"
)

// Rule book R1, of a county library: booking for the same day from 07:00, at most four hours, a seat is kept 15 minutes.
func TestTheCountyLibrarysRulesAreData(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/rules_r1.json")
	if err != nil {
		t.Fatal(err)
	}
	v := room("library")
	v.Rules = venue.Rules{}
	if err := json.Unmarshal(text, &v.Rules); err != nil {
		t.Fatal(err)
	}
	c, _ := opened(t)
	got := saved(t, c, v).Rules
	want := venue.Rules{
		Version: 1, SlotStep: 30, Shortest: 30, Longest: 240, HorizonDays: 0, ReleaseAt: 7 * 60,
		OneAtATime: true, PartyMax: 1, CheckInBefore: 15, CheckInAfter: 15,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	explained := []venue.Explained{
		{Code: "opens", Params: fault.Params{"days": int32(0), "at": "07:00"}},
		{Code: "step", Params: fault.Params{"minutes": int32(30)}},
		{Code: "longest", Params: fault.Params{"minutes": int32(240)}},
		{Code: "one_at_a_time", Params: fault.Params{}},
		{Code: "party_max", Params: fault.Params{"n": int32(1)}},
		{Code: "check_in", Params: fault.Params{"before": int32(15), "after": int32(15)}},
	}
	if diff := cmp.Diff(explained, got.Explain()); diff != "" {
		t.Error(diff)
	}
}

func TestEveryLimitIsExplained(t *testing.T) {
	t.Parallel()
	r := venue.Rules{
		SlotStep: 30, Shortest: 60, Longest: 240, Notice: 15, HorizonDays: 7, PerDay: 2, OneAtATime: true, PartyMax: 30,
		RealNameOnly: true, VerifiedOnly: true,
		BufferBefore: 5, BufferAfter: 10, CheckInBefore: 10, CheckInAfter: 15, CancelBefore: 60,
	}
	var codes []string
	for _, e := range r.Explain() {
		codes = append(codes, e.Code)
	}
	want := []string{
		"opens", "step", "shortest", "longest", "notice", "verified_only", "real_name_only", "per_day", "one_at_a_time", "party_max", "check_in", "cancel_before", "buffers",
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
}
