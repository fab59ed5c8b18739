package privacy

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/models/booking"
	"wenguan/models/notice"
	"wenguan/models/venue"
)

var asks = regexp.MustCompile(`\bt "([a-z]+)"`)

func TestThePageHasItsWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	if zh, en := slices.Sorted(maps.Keys(wordsZH)), slices.Sorted(maps.Keys(wordsEN)); !slices.Equal(zh, en) {
		t.Errorf("the languages differ:\n%v\n%v", zh, en)
	}
	for _, m := range asks.FindAllStringSubmatch(pageSource, -1) {
		if wordsZH[m[1]] == "" || wordsEN[m[1]] == "" {
			t.Errorf("the page asks for %q, which has no words", m[1])
		}
	}
	for key, text := range wordsEN {
		if regexp.MustCompile(`\p{Han}`).MatchString(text) {
			t.Errorf("%s still has Chinese: %s", key, text)
		}
	}
}

func TestAFullCopyIsWrittenInBothLanguages(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 1, 40, 0, 0, time.UTC)
	zone := time.FixedZone("CST", 8*3600)
	c := Copy{
		MadeAt: at, Account: PersonCopy{ID: "id", Name: "王<b>小明", CreatedAt: at, IdentityEnds: "002X", IdentityAt: &at},
		Organizations: []MemberCopy{{"书画社", "owner"}},
		Bookings: []BookingCopy{{
			Venue: venue.Text{ZH: "书屋", EN: "Library"}, Space: venue.Text{ZH: "一号座"}, Start: at.In(zone), End: at.Add(20 * time.Hour).In(zone),
			State: booking.Completed, MadeAt: at, CheckInAt: &at, Party: 3, Reason: "下雨",
		}},
		Looks:   []LookCopy{{At: at, Why: "counter", What: "organization/01j"}, {At: at, Who: "李雷", Role: "manager", Why: "something new", What: "x"}},
		Notices: []notice.Waiting{{Template: notice.BookingMoved, Due: at}},
		More:    map[string]any{"credentials": map[string]any{"recovery_codes_left": 8}},
	}
	for language, want := range map[string][]string{
		"zh-CN": {"王&lt;b&gt;小明", "2026-11-24 09:40 – 2026-11-25 05:40", "书屋", "组织登记信息", "已离职", "something new", "预约已改期", "登录凭据", "× 3", "负责人", "下雨"},
		"en":    {"Library", "一号座", "registration of an organization", "somebody who left", "manager", "Booking moved", "Credentials", "recovery_codes_left"},
		"fr":    {"我的个人信息"},
	} {
		page, err := c.Page(language, zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(string(page), text) {
				t.Errorf("the page in %s has no %q", language, text)
			}
		}
		if strings.Contains(string(page), "<b>") || strings.Contains(string(page), "ZgotmplZ") {
			t.Errorf("the page in %s lets input through, or refused our own style", language)
		}
	}
}

func TestTheTextThatComesWithTheProductFitsItsOwnBounds(t *testing.T) {
	t.Parallel()
	text := first()
	if _, err := (Draft{ZH: text.ZH, EN: text.EN}).clean(); err != nil {
		t.Error(err)
	}
	for _, article := range []string{"第十三条", "第十五条", "第四十五条", "第四十六条", "第四十七条", "十四周岁"} {
		if !strings.Contains(text.ZH, article) {
			t.Errorf("the text does not name %s", article)
		}
	}
}
