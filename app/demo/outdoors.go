package demo

import (
	"fmt"

	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// square is an open place whose quarters take crowds, and which one organization can have as a whole.
func square(today civil.Date) *venue.Venue {
	v := base("square", venue.Square, text("瓷源文化广场", "Porcelain Spring Square"),
		text("瓷源路与青花大道交叉口", "Ciyuan Road at Qinghua Avenue"), "青花街道", 60, 80)
	v.About = text(
		"分东南西北四片，每片可容60人：晨练、广场舞、集市、演出。整场只借给需要全部场地的活动。",
		"Four quarters for 60 people each: morning exercise, dancing, markets, shows. The whole square is for events that "+
			"need all of it.")
	v.Phone = "0798-000 1003"
	v.Features = []venue.Feature{venue.StepFree, venue.Toilet, venue.Power, venue.Sound, venue.Parking}
	whole := venue.Space{
		ID: "whole", Name: text("整个广场", "The whole square"), Type: venue.OpenArea, Allocation: venue.Exclusive, Seats: 240,
		Features: []venue.Feature{venue.StepFree, venue.Power, venue.Sound}, Bookable: true,
	}
	var quarters []venue.Space
	for _, q := range []struct{ id, zh, en string }{
		{"east", "东片", "East quarter"}, {"south", "南片", "South quarter"},
		{"west", "西片", "West quarter"}, {"north", "北片（舞台前）", "North quarter (by the stage)"},
	} {
		v.Atoms = append(v.Atoms, venue.Atom{ID: q.id, Capacity: 60})
		whole.Atoms = append(whole.Atoms, q.id)
		quarters = append(quarters, venue.Space{
			ID: q.id, Parent: "whole", Name: text(q.zh, q.en), Type: venue.OpenArea, Allocation: venue.Shared,
			Atoms: []string{q.id}, Seats: 60, Features: []venue.Feature{venue.StepFree}, Bookable: true,
		})
	}
	v.Spaces = append([]venue.Space{whole}, quarters...)
	v.Hours = daily(interval(hm(6), hm(22)))
	v.Closures = []venue.Closure{
		closure("paving", today, -12, -10, text("铺装维修", "The paving is being repaired"), "west"),
		closure("lights", today, 12, 13, text("灯光检修", "The lights are being serviced")),
	}
	v.Rules = venue.Rules{
		Opening:    rule.Opening{HorizonDays: 30},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 60, Longest: 480, PartyMax: 240},
		HowMuch:    rule.HowMuch{PerDay: 2},
		Attendance: rule.Attendance{CheckInBefore: 60, CheckInAfter: 60},
		Change:     rule.Change{CancelBefore: 120},
	}
	return v
}

// corridor is a covered walk with panels lent to exhibitions for days or weeks.
func corridor() *venue.Venue {
	v := base("corridor", venue.Corridor, text("青花文化长廊", "Blue-and-White Corridor"),
		text("滨河步道中段", "Riverside Walk, middle section"), "滨河街道", -640, -150)
	v.About = text(
		"河边的长廊，12块双面展板，书画、摄影、社区故事均可申请展出，最长30天。",
		"A covered walk by the river with twelve double-sided panels for paintings, photographs and stories of the "+
			"neighbourhood, for up to thirty days.")
	v.Phone = "0798-000 1004"
	v.Features = []venue.Feature{venue.StepFree, venue.Power}
	all := venue.Space{
		ID: "corridor", Name: text("整条长廊", "The whole corridor"), Type: venue.OpenArea, Allocation: venue.Exclusive,
		Seats: 120, Bookable: true,
	}
	var panels []venue.Space
	for i := 1; i <= 12; i++ {
		id := fmt.Sprintf("panel-%02d", i)
		v.Atoms = append(v.Atoms, venue.Atom{ID: id, Capacity: 1})
		all.Atoms = append(all.Atoms, id)
		panels = append(panels, venue.Space{
			ID: id, Parent: all.ID, Name: text(fmt.Sprintf("%d号展板", i), fmt.Sprintf("Panel %d", i)), Type: venue.Panel,
			Allocation: venue.Exclusive, Atoms: []string{id}, Seats: 10, Bookable: true,
		})
	}
	v.Spaces = append([]venue.Space{all}, panels...)
	v.Hours = daily(interval(hm(6), hm(22))) // exhibitions stay over night
	v.Rules = venue.Rules{
		Opening:    rule.Opening{Notice: 24 * 60, HorizonDays: 60},
		Shape:      rule.Shape{SlotStep: 60, Shortest: 24 * 60, Longest: 30 * 24 * 60, PartyMax: 30},
		Attendance: rule.Attendance{CheckInBefore: 120, CheckInAfter: 24 * 60},
		Change:     rule.Change{CancelBefore: 3 * 24 * 60},

		Organizations: &rule.Terms{Opening: &rule.Opening{Notice: 24 * 60, HorizonDays: 90}},
	}
	return v
}
