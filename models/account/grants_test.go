package account_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

const day = 24 * time.Hour

// roles are the roles that a new session of an account carries.
func (w *town) roles(t testing.TB, of account.Account) (roles []account.Role) {
	t.Helper()
	s, err := w.MakeSession(t.Context(), system, of.ID)
	if err != nil {
		t.Fatal(err)
	}
	actor, err := w.Authenticate(t.Context(), s.Token)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range actor.Grants {
		roles = append(roles, g.Role)
	}
	return roles
}

func (w *town) give(t testing.TB, to account.Account, g account.Grant) account.Grant {
	t.Helper()
	given, err := w.Give(t.Context(), system, to.ID, g)
	if err != nil {
		t.Fatal(err)
	}
	return given
}

// nightly runs the job on grants.
func (w *town) nightly(t testing.TB) {
	t.Helper()
	if err := w.LapseGrants(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// told are the templates of what was sent to an address, in order, since the test last asked.
func (w *town) told(t testing.TB, to string) (templates []string) {
	t.Helper()
	if _, err := w.outbox.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, m := range w.sent {
		if m.To == to {
			templates = append(templates, m.Template)
		}
	}
	w.sent = nil
	return templates
}

// recorded is the audit of the district.
func (w *town) recorded(t testing.TB) (records []audit.Record) {
	t.Helper()
	err := w.store.View(t.Context(), func(tx store.Tx) (err error) {
		records, err = store.All[audit.Record](tx, "audit_records", store.Query{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func paramsOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return fmt.Sprint(f.Params)
	}
	return ""
}

func TestARoleCountsUntilTheInstantItEnds(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "甲"})
	ends := w.now().Add(time.Hour)
	w.give(t, me, account.Grant{Role: account.Manager, Ends: &ends})
	w.pass(time.Hour - time.Millisecond)
	if got := w.roles(t, me); !slices.Equal(got, []account.Role{account.Manager}) {
		t.Errorf("just before the end: %v", got)
	}
	w.pass(time.Millisecond)
	if got := w.roles(t, me); len(got) > 0 {
		t.Errorf("at the end: %v", got)
	}
	w.nightly(t)
	if got, err := w.Get(t.Context(), system, me.ID); err != nil || len(got.Grants) > 0 {
		t.Errorf("after the night: %+v, %v", got.Grants, err)
	}
	_, err := w.Give(t.Context(), system, me.ID, account.Grant{Role: account.Manager, Ends: &ends})
	wantCode(t, err, "grant_ends")
}

// places are the venues of each area.
type places map[string][]string

func (p places) InAreas(_ store.Tx, areas []string) (venues []string, err error) {
	for _, area := range areas {
		venues = append(venues, p[area]...)
	}
	return venues, nil
}

func (p places) Missing(_ store.Tx, venues, areas []string) (string, error) {
	for _, area := range areas {
		if p[area] == nil {
			return area, nil
		}
	}
	return "", nil
}

func TestARoleForAnAreaIsForTheVenuesItHasAtTheMoment(t *testing.T) {
	t.Parallel()
	w := open(t)
	district := places{"east": {"v1"}, "west": {"v9"}}
	w.SetDistrict(district, time.UTC)
	me := w.create(t, account.Account{Name: "甲"})
	w.give(t, me, account.Grant{Role: account.Attendant, Areas: []string{"east"}, Venues: []string{"v5"}})
	s, err := w.MakeSession(t.Context(), system, me.ID)
	if err != nil {
		t.Fatal(err)
	}
	reach := func(want ...string) {
		t.Helper()
		actor, err := w.Authenticate(t.Context(), s.Token)
		if got, all := actor.Scope(account.ViewBoard); err != nil || all || !slices.Equal(got, want) {
			t.Errorf("works at %v, %v, %v, want %v", got, all, err, want)
		}
	}
	reach("v1", "v5")
	district["east"] = []string{"v2", "v3"}
	reach("v2", "v3", "v5")
	district["east"] = []string{} // an area without venues is not the whole district
	reach("v5")
	_, err = w.Give(t.Context(), system, me.ID, account.Grant{Role: account.Attendant, Areas: []string{"north"}})
	wantCode(t, err, "grant_place")
}

func TestARoleLapsesWhenNobodyWorksWithItForAYear(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "甲", Phone: phone})
	w.give(t, me, account.Grant{Role: account.Manager})
	w.pass(300 * day)
	if got := w.roles(t, me); len(got) != 1 {
		t.Fatalf("after 300 days: %v", got)
	}
	w.pass(364 * day)
	w.signIn(t, phone) // as a resident: that is no work
	if got, _ := w.Get(t.Context(), system, me.ID); w.now().Sub(got.Grants[0].LastUsed()) != 364*day {
		t.Errorf("a session without grants counts as work: %v", got.Grants[0].LastUsed())
	}
	w.pass(day)
	if got := w.roles(t, me); len(got) > 0 {
		t.Errorf("a year after it was used: %v", got)
	}
	w.told(t, phone)
	w.nightly(t)
	w.nightly(t)
	if got, _ := w.Get(t.Context(), system, me.ID); len(got.Grants) > 0 {
		t.Errorf("after the night: %+v", got.Grants)
	}
	if got := w.told(t, phone); !slices.Equal(got, []string{notice.RoleLapsed}) {
		t.Errorf("told %v", got)
	}
}

func TestWorkIsNotedAtMostOnceADay(t *testing.T) {
	t.Parallel()
	w := open(t)
	me := w.create(t, account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Manager}}})
	used := func() time.Time {
		w.roles(t, me)
		got, err := w.Get(t.Context(), system, me.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got.Grants[0].UsedAt
	}
	first := used()
	if !first.Equal(w.now()) {
		t.Errorf("used at %v", first)
	}
	w.pass(day - time.Second)
	if again := used(); !again.Equal(first) {
		t.Errorf("written again after less than a day: %v", again)
	}
	w.pass(time.Second)
	if next := used(); !next.Equal(w.now()) {
		t.Errorf("a day later: %v", next)
	}
}

func TestHolderAndAdministratorsAreWarnedAMonthBeforeARoleLapses(t *testing.T) {
	t.Parallel()
	w := open(t)
	boss := w.create(t, account.Account{Name: "主任", Email: "boss@wenguan.example", Grants: []account.Grant{{Role: account.Administrator}}})
	me := w.create(t, account.Account{Name: "甲", Phone: phone, Grants: []account.Grant{{Role: account.Counter}}})
	w.pass(334 * day)
	w.roles(t, boss)
	w.nightly(t)
	if got := w.told(t, phone); len(got) > 0 {
		t.Errorf("31 days before: %v", got)
	}
	w.pass(day)
	w.nightly(t)
	w.nightly(t)
	if _, err := w.outbox.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, to := range []string{phone, boss.Email} {
		want := []string{notice.RoleLapsing, notice.RoleLapsingOf}[i]
		n := 0
		for _, m := range w.sent {
			if m.To == to && m.Template == want && strings.Contains(m.Text, "2027-11-23") && strings.Contains(m.Text, "服务台") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s was told %s %d times: %+v", to, want, n, w.sent)
		}
	}
	w.roles(t, me) // works again: the warning is off, and a new one comes in its time
	w.sent = nil
	w.pass(336 * day)
	w.nightly(t)
	if got := w.told(t, phone); !slices.Equal(got, []string{notice.RoleLapsing}) {
		t.Errorf("the second time: %v", got)
	}
}

func TestOfAdministratorsWhoAllStayAwayTheOneWhoCameLastRemains(t *testing.T) {
	t.Parallel()
	w := open(t)
	boss := []account.Grant{{Role: account.Administrator}}
	early := w.create(t, account.Account{Name: "甲", Grants: boss})
	w.pass(day)
	late := w.create(t, account.Account{Name: "乙", Grants: boss})
	w.pass(1000 * day)
	if got := w.roles(t, early); len(got) > 0 {
		t.Errorf("the one who came earlier still has %v", got)
	}
	w.nightly(t)
	if got, _ := w.Get(t.Context(), system, early.ID); len(got.Grants) > 0 {
		t.Errorf("the one who came earlier keeps %v", got.Grants)
	}
	if got := w.roles(t, late); len(got) != 1 {
		t.Errorf("the last administrator has %v", got)
	}
	list, _, err := w.Staff(t.Context(), system, 10, "")
	if err != nil || len(list) != 1 || !list[0].Grants[0].Lapses.IsZero() {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAnAdministratorWithAnEndIsNotTheLastOne(t *testing.T) {
	t.Parallel()
	w := open(t)
	ends := w.now().Add(day)
	_, err := w.Create(t.Context(), system, account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Administrator, Ends: &ends}}})
	wantCode(t, err, "last_administrator")
	first := w.create(t, account.Account{Name: "乙", Grants: []account.Grant{{Role: account.Administrator}}})
	other := w.create(t, account.Account{Name: "丙"})
	w.give(t, other, account.Grant{Role: account.Administrator, Ends: &ends})
	wantCode(t, w.Take(t.Context(), system, first.ID, first.Grants[0].ID), "last_administrator")
}

func TestNobodyGivesThemselvesARole(t *testing.T) {
	t.Parallel()
	w := open(t)
	boss := w.create(t, account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Administrator}}})
	other := w.create(t, account.Account{Name: "乙", Grants: []account.Grant{{Role: account.Manager}}})
	_, err := w.Give(t.Context(), fresh(boss), boss.ID, account.Grant{Role: account.Auditor})
	wantCode(t, err, "own_roles")
	_, err = w.EnrolmentLink(t.Context(), fresh(boss), boss.ID)
	wantCode(t, err, "own_roles")
	_, err = w.Give(t.Context(), boss.Actor(), other.ID, account.Grant{Role: account.Auditor})
	wantCode(t, err, "step_up_needed")
	wantCode(t, w.Take(t.Context(), boss.Actor(), other.ID, other.Grants[0].ID), "step_up_needed")
	_, err = w.Give(t.Context(), fresh(other), other.ID, account.Grant{Role: account.Administrator})
	wantCode(t, err, "not_permitted")
}

func TestGivingAndTakingARoleIsRecordedAndTold(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.SetDistrict(nil, time.FixedZone("", 8*3600))
	boss := w.create(t, account.Account{Name: "主任", Grants: []account.Grant{{Role: account.Administrator}}})
	me := w.create(t, account.Account{Name: "王小明", Phone: phone, Language: "en"})
	ends := time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)
	given, err := w.Give(t.Context(), fresh(boss), me.ID, account.Grant{Role: account.Manager, Venues: []string{"v1"}, Ends: &ends})
	if err != nil || given.GivenBy != boss.ID || !given.GivenAt.Equal(w.now()) || given.ID == "" {
		t.Fatalf("%+v, %v", given, err)
	}
	if m := w.arrived(t); m.To != phone || !strings.Contains(m.Text, "manager") || !strings.Contains(m.Text, "2026-12-31") {
		t.Errorf("told %+v", m)
	}
	if err := w.Take(t.Context(), fresh(boss), me.ID, given.ID); err != nil {
		t.Fatal(err)
	}
	if m := w.arrived(t); m.Template != notice.RoleTaken {
		t.Errorf("told %+v", m)
	}
	wantCode(t, w.Take(t.Context(), fresh(boss), me.ID, given.ID), "grant_not_found")
	records := w.recorded(t)
	last := records[len(records)-2:]
	if last[0].Action != "grant.given" || last[0].After != last[1].Before || last[1].Action != "grant.taken" || last[1].Actor != boss.ID ||
		last[0].Subject != "account/"+me.ID || !strings.Contains(last[0].After, `"venues":["v1"]`) {
		t.Errorf("recorded %+v", last)
	}
	if strings.Contains(last[0].After+last[1].Before, "王小明") {
		t.Error("the audit has the name")
	}
}

func TestTheStaffAreListedByNameWithoutAnybodyElse(t *testing.T) {
	t.Parallel()
	w := open(t)
	boss := w.create(t, account.Account{Name: "a", Grants: []account.Grant{{Role: account.Administrator}}})
	w.create(t, account.Account{Name: "b"})
	w.create(t, account.Account{Name: "d", Grants: []account.Grant{{Role: account.Officer}}})
	former := w.create(t, account.Account{Name: "e", Grants: []account.Grant{{Role: account.Officer}}})
	w.create(t, account.Account{Name: "c", Grants: []account.Grant{{Role: account.Officer}}})
	if err := w.Take(t.Context(), system, former.ID, former.Grants[0].ID); err != nil {
		t.Fatal(err)
	}
	var names []string
	for after := ""; ; {
		list, next, err := w.Staff(t.Context(), boss.Actor(), 2, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range list {
			names = append(names, one.Account.Name)
		}
		if after = next; next == "" {
			break
		}
	}
	if !slices.Equal(names, []string{"a", "c", "d"}) {
		t.Errorf("listed %v", names)
	}
}

func TestANewMemberOfTheStaffComesWithARoleAndALinkToEnrol(t *testing.T) {
	t.Parallel()
	w := open(t)
	boss := w.create(t, account.Account{Name: "主任", Grants: []account.Grant{{Role: account.Administrator}}})
	resident := w.create(t, account.Account{Name: "李小雷", Phone: phone})
	n := account.NewStaff{Name: "王小明", Email: "wang@wenguan.example", Grant: account.Grant{Role: account.Counter}}
	made, link, err := w.MakeStaff(t.Context(), fresh(boss), n)
	if err != nil || len(made.Grants) != 1 {
		t.Fatalf("%+v, %v", made, err)
	}
	s, err := w.SignInByLink(t.Context(), link)
	if err != nil || s.Account.ID != made.ID || !s.Actor.Enrol || len(s.Actor.Grants) > 0 {
		t.Errorf("the link opens %+v, %v", s.Actor, err)
	}
	_, err = w.SignInByLink(t.Context(), link)
	wantCode(t, err, "link_invalid")
	n.Email, n.Phone = "", phone
	_, _, err = w.MakeStaff(t.Context(), fresh(boss), n)
	wantCode(t, err, "address_taken")
	if !strings.Contains(paramsOf(err), resident.ID) || !strings.Contains(paramsOf(err), "李*雷") {
		t.Errorf("whose it is: %s", paramsOf(err))
	}
	n.Phone = ""
	_, _, err = w.MakeStaff(t.Context(), fresh(boss), n)
	wantCode(t, err, "address_needed")
	_, _, err = w.MakeStaff(t.Context(), boss.Actor(), n)
	wantCode(t, err, "step_up_needed")
	_, err = w.EnrolmentLink(t.Context(), fresh(boss), resident.ID)
	wantCode(t, err, "not_staff")
}
