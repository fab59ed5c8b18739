package booking

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"wenguan/models/rule"
)

func TestABoardThatIsTooLongLeavesOutWhatMattersLeast(t *testing.T) {
	t.Parallel()
	var day []Booking
	for i, s := range []State{Cancelled, Completed, Confirmed, NoShow, CheckedIn, Confirmed} {
		day = append(day, Booking{ID: fmt.Sprint(i), Facts: rule.Facts{State: s, Start: time.Unix(int64(i), 0)}})
	}
	for most, want := range map[int]string{6: "012345", 5: "01245", 4: "1245", 3: "245", 2: "24", 1: "2"} {
		kept, leftOut := foremost(slices.Clone(day), most)
		got := ""
		for _, b := range kept {
			got += b.ID
		}
		if got != want || leftOut != len(day)-most {
			t.Errorf("of at most %d there are %s and %d left out, want %s", most, got, leftOut, want)
		}
	}
}
