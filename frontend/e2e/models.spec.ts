import { expect, test } from '@playwright/test';
import { clean, open } from './session.ts';

test('an admin writes a mail’s model, sees the letter at once, and takes it away', async ({
  page,
}) => {
  await open(page, 'admin@fcgranval.example', '/o/models');
  const row = page.getByRole('row', { name: /Reminder.*English/ });
  await expect(row).toContainText('Gradin');
  await row.click();
  const drawer = page.getByRole('dialog');
  const subject = drawer.getByLabel('Subject');
  await expect(subject).toHaveValue('{{.Headline}}');
  await subject.fill('{{.Nothing}}');
  await expect(drawer.getByRole('region', { name: 'Preview' })).toContainText(
    /can’t evaluate|can't evaluate/,
  );
  await subject.fill('Before you forget, {{.FirstName}}');
  await expect(drawer.getByRole('heading', { name: 'Before you forget, Alex' })).toBeVisible();
  await clean(page, 'a mail’s model');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Your own');
  await drawer.getByRole('button', { name: 'Remove this model' }).click();
  await expect(row).toContainText('Gradin');
});
