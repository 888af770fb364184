import { expect, type Page, test } from '@playwright/test';
import { clean, open } from './session.ts';

/** Every route, who may open it, and the heading that proves it is not blank. */
const routes: { who: string; path: string; heading: RegExp }[] = [
  { who: '', path: '/login', heading: /sign in/i },
  { who: 'relay@banquedulac.example', path: '/p/distribute', heading: /distribute your tickets/i },
  { who: 'relay@banquedulac.example', path: '/p/executions', heading: /executions/i },
  { who: 'relay@banquedulac.example', path: '/p/cart', heading: /distribution cart/i },
  { who: 'relay@banquedulac.example', path: '/p/guests', heading: /address book/i },
  { who: 'relay@banquedulac.example', path: '/me', heading: /.+/ },
  { who: 'relay@banquedulac.example', path: '/nowhere', heading: /.+/ },
  { who: 'operateur@fcgranval.example', path: '/o/outbox', heading: /outbox/i },
  { who: 'operateur@fcgranval.example', path: '/o/executions', heading: /executions/i },
  { who: 'operateur@fcgranval.example', path: '/o/pos', heading: /points of sale/i },
  { who: 'admin@fcgranval.example', path: '/o/pos', heading: /points of sale/i },
  { who: 'admin@fcgranval.example', path: '/o/products', heading: /products/i },
  { who: 'admin@fcgranval.example', path: '/o/models', heading: /mail models/i },
  { who: 'admin@fcgranval.example', path: '/o/alerts', heading: /alerts/i },
  { who: 'admin@fcgranval.example', path: '/o/contacts', heading: /contacts/i },
  { who: 'admin@fcgranval.example', path: '/o/organisation', heading: /organisation/i },
  { who: 'admin@fcgranval.example', path: '/a/audit', heading: /audit/i },
];

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any route, ${theme}`, async ({ browser }) => {
    for (const who of new Set(routes.map((route) => route.who))) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      const mine = routes.filter((route) => route.who === who);
      for (const [i, route] of mine.entries()) {
        if (i === 0) await open(page, who, route.path, theme);
        else await page.goto(route.path);
        await expect(page.getByRole('heading', { name: route.heading }).first()).toBeVisible();
        await clean(page, `${route.path} ${theme}`);
      }
      if (who.startsWith('relay@')) await dashboardRoutes(page, theme);
      await context.close();
    }
  });
}

/** The routes below a product, whose address is only known once it is opened. */
async function dashboardRoutes(page: Page, theme: string) {
  await page.goto('/p/distribute');
  await page.getByRole('link', { name: 'Championnat' }).click();
  await expect(page.getByRole('heading', { name: 'Championnat' })).toBeVisible();
  await clean(page, `dashboard ${theme}`);
  const base = new URL(page.url()).pathname;
  await page
    .getByRole('link', { name: /^Seat map of/ })
    .last()
    .click();
  await expect(page.getByRole('list', { name: 'Zones' })).toBeVisible();
  await clean(page, `map ${theme}`);
  await page.getByRole('button', { name: /Tribune Ouest O1/ }).click();
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('r');
  await clean(page, `zone of the map ${theme}`);
  await page.getByText('List view').click();
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await clean(page, `list beside the map ${theme}`);
  await page.goto(`${base}/tickets`);
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await clean(page, `tickets ${theme}`);
  // A row without its box is only on its way.
  await page
    .locator('tbody tr')
    .filter({ has: page.getByRole('checkbox') })
    .nth(1)
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await clean(page, `ticket drawer ${theme}`);
  await page.goto(`${base}/import`);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await clean(page, `import ${theme}`);
}
