// Package rule is the rule engine: what may be booked, how people attend, and what a miss costs, as data.
//
// A Book is a rule book. Everything else here is a pure function of (book, request, the holder's history, now): no
// store, no clock, no HTTP. Check answers whether a booking may be made, the verbs of Facts say what becomes of it, Fold
// what its violations cost, Explain says a book in codes for which a client has words, Validate refuses a book that
// cannot be obeyed. The package does not know venues, accounts or bookings; whoever asks says what it needs of them.
package rule

import "wenguan/models/civil"

// Text is a name or sentence in the product's languages; en may be empty, then zh is shown.
type Text struct {
	ZH string `bson:"zh" json:"zh-CN"`
	EN string `bson:"en,omitempty" json:"en,omitempty"`
}

// IsZero reports whether nothing is written; such a text is neither stored nor sent.
func (t Text) IsZero() bool { return t == Text{} }

// Book is one version of a rule book, of a venue or of one of its spaces. The zero value of every field limits nothing
// or means the plain case that its comment names; lengths are minutes unless a name says otherwise. JSON and BSON are
// flat: the parts below only group the fields for readers.
type Book struct {
	Version int32      `bson:"v" json:"version,omitempty"`                   // given when it is saved; a booking keeps the version it was made under
	Name    Text       `bson:"book_name,omitempty" json:"name,omitzero"`     // what managers call it
	Starts  civil.Date `bson:"starts,omitempty" json:"starts,omitzero"`      // bookings made from this date on are under it
	Based   string     `bson:"template,omitempty" json:"template,omitempty"` // id of the template it was started from

	Opening    `bson:",inline"`
	Shape      `bson:",inline"`
	Who        `bson:",inline"`
	HowMuch    `bson:",inline"`
	Attendance `bson:",inline"`
	Change     `bson:",inline"`
	Discipline `bson:",inline"`

	Organizations *Terms `bson:"organizations,omitempty" json:"organizations,omitempty"` // what is otherwise for them
}

// InForce is the book that bookings made on the date are under: of those that have started, the one that started last
// (of two, the higher version). Nil if none has. The order of books does not matter.
func InForce(books []*Book, on civil.Date) *Book {
	var best *Book
	for _, b := range books {
		if b.Starts > on {
			continue
		}
		if best == nil || b.Starts > best.Starts || b.Starts == best.Starts && b.Version > best.Version {
			best = b
		}
	}
	return best
}

// Of is the book of a space: its own, or its venue's where it has none.
func Of(space, venue *Book) *Book {
	if space != nil {
		return space
	}
	return venue
}
