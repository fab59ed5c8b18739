package e2e

import (
	_ "embed"
	"testing"

	"github.com/chromedp/chromedp"
)

// axe is axe-core, made by tools/vendor; see testdata/axe.LICENSE.txt.
//
//go:embed testdata/axe.min.js
var axe string

// view is a page, or a state of one, that everybody must be able to use.
type view struct {
	name  string
	reach func(p *page) // loads it and waits until it is there
}

// accessible checks views on phone and desktop, in Chinese and English, light and dark: no violation that axe-core knows
// of (WCAG 2.2 A and AA, and its best practices), and no target smaller than 44 by 44 pixels.
func accessible(t *testing.T, start func(t *testing.T, on device) *page, views []view) {
	for _, on := range []device{phone, desktop} {
		for _, language := range []string{"zh-CN", "en"} {
			t.Run(string(on)+" "+language, func(t *testing.T) {
				t.Parallel()
				p := start(t, on)
				p.language(language)
				for _, v := range views {
					p.scheme("light")
					v.reach(p)
					p.audit(v.name, "", `['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']`)
					p.shot(" " + v.name + " light")
					p.scheme("dark")
					p.audit(v.name, " in the dark", `['color-contrast','link-in-text-block']`)
					p.shot(" " + v.name + " dark")
				}
			})
		}
	}
}

// audit fails the test for every violation, and for every target that is too small for a finger.
func (p *page) audit(name, when, tags string) {
	p.t.Helper()
	p.settle()
	if !eval[bool](p, `'axe' in window`) {
		p.do(chromedp.Evaluate[chromedp.Void](axe))
	}
	for _, v := range eval[[]string](p, `axe.run(document, { runOnly: `+tags+`, resultTypes: ['violations'] })
		.then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ' at ' + n.target + ': ' + n.failureSummary)))`) {
		p.t.Errorf("%s%s: %s", name, when, v)
	}
	for _, s := range eval[[]string](p, smallTargets) {
		p.t.Errorf("%s%s: a target is smaller than 44 pixels: %s", name, when, s)
	}
}

// settle waits until nothing moves: colours in the middle of a transition have no contrast yet.
func (p *page) settle() {
	p.t.Helper()
	p.until(`document.getAnimations().every((a) => a.playState !== 'running')`)
}

// smallTargets lists what can be pressed and is too small. Links inside a sentence are exempt (WCAG 2.5.8, inline), and
// so is what is covered by a larger target: the input of a chip or in a label, a link whose ::after covers its card.
const smallTargets = `[...(document.querySelector('dialog[open]') ?? document).querySelectorAll('a[href], button, select, input, summary')]
	.filter((e) => e.getClientRects().length && !e.closest('.visually-hidden') && !e.matches('.skip, .whole, .week.one .slot'))
	.filter((e) => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
	.filter((e) => !(e.matches('input') && e.closest('label')?.getBoundingClientRect().height >= 43.5))
	.map((e) => [e, e.getBoundingClientRect()])
	.filter(([e, r]) => r.height < 43.5 || (r.width < 43.5 && e.tagName !== 'A'))
	.map(([e, r]) => e.outerHTML.slice(0, 90) + ' ' + Math.round(r.width) + 'x' + Math.round(r.height))`
