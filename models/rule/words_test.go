package rule_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wenguan/models/rule"
)

// wording is the proposal of words for clients, testdata/words.json; docs/rule-books.md says how it is read.
type wording struct {
	Explain, Values, Refusals, Faults map[string]map[string]string
}

func readWords(t *testing.T) *wording {
	t.Helper()
	var w wording
	if err := json.Unmarshal(read(t, "testdata/words.json"), &w); err != nil {
		t.Fatal(err)
	}
	return &w
}

var hole = regexp.MustCompile(`\{(\w+)(?::(\w+)|\|([^|}]*)\|([^}]*))?\}`)

// say fills the template's holes: {x} a value, {x:length} minutes as people say them, {x:group} the word for the value,
// {x|one|# many} by number. missing gets what has no value or word.
func (w *wording) say(lang, template string, params map[string]any, missing func(string)) string {
	return hole.ReplaceAllStringFunc(template, func(h string) string {
		m := hole.FindStringSubmatch(h)
		v, ok := params[m[1]]
		if !ok {
			missing(h)
			return h
		}
		if m[3] != "" {
			if n := fmt.Sprint(v); n != "1" {
				return strings.ReplaceAll(m[4], "#", n)
			}
			return m[3]
		}
		if m[2] == "length" {
			return length(lang, v)
		}
		return w.value(lang, m[2], v, params, missing)
	})
}

func (w *wording) value(lang, group string, v any, params map[string]any, missing func(string)) string {
	text, err := json.Marshal(v)
	if err != nil {
		missing(err.Error())
	}
	var list []any
	if json.Unmarshal(text, &list) == nil {
		if group == "day" {
			return w.days(lang, list)
		}
		parts := make([]string, len(list))
		for i, item := range list {
			parts[i] = w.value(lang, group, item, params, missing)
		}
		return strings.Join(parts, map[string]string{"zh-CN": "、", "en": ", "}[lang])
	}
	var both map[string]string
	if json.Unmarshal(text, &both) == nil {
		if both[lang] == "" {
			return both["zh-CN"]
		}
		return both[lang]
	}
	if group == "" {
		return fmt.Sprint(v)
	}
	word, ok := w.Values[group+"."+fmt.Sprint(v)]
	if !ok {
		missing(group + "." + fmt.Sprint(v))
	}
	return w.say(lang, word[lang], params, missing)
}

// days are the days of a list, those in a row as from–to.
func (w *wording) days(lang string, list []any) string {
	if len(list) == len(rule.AllDays()) {
		return w.Values["day.all"][lang]
	}
	var parts []string
	for i := 0; i < len(list); {
		n := i + 1
		for n < len(list) && follows(list[n-1], list[n]) {
			n++
		}
		part := w.Values["day."+fmt.Sprint(list[i])][lang]
		if n-i > 2 {
			to := w.Values["day."+fmt.Sprint(list[n-1])][lang]
			part = strings.NewReplacer("{from}", part, "{to}", to).Replace(w.Values["day.to"][lang])
		} else {
			n = i + 1
		}
		parts, i = append(parts, part), n
	}
	return strings.Join(parts, map[string]string{"zh-CN": "、", "en": ", "}[lang])
}

// follows reports whether b is the weekday after a.
func follows(a, b any) bool {
	week := rule.AllDays()[:7]
	i := slices.Index(week, rule.Day(fmt.Sprint(a)))
	return i >= 0 && i < 6 && week[i+1] == rule.Day(fmt.Sprint(b))
}

// length is minutes as people say them.
func length(lang string, v any) string {
	var n int64
	if _, err := fmt.Sscan(fmt.Sprint(v), &n); err != nil {
		return fmt.Sprint(v)
	}
	var parts []string
	for _, u := range []struct {
		of           int64
		zh, one, any string
	}{{1440, "天", "day", "days"}, {60, "小时", "hour", "hours"}, {1, "分钟", "minute", "minutes"}} {
		if k := n / u.of; k > 0 {
			n -= k * u.of
			parts = append(parts, map[string]string{"zh-CN": fmt.Sprint(k, " ", u.zh), "en": fmt.Sprint(k, " ", map[bool]string{true: u.one, false: u.any}[k == 1])}[lang])
		}
	}
	if len(parts) == 0 {
		return map[string]string{"zh-CN": "0 分钟", "en": "0 minutes"}[lang]
	}
	return strings.Join(parts, " ")
}

// explained is the book in words.
func explained(t *testing.T, w *wording, lang string, b *rule.Book) []string {
	t.Helper()
	var out []string
	for _, e := range rule.Explain(b) {
		word, ok := w.Explain[e.Code]
		if !ok {
			t.Errorf("%s has no words", e.Code)
		}
		line := w.say(lang, word[lang], e.Params, func(what string) { t.Errorf("%s: no value or word for %s", e.Code, what) })
		if line = strings.TrimSpace(line); line == "" || strings.Contains(line, "{") {
			t.Errorf("%s says %q", e.Code, line)
		}
		out = append(out, line)
	}
	return out
}

func TestEveryTemplateIsSaidInBothLanguages(t *testing.T) {
	t.Parallel()
	w := readWords(t)
	var all strings.Builder
	for _, tpl := range rule.Templates() {
		fmt.Fprintf(&all, "%s (%s)\n", tpl.ID, tpl.Source)
		for _, lang := range []string{"zh-CN", "en"} {
			for _, line := range explained(t, w, lang, &tpl.Book) {
				fmt.Fprintf(&all, "  %s\n", line)
			}
			all.WriteString("\n")
		}
	}
	golden(t, "testdata/explained.golden", all.String())
}

// literals finds the codes in the source, so that none is left without words and no words are left without a code.
var literals = map[string]*regexp.Regexp{
	"explain":  regexp.MustCompile(`e\.say\("([a-z_]+)"|e\.when\([^"]*, "([a-z_]+)"|code :?= "([a-z_]+)"`),
	"refusals": regexp.MustCompile(`(?:refuse\(|fault\.New\(fault\.\w+, |code, sentence :?= )"([a-z_]+)"`),
	"faults":   regexp.MustCompile(`c\.add\((?:fmt\.Sprintf\([^)]*\)|[^,]+), "([a-z_]+)"`),
}

func TestEveryCodeHasWordsAndNoWordsAreLeftOver(t *testing.T) {
	t.Parallel()
	w := readWords(t)
	var source strings.Builder
	for _, f := range sources(t) {
		source.Write(read(t, f))
	}
	// Put together from parts in explain.go.
	built := []string{"opens_today_all_day", "opens_tomorrow_all_day", "opens_days_all_day", "book_by", "book_by_day_before", "book_by_same_day", "cancel_by", "cancel_by_day_before", "cancel_by_same_day", "limit_active", "limit_bookings", "limit_minutes", "no_effect"}
	for part, words := range map[string]map[string]map[string]string{"explain": w.Explain, "refusals": w.Refusals, "faults": w.Faults} {
		found := map[string]bool{}
		for _, m := range literals[part].FindAllStringSubmatch(source.String(), -1) {
			for _, code := range m[1:] {
				if code != "" && code != "limit_" {
					found[code] = true
				}
			}
		}
		for code := range found {
			if words[code]["zh-CN"] == "" || words[code]["en"] == "" {
				t.Errorf("%s: %s has no words", part, code)
			}
		}
		for code := range words {
			if !found[code] && !slices.Contains(built, code) {
				t.Errorf("%s: nothing says %s", part, code)
			}
		}
	}
}

// The words of a refusal may only use what refusals carry.
func TestWordsOfRefusalsUseWhatRefusalsCarry(t *testing.T) {
	t.Parallel()
	w := readWords(t)
	var source strings.Builder
	for _, f := range sources(t) {
		source.Write(read(t, f))
	}
	for code, words := range w.Refusals {
		for _, m := range hole.FindAllStringSubmatch(words["en"]+words["zh-CN"], -1) {
			if !strings.Contains(source.String(), `With("`+m[1]+`"`) {
				t.Errorf("%s uses %s, which nothing carries", code, m[1])
			}
		}
	}
	s := county(t).at("2026-11-24 07:00")
	err := s.refused("rule_longest", "wang", "2026-11-24 08:00", "2026-11-24 12:30")
	got := w.say("zh-CN", w.Refusals[err.Code]["zh-CN"], err.Params, func(what string) { t.Error(what) })
	if got != "一次最多 4 小时。" {
		t.Errorf("it says %s", got)
	}
}

// What somebody has elsewhere counts, too, where a limit reaches that far: the refusal says so.
func TestTheRefusalOfALimitSaysWhereItCounts(t *testing.T) {
	t.Parallel()
	w := readWords(t)
	for _, c := range []struct {
		limit  rule.Limit
		zh, en string
	}{
		{rule.Limit{Count: rule.Minutes, Max: 120, Within: rule.Within{Per: rule.AWeek}, Scope: rule.InDistrict},
			"全区场馆每周最多约 2 小时，您已约 2 小时。", "At most 2 hours a week at all venues of the district; you have 2 hours."},
		{rule.Limit{Count: rule.Bookings, Max: 1, Within: rule.Within{Per: rule.AMonth}, Scope: rule.OfType},
			"本场馆同类空间每月最多约 1 次，您已有 1 次。", "At most one booking a month at all spaces of this type here; you have 1."},
		{rule.Limit{Count: rule.Active, Max: 1}, "本场馆同时最多 1 个未结束的预约，您已有 1 个。", "At most one booking ahead at a time at this venue; you have 1."},
	} {
		s := county(t).at("2026-11-24 07:00")
		s.book.PerDay, s.book.OneAtATime, s.book.NextAfter, s.book.Limits = 0, false, "", []rule.Limit{c.limit}
		s.books("wang", "2026-11-24 08:00", "2026-11-24 10:00")
		err := s.refused("rule_"+string(c.limit.Count), "wang", "2026-11-24 14:00", "2026-11-24 16:00")
		for lang, want := range map[string]string{"zh-CN": c.zh, "en": c.en} {
			if got := w.say(lang, w.Refusals[err.Code][lang], err.Params, func(what string) { t.Error(what) }); got != want {
				t.Errorf("%s says %s, not %s", err.Code, got, want)
			}
		}
	}
}
