import { expect, type Page, test } from '@playwright/test';
import { ask } from './api.ts';
import { clean, open } from './session.ts';

/** Sets how take-backs are watched, as the admin. */
async function watch(page: Page, share: string) {
  await open(page, 'admin@fcgranval.example', '/o/pos');
  const form = page.getByRole('region', { name: 'Watch over take-backs' });
  await form.getByLabel('Alert about a sponsor').fill(share);
  await form.getByRole('switch', { name: 'A second person approves' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
}

test('a take-back past a threshold waits for a second person and raises an alert', {
  tag: '@postgres',
}, async ({ page, browser }) => {
  await watch(page, '1');
  const { heldProducts } = await ask<{ heldProducts: { product: { id: string; name: string } }[] }>(
    '{ heldProducts { product { id name } } }',
  );
  const product = heldProducts.find(({ product }) => product.name.startsWith('Pass'))?.product;
  const { tickets } = await ask<{ tickets: { edges: { node: { id: string } }[] } }>(
    `query($id: ID!) { tickets(first: 1, filter: { productId: $id, takeBackPossible: true, locations: [DOWNLOADED] }) {
      edges { node { id } } } }`,
    { id: product?.id },
  );
  const { reclaim } = await ask<{ reclaim: { execution: { id: string } } }>(
    'mutation($input: ReclaimInput!) { reclaim(input: $input) { execution { id } userErrors { message } } }',
    { input: { ticketIds: tickets.edges.map(({ node }) => node.id) } },
  );

  const operator = await (await browser.newContext()).newPage();
  await open(operator, 'operateur@fcgranval.example', `/o/executions/${reclaim.execution.id}`);
  const approval = operator.getByRole('region', { name: 'Approval' });
  await approval.getByLabel('Note').fill('The guest called.');
  await approval.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(operator.getByText('1 ticket is back')).toBeVisible();
  await operator.goto('/o/alerts');
  await expect(operator.getByRole('img', { name: /Tickets taken back by week/ })).toBeVisible();
  await clean(operator, 'alerts with their chart');
  await operator.getByRole('row', { name: /Banque du Lac/ }).click();
  await operator.getByLabel('What was found').fill('Nothing behind it.');
  await operator.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(operator.getByText('The alert was acknowledged')).toBeVisible();
  await watch(page, '0');
});
