package organization_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"wenguan/models/account"
	"wenguan/models/notice"
	"wenguan/models/organization"
	"wenguan/models/store"
)

func TestAnInvitationMakesMembersAsOftenAsItSays(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	_, token, err := w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Booker, Uses: 2, Note: "女高音"})
	if err != nil {
		t.Fatal(err)
	}
	first, second, third := w.person("李雷"), w.person("韩梅"), w.person("小刚")
	seen, err := w.Look(t.Context(), first, token)
	if err != nil || seen.Organization.ID != o.ID || seen.Invitation.Role != account.Booker || seen.By != "王*明" || seen.Already != "" {
		t.Fatalf("%+v, %v", seen, err)
	}
	for _, who := range []account.Actor{first, second} {
		if _, err := w.Accept(t.Context(), who, token); err != nil {
			t.Fatal(err)
		}
		if !w.again(who).ActsFor(o.ID, account.Booker) || w.again(who).ActsFor(o.ID, account.Owner) {
			t.Errorf("%s is %+v", who.Name, w.again(who).Members)
		}
		if who.ID == first.ID {
			_, err = w.Accept(t.Context(), first, token)
			wantCode(t, err, "already_member") // and uses nothing up
		}
	}
	_, err = w.Accept(t.Context(), third, token)
	wantCode(t, err, "invitation_gone")
	_, err = w.Look(t.Context(), third, token)
	wantCode(t, err, "invitation_gone")
	if diff := cmp.Diff([]string{notice.OrganizationJoined, notice.OrganizationJoined}, w.told(owner)); diff != "" {
		t.Error(diff)
	}
}

func TestATokenThatIsNotOneInvitesNobody(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, guest := w.person("王小明"), w.person("李雷")
	o := w.founded(owner, "青花合唱团", code(1))
	made, token, err := w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Owner})
	if err != nil {
		t.Fatal(err)
	}
	other := w.founded(owner, "瓷韵舞蹈队", code(2))
	for _, wrong := range []string{
		"", ".", o.ID, o.ID + ".", o.ID + "." + made.ID, token[1:], token + "A", strings.ToUpper(token), other.ID + token[26:],
		strings.Repeat("A", 100), o.ID + "." + strings.Repeat("A", 43), `{"$ne":null}`,
	} {
		_, err := w.Accept(t.Context(), guest, wrong)
		wantCode(t, err, "invitation_gone")
	}
	w.pass(7*24*time.Hour - time.Millisecond)
	if _, err := w.Look(t.Context(), guest, token); err != nil {
		t.Error("it ends before its time:", err)
	}
	w.pass(time.Millisecond)
	_, err = w.Accept(t.Context(), guest, token)
	wantCode(t, err, "invitation_gone")
	made, token, err = w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Owner})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Revoke(t.Context(), owner, o.ID, made.ID); err != nil {
		t.Fatal(err)
	}
	_, err = w.Accept(t.Context(), guest, token)
	wantCode(t, err, "invitation_gone")
	_, err = w.Accept(t.Context(), account.Actor{}, token)
	wantCode(t, err, "sign_in_needed")
}

func TestATokenIsNowhereInTheStore(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	_, token, err := w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Owner})
	if err != nil {
		t.Fatal(err)
	}
	for _, collection := range []string{"organizations", "audit_records", "notices"} {
		err := w.store.View(t.Context(), func(tx store.Tx) error {
			return tx.Find(collection, store.Query{}, func(raw bson.Raw) (bool, error) {
				if strings.Contains(raw.String(), token[27:]) {
					t.Errorf("the token is in %s", collection)
				}
				return true, nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestOfManyWhoTakeTheLastUseAtOnceOneJoins(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	_, token, err := w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Booker, Uses: 3})
	if err != nil {
		t.Fatal(err)
	}
	var guests []account.Actor
	for range 12 {
		guests = append(guests, w.person("客人"))
	}
	won := race(len(guests), func(i int) error {
		_, err := w.Accept(t.Context(), guests[i], token)
		return err
	})
	if won[""] != 3 || won["invitation_gone"] != 9 || len(w.get(owner, o.ID).Members) != 4 {
		t.Errorf("outcomes %v, %d members", won, len(w.get(owner, o.ID).Members))
	}
}

func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	booker := w.invited(owner, o.ID, "李雷", account.Booker)
	wantCode(t, w.Remove(t.Context(), owner, o.ID, owner.ID), "last_owner")
	_, err := w.SetRole(t.Context(), owner, o.ID, owner.ID, account.Booker)
	wantCode(t, err, "last_owner")
	if _, err := w.SetRole(t.Context(), owner, o.ID, booker.ID, account.Owner); err != nil {
		t.Fatal(err)
	}
	if err := w.Remove(t.Context(), owner, o.ID, owner.ID); err != nil {
		t.Fatal("somebody else is an owner now:", err)
	}
	if len(w.again(owner).Members) != 0 || !w.again(booker).ActsFor(o.ID, account.Owner) {
		t.Error("the accounts do not say who acts")
	}
	if diff := cmp.Diff([]string{notice.OrganizationLeft, notice.OrganizationRole}, w.told(booker)); diff != "" {
		t.Error(diff)
	}
}

func TestOfTwoOwnersWhoDemoteEachOtherOneRemains(t *testing.T) {
	t.Parallel()
	w := open(t)
	for range 20 {
		first := w.person("王小明")
		o := w.founded(first, "青花合唱团", code(1))
		owners := []account.Actor{first, w.invited(first, o.ID, "李雷", account.Owner)}
		won := race(2, func(i int) error {
			_, err := w.SetRole(t.Context(), owners[i], o.ID, owners[1-i].ID, account.PlainMember)
			return err
		})
		if won[""] != 1 || won["owner_needed"] != 1 {
			t.Fatalf("outcomes %v", won)
		}
		if won = race(2, func(i int) error { return w.Remove(t.Context(), owners[i], o.ID, owners[i].ID) }); won[""] != 1 || won["last_owner"] != 1 {
			t.Fatalf("both leave: %v", won)
		}
	}
}

func TestEachRoleMayWhatItMayAndNobodyElseAnything(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	booker, member := w.invited(owner, o.ID, "李雷", account.Booker), w.invited(owner, o.ID, "韩梅", account.PlainMember)
	foreign := w.person("小刚")
	w.founded(foreign, "瓷韵舞蹈队", code(2)) // an owner, but of another
	verbs := map[string]func(who account.Actor) error{
		"save": func(who account.Actor) error {
			_, err := w.Save(t.Context(), who, o.ID, 0, form("别名", ""))
			return err
		},
		"submit": func(who account.Actor) error { _, err := w.Submit(t.Context(), who, o.ID); return err },
		"close":  func(who account.Actor) error { return w.Close(t.Context(), who, o.ID) },
		"upload": func(who account.Actor) error {
			_, err := w.AddDocument(t.Context(), who, o.ID, "a.png", pngOf(9, 9), "")
			return err
		},
		"delete": func(who account.Actor) error { return w.RemoveDocument(t.Context(), who, o.ID, o.Documents[0].ID) },
		"invite": func(who account.Actor) error {
			_, _, err := w.Invite(t.Context(), who, o.ID, organization.Invite{Role: account.Owner})
			return err
		},
		"see the invitations": func(who account.Actor) error { _, err := w.Invitations(t.Context(), who, o.ID); return err },
		"revoke":              func(who account.Actor) error { return w.Revoke(t.Context(), who, o.ID, "none") },
		"become an owner": func(who account.Actor) error {
			_, err := w.SetRole(t.Context(), who, o.ID, who.ID, account.Owner)
			return err
		},
		"remove the owner": func(who account.Actor) error { return w.Remove(t.Context(), who, o.ID, owner.ID) },
	}
	for name, do := range verbs {
		for _, c := range []struct {
			who  account.Actor
			want string
		}{{booker, "owner_needed"}, {member, "owner_needed"}, {w.again(foreign), "organization_not_found"}, {account.Actor{}, "sign_in_needed"}} {
			if wantCode(t, do(c.who), c.want); t.Failed() {
				t.Fatal(name, "as", c.who.Name)
			}
		}
	}
}

func TestOnlyOwnersSeeNamesInClear(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	booker := w.invited(owner, o.ID, "李雷雷", account.Booker)
	for _, c := range []struct {
		who  account.Actor
		want []string
	}{
		{owner, []string{"王小明", "李雷雷"}},
		{booker, []string{"王*明", "李雷雷"}},
		{w.officer(), []string{"王*明", "李*雷"}},
	} {
		list, err := w.Members(t.Context(), c.who, o.ID)
		var got []string
		for _, m := range list {
			got = append(got, m.Name)
		}
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Error(c.who.Name, err, diff)
		}
	}
	_, err := w.Members(t.Context(), w.person("小刚"), o.ID)
	wantCode(t, err, "organization_not_found")
}

func TestEverythingHasABound(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner := w.person("王小明")
	o := w.founded(owner, "青花合唱团", code(1))
	_, _, err := w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: "king"})
	wantCode(t, err, "member_role")
	_, _, err = w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Owner, Uses: 51})
	wantCode(t, err, "uses_range")
	for range organization.MaxInvitations {
		if _, _, err = w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Owner}); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err = w.Invite(t.Context(), owner, o.ID, organization.Invite{Role: account.Owner})
	wantCode(t, err, "invitations_many")
	for range account.MaxOrganizations - 1 {
		if _, err := w.Found(t.Context(), owner, form("又一个", "")); err != nil {
			t.Fatal(err)
		}
	}
	_, err = w.Found(t.Context(), owner, form("又一个", ""))
	wantCode(t, err, "organizations_many")
}

func TestAnOrganizationWithoutAnOwnerGetsOneFromStaff(t *testing.T) {
	t.Parallel()
	w := open(t)
	owner, officer := w.person("王小明"), w.officer()
	o := w.founded(owner, "青花合唱团", code(1))
	_, _, err := w.Invite(t.Context(), officer, o.ID, organization.Invite{Role: account.Owner})
	wantCode(t, err, "owner_needed")
	err = w.store.Update(t.Context(), func(tx store.Tx) error { return w.Forget(tx, system, owner.ID) })
	if err != nil || len(w.account(owner.ID).Members) != 0 {
		t.Fatal(err)
	}
	_, _, err = w.Invite(t.Context(), officer, o.ID, organization.Invite{Role: account.Booker})
	wantCode(t, err, "owner_needed")
	_, token, err := w.Invite(t.Context(), officer, o.ID, organization.Invite{Role: account.Owner})
	if err != nil {
		t.Fatal(err)
	}
	heir := w.person("李雷")
	if _, err := w.Accept(t.Context(), heir, token); err != nil || !w.again(heir).ActsFor(o.ID, account.Owner) {
		t.Error(err)
	}
}
