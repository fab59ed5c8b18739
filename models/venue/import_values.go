package venue

import (
	"strconv"
	"strings"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Chinese words that cells may hold instead of the product's own; docs/glossary.md has them too.
var chinese = map[string]string{
	"文化长廊": string(Corridor), "文化广场": string(Square), "文化书屋": string(ReadingRoom), "闲置场所": string(IdleVenue),
	"座位": string(Seat), "房间": string(Room), "厅": string(Hall), "展板": string(Panel), "开放区域": string(OpenArea),
	"独占": string(Exclusive), "共享": string(Shared), "任选": string(AnyOf),
	"无障碍通道": string(StepFree), "电梯": string(Lift), "无障碍卫生间": string(Toilet), "助听环路": string(Hearing),
	"无线网络": string(Wifi), "电源": string(Power), "投影": string(Projector), "钢琴": string(Piano), "镜墙": string(Mirror),
	"音响": string(Sound), "饮水": string(Water), "停车": string(Parking), "母婴室": string(Nursing), "空调": string(AirCon),
	"是": "yes", "否": "no", "闭馆": "closed", "休息": "closed", "照常": "same", "按工作日": "workday",
	"工作日": "weekdays", "周末": "weekend", "每天": "daily", "节假日": "holiday", "调休": "make_up",
	"周日": "sunday", "周一": "monday", "周二": "tuesday", "周三": "wednesday", "周四": "thursday", "周五": "friday", "周六": "saturday",
	"星期日": "sunday", "星期一": "monday", "星期二": "tuesday", "星期三": "wednesday", "星期四": "thursday", "星期五": "friday",
	"星期六": "saturday",
}

// word is the cell's word in the product's own form. Words that no table knows stay, for Check to refuse.
func word(s string) string {
	s = plain(s)
	if own, ok := chinese[s]; ok {
		return own
	}
	return s
}

func unreadable(sentence string) *fault.Error {
	return fault.New(fault.Invalid, "cell_unreadable", sentence)
}

func setNumber(into *int32, s string) *fault.Error {
	n, err := strconv.ParseInt(plain(s), 10, 32)
	if err != nil {
		return unreadable("Write a whole number, such as 30.")
	}
	*into = int32(n)
	return nil
}

func setDegrees(into *float64, s string) *fault.Error {
	n, err := strconv.ParseFloat(plain(s), 64)
	if err != nil {
		return unreadable("Write degrees with a decimal point, such as 29.2934.")
	}
	*into = n
	return nil
}

func setYesNo(into *bool, s string) *fault.Error {
	switch word(s) {
	case "yes", "true", "1":
		*into = true
	case "no", "false", "0":
		*into = false
	default:
		return unreadable("Write yes or no (是 or 否).")
	}
	return nil
}

func setTime(into *civil.TimeOfDay, s string) *fault.Error {
	s = plain(s)
	if len(s) == len("9:30") {
		s = "0" + s
	}
	t, err := civil.ParseTimeOfDay(s)
	if err != nil {
		return unreadable("Write a time like 09:30.")
	}
	*into = t
	return nil
}

func setFeatures(into *[]Feature, s string) *fault.Error {
	*into = nil
	for _, p := range pieces(s) {
		*into = append(*into, Feature(word(p)))
	}
	return nil
}

// intervalsOf reads "08:30-12:00;14:00-18:00"; "closed" is none.
func intervalsOf(s string) ([]civil.Interval, *fault.Error) {
	if word(s) == "closed" {
		return nil, nil
	}
	bad := unreadable("Write hours like 08:30-12:00;14:00-18:00, or closed (闭馆).")
	var out []civil.Interval
	for _, p := range pieces(strings.ReplaceAll(s, ",", ";")) {
		p = strings.NewReplacer("–", "-", "—", "-", "~", "-", "至", "-").Replace(plain(p))
		from, to, ok := strings.Cut(p, "-")
		var iv civil.Interval
		if !ok || setTime(&iv.Start, from) != nil || setTime(&iv.End, to) != nil {
			return nil, bad
		}
		out = append(out, iv)
	}
	if len(out) == 0 {
		return nil, bad
	}
	return out, nil
}
