// @ts-check
// A rule book as residents read it, in either language.
import { speak } from '../../../lib/i18n.js';
import { ruleText } from '../../../lib/rules.js';

/** @typedef {import('../../../types').Lang} Lang */
/** @typedef {import('../../../types').Explained} Explained */

/** A rule book in sentences of one language. @param {Explained[]} rules @param {Lang} language */
export function sentences(rules, language) {
  speak(language);
  try {
    return rules.map((r) => ruleText(r));
  } finally {
    speak();
  }
}
