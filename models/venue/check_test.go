package venue_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

func TestAnImpossibleVenueIsRefusedWithThePathOfItsField(t *testing.T) {
	t.Parallel()
	type change = func(v *venue.Venue)
	closure := venue.Closure{ID: "c", Start: noon, End: noon.Add(time.Hour)}
	for _, c := range []struct {
		name, field, code string
		change            change
	}{
		{"an id that is a path", "id", "id_malformed", func(v *venue.Venue) { v.ID = "a|b" }},
		{"an id in capitals", "id", "id_malformed", func(v *venue.Venue) { v.ID = "Qingfen" }},
		{"a kind nobody knows", "kind", "unknown_value", func(v *venue.Venue) { v.Kind = "theatre" }},
		{"no Chinese name", "name.zh-CN", "required", func(v *venue.Venue) { v.Name.ZH = " " }},
		{"a long name", "name.zh-CN", "too_long", func(v *venue.Venue) { v.Name.ZH = strings.Repeat("长", 81) }},
		{"a name with a line break", "name.en", "bad_characters", func(v *venue.Venue) { v.Name.EN = "a\nb" }},
		{"a text with a NUL", "about.zh-CN", "bad_characters", func(v *venue.Venue) { v.About.ZH = "a\x00b" }},
		{"no address", "address.zh-CN", "required", func(v *venue.Venue) { v.Address = venue.Text{} }},
		{"no area", "area", "required", func(v *venue.Venue) { v.Area = "" }},
		{"a telephone of words", "phone", "phone_malformed", func(v *venue.Venue) { v.Phone = "call me" }},
		{"a latitude off the globe", "position.lat", "out_of_range", func(v *venue.Venue) { v.Position = &venue.Position{Lat: 91} }},
		{"a longitude that is no number", "position.lon", "out_of_range", func(v *venue.Venue) { v.Position = &venue.Position{Lon: math.NaN()} }},
		{"a feature nobody knows", "features[1]", "unknown_value", func(v *venue.Venue) { v.Features = []venue.Feature{venue.Wifi, "bar"} }},
		{"a feature twice", "features[1]", "not_unique", func(v *venue.Venue) { v.Features = []venue.Feature{venue.Wifi, venue.Wifi} }},
		{"no zone", "zone", "zone_unknown", func(v *venue.Venue) { v.Zone = "" }},
		{"a zone that is no place", "zone", "zone_unknown", func(v *venue.Venue) { v.Zone = "Asia/Atlantis" }},

		{"an atom without capacity", "atoms[2].capacity", "out_of_range", func(v *venue.Venue) { v.Atoms[2].Capacity = 0 }},
		{"an atom twice", "atoms[1].id", "not_unique", func(v *venue.Venue) { v.Atoms[1].ID = "A-01" }},
		{"an atom id with a blank", "atoms[0].id", "id_malformed", func(v *venue.Venue) { v.Atoms[0].ID = "A 1" }},
		{"a space twice", "spaces[1].id", "not_unique", func(v *venue.Venue) { v.Spaces[1].ID = "A-01" }},
		{"a space without a name", "spaces[2].name.zh-CN", "required", func(v *venue.Venue) { v.Spaces[2].Name.ZH = "" }},
		{"a space without atoms", "spaces[0].atoms", "required", func(v *venue.Venue) { v.Spaces[0].Atoms = nil }},
		{"a space of an unknown atom", "spaces[0].atoms[0]", "unknown_atom", func(v *venue.Venue) { v.Spaces[0].Atoms = []string{"Z"} }},
		{"a space that lists an atom twice", "spaces[0].atoms[1]", "not_unique", func(v *venue.Venue) { v.Spaces[0].Atoms = []string{"A-01", "A-01"} }},
		{"a space for nobody", "spaces[0].seats", "out_of_range", func(v *venue.Venue) { v.Spaces[0].Seats = 0 }},
		{"an unknown type", "spaces[0].type", "unknown_value", func(v *venue.Venue) { v.Spaces[0].Type = "sofa" }},
		{"an unknown allocation", "spaces[0].allocation", "unknown_value", func(v *venue.Venue) { v.Spaces[0].Allocation = "first" }},
		{"a space inside one that is not there", "spaces[0].parent", "unknown_parent", func(v *venue.Venue) { v.Spaces[0].Parent = "floor-9" }},
		{"a space inside itself", "spaces[4].parent", "parent_cycle", func(v *venue.Venue) { v.Spaces[4].Parent = "seats" }},
		{"two spaces inside each other", "spaces[4].parent", "parent_cycle", func(v *venue.Venue) { v.Spaces[4].Parent = "A-01" }},
		{"a group without members", "spaces[4].allocation", "group_without_members", func(v *venue.Venue) {
			for i := range 4 {
				v.Spaces[i].Parent = ""
			}
		}},
		{"a group that lacks an atom of a member", "spaces[4].atoms", "group_atoms_differ", func(v *venue.Venue) { v.Spaces[4].Atoms = v.Spaces[4].Atoms[:3] }},
		{"a group with an atom no member has", "spaces[4].atoms", "group_atoms_differ", func(v *venue.Venue) { v.Spaces[3].Parent = "" }},
		{"a group whose members share an atom", "spaces[4].allocation", "group_members_overlap", func(v *venue.Venue) { v.Spaces[3].Atoms = []string{"A-04", "A-01"} }},
		{"a group of shared members", "spaces[4].allocation", "group_member_not_exclusive", func(v *venue.Venue) { v.Spaces[0].Allocation = venue.Shared }},
		{"a group for more people than members", "spaces[4].seats", "seats_over_members", func(v *venue.Venue) { v.Spaces[4].Seats = 5 }},
		{"a shared space for more people than it takes", "spaces[5].seats", "seats_over_capacity", func(v *venue.Venue) {
			v.Atoms = append(v.Atoms, venue.Atom{ID: "yard", Capacity: 50})
			v.Spaces = append(v.Spaces, venue.Space{
				ID: "yard", Name: venue.Text{ZH: "院子"}, Type: venue.OpenArea, Allocation: venue.Shared, Atoms: []string{"yard"}, Seats: 51,
			})
		}},
		{"too many spaces", "spaces", "too_many", func(v *venue.Venue) { v.Spaces = make([]venue.Space, venue.MaxSpaces+1) }},
		{"too many atoms", "atoms", "too_many", func(v *venue.Venue) {
			for i := range venue.MaxAtoms {
				v.Atoms = append(v.Atoms, venue.Atom{ID: fmt.Sprint("x", i), Capacity: 1})
			}
		}},

		{"hours that overlap", "hours[2][1]", "hours_overlap", func(v *venue.Venue) { v.Hours[2] = hours("08:00-12:00", "11:00-13:00") }},
		{"hours that end before they start", "hours[2][0].end", "ends_before_start", func(v *venue.Venue) { v.Hours[2] = hours("12:00-08:00") }},
		{"hours past midnight", "hours[0][0]", "outside_day", func(v *venue.Venue) { v.Hours[0] = []civil.Interval{{Start: 600, End: 1500}} }},
		{"a holiday rule nobody knows", "on_holiday.holiday", "unknown_value", func(v *venue.Venue) { v.OnHoliday.OnHoliday = "maybe" }},
		{"a make-up rule that is for holidays", "on_holiday.make_up", "unknown_value", func(v *venue.Venue) { v.OnHoliday.OnMakeUp = venue.ClosedThen }},
		{"special hours that are not given", "on_holiday.holiday_hours", "required", func(v *venue.Venue) { v.OnHoliday.OnHoliday = venue.SpecialHours }},
		{"a special day twice", "special[1].date", "not_unique", func(v *venue.Venue) {
			v.Special = []venue.SpecialDay{{Date: day("2026-12-01")}, {Date: day("2026-12-01")}}
		}},
		{"a special day of another age", "special[0].date", "out_of_range", func(v *venue.Venue) { v.Special = []venue.SpecialDay{{Date: day("1026-12-01")}} }},
		{"special hours that overlap", "special[0].hours[1]", "hours_overlap", func(v *venue.Venue) {
			v.Special = []venue.SpecialDay{{Date: day("2026-12-01"), Hours: hours("08:00-12:00", "11:00-13:00")}}
		}},
		{"a closure that ends before it starts", "closures[0].end", "ends_before_start", func(v *venue.Venue) {
			v.Closures = []venue.Closure{{Start: noon, End: noon}}
		}},
		{"a closure with seconds", "closures[0].start", "time_unreadable", func(v *venue.Venue) {
			v.Closures = []venue.Closure{{Start: noon.Add(time.Second), End: noon.Add(time.Hour)}}
		}},
		{"a closure of a space that is not there", "closures[0].spaces[0]", "unknown_space", func(v *venue.Venue) {
			v.Closures = []venue.Closure{{Start: noon, End: noon.Add(time.Hour), Spaces: []string{"attic"}}}
		}},
		{"two closures with one id", "closures[1].id", "not_unique", func(v *venue.Venue) { v.Closures = []venue.Closure{closure, closure} }},

		{"a step that does not divide a day", "rules.slot_step", "step_malformed", func(v *venue.Venue) { v.Rules.SlotStep = 50 }},
		{"a step of a minute", "rules.slot_step", "step_malformed", func(v *venue.Venue) { v.Rules.SlotStep = 1 }},
		{"a shortest between steps", "rules.shortest", "not_in_steps", func(v *venue.Venue) { v.Rules.Shortest = 45 }},
		{"a shortest under the step", "rules.shortest", "not_in_steps", func(v *venue.Venue) { v.Rules.Shortest = 15 }},
		{"a longest under the shortest", "rules.longest", "longest_under_shortest", func(v *venue.Venue) { v.Rules.Shortest, v.Rules.Longest = 120, 60 }},
		{"a longest between steps", "rules.longest", "not_in_steps", func(v *venue.Venue) { v.Rules.Longest = 100 }},
		{"a horizon of years", "rules.horizon_days", "out_of_range", func(v *venue.Venue) { v.Rules.HorizonDays = 401 }},
		{"a release at 24:00", "rules.release_at", "out_of_range", func(v *venue.Venue) { v.Rules.ReleaseAt = 1440 }},
		{"a notice longer than what is open", "rules.notice", "notice_over_horizon", func(v *venue.Venue) { v.Rules.HorizonDays, v.Rules.Notice = 0, 1440 }},
		{"a check-in that closes as it opens", "rules.check_in_after", "check_in_never", func(v *venue.Venue) {
			v.Rules.CheckInBefore, v.Rules.CheckInAfter = 0, 0
		}},
		{"a negative buffer", "rules.buffer_after", "out_of_range", func(v *venue.Venue) { v.Rules.BufferAfter = -5 }},
		{"a negative limit", "rules.per_day", "out_of_range", func(v *venue.Venue) { v.Rules.PerDay = -1 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			catalog, _ := opened(t)
			v := room("qingfen")
			c.change(v)
			_, err := catalog.Save(t.Context(), administrator, v)
			faults, ok := errors.AsType[fault.List](err)
			if !ok || fault.KindOf(err) != fault.Invalid {
				t.Fatalf("got %v, want a list of faults", err)
			}
			var got []string
			for _, f := range faults {
				if f.Field == c.field && f.Code == c.code {
					if !strings.HasSuffix(f.Message, ".") {
						t.Errorf("%q is no sentence", f.Message)
					}
					return
				}
				got = append(got, f.Field+" "+f.Code)
			}
			t.Errorf("got %v, want %s %s", got, c.field, c.code)
		})
	}
}

func TestEveryFaultOfAVenueIsToldAtOnce(t *testing.T) {
	t.Parallel()
	v := room("qingfen")
	v.Area, v.Zone, v.Spaces[1].Seats = "", "nowhere", 0
	var got []string
	for _, f := range venue.Check(v) {
		got = append(got, f.Field)
	}
	if diff := cmp.Diff([]string{"area", "zone", "spaces[1].seats"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAListOfFaultsIsBounded(t *testing.T) {
	t.Parallel()
	v := room("qingfen")
	for range 1000 {
		v.Atoms = append(v.Atoms, venue.Atom{})
	}
	if n := len(venue.Check(v)); n != 100 {
		t.Errorf("%d faults", n)
	}
}

func TestWhatIsPossibleIsAccepted(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*venue.Venue){
		"a venue as it is":           func(*venue.Venue) {},
		"a venue without spaces yet": func(v *venue.Venue) { v.Spaces, v.Atoms = nil, nil },
		"open round the clock":       func(v *venue.Venue) { v.Hours[2] = hours("00:00-24:00") },
		"hours that touch":           func(v *venue.Venue) { v.Hours[2] = hours("08:00-12:00", "12:00-18:00") },
		"no longest":                 func(v *venue.Venue) { v.Rules.Longest = 0 },
		"no shortest":                func(v *venue.Venue) { v.Rules.Shortest = 0 },
		"a session of a whole day": func(v *venue.Venue) {
			v.Rules.Times, v.Rules.SlotStep, v.Rules.Shortest, v.Rules.Longest = rule.WholeDays, 0, 0, 14400
		},
		"paragraphs about it":          func(v *venue.Venue) { v.About.ZH = "一\n二" },
		"a check-in from the start on": func(v *venue.Venue) { v.Rules.CheckInBefore = 0 },
		"a hall that is two rooms": func(v *venue.Venue) {
			v.Atoms = append(v.Atoms, venue.Atom{ID: "a", Capacity: 1}, venue.Atom{ID: "b", Capacity: 1})
			for id, atoms := range map[string][]string{"room-a": {"a"}, "room-b": {"b"}, "hall": {"a", "b"}} {
				v.Spaces = append(v.Spaces, venue.Space{
					ID: id, Name: venue.Text{ZH: id}, Type: venue.Hall, Allocation: venue.Exclusive, Atoms: atoms, Seats: 30,
				})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := opened(t)
			v := room("qingfen")
			change(v)
			saved(t, c, v)
		})
	}
}
