package demo

import (
	"context"
	"fmt"

	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// RuleBook is a published rule book that a place of the sample district has.
type RuleBook struct{ Venue, Space, Template, Says string }

// RuleBooks are those of the sample district, for whoever wants to try rules. The library and the memorial hall
// have had theirs from the first day, so that people have strikes there; the others are in force from today.
var RuleBooks = []RuleBook{
	{"library", "", "county-library-seats", "same day from 07:00, temporary leave, strikes 县图书馆座位"},
	{"library", "electronic", "city-library-seats", "sessions, late cancelling counts as a miss 分场次选座"},
	{"day-centre", "", "sports-hall", "real names, today and tomorrow from 08:00 体育文化场馆"},
	{"hotel", "hall-a", "rehearsal-rooms", "verified organizations, Wednesday to Friday for next week, a safety letter 排练厅"},
	{"hotel", "hall-b", "rehearsal-rooms", "the same 排练厅"},
	{"memorial", "", "memorial-hall", "cancel rarely, move once, the second no-show suspends for 120 days 热门纪念馆参观"},
	{"book-house", "", "community-reading-room", "weekends and holidays only, children with a parent 社区书屋"},
}

// from starts a rule book from a template, for so many people in each session.
func from(template string, quota int32) venue.Rules {
	book, ok := rule.NewFrom(template)
	if !ok {
		panic("there is no template " + template) // built in
	}
	for i := range book.Sessions {
		if book.Sessions[i].Quota > quota {
			book.Sessions[i].Quota = quota
		}
	}
	return *book
}

// publish gives the places their rule books, once the history has been lived under the older ones.
func publish(ctx context.Context, w World) error {
	for _, one := range RuleBooks {
		v, err := w.Venues.Get(ctx, one.Venue)
		if err != nil {
			return err
		}
		changed := *v
		if one.Space == "" {
			changed.Rules = from(one.Template, seatsIn(v))
		} else {
			changed.Spaces = append([]venue.Space(nil), v.Spaces...)
			for i := range changed.Spaces {
				if s := &changed.Spaces[i]; s.ID == one.Space {
					book := from(one.Template, s.Seats)
					s.Rules = &book
				}
			}
		}
		if _, err := w.Venues.Save(ctx, system, &changed); err != nil {
			return fmt.Errorf("give %s its rule book: %w", one.Venue, err)
		}
	}
	return nil
}

// seatsIn is how many people the largest space of the venue takes.
func seatsIn(v *venue.Venue) (most int32) {
	for i := range v.Spaces {
		most = max(most, v.Spaces[i].Seats)
	}
	return most
}

// missedTooOften is the rule of the reading room that the suspended resident of the story broke.
var missedTooOften = rule.Discipline{
	Strikes: []rule.StrikeRule{{
		ID: "missed", Counts: []rule.ViolationKind{rule.NoShowed}, Max: 3, Within: rule.Within{Per: rule.Rolling, Days: 30},
		Penalty: rule.Penalty{Kind: rule.ForDays, N: 14},
	}},
	Waives: rule.FaultsOf(),
}

// misses plans that the second resident booked three seats yesterday and did not come.
func (p *planner) misses(at *district) {
	if len(p.people.Residents) < 2 {
		return
	}
	yesterday := p.today.Add(-1)
	for _, from := range []civil.TimeOfDay{hm(8), hm(12), hm(16)} {
		s := p.span(yesterday, from, from+60)
		p.visits = append(p.visits, &visit{
			venue: at.readingRoom.ID, space: "room", start: s.Start, end: s.End, holder: p.people.Residents[1], party: 1,
			made: s.Start.Add(-minutes(45)),
		})
	}
}
