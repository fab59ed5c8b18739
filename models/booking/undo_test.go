package booking_test

import (
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
)

func TestStaffUndoWhatTheyMadeForTheWrongPersonAMomentAgo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		by    account.Role
		after time.Duration
		want  string
	}{
		"at once":                 {account.Counter, 9 * time.Minute, ""},
		"when they have sat down": {account.Counter, 10 * time.Minute, "already_in"},
		"by a colleague":          {account.Manager, time.Minute, "already_in"},
		"by an attendant":         {account.Attendant, time.Minute, "not_permitted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			v := readingRoom("v", 1)
			v.Rules.CancelBefore = 24 * 60
			w.save(v)
			r, clerk := w.relations(), staff(account.Counter, "v")
			made := w.reserve(clerk, booking.Request{
				For: r.father.ID, Venue: "v", Space: "room", Start: w.at(today, 8, 0), End: w.at(today, 10, 0),
			})
			in, err := w.desk.CheckIn(t.Context(), clerk, booking.CheckInRequest{Venue: "v", Number: made.Number})
			if err != nil {
				t.Fatal(err)
			}
			w.clock.Add(c.after)
			actor := staff(c.by, "v")
			rules, err := w.venues.RulesOf(t.Context(), "v", in.Rules)
			if err != nil {
				t.Fatal(err)
			}
			if can := in.Allowed(rules, actor, w.clock.Now()).Cancel; can != (c.want == "") {
				t.Errorf("it is said that this can be cancelled: %t", can)
			}
			undone, err := w.desk.Cancel(t.Context(), actor, made.ID, "")
			expectCode(t, err, c.want)
			w.verify()
			if c.want != "" {
				return
			}
			if undone.State != booking.Cancelled || undone.InAt != nil || undone.By != clerk.ID || !undone.ByStaff {
				t.Errorf("undone is %+v", undone)
			}
			w.reserve(clerk, booking.Request{ // the place is free again, for the right person
				For: r.mother.ID, Venue: "v", Space: "room", Start: w.at(today, 8, 0), End: w.at(today, 10, 0),
			})
			w.verify()
		})
	}
}

// Who moved what somebody else made, and sees them come in, made no slip that could be undone.
func TestStaffDoNotUndoWhatTheyOnlyMoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(readingRoom("v", 1))
	clerk := staff(account.Counter, "v")
	made := w.reserve(resident(1), booking.Request{Venue: "v", Space: "room", Start: w.at(today, 9, 0), End: w.at(today, 10, 0)})
	moved, err := w.desk.Move(t.Context(), clerk, made.ID, booking.MoveRequest{Start: w.at(today, 8, 0), End: w.at(today, 9, 0)})
	if err != nil || moved.By != clerk.ID || !moved.ByStaff {
		t.Fatal(moved, err)
	}
	if _, err := w.desk.CheckIn(t.Context(), clerk, booking.CheckInRequest{Venue: "v", Number: made.Number}); err != nil {
		t.Fatal(err)
	}
	_, err = w.desk.Cancel(t.Context(), clerk, made.ID, "")
	expectCode(t, err, "already_in")
	w.verify()
}
