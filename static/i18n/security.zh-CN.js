// @ts-check
// security.en.js has exactly these keys.
export default {
  'security.title': '登录与安全',
  'security.or': '或者',
  'security.provider': '用{name}登录',
  'err.provider_unavailable': '暂时连接不上那边的登录服务，请稍后再试，或换一种方式登录。',
  'err.provider_flow_ended': '这次登录已用过、已超时，或是在别的浏览器里开始的，请重新登录。',
  'err.provider_refused': '那边的登录服务没有放行，请再试一次，或换一种方式登录。',
  'err.provider_answer_invalid': '那边登录服务的答复无法核实，请再试一次，或换一种方式登录。',
  'err.provider_none': '这里没有接入其他登录服务，请用其他方式登录。',
};
