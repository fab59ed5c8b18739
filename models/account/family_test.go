package account_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/store"
)

func (w *town) erase(t *testing.T, id string) {
	t.Helper()
	err := w.store.Update(t.Context(), func(tx store.Tx) error {
		_, err := w.Erase(tx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// again is the account as one who acts, as it is now.
func (w *town) again(t *testing.T, id string) account.Actor {
	t.Helper()
	a, err := w.Get(t.Context(), system, id)
	if err != nil {
		t.Fatal(err)
	}
	return a.Actor()
}

func TestAFamilyIsAddedCorrectedAndListed(t *testing.T) {
	t.Parallel()
	w := open(t)
	mother := w.create(t, account.Account{Name: "王小明", Phone: phone, Language: "en"})
	child, err := w.AddFamily(t.Context(), mother.Actor(), account.FamilyDraft{Relation: account.Child, Name: " 王小宝 ", BirthYear: 2018})
	if err != nil {
		t.Fatal(err)
	}
	elder, err := w.AddFamily(t.Context(), mother.Actor(), account.FamilyDraft{Relation: account.Elder, Name: "张秀英"})
	if err != nil {
		t.Fatal(err)
	}
	if child.Name != "王小宝" || child.Guardian != mother.ID || child.Group != account.Families || child.Phone+child.Email != "" || child.Language != "en" {
		t.Errorf("the child is %+v", child)
	}
	actor := w.again(t, mother.ID)
	if diff := cmp.Diff([]string{child.ID, elder.ID}, actor.Family); diff != "" {
		t.Error(diff)
	}
	if !actor.Own(child.ID) || !actor.BooksFor(elder.ID) || actor.Own("") || (account.Actor{}).Own("") {
		t.Error("whom the mother acts for is wrong")
	}
	changed, err := w.UpdateFamily(t.Context(), actor, child.ID, account.FamilyDraft{Relation: account.Child, Name: "王宝", BirthYear: 2017})
	if err != nil || changed.Name != "王宝" || changed.BirthYear != 2017 || changed.Relation() != account.Child {
		t.Errorf("changed to %+v, %v", changed, err)
	}
	list, err := w.Family(t.Context(), actor)
	if err != nil || len(list) != 2 || list[0].Name != "王宝" || list[1].Relation() != account.Elder {
		t.Errorf("the family is %+v, %v", list, err)
	}
	w.erase(t, child.ID)
	if got := w.again(t, mother.ID).Family; len(got) != 1 || got[0] != elder.ID {
		t.Errorf("after the child's account was erased: %v", got)
	}
}

func TestWhatIsWrittenDownOfAFamilyMemberIsChecked(t *testing.T) {
	t.Parallel()
	w := open(t) // in 2026
	mother := w.create(t, account.Account{Name: "王小明"})
	for _, c := range []struct {
		draft account.FamilyDraft
		want  string
	}{
		{account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2008}, ""},
		{account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2026}, ""},
		{account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2007}, "birth_year_unlikely"},
		{account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2027}, "birth_year_unlikely"},
		{account.FamilyDraft{Relation: account.Child, Name: "小宝"}, "birth_year_unlikely"},
		{account.FamilyDraft{Relation: account.Elder, Name: "奶奶", BirthYear: 1896}, ""},
		{account.FamilyDraft{Relation: account.Elder, Name: "奶奶", BirthYear: 1895}, "birth_year_unlikely"},
		{account.FamilyDraft{Relation: account.Elder, Name: "奶奶", BirthYear: 2009}, "birth_year_unlikely"},
		{account.FamilyDraft{Relation: account.Elder, Name: "奶*奶"}, "name_unusable"},
		{account.FamilyDraft{Relation: account.Elder, Name: " "}, "name_unusable"},
		{account.FamilyDraft{Relation: "cousin", Name: "表弟"}, "relation_unknown"},
		{account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2008}, "family_known"},
	} {
		_, err := w.AddFamily(t.Context(), w.again(t, mother.ID), c.draft)
		if got := fault.CodeOf(err); got != c.want {
			t.Errorf("%+v: %q, want %q", c.draft, got, c.want)
		}
	}
}

// Not by sending many requests at once either.
func TestAFamilyHasAtMostTenMembers(t *testing.T) {
	t.Parallel()
	w := open(t)
	mother := w.create(t, account.Account{Name: "王小明"})
	var group sync.WaitGroup
	for n := range 30 {
		group.Go(func() {
			_, err := w.AddFamily(t.Context(), mother.Actor(), account.FamilyDraft{Relation: account.Child, Name: fmt.Sprint("宝", n), BirthYear: 2018})
			if err != nil && fault.CodeOf(err) != "family_many" {
				t.Error(err)
			}
		})
	}
	group.Wait()
	list, err := w.Family(t.Context(), w.again(t, mother.ID))
	if err != nil || len(list) != account.MaxFamily {
		t.Errorf("%d family members, %v", len(list), err)
	}
}

func TestAFamilyIsNobodyElses(t *testing.T) {
	t.Parallel()
	w := open(t)
	mother, other := w.create(t, account.Account{Name: "王小明"}), w.create(t, account.Account{Name: "李雷"})
	child, err := w.AddFamily(t.Context(), mother.Actor(), account.FamilyDraft{Relation: account.Child, Name: "小宝", BirthYear: 2018})
	if err != nil {
		t.Fatal(err)
	}
	draft := account.FamilyDraft{Relation: account.Elder, Name: "改名"}
	for name, actor := range map[string]account.Actor{"another": other.Actor(), "administrator": who["administrator"], "the child": child.Actor()} {
		_, err := w.UpdateFamily(t.Context(), actor, child.ID, draft)
		wantCode(t, err, "family_not_found")
		if name == "another" {
			// A request that names the child as its own changes nothing either.
			actor.Family = []string{child.ID}
			_, err = w.UpdateFamily(t.Context(), actor, child.ID, draft)
			wantCode(t, err, "family_not_found")
			if list, err := w.Family(t.Context(), actor); err != nil || len(list) != 0 {
				t.Errorf("another sees %v, %v", list, err)
			}
		}
	}
	for _, whom := range []string{mother.ID, other.ID, "x", ""} {
		_, err := w.UpdateFamily(t.Context(), w.again(t, mother.ID), whom, draft)
		wantCode(t, err, "family_not_found")
	}
	_, err = w.UpdateFamily(t.Context(), account.Actor{}, child.ID, draft)
	wantCode(t, err, "sign_in_needed")
	_, err = w.AddFamily(t.Context(), account.Actor{}, draft)
	wantCode(t, err, "sign_in_needed")
	_, err = w.AddFamily(t.Context(), child.Actor(), draft)
	wantCode(t, err, "not_permitted")
	org := w.create(t, account.Account{Kind: account.Organization, Name: "合唱团"})
	_, err = w.AddFamily(t.Context(), org.Actor(), draft)
	wantCode(t, err, "not_permitted")
}
