// @ts-check
// The unified social credit code (GB 32100-2015), checked while it is typed. The server checks again.

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** As it is stored: capitals without spaces. @param {string} typed */
export const normal = (typed) => typed.normalize('NFKC').toUpperCase().replace(/[\s–·-]/g, '');

/** The last character for the first 17. @param {string} first17 */
export function checkCharacter(first17) {
  const sum = weights.reduce((all, w, i) => all + w * alphabet.indexOf(first17[i]), 0);
  return alphabet[(31 - (sum % 31)) % 31];
}

/**
 * What is wrong with a code: '' nothing, 'short' (so far good), 'character' with its position from 1,
 * 'length' or 'check'.
 * @param {string} typed
 * @returns {{ wrong: '' | 'short' | 'character' | 'length' | 'check', position?: number }}
 */
export function checkCode(typed) {
  const code = normal(typed);
  const at = [...code].findIndex((c, i) => !(i >= 2 && i < 8 ? /\d/.test(c) : alphabet.includes(c)));
  if (at >= 0 && at < 18) return { wrong: 'character', position: at + 1 };
  if (code.length < 18) return { wrong: 'short' };
  if (code.length > 18) return { wrong: 'length' };
  return { wrong: code[17] === checkCharacter(code.slice(0, 17)) ? '' : 'check' };
}
