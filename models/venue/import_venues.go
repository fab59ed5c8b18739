package venue

import (
	"strings"

	"wenguan/models/fault"
)

// DefaultZone is the zone of imported venues that name none.
const DefaultZone = "Asia/Shanghai"

// venueColumn is a column of venues.csv: the field it fills, by its path, and how.
type venueColumn struct {
	heading
	path string
	set  func(*Venue, string) *fault.Error
}

var venueColumns = append([]venueColumn{
	{heading{"id", "编号", true}, "id", func(*Venue, string) *fault.Error { return nil }},
	{heading{"kind", "类型", false}, "kind", func(v *Venue, s string) *fault.Error { v.Kind = Kind(word(s)); return nil }},
	textColumn("name", "名称", "name.zh-CN", func(v *Venue) *string { return &v.Name.ZH }),
	textColumn("name_en", "英文名称", "name.en", func(v *Venue) *string { return &v.Name.EN }),
	textColumn("about", "简介", "about.zh-CN", func(v *Venue) *string { return &v.About.ZH }),
	textColumn("about_en", "英文简介", "about.en", func(v *Venue) *string { return &v.About.EN }),
	textColumn("area", "片区", "area", func(v *Venue) *string { return &v.Area }),
	textColumn("address", "地址", "address.zh-CN", func(v *Venue) *string { return &v.Address.ZH }),
	textColumn("address_en", "英文地址", "address.en", func(v *Venue) *string { return &v.Address.EN }),
	textColumn("phone", "电话", "phone", func(v *Venue) *string { return &v.Phone }),
	{heading{"lat", "纬度", false}, "position.lat", func(v *Venue, s string) *fault.Error { return setDegrees(&v.place().Lat, s) }},
	{heading{"lon", "经度", false}, "position.lon", func(v *Venue, s string) *fault.Error { return setDegrees(&v.place().Lon, s) }},
	{heading{"features", "设施", false}, "features", func(v *Venue, s string) *fault.Error { return setFeatures(&v.Features, dash(s)) }},
	textColumn("zone", "时区", "zone", func(v *Venue) *string { return &v.Zone }),
	{heading{"retired", "停用", false}, "retired", func(v *Venue, s string) *fault.Error { return setYesNo(&v.Retired, s) }},
}, ruleColumns...)

// ruleColumns are named as the fields of the rule book.
var ruleColumns = []venueColumn{
	ruleColumn("slot_step", "时段步长", func(r *Rules) *int32 { return &r.SlotStep }),
	ruleColumn("shortest", "最短时长", func(r *Rules) *int32 { return &r.Shortest }),
	ruleColumn("longest", "最长时长", func(r *Rules) *int32 { return &r.Longest }),
	ruleColumn("notice", "提前时间", func(r *Rules) *int32 { return &r.Notice }),
	ruleColumn("horizon_days", "可约天数", func(r *Rules) *int32 { return &r.HorizonDays }),
	{heading{"release_at", "放号时间", false}, "rules.release_at", func(v *Venue, s string) *fault.Error { return setTime(&v.Rules.ReleaseAt, s) }},
	ruleColumn("per_day", "每日次数", func(r *Rules) *int32 { return &r.PerDay }),
	yesNoColumn("one_at_a_time", "一人一位", func(r *Rules) *bool { return &r.OneAtATime }),
	ruleColumn("party_max", "同行上限", func(r *Rules) *int32 { return &r.PartyMax }),
	yesNoColumn("real_name_only", "仅限实名", func(r *Rules) *bool { return &r.RealNameOnly }),
	yesNoColumn("verified_only", "仅限认证组织", func(r *Rules) *bool { return &r.VerifiedOnly }),
	ruleColumn("buffer_before", "前缓冲", func(r *Rules) *int32 { return &r.BufferBefore }),
	ruleColumn("buffer_after", "后缓冲", func(r *Rules) *int32 { return &r.BufferAfter }),
	ruleColumn("check_in_before", "提前签到", func(r *Rules) *int32 { return &r.CheckInBefore }),
	ruleColumn("check_in_after", "签到保留", func(r *Rules) *int32 { return &r.CheckInAfter }),
	ruleColumn("cancel_before", "取消提前", func(r *Rules) *int32 { return &r.CancelBefore }),
}

func yesNoColumn(name, zh string, field func(*Rules) *bool) venueColumn {
	return venueColumn{heading{name, zh, false}, "rules." + name, func(v *Venue, s string) *fault.Error { return setYesNo(field(&v.Rules), s) }}
}

func textColumn(name, zh, path string, field func(*Venue) *string) venueColumn {
	return venueColumn{heading{name, zh, false}, path, func(v *Venue, s string) *fault.Error {
		*field(v) = dash(s)
		return nil
	}}
}

func ruleColumn(name, zh string, field func(*Rules) *int32) venueColumn {
	return venueColumn{heading{name, zh, false}, "rules." + name, func(v *Venue, s string) *fault.Error {
		return setNumber(field(&v.Rules), s)
	}}
}

// dash is the cell's text; "-" empties the field, as an empty cell leaves it as it is.
func dash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

func (v *Venue) place() *Position {
	if v.Position == nil {
		v.Position = &Position{}
	}
	return v.Position
}

// fillVenue applies a row of venues.csv.
func (d *draft) fillVenue(faults *importFaults) {
	if d.venueRow == nil {
		return
	}
	placed := d.venue.Position != nil
	for _, col := range venueColumns {
		c := d.venueRow.cell(col.name)
		if c.text == "" {
			continue
		}
		if e := col.set(d.venue, c.text); e != nil {
			faults.at(c, e)
		}
	}
	lat, lon := d.venueRow.cell("lat"), d.venueRow.cell("lon")
	if !placed && (lat.text == "") != (lon.text == "") {
		missing := lat
		if lat.text != "" {
			missing = lon
		}
		faults.at(missing, fault.New(fault.Invalid, "required", "Give both latitude and longitude, or neither."))
	}
}

// venueColumnOf is the column that fills the field at this path, "" if none does.
func venueColumnOf(path string) string {
	for _, col := range venueColumns {
		if path == col.path || strings.HasPrefix(path, col.path+"[") {
			return col.name
		}
	}
	return ""
}
