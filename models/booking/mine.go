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
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// MineQuery selects bookings of the people and organizations the actor acts for: those ahead or under way, nearest end
// first, or those that are over, latest end first. What was cancelled stays among those ahead until it would have ended.
type MineQuery struct {
	For   string // account id of one holder; "" means the actor and their family
	Past  bool   // those that are over
	Limit int    // 0 means 50, at most 200
	After string // cursor: what next was
}

// Mine lists bookings, cancelled ones too, as the clock has made them by now; next is the cursor of the following page, "" at the end. A holder whose
// bookings the actor may not see is fault.Forbidden "for_not_permitted"; staff who book for others see what anybody has
// at their venues, which is recorded as a look.
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
	if actor.SeesOf(m.holders[0]) {
		err = d.store.View(ctx, func(tx store.Tx) (err error) {
			list, next, err = m.page(tx)
			return err
		})
		return list, next, err
	}
	err = d.store.Update(ctx, func(tx store.Tx) (err error) {
		if list, next, err = m.page(tx); err != nil {
			return err
		}
		return d.Accounts.Saw(tx, actor, audit.Look{Whose: q.For, Why: "booking", What: "bookings"})
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
	q := store.Query{Index: byHolder, Equal: []any{holder}, Desc: m.past}
	switch since := m.now.Add(-overstayWithin); {
	case m.past && m.after != nil:
		q.Before = m.after.end.Add(time.Millisecond)
	case m.past: // what ended early, too
	case m.after != nil:
		q.From = later(since, m.after.end)
	default:
		q.From = since
	}
	err = tx.Find(bookings, q, func(raw bson.Raw) (bool, error) {
		var b Booking
		if err := bson.Unmarshal(raw, &b); err != nil {
			return false, err
		}
		b = b.asOf(m.now)
		over := !b.Live() && (b.State != Cancelled || !m.now.Before(b.End))
		seen := m.after != nil && m.compare(b.mark(), *m.after) <= 0
		if over == m.past && !seen && (m.everywhere || slices.Contains(m.venues, b.Venue)) {
			list = append(list, b)
		}
		return len(list) <= m.limit, nil
	})
	return list, err
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
