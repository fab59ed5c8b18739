package demo

import (
	"fmt"

	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// hotel is the idle floor of a former hotel: six rooms, and a hall that a movable wall divides.
func hotel(today civil.Date) *venue.Venue {
	v := base("hotel", venue.IdleVenue, text("原瓷源宾馆三层（闲置盘活）", "Former Ciyuan Hotel, third floor"),
		text("瓷源路77号三层", "77 Ciyuan Road, 3rd floor"), "瓷源街道", 420, 690)
	v.About = text(
		"闲置宾馆的一层，改作社会组织活动用房：六间活动室和一个可用活动隔墙分开的多功能厅。可提前60天预约。",
		"A floor of an idle hotel, now for community organizations: six rooms and a hall that a movable wall divides into two. "+
			"Book up to sixty days ahead.")
	v.Phone = "0798-000 1005"
	v.Features = []venue.Feature{venue.StepFree, venue.Lift, venue.Toilet, venue.Wifi, venue.AirCon, venue.Parking}
	hall := venue.Space{
		ID: "hall", Name: text("多功能厅", "Hall"), Type: venue.Hall, Allocation: venue.Exclusive, Seats: 120,
		Floor: "3F", Features: []venue.Feature{venue.Piano, venue.Sound, venue.Projector, venue.StepFree}, Bookable: true,
		Atoms: []string{"hall-a", "hall-b"},
	}
	v.Spaces = append(v.Spaces, hall)
	addWhole(v, venue.Space{ID: "hall-a", Parent: "hall", Name: text("多功能厅A区", "Hall A"), Type: venue.Hall, Seats: 70,
		Floor: "3F", Features: []venue.Feature{venue.Piano, venue.Sound}})
	addWhole(v, venue.Space{ID: "hall-b", Parent: "hall", Name: text("多功能厅B区", "Hall B"), Type: venue.Hall, Seats: 50,
		Floor: "3F", Features: []venue.Feature{venue.Projector}})
	for i, r := range []struct {
		zh, en   string
		seats    int32
		features []venue.Feature
	}{
		{"舞蹈室", "dance", 20, []venue.Feature{venue.Mirror, venue.Sound}},
		{"书画室", "calligraphy and painting", 16, []venue.Feature{venue.Water}},
		{"会议室", "meetings", 12, []venue.Feature{venue.Projector, venue.Wifi}},
		{"琴室", "music", 8, []venue.Feature{venue.Piano}},
		{"亲子室", "families", 16, []venue.Feature{venue.Nursing, venue.Water}},
		{"陶艺室", "pottery", 12, []venue.Feature{venue.Water, venue.Power}},
	} {
		number := 301 + i
		addWhole(v, venue.Space{
			ID: fmt.Sprintf("room-%d", number), Type: venue.Room, Seats: r.seats, Floor: "3F", Features: r.features,
			Name: text(fmt.Sprintf("%d %s", number, r.zh), fmt.Sprintf("Room %d (%s)", number, r.en)),
		})
	}
	v.Hours = daily(interval(hm(9), hm(21, 30)))
	v.OnHoliday = venue.HolidayHours{OnHoliday: venue.ClosedThen, OnMakeUp: venue.AsWorkday}
	v.Closures = []venue.Closure{
		closure("floor-302", today, -40, -36, text("更换地板", "A new floor is laid"), "room-302"),
		closure("piano", today, 16, 17, text("钢琴调律", "The piano is tuned"), "hall-a"),
	}
	v.Rules = venue.Rules{
		Opening:    rule.Opening{Notice: 60, HorizonDays: 60},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 60, Longest: 480, PartyMax: 120, BufferBefore: 0, BufferAfter: 15},
		HowMuch:    rule.HowMuch{PerDay: 2},
		Attendance: rule.Attendance{CheckInBefore: 30, CheckInAfter: 30},
		Change:     rule.Change{CancelBefore: 24 * 60},
	}
	return v
}

// dayCentre is a welfare building with two rooms and a yard.
func dayCentre() *venue.Venue {
	v := base("day-centre", venue.IdleVenue, text("夕照福利院旧址活动中心", "Xizhao Day Centre (former welfare home)"),
		text("夕照巷6号", "6 Xizhao Lane"), "滨河街道", -900, 520)
	v.About = text("原福利院腾出的平房，给老年人和社区小组使用。", "Rooms of a former welfare home for elders and neighbourhood groups.")
	v.Phone = "0798-000 1007"
	v.Features = []venue.Feature{venue.StepFree, venue.Toilet, venue.Water, venue.Hearing}
	addWhole(v, venue.Space{ID: "chess", Name: text("棋牌室", "Chess room"), Type: venue.Room, Seats: 16, Floor: "1F"})
	addWhole(v, venue.Space{ID: "craft", Name: text("手工室", "Craft room"), Type: venue.Room, Seats: 12, Floor: "1F"})
	v.Atoms = append(v.Atoms, venue.Atom{ID: "yard", Capacity: 40})
	v.Spaces = append(v.Spaces, venue.Space{
		ID: "yard", Name: text("院子", "Yard"), Type: venue.OpenArea, Allocation: venue.Shared, Atoms: []string{"yard"}, Seats: 40,
		Features: []venue.Feature{venue.StepFree}, Bookable: true,
	})
	v.Hours = daily(interval(hm(8), hm(11, 30)), interval(hm(13, 30), hm(17)))
	v.Rules = venue.Rules{
		Opening:    rule.Opening{HorizonDays: 14},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 210, PartyMax: 20},
		HowMuch:    rule.HowMuch{PerDay: 2},
		Attendance: rule.Attendance{CheckInBefore: 30, CheckInAfter: 30},
		Change:     rule.Change{CancelBefore: 60},
	}
	return v
}
