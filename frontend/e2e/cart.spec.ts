import { expect, type Page, test } from '@playwright/test';
import { clean, open, openDashboard } from './session.ts';

test.describe.configure({ mode: 'serial' });

const rows = (page: Page) => page.getByRole('region', { name: 'Tickets in the cart' });

/** Puts so many tickets of the last match into the cart, picked side by side by the engine. */
async function addSome(page: Page, count: number) {
  await openDashboard(page);
  const last = page.getByRole('checkbox', { name: /^Select/ }).last();
  await last.check();
  await page.getByRole('button', { name: 'Add to cart…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton').nth(1).fill(String(count));
  await clean(page, 'how many go into the cart');
  await dialog.getByRole('button', { name: `Add ${count} to cart` }).click();
  await page.getByRole('button', { name: 'Open the cart' }).click();
  await expect(page.getByText(`${count} tickets · none ready yet`)).toBeVisible();
}

/** Opens the dialog that asks whom the tickets without a guest are for. */
async function whom(page: Page) {
  await page.getByRole('button', { name: /^Select the/ }).click();
  await page.getByRole('button', { name: 'Choose guests…' }).click();
  return page.getByRole('dialog');
}

test('a cart is filled by quantity, spread over a pasted list and sent guest by guest', async ({
  page,
}) => {
  await addSome(page, 5);
  const dialog = await whom(page);
  await dialog.getByText('Paste a list').click();
  await dialog
    .getByRole('textbox')
    .fill(
      'Anna Rossi <anna.rossi@invited.example>\nkarl.weber@invited.example;Karl;Weber\nno address',
    );
  await dialog.getByRole('button', { name: 'Read the list' }).click();
  await expect(dialog.getByText('2 guests were understood.')).toBeVisible();
  await expect(dialog.getByText('1 line lacks an address or a name')).toBeVisible();
  await expect(dialog.getByText('1 ticket stays without a guest.')).toBeVisible();
  await clean(page, 'pasted list');
  await dialog.getByRole('button', { name: 'Assign 4 tickets' }).click();
  await expect(page.getByText('5 tickets · 4 ready · for 2 guests')).toBeVisible();
  await expect(rows(page).getByText('Karl Weber')).toHaveCount(2);

  await (await whom(page)).getByLabel('Guest’s e-mail address').fill('mia.lang@invited.example');
  await dialog.getByLabel('First name').fill('Mia');
  await dialog.getByLabel('Last name').fill('Lang');
  await page.keyboard.press('Enter');
  await expect(page.getByText('5 tickets · 5 ready · for 3 guests')).toBeVisible();
  await clean(page, 'cart');

  await page.getByText('By guest').click();
  await page.getByRole('checkbox', { name: 'Select karl.weber@invited.example' }).check();
  await page.getByRole('button', { name: 'Check these guests' }).click();
  const send = page.getByRole('button', { name: /^Distribute 2 tickets, send 1 mail/ });
  await send.click();
  await expect(page.getByText(/^Done/).first()).toBeVisible();
  await page.goto('/p/cart');
  await expect(page.getByText('3 tickets · 3 ready · for 2 guests')).toBeVisible();
});

test('a typed guest is found in the address book, which only its owner sees', async ({ page }) => {
  await open(page, 'relay@banquedulac.example', '/p/guests');
  await page.getByLabel('Search the address book').fill('lan');
  await expect(page.getByRole('row', { name: /Mia Lang/ })).toBeVisible();
  await clean(page, 'address book');
  await page.getByRole('button', { name: 'New guest' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('noe.petit@invited.example');
  await dialog.getByLabel('First name').fill('Noé');
  await dialog.getByLabel('Last name').fill('Petit');
  await clean(page, 'new guest');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Search the address book').fill('');
  await expect(page.getByRole('row', { name: /Noé Petit/ })).toBeVisible();

  await page.goto('/p/cart');
  await page
    .getByRole('checkbox', { name: /^Select ticket/ })
    .first()
    .check();
  await page.getByRole('button', { name: 'Choose guests…' }).click();
  await dialog.getByText('Address book', { exact: true }).click();
  await dialog.getByLabel(/Noé Petit/).check();
  await dialog.getByRole('button', { name: 'Assign 1 ticket' }).click();
  await expect(rows(page).getByText('Noé Petit')).toBeVisible();
});

test('a colleague works in the cart under a banner that says whose it is', async ({ page }) => {
  await open(page, 'assistante@banquedulac.example', '/p/cart');
  await page.getByRole('button', { name: /Claire Fontaine · 3/ }).click();
  await expect(page.getByText('This is the cart of Claire Fontaine.')).toBeVisible();
  await clean(page, 'cart of a colleague');
  await page.getByRole('checkbox', { name: 'Select all rows loaded' }).check();
  await page.getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByText('The cart is empty')).toBeVisible();
  await page.goto('/p/guests');
  await expect(page.getByText('Your address book is empty')).toBeVisible();
});
