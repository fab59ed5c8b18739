package provider

import (
	"net/url"
	"strings"
	"unicode"
)

const maxNext = 500 // bytes

// LocalPath returns next if it is the path of a page here, with query and fragment, else "". Browsers drop tabs and line
// ends and read \ like /, so that "/\t/evil.example" would be another site (URL Standard, 4.4).
func LocalPath(next string) string {
	odd := func(r rune) bool { return r == '\\' || r == unicode.ReplacementChar || !unicode.IsPrint(r) }
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || len(next) > maxNext || strings.ContainsFunc(next, odd) {
		return ""
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, "/api/") {
		return ""
	}
	return next
}
