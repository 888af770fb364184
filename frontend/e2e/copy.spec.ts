import { expect, test } from '@playwright/test';
import { ask } from './api.ts';
import { openDashboard } from './session.ts';

test('a take-back copied as GraphQL does with a token what the button would have done', {
  tag: '@sqlite',
}, async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDashboard(page);
  await page.goto(`${new URL(page.url()).pathname}/tickets?takeBack=1`);
  await page.getByRole('row').nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Take back…' }).click();
  const panel = page.getByRole('region', { name: 'Confirmation' });
  await panel.getByRole('button', { name: 'Copy as GraphQL' }).press('Enter');
  await expect(page.getByText('Copied as GraphQL; nothing was sent.')).toBeVisible();
  // Nothing has happened: the plan still waits for its button.
  await expect(page.getByRole('button', { name: 'Take back 1 ticket' })).toBeVisible();

  const text = await page.evaluate(() => navigator.clipboard.readText());
  const [document = '', comment = ''] = text.split('# Variables:\n');
  const variables = JSON.parse(comment.replace(/^# /gm, ''));
  const { applyPlan } = await ask<{ applyPlan: { execution: { id: string } | null } }>(
    document,
    variables,
  );
  expect(applyPlan.execution?.id).toBe(new URL(page.url()).pathname.split('/').pop());
  await page.reload();
  await expect(page.getByText('1 ticket is back')).toBeVisible();
});
