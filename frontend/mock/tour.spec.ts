import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const shots = process.env.SHOTS;
const languages = (process.env.LANGUAGES ?? 'en').split(',');
const widths = (process.env.WIDTHS ?? '1440').split(',').map(Number);
const schemes = ['light', 'dark'] as const;
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

const portal = 'relay@banquedulac.example';
const office = 'operator@fcgranval.example';

async function signIn(page: Page, email: string) {
  await page.context().addCookies([
    {
      name: 'user',
      value: encodeURIComponent(email),
      url: test.info().project.use.baseURL ?? '',
    },
  ]);
}

async function ask(page: Page, query: string) {
  const response = await page.request.post('/graphql', { data: { query: `${query} # __schema` } });
  return (await response.json()).data;
}

interface Stop {
  name: string;
  user: string | null;
  path:
    | string
    | ((ids: { product: string; ticket: string; runs: Record<string, string> }) => string);
  act?: (page: Page) => Promise<void>;
}

const stops: Stop[] = [
  { name: 'login', user: null, path: '/login' },
  { name: 'products', user: portal, path: '/p/distribute' },
  { name: 'dashboard', user: portal, path: ({ product }) => `/p/distribute/${product}` },
  {
    name: 'dashboard-selected',
    user: portal,
    path: ({ product }) => `/p/distribute/${product}`,
    act: async (page) => {
      await page.locator('tbody input[type=checkbox]').nth(1).check();
      await page.locator('tbody input[type=checkbox]').nth(2).check();
    },
  },
  {
    name: 'dashboard-filtered',
    user: portal,
    path: ({ product }) =>
      `/p/distribute/${product}?from=2026-11-01&to=2027-01-31&show=remaining&q=zzz`,
  },
  {
    name: 'tickets',
    user: portal,
    path: ({ product }) => `/p/distribute/${product}/tickets?show=distributed`,
  },
  {
    name: 'ticket',
    user: portal,
    path: ({ product, ticket }) =>
      `/p/distribute/${product}/tickets?show=remaining&ticket=${ticket}`,
  },
  { name: 'import', user: portal, path: ({ product }) => `/p/distribute/${product}/import` },
  {
    name: 'preview',
    user: portal,
    path: ({ product, runs }) => `/p/distribute/${product}/import/${runs.PLANNED}`,
  },
  { name: 'executions', user: portal, path: '/p/executions' },
  { name: 'execution', user: portal, path: ({ runs }) => `/p/executions/${runs.DONE}` },
  {
    name: 'palette',
    user: portal,
    path: '/p/distribute',
    act: (page) => page.keyboard.press('Control+k'),
  },
  { name: 'keys', user: portal, path: '/p/distribute', act: (page) => page.keyboard.press('?') },
  { name: 'office-executions', user: office, path: '/o/executions' },
  { name: 'office-sponsors', user: office, path: '/p/distribute' },
  { name: 'outbox', user: office, path: '/o/outbox' },
  {
    name: 'mail',
    user: office,
    path: '/o/outbox?state=FAILED',
    act: async (page) => {
      await page.locator('tbody tr').nth(1).click();
      await page.getByRole('dialog').locator('iframe').waitFor();
    },
  },
  {
    name: 'playground',
    user: office,
    path: '/a/graphql',
    act: (page) => page.locator('.monaco-editor').first().waitFor(),
  },
  { name: 'me', user: portal, path: '/me' },
  { name: 'forbidden', user: portal, path: '/o/outbox' },
  { name: 'missing', user: portal, path: '/nowhere' },
];

/** Waits for what moves once, such as a drawer; what turns for ever is no reason to wait. */
async function still(page: Page) {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
}

for (const language of languages) {
  for (const scheme of schemes) {
    for (const stop of stops) {
      test(`${stop.name} ${language} ${scheme}`, async ({ page }) => {
        const said: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') said.push(message.text());
        });
        page.on('pageerror', (error) => said.push(error.message));
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.addInitScript((wanted) => {
          localStorage.setItem('gradin.preferences', JSON.stringify({ language: wanted }));
        }, language);
        await signIn(page, stop.user ?? portal);
        const data = await ask(
          page,
          '{heldProducts{product{id}} tickets(first:1,filter:{distributed:false,states:[NOT_PRINTED]}){edges{node{id}}} executions{edges{node{id state fileName}}}}',
        );
        const runs: Record<string, string> = {};
        for (const { node } of data.executions.edges)
          if (node.fileName) runs[node.state] ??= node.id;
        const ids = {
          product: data.heldProducts[0].product.id,
          ticket: data.tickets.edges[0].node.id,
          runs,
        };
        if (!stop.user) await page.context().clearCookies();
        for (const width of widths) {
          await page.setViewportSize({ width, height: width < 1200 ? 768 : 900 });
          await page.goto(typeof stop.path === 'string' ? stop.path : stop.path(ids));
          await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
          await page.waitForLoadState('networkidle');
          await stop.act?.(page);
          await still(page);
          if (shots)
            await page.screenshot({
              path: `${shots}/${stop.name}-${language}-${scheme}-${width}.png`,
            });
        }
        if (process.env.AXE !== '0') {
          const { violations } = await new AxeBuilder({ page })
            .withTags(tags)
            .exclude('iframe')
            .analyze();
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map(
              (node) =>
                `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`,
            ),
          );
          expect(found).toEqual([]);
        }
        expect(said.filter((text) => !text.includes('status of 404'))).toEqual([]);
      });
    }
  }
}
