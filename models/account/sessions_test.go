package account_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/fault"
)

func TestASessionSaysWhoIsThere(t *testing.T) {
	t.Parallel()
	w := open(t)
	made := w.create(t, account.Account{
		Name: "王小明", Phone: phone, Group: account.Elders, Language: "en", Grants: []account.Grant{{Role: account.Attendant, Venues: []string{"v1"}}},
	})
	s := w.signIn(t, phone)
	if len(s.Token) != 43 || !s.ExpiresAt.Equal(w.at.Add(30*24*time.Hour)) {
		t.Errorf("token %q until %s", s.Token, s.ExpiresAt)
	}
	want := account.Actor{ID: made.ID, Kind: account.Person, Name: "王小明", Called: "王小明", Group: account.Elders, Language: "en", Means: account.ByCode, Staff: true}
	got, err := w.another().Authenticate(t.Context(), s.Token)
	got.Session = ""
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestASessionThatIsNotOneIsEnded(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	for _, token := range []string{"", "x", s.Token[1:], s.Token + "A", strings.ToUpper(s.Token), strings.Repeat("A", 1<<20)} {
		actor, err := w.Authenticate(t.Context(), token)
		wantCode(t, err, "session_ended")
		if !fault.Is(err, fault.Unauthenticated) || !actor.Anonymous() {
			t.Errorf("%.50q: %+v, %v", token, actor, err)
		}
	}
}

func TestTheTokenIsNotInTheStore(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	link, err := w.MakeLink(t.Context(), system, s.Account.ID, account.LinkOptions{TTL: time.Hour, Reusable: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{s.Token, link} {
		if strings.Contains(w.everything(t), token) {
			t.Errorf("%s is in the store", token)
		}
	}
	// Nor does what the store holds open anything.
	for _, word := range strings.FieldsFunc(w.everything(t), func(r rune) bool { return strings.ContainsRune(`":{}, `, r) }) {
		if _, err := w.Authenticate(t.Context(), word); err == nil {
			t.Errorf("%s opens a session", word)
		}
	}
}

func TestAChangeOfGrantsCountsFromTheNextRequestOn(t *testing.T) {
	t.Parallel()
	w := open(t)
	s, err := w.MakeSession(t.Context(), system, w.signIn(t, phone).Account.ID)
	if err != nil {
		t.Fatal(err)
	}
	given, err := w.Give(t.Context(), system, s.Account.ID, account.Grant{Role: account.Manager, Venues: []string{"v1"}})
	if err != nil {
		t.Fatal(err)
	}
	has := func(want ...account.Grant) {
		t.Helper()
		actor, err := w.another().Authenticate(t.Context(), s.Token)
		if diff := cmp.Diff(want, actor.Grants); err != nil || diff != "" {
			t.Error(err, diff)
		}
	}
	has(given)
	if err := w.Take(t.Context(), system, s.Account.ID, given.ID); err != nil {
		t.Fatal(err)
	}
	_, err = w.another().Authenticate(t.Context(), s.Token) // who has lost a role starts anew
	wantCode(t, err, "session_ended")
}

func TestSigningOutEndsThatSessionAlone(t *testing.T) {
	t.Parallel()
	w := open(t)
	one := w.signIn(t, phone)
	w.pass(time.Hour)
	other := w.signIn(t, phone)
	for range 2 { // twice is no error
		if err := w.SignOut(t.Context(), one.Token); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SignOut(t.Context(), ""); err != nil {
		t.Error(err)
	}
	_, err := w.Authenticate(t.Context(), one.Token)
	wantCode(t, err, "session_ended")
	if _, err := w.Authenticate(t.Context(), other.Token); err != nil {
		t.Error(err)
	}
}

func TestASessionLastsThirtyDaysFromItsLastUseAndWritesOnceADay(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	before := w.everything(t)
	w.pass(24 * time.Hour)
	if _, err := w.Authenticate(t.Context(), s.Token); err != nil {
		t.Fatal(err)
	}
	if w.everything(t) != before {
		t.Error("a use within the first day wrote to the store")
	}
	w.pass(28 * 24 * time.Hour)
	if _, err := w.Authenticate(t.Context(), s.Token); err != nil {
		t.Fatal(err)
	}
	if w.everything(t) == before {
		t.Error("a use after 29 days did not move the end")
	}
	w.pass(30*24*time.Hour - time.Millisecond)
	if _, err := w.another().Authenticate(t.Context(), s.Token); err != nil {
		t.Errorf("just before the moved end: %v", err)
	}
	w.pass(30 * 24 * time.Hour)
	_, err := w.Authenticate(t.Context(), s.Token)
	wantCode(t, err, "session_ended")
}

func TestSigningOutWinsAgainstARequestThatMovesTheEnd(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	w.pass(10 * 24 * time.Hour)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() { _, _ = w.Authenticate(context.Background(), s.Token) })
	}
	group.Go(func() {
		if err := w.SignOut(context.Background(), s.Token); err != nil {
			t.Error(err)
		}
	})
	group.Wait()
	_, err := w.Authenticate(t.Context(), s.Token)
	wantCode(t, err, "session_ended")
}

func TestALinkWorksOnceOrUntilItExpires(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "甲"})
	once, err := w.MakeLink(t.Context(), system, me.ID, account.LinkOptions{TTL: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	often, err := w.MakeLink(t.Context(), system, me.ID, account.LinkOptions{TTL: time.Hour, Reusable: true})
	if err != nil {
		t.Fatal(err)
	}
	var in atomic.Int32
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if s, err := w.SignInByLink(context.Background(), once); err == nil && s.Account.ID == me.ID {
				in.Add(1)
			} else {
				wantCode(t, err, "link_invalid")
			}
			if _, err := w.SignInByLink(context.Background(), often); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if in.Load() != 1 {
		t.Errorf("a single-use link worked %d times", in.Load())
	}
	w.pass(time.Hour)
	for _, token := range []string{often, once, "", "nonsense", strings.Repeat("A", 1<<20)} {
		_, err := w.SignInByLink(t.Context(), token)
		wantCode(t, err, "link_invalid")
	}
	_, err = w.MakeLink(t.Context(), system, me.ID, account.LinkOptions{TTL: 0, Reusable: true})
	wantCode(t, err, "link_ttl")
}

func TestALinkIsNoSessionAndASessionNoLink(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	link, err := w.MakeLink(t.Context(), system, s.Account.ID, account.LinkOptions{TTL: time.Hour, Reusable: true})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Authenticate(t.Context(), link)
	wantCode(t, err, "session_ended")
	_, err = w.SignInByLink(t.Context(), s.Token)
	wantCode(t, err, "link_invalid")
}

func TestASessionMadeForAToolIsLikeAnyOther(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "甲"})
	s, err := w.MakeSession(t.Context(), system, me.ID)
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := w.Authenticate(t.Context(), s.Token); err != nil || actor.ID != me.ID {
		t.Errorf("%+v, %v", actor, err)
	}
}

func BenchmarkAuthenticate(b *testing.B) {
	w := open(b)
	made := w.create(b, account.Account{Name: "王小明", Phone: phone, Grants: []account.Grant{{Role: account.Manager, Venues: []string{"v1", "v2"}}}})
	s, err := w.MakeSession(b.Context(), system, made.ID)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := w.Authenticate(b.Context(), s.Token); err != nil {
				b.Fatal(err)
			}
		}
	})
}
