import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { ask } from './api.ts';
import { clean, open } from './session.ts';

const email = `oubli.${Date.now()}@courrier.example`;

/** Somebody who had a ticket, which was taken back before it left. */
async function formerGuest() {
  const found = await ask<{ tickets: { edges: { node: { id: string } }[] } }>(
    `{ tickets(first: 1, filter: { distributed: false, states: [NOT_PRINTED], from: ${JSON.stringify(new Date(Date.now() + 9e8).toISOString())} }) { edges { node { id } } } }`,
  );
  const id = found.tickets.edges[0]?.node.id;
  await run(
    'mutation($t: ID!, $e: String!) { it: distribute(input: { moves: [{ ticketId: $t, email: $e, firstName: "Oubli", lastName: "Demandé" }] }) { execution { id } } }',
    { t: id, e: email },
  );
  await run('mutation($t: [ID!]) { it: reclaim(input: { ticketIds: $t }) { execution { id } } }', {
    t: [id],
  });
}

async function run(query: string, variables: Record<string, unknown>) {
  const { it } = await ask<{ it: { execution: { id: string } } }>(query, variables);
  const state = async () => {
    const now = await ask<{ execution: { state: string } }>(
      'query($id: ID!) { execution(id: $id) { state } }',
      { id: it.execution.id },
    );
    return now.execution.state;
  };
  await expect.poll(state).toBe('DONE');
}

for (const theme of ['light', 'dark'] as const) {
  test(`contacts look right, ${theme}`, async ({ page }) => {
    await open(page, 'admin@fcgranval.example', '/o/contacts?q=camille.moreau%40', theme);
    await page.getByRole('row', { name: /Camille/ }).click();
    await expect(page.getByRole('heading', { name: 'Camille Moreau' })).toBeVisible();
    await clean(page, `a person ${theme}`);
    await page.getByRole('button', { name: 'Anonymise…' }).click();
    // Who still comes is not forgotten.
    await expect(
      page.getByText(/tickets that are still to come|billets pour des dates/),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Anonymise for good' })).toHaveCount(0);
    await clean(page, `why not to anonymise ${theme}`);
  });
}

test('an admin gives a guest his data and forgets him', async ({ page }) => {
  await formerGuest();
  await open(page, 'admin@fcgranval.example', '/o/contacts');
  await page.getByRole('searchbox').fill(email);
  await page.getByRole('row', { name: /Oubli Demandé/ }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText('Had it')).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    drawer.getByRole('button', { name: 'Export all data' }).click(),
  ]);
  const told = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(told.contact.email).toBe(email);
  expect(told.links).toHaveLength(1);

  await drawer.getByRole('button', { name: 'Anonymise…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Anonymise Oubli Demandé' });
  await expect(dialog.getByText(/rows of executions lose his name/)).toBeVisible();
  await clean(page, 'what anonymising does');
  await dialog.getByRole('button', { name: 'Anonymise for good' }).click();
  await expect(page.getByText('The person was anonymised').first()).toBeVisible();
  await expect(drawer.getByText('Anonymised', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Fetch anew' }).click();
  await expect(page.getByText('No such person')).toBeVisible();
});
