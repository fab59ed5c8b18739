// @ts-check
// counter.en.js has exactly these keys.
export default {
  'counter.title': '服务台',
};
