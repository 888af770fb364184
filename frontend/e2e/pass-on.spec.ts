import { type Browser, expect, test } from '@playwright/test';
import { ask } from './api.ts';
import { linkOf, receivedMails } from './mails.ts';
import { open } from './session.ts';

/** The guest's page behind the link of his mail, on his phone. */
async function phoneOf(browser: Browser, email: string) {
  const mailed = () => receivedMails().find(({ to }) => to === email);
  await expect.poll(() => mailed() !== undefined).toBe(true);
  const mail = mailed();
  if (!mail) throw new Error(`${email} has no mail`);
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await phone.goto(`${linkOf(mail)}?lang=en`);
  return phone;
}

test('a guest passes a ticket on, the third person accepts, and the history tells', {
  tag: '@postgres',
}, async ({ page, browser }) => {
  const { tickets } = await ask<{
    tickets: { edges: { node: { id: string; product: { id: string } } }[] };
  }>(
    `query($from: Time!) { tickets(first: 1, filter: { distributed: false, states: [NOT_PRINTED], from: $from, inCart: false }) {
      edges { node { id product { id } } } } }`,
    { from: new Date(Date.now() + 20 * 86_400_000).toISOString() },
  );
  const ticket = tickets.edges[0]?.node;
  const move = {
    ticketId: ticket?.id,
    email: 'giver@guests.example',
    firstName: 'Gina',
    lastName: 'Giver',
  };
  await ask(
    'mutation($input: DistributeInput!) { distribute(input: $input) { userErrors { message } } }',
    { input: { moves: [move] } },
  );

  const giver = await phoneOf(browser, 'giver@guests.example');
  await giver.getByText('Pass it on to somebody else').click();
  await giver.getByLabel('E-mail').fill('third@guests.example');
  await giver.getByLabel('First name').fill('Theo');
  await giver.getByLabel('Last name').fill('Third');
  await giver.getByRole('button', { name: /^Offer ticket/ }).click();
  await expect(giver.getByText(/is offered to Theo Third/)).toBeVisible();

  const third = await phoneOf(browser, 'third@guests.example');
  await third.getByRole('button', { name: 'Accept the ticket' }).click();
  await expect(third.getByText('The ticket is yours now.')).toBeVisible();
  await giver.reload();
  await expect(giver.getByText(/Passed on to Theo Third/)).toBeVisible();

  await open(
    page,
    'relay@banquedulac.example',
    `/p/distribute/${ticket?.product.id}/tickets?ticket=${ticket?.id}`,
  );
  await expect(page.getByRole('dialog')).toContainText(/passed on/i);
});
