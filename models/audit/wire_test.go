package audit

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"
)

// anyRecord has every kind of text in it: quotes, Chinese, control characters, line separators, what is no UTF-8.
func anyRecord(t *rapid.T) *Record {
	some := rapid.SampledFrom([]string{"", "booking.reserved", `{"space":"a\\b"}`, "<&>", "王*明", "\u2028\u2029", "\n\b\x00\x1f\x7f", "\xff\xc3"})
	text := rapid.OneOf(some, rapid.String())
	hash := rapid.SampledFrom([][]byte{nil, {}, bytes.Repeat([]byte{0, 7, 0xff}, 11)[:32]})
	return &Record{
		ID: text.Draw(t, "id"), Chain: text.Draw(t, "chain"), Number: rapid.Int64().Draw(t, "n"),
		At:     time.UnixMilli(rapid.Int64Range(-1e13, 1e13).Draw(t, "at")).UTC(),
		Action: text.Draw(t, "action"), Subject: text.Draw(t, "subject"), Actor: text.Draw(t, "actor"), Means: text.Draw(t, "means"),
		OnBehalf: text.Draw(t, "behalf"), Request: text.Draw(t, "request"), Before: text.Draw(t, "before"), After: text.Draw(t, "after"),
		Previous: hash.Draw(t, "prev"), Hash: hash.Draw(t, "hash"),
	}
}

func TestRecordsAndEndsAreWrittenAsTheTagsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t)
		h := &head{ID: r.Chain, Number: r.Number, Hash: r.Hash, At: r.At}
		for _, c := range []struct {
			tagged any
			got    bson.Raw
		}{{r, r.encode()}, {h, h.encode()}} {
			want, err := bson.Marshal(c.tagged)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]byte(want), []byte(c.got)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}
	})
}

func TestTheTextThatIsHashedIsWhatEncodingJSONWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t)
		var previous any
		if len(r.Previous) > 0 {
			previous = r.Previous
		}
		var want bytes.Buffer
		plain := json.NewEncoder(&want)
		plain.SetEscapeHTML(false)
		err := plain.Encode([]any{
			r.Chain, r.Number, r.At.UnixMilli(), r.Action, r.Subject, r.Actor, r.Means, r.OnBehalf, r.Request, r.Before, r.After, previous,
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(bytes.TrimSuffix(want.Bytes(), []byte("\n"))), string(r.appendHashed(nil))); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestANewFieldOfARecordIsWrittenToo(t *testing.T) {
	t.Parallel()
	if n := reflect.TypeFor[Record]().NumField(); n != 14 {
		t.Errorf("Record has %d fields; add the new one to encode, to appendHashed and to the tests above, then correct this number", n)
	}
}
