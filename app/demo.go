package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"wenguan/app/demo"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/organization"
	"wenguan/models/pass"
	"wenguan/models/report"
	"wenguan/models/store"
	"wenguan/models/venue"
)

const (
	demoLinkTime = 30 * 24 * time.Hour
	demoClock    = "2006-01-02T15:04"
)

type demoCmd struct {
	Residents int    `default:"200" help:"How many sample residents."`
	Days      int    `default:"60" help:"Days of history before today."`
	Sessions  string `placeholder:"FILE" help:"Write a session of each resident to this file, a JSON object a line: account, name, cookie, token. Residents without bookings come first."`
	At        string `placeholder:"TIME" help:"Run as if it were this time in the district, such as 2026-11-24T09:40; the clock goes on from there."`
	TestClock bool   `help:"Let requests to /test-clock move the demo's time; see docs/test-clock.md. For trying rules out: never where others reach it."`
}

// Validate refuses what cannot be meant.
func (d *demoCmd) Validate() error {
	if d.Residents < 1 || d.Residents > 20_000 {
		return errors.New("--residents is a number from 1 to 20000")
	}
	if d.Days < 0 || d.Days > 400 {
		return errors.New("--days is a number from 0 to 400")
	}
	return nil
}

// Run fills a fresh folder and serves it.
func (d *demoCmd) Run(ctx context.Context, c *Config, s *session) (err error) {
	if c.Store != "" {
		return errors.New("a demo makes its own store; name its folder with --data")
	}
	if c.Data == "" {
		c.Data = filepath.Join("data", "demo")
	}
	clock, now, err := d.clock(c)
	if err != nil {
		return err
	}
	if err := freshDemo(ctx, c.dataDir()); err != nil {
		return err
	}
	people, err := d.fill(ctx, c, s, now)
	if err != nil {
		return err
	}
	if c.BookingsPerMinute == nil {
		c.BookingsPerMinute = new(int) // load tools come here
	}
	if c.SearchesPerMinute == nil {
		c.SearchesPerMinute = new(int)
	}
	codes := &codePrinter{s.out}
	options := Options{Log: newLog(c, s.err, "warn"), Clock: clock, Senders: notice.Senders{SMS: codes, Mail: codes}}
	moving, err := d.movable(c, &options)
	if err != nil {
		return err
	}
	a, err := New(ctx, *c, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if moving != nil {
		moving.moved = a.Jobs.Look
	}
	if err := a.equipDemo(ctx, people); err != nil {
		return err
	}
	links, err := a.demoLinks(ctx, people)
	if err != nil {
		return err
	}
	return a.Run(ctx, func() {
		fmt.Fprint(s.out, a.greeting(links))
		if moving != nil {
			fmt.Fprint(s.out, moving.warning(a.origin()))
		}
	})
}

// movable gives the options a test clock if one is asked for, nil else.
func (d *demoCmd) movable(c *Config, options *Options) (*testClock, error) {
	if !d.TestClock {
		return nil, nil
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, err
	}
	moving := newTestClock(options.Clock(), zone)
	options.Clock, options.Routes = moving.Now, moving.mount
	return moving, nil
}

// clock is the clock the demo runs by and the moment its history ends.
func (d *demoCmd) clock(c *Config) (clock func() time.Time, now time.Time, err error) {
	if d.At == "" {
		return time.Now, time.Now(), nil
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, now, err
	}
	if now, err = time.ParseInLocation(demoClock, d.At, zone); err != nil {
		return nil, now, errors.New("--at is written like 2026-11-24T09:40")
	}
	ahead := time.Until(now)
	return func() time.Time { return time.Now().Add(ahead) }, now, nil
}

// freshDemo makes the folder ready for a new demo: it may be absent, empty, or hold an older demo, which is deleted.
// Anything else is left alone.
func freshDemo(ctx context.Context, dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "wenguan.db")
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("%s holds something else than a demo; name another folder with --data", dir)
	}
	old, err := store.OpenEmbedded(path, store.EmbeddedOptions{}, Collections())
	if err != nil {
		return err
	}
	is, err := isDemo(ctx, old)
	if err := errors.Join(err, old.Close()); err != nil {
		return err
	}
	if !is {
		return fmt.Errorf("%s holds a real store, not a demo; name another folder with --data", dir)
	}
	return os.Remove(path)
}

// fill makes the sample district. Nothing of it is worth waiting for the disk, so it is made without and synced at the end.
func (d *demoCmd) fill(ctx context.Context, c *Config, s *session, now time.Time) (people demo.People, err error) {
	path := filepath.Join(c.dataDir(), "wenguan.db")
	st, err := store.OpenEmbedded(path, store.EmbeddedOptions{NoSync: true}, Collections())
	if err != nil {
		return people, err
	}
	defer func() { err = errors.Join(err, st.Sync(), st.Close()) }()
	if err := markDemo(ctx, st, now); err != nil {
		return people, err
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return people, err
	}
	keys, err := c.openKeys(ctx, st)
	if err != nil {
		return people, err
	}
	world, directory := emptyWorld(st, zone, now)
	directory.SetKey(keys[hashing])
	options := demo.Options{Residents: d.Residents, Days: d.Days, Now: now, Progress: progress(s.err)}
	if people, err = demo.Seed(ctx, world, options); err != nil || d.Sessions == "" {
		return people, err
	}
	return people, writeNew(s.path(d.Sessions), func(w io.Writer) error { return writeSessions(ctx, w, directory, people.Residents) })
}

// emptyWorld is the product on a clock that the seeding moves, telling nobody about it.
func emptyWorld(st store.Store, zone *time.Location, now time.Time) (demo.World, *account.Directory) {
	var at atomic.Pointer[time.Time]
	at.Store(&now)
	clock := func() time.Time { return *at.Load() }
	silent := notice.Discard()
	w := demo.World{
		Venues: venue.New(st, clock), Accounts: account.New(st, silent, clock),
		SetClock: func(t time.Time) { at.Store(&t) },
	}
	w.Organizations = organization.New(st, organization.Deps{Accounts: w.Accounts, Notices: silent, Zone: zone}, clock)
	w.Desk = booking.New(st, booking.Deps{Venues: w.Venues, Accounts: w.Accounts, Passes: pass.New(st, clock, "demo"), Notices: silent}, clock)
	w.Bureau = report.New(st, w.Venues, w.Desk, clock)
	return w, w.Accounts
}

// sampleSession is one line of the file for load tools.
type sampleSession struct {
	Account string `json:"account"`
	Name    string `json:"name"`
	Cookie  string `json:"cookie"`
	Token   string `json:"token"`
}

func writeSessions(ctx context.Context, w io.Writer, directory *account.Directory, residents []account.Account) error {
	lines := json.NewEncoder(w)
	for _, r := range slices.Backward(residents) { // those without a history first: load tools start at the top
		made, err := directory.MakeSession(ctx, system, r.ID)
		if err != nil {
			return err
		}
		if err := lines.Encode(sampleSession{r.ID, r.Name, handlers.Cookie + "=" + made.Token, made.Token}); err != nil {
			return err
		}
	}
	return nil
}

// marker says something about a whole store.
type marker struct {
	ID string    `bson:"_id"`
	At time.Time `bson:"at"`
}

const (
	markers    = "markers"
	demoMarker = "demo"
)

func markDemo(ctx context.Context, st store.Store, now time.Time) error {
	return st.Update(ctx, func(tx store.Tx) error { return tx.Insert(markers, marker{demoMarker, now}) })
}

func isDemo(ctx context.Context, st store.Store) (bool, error) {
	err := st.View(ctx, func(tx store.Tx) error { return tx.Get(markers, demoMarker, new(marker)) })
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}
