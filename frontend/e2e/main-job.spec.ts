import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { ask, knownTickets } from './api.ts';
import { linkOf, receivedMails } from './mails.ts';
import { openDashboard } from './session.ts';

test.describe.configure({ mode: 'serial' });

const folder = mkdtempSync(join(tmpdir(), 'gradin-e2e-'));
const rowsToFill = 246;
let firstLink = '';

test.beforeAll(async () => {
  await ask('mutation { updatePreferences(input: { language: EN }) { userErrors { message } } }');
});

/** Presses the shortcut until the import page is there: on a slow machine the key may come before its page. */
async function openImport(page: Page) {
  const input = page.getByLabel('Filled-in workbook');
  await expect(async () => {
    await page.keyboard.press('i');
    await expect(input).toBeAttached({ timeout: 3_000 });
  }).toPass({ timeout: 120_000 });
  return input;
}

test.beforeEach(async ({ page }) => {
  await openDashboard(page);
});

/** Fills in the exported workbook with LibreOffice: 246 guests and four more rows, ten mistakes of ten kinds. */
async function fillIn(source: string, out: string) {
  const known = await knownTickets();
  const guests = Array.from({ length: rowsToFill }, (_, i) => [
    `guest${i}@guests.example`,
    `First${i}`,
    `Last${i}`,
  ]);
  const edits = {
    3: { column: '[NEW] CC Email', text: 'not an address' },
    4: { column: '[NEW] CC Email', text: '' },
    5: { column: '[NEW] CC last name', text: '' },
    6: { column: '[NEW] CC first name', formula: '="Anna"' },
    7: { column: '[NEW] CC first name', text: 'x'.repeat(300) },
    8: { column: 'Ticket ID', text: '1-0' },
  };
  const extra = [
    [`${known.controlled.number}-9`, 'late@guests.example', 'Late', 'Guest'],
    [`${known.cancelled.number}-9`, 'gone@guests.example', 'Gone', 'Guest'],
    [`${known.past.number}`, 'past@guests.example', 'Past', 'Guest'],
    [`${known.held.number}`, 'wants@guests.example', 'Wants', 'It'],
  ];
  const job = join(folder, 'job.json');
  writeFileSync(job, JSON.stringify({ guests, edits, extra }));
  const told = execFileSync('/usr/bin/python3', ['e2e/fill.py', source, out, job], {
    encoding: 'utf8',
  });
  return JSON.parse(told) as { rows: number; ids: string[] };
}

test('a sponsor gives tickets to guests from a workbook filled in with LibreOffice', async ({
  page,
}) => {
  for (const match of ['FC Granval – CS Saint-Aubrac', 'FC Granval – Red Fox Orvillers']) {
    await page.getByRole('checkbox', { name: match, exact: false }).first().check();
  }
  await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
  const source = join(folder, 'export.xlsx');
  await expect(async () => {
    const download = page.waitForEvent('download', { timeout: 10_000 });
    await page.keyboard.press('e');
    await (await download).saveAs(source);
  }).toPass({ timeout: 120_000 });

  const out = join(folder, 'filled.xlsx');
  const sheet = await fillIn(source, out);
  expect(sheet.rows).toBeGreaterThanOrEqual(250);

  await (await openImport(page)).setInputFiles(out);
  const confirm = page.getByRole('button', { name: /^Distribute \d+ tickets/ });
  await expect(confirm).toBeVisible();

  for (const [row, words] of [
    [5, 'cannot be an e-mail address'],
    [6, 'no e-mail address'],
    [7, 'first and last name are needed'],
    [8, 'formula'],
    [9, 'too much text'],
    [10, 'no ticket "1-0"'],
    [sheet.rows - 2, 'already scanned'],
    [sheet.rows - 1, 'cancelled or replaced'],
    [sheet.rows, 'not open now'],
    [sheet.rows + 1, 'does not allow it to be taken back'],
  ] as const) {
    const line = page
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: String(row), exact: true }) });
    await expect(line.first(), `row ${row}`).toContainText(words);
  }
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/preview.png` });
  await confirm.click();
  await expect(page.getByText('Done; some rows were refused')).toBeVisible();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/summary.png` });

  const expected = rowsToFill - 6;
  await expect
    .poll(() => receivedMails().length, { timeout: 120_000, message: 'one mail per guest' })
    .toBe(expected);
  const recipients = receivedMails().map((mail) => mail.to);
  expect(new Set(recipients).size).toBe(expected);
  const mail = receivedMails().find(({ to }) => to.startsWith('guest100@'));
  expect(mail).toBeDefined();
  if (mail) firstLink = linkOf(mail);
});

test('a guest’s link shows the code when asked, and the dashboard tells', async ({
  page,
  browser,
}) => {
  const downloaded = page
    .getByRole('region', { name: /totals/i })
    .or(page.locator('main'))
    .first();
  const before = await downloaded.textContent();
  const guest = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const phone = await guest.newPage();
  await phone.goto(firstLink);
  await expect(phone.locator('svg[role="img"], img[alt*="ode"]')).toHaveCount(0);
  if (process.env.SHOTS)
    await phone.screenshot({ path: `${process.env.SHOTS}/guest.png`, fullPage: true });
  await phone.getByRole('button').first().click();
  await expect(phone.getByRole('img', { name: /code/i }).first()).toBeVisible();
  if (process.env.SHOTS)
    await phone.screenshot({ path: `${process.env.SHOTS}/code.png`, fullPage: true });
  await guest.close();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Championnat' })).toBeVisible();
  await expect.poll(() => downloaded.textContent()).not.toBe(before);
});

test('the same file again changes nothing and sends no mail', async ({ page }) => {
  const mails = receivedMails().length;
  await (await openImport(page)).setInputFiles(join(folder, 'filled.xlsx'));
  await expect(page.getByText('Nothing can be carried out')).toBeVisible();
  expect(receivedMails().length).toBe(mails);
});
