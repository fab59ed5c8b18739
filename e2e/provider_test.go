package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"wenguan/app"
	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/provider/providertest"
)

// cityHouse is a house whose people may sign in at a provider, which is on another site.
func cityHouse(t *testing.T) (*apptest.House, *providertest.Provider) {
	t.Helper()
	clock := &apptest.Clock{}
	clock.Set(apptest.Now)
	p := providertest.Start(t, clock.Now)
	p.People["wang"] = providertest.Claims{"sub": "4711", "name": "王小明"}
	p.People["li"] = providertest.Claims{"sub": "4712", "groups": []string{"culture"}, "acr": "urn:level:2"}
	house := apptest.Start(t, func(c *app.Config, o *app.Options) {
		o.Clock = clock.Now
		c.OIDC = app.OIDCConfig{
			Issuer: p.URL, ClientID: providertest.ClientID, ClientSecret: providertest.ClientSecret, Name: "江西政务服务网",
			Scopes: []string{"profile"}, GroupsClaim: "groups", Roles: []string{"culture=manager:venue/room"}, StrongACR: []string{"urn:level:2"},
		}
	})
	house.Clock = clock
	house.ReadingRoom("room", 24)
	return house, p
}

// leave goes from the sign-in page to the provider.
func (p *page) leave(to *providertest.Provider) {
	p.t.Helper()
	p.press("用江西政务服务网登录")
	p.arrive(to.URL)
}

// enter signs in on the page of the provider and waits to be back.
func (p *page) enter(who string) {
	p.t.Helper()
	p.fill("#who", who)
	p.click("#enter")
	p.arrive(p.url)
}

// arrive waits until the tab shows a page of another site. On the way there is none that could be asked.
func (p *page) arrive(site string) {
	p.t.Helper()
	p.arriveWhere(fmt.Sprintf(`location.href.startsWith(%q)`, site))
}

// arriveWhere waits until the tab shows a page that the expression is true of.
func (p *page) arriveWhere(there string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	for ctx.Err() == nil {
		is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](there+` && document.readyState === 'complete'`))
		if err == nil && is {
			return
		}
	}
	p.t.Fatalf("never came where %s", there)
}

func TestAResidentSignsInWithTheCitysIdentityInTheMiddleOfABooking(t *testing.T) {
	t.Parallel()
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			house, provider := cityHouse(t)
			p := open(t, house, on)
			p.visit("/venues/room")
			p.click(".week button.slot")
			p.choose("dialog select[name=start]", "14:00")
			p.choose("dialog select[name=end]", "16:00")
			p.press("登录并预约")
			p.read("dialog", "江西政务服务网")
			p.shot(" dialog")
			p.leave(provider)
			p.enter("wang")
			p.read("h1", "场馆room")
			p.agree()
			mine := eval[handlers.SessionView](p, `fetch('/api/v1/session').then((r) => r.json())`)
			if mine.Account == nil || mine.Account.Name != "王小明" {
				t.Errorf("the session is %+v", mine)
			}
			p.press("确认预约") // the dialog is open again, with the time that was chosen
			p.until(`document.querySelector('.qr')?.naturalWidth > 0`)
			p.read(".facts", "14:00–16:00")
		})
	}
}

func TestStaffSignInWithTheCitysIdentityAndWorkAtTheirVenue(t *testing.T) {
	t.Parallel()
	house, provider := cityHouse(t)
	p := open(t, house, desktop)
	p.visit("/sign-in?next=/manage/board")
	p.leave(provider)
	p.enter("li")
	p.read("h1", "今日看板")
	mine := eval[handlers.SessionView](p, `fetch('/api/v1/session').then((r) => r.json())`)
	if diff := cmp.Diff([]string{"room"}, mine.Venues); diff != "" || mine.Account.Name != "" {
		t.Errorf("the session is %+v: %s", mine, diff)
	}
}

func TestWhoeverTheProviderDoesNotNameIsAskedForANameAndComesToTheirBookings(t *testing.T) {
	t.Parallel()
	house, provider := cityHouse(t)
	provider.People["zhang"] = providertest.Claims{"sub": "4713"}
	p := open(t, house, phone)
	p.visit("/sign-in")
	p.leave(provider)
	p.enter("zhang")
	p.agree()
	p.fill("input[name=name]", "张三")
	p.press("保存")
	p.read("h1", "我的预约")
}

func TestWhoIsRefusedByTheProviderIsToldInWords(t *testing.T) {
	t.Parallel()
	house, provider := cityHouse(t)
	p := open(t, house, phone)
	p.visit("/sign-in?next=/bookings")
	p.leave(provider)
	p.click("#refuse")
	p.arrive(p.url)
	p.read("[role=alert]", "没有放行")
	p.leave(provider)
	p.enter("wang")
	p.read("h1", "我的预约")
}

func TestTheWayBackFromTheProviderCannotBeUsedAgain(t *testing.T) {
	t.Parallel()
	house, provider := cityHouse(t)
	p := open(t, house, desktop)
	p.visit("/sign-in")
	p.leave(provider)
	house.Clock.Advance(11 * time.Minute)
	p.enter("wang")
	p.read("[role=alert]", "已超时")
	if n := len(provider.Traded); n != 0 {
		t.Errorf("%d codes were exchanged", n)
	}
}

func TestTheSignInPageLeadsToNoOtherSite(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	resident := house.As(house.Account("王小明"))
	p := open(t, house, desktop)
	p.as(resident)
	for _, next := range []string{"//evil.example", "/%09/evil.example", "/%0A/evil.example", "/%5Cevil.example", "/.//evil.example", "https:evil.example", "javascript:alert(1)"} {
		p.visit("/sign-in?next=" + next)
		p.read("h1", "我的预约")
		if at := eval[string](p, `location.href`); at != p.url+"/bookings" {
			t.Errorf("%s leads to %s", next, at)
		}
	}
}

func TestTheSignInPageWithAProviderIsForEverybody(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house, _ := cityHouse(t)
		house.Account("管理员", account.Grant{Role: account.Administrator})
		return open(t, house, on)
	}, []view{
		{"provider", func(p *page) { p.visit("/sign-in"); p.see(".elsewhere") }},
		{"provider problem", func(p *page) { p.visit("/sign-in?problem=provider_flow_ended"); p.see("[role=alert]") }},
	})
}

// The next person at the computer of a reading room must not be signed in by one press of the button.
func TestWhoSignsOutIsSignedOutAtTheCityToo(t *testing.T) {
	t.Parallel()
	house, provider := cityHouse(t)
	p := open(t, house, desktop)
	p.visit("/sign-in?next=/manage/board")
	p.leave(provider)
	p.enter("li")
	p.read("h1", "今日看板")
	p.click(".menu summary")
	p.press("退出登录")
	p.arriveWhere(`location.pathname === '/'`)
	provider.Do(func(to *providertest.Provider) {
		if to.Left != 1 {
			t.Errorf("the provider was left %d times", to.Left)
		}
	})
	if mine := eval[handlers.SessionView](p, `fetch('/api/v1/session').then((r) => r.json())`); mine.Account != nil {
		t.Errorf("the session is %+v", mine)
	}
}
