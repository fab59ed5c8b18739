// @ts-check
// Where to go after signing in: an address says it, so it can be anybody's.

/**
 * The path of a page of this site, else ''. Browsers drop tabs and line ends of an address and read \ like /, so the
 * address is read as they do before it is believed.
 * @param {string | null} next
 */
export function localPath(next) {
  if (!next?.startsWith('/')) return '';
  try {
    const url = new URL(next, location.origin);
    if (url.origin !== location.origin || url.pathname.startsWith('//')) return '';
    return url.pathname + url.search + url.hash;
  } catch {
    return '';
  }
}
