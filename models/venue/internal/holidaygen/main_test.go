package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheFileIsWhatTheLibraryKnows(t *testing.T) {
	t.Parallel()
	want, err := render(2024, 2026)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../holidays.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run go generate ./models/venue: %s", diff)
	}
}

// When the library learns 2027, this test says so: extend the range in calendar.go and generate again.
func TestTheLibraryKnowsNothingOf2027(t *testing.T) {
	t.Parallel()
	days, err := holidays(2027, 2027)
	if err != nil {
		t.Fatal(err)
	}
	if len(days) > 0 {
		t.Errorf("it knows %d days of 2027", len(days))
	}
}
