// @ts-check
// What every entry document shares: the header with its menu, the live region, and mounting.
import { asset, html, Icon, remember, remembered, render, signal, useEffect, useRef } from './ui.js';
import { lang, ready, setLang, t } from './i18n.js';
import { Chips } from './forms.js';
import { account, leave, loadSession, may, session } from './session.js';
import { place } from './router.js';

/** @typedef {import('./i18n.js').Key} Key */

/**
 * A choice kept on this device and shown as a data attribute of <html>.
 * @param {'theme' | 'size'} name
 * @param {string} first
 */
function preference(name, first) {
  const chosen = signal(remembered(name) || first);
  const choose = (/** @type {string} */ value) => {
    chosen.value = value;
    remember(name, value === first ? '' : value);
    document.documentElement.dataset[name] = value;
  };
  return /** @type {const} */ ([chosen, choose]);
}
const [theme, setTheme] = preference('theme', 'auto');
const [size, setSize] = preference('size', 'normal');

/** The languages by their own names. @type {[tag: import('./i18n.js').Lang, name: string][]} */
const languages = [['zh-CN', '中文'], ['en', 'English']];

const spoken = signal('');
/** Tells people who do not see the page that something happened. @param {string} text */
export function announce(text) {
  spoken.value = '';
  setTimeout(() => { spoken.value = text; }, 50);
}

/** A disclosure that closes on Escape, on a click elsewhere, and when the page changes. */
const Menu = () => {
  const ref = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  useEffect(() => {
    const close = (/** @type {Event} */ e) => {
      const menu = ref.current;
      if (!menu?.open) return;
      if (e instanceof KeyboardEvent && e.key === 'Escape') menu.querySelector('summary')?.focus();
      else if (e instanceof KeyboardEvent || menu.contains(/** @type {Node} */ (e.target))) return;
      menu.open = false;
    };
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  useEffect(() => { if (ref.current) ref.current.open = false; }, [place.value.path]);
  return html`<details class="menu" ref=${ref}>
    <summary aria-label=${t('menu')}><${Icon} name="menu" /></summary>
    <div class="menu-panel">
      <${Who} />
      <${Chips} legend=${t('menu.lang')} name="lang" value=${lang.value} onChange=${setLang}
        options=${languages.map(([tag, name]) => [tag, html`<span lang=${tag}>${name}</span>`])} />
      <${Chips} legend=${t('menu.theme')} name="theme" value=${theme.value} onChange=${setTheme}
        options=${[['auto', t('theme.auto')], ['light', t('theme.light')], ['dark', t('theme.dark')]]} />
      <${Chips} legend=${t('menu.size')} name="size" value=${size.value} onChange=${setSize}
        options=${[['normal', t('size.normal')], ['large', t('size.large')]]} />
    </div></details>`;
};

/** Staff sign in on a page of their own. */
const signInPage = () => (place.value.path.startsWith('/manage') ? '/manage/sign-in' : '/sign-in');

/** Who is signed in, their ways on, and out. */
const Who = () => {
  const who = account();
  if (!who) return html`<a class="menu-item" href=${signInPage()}><${Icon} name="log-in"
    />${t('signin')}</a>`;
  return html`<p class="menu-who"><${Icon} name="circle-user" />
    <strong>${who.name || t('menu.you')}</strong></p>
    <a class="menu-item" href="/organizations"><${Icon} name="users" />${t('menu.organizations')}</a>
    <a class="menu-item" href="/account"><${Icon} name="user" />${t('menu.account')}</a>
    <a class="menu-item" href="/privacy"><${Icon} name="info" />${t('menu.privacy')}</a>
    ${may('view_board') && html`<a class="menu-item" href="/manage/board">
      <${Icon} name="layout-dashboard" />${t('menu.staff')}</a>`}
    ${may('check_in') && html`<a class="menu-item" href="/scan">
      <${Icon} name="qr-code" />${t('menu.scan')}</a>`}
    ${session.value?.staff && html`<a class="menu-item" href="/manage/security">
      <${Icon} name="settings" />${t('menu.security')}</a>`}
    <button type="button" class="menu-item" onClick=${() => leave('/')}>
      <${Icon} name="log-out" />${t('signout')}</button>`;
};

/**
 * The header. The link of the present address, or of a page under it, is marked.
 * @param {{ links: [href: string, text: Key][], home?: string, brand?: Key }} props
 */
export const Header = ({ links, home = '/', brand = 'app' }) => {
  const path = place.value.path;
  const under = (/** @type {string} */ href) => href !== '/' && path.startsWith(href + '/');
  const current = (/** @type {string} */ href) => path === href || under(href);
  const [other, otherName] = languages.find(([tag]) => tag !== lang.value) ?? languages[0];
  return html`<a class="skip" href="#main">${t('skip')}</a>
    <header class="top">
      <a class="brand" href=${home}><img src=${asset('img/icon.svg')} alt="" width="32" height="32" />
        <span>${t(brand)}</span></a>
      <nav aria-label=${t('nav')}>${links.map(([href, text]) => html`<a key=${href} href=${href}
        aria-current=${current(href) ? 'page' : undefined}>${t(text)}</a>`)}</nav>
      <div class="tools">
        ${session.value && !account() && html`
          <a class="button secondary sign-in" href=${signInPage()}>${t('signin')}</a>`}
        <button type="button" class="ghost" id="lang" lang=${other} onClick=${() => setLang(other)}>
          ${otherName}</button>
        <${Menu} />
      </div>
    </header>`;
};

/**
 * Shows the application in #app once its language is there, and asks who is signed in.
 * @param {any} App a component that draws Header and main#main
 */
export async function mount(App) {
  await ready();
  const root = /** @type {HTMLElement} */ (document.getElementById('app'));
  root.replaceChildren();
  render(html`<${Root} app=${App} />`, root);
  loadSession();
  if ('serviceWorker' in navigator && isSecureContext) {
    navigator.serviceWorker.register('/sw.js').catch(() => {}); // without it everything but offline works
  }
}

/** @param {{ app: any }} props */
const Root = ({ app }) => html`<${app} /><div class="visually-hidden" role="status">${spoken.value}</div>`;
