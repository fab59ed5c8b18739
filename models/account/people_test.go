package account_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/store"
)

// clerk serves at the counter of one venue.
var clerk = account.Actor{
	ID: "clerk", Means: account.ByPassword, Staff: true, Request: "req1",
	Grants: []account.Grant{{Role: account.Counter, Venues: []string{"room"}}},
}

// make makes a person at the counter.
func (w *town) make(t testing.TB, draft account.PersonDraft) account.Account {
	t.Helper()
	made, err := w.MakePerson(t.Context(), clerk, "room", draft)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// names searches and returns what was found, in a line each.
func (w *town) names(t testing.TB, typed string) []string {
	t.Helper()
	found, _, err := w.Find(t.Context(), clerk, "room", typed)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, f := range found {
		lines = append(lines, fmt.Sprint(f.Name, " ", f.Last4, " ", f.BirthYear, f.Guardian))
	}
	return lines
}

func TestPeopleAreFoundByNameByNumberAndByTheEndOfIt(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.make(t, account.PersonDraft{Name: "王秀英", Phone: "13800005678", BirthYear: 1948})
	w.make(t, account.PersonDraft{Name: "王小明", Phone: "139 0000 1234"})
	w.make(t, account.PersonDraft{Name: "李秀英", Phone: "13700005678"})
	w.pass(time.Millisecond) // of the same name, the earlier one first
	w.make(t, account.PersonDraft{Name: "王秀英", BirthYear: 1951})
	w.make(t, account.PersonDraft{Name: "John  Smith"})
	w.signIn(t, "13600009999") // has no name yet
	for typed, want := range map[string][]string{
		"王":             {"王*明 1234 0", "王*英 5678 1948", "王*英  1951"},
		"王秀英":           {"王*英 5678 1948", "王*英  1951"},
		"5678":          {"李*英 5678 0", "王*英 5678 1948"},
		"王 5678":        {"王*英 5678 1948"},
		"9999":          {"*9999 9999 0"},
		"13800005678":   {"王*英 5678 1948"},
		"１３８ ００００ ５６７８": {"王*英 5678 1948"},
		"john s":        {"J*** S***  0"},
		"ＪＯＨＮ":          {"J*** S***  0"},
		"秀英":            {},
		"567":           {},
		"1380000":       {},
		"  ":            {},
		"*":             {},
		`{"$ne":""}`:    {},
	} {
		if diff := cmp.Diff(want, w.names(t, typed)); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
}

func TestASearchShowsTwentyAndSaysThatThereAreMore(t *testing.T) {
	t.Parallel()
	w := open(t)
	for n := range 21 {
		w.make(t, account.PersonDraft{Name: fmt.Sprintf("王%02d", n)})
	}
	found, more, err := w.Find(t.Context(), clerk, "room", "王")
	if err != nil || len(found) != 20 || !more {
		t.Errorf("%d found, more %t, %v", len(found), more, err)
	}
	if found, more, _ = w.Find(t.Context(), clerk, "room", "王0"); len(found) != 10 || more {
		t.Errorf("%d found, more %t", len(found), more)
	}
}

func TestTheNumberOfAGuardianFindsTheFamilyToo(t *testing.T) {
	t.Parallel()
	w := open(t)
	guardian := w.make(t, account.PersonDraft{Name: "王小明", Phone: "13800005678"})
	w.create(t, account.Account{Name: "王奶奶", BirthYear: 1945, Guardian: guardian.ID})
	if diff := cmp.Diff([]string{"王*明 5678 0", "王*奶  1945王*明"}, w.names(t, "13800005678")); diff != "" {
		t.Error(diff)
	}
}

func TestWhoWasErasedIsNeverFound(t *testing.T) {
	t.Parallel()
	w := open(t)
	made := w.make(t, account.PersonDraft{Name: "王秀英", Phone: "13800005678"})
	erased := w.at
	made.ErasedAt = &erased
	if err := w.store.Update(t.Context(), func(tx store.Tx) error { return tx.Replace("accounts", made) }); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"王", "5678", "13800005678"} {
		if got := w.names(t, typed); len(got) != 0 {
			t.Errorf("%s found %v", typed, got)
		}
	}
	_, err := w.Person(t.Context(), clerk, made.ID, account.LookRequest{Venue: "room", Why: "counter"})
	wantCode(t, err, "person_not_found")
}

func TestALookIsKeptForThePersonAndCountsAsUse(t *testing.T) {
	t.Parallel()
	w := open(t)
	made := w.make(t, account.PersonDraft{Name: "王秀英", Phone: "13800005678", BirthYear: 1948, Note: " 住3栋 "})
	w.pass(48 * time.Hour)
	got, err := w.Person(t.Context(), clerk, made.ID, account.LookRequest{Venue: "room", Why: "counter"})
	if err != nil {
		t.Fatal(err)
	}
	made.SeenAt = w.at
	if diff := cmp.Diff(made, got); diff != "" || got.Note != "住3栋" {
		t.Error(got.Note, diff)
	}
	var looks []audit.Look
	err = w.store.View(t.Context(), func(tx store.Tx) (err error) {
		looks, _, err = audit.LooksAt(tx, made.ID, 10, "")
		return err
	})
	if err != nil || len(looks) != 1 {
		t.Fatalf("%v, %v", looks, err)
	}
	want := audit.Look{ID: looks[0].ID, Whose: made.ID, Who: "clerk", Why: "counter", What: "person", Venue: "room", At: w.at, Request: "req1"}
	if diff := cmp.Diff(want, looks[0]); diff != "" {
		t.Error(diff)
	}
	_, err = w.Person(t.Context(), clerk, made.ID, account.LookRequest{Venue: "room", Why: "curiosity"})
	wantCode(t, err, "why_unknown")
}

func TestANumberThatSomebodyHasNamesThemMasked(t *testing.T) {
	t.Parallel()
	w := open(t)
	made := w.make(t, account.PersonDraft{Name: "王秀英", Phone: "13800005678", BirthYear: 1948})
	_, err := w.MakePerson(t.Context(), clerk, "room", account.PersonDraft{Name: "别人", Phone: "+86 138 0000 5678"})
	wantCode(t, err, "person_exists")
	want := fault.Params{"id": made.ID, "name": "王*英", "last4": "5678", "birth_year": int32(1948), "kind": account.Person}
	if f, ok := errors.AsType[*fault.Error](err); !ok || cmp.Diff(want, f.Params) != "" {
		t.Error(cmp.Diff(want, f.Params))
	}
}

func TestARequestThatComesTwiceMakesOnePerson(t *testing.T) {
	t.Parallel()
	w := open(t)
	first := w.make(t, account.PersonDraft{Name: "王秀英", Key: "k1"})
	again := w.make(t, account.PersonDraft{Name: "王秀英", Key: "k1"})
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	w.make(t, account.PersonDraft{Name: "王秀英", Key: "k2"}) // a namesake
	if got := w.names(t, "王秀英"); len(got) != 2 {
		t.Errorf("there are %v", got)
	}
}

func TestWhatCannotBeAPersonIsRefusedWithItsField(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		code  string
		draft account.PersonDraft
	}{
		{"name_unusable", account.PersonDraft{Name: " "}},
		{"name_unusable", account.PersonDraft{Name: "王*明"}},
		{"address_unreadable", account.PersonDraft{Name: "王秀英", Phone: "12345"}},
		{"address_unreadable", account.PersonDraft{Name: "王秀英", Phone: "a@example.cn"}},
		{"birth_year_unlikely", account.PersonDraft{Name: "王秀英", BirthYear: 1848}},
		{"birth_year_unlikely", account.PersonDraft{Name: "王秀英", BirthYear: 2027}},
		{"group_unknown", account.PersonDraft{Name: "王秀英", Group: "kings"}},
		{"text_too_long", account.PersonDraft{Name: "王秀英", Note: string(make([]rune, 101)) + "x"}},
	} {
		_, err := w.MakePerson(t.Context(), clerk, "room", c.draft)
		wantCode(t, err, c.code)
	}
	if got := w.names(t, "王"); len(got) != 0 {
		t.Errorf("somebody was made all the same: %v", got)
	}
}

func TestOnlyTheCounterOfAVenueFindsAndMakesPeopleThere(t *testing.T) {
	t.Parallel()
	w := open(t)
	made := w.make(t, account.PersonDraft{Name: "王秀英"})
	attendant := clerk
	attendant.Grants = []account.Grant{{Role: account.Attendant}}
	for name, c := range map[string]struct {
		actor account.Actor
		venue string
		code  string
	}{
		"of another venue": {clerk, "hotel", "not_permitted"},
		"an attendant":     {attendant, "room", "not_permitted"},
		"the person":       {made.Actor(), "room", "not_permitted"},
		"nobody":           {account.Actor{}, "room", "sign_in_needed"},
	} {
		_, _, err := w.Find(t.Context(), c.actor, c.venue, "王")
		wantCode(t, err, c.code)
		_, err = w.Person(t.Context(), c.actor, made.ID, account.LookRequest{Venue: c.venue, Why: "counter"})
		wantCode(t, err, c.code)
		if _, err = w.MakePerson(t.Context(), c.actor, c.venue, account.PersonDraft{Name: "某人"}); fault.CodeOf(err) != c.code {
			t.Errorf("%s made a person: %v", name, err)
		}
	}
}

func TestAccountsFromBeforeThereWereSearchesAreFoundOnceTheStoreIsTidied(t *testing.T) {
	t.Parallel()
	w := open(t)
	err := w.store.Update(t.Context(), func(tx store.Tx) error {
		for n := range 600 { // more than a page
			old := bson.D{{Key: "_id", Value: fmt.Sprintf("old%03d", n)}, {Key: "kind", Value: "person"}, {Key: "name", Value: "王秀英"},
				{Key: "phone", Value: fmt.Sprintf("+8613800%06d", n)}, {Key: "created_at", Value: w.at}}
			if err := tx.Insert("accounts", old); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.names(t, "0599"); len(got) != 0 {
		t.Fatalf("found before: %v", got)
	}
	for range 2 {
		if _, err := w.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"王*英 0599 0"}, w.names(t, "王秀英 0599")); diff != "" {
		t.Error(diff)
	}
}

func TestASearchIsInTheAuditOnceAMinuteHoweverManyLettersAreTyped(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.make(t, account.PersonDraft{Name: "王秀英"})
	before := w.searches(t)
	for _, typed := range []string{"王", "王秀", "王秀英"} {
		w.names(t, typed)
	}
	if n := w.searches(t) - before; n != 1 {
		t.Errorf("three letters leave %d records", n)
	}
	w.names(t, "1234") // by something else
	w.pass(time.Minute)
	w.names(t, "王")
	if n := w.searches(t) - before; n != 3 {
		t.Errorf("three searches leave %d records", n)
	}
	other := clerk
	other.ID = "another clerk"
	if _, _, err := w.Find(t.Context(), other, "room", "王"); err != nil {
		t.Fatal(err)
	}
	if n := w.searches(t) - before; n != 4 {
		t.Errorf("the search of somebody else is not recorded: %d", n)
	}
}

// searches is how many searches the audit has.
func (w *town) searches(t testing.TB) int {
	t.Helper()
	list, _, err := audit.New(w.store).Find(t.Context(), anyAuditor{}, audit.Query{Action: "person.searched", Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

type anyAuditor struct{}

func (anyAuditor) Audits(string) error { return nil }

func TestALookAtAChildIsShownToWhoBooksForIt(t *testing.T) {
	t.Parallel()
	w := open(t)
	guardian := w.make(t, account.PersonDraft{Name: "王秀英"})
	child, err := w.AddFamily(t.Context(), guardian.Actor(), account.FamilyDraft{Relation: account.Child, Name: "王小宝", BirthYear: 2019})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a page that is loaded again is the same look
		if _, err := w.Person(t.Context(), clerk, child.ID, account.LookRequest{Venue: "room", Why: "counter"}); err != nil {
			t.Fatal(err)
		}
	}
	var looks []audit.Look
	err = w.store.View(t.Context(), func(tx store.Tx) error {
		looks, _, err = audit.LooksAt(tx, guardian.ID, 10, "")
		return err
	})
	if err != nil || len(looks) != 1 || looks[0].Venue != "room" || looks[0].Who != clerk.ID {
		t.Errorf("the guardian sees %+v, %v", looks, err)
	}
}
