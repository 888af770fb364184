import { expect, type Page, test } from '@playwright/test';
import { ask } from './api.ts';
import { open } from './session.ts';

test.describe.configure({ mode: 'serial' });

interface Group {
  hasSeatMap: boolean;
  counts: { remaining: number };
  performance: { id: string; startsAt: string } | null;
}

/** A match to come of which the sponsor has seats to give. */
async function match(): Promise<string> {
  const { heldProducts } = await ask<{ heldProducts: { product: { id: string; code: string } }[] }>(
    '{ heldProducts { product { id code } } }',
  );
  const league = heldProducts.find(({ product }) => product.code === 'CHAMPIONNAT');
  const { ticketingDashboard: board } = await ask<{
    ticketingDashboard: { groups: { edges: { node: Group }[] } };
  }>(
    `query($id: ID!) { ticketingDashboard(productId: $id) { groups(first: 50) { edges { node {
      hasSeatMap counts { remaining } performance { id startsAt } } } } } }`,
    { id: league?.product.id },
  );
  const found = board.groups.edges
    .map(({ node }) => node)
    .findLast(({ hasSeatMap, counts }) => hasSeatMap && counts.remaining > 100);
  if (!found?.performance) throw new Error('the demo has no match with seats to give');
  return found.performance.id;
}

async function openMap(page: Page, path: string) {
  await open(page, 'relay@banquedulac.example', path);
  await expect(page.getByRole('list', { name: 'Zones' })).toBeVisible();
}

const selection = (page: Page) => page.getByRole('region', { name: 'Selection' });

/** How many tickets a chip above the map counts. */
async function counted(page: Page, word: string): Promise<number> {
  const chip = page.getByRole('group', { name: 'Show' }).getByRole('button', { name: word });
  return Number((await chip.textContent())?.replace(/\D/g, ''));
}

/** Distributes the selection to a guest, through the plan, and comes back to the map. */
async function distribute(page: Page, guest: string, path: string) {
  await selection(page).getByRole('button', { name: 'Distribute…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Guest’s e-mail address').fill(`${guest}@guests.example`);
  await dialog.getByLabel('First name').fill('Map');
  await dialog.getByLabel('Last name').fill('Guest');
  await page.keyboard.press('Enter');
  const confirm = page.getByRole('button', { name: /^Distribute \d+ ticket/ });
  await expect(confirm).toBeVisible();
  await confirm.press('Enter');
  await expect(page.getByText(/^Done/).first()).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole('list', { name: 'Zones' })).toBeVisible();
}

let path = '';

test.beforeAll(async () => {
  await ask('mutation { updatePreferences(input: { language: EN }) { userErrors { message } } }');
  path = `/p/performances/${await match()}/map`;
});

test('seats are selected on the map by rectangle and row, and distributed', async ({ page }) => {
  await openMap(page, path);
  const before = await counted(page, 'Remaining');
  await page.getByRole('button', { name: /Tribune Ouest O1/ }).click();
  const grid = page.getByRole('grid', { name: 'Seats of Tribune Ouest O1' });
  await expect(grid).toBeFocused();
  await page.getByRole('button', { name: /^Remaining/ }).click();
  await page.getByText('Select', { exact: true }).click();
  const box = await grid.boundingBox();
  if (!box) throw new Error('the map has no place');
  // The first rows lie along the top of this stand: the upper half of the window holds some of them.
  await page.mouse.move(box.x + 3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.6, { steps: 4 });
  await page.mouse.up();
  await expect(selection(page)).toBeVisible();
  const some = Number((await selection(page).getByRole('status').textContent())?.match(/\d+/)?.[0]);
  expect(some).toBeGreaterThan(3);
  expect(some).toBeLessThan(70);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/map-rectangle.png` });

  // Shift and a click where the keyboard stands take the whole row.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Tribune Ouest O1/ }).press('Enter');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Home');
  const ring = await page.locator('[class*="current"]').boundingBox();
  if (!ring) throw new Error('no seat is marked');
  await page.keyboard.down('Shift');
  await page.mouse.click(ring.x + ring.width / 2, ring.y + ring.height / 2);
  await page.keyboard.up('Shift');
  const row = Number((await selection(page).getByRole('status').textContent())?.match(/\d+/)?.[0]);
  expect(row).toBeGreaterThanOrEqual(some);

  await distribute(page, 'mouse', path);
  expect(await counted(page, 'Remaining')).toBe(before - row);
});

test('the same is done wholly by keyboard', async ({ page }) => {
  await openMap(page, path);
  const before = await counted(page, 'Distributed');
  await page.getByRole('button', { name: /Tribune Est E1/ }).focus();
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: 'Seats of Tribune Est E1' });
  await expect(grid).toBeFocused();
  const seat = grid.getByRole('gridcell');
  await expect(seat).toHaveText(/^Row 1, seat \d+/);
  await expect(grid).toHaveAttribute(
    'aria-activedescendant',
    (await seat.getAttribute('id')) ?? '',
  );
  await page.keyboard.press('End');
  const last = await seat.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(seat).toHaveText(last ?? '');
  // To a seat that remains; then it, the next by Shift, and one of them free again.
  for (let i = 0; i < 30 && !(await seat.textContent())?.includes('Remaining'); i++) {
    await page.keyboard.press('ArrowLeft');
  }
  await page.keyboard.press('Space');
  await expect(seat).toHaveAttribute('aria-selected', 'true');
  await expect(selection(page)).toContainText('1 ticket');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(selection(page)).toContainText('2 tickets');
  await page.keyboard.press('Space');
  await expect(selection(page)).toContainText('1 ticket');
  await page.keyboard.press('Control+a');
  const row = Number((await selection(page).getByRole('status').textContent())?.match(/\d+/)?.[0]);
  expect(row).toBeGreaterThan(2);
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /Tribune Est E1/ })).toBeFocused();

  // The list says the same, and what is selected on the map is selected there.
  await page.getByRole('button', { name: /Tribune Est E1/ }).press('Enter');
  await page.getByText('List view').click();
  await expect(
    page.getByRole('checkbox', { name: /row 1, seat/, checked: true }).first(),
  ).toBeVisible();
  await expect(selection(page)).toContainText(`${row - 1} tickets`);
  await page.getByText('Map', { exact: true }).click();
  await selection(page).getByRole('button', { name: 'Clear the selection' }).press('Enter');
  await expect(selection(page)).toHaveCount(0);

  // Into the cart, which the filter above the map counts.
  const inCart = await counted(page, 'In cart');
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await selection(page).getByRole('button', { name: 'Add to cart' }).press('Enter');
  await expect(page.getByText('1 ticket was put into the cart')).toBeVisible();
  await expect.poll(() => counted(page, 'In cart')).toBe(inCart + 1);

  await grid.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 30 && !(await seat.textContent())?.includes('Remaining'); i++) {
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Space');
  await distribute(page, 'keyboard', path);
  expect(await counted(page, 'Distributed')).toBe(before + 1);
});
