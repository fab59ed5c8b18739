package demo_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenguan/app/demo"
	"wenguan/models/account"
	"wenguan/models/organization"
)

func TestTheSampleDistrictHasOrganizationsInEveryState(t *testing.T) {
	t.Parallel()
	w, people := seed(t, demo.Options{Days: 1, Residents: 8, Now: time.Date(2026, 11, 24, 15, 10, 0, 0, shanghai)})
	staff := people.Administrator.Actor()
	for queue, want := range map[organization.Queue][]string{
		organization.Waiting:   {"星江摄影协会"},
		organization.Expiring:  {"松窗读书会"},
		organization.RanOut:    {"晓起民歌队"},
		organization.WasRefuse: {"朱绯诗社"},
		organization.Unsent:    {"茶艺传习所（筹）"},
	} {
		list, _, err := w.Organizations.List(t.Context(), staff, queue, 10, "")
		var got []string
		for _, o := range list {
			got = append(got, o.Name)
			if code, err := organization.ParseCode(string(o.Code)); o.Code != "" && (err != nil || code != o.Code) {
				t.Errorf("%s has the code %s: %v", o.Name, o.Code, err)
			}
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", queue, err, diff)
		}
	}
	if !people.Organization.Verified(w.clock()) || people.Organization.Name != "青花合唱团" {
		t.Errorf("the choir is %+v", people.Organization)
	}
	resident, err := w.Accounts.Get(t.Context(), staff, people.Resident.ID)
	if err != nil || len(resident.Members) != 2 || !resident.Actor().ActsFor(people.Organization.ID, account.Booker) {
		t.Errorf("the resident of the story acts for %+v, %v", resident.Members, err)
	}
	if !people.OrganizationOwner.Actor().ActsFor(people.Organization.ID, account.Owner) {
		t.Error("nobody owns the choir")
	}
}
