import { expect, test } from '@playwright/test';
import { clean, open } from './session.ts';

test('an admin limits a product, and one performance of it otherwise', async ({ page }) => {
  await open(page, 'admin@fcgranval.example', '/o/products');
  await page.getByRole('row', { name: /Soirée des légendes/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('Tickets per guest').fill('4');
  await drawer.getByLabel('Distribution opens', { exact: true }).first().fill('30');
  await drawer.getByLabel('Telephone number').check();
  await clean(page, 'rules of a product');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The rules were saved').first()).toBeVisible();

  await drawer.getByRole('combobox', { name: 'Performance' }).click();
  await page.getByRole('option').filter({ visible: true }).first().click();
  const closes = drawer.getByLabel('Distribution closes', { exact: true }).last();
  await closes.fill('40');
  await drawer.getByLabel('Distribution opens', { exact: true }).last().fill('20');
  await drawer.getByRole('button', { name: 'Save' }).last().click();
  // A refusal comes in the language of the account, which is the club's own.
  const refusal = /has to open before it closes|doit commencer avant de finir/;
  await expect(drawer.getByText(refusal)).toBeVisible();
  await closes.fill('2');
  await drawer.getByRole('button', { name: 'Save' }).last().click();
  await expect(drawer.getByText('20 days before to 2 days before')).toBeVisible();
  await page.keyboard.press('Escape');
  const row = page.getByRole('row', { name: /Soirée des légendes/ });
  await expect(row).toContainText('30 days before to the start');
  await expect(row).toContainText('Telephone number');
});
