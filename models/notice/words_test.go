package notice

import (
	"maps"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// sample fills a template with marked values, so a word that misses one shows.
func sample(template, language, to string) Notice {
	return Notice{ID: "01kas", To: to, Template: template, Language: language, Params: map[string]string{
		"code": "482913", "minutes": "5", "number": "7K2M9QXD", "venue": "德兴文化书屋", "space": "17 号座",
		"start": "2026-11-25 09:00", "end": "2026-11-25 11:00", "reason": "设备检修",
		"organization": "青花合唱团", "until": "2027-11-24", "member": "王*明", "role": "booker",
	}}
}

func TestEveryTemplateSaysWhatItMustInBothLanguages(t *testing.T) {
	t.Parallel()
	for name, required := range needs {
		for _, language := range []string{"zh-CN", "en"} {
			t.Run(path.Join(language, name), func(t *testing.T) {
				t.Parallel()
				for _, to := range []string{"+8613800000000", "a@example.cn"} {
					m, err := sample(name, language, to).message()
					if err != nil {
						t.Fatal(err)
					}
					for _, param := range required {
						value := sample(name, language, to).Params[param]
						if param == "end" {
							value = "–11:00"
						}
						if !strings.Contains(m.Text, value) {
							t.Errorf("to %s: no %s in %q", to, param, m.Text)
						}
					}
					if strings.Contains(m.Text, "{{") || strings.Contains(m.Text, "<no value>") {
						t.Errorf("to %s: %q", to, m.Text)
					}
					if mail := !IsPhone(to); mail != (m.Subject != "") || strings.Contains(m.Subject, "\n") {
						t.Errorf("to %s: subject %q", to, m.Subject)
					}
					chinese := regexp.MustCompile(`\p{Han}`).MatchString(strings.NewReplacer("德兴文化书屋", "", "17 号座", "", "设备检修", "", "青花合唱团", "", "王*明", "").Replace(m.Text))
					if chinese != (language == "zh-CN") {
						t.Errorf("to %s: it is not in %s: %q", to, language, m.Text)
					}
				}
			})
		}
	}
}

func TestAChineseTextMessageFitsTwoSegmentsAndACodeOne(t *testing.T) {
	t.Parallel()
	for name := range needs {
		m, err := sample(name, "zh-CN", "+8613800000000").message()
		if err != nil {
			t.Fatal(err)
		}
		// A segment has 70 UCS-2 characters, 67 of several; the gateway adds a signature such as 【德兴文旅】.
		most := 2*67 - 8
		if name == SignInCode {
			most = 70 - 8
		}
		if n := utf8.RuneCountInString(m.Text); n > most || strings.Contains(m.Text, "\n") {
			t.Errorf("%s has %d characters: %s", name, n, m.Text)
		}
	}
}

func TestAReasonIsNamedOnlyIfThereIsOne(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"zh-CN", "en"} {
		n := sample(BookingCancelled, language, "a@example.cn")
		with, _ := n.message()
		n.Params = maps.Clone(n.Params)
		delete(n.Params, "reason")
		without, err := n.message()
		if err != nil || !strings.Contains(with.Text, "设备检修") || strings.Contains(without.Text, "Reason") || strings.Contains(without.Text, "原因") {
			t.Errorf("with: %q\nwithout: %q, %v", with.Text, without.Text, err)
		}
	}
}

func TestASpanNamesTheDayOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ start, end, want string }{
		{"2026-11-25 09:00", "2026-11-25 11:00", "2026-11-25 09:00–11:00"},
		{"2026-11-25 22:00", "2026-11-26 02:00", "2026-11-25 22:00 – 2026-11-26 02:00"},
		{"2026-11-25", "2026-11-27", "2026-11-25 – 2026-11-27"},
	} {
		if got := span(c.start, c.end); got != c.want {
			t.Errorf("span(%q, %q) = %q, want %q", c.start, c.end, got, c.want)
		}
	}
}

func TestAnUnknownLanguageIsChinese(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"": "zh-CN", "zh-CN": "zh-CN", "zh": "zh-CN", "fr": "zh-CN", "en": "en", "en-GB": "en", "enm": "zh-CN"} {
		if got := languageOf(tag); got != want {
			t.Errorf("languageOf(%q) = %q, want %q", tag, got, want)
		}
	}
}

func TestAParamCannotBreakALineOrGoOnForEver(t *testing.T) {
	t.Parallel()
	n := sample(BookingConfirmed, "en", "a@example.cn")
	n.Params["venue"] = "Hall\r\nBcc: all@example.cn\u2028" + strings.Repeat("长", 500)
	ready, err := n.ready(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	m, err := ready.message()
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(m.Subject, "\r\n\u2028") || utf8.RuneCountInString(ready.Params["venue"]) != 120 {
		t.Errorf("subject %q", m.Subject)
	}
	if !strings.Contains(n.Params["venue"], "\n") {
		t.Error("the caller's own params were changed")
	}
}
