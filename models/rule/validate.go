package rule

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Context is what a book is checked against.
type Context struct {
	Weekly *civil.WeeklyHours // when the venue is open; nil: any time
	Seats  int32              // people that the venue or space takes; 0: nobody knows
	Spaces int32              // spaces of the venue that can be booked together, at least 1; 0: nobody knows
}

const (
	maxFaults   = 100 // nobody reads more at once
	maxSessions = 48
	maxList     = 24
	maxPeople   = 100_000
)

// checker collects what is wrong with a book.
type checker struct {
	*Book
	ctx    Context
	faults fault.List
}

// Validate is everything that is wrong with the book, each fault with the path of its field as clients write it, a code
// and a sentence; empty if it can be obeyed. A book is refused when a number is out of range, when two settings
// contradict each other, when something could never be booked, come to or counted, and when a setting has no effect
// beside the others ("no_effect"). At most 100 faults are listed.
func Validate(b *Book, ctx Context) fault.List {
	c := &checker{Book: b, ctx: ctx}
	c.text("name", b.Name, 80, false)
	if b.Starts != 0 && (b.Starts < civil.NewDate(2000, 1, 1) || b.Starts >= civil.NewDate(2200, 1, 1)) {
		c.add("starts", "out_of_range", "Give a date of this century.")
	}
	c.opening()
	c.shape()
	c.whom()
	c.howMuch()
	c.attendance()
	c.changes()
	c.discipline()
	c.terms()
	if len(c.faults) == 0 { // what follows reckons with sound numbers
		c.possible()
	}
	return c.faults
}

func (c *checker) add(field, code, sentence string, args ...any) *fault.Error {
	e := fault.New(fault.Invalid, code, sentence, args...).On(field)
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, e)
	}
	return e
}

// between checks a number.
func (c *checker) between(field string, n, low, high int32) bool {
	if n >= low && n <= high {
		return true
	}
	c.add(field, "out_of_range", "Give a number from %d to %d.", low, high).With("min", low).With("max", high)
	return false
}

// idle refuses a setting that has no effect beside the others.
func (c *checker) idle(set bool, field, needs string) {
	if set {
		c.add(field, "no_effect", "This has no effect; it needs %s. Remove one of them.", needs).With("needs", needs)
	}
}

// text checks a text in both languages; needed says Chinese must be there.
func (c *checker) text(field string, t Text, limit int, needed bool) {
	if needed && strings.TrimSpace(t.ZH) == "" {
		c.add(field+".zh-CN", "required", "Fill this in, in Chinese.")
	}
	c.line(field+".zh-CN", t.ZH, limit)
	c.line(field+".en", t.EN, 3*limit)
}

func (c *checker) line(field, s string, limit int) {
	if n := utf8.RuneCountInString(s); n > limit {
		c.add(field, "too_long", "Write at most %d characters; these are %d.", limit, n).With("max", limit)
	}
	bad := func(r rune) bool { return unicode.IsControl(r) && (r != '\n' || limit < 1000) }
	if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) {
		c.add(field, "bad_characters", "Remove the characters that cannot be printed.")
	}
}

// one checks a choice; "" is allowed, it means the plain case.
func one[T ~string](c *checker, field string, v T, allowed []T) {
	if v != "" && !slices.Contains(allowed, v) {
		c.add(field, "unknown_value", "Choose one of: %s.", words(allowed)).With("allowed", allowed)
	}
}

// set checks a list of choices, each at most once.
func set[T ~string](c *checker, field string, list, allowed []T) {
	for i, v := range list {
		at := fmt.Sprintf("%s[%d]", field, i)
		if !slices.Contains(allowed, v) {
			c.add(at, "unknown_value", "Choose from: %s.", words(allowed)).With("allowed", allowed)
		} else if slices.Index(list, v) < i {
			c.add(at, "not_unique", "This is listed twice; remove one.")
		}
	}
}

func words[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

// intervals checks times of a day, each for itself and against the others.
func (c *checker) intervals(field string, list []civil.Interval) {
	for i, iv := range list {
		at := fmt.Sprintf("%s[%d]", field, i)
		if !c.interval(at, iv) {
			continue
		}
		for _, other := range list[:i] {
			if iv.Overlaps(other) {
				c.add(at, "times_overlap", "%s-%s overlaps %s-%s; keep them apart.", iv.Start, iv.End, other.Start, other.End)
				break
			}
		}
	}
}

func (c *checker) interval(at string, iv civil.Interval) bool {
	switch {
	case iv.Start < 0 || iv.End > civil.DayEnd:
		c.add(at, "outside_day", "Times lie between 00:00 and 24:00.")
	case iv.Start >= iv.End:
		c.add(at+".end", "ends_before_start", "It must end after it begins.")
	default:
		return true
	}
	return false
}

// within checks a period; ever says that no period is allowed.
func (c *checker) within(field string, w Within, ever bool) {
	one(c, field+".per", w.Per, Periods())
	switch {
	case w.Per == Rolling:
		c.between(field+".days", w.Days, 1, 3660)
	case w.Days != 0:
		c.idle(true, field+".days", "per days")
	}
	if !ever && (w.Per == "" || w.Per == Ever) {
		c.add(field+".per", "required", "Say within which period: %s.", words(Periods()[1:])).With("allowed", Periods()[1:])
	}
}
