// @ts-check
// A classic script in the head: the theme and text size a person chose are set before anything is painted.
(function () {
  try {
    const root = document.documentElement;
    root.dataset.theme = localStorage.getItem('theme') || 'auto';
    root.dataset.size = localStorage.getItem('size') || 'normal';
  } catch {
    // storage is forbidden: the system's theme
  }
})();
