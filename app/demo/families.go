package demo

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/civil"
	"wenguan/models/fault"
)

// sampleNumber is an identity number of nobody: no region of China has the code 000000. Its check character is right.
func sampleNumber(born civil.Date, n int) string {
	digits := fmt.Sprintf("000000%s%03d", born.Start(time.UTC).Format("20060102"), n%1000)
	return digits + string(account.IdentityCheckCharacter(digits))
}

// SampleIdentity is an identity number that nobody in the sample district has, to try a real name and a card with.
var SampleIdentity = sampleNumber(civil.NewDate(1990, time.March, 7), 999)

// makeFamilies gives the residents who are families a child each, some of the others an elder to book for, some a bound
// real name, and two venues rules that ask for what people are. The resident of the story has a child and a mother.
func makeFamilies(ctx context.Context, w World, people *People, today civil.Date) error {
	if err := addFamily(ctx, w, people.Resident, account.FamilyDraft{Relation: account.Child, Name: "王小满", BirthYear: 2018},
		account.FamilyDraft{Relation: account.Elder, Name: "张秀英", BirthYear: 1951}); err != nil {
		return err
	}
	for n, r := range people.Residents[1:min(len(people.Residents), regulars)] {
		if err := addTo(ctx, w, r, n+1); err != nil {
			return fmt.Errorf("family of resident %d: %w", n+2, err)
		}
	}
	if err := askWho(ctx, w); err != nil {
		return err
	}
	changed, err := w.Accounts.Get(ctx, system, people.Resident.ID)
	if err != nil {
		return err
	}
	people.Resident, people.Residents[0] = changed, changed
	return bookForTheChild(ctx, w, changed, today)
}

// addTo gives the nth resident what the numbers say.
func addTo(ctx context.Context, w World, r account.Account, n int) error {
	surname := string([]rune(r.Name)[0])
	switch {
	case r.Group == account.Families:
		return addFamily(ctx, w, r, account.FamilyDraft{Relation: account.Child, Name: surname + "小" + givenFirst[n%len(givenFirst)],
			BirthYear: int32(2012 + n%12)})
	case r.Group == account.Residents && n%8 == 3:
		return addFamily(ctx, w, r, account.FamilyDraft{Relation: account.Elder, Name: surname + "玉" + givenSecond[n%len(givenSecond)],
			BirthYear: int32(1940 + n%20)})
	case n%5 == 0:
		number := sampleNumber(civil.NewDate(1950+n%50, time.Month(1+n%12), 1+n%28), n)
		_, err := w.Accounts.BindIdentity(ctx, r.Actor(), account.RealName{Name: r.Name, Number: number})
		return err
	}
	return nil
}

func addFamily(ctx context.Context, w World, guardian account.Account, family ...account.FamilyDraft) error {
	for _, draft := range family {
		if _, err := w.Accounts.AddFamily(ctx, guardian.Actor(), draft); err != nil {
			return err
		}
	}
	return nil
}

// askWho lets the corridor ask for real names, and the lent hotel floor for verified organizations.
func askWho(ctx context.Context, w World) error {
	for _, id := range []string{"corridor", "hotel"} {
		v, err := w.Venues.Get(ctx, id)
		if err != nil {
			return err
		}
		changed := *v
		changed.Rules.RealNameOnly, changed.Rules.VerifiedOnly = id == "corridor", id == "hotel"
		if _, err := w.Venues.Save(ctx, system, &changed); err != nil {
			return fmt.Errorf("change the rules of %s: %w", id, err)
		}
	}
	return nil
}

// bookForTheChild books two seats among the picture books, on the next day for which the book house takes bookings: a child
// of eight comes with a parent.
func bookForTheChild(ctx context.Context, w World, guardian account.Account, today civil.Date) error {
	v, err := w.Venues.Get(ctx, "book-house")
	if err != nil {
		return err
	}
	for date := today.Add(1); date <= today.Add(7); date++ {
		_, err = w.Desk.Reserve(ctx, guardian.Actor(), booking.Request{
			For: guardian.Family[0], Venue: v.ID, Space: "room", Party: 2, With: []string{guardian.ID},
			Start: date.At(hm(14), v.Location()), End: date.At(hm(17), v.Location()),
		})
		if fault.KindOf(err) != fault.Invalid && fault.KindOf(err) != fault.Conflict {
			return err
		}
	}
	return nil
}
