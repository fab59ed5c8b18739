package demo

import (
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/venue"
)

// hours of the day by how many visits begin in them.
var (
	libraryHours = [24]int{8: 14, 9: 16, 10: 10, 11: 5, 12: 4, 13: 9, 14: 15, 15: 11, 16: 7, 17: 5, 18: 9, 19: 9, 20: 3}
	nightHours   = [24]int{3, 2, 1, 1, 1, 2, 4, 6, 8, 9, 8, 7, 7, 8, 9, 9, 8, 9, 12, 16, 16, 14, 10, 6}
	villageHours = [24]int{8: 6, 9: 10, 10: 5, 14: 8, 15: 10, 16: 4}
	roomHours    = [24]int{9: 12, 10: 8, 13: 3, 14: 12, 15: 8, 16: 4, 18: 7, 19: 12}
	visitHours   = [24]int{9: 9, 10: 12, 11: 6, 13: 8, 14: 12, 15: 9, 16: 3}
	squareHours  = [24]int{6: 14, 7: 8, 8: 4, 9: 3, 15: 4, 16: 5, 17: 5, 18: 8, 19: 14}
)

// daySpread plans a day at a place: n visits on an ordinary day.
type daySpread struct {
	place   *venue.Venue
	n       int
	hours   *[24]int
	lengths []int // minutes
	spaces  []string
	party   func(space string) int32
	ahead   func(p *planner) time.Duration
	purpose []string
	groups  []account.Account // some of the holders; residents otherwise
}

func (p *planner) spread(date civil.Date, s daySpread) {
	for range int(float64(s.n) * p.busyness(date)) {
		at, open := p.slot(s.place, date, s.hours, pick(p.random, s.lengths))
		if !open {
			return
		}
		v := visit{space: pick(p.random, s.spaces), start: at.Start, end: at.End, holder: p.somebody(), party: 1}
		if len(s.groups) > 0 && p.random.IntN(5) < 2 {
			v.holder = pick(p.random, s.groups)
		}
		if len(s.purpose) > 0 {
			v.purpose = pick(p.random, s.purpose)
		}
		if s.party != nil {
			v.party = s.party(v.space)
		}
		p.add(s.place, v, s.ahead(p))
	}
}

// soon is from a few minutes to so many minutes ahead.
func soon(most int) func(*planner) time.Duration {
	return func(p *planner) time.Duration { return minutes(3) + p.upTo(minutes(most)) }
}

// days is from one to so many days ahead.
func days(most int) func(*planner) time.Duration {
	return func(p *planner) time.Duration { return 25*time.Hour + p.upTo(time.Duration(most-1)*24*time.Hour) }
}

// seats is the groups of a place, each as often as it has seats to four, and a few single seats.
func seats(place *venue.Venue) []string {
	var list []string
	for _, s := range place.Spaces {
		switch {
		case s.Allocation == venue.AnyOf:
			for range s.Seats / 4 {
				list = append(list, s.ID)
			}
		case len(list)%9 == 8:
			list = append(list, s.ID)
		}
	}
	return list
}

// readers plans the reading places' day.
func (p *planner) readers(date civil.Date, at *district) {
	if date <= p.today {
		p.spread(date, daySpread{
			place: at.library, n: 210, hours: &libraryHours, lengths: []int{60, 90, 120, 150, 180, 180, 240, 240},
			spaces: seats(at.library), ahead: soon(240),
		})
	}
	quiet := max(0, int(date-p.today)) // the days ahead fill up as they come nearer
	p.spread(date, daySpread{
		place: at.readingRoom, n: 56 / (1 + 2*quiet), hours: &nightHours, lengths: []int{60, 90, 120, 120, 180, 240},
		spaces: seats(at.readingRoom), ahead: p.eitherAhead(),
	})
	if quiet < 7 {
		p.spread(date, daySpread{
			place: at.bookHouse, n: 14 / (1 + quiet), hours: &villageHours, lengths: []int{60, 60, 90, 120}, spaces: []string{"room"},
			party: func(string) int32 { return 1 + int32(p.random.IntN(3)) }, ahead: p.eitherAhead(),
		})
	}
}

// eitherAhead: most come on the day, some plan ahead.
func (p *planner) eitherAhead() func(*planner) time.Duration {
	if p.random.IntN(3) == 0 {
		return days(3)
	}
	return soon(300)
}

// groups plans the day of the places that groups use. Their own weekly hours come first, as they book first.
func (p *planner) groups(date civil.Date, at *district) {
	p.weekly(date, at)
	ahead := max(0, int(date-p.today))
	p.spread(date, daySpread{
		place: at.hotel, n: max(0, 19-ahead), hours: &roomHours, lengths: []int{60, 90, 120, 120, 180},
		spaces: []string{"room-301", "room-302", "room-303", "room-304", "room-305", "room-306", "hall-a", "hall-b"},
		party:  func(string) int32 { return 3 + int32(p.random.IntN(6)) },
		ahead:  days(12), groups: p.clubs, purpose: roomPurposes,
	})
	p.spread(date, daySpread{
		place: at.square, n: max(0, 9-ahead), hours: &squareHours, lengths: []int{60, 90, 120},
		spaces: []string{"east", "south", "west", "north"},
		party:  func(string) int32 { return 10 + int32(p.random.IntN(35)) },
		ahead:  days(5), groups: p.clubs, purpose: squarePurposes,
	})
	p.spread(date, daySpread{
		place: at.dayCentre, n: max(0, 8-ahead), hours: &villageHours, lengths: []int{60, 90, 120},
		spaces: []string{"chess", "craft", "yard"},
		party:  func(string) int32 { return 4 + int32(p.random.IntN(6)) },
		ahead:  days(6), purpose: centrePurposes,
	})
	p.spread(date, daySpread{
		place: at.memorial, n: max(0, 18-2*ahead), hours: &visitHours, lengths: []int{60, 60, 120}, spaces: []string{"exhibition"},
		party: func(string) int32 { return 1 + int32(p.random.IntN(5)) }, ahead: days(6),
	})
}

// weekly plans what happens every week at the same time.
func (p *planner) weekly(date civil.Date, at *district) {
	choir := p.people.Organization
	for _, w := range []struct {
		place    *venue.Venue
		weekday  time.Weekday
		space    string
		from, to civil.TimeOfDay
		holder   account.Account
		party    int32
		purpose  string
	}{
		{at.hotel, time.Wednesday, "hall", hm(19), hm(21), choir, 46, "合唱团每周排练"},
		{at.hotel, time.Saturday, "hall-a", hm(14, 30), hm(17), choir, 32, "声部练习"},
		{at.hotel, time.Monday, "room-301", hm(9, 30), hm(11), p.clubs[0], 18, "舞蹈队每周排练"},
		{at.hotel, time.Thursday, "room-301", hm(9, 30), hm(11), p.clubs[0], 18, "舞蹈队每周排练"},
		{at.hotel, time.Tuesday, "room-302", hm(14), hm(16), p.clubs[1], 12, "读书会"},
		{at.hotel, time.Sunday, "room-306", hm(10), hm(12), p.clubs[2], 10, "陶艺体验课"},
		{at.square, time.Friday, "north", hm(19), hm(21), p.clubs[0], 55, "周五广场舞"},
		{at.dayCentre, time.Tuesday, "chess", hm(9), hm(11), p.clubs[1], 10, "老年棋友会"},
	} {
		if date.Weekday() == w.weekday && len(w.place.Day(date, p.cal).Open) > 0 {
			s := p.span(date, w.from, w.to)
			p.add(w.place, visit{space: w.space, start: s.Start, end: s.End, holder: w.holder, party: w.party, purpose: w.purpose,
				regular: true},
				15*24*time.Hour+p.upTo(10*24*time.Hour))
		}
	}
	if date.Weekday() == time.Saturday && (date/7)%3 == 0 { // every third week the whole square
		s := p.span(date, hm(15), hm(21))
		p.add(at.square, visit{space: "whole", start: s.Start, end: s.End, holder: choir, party: 220, regular: true, purpose: "周末文艺晚会"},
			20*24*time.Hour)
	}
}

// exhibitions plans the corridor's panels, four by four, one exhibition after the other with a few days between.
func (p *planner) exhibitions(first civil.Date, at *district) {
	title := 0
	for group := range 3 {
		for date := first.Add(2 + 3*group); date < p.today.Add(45); {
			last := date.Add(9 + p.random.IntN(16))
			holder, name := pick(p.random, p.clubs), exhibitions[title%len(exhibitions)]
			title++
			made := time.Duration(18+p.random.IntN(8)) * 24 * time.Hour
			for n := 1 + 4*group; n <= 4+4*group; n++ {
				p.leave(at.corridor, visit{
					space: fmt.Sprintf("panel-%02d", n), start: date.At(hm(9), p.zone), end: last.At(hm(17), p.zone), holder: holder,
					party: 4, purpose: name, regular: true,
				}, made)
			}
			date = last.Add(1 + p.random.IntN(4))
		}
	}
}

var (
	roomPurposes = []string{"书法小组练习", "舞蹈队排练", "社区读书会", "亲子绘本故事会", "摄影沙龙", "民乐小组排练", "志愿者例会", "陶艺体验课",
		"英语角", "手工课"}
	squarePurposes = []string{"晨练太极", "广场舞", "社区集市", "儿童轮滑", "戏曲票友", "露天电影"}
	centrePurposes = []string{"棋牌活动", "健康讲座", "编织小组", "智能手机课", "茶话会"}
	exhibitions    = []string{"青花写生展", "老街旧影摄影展", "社区儿童画展", "瓷乡书法联展", "非遗剪纸展", "一条河的四季", "退休工人手记展",
		"新中式窗花展"}
)
