// Before the first paint: what the reader has chosen in this browser, put on <html> where the style sheet looks for it.
(() => {
  const root = document.documentElement;
  const names = ['theme', 'palette', 'contrast', 'motion', 'shortcuts'];
  const apply = (name, value) => {
    if (/^[a-z]{1,16}$/.test(value ?? '')) root.setAttribute(`data-${name}`, value);
  };
  if (matchMedia('(prefers-contrast: more)').matches) apply('contrast', 'high');
  try {
    names.forEach((name) => apply(name, localStorage.getItem(`dispobox.${name}`)));
  } catch {
    // A browser that keeps nothing shows the page as it is for everybody.
  }
  // The other tabs of this browser follow.
  addEventListener('storage', ({ key, newValue }) => {
    const name = key?.replace(/^dispobox\./, '');
    if (names.includes(name)) apply(name, newValue);
  });
})();
