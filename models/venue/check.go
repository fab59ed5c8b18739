package venue

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wenguan/models/civil"
	"wenguan/models/fault"
)

// Limits of one venue, so that its document stays far below what a store takes.
const (
	MaxSpaces   = 2000
	MaxAtoms    = 4000
	MaxSpecial  = 400
	MaxClosures = 400
	MaxCapacity = 100_000

	maxFaults    = 100 // nobody reads more at once
	maxIntervals = 12  // in one day
)

var (
	venueID = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$`)
	partID  = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9])?$`)
	phone   = regexp.MustCompile(`^[0-9+() -]{3,40}$`)
)

// checker collects what is wrong with a venue.
type checker struct{ faults fault.List }

func (c *checker) add(field, code, sentence string, args ...any) *fault.Error {
	e := fault.New(fault.Invalid, code, sentence, args...).On(field)
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, e)
	}
	return e
}

// Check is everything that is wrong with the venue, each fault with the path of its field as clients write it
// ("spaces[2].name.zh-CN"); empty if it can be saved. At most 100 faults are listed.
func Check(v *Venue) fault.List {
	c := &checker{}
	c.identity(v)
	c.zone(v)
	atoms := c.atoms(v.Atoms)
	c.spaces(v.Spaces, atoms)
	c.hours(v)
	c.closures(v)
	c.rules(v)
	return c.faults
}

func (c *checker) identity(v *Venue) {
	if !venueID.MatchString(v.ID) {
		c.add("id", "id_malformed", "Use 1 to 60 small letters, digits and hyphens, such as qingfen-room.")
	}
	if !v.Kind.Valid() {
		c.add("kind", "unknown_value", "Choose a kind: %s.", list(Kinds())).With("allowed", Kinds())
	}
	c.text("name", v.Name, 80, true)
	c.text("about", v.About, 4000, false)
	c.text("address", v.Address, 200, true)
	if v.Area == "" {
		c.add("area", "required", "Say which neighbourhood or street it is in.")
	}
	c.line("area", v.Area, 60)
	if v.Phone != "" && !phone.MatchString(v.Phone) {
		c.add("phone", "phone_malformed", "Write the telephone number with digits, spaces and hyphens.")
	}
	if p := v.Position; p != nil {
		if math.IsNaN(p.Lat) || math.Abs(p.Lat) > 90 {
			c.add("position.lat", "out_of_range", "Latitude is between -90 and 90 degrees.").With("min", -90).With("max", 90)
		}
		if math.IsNaN(p.Lon) || math.Abs(p.Lon) > 180 {
			c.add("position.lon", "out_of_range", "Longitude is between -180 and 180 degrees.").With("min", -180).With("max", 180)
		}
	}
	c.features("features", v.Features)
}

func (c *checker) zone(v *Venue) {
	if _, err := civil.Zone(v.Zone); err != nil {
		c.add("zone", "zone_unknown", "Name a time zone such as Asia/Shanghai.")
	}
}

// text checks a text in both languages; needed says Chinese must be there.
func (c *checker) text(field string, t Text, limit int, needed bool) {
	if needed && t.ZH == "" {
		c.add(field+".zh-CN", "required", "Fill this in, in Chinese.")
	}
	c.line(field+".zh-CN", t.ZH, limit)
	c.line(field+".en", t.EN, 2*limit)
}

// line checks length and characters. Lines may break only in long texts.
func (c *checker) line(field, s string, limit int) {
	if n := utf8.RuneCountInString(s); n > limit {
		c.add(field, "too_long", "Write at most %d characters; these are %d.", limit, n).With("max", limit)
	}
	bad := func(r rune) bool { return unicode.IsControl(r) && (r != '\n' || limit < 1000) }
	if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) {
		c.add(field, "bad_characters", "Remove the characters that cannot be printed.")
	}
}

func (c *checker) features(field string, have []Feature) {
	for i, f := range have {
		at := fmt.Sprintf("%s[%d]", field, i)
		if !f.Valid() {
			c.add(at, "unknown_value", "Choose features from: %s.", list(Features())).With("allowed", Features())
		} else if slices.Index(have, f) < i {
			c.add(at, "not_unique", "This feature is listed twice; remove one.")
		}
	}
}

// between checks a number of the rule book or of a space.
func (c *checker) between(field string, n, low, high int32) {
	if n < low || n > high {
		c.add(field, "out_of_range", "Give a number from %d to %d.", low, high).With("min", low).With("max", high)
	}
}

func list[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}
