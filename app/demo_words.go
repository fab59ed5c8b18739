package app

import (
	"context"
	"fmt"
	"io"
	"strings"

	"wenguan/app/demo"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/notice"
)

// demoLink is one way into the story.
type demoLink struct{ who, link string }

func (a *App) demoLinks(ctx context.Context, people demo.People) ([]demoLink, error) {
	var links []demoLink
	ways := []demo.Colleague{
		{Account: people.Resident, Does: "resident 居民"}, {Account: people.OrganizationOwner, Does: "organization 社会组织"},
		{Account: people.Attendant, Does: "attendant 门岗"}, {Account: people.Counter, Does: "counter 服务台"},
		{Account: people.Manager, Does: "facility manager 场馆管理员"}, {Account: people.Administrator, Does: "administrator 系统管理员"},
	}
	ways = append(ways, people.Colleagues...)
	if people.Suspended.ID != "" {
		ways = append(ways, demo.Colleague{Account: people.Suspended, Does: "resident who missed three bookings and is suspended at the reading room 被停约的居民"})
	}
	for _, one := range ways {
		token, err := a.Accounts.MakeLink(ctx, system, one.Account.ID, account.LinkOptions{TTL: demoLinkTime, Reusable: true, Strong: true})
		if err != nil {
			return nil, err
		}
		links = append(links, demoLink{one.Does, a.signInLink(token)})
	}
	for _, m := range people.Machines {
		what := account.NameOf(m.Role, "en") + " of " + m.Venue + " " + account.NameOf(m.Role, "zh-CN")
		links = append(links, demoLink{what, a.origin() + handlers.DevicePages[m.Role] + "#device=" + m.Token})
	}
	for _, s := range people.Stickers {
		links = append(links, demoLink{"the code on a seat of " + s.Venue + " (" + s.Space + ") 座位码", a.origin() + "/at/" + s.Code})
	}
	return links, nil
}

// What every member of the sample staff signs in with, so that a newcomer can try it. No other store ever has them.
const (
	samplePassword = "a quiet walk by the river"
	sampleSecret   = "WENGUANSAMPLESECRETWENGUANSAMPLE" // base32, for an authenticator app
)

// equipDemo gives the sample staff the sample password and authenticator.
func (a *App) equipDemo(ctx context.Context, people demo.People) error {
	staff := []account.Account{people.Attendant, people.Counter, people.Manager, people.Administrator}
	for _, c := range people.Colleagues {
		staff = append(staff, c.Account)
	}
	for _, who := range staff {
		if err := a.Credentials.Equip(ctx, system, who.ID, samplePassword, sampleSecret); err != nil {
			return err
		}
	}
	return nil
}

// greeting is what a newcomer reads.
func (a *App) greeting(links []demoLink) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nWenguan 文馆 is at %s\n\nSign in as\n", a.origin())
	for _, l := range links {
		fmt.Fprintf(&b, "  %s  %s\n", l.link, l.who)
	}
	fmt.Fprint(&b, "\nPublished rule books to try\n")
	for _, one := range demo.RuleBooks {
		place := one.Venue
		if one.Space != "" {
			place += " (" + one.Space + ")"
		}
		fmt.Fprintf(&b, "  %s/venues/%s  %s: %s\n", a.origin(), one.Venue, place, one.Says)
	}
	fmt.Fprintf(&b, "\nAn identity number of nobody, to bind as a real name and to type at the kiosk of the day centre: %s\n", demo.SampleIdentity)
	fmt.Fprintf(&b, "\nOr as staff at %s/manage/sign-in, such as manager@wenguan.example: password %q, authenticator secret %s\n",
		strings.Replace(a.origin(), "127.0.0.1", "localhost", 1), samplePassword, sampleSecret)
	fmt.Fprintf(&b, "Or with any phone number: the code appears here. Ctrl-C stops; %s keeps the data, and\nwenguan serve --data %[1]s goes on with it.\n\n", a.config.dataDir())
	return b.String()
}

// progress tells how far the seeding is, every tenth.
func progress(to io.Writer) func(done, total int) {
	told := -1
	return func(done, total int) {
		if total <= 0 || done*10/total == told {
			return
		}
		told = done * 10 / total
		fmt.Fprintf(to, "Filling the sample district: %d %%\n", told*10)
	}
}

// codePrinter is the demo's sender: it shows sign-in codes and drops everything else.
type codePrinter struct{ out io.Writer }

// Send implements notice.Sender.
func (p *codePrinter) Send(_ context.Context, m notice.Message) error {
	if m.Template != notice.SignInCode {
		return nil
	}
	_, err := fmt.Fprintf(p.out, "Sign-in code for %s: %s\n", m.To, m.Params["code"])
	return err
}
