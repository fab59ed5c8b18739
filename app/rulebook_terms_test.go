package app_test

import (
	"slices"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/rule"
)

// "Residents book two days ahead; organizations a month, and two rooms at once." 2026-11-24 is a Tuesday.
func TestOrganizationsBookOnTermsOfTheirOwn(t *testing.T) {
	t.Parallel()
	h := apptest.Start(t)
	v := *h.Hotel("hotel")
	v.Rules.Opening = rule.Opening{HorizonDays: 2}
	v.Rules.Organizations = &rule.Terms{Opening: &rule.Opening{HorizonDays: 30}, SpacesMax: 2}
	h.Save(&v)
	choir := h.Organization("合唱团")
	member := h.Member(account.Booker, choir.ID)
	want := map[string]any{"venue": "hotel", "space": "c", "start": "2026-12-10T10:00", "end": "2026-12-10T12:00", "party": 4}
	member.Post("/api/v1/bookings", want).Refused(422, "rule_horizon")
	want["for"], want["also"] = choir.ID, []string{"d"}
	member.Post("/api/v1/bookings", want).Expect(201)

	left := func(as string) []int32 {
		week := apptest.Decode[booking.Availability](h.Anonymous().Get("/api/v1/venues/hotel/availability?from=2026-12-11&days=1&space=c&as=" + as).Expect(200))
		return week.Days[0].Spaces[0].Left
	}
	if got := left("organization"); slices.Max(got) < 1 {
		t.Errorf("to an organization %v is left", got)
	}
	if got := left("residents"); slices.Max(got) != -1 {
		t.Errorf("to residents %v is left", got)
	}
	said := map[rule.Audience]bool{}
	for _, r := range apptest.Decode[handlers.Venue](h.Anonymous().Get("/api/v1/venues/hotel").Expect(200)).Explained {
		said[r.For] = true
	}
	if !said[rule.Residents] || !said[rule.Organizations] {
		t.Errorf("the page says it to %v", said)
	}
}
