package venue_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/store"
	"wenguan/models/venue"
)

func listed(t *testing.T, c *venue.Catalog, f venue.Filter) (ids []string, next string) {
	t.Helper()
	page, next, err := c.List(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range page {
		ids = append(ids, v.ID)
	}
	return ids, next
}

func TestListSelects(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	library := room("library")
	library.Name = venue.Text{ZH: "吉安县图书馆", EN: "Ji'an County Library"}
	library.Features = []venue.Feature{venue.Wifi, venue.StepFree}
	square := room("square")
	square.Kind, square.Area = venue.Square, "城南街道"
	square.Name, square.Address = venue.Text{ZH: "人民广场"}, venue.Text{ZH: "人民路", EN: "Renmin Road"}
	square.Spaces[0].Features = []venue.Feature{venue.Power}
	square.Features = []venue.Feature{venue.StepFree}
	gone := room("gone")
	gone.Retired = true
	for _, v := range []*venue.Venue{library, square, gone, room("qingfen")} {
		saved(t, c, v)
	}
	for _, tc := range []struct {
		name string
		f    venue.Filter
		want []string
	}{
		{"everything in use, by id", venue.Filter{}, []string{"library", "qingfen", "square"}},
		{"retired ones when asked for", venue.Filter{Retired: true}, []string{"gone", "library", "qingfen", "square"}},
		{"a kind", venue.Filter{Kind: venue.Square}, []string{"square"}},
		{"an area", venue.Filter{Area: "城南街道"}, []string{"square"}},
		{"a Chinese word of the name", venue.Filter{Query: "图书馆"}, []string{"library"}},
		{"an English word of the address in capitals", venue.Filter{Query: "RENMIN"}, []string{"square"}},
		{"full-width letters", venue.Filter{Query: "Ｌｉｂｒａｒｙ"}, []string{"library"}},
		{"words that all occur", venue.Filter{Query: " county  ji'an "}, []string{"library"}},
		{"words that do not all occur", venue.Filter{Query: "county renmin"}, nil},
		{"a feature of a space", venue.Filter{Features: []venue.Feature{venue.Power}}, []string{"square"}},
		{"all of the features", venue.Filter{Features: []venue.Feature{venue.StepFree, venue.Wifi}}, []string{"library"}},
		{"kind and words", venue.Filter{Kind: venue.ReadingRoom, Query: "清芬"}, []string{"qingfen"}},
	} {
		got, next := listed(t, c, tc.f)
		if diff := cmp.Diff(tc.want, got); diff != "" || next != "" {
			t.Errorf("%s: %s (next %q)", tc.name, diff, next)
		}
	}
}

func TestPagesMeetWithoutGapOrRepeatWhileOthersSave(t *testing.T) {
	t.Parallel()
	c, _ := opened(t)
	var want []string
	for i := range 10 {
		want = append(want, saved(t, c, room(fmt.Sprintf("room-%02d", i))).ID)
	}
	var got []string
	f := venue.Filter{Limit: 3}
	for n := 0; ; n++ {
		ids, next := listed(t, c, f)
		got = append(got, ids...)
		if next == "" {
			break
		}
		saved(t, c, room(fmt.Sprintf("before-%d", n)))
		f.After = next
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAPageIsBounded(t *testing.T) {
	t.Parallel()
	c, st := opened(t)
	for i := range 201 {
		saved(t, c, room(fmt.Sprintf("room-%03d", i)))
	}
	for limit, want := range map[int]int{0: 50, 10_000: 200} {
		ids, next := listed(t, c, venue.Filter{Limit: limit})
		if len(ids) != want || next == "" {
			t.Errorf("limit %d: %d venues, next %q", limit, len(ids), next)
		}
	}
	err := st.View(t.Context(), func(tx store.Tx) error {
		all, err := c.All(tx)
		if err != nil || len(all) != 201 {
			t.Errorf("all: %d, %v", len(all), err)
		}
		clear(all) // the slice is the caller's
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if ids, _ := listed(t, c, venue.Filter{Limit: 1}); len(ids) != 1 {
		t.Error("clearing the slice of All reached the catalog")
	}
}

func TestDistancesAreOfTheEarth(t *testing.T) {
	t.Parallel()
	beijing, shanghai := venue.Position{Lat: 39.9042, Lon: 116.4074}, venue.Position{Lat: 31.2304, Lon: 121.4737}
	if km := beijing.MetersTo(shanghai) / 1000; math.Abs(km-1067) > 5 {
		t.Errorf("%.0f km from Beijing to Shanghai", km)
	}
	if m := beijing.MetersTo(beijing); m != 0 {
		t.Errorf("%v m from here to here", m)
	}
}
