package demo

import (
	"wenguan/models/civil"
	"wenguan/models/rule"
	"wenguan/models/venue"
)

// library is the county library of a real, published rule book: 108 study seats in four rooms, booked for the same day
// from 07:00 on, at most four hours, held for fifteen minutes.
func library(today civil.Date) *venue.Venue {
	v := base("library", venue.ReadingRoom, text("示例县图书馆", "Sample County Library"),
		text("青花大道18号", "18 Qinghua Avenue"), "青花街道", 250, -420)
	v.About = text(
		"四个自习与阅览室，共108个座位，免费开放。当天7:00起预约，每次最长4小时；座位保留15分钟，逾期释放。",
		"Four study and reading rooms with 108 seats, free of charge. Book from 07:00 on the same day, for at most four "+
			"hours; a seat is held for fifteen minutes.")
	v.Phone = "0798-000 1001"
	v.Features = []venue.Feature{venue.StepFree, venue.Lift, venue.Toilet, venue.Wifi, venue.Power, venue.Water,
		venue.AirCon, venue.Nursing, venue.Hearing}
	addSeats(v, "study", text("一楼北自习室", "Study room, 1F north"), "1F", 24, venue.StepFree, venue.Power, venue.Wifi)
	addSeats(v, "news", text("二楼报刊阅览室", "Newspaper reading room, 2F"), "2F", 24, venue.Wifi)
	addSeats(v, "lending", text("外借室（二）", "Lending room (2)"), "2F", 24, venue.Wifi, venue.Power)
	addSeats(v, "electronic", text("电子阅览室", "Electronic reading room"), "3F", 36, venue.Wifi, venue.Power, venue.Hearing)

	v.Hours = daily(interval(hm(8), hm(21, 30)))
	v.Hours[1] = []civil.Interval{interval(hm(14), hm(21, 30))} // Monday mornings are for the books
	v.OnHoliday = venue.HolidayHours{
		OnHoliday: venue.SpecialHours, HolidayTime: []civil.Interval{interval(hm(9), hm(17))}, OnMakeUp: venue.AsWorkday,
	}
	v.Special = []venue.SpecialDay{
		{Date: today.Add(-23), Reason: text("消防演练", "Fire drill"), Hours: []civil.Interval{interval(hm(13), hm(21, 30))}},
		{Date: today.Add(5), Reason: text("馆员业务培训，提前闭馆", "Staff training, closes early"),
			Hours: []civil.Interval{interval(hm(8), hm(17))}},
	}
	v.Closures = []venue.Closure{
		closure("screens", today, -31, -30, text("电子阅览室设备检修", "Computers are being serviced"), "electronic"),
		closure("shelves", today, 9, 11, text("书架搬移", "Shelves are being moved"), "lending"),
	}
	v.Rules = from("county-library-seats", 0)
	return v
}

// readingRoom is open day and night, so that the whole story can be done by hand at any hour.
func readingRoom() *venue.Venue {
	v := base("reading-room", venue.ReadingRoom, text("窑火24小时社区书屋", "Kiln Fire 24-hour Reading Room"),
		text("窑火社区3栋一层", "Kiln Fire Community, Block 3, ground floor"), "窑火街道", -380, 310)
	v.About = text(
		"刷码进门的社区书屋，24小时开放，24个座位。可提前三天预约，也可随到随约。",
		"A community reading room with 24 seats behind a code at the door, open day and night. Book up to three days ahead, "+
			"or on the spot.")
	v.Phone = "0798-000 1002"
	v.Features = []venue.Feature{venue.StepFree, venue.Wifi, venue.Power, venue.Water, venue.AirCon}
	addSeats(v, "room", text("阅览大厅", "Reading room"), "1F", 24, venue.StepFree, venue.Power, venue.Wifi)
	v.Hours = daily(interval(hm(0), civil.DayEnd))
	v.Rules = venue.Rules{
		Opening:    rule.Opening{HorizonDays: 3},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 30, Longest: 360, PartyMax: 4},
		HowMuch:    rule.HowMuch{OneAtATime: true},
		Attendance: rule.Attendance{CheckInBefore: 30, CheckInAfter: 30},
		Discipline: missedTooOften,
	}
	return v
}

// bookHouse is a small reading room of a village quarter that people need to book only when it is full.
func bookHouse() *venue.Venue {
	v := base("book-house", venue.ReadingRoom, text("松下文化书屋", "Under the Pines Book House"),
		text("松下村委会旁", "beside the village committee of Songxia"), "松下镇", 2900, 1750)
	v.About = text("村里的小书屋，家长可带孩子来读绘本。", "A small village reading room; bring the children for picture books.")
	v.Phone = "0798-000 1006"
	v.Features = []venue.Feature{venue.StepFree, venue.Water, venue.Nursing}
	addSeats(v, "room", text("阅览室", "Reading room"), "1F", 18)
	v.Hours = daily(interval(hm(8, 30), hm(12)), interval(hm(14), hm(17, 30)))
	v.Hours[1] = nil
	v.OnHoliday = venue.HolidayHours{OnHoliday: venue.SameAsWeekday, OnMakeUp: venue.AsWorkday}
	v.Rules = venue.Rules{
		Opening:    rule.Opening{HorizonDays: 7},
		Shape:      rule.Shape{SlotStep: 30, Shortest: 60, Longest: 180, PartyMax: 4},
		HowMuch:    rule.HowMuch{PerDay: 2},
		Attendance: rule.Attendance{CheckInBefore: 30, CheckInAfter: 30},
		Change:     rule.Change{CancelBefore: 30},
	}
	return v
}
