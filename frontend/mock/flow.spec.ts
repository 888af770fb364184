import { expect, test } from '@playwright/test';

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('gradin.preferences', JSON.stringify({ language: 'en' }));
  });
  await page.goto('/login?next=/p/distribute');
  await page.getByLabel('E-mail address').fill('relay@banquedulac.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Distribute your tickets' })).toBeVisible();
});

test('a workbook is checked, confirmed, followed and summed up', async ({ page }) => {
  await page.getByRole('link', { name: 'National Cup' }).click();
  await expect(page.getByRole('heading', { name: 'National Cup' })).toBeVisible();
  await page.keyboard.press('i');
  await page.getByLabel('Filled-in workbook').setInputFiles({
    name: 'guests.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.alloc(20_000, 1),
  });
  const confirm = page.getByRole('button', { name: /Distribute 185 tickets, send \d+ mails/ });
  await expect(confirm).toBeVisible();
  await page.getByRole('button', { name: /All rows/ }).click();
  await expect(page).toHaveURL(/rows=all/);
  await page.reload();
  await expect(page.getByRole('button', { name: /All rows/, pressed: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const bar = page.getByRole('progressbar', { name: 'Progress' });
  await expect(bar).toBeVisible();
  const address = page.url();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('It goes on without you.')).toBeVisible();
  await page.goto(address);
  await expect(page.getByText('Done; some rows were refused')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('link', { name: 'Refused rows' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Result' }).click();
  expect((await download).suggestedFilename()).toBe('result.xlsx');
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/flow-done.png` });
});

test('one ticket goes to one guest', async ({ page }) => {
  await page.getByRole('link', { name: 'National Cup' }).click();
  await page
    .getByRole('link', { name: /^Remaining: / })
    .first()
    .click();
  await expect(page).toHaveURL(/show=remaining/);
  await page.locator('tbody tr').nth(2).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('Guest’s e-mail address').fill('nobody');
  await drawer.getByLabel('First name').fill('Anna');
  await drawer.getByLabel('Last name').fill('Rossi');
  await drawer.getByLabel('Guest’s e-mail address').fill('anna.rossi@example.org');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The ticket goes to anna.rossi@example.org')).toBeVisible();
  await expect(drawer.getByText('anna.rossi@example.org').first()).toBeVisible();
  await expect(drawer.getByText('Sent', { exact: true })).toBeVisible();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/flow-ticket.png` });
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/ticket=/);
});

test('selected types are exported, and the tickets behind them listed', async ({ page }) => {
  await page.getByRole('link', { name: 'League 2026/27' }).click();
  await page
    .getByRole('checkbox', { name: /Hospitality Gold/ })
    .first()
    .check();
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar.getByText('of 1 type')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.keyboard.press('e');
  expect((await download).suggestedFilename()).toBe('tickets.xlsx');
  await bar.getByRole('button', { name: 'Show the tickets' }).click();
  await expect(page).toHaveURL(/type=/);
  await expect(
    page.getByText('FC Granval – AS Corvent · Hospitality Gold · Invitation'),
  ).toBeVisible();
});

test('the palette and go-to keys lead everywhere', async ({ page }) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search' }).fill('cup');
  await page
    .getByRole('button', { name: /National Cup/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'National Cup' })).toBeVisible();
  await expect(page.locator('[aria-modal=true]')).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name: 'Executions' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});
