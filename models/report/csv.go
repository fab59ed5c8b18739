package report

import (
	"fmt"
	"io"
	"strconv"

	"wenguan/models/account"
	"wenguan/models/spreadsheet"
	"wenguan/models/venue"
)

// CSV writes the summary as one table for spreadsheets (RFC 4180, with a UTF-8 byte order mark so that Excel reads the
// names), with headings in "en" or else in zh-CN. Each row says in its first column what part of the summary it is.
// Unit-hours have one decimal. A text that a spreadsheet would take for a formula gets an apostrophe in front
// (https://owasp.org/www-community/attacks/CSV_Injection).
func CSV(w io.Writer, s Summary, language string) error {
	words := csvWords[0]
	if language == "en" {
		words = csvWords[1]
	}
	out, err := spreadsheet.NewWriter(w)
	if err != nil {
		return err
	}
	row := func(part, id, name string, m Measures) { out.Row(append([]string{part, id, name}, cells(m)...)...) }
	told := func(part, id, name string, m Measures) { // what was refused is not told by hour and group
		out.Row(append(append([]string{part, id, name}, cells(m)[:width-2]...), "", "")...)
	}
	out.Row(words.headings...)
	row(words.total, s.From.String()+"/"+s.To.String(), "", s.Total)
	for _, v := range s.Venues {
		row(words.venue, v.ID, named(v.Name, language), v.Measures)
	}
	for _, p := range s.Periods {
		row(words.periods[s.By], p.Start.String(), "", p.Measures)
	}
	for _, h := range s.Hours {
		told(words.hour, fmt.Sprintf("%02d:00", h.Hour), "", h.Measures)
	}
	for _, g := range s.Groups {
		name := words.groups[g.Group]
		if name == "" {
			name = string(g.Group)
		}
		told(words.group, string(g.Group), name, g.Measures)
	}
	return out.Flush()
}

func cells(m Measures) []string {
	var list []string
	for i, f := range m.fields() {
		if i < 5 {
			list = append(list, strconv.FormatFloat(float64(*f)/60, 'f', 1, 64))
		} else {
			list = append(list, strconv.FormatInt(*f, 10))
		}
	}
	return list
}

func named(t venue.Text, language string) string {
	if language == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

type words struct {
	headings                  []string
	total, venue, hour, group string
	periods                   map[Period]string
	groups                    map[account.Group]string
}

var csvWords = [2]words{
	{
		headings: []string{"部分", "编号", "名称", "开放（单元·小时）", "预约（单元·小时）", "到场（单元·小时）", "释放（单元·小时）",
			"再利用（单元·小时）", "预约数", "到场人数", "爽约数", "取消数", "直接入场人数", "没有空位次数", "规则不许次数"},
		total: "合计", venue: "场馆", hour: "时段", group: "群体",
		periods: map[Period]string{Day: "日", Week: "周", Month: "月"},
		groups: map[account.Group]string{account.Residents: "居民", account.Families: "家庭", account.Elders: "老年人",
			account.Organizations: "社会组织", "disabled": "残障人士"},
	},
	{
		headings: []string{"part", "id", "name", "offered (unit-hours)", "booked (unit-hours)", "attended (unit-hours)",
			"released (unit-hours)", "reused (unit-hours)", "bookings", "people attended", "no-shows", "cancelled", "walk-ins",
			"requests without a place", "requests against the rules"},
		total: "total", venue: "venue", hour: "hour", group: "group",
		periods: map[Period]string{Day: "day", Week: "week", Month: "month"},
		groups: map[account.Group]string{account.Residents: "residents", account.Families: "families",
			account.Elders: "elders", account.Organizations: "organizations", "disabled": "disabled people"},
	},
}
