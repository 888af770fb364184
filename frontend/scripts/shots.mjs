// Takes a picture of every page of a running demo, to be looked at: `make run`, then `npm run shots`.
// GRADIN_URL, SHOTS (a folder), LANGUAGES, WIDTHS and SCHEMES say which; ONLY is the beginning of names.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const { env } = process;
const base = env.GRADIN_URL ?? 'http://127.0.0.1:8080';
const folder = env.SHOTS ?? 'test-results/shots';
const list = (text, standard) => (text ?? standard).split(',');
const heights = { 390: 844, 1024: 768, 1440: 900 };

const relay = 'relay@banquedulac.example';
const admin = 'admin@fcgranval.example';
const operator = 'operateur@fcgranval.example';

/** Opens the dashboard of the championship and gives its address. */
async function dashboard(page) {
  await page.goto(`${base}/p/distribute`);
  await page.getByRole('link', { name: 'Championnat' }).click();
  await page.waitForURL(/distribute\/[\w-]{22}/);
  return new URL(page.url()).pathname;
}

/** Opens the first row of a list beside it. */
const firstRow = (path) => async (page) => {
  await page.goto(base + path);
  await page.locator('tbody tr').nth(1).click();
};

const under = (rest) => async (page) => page.goto(base + (await dashboard(page)) + rest);

/** The pages: a name, who looks, and an address or the way there. */
const pages = [
  ['login', null, '/login'],
  ['products', relay, '/p/distribute'],
  ['dashboard', relay, under('')],
  ['dashboard-chart', relay, under('?view=chart')],
  ['dashboard-empty', relay, under('?q=zzzz')],
  ['tickets', relay, under('/tickets?show=distributed')],
  [
    'ticket',
    relay,
    async (page) => {
      await under('/tickets?takeBack=1')(page);
      await page.locator('tbody tr').nth(1).click();
    },
  ],
  ['import', relay, under('/import')],
  [
    'map',
    relay,
    async (page) => {
      await dashboard(page);
      await page.locator('a[href*="/map"]').last().click();
      await page.waitForURL(/\/map$/);
    },
  ],
  ['cart', relay, '/p/cart'],
  ['guests', relay, '/p/guests'],
  ['guest', relay, firstRow('/p/guests')],
  ['executions', relay, '/p/executions'],
  ['execution', relay, firstRow('/p/executions')],
  ['me', relay, '/me'],
  ['missing', relay, '/nowhere'],
  ['forbidden', relay, '/o/outbox'],
  ['sponsors', operator, '/p/distribute'],
  ['office-executions', operator, '/o/executions'],
  ['outbox', operator, '/o/outbox'],
  ['mail', operator, firstRow('/o/outbox')],
  ['alerts', admin, '/o/alerts'],
  ['pos', admin, '/o/pos'],
  ['product-rules', admin, firstRow('/o/products')],
  ['audit', admin, '/a/audit'],
  ['entry', admin, firstRow('/a/audit')],
  ['graphql', admin, '/a/graphql'],
];

async function signIn(page, who) {
  await page.goto(`${base}/login`);
  await page.locator('input[name=email]').fill(who);
  await page.locator('input[type=password]').fill('une-place-pour-tous');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(({ pathname }) => pathname !== '/login');
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const who of new Set(pages.map(([, who]) => who))) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`));
  if (who) await signIn(page, who);
  else await page.goto(`${base}/login`);
  for (const language of list(env.LANGUAGES, 'en')) {
    await page.evaluate(
      (text) => localStorage.setItem('gradin.preferences', text),
      JSON.stringify({ language }),
    );
    for (const scheme of list(env.SCHEMES, 'light,dark')) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of list(env.WIDTHS, '1440').map(Number)) {
        await page.setViewportSize({ width, height: heights[width] ?? 900 });
        for (const [name, whose, path] of pages) {
          if (whose !== who || !name.startsWith(env.ONLY ?? '')) continue;
          if (typeof path === 'string') await page.goto(base + path);
          else await path(page);
          await page.waitForLoadState('networkidle');
          await page.screenshot({
            path: join(folder, `${name}-${language}-${scheme}-${width}.png`),
          });
        }
      }
    }
  }
  await context.close();
}
await browser.close();
