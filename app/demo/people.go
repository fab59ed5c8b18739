package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"wenguan/models/account"
)

// system is who makes the sample data.
var system = account.Actor{System: true}

// Addresses cannot belong to anybody: no operator in China was ever given mobile numbers that begin with 154, and
// .example is reserved (RFC 2606).
func samplePhone(n int) string { return fmt.Sprintf("+86154%08d", n) }

// makePeople makes the people of the story and the residents.
func makePeople(ctx context.Context, w World, residents int, seed uint64) (p People, err error) {
	staff := []struct {
		into    *account.Account
		account account.Account
	}{
		{&p.Administrator, account.Account{Kind: account.Person, Name: "陈馆长", Email: "admin@wenguan.example",
			Grants: []account.Grant{{Role: account.Administrator}}}},
		{&p.Manager, account.Account{Kind: account.Person, Name: "林主任", Email: "manager@wenguan.example",
			Grants: []account.Grant{{Role: account.Manager, Venues: []string{"library", "reading-room", "hotel"}}}}},
		{&p.Attendant, account.Account{Kind: account.Person, Name: "何秀兰", Email: "attendant@wenguan.example",
			Grants: []account.Grant{{Role: account.Attendant, Venues: []string{"library", "reading-room"}}}}},
		{&p.Counter, account.Account{Kind: account.Person, Name: "周敏", Email: "counter@wenguan.example",
			Grants: []account.Grant{{Role: account.Counter, Venues: []string{"library", "reading-room"}}}}},
	}
	for _, s := range staff {
		s.account.Language = "zh-CN"
		made, err := w.Accounts.Create(ctx, system, s.account)
		if err != nil {
			return p, fmt.Errorf("make %s: %w", s.account.Name, err)
		}
		*s.into = made
	}
	random := rand.New(rand.NewPCG(seed, 1))
	for n := range residents {
		made, err := w.Accounts.Create(ctx, system, resident(random, n))
		if err != nil {
			return p, fmt.Errorf("make resident %d: %w", n+1, err)
		}
		p.Residents = append(p.Residents, made)
	}
	p.Resident = p.Residents[0]
	return p, nil
}

// resident is the nth resident: six in ten plain residents, a quarter elders, the others families.
func resident(random *rand.Rand, n int) account.Account {
	a := account.Account{
		Kind: account.Person, Phone: samplePhone(n + 1), Language: "zh-CN", Group: account.Residents,
		Consent: &account.Consent{Version: 1},
	}
	a.Name = pick(random, surnames) + pick(random, givenFirst)
	if random.IntN(4) > 0 {
		a.Name += pick(random, givenSecond)
	}
	switch x := random.IntN(20); {
	case n == 0: // the one who tells the story
		a.Name = "王小瓷"
	case x < 5:
		a.Group = account.Elders
	case x < 8:
		a.Group = account.Families
	case x == 8:
		a.Language = "en"
	}
	return a
}

func pick[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }

func characters(s string) []string {
	var list []string
	for _, r := range s {
		list = append(list, string(r))
	}
	return list
}

var (
	surnames    = characters("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢")
	givenFirst  = characters("建国志明秀丽玉春晓文小海家俊雅思子梓雨欣浩宇佳慧美红卫永德福长金桂素月")
	givenSecond = characters("华军平芳英兰珍强勇斌涛敏静娟霞梅琴萍玲燕波辉鹏杰峰磊洋琪瑶涵轩怡宁安康荣")
)
