// @ts-check

/**
 * The eighteen characters of an identity number (GB 11643), as a reader of cards or a person types them, with
 * or without spaces; '' for anything else. Whether its last one is right, the server says.
 * @param {string} typed
 */
export function cardOf(typed) {
  const plain = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  return /^\d{17}[\dX]$/.test(plain) ? plain : '';
}
