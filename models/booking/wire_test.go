package booking

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"

	"wenguan/models/account"
	"wenguan/models/rule"
)

func TestBookingsAreWrittenAsTheTagsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 8, 30)
		texts := rapid.SliceOfN(text, 0, 3)
		number := rapid.Int32Range(-3, 3)
		moment := rapid.Custom(func(t *rapid.T) time.Time { return time.UnixMilli(rapid.Int64Range(-1e13, 1e13).Draw(t, "ms")).UTC() })
		maybe := rapid.Ptr(moment, true)
		b := Booking{
			ID: text.Draw(t, "id"), Number: text.Draw(t, "number"), Revision: rapid.Int64().Draw(t, "rev"), Venue: text.Draw(t, "venue"),
			Space: text.Draw(t, "space"), Assigned: texts.Draw(t, "assigned"), Atoms: texts.Draw(t, "atoms"), Quantity: number.Draw(t, "n"),
			Before: number.Draw(t, "before"), After: number.Draw(t, "after"), Holder: text.Draw(t, "holder"), HolderName: text.Draw(t, "name"),
			HolderKind: account.Kind(text.Draw(t, "kind")), ByStaff: rapid.Bool().Draw(t, "staff"), Tell: text.Draw(t, "tell"),
			By: text.Draw(t, "by"), Group: account.Group(text.Draw(t, "group")), Party: number.Draw(t, "party"), Purpose: text.Draw(t, "purpose"),
			With: rapid.SliceOfN(text, 0, 2).Draw(t, "with"), Letter: number.Draw(t, "letter"), Rules: number.Draw(t, "rules"),
			Facts: rule.Facts{
				Start: moment.Draw(t, "start"), End: moment.Draw(t, "end"), State: State(text.Draw(t, "state")), Made: moment.Draw(t, "made"),
				Opens: moment.Draw(t, "opens"), Closes: moment.Draw(t, "closes"), CancelUntil: moment.Draw(t, "until"), Moves: number.Draw(t, "moves"),
				MoveUntil: moment.Draw(t, "move until"), MustOut: rapid.Bool().Draw(t, "must out"), NoCheckIn: rapid.Bool().Draw(t, "no in"),
				TakenAt: maybe.Draw(t, "taken"), InAt: maybe.Draw(t, "in"), OutAt: maybe.Draw(t, "out"), EndedAt: maybe.Draw(t, "ended"), ReleasedAt: maybe.Draw(t, "released"),
				Leaves: rapid.SliceOfN(moment, 0, 3).Draw(t, "leaves"), BackBy: maybe.Draw(t, "back"), ReportedAt: maybe.Draw(t, "reported"),
				ReturnBy: maybe.Draw(t, "return"), Violation: rule.ViolationKind(text.Draw(t, "violation")), ViolatedAt: maybe.Draw(t, "violated"),
			},
			Reason: text.Draw(t, "reason"), Due: maybe.Draw(t, "due"), LongEnds: maybe.Draw(t, "long"),
		}
		if b.MustOut {
			b.OutBy, b.OverBy = moment.Draw(t, "out by"), moment.Draw(t, "over by")
		}
		want, err := bson.Marshal(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bson.Raw(want).String(), b.encode().String()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestHoldersAreWrittenAndReadAsTheTagsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		moment := rapid.Custom(func(t *rapid.T) time.Time { return time.UnixMilli(rapid.Int64Range(0, 1e13).Draw(t, "ms")).UTC() })
		h := holder{ID: rapid.String().Draw(t, "id"), Uses: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) use {
			text := rapid.String()
			return use{Use: rule.Use{
				Booking: text.Draw(t, "b"), Where: rule.Where{Venue: text.Draw(t, "v"), Space: text.Draw(t, "s"), Type: text.Draw(t, "ty"), Kind: text.Draw(t, "k"), Area: text.Draw(t, "a")},
				Start: moment.Draw(t, "st"), End: moment.Draw(t, "e"), Booked: rapid.Int32().Draw(t, "m"), State: rule.UseState(text.Draw(t, "x")),
			}, Forget: moment.Draw(t, "f"), Due: rapid.SampledFrom([]time.Time{{}, moment.Draw(t, "d")}).Draw(t, "due")}
		}), 0, 8).Draw(t, "uses"), Keys: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) keyUse {
			return keyUse{rapid.String().Draw(t, "k"), rapid.String().Draw(t, "h"), rapid.String().Draw(t, "b"), moment.Draw(t, "t")}
		}), 0, 4).Draw(t, "keys"), Closed: rapid.Bool().Draw(t, "closed")}
		if rapid.Bool().Draw(t, "past") {
			h.Past = &past{
				Cancels:    []rule.Cancel{{Booking: "b", Where: rule.Where{Venue: "v"}, At: moment.Draw(t, "at")}},
				Violations: []violation{{Violation: rule.Violation{ID: "b", Kind: rule.NoShowed, At: moment.Draw(t, "at")}, From: moment.Draw(t, "from")}},
			}
		}
		if h.Uses == nil {
			h.Uses = []use{}
		}
		want, err := bson.Marshal(&h)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bson.Raw(want).String(), h.encode().String()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		got, err := decodeHolder(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&h, got, cmp.AllowUnexported(holder{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestANewFieldOfABookingIsWrittenToo(t *testing.T) {
	t.Parallel()
	if n := reflect.TypeFor[Booking]().NumField(); n != 26 {
		t.Errorf("Booking has %d fields; add the new one to encode and to the test above, then correct this number", n)
	}
}

func TestANewFactOfABookingIsWrittenToo(t *testing.T) {
	t.Parallel()
	if n := reflect.TypeFor[rule.Facts]().NumField(); n != 24 {
		t.Errorf("Facts has %d fields; add the new one to encodeFacts and to the test above, then correct this number", n)
	}
}
