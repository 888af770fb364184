import { expect, type Page, test } from '@playwright/test';
import { ask } from './api.ts';
import { linkOf, receivedMails } from './mails.ts';
import { clean, open } from './session.ts';

/** A picture of one colour, painted by the browser. */
async function picture(page: Page, width: number, height: number) {
  const image = await page.evaluate(
    ([w, h]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('nothing to paint with');
      pen.fillStyle = 'crimson';
      pen.fillRect(0, 0, w, h);
      return canvas.toDataURL('image/png');
    },
    [width, height] as const,
  );
  const buffer = Buffer.from(image.slice(image.indexOf(',') + 1), 'base64');
  return { name: 'mark.png', mimeType: 'image/png', buffer };
}

/** Gives somebody a ticket and opens the page behind the link in his mail. */
async function guestPage(page: Page, email: string) {
  const { tickets } = await ask<{ tickets: { edges: { node: { id: string } }[] } }>(
    `query($now: Time) { tickets(first: 1, filter: { distributed: false, states: [NOT_PRINTED],
      inCart: false, from: $now }) { edges { node { id } } } }`,
    { now: new Date().toISOString() },
  );
  const ticketId = tickets.edges[0]?.node.id;
  await ask(
    `mutation($input: DistributeInput!) { distribute(input: $input) { execution { id } userErrors { message } } }`,
    { input: { moves: [{ ticketId, email, firstName: 'Ada', lastName: 'Mark' }] } },
  );
  const find = () => receivedMails().find(({ to }) => to === email);
  await expect.poll(() => Boolean(find())).toBe(true);
  const mail = find();
  if (!mail) throw new Error(`${email} has no mail`);
  await page.goto(`${linkOf(mail)}?lang=en`);
}

test('an admin changes the mark, and guests see it', async ({ page, browser }) => {
  await open(page, 'admin@fcgranval.example', '/o/organisation');
  const section = page.getByRole('region', { name: 'Mark' });
  const shown = section.getByRole('img', { name: 'Mark of FC Granval' });
  await expect(shown).toBeVisible();
  const before = await shown.getAttribute('src');

  const choose = page.getByLabel('Picture of the mark');
  await choose.setInputFiles({
    name: 'mark.svg',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg/>'),
  });
  // A refusal comes in the language of the account, which is the club's own.
  await expect(section.getByRole('alert')).toContainText(/PNG/);
  await clean(page, 'a refused mark');
  await choose.setInputFiles(await picture(page, 900, 300));
  await expect(page.getByText('Guests see the new mark now')).toBeVisible();
  await expect(shown).not.toHaveAttribute('src', before ?? '');
  const size = () => shown.evaluate((image: HTMLImageElement) => image.naturalWidth);
  expect(await size()).toBe(600);

  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await guestPage(phone, 'mark@guests.example');
  const mark = phone.getByRole('img', { name: 'FC Granval' });
  await expect(mark).toBeVisible();
  expect(await mark.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600);
  await clean(phone, 'guest page with a mark');

  await section.getByRole('button', { name: 'Remove' }).click();
  await expect(shown).toHaveCount(0);
  await phone.reload();
  await expect(phone.getByText('FC Granval', { exact: true }).first()).toBeVisible();
  await expect(mark).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The mark is back')).toBeVisible();
  await expect.poll(size).toBe(600);
  await phone.close();
});

test('an admin says where alerts go; others look at it', async ({ page, browser }) => {
  await open(page, 'admin@fcgranval.example', '/o/organisation');
  const addresses = page.getByRole('combobox', { name: 'Addresses for alerts' });
  await addresses.fill('nobody');
  await addresses.press('Enter');
  const save = page.getByRole('button', { name: 'Save' });
  await save.click();
  await expect(
    page.getByText(/"nobody".*(is not an e-mail address|n’est pas une adresse)/),
  ).toBeVisible();
  await clean(page, 'a refused address');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await addresses.fill('security@fcgranval.example');
  await addresses.press('Enter');
  await save.click();
  await expect(page.getByText('The organisation was saved')).toBeVisible();
  await page.reload();
  await expect(page.getByText('security@fcgranval.example')).toBeVisible();

  const context = await browser.newContext();
  const looker = await context.newPage();
  await open(looker, 'lecture@fcgranval.example', '/o/organisation');
  await expect(looker.getByText('security@fcgranval.example')).toBeVisible();
  await expect(looker.getByText('Admins of the organisation change this.')).toBeVisible();
  await expect(looker.getByRole('button', { name: /Replace|Remove|Save/ })).toHaveCount(0);
  await clean(looker, 'organisation for a viewer');
  await context.close();
});
