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
				Funcs(template.FuncMap{"span": span}).ParseFS(files, path.Join("templates", key+".txt")))
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
