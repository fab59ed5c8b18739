// @ts-check
/** @type {Record<keyof typeof import('./security.zh-CN.js').default, string>} */
export default {
  'security.title': 'Sign-in and security',
  'security.or': 'or',
  'security.provider': 'Sign in with {name}',
  'err.provider_unavailable': 'The other sign-in service cannot be reached just now. Try again in a moment, or sign in another way.',
  'err.provider_flow_ended': 'This sign-in was used already, took too long, or began in another browser. Begin again.',
  'err.provider_refused': 'The other sign-in service did not let you in. Try again, or sign in another way.',
  'err.provider_answer_invalid': 'The answer of the other sign-in service cannot be believed. Try again, or sign in another way.',
  'err.provider_none': 'There is no other sign-in service here. Sign in another way.',
};
