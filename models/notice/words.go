package notice

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"text/template"
)

// Each file is one template in one language and defines "subject", "mail" and "sms".
//
//go:embed templates
var files embed.FS

// words holds the parsed templates by language and name. A fault in them stops the program at its start.
var words = func() map[string]*template.Template {
	parsed := map[string]*template.Template{}
	for _, language := range []string{"zh-CN", "en"} {
		for name := range needs {
			key := path.Join(language, name)
			parsed[key] = template.Must(template.New(key).Option("missingkey=zero").
				Funcs(template.FuncMap{"span": span, "broke": broke(language)}).ParseFS(files, path.Join("templates", key+".txt")))
		}
	}
	return parsed
}()

// languageOf returns the language of ours nearest to a BCP 47 tag.
func languageOf(tag string) string {
	if tag == "en" || strings.HasPrefix(tag, "en-") {
		return "en"
	}
	return "zh-CN"
}

// message puts the notice into words: the short form for a phone, subject and full text for mail.
func (n Notice) message() (Message, error) {
	m := Message{ID: n.ID, To: n.To, Template: n.Template, Language: languageOf(n.Language), Params: n.Params}
	t := words[path.Join(m.Language, n.Template)]
	if t == nil {
		return m, fmt.Errorf("no template %q in %s", n.Template, m.Language)
	}
	var err error
	if IsPhone(n.To) {
		m.Text, err = say(t, "sms", n.Params)
		return m, err
	}
	if m.Subject, err = say(t, "subject", n.Params); err != nil {
		return m, err
	}
	m.Text, err = say(t, "mail", n.Params)
	return m, err
}

func say(t *template.Template, form string, params map[string]string) (string, error) {
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, form, params); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}

// span shortens "2026-11-25 09:00" to "2026-11-25 11:00" into "2026-11-25 09:00–11:00".
func span(start, end string) string {
	day, _, _ := strings.Cut(start, " ")
	if clock, ok := strings.CutPrefix(end, day+" "); ok {
		return start + "–" + clock
	}
	return start + " – " + end
}

// broke says what somebody did, in a language, by rule.ViolationKind; a kind without words is told in general.
func broke(language string) func(kind string) string {
	return func(kind string) string {
		if said, ok := violations[language][kind]; ok {
			return said
		}
		return violations[language]["misconduct"]
	}
}

var violations = map[string]map[string]string{
	"zh-CN": {
		"no_show": "预约未到", "late_cancel": "取消过晚", "not_back": "暂离超时未归", "reported": "被反映离座且未及时返回",
		"no_check_out": "离开未签退", "overstay": "超时未离开", "misconduct": "违反场馆规定",
	},
	"en": {
		"no_show": "not coming", "late_cancel": "cancelling too late", "not_back": "not coming back from a leave in time",
		"reported": "being reported away and not back in time", "no_check_out": "leaving without checking out",
		"overstay": "staying too long", "misconduct": "breaking the rules of the house",
	},
}
