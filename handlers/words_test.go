package handlers

import (
	"testing"

	"wenguan/models/booking"
	"wenguan/models/venue"
)

func TestATagIsComparedAsRFC9110Says(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		`"abc"`: true, `W/"abc"`: true, `"x", "abc"`: true, `*`: true, `abc`: false, `"ab"`: false, ``: false, `"ABC"`: false,
	} {
		if got := matches(header, "abc"); got != want {
			t.Errorf("If-None-Match: %s: %t", header, got)
		}
	}
	if matches("*", "") {
		t.Error("what has no tag matches")
	}
}

func TestThePagesLanguageIsTheFirstOfOurs(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "zh-CN", "en": "en", "en-GB,en;q=0.9": "en", "zh-TW": "zh-CN", "fr, EN;q=0.5, zh;q=0.1": "en", "fr": "zh-CN", "*": "zh-CN",
	} {
		if got := language(header); got != want {
			t.Errorf("Accept-Language: %q: %s", header, got)
		}
	}
}

func TestAPositionIsReadOrRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"29.29", "29.29,", "91,0", "0,181", "NaN,0", "Inf,0", "a,b", "1,2,3"} {
		if _, err := positionOf(s); err == nil {
			t.Errorf("%q is read", s)
		}
	}
	got, err := positionOf(" 29.29 , 117.2")
	if err != nil || *got != (venue.Position{Lat: 29.29, Lon: 117.2}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestEncodedAnswersAreGoodForOneTagAndBounded(t *testing.T) {
	t.Parallel()
	var e encodings[booking.AvailabilityQuery]
	q := booking.AvailabilityQuery{Venue: "room", Days: 7}
	e.put(q, "one", []byte("1"))
	if body, ok := e.get(q, "one"); !ok || string(body) != "1" {
		t.Errorf("%s, %t", body, ok)
	}
	if _, ok := e.get(q, "two"); ok {
		t.Error("an old answer is given for a new tag")
	}
	large := make([]byte, 1<<20)
	for days := range 200 {
		e.put(booking.AvailabilityQuery{Venue: "other", Days: days % 150}, "t", large)
	}
	if n := len(e.young) + len(e.older); n > encodedMost>>20 || n < encodedMost>>22 {
		t.Errorf("%d megabytes of answers are kept", n)
	}
	for range 200 {
		e.put(q, "three", large) // one question answered again and again pushes no other out
	}
	if n := len(e.young) + len(e.older); n < encodedMost>>22 {
		t.Errorf("%d answers are left", n)
	}
}

func TestTextFromADecoderIsNotRepeated(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"expected string":                       "expected string",
		"a date is written like 2026-11-24":     "a date is written like 2026-11-24",
		"invalid character 'h' after top-level": "cannot be read",
		"json: cannot unmarshal hunter2":        "cannot be read",
		`parsing time "hunter2" as "2006"`:      "cannot be read",
	} {
		if got := sentence(message); got != want {
			t.Errorf("%q: %q", message, got)
		}
	}
}
