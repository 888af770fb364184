import AxeBuilder from '@axe-core/playwright';
import { type Cookie, expect, type Page } from '@playwright/test';

/** The sessions of who has signed in already: once each is enough for all tests of a worker. */
const sessions = new Map<string, Cookie[]>();

/** Opens an address as somebody, in English: through the form the first time, and with that session from then on. */
export async function open(
  page: Page,
  who: string,
  path: string,
  theme: 'light' | 'dark' = 'light',
) {
  await page.addInitScript((scheme) => {
    localStorage.setItem('gradin.preferences', JSON.stringify({ language: 'en', theme: scheme }));
  }, theme);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const known = sessions.get(who);
  if (known) await page.context().addCookies(known);
  if (known || !who) {
    await page.goto(path);
    return;
  }
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await page.getByLabel('E-mail address').fill(who);
  await page.getByRole('textbox', { name: 'Password' }).fill(process.env.GRADIN_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => `${url.pathname}${url.search}` === path);
  sessions.set(who, await page.context().cookies());
}

/** Opens the dashboard of the championship as the relay of the bank. */
export async function openDashboard(page: Page, theme: 'light' | 'dark' = 'light') {
  await open(page, 'relay@banquedulac.example', '/p/distribute', theme);
  await page.getByRole('link', { name: 'Championnat' }).click();
  await expect(page.getByRole('heading', { name: 'Championnat' })).toBeVisible();
}

/**
 * Fails when axe finds something on the page. Telling what is in order as well, and
 * opening a second page for frames of other origins, of which there are none, takes
 * twice the time of the search itself. What lies half hidden behind a dialog is
 * no target: a dialog is looked at alone.
 */
export async function clean(page: Page, what: string) {
  const within = (await page.getByRole('dialog').count()) > 0 ? '[role=dialog]' : 'html';
  const found = await new AxeBuilder({ page })
    .include(within)
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const told = found.violations.map(
    (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`,
  );
  expect(told, what).toEqual([]);
}
