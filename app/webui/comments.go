package webui

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// ownScript reports whether a file is a script of the product's own, with comments for those who read it.
func ownScript(name string) bool {
	return path.Ext(name) == ".js" && !strings.HasPrefix(name, "vendor/")
}

// comments are those that can be told from code without reading the code: JSDoc, and lines that are nothing else. No
// string or template of ours begins a line with // or contains the opening of a JSDoc block (a test says so).
var comments = regexp.MustCompile(`(?s)/\*\*\s.*?\*/|(?m:^[ \t]*//[^\n]*)`)

// withoutComments leaves out what browsers do not need: a third of what a phone would load. Every line keeps its number,
// so that errors point at the source.
func withoutComments(script []byte) []byte {
	return comments.ReplaceAllFunc(script, func(c []byte) []byte { return bytes.Repeat([]byte("\n"), bytes.Count(c, []byte("\n"))) })
}
