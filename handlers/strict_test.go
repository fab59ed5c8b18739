package handlers

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestJSONThatReadersReadDifferentlyIsRefused(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	for i := range 40 {
		fmt.Fprintf(&many, `"k%d":{"a":%d},`, i, i)
	}
	for _, c := range []struct {
		name, body string
		want       error
	}{
		{"plain", `{"a":1,"b":{"a":"a","b":[{"a":1},{"a":2}]},"c":"a","d":["a","a"],"e":null,"f":true}`, nil},
		{"a text equal to a name", `{"a":"a","b":"a","c":["b","b"],"d":"d"}`, nil},
		{"a name twice", `{"a":1,"a":2}`, errTwice},
		{"a name twice, once escaped", `{"a":1,"\u0061":2}`, errTwice},
		{"a name twice after an object", `{"a":{"b":1},"c":[],"a":2}`, errTwice},
		{"a name twice after a text", `{"a":"x","a":"y"}`, errTwice},
		{"a name twice far below", `[[{"x":{"y":1,"y":1}}]]`, errTwice},
		{"many names", "{" + many.String() + `"z":1}`, nil},
		{"many names, one twice", "{" + many.String() + `"k3":1}`, errTwice},
		{"not UTF-8", "{\"a\":\"\xff\"}", errNotText},
		{"a NUL", `{"a":"x\u0000y"}`, errNotText},
		{"a NUL in a name", `{"\u0000":1}`, errNotText},
		{"the letters of a NUL", `{"a":"\\u0000"}`, nil},
		{"half of a pair", `{"a":"\ud800"}`, errNotText},
		{"the other half, in a name", `{"\uDC00":1}`, errNotText},
		{"halves the wrong way round", `{"a":"\udc00\ud800"}`, errNotText},
		{"a pair", `{"a":"\ud83d\ude00"}`, nil},
		{"a replacement character", "{\"a\":\"\uFFFD \\uFFFD \\n\"}", nil},
		{"the letters of a half", `{"a":"\\ud800 \\ufffd"}`, nil},
		{"deep", strings.Repeat("[", 32) + strings.Repeat("]", 32), nil},
		{"too deep", strings.Repeat("[", 33) + strings.Repeat("]", 33), errDepth},
		{"very deep and unfinished", strings.Repeat(`{"a":`, 60_000), errDepth},
	} {
		if got := strictJSON([]byte(c.body)); !errors.Is(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

func BenchmarkStrictJSONOfABooking(b *testing.B) {
	body := []byte(`{"venue":"room","space":"seats","start":"2026-11-25T09:00","end":"2026-11-25T10:00","party":2}`)
	for b.Loop() {
		if err := strictJSON(body); err != nil {
			b.Fatal(err)
		}
	}
}
