package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

const (
	maxDepth = 32 // of arrays and objects in each other; the deepest body the API takes has eight
	fewNames = 24 // of an object are compared one by one
)

// strictFormats are the formats of bodies, of which JSON is read strictly: as I-JSON (RFC 7493), in which a name stands
// once in an object and every text is UTF-8, and without NUL, which no text of a person has.
func strictFormats() map[string]huma.Format {
	formats := maps.Clone(huma.DefaultFormats)
	for name, f := range formats {
		formats[name] = huma.Format{Marshal: f.Marshal, Unmarshal: func(data []byte, v any) error {
			if _, first := v.(*any); first { // a body is decoded twice, to be checked and to be used
				if err := strictJSON(data); err != nil {
					return err
				}
			}
			return f.Unmarshal(data, v)
		}}
	}
	return formats
}

var (
	errDepth   = errors.New("too many levels")
	errTwice   = errors.New("a name stands twice in an object")
	errNotText = errors.New("a text is not Unicode or has a NUL")
)

// strictJSON refuses what readers of JSON read differently. Whether it is JSON at all it leaves to the decoder.
func strictJSON(data []byte) error {
	if !utf8.Valid(data) {
		return errNotText
	}
	open := make([]names, 0, 8)
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			if len(open) == maxDepth {
				return errDepth
			}
			open = append(open, names{object: data[i] == '{', due: true})
		case '}', ']':
			open = open[:max(0, len(open)-1)]
		case ',':
			if len(open) > 0 {
				open[len(open)-1].due = true
			}
		case '"':
			text, end := textAt(data, i)
			if bytes.IndexByte(text, 0) >= 0 || halved(data[i:end+1], text) {
				return errNotText
			}
			if len(open) > 0 && !open[len(open)-1].add(text) {
				return errTwice
			}
			i = end
		}
	}
	return nil
}

// textAt is the text whose quotation mark is at start, and where its other one is.
func textAt(data []byte, start int) (text []byte, end int) {
	escaped := false
	for end = start + 1; end < len(data) && data[end] != '"'; end++ {
		if data[end] == '\\' {
			escaped = true
			end++
		}
	}
	end = min(end, len(data)-1)
	text = data[start+1 : max(start+1, end)]
	if escaped {
		var plain string
		if json.Unmarshal(data[start:end+1], &plain) == nil {
			text = []byte(plain)
		}
	}
	return text, end
}

// halved reports whether an escape in a text is half of a surrogate pair: the decoder put U+FFFD in its place.
func halved(written, text []byte) bool {
	instead := []byte("\uFFFD")
	return bytes.IndexByte(written, '\\') >= 0 &&
		bytes.Count(text, instead) > bytes.Count(written, instead)+bytes.Count(bytes.ToLower(written), []byte(`\ufffd`))
}

// names are those of an object so far.
type names struct {
	object, due bool // due: the next text is a name
	few         [][]byte
	many        map[string]bool
}

// add notes a text, and reports false for a name that was there before.
func (n *names) add(text []byte) bool {
	if !n.object || !n.due {
		return true
	}
	n.due = false
	if n.many == nil && len(n.few) < fewNames {
		if slices.ContainsFunc(n.few, func(name []byte) bool { return bytes.Equal(name, text) }) {
			return false
		}
		n.few = append(n.few, text)
		return true
	}
	if n.many == nil {
		n.many = make(map[string]bool, 2*fewNames)
		for _, name := range n.few {
			n.many[string(name)] = true
		}
	}
	seen := n.many[string(text)]
	n.many[string(text)] = true
	return !seen
}
