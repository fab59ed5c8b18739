package app_test

import (
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/venue"
)

// R5, Nanshan District Cultural Centre: two rehearsal rooms. 2026-11-24 is a Tuesday.
func rehearsal(t *testing.T) *town {
	t.Helper()
	return under(t, "rehearsal-rooms", func(v *venue.Venue) {
		for _, id := range []string{"a", "b"} {
			v.Atoms = append(v.Atoms, venue.Atom{ID: id, Capacity: 1})
			v.Spaces = append(v.Spaces, venue.Space{
				ID: id, Name: venue.Text{ZH: "排练室" + id}, Type: venue.Room, Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 30, Bookable: true,
			})
		}
		openFor(v, 9*60, 21*60)
	})
}

// founds registers an organization with its code and certificate.
func (s *town) founds(owner string) (id string) {
	s.t.Helper()
	o := apptest.Decode[handlers.OrganizationView](s.as(owner).Post("/api/v1/organizations", apptest.Registration("青花合唱团")).Expect(201))
	s.as(owner).Post("/api/v1/organizations/"+o.ID+"/documents?name=a.png", picture(s.t)).Expect(201)
	return o.ID
}

// verified is the organization after staff have checked its code.
func (s *town) verified(owner, id string) {
	s.t.Helper()
	o := apptest.Decode[handlers.OrganizationView](s.as(owner).Post("/api/v1/organizations/"+id+"/submission", nil).Expect(200))
	s.Staff(account.Administrator).Post("/api/v1/organizations/"+id+"/verification", map[string]any{"revision": o.Revision, "decision": "verify"}).Expect(200)
}

// choir is a wish of an organization of 20 that accepts the letter, by its owner.
func choir(organization, space, from, to string) want {
	w := whole(space, from, to)
	w.by, w.party, w.letter = organization, 20, 1
	return w
}

func TestR5OnlyVerifiedOrganizationsBookAfterAcceptingTheSafetyLetterThatIsKept(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-25 10:00")
	id := s.founds("团长")
	alone := choir("", "a", "2026-12-01 10:00", "12:00")
	s.refused("rule_organizations", "团长", alone)
	group := choir(id, "a", "2026-12-01 10:00", "12:00")
	s.refused("rule_verified_only", "团长", group)
	s.verified("团长", id)
	group.letter = 0
	s.refused("rule_letter", "团长", group, "version=1")
	group.letter = 1
	b := s.books("团长", group)
	if b.Letter != 1 || b.Holder.Kind != account.Organization {
		t.Errorf("the booking keeps letter %d, for %+v", b.Letter, b.Holder)
	}
	s.ends()
}

func TestR5EachWeekFromWednesdayToFridayTheRoomsOfTheFollowingWeek(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-24 12:00")
	id := s.founds("团长")
	s.verified("团长", id)
	s.at("2026-11-24 23:59").refused("rule_weekly", "团长", choir(id, "a", "2026-11-30 10:00", "12:00"), "allowed_at=2026-11-25T00:00")
	s.at("2026-11-25 00:00").books("团长", choir(id, "a", "2026-11-30 10:00", "12:00"))
	s.books("团长", choir(id, "a", "2026-12-06 19:00", "21:00"))
	s.refused("rule_weekly", "团长", choir(id, "a", "2026-11-26 10:00", "12:00"))
	s.refused("rule_weekly", "团长", choir(id, "a", "2026-12-07 10:00", "12:00"), "allowed_at=2026-12-02T00:00")
	s.at("2026-11-27 23:59").books("团长", choir(id, "b", "2026-12-03 10:00", "12:00"))
	s.at("2026-11-28 00:00").refused("rule_weekly", "团长", choir(id, "b", "2026-12-04 10:00", "12:00"), "allowed_at=")
	s.ends()
}

func TestR5GroupsOf15To30People(t *testing.T) {
	t.Parallel()
	s := rehearsal(t).at("2026-11-25 10:00")
	id := s.founds("团长")
	s.verified("团长", id)
	for n, from := range map[int32]string{14: "", 15: "10:00", 30: "14:00", 31: ""} {
		w := choir(id, "a", "2026-12-01 "+from, "21:00")
		w.party = n
		if from == "" {
			w.from, w.to = "2026-12-01 18:00", "2026-12-01 20:00"
			s.refused("rule_party", "团长", w, "min=15", "max=30")
			continue
		}
		w.to = map[string]string{"10:00": "2026-12-01 12:00", "14:00": "2026-12-01 16:00"}[from]
		s.books("团长", w)
	}
	s.ends()
}
