package account_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// wrong returns a code that is not this one.
func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestAFirstSignInMakesTheAccountAndTheNextFindsIt(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		to   string
		want account.Account
	}{
		{"138-0000-0000", account.Account{Phone: phone}}, {"Li.Lei@example.cn", account.Account{Email: email}},
	} {
		first := w.signIn(t, c.to)
		if first.Account.Phone != c.want.Phone || first.Account.Email != c.want.Email || first.Account.Kind != account.Person || len(first.Account.Grants) != 0 {
			t.Errorf("%s made %+v", c.to, first.Account)
		}
		w.pass(time.Hour)
		if again := w.signIn(t, c.to); again.Account.ID != first.Account.ID || again.Token == first.Token {
			t.Errorf("%s signed in as %s then %s", c.to, first.Account.ID, again.Account.ID)
		}
	}
}

func TestACodeWorksOnceWhateverWayItIsTyped(t *testing.T) {
	t.Parallel()
	w := open(t)
	code := w.code(t, phone)
	if len(code) != 6 {
		t.Fatalf("code %q", code)
	}
	wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, code[:3]) + " " + code[3:] + "\t"
	if _, err := w.SignIn(t.Context(), "+86 138 0000 0000", strings.TrimSpace(wide)); err != nil {
		t.Fatal(err)
	}
	_, err := w.SignIn(t.Context(), phone, code)
	wantCode(t, err, "code_wrong")
}

func TestAllThatIsWrongWithACodeIsOneAnswer(t *testing.T) {
	t.Parallel()
	w := open(t)
	ctx := t.Context()
	_, never := w.SignIn(ctx, "+8613900000000", "123456")
	code := w.code(t, phone)
	_, guess := w.SignIn(ctx, phone, wrong(code))
	_, letters := w.SignIn(ctx, phone, "abcdef")
	_, other := w.SignIn(ctx, email, code)
	w.pass(5 * time.Minute)
	_, expired := w.SignIn(ctx, phone, code)
	replaced := w.code(t, phone)
	for replaced == code {
		w.pass(time.Hour)
		replaced = w.code(t, phone)
	}
	_, old := w.SignIn(ctx, phone, code)
	for name, err := range map[string]error{
		"never sent": never, "guessed": guess, "letters": letters, "of another address": other, "expired": expired, "replaced": old,
	} {
		wantCode(t, err, "code_wrong")
		if err == nil || err.Error() != never.Error() || !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.SignIn(ctx, phone, replaced); err != nil {
		t.Errorf("the code that replaced it: %v", err)
	}
}

func TestACodeStandsFiveTriesAndNotOneMore(t *testing.T) {
	t.Parallel()
	w := open(t)
	code := w.code(t, phone)
	for range 4 {
		_, err := w.SignIn(t.Context(), phone, wrong(code))
		wantCode(t, err, "code_wrong")
	}
	if _, err := w.SignIn(t.Context(), phone, code); err != nil {
		t.Errorf("right at the fifth try: %v", err)
	}
	w.pass(time.Hour)
	code = w.code(t, phone)
	for range 5 {
		_, _ = w.SignIn(t.Context(), phone, wrong(code))
	}
	_, err := w.SignIn(t.Context(), phone, code)
	wantCode(t, err, "code_wrong")
}

// TestTenThousandParallelGuessesGetFiveTries guesses every number from 000000 on at two instances at once, with the right
// one among them; were more than five looked at, it would soon be found.
func TestTenThousandParallelGuessesGetFiveTries(t *testing.T) {
	t.Parallel()
	w := open(t)
	found := 0
	for range 3 {
		code := w.code(t, phone)
		var tries, in atomic.Int32
		guesses := make(chan string)
		var group sync.WaitGroup
		instances := []*account.Directory{w.another(), w.another()}
		for i := range 256 {
			group.Go(func() {
				for guess := range guesses {
					_, err := instances[i%2].SignIn(context.Background(), phone, guess)
					switch {
					case err == nil:
						in.Add(1)
					case fault.CodeOf(err) != "code_wrong":
						t.Error(err)
					}
					tries.Add(1)
				}
			})
		}
		for i := range 10_000 {
			guess := fmt.Sprintf("%06d", i)
			if guess == code {
				continue
			}
			guesses <- guess
		}
		for range 256 { // by now at least 10,000-256 wrong ones were answered
			guesses <- code
		}
		close(guesses)
		group.Wait()
		found += int(in.Load())
		if strings.Count(w.everything(t), `"tries": {"$numberInt":"5"}`) != 1 {
			t.Errorf("counted otherwise than five:\n%s", w.everything(t))
		}
		w.pass(time.Hour)
	}
	if found != 0 {
		t.Errorf("signed in %d times by guessing", found)
	}
}

func TestOneOfManyWhoUseTheRightCodeAtOnceGetsIn(t *testing.T) {
	t.Parallel()
	w := open(t)
	code := w.code(t, phone)
	var in atomic.Int32
	var group sync.WaitGroup
	for range 32 {
		group.Go(func() {
			if _, err := w.SignIn(context.Background(), phone, code); err == nil {
				in.Add(1)
			} else {
				wantCode(t, err, "code_wrong")
			}
		})
	}
	group.Wait()
	if in.Load() != 1 {
		t.Errorf("%d got in, want 1", in.Load())
	}
}

func TestAnAccountMadeByHandDuringTheFirstSignInIsTheOneSignedInto(t *testing.T) {
	t.Parallel()
	w := open(t)
	code := w.code(t, phone)
	var group sync.WaitGroup
	var created, signedIn string
	group.Go(func() {
		if made, err := w.Create(context.Background(), system, account.Account{Name: "甲", Phone: phone}); err == nil {
			created = made.ID
		} else {
			wantCode(t, err, "address_taken")
		}
	})
	group.Go(func() {
		s, err := w.SignIn(context.Background(), phone, code)
		if err != nil {
			t.Error(err)
		}
		signedIn = s.Account.ID
	})
	group.Wait()
	if created != "" && created != signedIn {
		t.Errorf("created %s, signed in as %s", created, signedIn)
	}
}

func TestACodeAndItsAddressAreNotInTheDirectorysStore(t *testing.T) {
	t.Parallel()
	w := open(t)
	code := w.code(t, phone)
	if err := w.SendCode(t.Context(), email, "203.0.113.7"); err != nil {
		t.Fatal(err)
	}
	kept := w.everything(t)
	for _, secret := range []string{code, phone, phone[3:], email, "203.0.113.7", w.arrived(t).Params["code"]} {
		if strings.Contains(kept, secret) {
			t.Errorf("%s is in\n%s", secret, kept)
		}
	}
}

func TestAskingForACodeTellsNobodyWhoIsKnown(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.create(t, account.Account{Name: "甲", Phone: phone})
	for _, to := range []string{phone, "+8613900000000"} {
		if err := w.SendCode(t.Context(), to, "203.0.113.7"); err != nil {
			t.Errorf("%s: %v", to, err)
		}
		err := w.SendCode(t.Context(), to, "203.0.113.7")
		wantCode(t, err, "too_many_codes")
	}
}

func TestACodeIsWrittenInTheLanguageOfThePageElseOfTheAccount(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.create(t, account.Account{Name: "Ann", Email: email, Language: "en"})
	for _, c := range []struct{ page, to, want string }{
		{"", email, "en"}, {"zh-CN", email, "zh-CN"}, {"", phone, "zh-CN"}, {"en", phone, "en"},
	} {
		if err := w.SendCodeIn(t.Context(), c.page, c.to, ""); err != nil {
			t.Fatal(err)
		}
		if got := w.arrived(t); got.Language != c.want {
			t.Errorf("page %q to %s: %s, want %s", c.page, c.to, got.Language, c.want)
		}
		w.pass(time.Hour)
	}
}

// sleepy is a store whose runner looks for notices just before each commit, and finds none.
type sleepy struct {
	store.Store
	woken <-chan struct{}
}

func (s sleepy) Update(ctx context.Context, fn func(store.Tx) error) error {
	return s.Store.Update(ctx, func(tx store.Tx) error {
		err := fn(tx)
		select {
		case <-s.woken:
		default:
		}
		return err
	})
}

func TestACodeGoesOutAtOnceEvenIfTheRunnerLookedTooEarly(t *testing.T) {
	t.Parallel()
	w := open(t)
	d := account.New(sleepy{w.store, w.outbox.Woken()}, w.outbox, w.now)
	if err := d.SendCode(t.Context(), phone, ""); err != nil {
		t.Fatal(err)
	}
	select {
	case <-w.outbox.Woken():
		w.arrived(t)
	default:
		t.Error("nobody was woken after the commit")
	}
}

func TestAnAddressNoSenderReachesIsRefusedBeforeACodeIsMade(t *testing.T) {
	t.Parallel()
	w := open(t)
	mailOnly := account.New(w.store, mailOutbox(w), w.now)
	wantCode(t, mailOnly.SendCode(t.Context(), phone, ""), "address_unreachable")
	if kept := w.everything(t); strings.Contains(kept, "sign_in_codes") {
		t.Errorf("kept %s", kept)
	}
	if err := mailOnly.SendCode(t.Context(), email, ""); err != nil {
		t.Error(err)
	}
}
