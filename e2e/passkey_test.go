package e2e

import (
	"context"
	"strings"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"wenguan/app/apptest"
	"wenguan/models/account"
)

// atLocalhost opens the house by a host name: browsers make no passkeys for an IP address.
func atLocalhost(t *testing.T, house *apptest.House, on device) *page {
	t.Helper()
	p := open(t, house, on)
	p.url = strings.Replace(house.URL, "127.0.0.1", "localhost", 1)
	return p
}

// withAuthenticator gives the browser a software passkey that knows its owner, as a phone with a fingerprint does.
func (p *page) withAuthenticator() {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{
				Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
				HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
			},
		})
		return err
	}))
}

// without takes something away that an older browser does not have.
func (p *page) without(name string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
			Source: name + " = undefined",
		})
		return err
	}))
}

// enrolment is a link for a new colleague to set up how they sign in.
func enrolment(t *testing.T, house *apptest.House, role account.Role) (who account.Account, path string) {
	t.Helper()
	who = house.Account("林主任", account.Grant{Role: role})
	token, err := house.Accounts.MakeLink(t.Context(), apptest.System, who.ID, account.LinkOptions{TTL: time.Hour, Enrol: true})
	if err != nil {
		t.Fatal(err)
	}
	house.As(who).Post("/api/v1/account/consents", map[string]int{"version": 1}).Expect(200) // not what is tested here
	return who, "/sign-in#link=" + token
}

// appCode is what the authenticator app shows next: the clock goes on by a step, for each code counts once.
func appCode(t *testing.T, house *apptest.House, secret string) string {
	t.Helper()
	house.Clock.Advance(30 * time.Second)
	code, err := totp.GenerateCodeCustom(secret, house.Clock.Now(), totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// signOut signs out of the pages.
func (p *page) signOut() {
	p.t.Helper()
	eval[bool](p, `fetch('/api/v1/session', { method: 'DELETE' }).then((r) => r.ok)`)
}

func TestStaffSetUpAPasskeySignInWithItAndShowItAgain(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	for _, on := range []device{phone, desktop} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			p := atLocalhost(t, house, on)
			p.withAuthenticator()
			if on == phone {
				p.without("PublicKeyCredential.isConditionalMediationAvailable")
			}
			_, link := enrolment(t, house, account.Manager)
			p.visit(link)
			p.arrive(p.url + "/manage/security")
			p.click("#enrol-passkey")
			p.fill("input[name=name]", "办公室电脑")
			p.shot(" name")
			p.press("在这台设备上创建")
			p.read("main .notice.good", "设置好了")
			p.read("#passkeys li", "办公室电脑")
			p.shot(" set up")
			p.signOut()
			p.visit("/manage/board")
			p.click(".gate a.button")
			if on == phone { // elsewhere the browser offers it at the field, and this one takes the offer
				p.click("#passkey")
			}
			p.see(".occupancy, .timetable, .daylist")

			house.Clock.Advance(11 * time.Minute)
			p.visit("/manage/security")
			p.click("#make-recovery")
			p.see("dialog[open]")
			p.shot(" step up")
			p.press("用通行密钥")
			p.see(".codes li")
			if n := eval[int](p, `document.querySelectorAll('.codes li').length`); n != 10 {
				t.Errorf("there are %d recovery codes", n)
			}
			p.shot(" recovery codes")
		})
	}
}

// A passkey's answer is taken once, and only for the challenge, the site and the account it was given for.
func TestAPasskeysAnswerCountsOnce(t *testing.T) {
	t.Parallel()
	house := usedHouse(t)
	p := atLocalhost(t, house, desktop)
	p.withAuthenticator()
	p.without("PublicKeyCredential.isConditionalMediationAvailable")
	_, link := enrolment(t, house, account.Manager)
	p.visit(link)
	p.arrive(p.url + "/manage/security")
	p.click("#enrol-passkey")
	p.fill("input[name=name]", "电脑")
	p.press("在这台设备上创建")
	p.read("#passkeys li", "电脑")
	p.signOut()
	p.visit("/manage/sign-in")
	p.see("#passkey")
	got := eval[string](p, `(async () => {
		const { showPasskey } = await import(document.querySelector('script[type=module]').src.replace('manage/main.js', 'lib/passkeys.js'));
		const post = async (path, body) => {
			const r = await fetch('/api/v1' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
			return r.status + ' ' + ((await r.json().catch(() => ({}))).code ?? '');
		};
		const signIn = (passkey) => post('/sessions', { passkey });
		const forged = async (change) => {
			const a = await showPasskey();
			change(a);
			return signIn(a);
		};
		const flip = (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
		const said = [
			await forged((a) => { a.response.signature = a.response.signature.slice(0, -8) + flip(a.response.signature.slice(-8)); }),
			await forged((a) => { a.response.userHandle = btoa('01k0000000000000000000000'); }),
			await forged((a) => {
				const data = JSON.parse(atob(a.response.clientDataJSON.replaceAll('-', '+').replaceAll('_', '/')));
				a.response.clientDataJSON = btoa(JSON.stringify({ ...data, origin: 'https://elsewhere.example' }));
			}),
		];
		const answer = await showPasskey();
		said.push(await signIn(answer), await signIn(answer));
		const again = await showPasskey(); // of a session of staff: to step up, not to sign in
		said.push(await signIn(again), await post('/session/proofs', { passkey: again }));
		const right = await showPasskey();
		said.push(await post('/session/proofs', { passkey: right }), await post('/session/proofs', { passkey: right }));
		return said.join(', ');
	})()`)
	want := "422 passkey_refused, 422 passkey_refused, 422 passkey_refused, 201 , 422 passkey_refused, 422 passkey_refused, " +
		"422 passkey_refused, 204 , 422 passkey_refused"
	if got != want {
		t.Errorf("the answers are %s", got)
	}
}
