package notice

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"
)

func TestEntriesAreWrittenAsTheTagsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.Just(""), rapid.String())
		moment := rapid.Custom(func(t *rapid.T) time.Time { return time.UnixMilli(rapid.Int64Range(-1e13, 1e13).Draw(t, "ms")).UTC() })
		params := rapid.OneOf(rapid.Just[map[string]string](nil), rapid.MapOfN(rapid.StringMatching(`[a-z]{1,8}`), text, 0, 1))
		e := entry{
			Notice: Notice{
				ID: text.Draw(t, "id"), To: text.Draw(t, "to"), Language: text.Draw(t, "lang"), Template: text.Draw(t, "template"),
				Params: params.Draw(t, "params"), Due: moment.Draw(t, "due"), Expires: moment.Draw(t, "expires"),
			},
			Lane: text.Draw(t, "lane"), Next: rapid.Ptr(moment, true).Draw(t, "next"), Lease: text.Draw(t, "lease"),
			Tries: rapid.Int32().Draw(t, "tries"), Outcome: outcome(text.Draw(t, "outcome")), Done: rapid.Ptr(moment, true).Draw(t, "done"),
		}
		want, err := bson.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]byte(want), []byte(e.encode())); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestSeveralParamsAreAllWritten(t *testing.T) {
	t.Parallel()
	e := entry{Notice: Notice{ID: "n", Params: map[string]string{"number": "7K2M9QXD", "venue": "图书馆", "start": "2026-11-25 09:00"}}}
	var got entry
	if err := bson.Unmarshal(e.encode(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e.Params, got.Params); diff != "" {
		t.Error(diff)
	}
}

func TestANewFieldOfAnEntryIsWrittenToo(t *testing.T) {
	t.Parallel()
	if n, m := reflect.TypeFor[Notice]().NumField(), reflect.TypeFor[entry]().NumField(); n != 7 || m != 7 {
		t.Errorf("Notice has %d fields and entry %d; add the new one to encode and to the test above, then correct this number", n, m)
	}
}
