package account_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"wenguan/models/fault"
)

func TestEverybodyTogetherGetsSoManyCodesAnHour(t *testing.T) {
	t.Parallel()
	w := open(t)
	told := 0
	w.LimitCodes(12, func(context.Context) { told++ })
	person := 0
	ask := func() error {
		person++
		return w.SendCode(t.Context(), fmt.Sprintf("1390000%04d", person), fmt.Sprintf("203.0.%d.7", person))
	}
	for i := range 12 {
		if err := ask(); err != nil {
			t.Fatalf("code %d: %v", i+1, err)
		}
		w.pass(2 * time.Minute)
	}
	if err := ask(); fault.CodeOf(err) != "codes_exhausted" || told != 1 {
		t.Errorf("a thirteenth: %v, told %d times", err, told)
	}
	if wait := 37 * 60; fault.CodeOf(ask()) != "codes_exhausted" || told != 2 {
		t.Errorf("told %d times", told)
	} else if got := retryIn(t, ask()); got != wait {
		t.Errorf("wait %d seconds, not %d", got, wait)
	}
	w.pass(37 * time.Minute)
	if err := ask(); err != nil {
		t.Errorf("when the first is over an hour ago: %v", err)
	}
	if err := ask(); fault.CodeOf(err) != "codes_exhausted" {
		t.Errorf("and another: %v", err)
	}
}

func retryIn(t *testing.T, err error) int {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	return f.Params["retry_after"].(int)
}

func TestTenThousandGuessesADayFromManyNetworksGetNoMoreThanTheStatedTries(t *testing.T) {
	t.Parallel()
	w := open(t)
	guesses, codes, last := 0, 0, ""
	for minute := range 24 * 60 { // the guesser asks for a code whenever it may get one, each time from elsewhere
		if w.SendCode(t.Context(), phone, fmt.Sprintf("198.51.%d.%d", minute%250, minute/250)) == nil {
			last = w.arrived(t).Params["code"]
			codes++
			for range 5 {
				guesses++
				if _, err := w.SignIn(t.Context(), phone, wrong(last)); fault.CodeOf(err) != "code_wrong" {
					t.Fatalf("a wrong guess: %v", err)
				}
			}
		}
		for range 7 { // even the right number is worth nothing any more
			guesses++
			if _, err := w.SignIn(t.Context(), phone, last); fault.CodeOf(err) != "code_wrong" {
				t.Fatalf("the right number after five wrong ones: %v", err)
			}
		}
		w.pass(time.Minute)
	}
	if guesses < 10_000 || codes*5 > 100 {
		t.Errorf("of %d guesses within a day %d were looked at, at most 100 are stated", guesses, codes*5)
	}
}
