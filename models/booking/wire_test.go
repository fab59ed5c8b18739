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
			Start: moment.Draw(t, "start"), End: moment.Draw(t, "end"), State: State(text.Draw(t, "state")), Rules: number.Draw(t, "rules"),
			Opens: moment.Draw(t, "opens"), Closes: moment.Draw(t, "closes"), CancelUntil: moment.Draw(t, "until"), Moves: number.Draw(t, "moves"),
			CreatedAt: moment.Draw(t, "created"), CheckInAt: maybe.Draw(t, "in"), CheckOutAt: maybe.Draw(t, "out"), EndedAt: maybe.Draw(t, "ended"),
			ReleasedAt: maybe.Draw(t, "released"), Reason: text.Draw(t, "reason"), Due: maybe.Draw(t, "due"), LongEnds: maybe.Draw(t, "long"),
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
			return use{rapid.String().Draw(t, "b"), rapid.String().Draw(t, "v"), moment.Draw(t, "s"), moment.Draw(t, "e")}
		}), 0, 8).Draw(t, "uses"), Keys: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) keyUse {
			return keyUse{rapid.String().Draw(t, "k"), rapid.String().Draw(t, "h"), rapid.String().Draw(t, "b"), moment.Draw(t, "t")}
		}), 0, 4).Draw(t, "keys"), Closed: rapid.Bool().Draw(t, "closed")}
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
	if n := reflect.TypeFor[Booking]().NumField(); n != 35 {
		t.Errorf("Booking has %d fields; add the new one to encode and to the test above, then correct this number", n)
	}
}
