package demo

import (
	"context"
	"fmt"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
)

// Colleague is somebody of the staff, or a device, that the demo shows a way in as.
type Colleague struct {
	Account account.Account
	Does    string // in words, in both languages
}

// Machine is a device with its token, which only a demo prints.
type Machine struct {
	account.Device
	Token string
}

// makeColleagues makes the rest of the staff, one of each role, with scopes and ends of every kind.
func makeColleagues(ctx context.Context, w World, p *People, today civil.Date, zone *time.Location) error {
	soon := today.Add(10).Start(zone)
	given := []struct {
		name, email, does string
		grants            []account.Grant
	}{
		{"徐建华", "area@wenguan.example", "manager of an area 片区管理员", []account.Grant{{Role: account.Manager, Areas: []string{"滨河街道"}}}},
		{"吴雅琴", "officer@wenguan.example", "officer 文旅干部", []account.Grant{{Role: account.Officer}}},
		{"郑文静", "auditor@wenguan.example", "auditor 审计员", []account.Grant{{Role: account.Auditor}}},
		{"孙晓鹏", "helper@wenguan.example", "attendant for ten more days 临时门岗",
			[]account.Grant{{Role: account.Attendant, Venues: []string{"square", "corridor"}, Ends: &soon}}},
	}
	for _, g := range given {
		made, err := w.Accounts.Create(ctx, system, account.Account{
			Kind: account.Person, Name: g.name, Email: g.email, Language: "zh-CN", Grants: g.grants,
		})
		if err != nil {
			return fmt.Errorf("make %s: %w", g.name, err)
		}
		p.Colleagues = append(p.Colleagues, Colleague{made, g.does})
	}
	return makeMachines(ctx, w, p)
}

func makeMachines(ctx context.Context, w World, p *People) error {
	for _, m := range []struct {
		venue, name string
		purpose     account.Role
	}{
		{"library", "东门平板", account.Door}, {"reading-room", "自助签到机", account.Kiosk}, {"library", "大厅信息屏", account.Display},
		{"day-centre", "刷证签到机", account.Kiosk}, // where the rules ask for the live code or the card
	} {
		made, token, err := w.Accounts.MakeDevice(ctx, system, m.venue, m.purpose, m.name)
		if err != nil {
			return fmt.Errorf("make %s: %w", m.name, err)
		}
		p.Machines = append(p.Machines, Machine{made, token})
	}
	return nil
}
