package organization_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/organization"
)

func TestARegistrationGoesFromDraftToVerifiedAndRunsOut(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	o, err := w.Found(t.Context(), owner, form("  青花  合唱团 ", ""))
	if err != nil || o.Name != "青花 合唱团" || o.State != organization.Draft || w.account(o.ID).Kind != account.Organization {
		t.Fatal(o, err)
	}
	owner = w.again(owner)
	if !owner.ActsFor(o.ID, account.Owner) {
		t.Error("who registers is not the owner")
	}
	_, err = w.Submit(t.Context(), owner, o.ID)
	wantCode(t, err, "code_needed")
	if o, err = w.Save(t.Context(), owner, o.ID, o.Revision, form("青花合唱团", " 5136 1130 000000001"+code(1)[17:])); err != nil || o.Code != code(1) {
		t.Fatal(o.Code, err)
	}
	_, err = w.Submit(t.Context(), owner, o.ID)
	wantCode(t, err, "document_needed")
	if _, err := w.AddDocument(t.Context(), owner, o.ID, "证书.pdf", pdfWith(""), ""); err != nil {
		t.Fatal(err)
	}
	if o, err = w.Submit(t.Context(), owner, o.ID); err != nil || o.State != organization.Submitted {
		t.Fatal(o.State, err)
	}
	_, err = w.Submit(t.Context(), owner, o.ID)
	wantCode(t, err, "already_submitted")
	if o, err = w.Decide(t.Context(), officer, o.ID, organization.Decision{Revision: o.Revision, Verdict: organization.Verify}); err != nil {
		t.Fatal(err)
	}
	last := w.LastDay(o.Until)
	if last != civil.NewDate(2027, 11, 24) || !w.account(o.ID).Verified(w.now()) || o.DecidedBy != officer.ID {
		t.Errorf("verified until %s by %s", last, o.DecidedBy)
	}
	w.runsOut(owner, o)
}

// runsOut lets a verification end: warned once, thirty days before, then over at midnight, job or no job.
func (w *world) runsOut(owner account.Actor, o organization.Organization) {
	w.t.Helper()
	sweep := func(want int) {
		w.t.Helper()
		if n, err := w.Sweep(w.t.Context()); err != nil || n != want {
			w.t.Errorf("swept %d, %v; want %d", n, err, want)
		}
	}
	sweep(0)
	_, err := w.Submit(w.t.Context(), owner, o.ID)
	wantCode(w.t, err, "renewal_early")
	w.pass(o.Until.Add(-30 * 24 * time.Hour).Sub(w.now()))
	sweep(0)
	w.pass(time.Minute)
	sweep(1)
	sweep(0)
	w.pass(o.Until.Sub(w.now()) - time.Millisecond)
	if !w.account(o.ID).Verified(w.now()) {
		w.t.Error("it ends before its time")
	}
	w.pass(time.Millisecond)
	if w.account(o.ID).Verified(w.now()) || w.get(owner, o.ID).State != organization.Expired {
		w.t.Error("it does not end until the job has run")
	}
	sweep(1)
	sweep(0)
	if w.account(o.ID).VerifiedUntil != nil {
		w.t.Error("the account still says until when")
	}
	want := []string{notice.OrganizationExpired, notice.OrganizationExpiring, notice.OrganizationVerified}
	if diff := cmp.Diff(want, w.told(owner)); diff != "" {
		w.t.Errorf("the owner was told (-want +got):\n%s", diff)
	}
	renewed, err := w.Submit(w.t.Context(), owner, o.ID)
	if err != nil || renewed.State != organization.Submitted {
		w.t.Error(renewed.State, err)
	}
}

func TestARefusalSaysWhyAndCanBeMended(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	o := w.submitted(owner, "青花合唱团", code(1))
	decide := func(d organization.Decision) error {
		d.Revision = o.Revision
		_, err := w.Decide(t.Context(), officer, o.ID, d)
		return err
	}
	wantCode(t, decide(organization.Decision{Verdict: organization.Refuse, Reason: " \n "}), "reason_needed")
	wantCode(t, decide(organization.Decision{Verdict: organization.Submit, Reason: "x"}), "verdict_unknown")
	wantCode(t, decide(organization.Decision{Verdict: organization.Withdraw, Reason: "x"}), "not_verified")
	wantCode(t, decide(organization.Decision{Verdict: organization.Verify, Until: civil.NewDate(2026, 11, 24)}), "until_range")
	wantCode(t, decide(organization.Decision{Verdict: organization.Verify, Until: civil.NewDate(2029, 11, 25)}), "until_range")
	wantCode(t, decide(organization.Decision{Verdict: organization.Refuse, Reason: strings.Repeat("长", 301)}), "text_long")
	if err := decide(organization.Decision{Verdict: organization.Refuse, Reason: "证书看不清"}); err != nil {
		t.Fatal(err)
	}
	if o = w.get(owner, o.ID); o.State != organization.Refused || o.Reason != "证书看不清" || w.account(o.ID).Verified(w.now()) {
		t.Errorf("%s, %q", o.State, o.Reason)
	}
	if diff := cmp.Diff([]string{notice.OrganizationRefused}, w.told(owner)); diff != "" {
		t.Error(diff)
	}
	if o, err := w.Submit(t.Context(), owner, o.ID); err != nil || o.Reason != "" || o.State != organization.Submitted {
		t.Error(o, err)
	}
}

func TestAChangeOfWhatWasVerifiedIsVerifiedAgainAndTheOldStaysInForce(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	o := w.verified(owner, "青花合唱团", code(1))
	harmless := o.Form
	harmless.Phone = "13800001111"
	o, err := w.Save(t.Context(), owner, o.ID, o.Revision, harmless)
	if err != nil || o.State != organization.Verified {
		t.Fatal("another telephone number needs no verification:", o.State, err)
	}
	stale := o.Revision
	o, err = w.Save(t.Context(), owner, o.ID, o.Revision, form("市文化局", code(2)))
	if err != nil || o.State != organization.Submitted || !o.VerifiedAt(w.now()) || o.ShownName() != "青花合唱团" || w.account(o.ID).Name != "青花合唱团" {
		t.Fatalf("%+v, %v: nobody may book under a name that was not verified", o, err)
	}
	_, err = w.Decide(t.Context(), officer, o.ID, organization.Decision{Revision: stale, Verdict: organization.Verify})
	wantCode(t, err, "revision_changed") // staff decide about what they saw
	if o, err = w.Decide(t.Context(), officer, o.ID, organization.Decision{Revision: o.Revision, Verdict: organization.Refuse, Reason: "证书上不是这个名字"}); err != nil {
		t.Fatal(err)
	}
	if !w.account(o.ID).Verified(w.now()) || w.account(o.ID).Name != "青花合唱团" {
		t.Error("refusing a change ends the verification of what was verified")
	}
	if o, err = w.Submit(t.Context(), owner, o.ID); err != nil {
		t.Fatal(err)
	}
	if o, err = w.Decide(t.Context(), officer, o.ID, organization.Decision{Revision: o.Revision, Verdict: organization.Verify}); err != nil || w.account(o.ID).Name != "市文化局" {
		t.Error("the verified name is not shown:", err)
	}
	if o, err = w.Decide(t.Context(), officer, o.ID, organization.Decision{Revision: o.Revision, Verdict: organization.Withdraw, Reason: "冒用"}); err != nil {
		t.Fatal(err)
	}
	if o.State != organization.Refused || w.account(o.ID).Verified(w.now()) {
		t.Error("a withdrawn verification still counts")
	}
}

func TestACodeIsOfOneLiveRegistrationAtATime(t *testing.T) {
	t.Parallel()
	w := open(t)
	first, second := w.person("王小明"), w.person("李雷")
	draft := w.founded(first, "青花合唱团", code(1))
	held := w.submitted(second, "青花合唱团", code(1)) // a draft keeps nobody out
	_, err := w.Submit(t.Context(), first, draft.ID)
	wantCode(t, err, "code_taken")
	if held, err = w.Decide(t.Context(), w.officer(), held.ID, organization.Decision{Revision: held.Revision, Verdict: organization.Verify}); err != nil {
		t.Fatal(err)
	}
	_, err = w.Submit(t.Context(), first, draft.ID)
	wantCode(t, err, "code_taken")
	w.pass(held.Until.Sub(w.now())) // no job has run
	if _, err := w.Submit(t.Context(), first, draft.ID); err != nil {
		t.Fatal("a code is kept by a verification that is over:", err)
	}
	if w.get(second, held.ID).State != organization.Expired {
		t.Error("the other has not expired")
	}
	_, err = w.Submit(t.Context(), second, held.ID)
	wantCode(t, err, "code_taken")
	if err := w.Close(t.Context(), first, draft.ID); err != nil {
		t.Fatal(err)
	}
	if _, err = w.Submit(t.Context(), second, held.ID); err != nil {
		t.Error("a closed registration keeps its code:", err)
	}
}

func TestOfTwoWhoSubmitTheSameCodeAtOnceOneWins(t *testing.T) {
	t.Parallel()
	w := open(t)
	var drafts []organization.Organization
	var owners []account.Actor
	for range 8 {
		owners = append(owners, w.person("王小明"))
		drafts = append(drafts, w.founded(owners[len(owners)-1], "青花合唱团", code(1)))
	}
	won := race(len(drafts), func(i int) error {
		_, err := w.Submit(t.Context(), owners[i], drafts[i].ID)
		return err
	})
	if won["code_taken"] != 7 || won[""] != 1 {
		t.Errorf("outcomes %v", won)
	}
}

// race does n things at the same moment and counts how they ended, by code.
func race(n int, do func(i int) error) map[string]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	outcomes := map[string]int{}
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			code := fault.CodeOf(do(i))
			mu.Lock()
			defer mu.Unlock()
			outcomes[code]++
		})
	}
	close(start)
	all.Wait()
	return outcomes
}

func TestTheFormSaysEverythingThatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, err := w.Found(t.Context(), w.person("王小明"), organization.Form{
		Facts:   organization.Facts{Name: "王*明", Code: "123", Kind: "club"},
		Contact: "  ", Phone: "call me", Email: "not an address", Address: strings.Repeat("长", 201), About: "a\u202eb",
	})
	list, ok := errors.AsType[fault.List](err)
	if !ok {
		t.Fatalf("%v is not everything at once", err)
	}
	var got []string
	for _, f := range list {
		got = append(got, f.Field+" "+f.Code)
	}
	want := []string{
		"name name_unusable", "kind kind_unknown", "code code_length", "address text_long", "about text_long", "contact contact_needed",
		"phone phone_unreadable", "email email_unreadable",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNobodyDecidesWithoutTheRoleOrAboutTheirOwn(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.submitted(owner, "青花合唱团", code(1))
	own := w.officer()
	mine := w.submitted(own, "泥火陶艺社", code(2))
	for _, c := range []struct {
		name string
		who  account.Actor
		id   string
		want string
	}{
		{"its owner", w.again(owner), o.ID, "not_permitted"},
		{"staff of one venue", w.person("何", account.Grant{Role: account.Manager, Venues: []string{"room"}}), o.ID, "not_permitted"},
		{"an attendant", w.person("何", account.Grant{Role: account.Attendant}), o.ID, "not_permitted"},
		{"staff about their own", w.again(own), mine.ID, "own_organization"},
		{"staff about what is none", own, "none", "organization_not_found"},
	} {
		_, err := w.Decide(t.Context(), c.who, c.id, organization.Decision{Revision: 3, Verdict: organization.Verify})
		if wantCode(t, err, c.want); t.Failed() {
			t.Fatal(c.name)
		}
	}
	_, _, err := w.List(t.Context(), w.person("李雷"), organization.Waiting, 10, "")
	wantCode(t, err, "not_permitted")
}

func TestQueuesShowWhatStaffHaveToDo(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	w.founded(owner, "草稿", code(1))
	w.submitted(owner, "先来", code(2))
	w.pass(time.Minute)
	w.submitted(owner, "后到", code(3))
	soon := w.submitted(owner, "快到期", code(4))
	if _, err := w.Decide(t.Context(), officer, soon.ID, organization.Decision{
		Revision: soon.Revision, Verdict: organization.Verify, Until: civil.NewDate(2026, 12, 10),
	}); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Minute)
	w.verified(owner, "刚认证", code(5))
	for queue, want := range map[organization.Queue][]string{
		organization.Unsent: {"草稿"}, organization.Waiting: {"先来", "后到"}, organization.Expiring: {"快到期"},
		organization.InForce: {"刚认证", "快到期"}, organization.WasRefuse: nil, organization.RanOut: nil,
	} {
		var got []string
		for after := ""; ; {
			page, next, err := w.List(t.Context(), officer, queue, 1, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page {
				got = append(got, o.Name)
			}
			if after = next; next == "" {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", queue, diff)
		}
	}
}
