package privacy

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"time"

	"wenguan/models/venue"
)

var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	pageStyle string
)

// StyleHash is the source of the page's one style sheet, for a content security policy: the page needs nothing else.
var StyleHash = hashSource(pageStyle)

func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// pages are the parsed templates by language. A fault in them stops the program at its start.
var pages = map[string]*template.Template{"zh-CN": parsePage("zh-CN"), "en": parsePage("en")}

func parsePage(language string) *template.Template {
	return template.Must(template.New("page").Funcs(pageWords(language, time.UTC)).Parse(pageSource))
}

// JSON is the copy for machines.
func (c Copy) JSON() ([]byte, error) { return json.MarshalIndent(c, "", "  ") }

// Page is the copy to read and print: HTML without scripts, in "zh-CN" or "en", with moments in the zone.
func (c Copy) Page(language string, zone *time.Location) ([]byte, error) {
	parsed, known := pages[language]
	if !known {
		language, parsed = "zh-CN", pages["zh-CN"]
	}
	page, err := parsed.Clone()
	if err != nil {
		return nil, fmt.Errorf("page of a copy: %w", err)
	}
	var b bytes.Buffer
	err = page.Funcs(pageWords(language, zone)).Execute(&b, struct {
		Copy
		Language string
		Style    template.CSS
	}{c, language, template.CSS(pageStyle)}) // our own file, not input
	if err != nil {
		return nil, fmt.Errorf("page of a copy: %w", err)
	}
	return b.Bytes(), nil
}

const pageTime = "2006-01-02 15:04"

// pageWords are the functions of the page in one language.
func pageWords(language string, zone *time.Location) template.FuncMap {
	words := map[bool]map[string]string{true: wordsEN, false: wordsZH}[language == "en"]
	word := func(kind string, value any) string {
		plain := fmt.Sprint(value)
		if text, ok := words[kind+"."+plain]; ok {
			return text
		}
		return plain
	}
	return template.FuncMap{
		"t":     func(key string) string { return words[key] },
		"word":  word,
		"what":  func(what string) string { kind, _, _ := strings.Cut(what, "/"); return word("what", kind) },
		"text":  func(t venue.Text) string { return pick(t, language) },
		"when":  func(t time.Time) string { return t.In(zone).Format(pageTime) },
		"there": func(t any) string { return moment(t).Format(pageTime) },
		"span": func(start, end time.Time) string {
			if start.Format(time.DateOnly) == end.Format(time.DateOnly) {
				return start.Format(pageTime) + "–" + end.Format("15:04")
			}
			return start.Format(pageTime) + " – " + end.Format(pageTime)
		},
		"json": func(v any) (string, error) {
			b, err := json.MarshalIndent(v, "", "  ")
			return string(b), err
		},
	}
}

// moment is a time or what a pointer to one points to.
func moment(t any) time.Time {
	v, _ := reflect.Indirect(reflect.ValueOf(t)).Interface().(time.Time)
	return v
}

func pick(t venue.Text, language string) string {
	if language == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}
