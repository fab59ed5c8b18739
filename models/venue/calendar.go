package venue

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/store"
)

//go:generate go run ./internal/holidaygen -from 2024 -to 2026 -out holidays.json

//go:embed holidays.json
var holidaysJSON []byte

// maxHolidays is thirty years of holidays.
const maxHolidays = 2000

// defaultCalendar is the calendar the product comes with.
var defaultCalendar = sync.OnceValue(func() *civil.Calendar {
	var days []civil.Holiday
	if err := json.Unmarshal(holidaysJSON, &days); err != nil {
		panic("holidays.json: " + err.Error()) // built in, and read by a test
	}
	return civil.NewCalendar(0, days)
})

// Calendar is the public holiday calendar in force; it is shared and read-only. Decoded once per revision.
func (c *Catalog) Calendar(tx store.Tx) (*civil.Calendar, error) {
	var raw bson.Raw
	err := tx.Get(calendars, calendarID, &raw)
	if fault.Is(err, fault.NotFound) {
		return defaultCalendar(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the holiday calendar: %w", err)
	}
	revision := int64Of(raw, "rev")
	c.holidays.RLock()
	known := c.holidays.Calendar
	c.holidays.RUnlock()
	if known != nil && known.Revision == revision {
		return known, nil
	}
	var r calendarRecord
	if err := bson.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("decode the holiday calendar: %w", err)
	}
	made := civil.NewCalendar(r.Revision, r.Days)
	c.holidays.Lock()
	defer c.holidays.Unlock()
	if c.holidays.Calendar == nil || c.holidays.Calendar.Revision < revision {
		c.holidays.Calendar = made
	}
	return made, nil
}

// CalendarOf is Calendar in a transaction of its own.
func (c *Catalog) CalendarOf(ctx context.Context) (*civil.Calendar, error) {
	var cal *civil.Calendar
	err := c.store.View(ctx, func(tx store.Tx) (err error) {
		cal, err = c.Calendar(tx)
		return err
	})
	return cal, err
}

// SaveCalendar replaces the holiday calendar. cal.Revision must be the one in force, or fault.Conflict
// ("revision_changed"); impossible days are fault.Invalid with paths such as "days[3].date".
func (c *Catalog) SaveCalendar(ctx context.Context, actor account.Actor, cal *civil.Calendar) error {
	if err := actor.Check(account.EditCalendar, ""); err != nil {
		return err
	}
	if err := checkHolidays(cal.Days).OrNil(); err != nil {
		return err
	}
	sorted := civil.NewCalendar(cal.Revision, cal.Days)
	return c.update(ctx, func(tx store.Tx) error {
		var old calendarRecord
		err := tx.Get(calendars, calendarID, &old)
		missing := fault.Is(err, fault.NotFound)
		if err != nil && !missing {
			return fmt.Errorf("read the holiday calendar: %w", err)
		}
		if old.Revision != cal.Revision {
			return fault.New(fault.Conflict, "revision_changed",
				"Someone else saved the calendar meanwhile; load it again and repeat your change.").With("revision", old.Revision)
		}
		next := calendarRecord{ID: calendarID, Revision: old.Revision + 1, Days: sorted.Days, By: actor.ID, At: c.now()}
		write := tx.Replace
		if missing {
			write = tx.Insert
		}
		if err := write(calendars, next); err != nil {
			return err
		}
		return auditedHolidays(tx, actor, old, next)
	})
}

func checkHolidays(days []civil.Holiday) fault.List {
	c := &checker{}
	if len(days) > maxHolidays {
		c.add("days", "too_many", "The calendar has at most %d days; remove past years.", maxHolidays).With("max", maxHolidays)
		return c.faults
	}
	seen := map[civil.Date]bool{}
	for i, h := range days {
		at := fmt.Sprintf("days[%d]", i)
		if h.Date < dates[0] || h.Date >= dates[1] {
			c.add(at+".date", "out_of_range", "Give a date of this century.")
		}
		if seen[h.Date] {
			c.add(at+".date", "not_unique", "%s is listed twice; remove one.", h.Date).With("date", h.Date.String())
		}
		seen[h.Date] = true
		if name := strings.TrimSpace(h.Name); name == "" || utf8.RuneCountInString(name) > 40 {
			c.add(at+".name", "required", "Give the holiday's name, at most 40 characters.").With("max", 40)
		}
		if wd := h.Date.Weekday(); h.Work && wd != 0 && wd != 6 {
			c.add(at+".work", "make_up_on_weekday", "Only a Saturday or Sunday can be a make-up day.")
		}
	}
	return c.faults
}
