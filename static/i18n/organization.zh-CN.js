// @ts-check
// organization.en.js has exactly these keys.
export default {
  'organization.title': '社会组织',
};
