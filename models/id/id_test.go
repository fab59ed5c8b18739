package id

import (
	"regexp"
	"testing"
	"time"
)

func TestIDsSortByTheMomentTheyWereMade(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	form := regexp.MustCompile(`^[0-9a-z]{26}$`)
	before := ""
	for n := range 100 {
		made := New(now.Add(time.Duration(n) * time.Millisecond))
		if !form.MatchString(made) || made <= before {
			t.Fatalf("%q after %q", made, before)
		}
		before = made
	}
}

func TestNumbersAreEasyToReadOutAndDoNotRepeatSoon(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{8}$`)
	seen := map[string]bool{}
	for range 10_000 {
		n := Number()
		if !form.MatchString(n) || seen[n] {
			t.Fatalf("%q, seen before: %v", n, seen[n])
		}
		if Normal(n) != n {
			t.Fatalf("Normal changes %q to %q", n, Normal(n))
		}
		seen[n] = true
	}
}

func TestATypedNumberIsUnderstood(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"7K2M9QXD":    "7K2M9QXD",
		"7k2m-9qxd":   "7K2M9QXD",
		" 7K2M 9QXD ": "7K2M9QXD",
		"7K2M－9QXD":   "7K2M9QXD",
		"OIL0":        "0110",
		"oil0":        "0110",
		"":            "",
	} {
		if got := Normal(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}
