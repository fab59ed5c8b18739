package pass_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/pass"
	"wenguan/models/store"
)

func issueLive(t *testing.T, o *pass.Office, g pass.Grant) (string, pass.Live) {
	t.Helper()
	token, live, err := o.IssueLive(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	return token, live
}

// isLive reports whether the office takes what is shown for a pass with its code of this moment; a pass it is anyway.
func isLive(t *testing.T, o *pass.Office, shown string) bool {
	t.Helper()
	claims, err := o.Verify(t.Context(), shown)
	if err != nil {
		t.Fatalf("Verify(%s): %v", shown, err)
	}
	return claims.Live
}

func TestALiveCodeIsGoodForItsSlotAndTheOnesBesideIt(t *testing.T) {
	t.Parallel()
	o, c := office(t)
	token, live := issueLive(t, o, seat())
	shown := live.Text(token, pass.SlotOf(morning)+10)
	for _, step := range []struct {
		seconds int
		want    bool
	}{{8*30 + 29, false}, {9 * 30, true}, {10 * 30, true}, {11*30 + 29, true}, {12 * 30, false}, {3600, false}} {
		c.at = morning.Add(time.Duration(step.seconds) * time.Second)
		if got := isLive(t, o, shown); got != step.want {
			t.Errorf("%d seconds later it is live: %v, want %v", step.seconds, got, step.want)
		}
	}
}

func TestAPassWithoutItsCodeOrWithAnotherIsAPassThatIsNotLive(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	other := seat()
	other.Booking = "01kas3v8q0m1n2p3r4s5t6v7w9"
	token, live := issueLive(t, o, seat())
	otherToken, otherLive := issueLive(t, o, other)
	stranger, _ := office(t)
	_, strange := issueLive(t, stranger, seat())
	slot := pass.SlotOf(morning)
	right := live.Text(token, slot)
	code := right[strings.LastIndex(right, ".")+1:]
	if !isLive(t, o, right) || !isLive(t, o, " "+right+"\n") || !isLive(t, o, otherLive.Text(otherToken, slot)) {
		t.Error("the right code is refused")
	}
	for name, shown := range map[string]string{
		"none":                      token,
		"of another booking":        otherLive.Text(token, slot),
		"of another office":         strange.Text(token, slot),
		"cut short":                 right[:len(right)-1],
		"one character changed":     right[:len(right)-1] + changed(right[len(right)-1]),
		"longer":                    right + "A",
		"the slot moved on":         strings.Replace(live.Text(token, slot+5), live.Text("", slot+5)[:7], live.Text("", slot)[:7], 1),
		"empty":                     token + "..",
		"a slot that is no number":  token + ".!!." + code,
		"a slot beyond all numbers": token + ".zzzzzzzzzzzzzzzzzzz." + code,
		"a negative slot":           token + ".-1." + code,
	} {
		if isLive(t, o, shown) {
			t.Errorf("%s: it passes as live: %s", name, shown)
		}
	}
	for name, shown := range map[string]string{"half a code": token + ".abc", "two codes": right + ".a.b", "the pass changed": "x" + right} {
		refused(t, o, shown, name)
	}
}

func changed(c byte) string {
	if c == 'A' {
		return "B"
	}
	return "A"
}

func TestTheCodesGoOnForTwoHoursOrToTheEndOfThePass(t *testing.T) {
	t.Parallel()
	o, c := office(t)
	c.at = morning.Add(29 * time.Second)
	if _, live := issueLive(t, o, seat()); len(live.Codes) != 240 || live.From != pass.SlotOf(morning) {
		t.Errorf("%d codes from slot %d", len(live.Codes), live.From)
	}
	c.at = seat().Expires.Add(-time.Minute)
	token, live := issueLive(t, o, seat())
	if len(live.Codes) != 3 {
		t.Errorf("%d codes in the last minute", len(live.Codes))
	}
	if beyond := live.Text(token, live.From+3); beyond != token {
		t.Errorf("after the last code it says %s", beyond)
	}
	seen := map[string]bool{}
	for _, code := range live.Codes {
		seen[code] = true
	}
	if len(seen) != len(live.Codes) {
		t.Error("the code does not change")
	}
}

func TestCodesOfAKeyThatWasRetiredStayGood(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token, live := issueLive(t, o, seat())
	if _, err := o.Rotate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !isLive(t, o, live.Text(token, live.From)) {
		t.Error("a phone that shows a pass from before the rotation is refused")
	}
	fresh, _ := issueLive(t, o, seat())
	if isLive(t, o, live.Text(fresh, live.From)) {
		t.Error("the code of one key is good with a pass of another")
	}
}

func TestAStoreFromBeforeLiveCodesGetsAKeyThatHasThem(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	c := &clock{at: morning}
	old := pass.New(st, c.now, "wenguan")
	if err := old.EnsureKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	token := issue(t, old, seat())
	err := st.Update(t.Context(), func(tx store.Tx) error {
		return tx.Find("pass_keys", store.Query{}, func(raw bson.Raw) (bool, error) {
			var k bson.M
			if err := bson.Unmarshal(raw, &k); err != nil {
				return false, err
			}
			delete(k, "live")
			return true, tx.Replace("pass_keys", k)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	o := pass.New(st, c.now, "wenguan")
	for range 2 { // and once is enough
		if err := o.EnsureKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(publicKeys(t, o)); n != 2 {
		t.Errorf("%d keys", n)
	}
	_, live := issueLive(t, o, seat())
	if isLive(t, o, token) || isLive(t, o, live.Text(token, live.From)) {
		t.Error("a pass of the key without a secret is live")
	}
}

func TestWhatAPhoneShowsIsReadByAnotherDecoder(t *testing.T) {
	t.Parallel()
	o, _ := office(t)
	token, live := issueLive(t, o, seat())
	shown := live.Text(token, live.From)
	if version := (modules(t, shown) - 8 - 17) / 4; version > 15 {
		t.Errorf("version %d for %d characters", version, len(shown))
	}
	svg, err := pass.SVG(shown)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, rasterise(t, svg, 4)); got != shown {
		t.Errorf("it reads %q, want %q", got, shown)
	}
}

func BenchmarkIssueLive(b *testing.B) {
	st, err := store.OpenEmbedded(filepath.Join(b.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, pass.Collections())
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	o := pass.New(st, func() time.Time { return morning }, "wenguan")
	if err := o.EnsureKeys(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := o.IssueLive(b.Context(), seat()); err != nil {
			b.Fatal(err)
		}
	}
}
