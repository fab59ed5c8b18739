package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"wenguan/app/apptest"
	"wenguan/handlers"
)

// device is what somebody holds.
type device string

const (
	phone   device = "phone"   // 390 x 844, touch
	desktop device = "desktop" // 1280 x 860
)

// patience is when a page that does not become what a test waits for counts as broken: it only turns a hang into a
// picture and a sentence.
const patience = time.Minute

// page is one tab of somebody's own browser. A content security violation or an error in a script fails the test.
type page struct {
	t     *testing.T
	house *apptest.House
	url   string // where the house is reached
	tab   context.Context

	mu     sync.Mutex
	faults []string
}

// open gives somebody a browser at the house. Nothing is loaded yet.
func open(t *testing.T, house *apptest.House, on device) *page {
	t.Helper()
	tab, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &page{t: t, house: house, url: house.URL, tab: tab}
	if err := chromedp.Do(tab); err != nil { // opens the tab; a deadline on the first call would end the browser
		t.Fatal(err)
	}
	if err := chromedp.Listen(tab, p.hear); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.finish)
	if on == phone {
		p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch))
	} else {
		p.do(chromedp.EmulateViewport(1280, 860))
	}
	return p
}

// hear notes what must never happen in a page.
func (p *page) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		p.faults = append(p.faults, "error in a script: "+text)
	case *cdppage.EventJavascriptDialogOpening: // "leave this page?": a person would say yes; unanswered, the tab hangs
		go func() {
			_, _ = chromedp.Call(p.tab, cdppage.HandleJavaScriptDialog, cdppage.HandleJavaScriptDialogParams{Accept: true})
		}()
	case *log.EventEntryAdded:
		security := strings.Contains(e.Entry.Text, "Content Security Policy")
		missing := strings.Contains(e.Entry.URL, "/static/") && strings.Contains(e.Entry.Text, "404")
		if security || missing {
			p.faults = append(p.faults, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

// finish takes a picture if the test failed or SHOTS names a folder, and fails the test for what hear noted.
func (p *page) finish() {
	p.mu.Lock()
	faults := p.faults
	p.mu.Unlock()
	for _, f := range faults {
		p.t.Error(f)
	}
	if n := p.house.API.Violations(); n > 0 {
		p.t.Errorf("%d violations of the content security policy were reported", n)
	}
	if os.Getenv("SHOTS") != "" || p.t.Failed() {
		p.shot("")
	}
}

// shot keeps a picture of the tab in the folder SHOTS, or of a failure in the temporary folder.
func (p *page) shot(suffix string) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		if !p.t.Failed() {
			return
		}
		dir = os.TempDir()
	}
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Logf("no picture: %v", err)
		return
	}
	name := filepath.Join(dir, strings.NewReplacer("/", "-", " ", "_").Replace(p.t.Name())+suffix+".png")
	if err := os.WriteFile(name, png, 0o644); err != nil {
		p.t.Log(err)
	}
	p.t.Logf("picture: %s", name)
}

func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// eval is the value of a JavaScript expression, a promise awaited.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for a JavaScript expression to be true.
func (p *page) until(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(0))); err != nil {
		p.t.Fatalf("this never became true: %s: %v", expression, err)
	}
}

// visit loads an address of the house.
func (p *page) visit(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.url + path))
}

// see waits until something that matches is visible.
func (p *page) see(css string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.getClientRects().length > 0)`, css))
}

// gone waits until nothing matches any more.
func (p *page) gone(css string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`!document.querySelector(%q)`, css))
}

// read waits until an element shows this text, as a part of its own.
func (p *page) read(css, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, css, text))
}

// click clicks the first visible element that matches.
func (p *page) click(css string) {
	p.t.Helper()
	p.tap(fmt.Sprintf(`[...document.querySelectorAll(%q)].find((e) => e.getClientRects().length > 0)`, css))
}

// press clicks the first visible button or link with this text, inside the open dialog if there is one.
func (p *page) press(text string) {
	p.t.Helper()
	// a dialog that is drawn but not open yet is about to cover everything else
	p.tap(fmt.Sprintf(`[...document.querySelectorAll((document.querySelector('dialog') ? 'dialog[open] ' : '') + ':is(button, a, summary)')]
		.find((e) => e.getClientRects().length > 0 && !e.disabled && e.innerText.trim().includes(%q))`, text))
}

// tap clicks what a JavaScript expression finds, once it stands still. A page may still move between the look and the
// click: somebody who sees that they missed taps again, and so does this.
func (p *page) tap(find string) {
	p.t.Helper()
	for range 10 {
		p.until(fmt.Sprintf(`(() => {
			const e = %s;
			document.querySelector('[data-press]')?.removeAttribute('data-press');
			if (!e) return false;
			const { x, y, width, height } = e.getBoundingClientRect();
			const at = [x, y, width, height].join();
			const still = window.pressing === e && window.pressingAt === at;
			[window.pressing, window.pressingAt, window.pressed] = [e, at, false];
			if (!still) return false;
			e.setAttribute('data-press', '');
			const around = e.closest('label') ?? e; // the field of a label lies over its words
			addEventListener('click', (event) => { window.pressed ||= event.composedPath().includes(around); },
				{ capture: true, once: true });
			return true; })()`, find))
		ctx, cancel := context.WithTimeout(p.tab, patience)
		err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("[data-press]")))
		if err == nil {
			var hit bool
			hit, err = chromedp.Run(ctx, chromedp.Evaluate[bool](`window.pressed !== false`))
			if err != nil || hit { // an error here is a page that the click has left
				cancel()
				return
			}
		}
		cancel()
		if p.tab.Err() != nil {
			p.t.Fatal(p.tab.Err())
		}
	}
	p.t.Fatalf("could not be clicked: %s", find)
}

// fill types into a field, replacing what it held.
func (p *page) fill(css, text string) {
	p.t.Helper()
	p.see(css)
	p.do(chromedp.Focus(chromedp.CSS(css)))
	eval[bool](p, fmt.Sprintf(`(document.querySelector(%q).select(), true)`, css))
	p.do(chromedp.SendKeys(chromedp.CSS(css), text))
}

// choose picks an option of a select, as a person's choice would.
func (p *page) choose(css, value string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`[...(document.querySelector(%q)?.options ?? [])].some((o) => o.value === %q)`, css, value))
	eval[bool](p, fmt.Sprintf(`(() => { const s = document.querySelector(%q); s.value = %q;
		s.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`, css, value))
}

// as signs the browser in as a client of the house, without the pages.
func (p *page) as(c *apptest.Client) {
	p.t.Helper()
	yes := true
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{
			Name: handlers.Cookie, Value: c.Token, URL: p.url, HTTPOnly: &yes,
		})
		return err
	}))
}

// scheme is what the operating system asks for.
func (p *page) scheme(name string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return err
	}))
}

// language is chosen on this device before the next page is loaded.
func (p *page) language(tag string) {
	p.t.Helper()
	p.visit("/app.webmanifest")
	eval[bool](p, fmt.Sprintf(`(localStorage.setItem('lang', %q), true)`, tag))
}
