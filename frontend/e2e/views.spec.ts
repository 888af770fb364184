import { expect, test } from '@playwright/test';
import { clean, openDashboard } from './session.ts';

test('filters are saved under a name, come first, are found by it, and go again', {
  tag: '@sqlite',
}, async ({ page }) => {
  await openDashboard(page);
  const dashboard = new URL(page.url()).pathname;
  const views = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto(`${dashboard}?show=downloaded`);
  await views('Views').click();
  await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
  await page.getByLabel('Name').fill('Fetched');
  await page.getByLabel('Begin with it when I open this page').check();
  await clean(page, 'saving a view');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(views('Fetched')).toBeVisible();

  // Cleared, the filters stay cleared; opened anew, the page begins with the view.
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(dashboard);
  await page.goto(dashboard);
  await expect(page).toHaveURL(`${dashboard}?show=downloaded`);

  await page.goto('/p/guests');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search' }).fill('Fetched');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${dashboard}?show=downloaded`);

  await views('Fetched').click();
  await page.getByRole('menuitem', { name: 'Change views…' }).click();
  await page.getByLabel('Name of Fetched').fill('In their hands');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete In their hands' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(views('Views')).toBeVisible();
  await page.goto(dashboard);
  await expect(page.getByRole('heading', { name: 'Championnat' })).toBeVisible();
  await expect(page).toHaveURL(dashboard);
});
