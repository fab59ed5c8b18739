package pass_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/fault"
	"wenguan/models/pass"
	"wenguan/models/store"
)

func TestInstancesThatStartAtOnceShareOneFirstKey(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	now := func() time.Time { return morning }
	offices := make([]*pass.Office, 16)
	var group sync.WaitGroup
	for i := range offices {
		offices[i] = pass.New(st, now, "wenguan")
		group.Go(func() {
			if err := offices[i].EnsureKeys(t.Context()); err != nil {
				t.Errorf("instance %d: %v", i, err)
			}
		})
	}
	group.Wait()
	if n := len(publicKeys(t, offices[0])); n != 1 {
		t.Fatalf("%d keys were made, want 1", n)
	}
	token := issue(t, offices[3], seat())
	if _, err := offices[12].Verify(t.Context(), token); err != nil {
		t.Errorf("a pass of one instance at another: %v", err)
	}
}

func TestWithoutKeysNoPassIsMade(t *testing.T) {
	t.Parallel()
	o := pass.New(openStore(t), func() time.Time { return morning }, "wenguan")
	if token, err := o.Issue(t.Context(), seat()); err == nil {
		t.Errorf("made %q", token)
	}
}

func TestRotationSignsAnewAtOnceEverywhereAndKeepsOldPassesGood(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	c := &clock{at: morning}
	here, there := pass.New(st, c.now, "wenguan"), pass.New(st, c.now, "wenguan")
	if err := here.EnsureKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	old := issue(t, there, seat())
	kid, err := here.Rotate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fresh := issue(t, there, seat()) // this instance had the old key in memory
	for _, o := range []*pass.Office{here, there, pass.New(st, c.now, "wenguan")} {
		was, err := o.Verify(t.Context(), old)
		if err != nil {
			t.Fatalf("the old pass: %v", err)
		}
		is, err := o.Verify(t.Context(), fresh)
		if err != nil {
			t.Fatalf("the new pass: %v", err)
		}
		if is.Key != kid || was.Key == kid {
			t.Errorf("signed with %s then %s; rotation made %s", was.Key, is.Key, kid)
		}
	}
	if n := len(publicKeys(t, here)); n != 2 {
		t.Errorf("%d keys are published, want both", n)
	}
}

func TestRotationMakesTheFirstKeyWhenThereIsNone(t *testing.T) {
	t.Parallel()
	o := pass.New(openStore(t), func() time.Time { return morning }, "wenguan")
	kid, err := o.Rotate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if claims, err := o.Verify(t.Context(), issue(t, o, seat())); err != nil || claims.Key != kid {
		t.Errorf("signed with %q, %v, want %q", claims.Key, err, kid)
	}
}

func TestARetiredKeyLosesItsPrivateHalfAndGoesWhenItsLastPassHasExpired(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	c := &clock{at: morning}
	o := pass.New(st, c.now, "wenguan")
	for range 2 {
		if _, err := o.Rotate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(seeds(t, st)); n != 1 {
		t.Errorf("%d private keys are kept, want the signing one", n)
	}
	c.at = morning.Add(pass.MaxLife)
	if n, err := o.Tidy(t.Context()); n != 0 || err != nil {
		t.Errorf("Tidy while passes can be good: %d, %v", n, err)
	}
	c.at = c.at.Add(time.Second)
	if n, err := o.Tidy(t.Context()); n != 2 || err != nil {
		t.Errorf("Tidy afterwards: %d, %v, want 2", n, err)
	}
	if n := len(publicKeys(t, o)); n != 1 {
		t.Errorf("%d keys are left, want 1", n)
	}
}

func TestThePrivateKeyIsInNoAnswer(t *testing.T) {
	t.Parallel()
	st := openStore(t)
	o := pass.New(st, func() time.Time { return morning }, "wenguan")
	if err := o.EnsureKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	set, err := o.JWKS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	said := string(set) + issue(t, o, seat())
	if _, err := o.Verify(t.Context(), "x.y.z"); err == nil || fault.CodeOf(err) != "pass_invalid" {
		t.Error(err)
	} else {
		said += err.Error()
	}
	for _, seed := range seeds(t, st) {
		for _, form := range []string{string(seed), hex.EncodeToString(seed), base64.RawURLEncoding.EncodeToString(seed), base64.StdEncoding.EncodeToString(seed)} {
			if strings.Contains(said, form) {
				t.Error("a private key got out")
			}
		}
	}
	if bytes.Contains(set, []byte(`"d"`)) {
		t.Error("the key set has a private member")
	}
}

// seeds reads the private keys the store holds.
func seeds(t *testing.T, st store.Store) [][]byte {
	t.Helper()
	var found [][]byte
	err := st.View(t.Context(), func(tx store.Tx) error {
		return tx.Find("pass_keys", store.Query{}, func(raw bson.Raw) (bool, error) {
			if value, err := raw.LookupErr("seed"); err == nil {
				_, seed := value.Binary()
				found = append(found, bytes.Clone(seed))
			}
			return true, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("found no private key; this test looks in the wrong place")
	}
	return found
}
