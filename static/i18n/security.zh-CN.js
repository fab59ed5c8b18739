// @ts-check
// security.en.js has exactly these keys.
export default {
  'security.title': '登录与安全',
};
