import { expect, test } from '@playwright/test';
import { clean, open } from './session.ts';

test('a guest is written into the address book, found, changed and removed', {
  tag: '@sqlite',
}, async ({ page }) => {
  await open(page, 'relay@banquedulac.example', '/p/guests');
  await page.getByRole('button', { name: 'New guest' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('zelie.zorn@courrier.example');
  await dialog.getByLabel('First name').fill('Zélie');
  await dialog.getByLabel('Last name').fill('Zorn');
  await clean(page, 'a new guest of the address book');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const search = page.getByRole('searchbox');
  await search.fill('zor');
  const row = page.getByRole('row', { name: /Zorn/ });
  await expect(row).toBeVisible();
  await row.getByText('zelie.zorn@courrier.example').click();
  await dialog.getByLabel('Company').fill('Zorn & Sœurs');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Zorn & Sœurs');
  await row.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete from the address book' }).click();
  await expect(row).toHaveCount(0);
});
