package rule

import (
	"embed"
	"encoding/json"
	"path"
	"sync"
)

// Template is a rule book that a manager starts from.
type Template struct {
	ID     string `json:"id"`
	Source string `json:"source"` // which published rules it is, as docs/rule-books.md numbers them
	Name   Text   `json:"name"`
	About  Text   `json:"about"`
	Book   Book   `json:"book"`
}

//go:embed templates/*.json
var files embed.FS

// templateIDs are the templates in the order managers see them.
var templateIDs = []string{
	"community-reading-room", "county-library-seats", "city-library-entry", "city-library-seats", "university-library-seats",
	"sports-hall", "rehearsal-rooms", "memorial-hall",
}

var templates = sync.OnceValue(func() []Template {
	out := make([]Template, len(templateIDs))
	for i, id := range templateIDs {
		text, err := files.ReadFile(path.Join("templates", id+".json"))
		if err == nil {
			err = json.Unmarshal(text, &out[i])
		}
		if err != nil {
			panic("template " + id + ": " + err.Error()) // built in, and read by a test
		}
	}
	return out
})

// Templates are the rule books that come with the product. The caller gets copies of the list; what a Book points to is
// shared and not to be changed: use NewFrom to start a book.
func Templates() []Template { return append([]Template(nil), templates()...) }

// Default is the rule book a new venue starts with: half-hour steps up to four hours, a week ahead, check-in from 15
// minutes before to 15 minutes after the start.
func Default() Book {
	return Book{
		Opening: Opening{HorizonDays: 7}, Shape: Shape{SlotStep: 30, Shortest: 30, Longest: 240},
		Attendance: Attendance{CheckInBefore: 15, CheckInAfter: 15},
	}
}

// NewFrom is a book of its own made from the template, false if there is no such template.
func NewFrom(id string) (*Book, bool) {
	text, err := files.ReadFile(path.Join("templates", path.Base(id)+".json"))
	if err != nil {
		return nil, false
	}
	var t Template
	if err := json.Unmarshal(text, &t); err != nil {
		panic("template " + id + ": " + err.Error()) // built in, and read by a test
	}
	return &t.Book, true
}
