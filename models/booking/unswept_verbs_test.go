package booking_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// seen is what a request said of a booking, without what is drawn by lot.
func (s *side) seen(b booking.Booking, err error) (string, error) {
	if err != nil {
		return "", err
	}
	i := s.place(b.ID)
	if i < 0 {
		s.made = append(s.made, b)
		i = len(s.made) - 1
	}
	return fmt.Sprintf("booking %d is %s on %v from %s to %s %s", i, b.State, b.Assigned, b.HeldFrom(), b.HeldUntil(), b.Violation), nil
}

func (p *pair) draw(label string, n int) int { return rapid.IntRange(0, n-1).Draw(p.rt, label) }

// wish is a time that the rules offer today or tomorrow, often the one that is running.
func (p *pair) wish() (start, end time.Time) {
	s := p.sides[0]
	now := s.clock.Now()
	date := civil.DateOf(now, s.zone).Add(max(0, p.draw("days ahead", 4)-2))
	if sessions := s.venue.Rules.Sessions; len(sessions) > 0 {
		one := sessions[p.draw("session", len(sessions))]
		return date.At(one.Start, s.zone), date.At(one.End, s.zone)
	}
	from := civil.ClockOf(now, s.zone)/30*30 + civil.TimeOfDay(30*p.draw("steps", 4))
	start = date.At(from, s.zone)
	steps := 1 + p.draw("more steps", 4)
	if s.venue.Rules.Longest > 1440 {
		steps *= 1 + p.draw("over night", 20)
	}
	return start, start.Add(30 * time.Minute * time.Duration(steps))
}

func (p *pair) space() string {
	return []string{"room", "s01", "s02", "square"}[p.draw("space", 4)]
}

func (p *pair) verbs() map[string]func(*rapid.T) {
	all := map[string]func(){
		"reserve": p.reserve, "reserve more": p.reserve, "book on the spot": p.bookHere, "book at the counter": p.bookFor,
		"move": p.move, "walk in": p.walkIn, "walk out": p.walkOut, "write down": p.writeDown, "waive": p.waive, "earn back": p.earnBack,
		"appeal": p.appeal, "decide": p.decide, "lift": p.lift, "wait": p.wait, "wait more": p.wait, "sweep late": p.sweepLate,
		"undo": p.on("undo", func(s *side, b booking.Booking, _ account.Actor) (booking.Booking, error) {
			return s.desk.Cancel(context.Background(), s.clerk, b.ID, "")
		}),
		"cancel": p.on("cancel", func(s *side, b booking.Booking, who account.Actor) (booking.Booking, error) {
			return s.desk.Cancel(context.Background(), who, b.ID, "")
		}),
		"check in at the door": p.on("check in", func(s *side, b booking.Booking, _ account.Actor) (booking.Booking, error) {
			return s.desk.CheckIn(context.Background(), system, booking.CheckInRequest{Venue: s.venue.ID, Number: b.Number})
		}),
		"check in": p.on("check in", func(s *side, b booking.Booking, who account.Actor) (booking.Booking, error) {
			return s.desk.Arrive(context.Background(), who, b.ID, means(s.venue))
		}),
		"leave": p.on("leave", func(s *side, b booking.Booking, who account.Actor) (booking.Booking, error) {
			return s.desk.StepOut(context.Background(), who, b.ID)
		}),
		"return": p.on("return", func(s *side, b booking.Booking, who account.Actor) (booking.Booking, error) {
			return s.desk.Return(context.Background(), who, b.ID)
		}),
		"report": p.on("report", func(s *side, b booking.Booking, _ account.Actor) (booking.Booking, error) {
			return s.desk.AtSpot(context.Background(), resident(9), s.codes[b.Assigned[0]], "", booking.SpotReport)
		}),
		"release": p.on("release", func(s *side, b booking.Booking, _ account.Actor) (booking.Booking, error) {
			return s.desk.Release(context.Background(), system, b.ID)
		}),
		"check out": p.on("check out", func(s *side, b booking.Booking, who account.Actor) (booking.Booking, error) {
			return s.desk.CheckOut(context.Background(), who, b.ID)
		}),
	}
	verbs := map[string]func(*rapid.T){}
	for name, do := range all {
		verbs[name] = func(rt *rapid.T) { p.rt = rt; do() }
	}
	return verbs
}

// on does something with one of the last bookings, as its holder or as staff.
func (p *pair) on(what string, do func(s *side, b booking.Booking, who account.Actor) (booking.Booking, error)) func() {
	return func() {
		i, holder := p.some(), rapid.Bool().Draw(p.rt, "the holder")
		if what == "undo" && !p.sides[0].made[i].ByStaff {
			p.rt.Skip("not made at the counter")
		}
		if what == "check in" && rapid.Bool().Draw(p.rt, "in time") {
			p.until(i)
		}
		p.bothDo(what, func(s *side) (string, error) {
			who := system
			if holder {
				who = account.Actor{ID: s.made[i].Holder, Kind: account.Person}
			}
			was := s.made[i]
			can, asked := s.can(&was, who)[what]
			b, err := do(s, was, who)
			if asked && holder && !p.known && (can && err != nil || !can && err == nil && b.Revision != was.Revision && b.EndedAt == nil) {
				p.rt.Fatalf("to %s what is %s was offered: %t; and then: %v", what, was.State, can, err)
			}
			return s.seen(b, err)
		})
	}
}

// until lets the time pass until check-in for a booking is open.
func (p *pair) until(i int) {
	for _, s := range p.sides {
		if b := s.made[i]; b.State == booking.Confirmed && s.clock.Now().Before(b.Opens) {
			s.clock.Set(b.Opens)
		}
	}
	p.look("the clock")
}

// can is what is offered to who stands before the space. Checking in again is coming back, which is offered as that.
func (s *side) can(b *booking.Booking, who account.Actor) map[string]bool {
	can := b.AllowedHere(&s.venue.Rules, who, s.clock.Now())
	return map[string]bool{
		"cancel": can.Cancel, "leave": can.Leave, "return": can.Return, "check out": can.CheckOut, "check in": can.CheckIn || can.Return,
	}
}

func (p *pair) reserve() {
	who, space := p.draw("person", 3), p.space()
	start, end := p.wish()
	p.bothDo("reserve", func(s *side) (string, error) {
		left := s.leftOver(p.rt, space, start, end)
		b, err := s.desk.Reserve(context.Background(), s.people[who], booking.Request{
			Venue: s.venue.ID, Space: space, Start: start, End: end, Party: 1,
		})
		taken := fault.CodeOf(err) == "space_taken"
		if taken && left > 0 && space != "room" || err == nil && left == 0 { // of a room no seat may be free all the time
			p.rt.Fatalf("%d were left of %s from %s to %s, and then: %v", left, space, start, end, err)
		}
		return s.seen(b, err)
	})
}

// leftOver is the least that availability shows of a space in the slots of the time, -1 where it shows nothing.
func (s *side) leftOver(rt *rapid.T, space string, start, end time.Time) int32 {
	a, err := s.desk.Availability(context.Background(), booking.AvailabilityQuery{Venue: s.venue.ID, Space: space, Days: 4})
	if err != nil {
		rt.Fatal(err)
	}
	least := int32(-1)
	for _, day := range a.Days {
		for i, left := range day.Spaces[0].Left {
			if at := s.startOf(day, i); !at.Before(start) && at.Before(end) && (left < least || least < 0) {
				least = left
			}
		}
	}
	return least
}

// bookHere takes what a code offers. What is offered with nothing in the way can be had.
func (p *pair) bookHere() {
	who, space, end := p.draw("person", 3), []string{"s01", "s02", "s03", "square"}[p.draw("seat", 4)], p.draw("end", 3)
	p.bothDo("book on the spot", func(s *side) (string, error) {
		at, err := s.desk.AtCode(context.Background(), s.people[who], s.codes[space], "")
		if err != nil || at.Offer == nil {
			return "no offer", err
		}
		ends := at.Offer.Ends
		b, err := s.desk.BookHere(context.Background(), s.people[who], s.codes[space], booking.Request{
			Start: at.Offer.Start, End: ends[min(end, len(ends)-1)], Party: 1,
		})
		if err != nil && at.Why == nil && end == 0 {
			p.rt.Fatalf("%s was offered from %s to %s, and then: %v", space, at.Offer.Start, ends[0], err)
		}
		return s.seen(b, err)
	})
}

func (p *pair) bookFor() {
	who, space := p.draw("person", 3), p.space()
	start, end := p.wish()
	p.bothDo("book at the counter", func(s *side) (string, error) {
		return s.seen(s.desk.Reserve(context.Background(), s.clerk, booking.Request{
			For: s.people[who].ID, Venue: s.venue.ID, Space: space, Start: start, End: end, Party: 1,
		}))
	})
}

func (p *pair) move() {
	i, holder, space := p.some(), rapid.Bool().Draw(p.rt, "the holder"), p.space()
	start, end := p.wish()
	p.bothDo("move", func(s *side) (string, error) {
		who := s.clerk
		if holder {
			who = account.Actor{ID: s.made[i].Holder, Kind: account.Person}
		}
		return s.seen(s.desk.Move(context.Background(), who, s.made[i].ID, booking.MoveRequest{Space: space, Start: start, End: end}))
	})
}

func (p *pair) walkIn() {
	people := int32(1 + p.draw("people", 3))
	p.bothDo("walk in", func(s *side) (string, error) {
		in, err := s.desk.WalkIn(context.Background(), s.clerk, booking.WalkInRequest{Venue: s.venue.ID, People: people})
		if err != nil {
			return "", err
		}
		if in.Free < 0 && s.venue.Rules.WalkInIfFree {
			p.rt.Fatalf("%d walked in, and %d places are free", people, in.Free)
		}
		s.walked = append(s.walked, in.ID)
		return fmt.Sprintf("%d today, %d free", in.Today, in.Free), nil
	})
}

func (p *pair) walkOut() {
	if len(p.sides[0].walked) == 0 {
		p.rt.Skip("nobody walked in")
	}
	i := p.draw("count", len(p.sides[0].walked))
	p.bothDo("walk out", func(s *side) (string, error) {
		today, err := s.desk.UndoWalkIn(context.Background(), s.clerk, s.venue.ID, s.walked[i])
		return fmt.Sprintf("%d today", today), err
	})
}

func (p *pair) writeDown() {
	i := p.some()
	p.bothDo("write down", func(s *side) (string, error) {
		id, err := s.desk.WriteDown(context.Background(), s.clerk, booking.Misconduct{
			Venue: s.venue.ID, Booking: s.made[i].ID, Key: fmt.Sprintf("%d-%d", p.n, i), Decision: booking.Decision{Reason: "喧哗"},
		})
		if err == nil && !slices.Contains(s.blamed, id) {
			s.blamed = append(s.blamed, id)
		}
		return "", err
	})
}

// violation is one of what people did, by the booking or by what staff wrote down, and whose it is.
func (p *pair) violation() func(s *side) (id, holder string) {
	i, written := p.some(), p.draw("what was written down", 4)
	return func(s *side) (string, string) {
		if written < len(s.blamed) {
			for _, who := range s.people {
				if st, err := s.desk.Standing(context.Background(), who, ""); err == nil &&
					slices.ContainsFunc(st.Strikes, func(k rule.Strike) bool { return k.Violation == s.blamed[written] }) {
					return s.blamed[written], who.ID
				}
			}
		}
		return s.made[i].ID, s.made[i].Holder
	}
}

func (p *pair) waive() {
	of := p.violation()
	p.bothDo("waive", func(s *side) (string, error) {
		id, holder := of(s)
		return "", s.desk.Waive(context.Background(), s.clerk, id, booking.Decision{Holder: holder, Reason: "停电"})
	})
}

func (p *pair) earnBack() {
	of := p.violation()
	p.bothDo("earn back", func(s *side) (string, error) {
		id, holder := of(s)
		return "", s.desk.EarnBack(context.Background(), s.clerk, id, booking.Decision{Holder: holder, Reason: "志愿服务"})
	})
}

func (p *pair) appeal() {
	of := p.violation()
	p.bothDo("appeal", func(s *side) (string, error) {
		id, holder := of(s)
		a, err := s.desk.Appeal(context.Background(), account.Actor{ID: holder, Kind: account.Person}, "", id, "我在")
		if err == nil {
			s.appeals = append(s.appeals, a.ID)
		}
		return string(a.Kind), err
	})
}

func (p *pair) decide() {
	if len(p.sides[0].appeals) == 0 {
		p.rt.Skip("no appeal yet")
	}
	i, grant := p.draw("appeal", len(p.sides[0].appeals)), rapid.Bool().Draw(p.rt, "grant")
	p.bothDo("decide", func(s *side) (string, error) {
		a, err := s.desk.Decide(context.Background(), s.clerk, s.appeals[i], booking.Verdict{Grant: grant, Text: "好"})
		return string(a.State), err
	})
}

func (p *pair) lift() {
	who := p.draw("person", 3)
	p.bothDo("lift", func(s *side) (string, error) {
		st, err := s.desk.Standing(context.Background(), s.people[who], "")
		if err != nil || len(st.Suspensions) == 0 {
			return "none", err
		}
		last := st.Suspensions[len(st.Suspensions)-1].ID
		err = s.desk.LiftSuspension(context.Background(), s.clerk, last, booking.Decision{Holder: s.people[who].ID, Reason: "好"})
		return strings.SplitN(last, "|", 2)[0], err
	})
}

func (p *pair) wait() {
	d := time.Duration(rapid.SampledFrom([]int{20, 60, 300, 610, 900, 1800, 5400, 18000, 90000}).Draw(p.rt, "seconds")) * time.Second
	for _, s := range p.sides {
		s.clock.Add(d)
	}
	p.look("the clock")
}

// sweepLate runs the job where it runs seldom, twice.
func (p *pair) sweepLate() {
	for _, s := range p.sides {
		s.sweep(p.rt)
		if missed, ended, err := s.desk.Sweep(context.Background()); missed != 0 || ended != 0 || err != nil {
			p.rt.Fatalf("a second run does more: %d, %d, %v", missed, ended, err)
		}
	}
	p.look("the job")
}
