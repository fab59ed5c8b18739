package rule_test

import (
	"testing"

	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// "Residents book two days ahead and one court; organizations fourteen days ahead, two courts, up to four hours."
func courts() *wish {
	w := plain()
	w.book.HorizonDays, w.book.Longest = 2, 120
	w.book.Organizations = &rule.Terms{Opening: &rule.Opening{HorizonDays: 14, Notice: 24 * 60}, Longest: 240, SpacesMax: 2}
	return w
}

func TestOrganizationsHaveTermsOfTheirOwn(t *testing.T) {
	t.Parallel()
	far := func(w *wish) { w.from("2026-12-02 10:00", "2026-12-02 12:00") }
	long := func(w *wish) { w.from("2026-11-26 10:00", "2026-11-26 14:00") }
	two := func(w *wish) { w.ask.Spaces = 2 }
	group := func(w *wish) { w.ask.Holder.Organization = true }
	on := func(changes ...func(*wish)) func(*wish) {
		return func(w *wish) {
			*w = *courts()
			for _, change := range changes {
				change(w)
			}
		}
	}
	runCases(t, []checkCase{
		{name: "a resident, in two days", change: on(func(w *wish) { w.from("2026-11-26 10:00", "2026-11-26 12:00") })},
		{name: "a resident, next week", change: on(far), code: "rule_horizon", field: "start", params: fault.Params{"days": 2}},
		{name: "a resident, four hours", change: on(long), code: "rule_longest", field: "end"},
		{name: "a resident, two courts", change: on(two), code: "rule_spaces", field: "space", params: fault.Params{"max": int32(1)}},
		{name: "an organization, next week", change: on(group, far)},
		{name: "an organization, four hours", change: on(group, long)},
		{name: "an organization, two courts", change: on(group, two, far)},
		{name: "an organization, too soon for it", change: on(group, func(w *wish) { w.from("2026-11-24 10:00", "2026-11-24 12:00") }), code: "rule_notice", field: "start"},
	})
	if n := courts().book.Ahead(); n != 14 {
		t.Errorf("somebody can book %d days ahead", n)
	}
}

func TestTermsThatCannotBeObeyedAreRefusedWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		change      func(*rule.Book)
		field, code string
	}{
		{"nothing is otherwise", func(b *rule.Book) { b.Organizations = &rule.Terms{} }, "organizations", "required"},
		{"a longest below nothing", func(b *rule.Book) { b.Organizations.Longest = -5 }, "organizations.longest", "out_of_range"},
		{"spaces below nothing", func(b *rule.Book) { b.Organizations.SpacesMax = -1 }, "organizations.spaces_max", "out_of_range"},
		{"an opening that says nothing", func(b *rule.Book) { b.Organizations.Opening = &rule.Opening{} }, "organizations.opening", "required"},
		{"a longest of half a step", func(b *rule.Book) { b.Organizations.Longest = 45 }, "organizations.longest", "not_in_steps"},
		{"too far ahead", func(b *rule.Book) { b.Organizations.Opening.HorizonDays = 1000 }, "organizations.opening.horizon_days", "out_of_range"},
		{"a window that closes before it opens", func(b *rule.Book) {
			b.Organizations.Opening = &rule.Opening{Opens: rule.WeekWindow, Weekly: &rule.Weekly{From: rule.Fri, Until: rule.Wed, Till: civil.DayEnd}}
		}, "organizations.opening.weekly.until", "window_ends_before_start"},
		{"only residents may book", func(b *rule.Book) { b.Audience = rule.Residents }, "organizations", "no_effect"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := courts().book
			c.change(&b)
			faults := rule.Validate(&b, rule.Context{})
			if len(faults) != 1 || faults[0].Field != c.field || faults[0].Code != c.code {
				t.Errorf("refused with %v", faults)
			}
		})
	}
	b := courts().book
	b.Shortest = 45 // wrong for everybody: said once
	if faults := rule.Validate(&b, rule.Context{}); len(faults) != 1 || faults[0].Field != "shortest" {
		t.Errorf("refused with %v", faults)
	}
}

func TestTermsAreSaidBesideWhatResidentsHave(t *testing.T) {
	t.Parallel()
	b := courts().book
	said := map[rule.Audience][]string{}
	for _, r := range rule.Explain(&b) {
		said[r.For] = append(said[r.For], r.Code)
	}
	for whom, codes := range map[rule.Audience]int{rule.Residents: 2, rule.Organizations: 4} { // when, (notice,) how long, (how many)
		if len(said[whom]) != codes {
			t.Errorf("to %s: %v", whom, said[whom])
		}
	}
}
