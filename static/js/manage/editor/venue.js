// @ts-check
// The venue in hand: what is stored, what was typed, saving it, and what to do when somebody else saved
// meanwhile.
import { useState } from '../../lib/ui.js';
import { t } from '../../lib/i18n.js';
import { api, ApiError } from '../../lib/api.js';
import { signedOut } from '../../lib/session.js';
import { announce } from '../../lib/shell.js';
import { back, changed, outgoing, pathName, rebase, setAt, whole } from './draft.js';
import { keep, kept } from './guard.js';
import { problemsOf, without } from './problems.js';

/** @typedef {import('../../types').Venue} Venue */
/** @typedef {import('./draft.js').Path} Path */
/** @typedef {import('./draft.js').Section} Section */
/** @typedef {import('./problems.js').Problems} Problems */
/** @typedef {ReturnType<typeof useVenue>} VenueEditor */
/**
 * @typedef {object} State
 * @property {Venue} base as stored @property {Venue} draft as typed @property {Problems} problems
 * @property {unknown} error the last save's, when it is about no input @property {boolean} busy
 * @property {boolean} saved
 * @property {boolean} restored typed before and kept in this tab @property {boolean} merged
 * @property {Venue | null} before what was stored before the last save
 * @property {Venue | null} dropped what was typed before it was given up
 * @property {Venue | null} theirs what somebody else saved meanwhile
 */

/**
 * What was typed here before and never saved, on top of what is stored now.
 * @param {Venue} stored @returns {State}
 */
function begin(stored) {
  const base = whole(stored);
  const before = kept(stored.id);
  keep(stored.id, null);
  const draft = before ? rebase(before.base, before.draft, base).venue : base;
  return { base, draft, busy: false, ...quiet(), restored: changed(base, draft).length > 0 };
}

/** Nothing to tell. */
const quiet = () => ({
  problems: /** @type {Problems} */ (new Map()),
  error: null,
  saved: false,
  restored: false,
  merged: false,
  before: /** @type {Venue | null} */ (null),
  dropped: /** @type {Venue | null} */ (null),
  theirs: null,
});

/** @param {Venue} stored */
export function useVenue(stored) {
  const [state, setState] = useState(() => begin(stored));
  const { base, draft, theirs } = state;
  const put = (/** @type {Partial<State>} */ more) => setState((was) => ({ ...was, ...more }));
  const set = (/** @type {Path} */ path, /** @type {unknown} */ value) => setState((was) => ({
    ...was, draft: setAt(was.draft, path, value), problems: without(was.problems, pathName(path)),
    saved: false, dropped: null,
  }));
  const edit = (/** @type {(v: Venue) => Venue} */ change) => setState((was) => ({
    ...was, draft: change(was.draft), saved: false, dropped: null,
    problems: without(without(was.problems, 'spaces'), 'atoms'), // places in the list may have moved
  }));
  /** @returns {Promise<Problems | null>} what was refused, null when nothing was */
  const save = async () => {
    put({ busy: true });
    try {
      const now = /** @type {Venue} */ (await api('/venues/' + base.id,
        { method: 'PUT', body: outgoing(draft) }));
      put({ ...quiet(), base: whole(now), draft: whole(now), busy: false, saved: true,
        before: base });
      keep(base.id, null);
      announce(t('edit.saved'));
      return null;
    } catch (err) {
      if (err instanceof ApiError && err.code === 'revision_changed') {
        const now = /** @type {Venue} */ (await api('/venues/' + base.id).catch(() => null));
        put({ ...quiet(), busy: false, theirs: now && whole(now), error: now ? null : err });
        return null;
      }
      signedOut(err); // the guard keeps what was typed until they are back
      const problems = problemsOf(err);
      put({ busy: false, problems, error: err, saved: false });
      return problems;
    }
  };
  return {
    ...state,
    changed: changed(base, draft),
    /** The sections both sides changed, null while nobody interfered. @type {Section[] | null} */
    clash: theirs && rebase(base, draft, theirs).both,
    set,
    edit,
    save,
    retry: () => { save(); },
    keep: () => ({ base, draft }),
    discard: () => {
      put({ ...quiet(), draft: base, dropped: draft });
      keep(base.id, null);
    },
    /** Takes up again what was given up. */
    takeUp: () => { if (state.dropped) put({ ...quiet(), draft: state.dropped }); },
    /** Types what was stored before the last save; it is saved like any other change. */
    goBack: () => { if (state.before) put({ ...quiet(), draft: back(base, state.before) }); },
    merge: () => {
      if (theirs) put({ ...quiet(), base: theirs, draft: rebase(base, draft, theirs).venue, merged: true });
    },
    takeTheirs: () => { if (theirs) put({ ...quiet(), base: theirs, draft: theirs }); },
    /** The server changed the photos already; typing goes on. @param {(p: Photo[]) => Photo[]} change */
    storedPhotos: (change) => setState((was) => ({
      ...was, base: { ...was.base, photos: change(was.base.photos ?? []) },
      draft: { ...was.draft, photos: change(was.draft.photos ?? []) },
    })),
  };
}
/** @typedef {{ id: string, url: string }} Photo */
