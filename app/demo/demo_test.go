package demo_test

import (
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/app/demo"
	"wenguan/jobs"
	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/ledger"
	"wenguan/models/notice"
	"wenguan/models/organization"
	"wenguan/models/pass"
	"wenguan/models/report"
	"wenguan/models/store"
	"wenguan/models/venue"
)

// world is a product on a throw-away store whose clock Seed moves.
type world struct {
	demo.World
	store store.Store
	mu    sync.Mutex
	now   time.Time
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) set(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

func newWorld(t *testing.T) *world {
	t.Helper()
	all := slices.Concat(audit.Collections(), venue.Collections(), account.Collections(), organization.Collections(), notice.Collections(), pass.Collections(),
		ledger.Collections(), booking.Collections(), report.Collections(), jobs.Collections())
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "demo.db"), store.EmbeddedOptions{NoSync: true}, all)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	w := &world{store: st}
	outbox := notice.New(st, notice.Senders{}, slog.New(slog.NewTextHandler(io.Discard, nil)), w.clock)
	w.Venues = venue.New(st, w.clock)
	w.Accounts = account.New(st, outbox, w.clock)
	w.Organizations = organization.New(st, organization.Deps{Accounts: w.Accounts, Notices: notice.Discard(), Zone: shanghai}, w.clock)
	w.Desk = booking.New(st, booking.Deps{
		Venues: w.Venues, Accounts: w.Accounts, Passes: pass.New(st, w.clock, "https://demo.example"), Notices: notice.Discard(),
	}, w.clock)
	w.Bureau = report.New(st, w.Venues, w.Desk, w.clock)
	w.SetClock = w.set
	return w
}

var shanghai = time.FixedZone("CST", 8*3600)

func seed(t *testing.T, o demo.Options) (*world, demo.People) {
	t.Helper()
	w := newWorld(t)
	people, err := demo.Seed(t.Context(), w.World, o)
	if err != nil {
		t.Fatal(err)
	}
	return w, people
}

// query is the administrator's summary of the days of history and today.
func query(t *testing.T, w *world, people demo.People, days int) report.Summary {
	t.Helper()
	today := civil.DateOf(w.clock(), shanghai)
	s, err := w.Bureau.Query(t.Context(), people.Administrator.Actor(), report.Query{From: today.Add(-days), To: today})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheSampleDistrictLooksLived(t *testing.T) {
	t.Parallel()
	const days = 14
	last := 0
	w, people := seed(t, demo.Options{Days: days, Now: time.Date(2026, 11, 24, 15, 10, 0, 0, shanghai),
		Progress: func(done, total int) {
			if done < last || done > total {
				t.Errorf("progress %d of %d after %d", done, total, last)
			}
			last = done
		}})
	if err := booking.Verify(t.Context(), w.store); err != nil {
		t.Errorf("bookings and sheets disagree: %v", err)
	}
	s := query(t, w, people, days)
	if s.Total.Bookings < 150*days || s.Total.NoShows == 0 || s.Total.Cancelled == 0 || s.Total.Reused == 0 {
		t.Errorf("not enough happened: %+v", s.Total)
	}
	if len(s.Groups) != 4 {
		t.Errorf("groups %+v", s.Groups)
	}
	for _, v := range s.Venues {
		m := v.Measures
		if share := float64(m.Booked) / float64(m.Offered); share < 0.03 || share > 0.95 || m.Attended*10 < m.Booked*6 {
			t.Errorf("%s is not plausible: %.2f booked, %+v", v.ID, share, m)
		}
	}
	for i, p := range s.Periods[:days] {
		if p.Measures.Bookings < 60 {
			t.Errorf("day %d has only %d bookings", i, p.Measures.Bookings)
		}
	}
	board, err := w.Desk.Board(t.Context(), people.Attendant.Actor(), "library", civil.DateOf(w.clock(), shanghai))
	if err != nil || board.In < 5 {
		t.Errorf("%d people in the library on a Tuesday afternoon, %v", board.In, err)
	}
	written, err := w.Bureau.ReadWritten(t.Context(), people.Administrator.Actor(), report.Week, civil.NewDate(2026, 11, 16))
	if err != nil || len(written) != 9 {
		t.Errorf("%d summaries of last week, want one for each of eight venues and the district; %v", len(written), err)
	}
}

// Whenever somebody tries it, the night, the minute the library opens and public holidays included.
func TestTheStoryCanBeDoneAtAnyHour(t *testing.T) {
	t.Parallel()
	for _, now := range []time.Time{
		time.Date(2026, 11, 24, 3, 40, 0, 0, shanghai),
		time.Date(2026, 11, 23, 7, 0, 0, 0, shanghai), // Monday
		time.Date(2026, 10, 1, 12, 29, 59, 0, shanghai),
		time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai),
	} {
		t.Run(now.Format("2006-01-02T15:04"), func(t *testing.T) {
			t.Parallel()
			w, people := seed(t, demo.Options{Days: 2, Residents: 40, Now: now})
			if !w.clock().Equal(now) {
				t.Errorf("the clock was left at %s", w.clock())
			}
			start := now.Truncate(30 * time.Minute) // the slot that has just begun
			made, err := w.Desk.Reserve(t.Context(), people.Resident.Actor(), booking.Request{
				Venue: "reading-room", Space: "room", Start: start, End: start.Add(time.Hour), Party: 1,
			})
			if err != nil {
				t.Fatal(err)
			}
			in, err := w.Desk.CheckIn(t.Context(), people.Attendant.Actor(),
				booking.CheckInRequest{Venue: "reading-room", Number: made.Number})
			if err != nil || in.State != booking.CheckedIn {
				t.Fatalf("check in: %s %v", in.State, err)
			}
			mine, _, err := w.Desk.Mine(t.Context(), people.Resident.Actor(), booking.MineQuery{})
			if err != nil || len(mine) < 2 {
				t.Errorf("the resident has %d bookings ahead, want tomorrow's and the new one; %v", len(mine), err)
			}
		})
	}
}

func TestTheSameOptionsMakeTheSameHistory(t *testing.T) {
	t.Parallel()
	o := demo.Options{Days: 4, Residents: 60, Seed: 7, Now: time.Date(2026, 11, 24, 15, 10, 0, 0, shanghai)}
	var got [3]report.Summary
	for i := range got {
		if i == 2 {
			o.Seed = 8
		}
		w, people := seed(t, o)
		got[i] = query(t, w, people, o.Days)
		got[i].Tag = ""
	}
	if diff := cmp.Diff(got[0], got[1]); diff != "" {
		t.Errorf("twice the same options:\n%s", diff)
	}
	if cmp.Equal(got[0], got[2]) {
		t.Error("another seed made the same history")
	}
}

func TestAStoreWithVenuesIsLeftAlone(t *testing.T) {
	t.Parallel()
	o := demo.Options{Days: 1, Residents: 5, Now: time.Date(2026, 11, 24, 15, 10, 0, 0, shanghai)}
	w, _ := seed(t, o)
	if _, err := demo.Seed(t.Context(), w.World, o); fault.CodeOf(err) != "not_empty" {
		t.Errorf("seeded twice: %v", err)
	}
}

func TestTheCounterServedPeopleWithoutAPhone(t *testing.T) {
	t.Parallel()
	w, people := seed(t, demo.Options{Residents: 40, Days: 7, Now: time.Date(2026, 11, 24, 15, 10, 0, 0, shanghai)})
	served, there := 0, 0
	for _, caller := range people.Callers {
		list, _, err := w.Desk.Mine(t.Context(), people.Counter.Actor(), booking.MineQuery{For: caller.ID, Past: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range list {
			if !b.ByStaff || b.By != people.Counter.ID || b.Holder != caller.ID {
				t.Errorf("the counter did not make %+v", b)
			}
			served++
			if b.InAt != nil {
				there++
			}
		}
	}
	if served < 7 || there != served {
		t.Errorf("%d were served, %d came in", served, there)
	}
}

func TestSomebodyIsSuspendedOthersHaveStrikesAndPlacesHaveThePublishedRuleBooks(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 15, 10, 0, 0, shanghai)
	w, people := seed(t, demo.Options{Residents: 80, Days: 7, Now: now})
	standing, err := w.Desk.Standing(t.Context(), people.Suspended.Actor(), "")
	if err != nil || len(standing.InForce(now)) != 1 || len(standing.Strikes) < 3 {
		t.Errorf("the suspended resident: %+v, %v", standing, err)
	}
	struck := 0
	for _, r := range people.Residents[2:] {
		s, err := w.Desk.Standing(t.Context(), r.Actor(), "")
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Strikes) > 0 {
			struck++
		}
	}
	if struck < 5 || struck > 75 {
		t.Errorf("%d of 78 residents have strikes", struck)
	}
	for _, one := range demo.RuleBooks {
		v, err := w.Venues.Get(t.Context(), one.Venue)
		if err != nil {
			t.Fatal(err)
		}
		book := &v.Rules
		if s, ok := v.FindSpace(one.Space); ok {
			book = s.Rules
		}
		if book == nil || book.Based != one.Template {
			t.Errorf("%s %s is not under %s", one.Venue, one.Space, one.Template)
		}
	}
	waiting := 0
	for _, id := range []string{"library", "reading-room", "memorial"} {
		open, _, err := w.Desk.AppealsAt(t.Context(), people.Administrator.Actor(), id, booking.AppealOpen, 10, "")
		if err != nil {
			t.Fatal(err)
		}
		waiting += len(open)
	}
	if waiting != 2 {
		t.Errorf("%d appeals wait for an answer, want two", waiting)
	}
	for _, s := range people.Stickers {
		if venue, err := w.Desk.CodeVenue(t.Context(), s.Code); err != nil || venue != s.Venue {
			t.Errorf("the code on %s leads to %s, %v", s.Space, venue, err)
		}
	}
	if mine, _, err := w.Desk.Mine(t.Context(), people.Resident.Actor(), booking.MineQuery{}); err != nil || len(mine) < 2 {
		t.Errorf("the resident has %d bookings, want their own and the child's; %v", len(mine), err)
	}
}
