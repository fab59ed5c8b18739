package app

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// testClockPath is where the test clock is read and moved; no other command than the demo mounts it.
const testClockPath = "/test-clock"

// testClock is the clock of a demo that was started with --test-clock. Whoever reaches the demo moves it, so only the demo
// command makes one, for a store that it has just made itself. docs/test-clock.md is its manual.
type testClock struct {
	mu    sync.Mutex
	at    time.Time // what it showed
	since time.Time // and when that was by the clock of the machine; zero: it stands still
	zone  *time.Location
	moved func() // told of every move
}

func newTestClock(at time.Time, zone *time.Location) *testClock {
	return &testClock{at: at, since: time.Now(), zone: zone, moved: func() {}}
}

// Now is what it shows.
func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *testClock) now() time.Time {
	if c.since.IsZero() {
		return c.at
	}
	return c.at.Add(time.Since(c.since))
}

// clockMove is what a request asks of it: a moment or a length of time, and whether it stands still from then on.
type clockMove struct {
	Now     string `json:"now,omitempty"`     // wall clock of the district, such as 2026-11-24T09:00 or with seconds
	Advance string `json:"advance,omitempty"` // such as 90m or 1h30m
	Stopped *bool  `json:"stopped,omitempty"`
}

// clockState is what it answers.
type clockState struct {
	Now     string `json:"now"`
	Stopped bool   `json:"stopped"`
}

// move does what the request asks, or says in a sentence why not. What has happened cannot be undone, so it goes forward
// only.
func (c *testClock) move(m clockMove) error {
	if m.Now != "" && m.Advance != "" {
		return fmt.Errorf("give now or advance, not both")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.now()
	to := was
	if m.Advance != "" {
		by, err := time.ParseDuration(m.Advance)
		if err != nil {
			return fmt.Errorf("advance is written like 90m or 1h30m")
		}
		to = was.Add(by)
	}
	if m.Now != "" {
		var err error
		if to, err = c.read(m.Now); err != nil {
			return err
		}
	}
	if to.Before(was) {
		return fmt.Errorf("the clock shows %s and goes forward only; start the demo anew for an earlier time", was.In(c.zone).Format(time.RFC3339))
	}
	stopped := c.since.IsZero()
	if m.Stopped != nil {
		stopped = *m.Stopped
	}
	c.at, c.since = to, time.Time{}
	if !stopped {
		c.since = time.Now()
	}
	return nil
}

func (c *testClock) read(moment string) (time.Time, error) {
	for _, layout := range []string{demoClock, "2006-01-02T15:04:05"} {
		if at, err := time.ParseInLocation(layout, moment, c.zone); err == nil {
			return at, nil
		}
	}
	if at, err := time.Parse(time.RFC3339, moment); err == nil {
		return at, nil
	}
	return time.Time{}, fmt.Errorf("now is written like 2026-11-24T09:00, by the clocks of the district")
}

// mount adds its addresses to the server.
func (c *testClock) mount(server *fiber.App) {
	server.Get(testClockPath, c.answer)
	server.Post(testClockPath, func(ctx *fiber.Ctx) error {
		var m clockMove
		if err := json.Unmarshal(ctx.Body(), &m); err != nil {
			return ctx.Status(fiber.StatusBadRequest).SendString(`send JSON such as {"now":"2026-11-24T09:00"} or {"advance":"90m"}` + "\n")
		}
		if err := c.move(m); err != nil {
			return ctx.Status(fiber.StatusUnprocessableEntity).SendString(err.Error() + "\n")
		}
		c.moved()
		return c.answer(ctx)
	})
}

func (c *testClock) answer(ctx *fiber.Ctx) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	ctx.Set(fiber.HeaderCacheControl, "no-store")
	return ctx.JSON(clockState{c.now().In(c.zone).Format(time.RFC3339), c.since.IsZero()})
}

// warning is what the demo prints, so that nobody takes it for a service.
func (c *testClock) warning(origin string) string {
	return fmt.Sprintf(`!!! TEST CLOCK. Anybody who reaches this demo moves its time:
!!!   curl -X POST -d '{"now":"%s"}' %s%s
!!!   curl -X POST -d '{"advance":"90m"}' %[2]s%[3]s
!!! See docs/test-clock.md. A normal start has no such clock.

`, c.Now().Add(time.Hour).In(c.zone).Format(demoClock), origin, testClockPath)
}
