package ledger

import (
	"testing"
	"time"

	"wenguan/models/civil"
)

func TestABufferThatTouchesNoSlotStillTakesUnitsFromANewcomersBuffer(t *testing.T) {
	t.Parallel()
	atoms := NewAtoms([]Atom{{ID: "a", Capacity: 2}})
	day := EmptyDay("v", civil.NewDate(2026, time.November, 24), atoms)
	day.Add(Claim{Booking: "all day", Atoms: []string{"a"}, Start: 480, End: 660, Quantity: 1})
	day.Add(Claim{Booking: "later", Atoms: []string{"a"}, Start: 660, End: 720, Before: 10, Quantity: 1})

	// The slot 10:00-10:30 itself has a unit left, but its buffer meets the other's buffer at 10:50 while somebody is
	// there.
	asked := Question{Slots: []Slot{{600, 630}}, After: 30, Zone: time.UTC}
	left := make([]int32, 1)
	day.Ask(asked, nil, nil).Units([]int32{0}, left)
	claim := Claim{Atoms: []string{"a"}, Start: 600, End: 630, After: 30, Quantity: 1}
	if fits := day.Fits(&claim); fits || left[0] != 0 {
		t.Errorf("the claim fits: %v, and %d units are said to be left; want none", fits, left[0])
	}
}
