package account_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// Numbers of nobody: no region has the code 000000. Check characters by hand: GB 11643-1999, MOD 11-2.
const (
	numberA = "00000019900307009X"
	numberB = "000000201201150023"
)

// The example of the standard (11010519491231002X) and made-up ones; the check character was computed on paper.
func TestAnIdentityNumberIsReadAsTheStandardSays(t *testing.T) {
	t.Parallel()
	w := open(t)
	for typed, want := range map[string]string{
		"11010519491231002X": "", "11010519491231002x": "", " 1101 0519 4912 3100-2X ": "", "１１０１０５１９４９１２３１００２Ｘ": "", // the same
		"440524188001010014": "identity_number", // the other example of the standard: born in 1880
		"110105194912310021": "identity_number", // another check character
		"110105194912300021": "identity_number",
		"11010519491331002X": "identity_number", // no thirteenth month
		"110105490230002":    "identity_number", // of the first generation
		"":                   "identity_number",
		"X1010519491231002X": "identity_number",
		"{\"$ne\":null}":     "identity_number",
	} {
		who := w.create(t, account.Account{Name: "甲"})
		_, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: typed})
		if got := fault.CodeOf(err); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
		if err == nil {
			if err := w.UnbindIdentity(t.Context(), system, "library", who.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEveryCheckCharacterMakesTheSumOneModuloEleven(t *testing.T) {
	t.Parallel()
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} // as the standard prints them
	for _, digits := range []string{numberA[:17], numberB[:17], "11010519491231002", "44052418800101001", "99999999999999999", "00000000000000000"} {
		sum := 0
		for i, w := range weights {
			sum += w * int(digits[i]-'0')
		}
		check := int(account.IdentityCheckCharacter(digits) - '0')
		if account.IdentityCheckCharacter(digits) == 'X' {
			check = 10
		}
		if (sum+check)%11 != 1 {
			t.Errorf("%s%c: the sum is %d", digits, account.IdentityCheckCharacter(digits), (sum+check)%11)
		}
	}
}

func TestOfAnIdentityOnlyAHashAndTheEndAreKept(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "小明", Phone: phone})
	bound, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: " 王小明 ", Number: numberA})
	if err != nil {
		t.Fatal(err)
	}
	if bound.Name != "王小明" || bound.Identity == nil || bound.Identity.Last4 != "009X" || bound.Identity.By != account.ByCode {
		t.Errorf("bound as %+v, %+v", bound, bound.Identity)
	}
	kept := w.everything(t)
	for _, trace := range []string{numberA, numberA[:14], "19900307"} {
		if strings.Contains(kept, trace) {
			t.Errorf("the store has %s", trace)
		}
	}
	_, err = w.UpdateProfile(t.Context(), bound.Actor(), account.Profile{Name: ptr("李四")})
	wantCode(t, err, "name_bound")
	if _, err = w.UpdateProfile(t.Context(), bound.Actor(), account.Profile{Name: ptr("王小明"), Language: ptr("en")}); err != nil {
		t.Errorf("the same name: %v", err)
	}
	_, err = w.BindIdentity(t.Context(), bound.Actor(), account.RealName{Name: "王小明", Number: numberB})
	wantCode(t, err, "identity_bound")
}

// However many try at the same moment, one has it; the others are not told who.
func TestOneIdentityIsBoundToOneAccount(t *testing.T) {
	t.Parallel()
	w := open(t)
	var people []account.Account
	for range 12 {
		people = append(people, w.create(t, account.Account{Name: "甲"}))
	}
	errs := make([]error, len(people))
	var group sync.WaitGroup
	for i, who := range people {
		group.Go(func() {
			_, errs[i] = w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: numberA})
		})
	}
	group.Wait()
	var winner account.Account
	for i, err := range errs {
		if err == nil {
			if winner.ID != "" {
				t.Fatal("two accounts have one identity")
			}
			winner = people[i]
			continue
		}
		wantCode(t, err, "identity_taken")
		for _, who := range people {
			if strings.Contains(err.Error(), who.ID) {
				t.Errorf("the refusal names an account: %v", err)
			}
		}
	}
	if winner.ID == "" {
		t.Fatal("nobody has it")
	}
	// Once it is given up, or its account erased, somebody else can have it.
	if err := w.UnbindIdentity(t.Context(), who["resident"], "library", winner.ID); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a resident unbinds somebody: %v", err)
	}
	next := w.create(t, account.Account{Name: "乙"})
	_, err := w.BindIdentity(t.Context(), next.Actor(), account.RealName{Name: "王小明", Number: numberA})
	wantCode(t, err, "identity_taken")
	if err := w.UnbindIdentity(t.Context(), who["administrator"], "library", winner.ID); err != nil {
		t.Fatal(err)
	}
	if _, err = w.BindIdentity(t.Context(), next.Actor(), account.RealName{Name: "王小明", Number: numberA}); err != nil {
		t.Fatal(err)
	}
	w.erase(t, next.ID)
	last := w.create(t, account.Account{Name: "丙"})
	if _, err = w.BindIdentity(t.Context(), last.Actor(), account.RealName{Name: "王小明", Number: numberA}); err != nil {
		t.Errorf("after the account was erased: %v", err)
	}
}

// A clerk of the staff who could unbind their own would be whoever they like the next day.
func TestStaffUnbindNobodysRealNameUnseenAndNotTheirOwn(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "甲"})
	clerk := w.create(t, account.Account{Name: "乙"}).Actor()
	clerk.Grants, clerk.Means = []account.Grant{{Role: account.Counter, Venues: []string{"library"}}}, account.ByPassword
	bind := func(actor account.Actor, number string) {
		t.Helper()
		if _, err := w.BindIdentity(t.Context(), actor, account.RealName{Name: "王小明", Number: number}); err != nil {
			t.Fatal(err)
		}
	}
	bind(who.Actor(), numberA)
	bind(clerk, numberB)
	wantCode(t, w.UnbindIdentity(t.Context(), clerk, "library", clerk.ID), "not_permitted")
	if err := w.UnbindIdentity(t.Context(), clerk, "library", who.ID); err != nil {
		t.Fatal(err)
	}
	var looks []audit.Look
	err := w.store.View(t.Context(), func(tx store.Tx) (err error) {
		looks, _, err = audit.LooksAt(tx, who.ID, 10, "")
		return err
	})
	if err != nil || len(looks) != 1 || looks[0].Who != clerk.ID || looks[0].What != "unbinding" {
		t.Errorf("the person sees %+v, %v", looks, err)
	}
}

// Otherwise somebody could ask for thousands of numbers whether they are known here.
func TestAnIdentityIsTriedFiveTimesADay(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "甲"})
	try := func(number string) error {
		_, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: number})
		return err
	}
	for range 5 {
		wantCode(t, try("1"), "identity_number")
	}
	err := try(numberA)
	wantCode(t, err, "too_many_identities")
	if fault.KindOf(err) != fault.TooMany {
		t.Errorf("kind %s", fault.KindOf(err))
	}
	w.pass(24*time.Hour + time.Millisecond)
	if err := try(numberA); err != nil {
		t.Errorf("a day later: %v", err)
	}
}

func ptr[T any](v T) *T { return &v }

func TestTheAccountOfANumberIsFoundByWhoeverIsAllowedToAsk(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "甲"})
	if _, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: numberA}); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		numberA: "", "000000 19900307 009x": "", numberB: "account_not_found", numberA[:17] + "1": "identity_number", "": "identity_number",
	} {
		err := w.store.View(t.Context(), func(tx store.Tx) error {
			got, err := w.ByIdentity(tx, typed)
			if err == nil && got.ID != who.ID {
				t.Errorf("%q is of %s", typed, got.ID)
			}
			return err
		})
		if got := fault.CodeOf(err); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
