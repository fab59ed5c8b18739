// @ts-check
// audit.en.js has exactly these keys.
export default {
  'audit.title': '审计记录',
};
