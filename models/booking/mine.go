package booking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// MineQuery selects bookings of the people and organizations the actor acts for: those that have not ended, nearest end
// first, or the past ones, latest end first. A visit past its end that still waits for its check-out has not ended.
type MineQuery struct {
	For   string // account id of one holder; "" means the actor and their family
	Past  bool
	Limit int    // 0 means 50, at most 200
	After string // cursor: what next was
}

// Mine lists bookings, cancelled ones too, as the clock has made them by now; next is the cursor of the following page, "" at the end. A holder whose
// bookings the actor may not see is fault.Forbidden "for_not_permitted"; staff who book for others see what anybody has
// at their venues.
func (d *Desk) Mine(ctx context.Context, actor account.Actor, q MineQuery) (list []Booking, next string, err error) {
	if actor.ID == "" {
		return nil, "", account.Actor{}.Check(account.BookForSelf, "")
	}
	m := merge{past: q.Past, now: d.now(), limit: limited(q.Limit), everywhere: true}
	if m.after, err = readMark(q.After); err != nil {
		return nil, "", err
	}
	switch {
	case q.For == "":
		m.holders = append([]string{actor.ID}, actor.Family...)
	case actor.SeesOf(q.For):
		m.holders = []string{q.For}
	case actor.Check(account.BookForOthers, "") == nil:
		m.holders = []string{q.For}
		m.venues, m.everywhere = actor.Scope(account.BookForOthers)
	default:
		return nil, "", notTheirs()
	}
	err = d.store.View(ctx, func(tx store.Tx) (err error) {
		list, next, err = m.page(tx)
		return err
	})
	return list, next, err
}

// merge puts the bookings of several holders into one order: by their end, then by id.
type merge struct {
	holders    []string
	past       bool
	now        time.Time
	limit      int
	after      *mark
	venues     []string // only these
	everywhere bool     // all venues
}

// mark is the place of a booking in that order, and so where the next page goes on.
type mark struct {
	end time.Time
	id  string
}

func (b *Booking) mark() mark { return mark{b.End, b.ID} }

// compare orders the nearest first: of what is ahead the earliest, of the past the latest.
func (m *merge) compare(a, b mark) int {
	c := cmp.Or(a.end.Compare(b.end), strings.Compare(a.id, b.id))
	if m.past {
		return -c
	}
	return c
}

func (m *merge) page(tx store.Tx) (list []Booking, next string, err error) {
	for _, holder := range m.holders {
		some, err := m.of(tx, holder)
		if err != nil {
			return nil, "", fmt.Errorf("list bookings of %s: %w", holder, err)
		}
		list = append(list, some...)
	}
	slices.SortFunc(list, func(a, b Booking) int { return m.compare(a.mark(), b.mark()) })
	if len(list) <= m.limit {
		return list, "", nil
	}
	list = list[:m.limit]
	return list, list[m.limit-1].mark().String(), nil
}

// of are the first bookings of one holder after the mark, one more than a page takes.
func (m *merge) of(tx store.Tx, holder string) (list []Booking, err error) {
	q := store.Query{Index: byHolder, Equal: []any{holder}, From: m.now.Add(-overstayWithin), Desc: m.past}
	if m.past {
		q.From, q.Before = nil, m.now.Add(time.Millisecond)
	}
	switch {
	case m.after == nil:
	case m.past:
		q.Before = earliest(m.now, m.after.end).Add(time.Millisecond)
	default:
		q.From = later(m.now.Add(-overstayWithin), m.after.end)
	}
	err = tx.Find(bookings, q, func(raw bson.Raw) (bool, error) {
		var b Booking
		if err := bson.Unmarshal(raw, &b); err != nil {
			return false, err
		}
		b = b.asOf(m.now)
		ended := !b.Live() && !m.now.Before(b.End)
		seen := m.after != nil && m.compare(b.mark(), *m.after) <= 0
		if ended == m.past && !seen && (m.everywhere || slices.Contains(m.venues, b.Venue)) {
			list = append(list, b)
		}
		return len(list) <= m.limit, nil
	})
	return list, err
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// String is the mark as a cursor. It holds nothing that its owner may not see, and whoever alters it sees another part
// of their own list.
func (k mark) String() string { return strconv.FormatInt(k.end.UnixMilli(), 36) + "." + k.id }

func readMark(cursor string) (*mark, error) {
	if cursor == "" {
		return nil, nil
	}
	end, id, ok := strings.Cut(cursor, ".")
	ms, err := strconv.ParseInt(end, 36, 64)
	if !ok || err != nil || id == "" {
		return nil, fault.New(fault.Invalid, "bad_cursor", "This page marker is not valid here; start again from the first page.").On("after")
	}
	return &mark{time.UnixMilli(ms).UTC(), id}, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
