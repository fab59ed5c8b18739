package ledger

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"

	"wenguan/models/civil"
)

func drawSheet(t *rapid.T) Sheet {
	text := rapid.StringN(0, 12, 40)
	number := rapid.Int32Range(0, 1600)
	claims := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Claim {
		return Claim{
			Booking: text.Draw(t, "booking"), Atoms: rapid.SliceOfN(text, 0, 3).Draw(t, "atoms"),
			Start: number.Draw(t, "start"), End: number.Draw(t, "end"), Before: number.Draw(t, "before"), After: number.Draw(t, "after"),
			Quantity: number.Draw(t, "quantity"), Lapses: rapid.Int32Min(0).Draw(t, "lapses"),
		}
	}), 0, 12).Draw(t, "claims")
	date := civil.NewDate(2026, time.January, 1).Add(rapid.IntRange(0, 1000).Draw(t, "date"))
	return Sheet{
		ID: SheetID("v", date), Revision: rapid.Int64Min(0).Draw(t, "revision"), Dirty: rapid.Bool().Draw(t, "dirty"),
		Venue: "v", Date: date, Claims: claims,
	}
}

func TestTheWireFormIsTheOneTheTagsDescribe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSheet(t)
		tagged, err := bson.Marshal(&s)
		if err != nil {
			t.Fatal(err)
		}
		d, err := decode(tagged, NewAtoms(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, d.Sheet, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("decoded another sheet (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(bson.Raw(tagged), d.encode()); diff != "" {
			t.Fatalf("unchanged claims encode differently (-want +got):\n%s", diff)
		}
	})
}

func TestChangedSheetsEncodeAsTheTagsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSheet(t)
		tagged, err := bson.Marshal(&s)
		if err != nil {
			t.Fatal(err)
		}
		d, err := decode(tagged, NewAtoms(nil))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			if len(d.Claims) > 0 && rapid.Bool().Draw(t, "remove") {
				d.Remove(rapid.SampledFrom(d.Claims).Draw(t, "victim").Booking)
			} else {
				d.Add(Claim{Booking: rapid.String().Draw(t, "booking"), Atoms: []string{"x"}, End: 30})
			}
		}
		want, err := bson.Marshal(&d.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bson.Raw(want), d.encode()); diff != "" {
			t.Fatalf("changed claims encode differently (-want +got):\n%s", diff)
		}
	})
}

func TestBrokenBytesAreRefusedNotTrusted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSheet(t)
		raw, err := bson.Marshal(&s)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(t, "damages") {
			raw[rapid.IntRange(0, len(raw)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		raw = raw[:rapid.IntRange(0, len(raw)).Draw(t, "cut")]
		_, _ = decode(raw, NewAtoms(nil)) // no panic, no endless loop
	})
}

func TestFieldsOfALaterVersionAreSkipped(t *testing.T) {
	t.Parallel()
	raw, err := bson.Marshal(bson.D{
		{Key: "_id", Value: "v|2026-11-24"}, {Key: "rev", Value: int32(7)}, {Key: "later", Value: bson.D{{Key: "x", Value: bson.A{1, "y"}}}},
		{Key: "venue", Value: "v"}, {Key: "date", Value: "2026-11-24"}, {Key: "none", Value: nil}, {Key: "flag", Value: true},
		{Key: "claims", Value: bson.A{bson.D{{Key: "b", Value: "b1"}, {Key: "new", Value: 1.5}, {Key: "e", Value: int64(30)}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := decode(raw, NewAtoms(nil))
	if err != nil {
		t.Fatal(err)
	}
	if d.Revision != 7 || len(d.Claims) != 1 || d.Claims[0].Booking != "b1" || d.Claims[0].End != 30 {
		t.Errorf("read %+v", d.Sheet)
	}
}
