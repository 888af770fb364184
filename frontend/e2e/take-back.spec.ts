import { expect, type Page, test } from '@playwright/test';
import { ask } from './api.ts';
import { clean, open, openDashboard } from './session.ts';

const possible = (page: Page) =>
  page.getByRole('region', { name: 'Totals' }).getByRole('link', { name: /^Take back possible/ });

/** The number that a link, a button or a badge says. */
async function said(words: Promise<string | null>): Promise<number> {
  return Number((await words)?.replace(/\D/g, ''));
}

/** Opens the plan of a take-back of the first tickets of the list, some of which cannot come back. */
async function planMixed(page: Page) {
  await page.goto(`${new URL(page.url()).pathname}/tickets?show=distributed`);
  await page.getByRole('checkbox', { name: 'Select all rows loaded' }).check();
  await page.getByRole('button', { name: 'Take back…' }).click();
  const confirm = page.getByRole('button', { name: /^Take back \d+ tickets/ });
  await expect(confirm).toBeVisible();
  return confirm;
}

test('a number of the dashboard leads to the tickets, to a plan, and is smaller after it', async ({
  page,
}) => {
  await openDashboard(page);
  const before = await said(possible(page).textContent());
  expect(before).toBeGreaterThan(20);
  await possible(page).click();
  await expect(page.getByText(`${before} tickets`, { exact: true })).toBeVisible();
  for (const row of [1, 2, 3]) await page.getByRole('row').nth(row).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Take back…' }).click();

  await expect(page.getByText('Checked. Nothing has changed yet.')).toBeVisible();
  const effects = page.getByRole('region', { name: 'Confirmation' });
  await expect(effects).toContainText('3 tickets come back to Banque du Lac.');
  await expect(effects).toContainText('new tickets take their place');
  await expect(effects).toContainText('told by mail');
  await expect(effects).toContainText('Setting of');
  await page.getByRole('button', { name: 'Take back 3 tickets' }).click();
  await expect(page.getByText('3 tickets are back')).toBeVisible();
  await page.getByRole('button', { name: 'To the dashboard' }).click();
  await expect(possible(page)).toHaveText(String(before - 3));
});

test('what cannot be taken back is told before, with its reason, in the list and in the plan', async ({
  page,
}) => {
  await openDashboard(page);
  await planMixed(page);
  const effects = page.getByRole('region', { name: 'Confirmation' });
  await expect(effects).toContainText(/tickets do not come back: Already scanned \d+/);
  await expect(page.getByRole('button', { name: /^Do not come back/ })).toBeVisible();
  await page.getByRole('button', { name: 'Throw away' }).click();
  await expect(page.getByText('Thrown away; nothing was changed')).toBeVisible();
  await page.goBack();
  const never = page.getByRole('button', { name: /cannot be taken back: .+/ }).first();
  await expect(never).toHaveAttribute('aria-disabled', 'true');
});

test('all that match are selected only when asked, and come back together', async ({ page }) => {
  await openDashboard(page);
  await possible(page).click();
  const selection = page.getByRole('region', { name: 'Selection' });
  // The second page may come in between: then it is to be selected as well.
  await expect(async () => {
    await page.getByRole('checkbox', { name: 'Select all rows loaded' }).check({ timeout: 2000 });
    await expect(selection).toContainText('100 tickets', { timeout: 500 });
  }).toPass();
  const all = selection.getByRole('button', { name: /^Select all/ });
  const count = await said(all.textContent());
  await all.click();
  await expect(selection).toContainText(`All ${count} tickets that match`);
  await selection.getByRole('button', { name: 'Take back…' }).click();
  await expect(page.getByRole('button', { name: `Take back ${count} tickets` })).toBeVisible();
});

test('a distribution is undone, and the two executions lead to each other', async ({ page }) => {
  await openDashboard(page);
  const guest = page.getByLabel('Guest’s e-mail address');
  // Of matches to come: what has begun is not distributed any more.
  const from = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${new URL(page.url()).pathname}/tickets?show=remaining&from=${from}`);
  for (const row of [1, 2]) await page.getByRole('row').nth(row).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Distribute…' }).click();
  await guest.fill('undo@guests.example');
  await page.getByLabel('First name').fill('Undo');
  await page.getByLabel('Last name').fill('Guest');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: /^Distribute \d+ ticket/ }).click();
  const undo = page.getByRole('button', { name: 'Undo…' });
  await expect(undo).toBeVisible();
  const first = page.url();
  // A mail that leaves between plan and deed makes the plan stale, as it should.
  await expect
    .poll(async () => {
      const sent = await ask<{ tickets: { edges: unknown[] } }>(
        '{ tickets(first: 5, filter: { search: "undo@guests.example", locations: [INJECTED] }) { edges { node { number } } } }',
      );
      return sent.tickets.edges.length;
    })
    .toBe(2);
  await undo.click();
  const confirm = page.getByRole('button', { name: /^Take back \d+ ticket/ });
  await confirm.click();
  await expect(page.getByText(/tickets? (is|are) back$/)).toBeVisible();
  await page.getByRole('link', { name: /^undoes execution/ }).click();
  await expect(page).toHaveURL(first);
  await expect(page.getByRole('link', { name: /^undone by execution/ })).toBeVisible();
});

test('an operator writes down why', async ({ page, browser }) => {
  const relay = await browser.newPage();
  await openDashboard(relay);
  const tickets = `${new URL(relay.url()).pathname}/tickets`;
  await relay.close();
  await open(page, 'operateur@fcgranval.example', '/p/distribute');
  await page.getByRole('link', { name: /Banque du Lac/ }).click();
  const sponsor = new URL(page.url()).searchParams.get('sponsor');
  await page.goto(`${tickets}?takeBack=1&sponsor=${sponsor}`);
  await page.getByRole('row').nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Take back…' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('The guest called the ticket office.');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('Reason: The guest called the ticket office.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take back 1 ticket' })).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing where tickets are taken back, ${theme}`, async ({ page }) => {
    await openDashboard(page, theme);
    const tickets = `${new URL(page.url()).pathname}/tickets`;
    await planMixed(page);
    await clean(page, `plan of a take-back ${theme}`);
    await page.goto(`${tickets}?show=distributed`);
    await expect(page.getByRole('button', { name: /cannot be taken back/ }).first()).toBeVisible();
    await page.getByRole('row').nth(1).getByRole('checkbox').check();
    await clean(page, `list with hints and selection ${theme}`);
    await page.goto(`${tickets}?takeBack=1`);
    // A row without its box is only on its way.
    await page
      .locator('tbody tr')
      .filter({ has: page.getByRole('checkbox') })
      .nth(1)
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back…' }).click();
    await expect(page.getByRole('button', { name: 'Take back this ticket' })).toBeVisible();
    await clean(page, `ticket about to be taken back ${theme}`);
  });
}
