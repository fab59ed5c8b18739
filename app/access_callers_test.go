package app_test

import (
	"strings"
	"testing"
	"time"

	"wenguan/app/apptest"
	"wenguan/models/account"
)

// everyone is who asks, in this order. The holder holds what the rows are about; a member is the owner of an organization
// that has nothing to do with it. Staff have their role at the venue "room"; elsewhere is another venue, area means all
// of an area, district everywhere. A weak session is one by a code, a stale one has not shown its second factor lately.
var everyone = strings.Fields(`
	anonymous resident member
	attendant-elsewhere counter-elsewhere manager-elsewhere officer-elsewhere auditor-elsewhere
	door-elsewhere kiosk-elsewhere display-elsewhere
	ended-manager weak-administrator
	officer auditor district-officer district-auditor
	door kiosk display
	attendant counter manager area-manager district-manager stale-administrator administrator
	holder`)

// groups are words for several callers. Each of attendants, counters, managers and administrators may do at least what
// the one before may, as far as the venue "room" is concerned.
var groups = map[string]string{
	"everyone":       strings.Join(everyone, " "),
	"people":         without(everyone, "anonymous", "door", "kiosk", "display", "door-elsewhere", "kiosk-elsewhere", "display-elsewhere"),
	"devices":        "door kiosk display door-elsewhere kiosk-elsewhere display-elsewhere",
	"elsewhere":      "attendant-elsewhere counter-elsewhere manager-elsewhere officer-elsewhere auditor-elsewhere",
	"attendants":     "attendant counters",
	"counters":       "counter managers",
	"managers":       "manager area-manager district-manager administrators",
	"district":       "district-manager administrators",
	"administrators": "administrator stale-administrator",
	"officers":       "officer district-officer",
	"auditors":       "auditor district-auditor",
}

// members are the callers that a word names.
func members(t *testing.T, word string) []string {
	t.Helper()
	for _, name := range everyone {
		if name == word {
			return []string{name}
		}
	}
	if groups[word] == "" {
		t.Fatalf("the table of access names nobody by %q", word)
	}
	var list []string
	for one := range strings.FieldsSeq(groups[word]) {
		list = append(list, members(t, one)...)
	}
	return list
}

func without(names []string, leave ...string) string {
	var kept []string
	for _, name := range names {
		if !strings.Contains(" "+strings.Join(leave, " ")+" ", " "+name+" ") {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, " ")
}

// signIn makes every caller of the table.
func signIn(h *apptest.House) map[string]*apptest.Client {
	callers := map[string]*apptest.Client{
		"anonymous": h.Anonymous(), "holder": h.Resident("王小明"), "resident": h.Resident("李雷"),
		"area-manager":     h.As(h.Account("片区", account.Grant{Role: account.Manager, Areas: []string{"紫阳"}})),
		"member":           h.Member(account.Owner, h.Organization("晨光合唱团").ID),
		"district-manager": h.Staff(account.Manager), "district-officer": h.Staff(account.Officer), "district-auditor": h.Staff(account.Auditor),
	}
	for _, role := range []account.Role{account.Attendant, account.Counter, account.Manager, account.Officer, account.Auditor} {
		callers[string(role)] = h.Staff(role, "room")
		callers[string(role)+"-elsewhere"] = h.Staff(role, "elsewhere")
	}
	callers["weak-administrator"] = h.ByCode(h.Account("管理员", account.Grant{Role: account.Administrator}))
	callers["weak-administrator"].Post("/api/v1/account/consents", `{"version":1}`).Expect(200) // as a resident would
	now := h.Clock.Now()
	h.Clock.Advance(-time.Hour)
	callers["ended-manager"] = h.As(h.Account("已到期", account.Grant{Role: account.Manager, Venues: []string{"room"}, Ends: &now}))
	callers["stale-administrator"] = h.Staff(account.Administrator)
	h.Clock.Advance(time.Hour)
	callers["administrator"] = h.Staff(account.Administrator)
	for _, purpose := range []account.Role{account.Door, account.Kiosk, account.Display} {
		callers[string(purpose)] = h.Device(purpose, "room")
		callers[string(purpose)+"-elsewhere"] = h.Device(purpose, "elsewhere")
	}
	return callers
}
