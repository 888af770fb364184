// Sets the colour scheme before the first paint; the application takes over from there.
(() => {
  let scheme = 'auto';
  try {
    scheme = localStorage.getItem('gradin.scheme') ?? 'auto';
  } catch {}
  const dark =
    scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
