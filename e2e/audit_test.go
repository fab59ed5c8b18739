package e2e

import (
	"net/http"
	"testing"

	"wenguan/app/apptest"
	"wenguan/models/account"
)

// auditedHouse has a manager who changed a room and staff who booked for somebody.
func auditedHouse(t *testing.T) *apptest.House {
	t.Helper()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	house.Square("square", 50)
	elder := house.Account("李爱莲")
	house.As(house.Account("吴师傅", account.Grant{Role: account.Counter, Venues: []string{"room"}})).Post("/api/v1/bookings", map[string]any{
		"venue": "room", "space": "seats", "start": "2026-11-24T14:00", "end": "2026-11-24T16:00", "for": elder.ID,
	}).Expect(http.StatusCreated)
	return house
}

func TestAnAuditorSeesWhoDidWhatForWhom(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house := auditedHouse(t)
			p := open(t, house, on)
			p.as(house.Staff(account.Auditor))
			p.visit("/manage/audit")
			p.read(".audit-list", "吴师傅 代 李*莲")
			p.read(".audit-list", "新建了场馆")
			p.choose("select[name=chain]", "room")
			p.choose("select[name=action]", "booking")
			p.until(`document.querySelectorAll('.audit-record').length === 1 && location.search.includes('action=booking')`)
			p.click(".audit-record summary")
			p.read(".audit-changes", "confirmed")
			p.shot("")
			p.click(".audit-record .facts button")
			p.read(".audit-only", "同一对象")
			p.click(".audit-only button")
			p.until(`!location.search.includes('subject')`)
		})
	}
}

func TestAnAuditorOfOneVenueSeesThatOne(t *testing.T) {
	t.Parallel()
	house := auditedHouse(t)
	p := open(t, house, desktop)
	p.as(house.Staff(account.Auditor, "square"))
	p.visit("/manage/audit")
	p.until(`document.querySelectorAll('.audit-record').length === 1`)
	p.until(`document.querySelectorAll('select[name=chain] option').length === 1`)
}

func TestThePageOfTheAuditIsAccessible(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := auditedHouse(t)
		p := open(t, house, on)
		p.as(house.Staff(account.Auditor))
		return p
	}, []view{
		{"records", func(p *page) {
			p.visit("/manage/audit")
			p.see(".audit-record")
		}},
		{"details", func(p *page) {
			p.click(".audit-record summary")
			p.see(".audit-record details[open] .facts")
		}},
	})
}
