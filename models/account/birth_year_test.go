package account_test

import (
	"strings"
	"testing"

	"wenguan/models/account"
	"wenguan/models/store"
)

// An identity number says in which year somebody was born; of the date in it nothing more is kept.
func TestTheYearOfABoundIdentityIsKeptAndNobodyWritesAnother(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "小明", Phone: phone})
	said, err := w.UpdateProfile(t.Context(), who.Actor(), account.Profile{BirthYear: ptr(int32(1985))})
	if year, attested := said.Born(); err != nil || year != 1985 || attested {
		t.Fatalf("what somebody says themselves: %d, attested %v, %v", year, attested, err)
	}
	bound, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: numberA})
	if year, attested := bound.Born(); err != nil || year != 1990 || !attested || bound.BirthYear != 0 {
		t.Fatalf("bound: %d, attested %v, said %d, %v", year, attested, bound.BirthYear, err)
	}
	if kept := w.everything(t); strings.Contains(kept, "199003") || strings.Contains(kept, "0307") {
		t.Error("the store has more of the date than its year")
	}
	for _, year := range []int32{0, 1985} {
		_, err = w.UpdateProfile(t.Context(), bound.Actor(), account.Profile{BirthYear: &year})
		wantCode(t, err, "birth_year_bound")
		_, err = w.SetBirthYear(t.Context(), system, "library", bound.ID, year)
		wantCode(t, err, "birth_year_bound")
	}
	if _, err = w.UpdateProfile(t.Context(), bound.Actor(), account.Profile{BirthYear: ptr(int32(1990))}); err != nil {
		t.Errorf("the same year: %v", err)
	}
	if err := w.UnbindIdentity(t.Context(), system, "library", bound.ID); err != nil {
		t.Fatal(err)
	}
	left, err := w.Get(t.Context(), system, bound.ID)
	if year, _ := left.Born(); err != nil || year != 0 {
		t.Errorf("unbound, the year is still %d, %v", year, err)
	}
}

func TestAYearThatSomebodySaysIsLikelyAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "小明", Phone: phone})
	for _, year := range []int32{-1, 1, 1895, 2027} {
		_, err := w.UpdateProfile(t.Context(), who.Actor(), account.Profile{BirthYear: &year})
		wantCode(t, err, "birth_year_unlikely")
	}
	for _, year := range []int32{1896, 2026, 0} {
		said, err := w.UpdateProfile(t.Context(), who.Actor(), account.Profile{BirthYear: &year})
		if got, _ := said.Born(); err != nil || got != year {
			t.Errorf("%d is kept as %d, %v", year, got, err)
		}
	}
}

func TestStaffWriteDownTheYearOfWhomTheyServe(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "王秀英", Phone: phone})
	child, err := w.AddFamily(t.Context(), who.Actor(), account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2018})
	if err != nil {
		t.Fatal(err)
	}
	society := w.create(t, account.Account{Kind: account.Organization, Name: "书画社"})
	_, err = w.SetBirthYear(t.Context(), who.Actor(), "library", who.ID, 1948)
	wantCode(t, err, "not_permitted")
	told, err := w.SetBirthYear(t.Context(), system, "library", who.ID, 1948)
	if year, attested := told.Born(); err != nil || year != 1948 || attested {
		t.Errorf("%d, attested %v, %v", year, attested, err)
	}
	_, err = w.SetBirthYear(t.Context(), system, "library", child.ID, 1990)
	wantCode(t, err, "birth_year_unlikely") // a child stays one
	if _, err = w.SetBirthYear(t.Context(), system, "library", child.ID, 2017); err != nil {
		t.Error(err)
	}
	for _, id := range []string{society.ID, "nobody"} {
		_, err = w.SetBirthYear(t.Context(), system, "library", id, 1948)
		wantCode(t, err, "person_not_found")
	}
}

// Who bound a real name before years were kept gives the same number once more.
func TestTheSameNumberAddsTheYearToAnOlderBinding(t *testing.T) {
	t.Parallel()
	w := open(t)
	who := w.create(t, account.Account{Name: "小明", Phone: phone})
	bound, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: numberA})
	if err != nil {
		t.Fatal(err)
	}
	bound.Identity.BirthYear = 0
	if err := w.store.Update(t.Context(), func(tx store.Tx) error { return tx.Replace("accounts", bound) }); err != nil {
		t.Fatal(err)
	}
	_, err = w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: numberB})
	wantCode(t, err, "identity_bound")
	again, err := w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "张三", Number: numberA})
	if year, attested := again.Born(); err != nil || year != 1990 || !attested || again.Name != "王小明" {
		t.Errorf("%d, attested %v, called %s, %v", year, attested, again.Name, err)
	}
	_, err = w.BindIdentity(t.Context(), who.Actor(), account.RealName{Name: "王小明", Number: numberA})
	wantCode(t, err, "identity_bound")
}
