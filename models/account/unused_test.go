package account_test

import (
	"context"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/store"
)

func (w *town) seen(t *testing.T, id string) time.Time {
	t.Helper()
	a, err := w.Get(t.Context(), system, id)
	if err != nil {
		t.Fatal(err)
	}
	return a.SeenAt
}

func TestAnAccountIsSeenOnceADayWhenItsSessionIsUsed(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	first := w.seen(t, s.Account.ID)
	if first.IsZero() {
		t.Fatal("signing in does not count as use")
	}
	for range 5 {
		w.pass(4 * time.Hour)
		if _, err := w.Authenticate(t.Context(), s.Token); err != nil {
			t.Fatal(err)
		}
		if again := w.seen(t, s.Account.ID); !again.Equal(first) {
			t.Fatalf("it was written again after %s", again.Sub(first))
		}
	}
	w.pass(5 * time.Hour)
	if _, err := w.Authenticate(t.Context(), s.Token); err != nil {
		t.Fatal(err)
	}
	if again := w.seen(t, s.Account.ID); !again.After(first) {
		t.Error("a session used the next day does not count as use")
	}
}

func TestWhoComesBackIsWarnedAnewTheNextTime(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	unused := func() (list []account.Account) {
		t.Helper()
		err := w.store.View(context.Background(), func(tx store.Tx) (err error) {
			list, _, err = w.Unused(tx, w.now().Add(-time.Hour), 10, "")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if len(unused()) != 0 {
		t.Error("an account in use counts as unused")
	}
	w.pass(48 * time.Hour)
	found := unused()
	if len(found) != 1 {
		t.Fatalf("%d unused accounts", len(found))
	}
	if err := w.store.Update(t.Context(), func(tx store.Tx) error { return w.Warn(tx, &found[0]) }); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Authenticate(t.Context(), s.Token); err != nil {
		t.Fatal(err)
	}
	a, err := w.Get(t.Context(), system, s.Account.ID)
	if err != nil || a.WarnedAt != nil {
		t.Errorf("a warning outlives the return: %v, %v", a.WarnedAt, err)
	}
}

func TestAnErasedAccountFreesItsAddressAndEndsItsSessions(t *testing.T) {
	t.Parallel()
	w := open(t)
	s := w.signIn(t, phone)
	link, err := w.MakeLink(t.Context(), system, s.Account.ID, account.LinkOptions{TTL: time.Hour, Reusable: true})
	if err != nil {
		t.Fatal(err)
	}
	erase := func() error {
		return w.store.Update(context.Background(), func(tx store.Tx) error {
			_, err := w.Erase(tx, s.Account.ID)
			return err
		})
	}
	if err := erase(); err != nil {
		t.Fatal(err)
	}
	wantCode(t, erase(), "account_not_found")
	_, err = w.Authenticate(t.Context(), s.Token)
	wantCode(t, err, "session_ended")
	_, err = w.SignInByLink(t.Context(), link)
	wantCode(t, err, "link_invalid")
	w.pass(2 * time.Minute)
	if again := w.signIn(t, phone); again.Account.ID == s.Account.ID {
		t.Error("the number leads to the erased account")
	}
}
