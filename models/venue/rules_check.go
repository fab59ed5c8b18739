package venue

import (
	"wenguan/models/fault"
	"wenguan/models/rule"
)

// CheckRules is everything that is wrong with a rule book for the space, nil for the venue, as saving it would find; the
// paths of the faults start in the book.
func (v *Venue) CheckRules(space *Space, b *Rules) fault.List {
	return rule.Validate(b, v.context(space))
}

// context is what a rule book of the space, nil for the venue's, is checked against.
func (v *Venue) context(space *Space) rule.Context {
	ctx := rule.Context{Seats: seatsOf(v, space)}
	for i := range v.Spaces {
		if v.Spaces[i].Allocation == Exclusive {
			ctx.Spaces++
		}
	}
	if len(v.Spaces) > 0 {
		ctx.Spaces = max(ctx.Spaces, 1)
	}
	for _, hours := range v.Hours {
		if len(hours) > 0 {
			ctx.Weekly = &v.Hours
		}
	}
	return ctx
}
