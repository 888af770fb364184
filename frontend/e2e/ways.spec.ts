import { type Browser, expect, type Page, test } from '@playwright/test';
import { ask } from './api.ts';
import { linkOf, receivedMails } from './mails.ts';
import { open } from './session.ts';

// Every way in to a take-back (TB-5) ends alike: the old code is refused at the gate with its
// reason, the new one lets in, and ticket, access list and the guest's page all say so.
test.describe.configure({ mode: 'serial' });

const gate = process.env.GRADIN_GATE_TOKEN;
const relay = 'relay@banquedulac.example';
const ways = ['dashboard', 'map', 'cart', 'list', 'file'] as const;
type Way = (typeof ways)[number];

interface Given {
  id: string;
  number: number;
  email: string;
  row: string;
  seat: string;
  area: string;
  barcode: string;
  guest: Page;
}

interface AccessEntry {
  ticketId: string;
  barcode: string;
  valid: boolean;
  reason: string;
}

const given = {} as Record<Way, Given>;
let productId = '';
let performanceId = '';
let cursor: string | null = null;

/** What the access list of the match says after the cursor, the last word of each barcode. */
async function newlyListed(): Promise<AccessEntry[]> {
  const last = new Map<string, AccessEntry>();
  for (let more = true; more; ) {
    const { accessList } = await ask<{
      accessList: { entries: AccessEntry[]; cursor: string; hasMore: boolean };
    }>(
      `query($id: ID!, $after: String) { accessList(performanceId: $id, after: $after) {
        entries { ticketId barcode valid reason } cursor hasMore } }`,
      { id: performanceId, after: cursor },
      gate,
    );
    for (const entry of accessList.entries) last.set(entry.barcode, entry);
    cursor = accessList.cursor;
    more = accessList.hasMore;
  }
  return [...last.values()];
}

/** What a gate is told about somebody who holds up a code now. */
async function heldUp(barcode: string): Promise<{ result: string; reason: string }> {
  const { recordEntries } = await ask<{
    recordEntries: { answers: { result: string; reason: string }[] };
  }>(
    `mutation($input: RecordEntriesInput!) { recordEntries(input: $input) {
      answers { result reason } } }`,
    { input: { entries: [{ barcode, at: new Date().toISOString(), gate: 'A' }] } },
    gate,
  );
  const [answer] = recordEntries.answers;
  if (!answer) throw new Error('the gate is told nothing');
  return { result: answer.result, reason: answer.reason };
}

interface Found {
  id: string;
  number: number;
  place: { area: string; row: string; seat: string };
  product: { id: string };
  performance: { id: string } | null;
}

/** Tickets of one match with a map that can be given: the last such match of the league. */
async function freeTickets(): Promise<Found[]> {
  const { heldProducts } = await ask<{ heldProducts: { product: { id: string; code: string } }[] }>(
    '{ heldProducts { product { id code } } }',
  );
  productId = heldProducts.find(({ product }) => product.code === 'CHAMPIONNAT')?.product.id ?? '';
  const { ticketingDashboard: board } = await ask<{
    ticketingDashboard: {
      groups: {
        edges: {
          node: {
            hasSeatMap: boolean;
            counts: { remaining: number };
            performance: { id: string } | null;
          };
        }[];
      };
    };
  }>(
    `query($id: ID!) { ticketingDashboard(productId: $id) { groups(first: 50) { edges { node {
      hasSeatMap counts { remaining } performance { id } } } } } }`,
    { id: productId },
  );
  const match = board.groups.edges
    .map(({ node }) => node)
    .findLast(({ hasSeatMap, counts }) => hasSeatMap && counts.remaining > 100);
  performanceId = match?.performance?.id ?? '';
  const { tickets } = await ask<{ tickets: { edges: { node: Found }[] } }>(
    `query($filter: TicketFilter) { tickets(first: 5, filter: $filter) { edges { node {
      id number place { area row seat } product { id } performance { id } } } } }`,
    {
      filter: {
        productId,
        performanceIds: [performanceId],
        distributed: false,
        states: ['NOT_PRINTED'],
        inCart: false,
      },
    },
  );
  return tickets.edges.map(({ node }) => node);
}

/** Opens the link out of a guest's mail and fetches the code, so that it may have been seen. */
async function fetchCode(browser: Browser, email: string): Promise<Page> {
  await expect.poll(() => receivedMails().some(({ to }) => to === email)).toBe(true);
  const mail = receivedMails().find(({ to }) => to === email);
  if (!mail) throw new Error(`${email} has no mail`);
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await phone.goto(`${linkOf(mail)}?lang=en`);
  await phone.getByRole('button').first().click();
  await expect(phone.getByRole('img', { name: /code/i })).toHaveCount(1);
  return phone;
}

test.beforeAll(async ({ browser }) => {
  await ask('mutation { updatePreferences(input: { language: EN }) { userErrors { message } } }');
  const free = await freeTickets();
  await newlyListed();
  await ask(
    `mutation($input: DistributeInput!) { distribute(input: $input) {
      execution { id } userErrors { message } } }`,
    {
      input: {
        moves: ways.map((way, i) => ({
          ticketId: free[i]?.id,
          email: `way-${way}@guests.example`,
          firstName: 'Guest',
          lastName: way,
        })),
      },
    },
  );
  for (const [i, way] of ways.entries()) {
    const ticket = free[i];
    if (!ticket) throw new Error('the match has too few tickets to give');
    const email = `way-${way}@guests.example`;
    const guest = await fetchCode(browser, email);
    given[way] = { ...ticket, ...ticket.place, email, guest, barcode: '' };
  }
  // The list from its beginning holds the codes that the guests have now.
  cursor = null;
  const listed = await newlyListed();
  for (const way of ways) {
    const entry = listed.find(({ ticketId, valid }) => valid && ticketId === given[way].id);
    if (!entry) throw new Error(`the ticket of ${way} is not on the access list`);
    given[way].barcode = entry.barcode;
  }
});

/** Confirms the plan on the screen and waits for its end. */
async function confirm(page: Page, name: RegExp) {
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('button', { name })).toHaveCount(0);
  await expect(page.getByText(/^Done|ticket is back$|tickets are back$/).first()).toBeVisible();
}

interface Node {
  replacedBy: string | null;
  holder: { email: string } | null;
  history: { event: string; via: string; executionNumber: number | null }[];
}

async function ticket(id: string): Promise<Node> {
  const { node } = await ask<{ node: Node }>(
    `query($id: ID!) { node(id: $id) { ... on Ticket {
      replacedBy holder { email } history { event via executionNumber } } } }`,
    { id },
  );
  return node;
}

/** Looks at everything that tells of a ticket that came back. */
async function cameBack(way: Way, event: string, to: string | null = null) {
  const { id, barcode, guest } = given[way];
  const old = await ticket(id);
  const fresh = old.replacedBy ?? '';
  expect(fresh, 'a new ticket took its place').not.toBe('');
  expect(old.history.filter((h) => h.event === event && h.executionNumber)).toHaveLength(1);
  expect((await ticket(fresh)).holder?.email ?? null).toBe(to);

  const listed = (await newlyListed()).filter(({ ticketId }) => [id, fresh].includes(ticketId));
  expect(listed.map(({ ticketId, valid, reason }) => ({ ticketId, valid, reason }))).toEqual([
    { ticketId: id, valid: false, reason: 'MOBILE_TAKE_BACK' },
    { ticketId: fresh, valid: true, reason: '' },
  ]);
  expect(listed[0]?.barcode).toBe(barcode);
  expect(await heldUp(barcode)).toEqual({ result: 'DEAD', reason: 'MOBILE_TAKE_BACK' });
  expect((await heldUp(listed[1]?.barcode ?? '')).result).toBe('ADMITTED');

  await guest.reload();
  await expect(guest.getByText(/^Taken back on \d/)).toBeVisible();
  await expect(guest.getByRole('img', { name: /code/i })).toHaveCount(0);
  await expect(guest.getByRole('button', { name: /code/i })).toHaveCount(0);
  await guest.close();
}

/** The seat of a ticket in the map's list, selected. */
async function selectOnMap(page: Page, { area, row, seat }: Given) {
  await open(page, relay, `/p/performances/${performanceId}/map`);
  await page.getByRole('list', { name: 'Zones' }).getByRole('button', { name: area }).click();
  await page.getByRole('button', { name: /^Distributed/ }).click();
  await page.getByText('List view').click();
  await page
    .getByRole('checkbox', { name: `row ${row}, seat ${seat}`, exact: false })
    .first()
    .check();
}

test('from the number on the dashboard', async ({ page }) => {
  await open(page, relay, `/p/distribute/${productId}`);
  await page
    .getByRole('region', { name: 'Totals' })
    .getByRole('link', { name: /^Take back possible/ })
    .click();
  // The dashboard has a search of the same name: the list is there when its box is.
  await expect(page.getByRole('checkbox', { name: 'Select all rows loaded' })).toBeVisible();
  await page.getByLabel('Guest or ticket number').fill(given.dashboard.email);
  await expect(page.getByText('1 ticket', { exact: true })).toBeVisible();
  await page.getByRole('row').nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Take back…' }).click();
  await confirm(page, /^Take back 1 ticket/);
  await cameBack('dashboard', 'TAKEN_BACK');
});

test('from a seat on the map', async ({ page }) => {
  await selectOnMap(page, given.map);
  await page
    .getByRole('region', { name: 'Selection' })
    .getByRole('button', { name: 'Take back…' })
    .click();
  await confirm(page, /^Take back 1 ticket/);
  await cameBack('map', 'TAKEN_BACK');
});

/** Has the one line of the cart assigned, and carried out. */
async function fromCart(page: Page, assign: () => Promise<void>, name: RegExp) {
  await open(page, relay, '/p/cart');
  await page.getByRole('row').nth(1).getByRole('checkbox').check();
  await assign();
  await page
    .getByRole('button', { name: /^Check \d+ ticket/ })
    .first()
    .click();
  await confirm(page, name);
}

test('assigned to oneself in the cart', async ({ page }) => {
  await emptyCart();
  await selectOnMap(page, given.cart);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('1 ticket was put into the cart')).toBeVisible();
  const line = page.getByRole('row').nth(1);
  await fromCart(
    page,
    async () => {
      await page.getByRole('button', { name: 'Assign to me' }).click();
      await expect(line).toContainText('Back to me');
    },
    /^Take back 1 ticket/,
  );
  await cameBack('cart', 'TAKEN_BACK');
});

test('from the details in the list, through the cart, to another guest', async ({ page }) => {
  await emptyCart();
  const { id, email } = given.list;
  await open(page, relay, `/p/distribute/${productId}/tickets?show=distributed&q=${email}`);
  await page.locator('tbody tr').filter({ hasText: email }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('1 ticket was put into the cart')).toBeVisible();
  await fromCart(
    page,
    async () => {
      await page.getByRole('button', { name: 'Choose guests…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Guest’s e-mail address').fill('way-another@guests.example');
      await dialog.getByLabel('First name').fill('Another');
      await dialog.getByLabel('Last name').fill('Guest');
      await dialog.getByRole('button', { name: 'Assign 1 ticket' }).click();
      await expect(page.getByRole('row').nth(1)).toContainText('way-another@guests.example');
    },
    /^Distribute 1 ticket/,
  );
  expect((await ticket(id)).replacedBy).not.toBeNull();
  await cameBack('list', 'REDISTRIBUTED', 'way-another@guests.example');
});

test('by a file with the sender’s own address', async ({ page }) => {
  await open(page, relay, `/p/distribute/${productId}/import`);
  const lines = [
    'Ticket ID;[NEW] CC Email;[NEW] CC first name;[NEW] CC last name',
    `${given.file.number}-1;${relay};;`,
  ];
  await page.getByLabel('Filled-in workbook').setInputFiles({
    name: 'back.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await confirm(page, /^Take back 1 ticket/);
  await cameBack('file', 'TAKEN_BACK');
});

/** Takes out of the relay's cart what tests before have put there. */
async function emptyCart() {
  const { cart } = await ask<{ cart: { lines: { edges: { node: { id: string } }[] } } }>(
    '{ cart { lines(first: 200) { edges { node { id } } } } }',
  );
  const lineIds = cart.lines.edges.map(({ node }) => node.id);
  if (lineIds.length === 0) return;
  await ask(
    'mutation($input: RemoveFromCartInput!) { removeFromCart(input: $input) { userErrors { message } } }',
    { input: { lineIds } },
  );
}
