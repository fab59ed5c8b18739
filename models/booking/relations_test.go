package booking_test

import (
	"context"

	"wenguan/models/account"
)

// relations are everybody who could want to see or change a booking, with the accounts behind them.
type relations struct {
	mother, father        account.Actor
	child                 string
	choir, band           string
	owner, booker, member account.Actor // of the choir
	others                account.Actor // owner of the band
	staff                 map[string]account.Actor
}

func (w *world) relations() relations {
	w.t.Helper()
	ctx := context.Background()
	person := func(name, phone string) account.Account {
		a, err := w.people.Create(ctx, system, account.Account{Name: name, Phone: phone, Language: "en"})
		if err != nil {
			w.t.Fatal(err)
		}
		return a
	}
	club := func(name string) string {
		a, err := w.people.Create(ctx, system, account.Account{Kind: account.Organization, Name: name})
		if err != nil {
			w.t.Fatal(err)
		}
		return a.ID
	}
	acts := func(a account.Account, org string, role account.MemberRole) account.Actor {
		actor := a.Actor()
		actor.Members = []account.Member{{Organization: org, Role: role}}
		return actor
	}
	r := relations{choir: club("晨光合唱团"), band: club("民乐队")}
	mother := person("王小明", "13800000001")
	child, err := w.people.AddFamily(ctx, mother.Actor(), account.FamilyDraft{Relation: account.Child, Name: "王小宝", BirthYear: 2018})
	if err != nil {
		w.t.Fatal(err)
	}
	if mother, err = w.people.Get(ctx, system, mother.ID); err != nil {
		w.t.Fatal(err)
	}
	r.mother, r.child, r.father = mother.Actor(), child.ID, person("李雷", "13800000002").Actor()
	r.owner = acts(person("甲", "13800000003"), r.choir, account.Owner)
	r.booker = acts(person("乙", "13800000004"), r.choir, account.Booker)
	r.member = acts(person("丙", "13800000005"), r.choir, account.PlainMember)
	r.others = acts(person("丁", "13800000006"), r.band, account.Owner)
	r.staff = map[string]account.Actor{}
	for _, role := range []account.Role{account.Attendant, account.Counter, account.Manager, account.Officer} {
		r.staff[string(role)] = staff(role, "v")
		r.staff[string(role)+" elsewhere"] = staff(role, "u")
	}
	return r
}

// everyone who is not staff, by name.
func (r relations) everyone() map[string]account.Actor {
	all := map[string]account.Actor{
		"mother": r.mother, "father": r.father, "owner": r.owner, "booker": r.booker, "member": r.member, "other organization": r.others,
		"anonymous": {}, "display": {Device: &account.Device{ID: "d", Venue: "v", Role: account.Display}},
	}
	for name, actor := range r.staff {
		all[name] = actor
	}
	return all
}

const (
	unseen = "booking_not_found"
	denied = "not_permitted"
)
