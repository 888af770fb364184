// Invented data of a football club, always the same, big enough to scroll in.

let seed = 20260807;
function random() {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}
const pick = (list) => list[Math.floor(random() * list.length)];
let next = 1;
const id = (kind) => `${kind}_${String(next++).padStart(8, '0')}`;

const contact = (name, number) => ({
  __typename: 'Contact',
  id: id('con'),
  number,
  kind: 'STRUCTURE',
  name,
});
export const sponsors = [
  contact('Banque du Lac', 1204),
  contact('Alpina Assurances', 1188),
  contact('Brasserie des Remparts', 1231),
  contact('Horlogerie Vautier & Fils', 1177),
  contact('Transports Morel', 1260),
];
export const organisation = {
  __typename: 'Organisation',
  id: id('org'),
  code: 'GRANVAL',
  name: 'FC Granval',
  timeZone: 'Europe/Zurich',
  currency: 'CHF',
};
export const pointOfSale = {
  __typename: 'PointOfSale',
  id: id('pos'),
  code: 'PORTAL',
  name: 'Sponsors’ portal',
  importTicketDetails: true,
  advancedView: false,
};
const named = (type, kind, code, name) => ({ __typename: type, id: id(kind), code, name });
const season = {
  ...named('Season', 'sea', 'S2627', '2026/27'),
  startsAt: '2026-07-01T00:00:00Z',
  endsAt: '2027-06-30T22:00:00Z',
};
export const seasons = [season];
const categories = [
  named('SeatCategory', 'cat', 'HOSP', 'Hospitality Gold'),
  named('SeatCategory', 'cat', 'CAT1', 'Category 1'),
  named('SeatCategory', 'cat', 'CAT2', 'Category 2'),
  named('SeatCategory', 'cat', 'FAM', 'Family stand'),
];
const tariffs = [
  named('Tariff', 'tar', 'INV', 'Invitation'),
  named('Tariff', 'tar', 'FULL', 'Full price'),
  named('Tariff', 'tar', 'RED', 'Reduced'),
];
const contingents = [
  named('Contingent', 'ctg', 'SPONSORS', 'Sponsors'),
  named('Contingent', 'ctg', 'PARTNERS', 'Partners’ lounge'),
];
const product = (code, name, family) => ({
  ...named('Product', 'pro', code, name),
  family,
  season,
});
export const products = [
  product('LEAGUE', 'League 2026/27', 'COMPETITION'),
  product('CUP', 'National Cup', 'COMPETITION'),
  product('PARK', 'Parking P2 by the west gate', 'SERVICE'),
  product('TOUR', 'Behind the scenes: stadium tour', 'VISIT_PASS'),
];
const visitors = [
  'AS Corvent',
  'US Miremont',
  'FC Hautecombe',
  'SV Lindbach',
  'Racing Belleroche',
  'FC Talheim',
  'Olympique Varennes',
  'SC Steinach',
  'Étoile Carvel',
  'FC Morgental',
  'AC Pontoise-sur-Lac',
  'BSC Neudorf',
  'Stade Vallorne',
  'FC Rotenfels',
  'Union Saint-Aubin',
  'SpVgg Eschwald',
  'FC Brivet',
];
const performances = [];
function performance(of, name, day, hour, venueName) {
  const startsAt = new Date(Date.UTC(2026, 7, day, hour, 30)).toISOString();
  const one = {
    __typename: 'Performance',
    id: id('per'),
    code: `M${performances.length + 1}`,
    name,
    startsAt,
    durationMinutes: 105,
    venueName,
    timeZone: 'Europe/Zurich',
    product: of,
  };
  performances.push(one);
  return one;
}
visitors.forEach((v, n) => {
  performance(products[0], `FC Granval – ${v}`, 8 + n * 16, n % 3 ? 18 : 14, 'Stade du Grand Val');
});
performance(products[1], 'FC Granval – FC Morgental', 58, 18, 'Stade du Grand Val');
performance(products[1], 'FC Granval – Racing Belleroche', 120, 19, 'Stade du Grand Val');
performance(products[3], 'Stadium tour, Saturday 10:00', 70, 8, 'Stade du Grand Val');

const first = [
  'Amélie',
  'Jonas',
  'Sofia',
  'Luca',
  'Élodie',
  'Matthias',
  'Chloé',
  'Felix',
  'Nadia',
  'Julien',
  'Lea',
  'Bastien',
  'Ines',
  'Tobias',
  'Camille',
  'Noé',
];
const last = [
  'Perrin',
  'Keller',
  'Rochat',
  'Baumann',
  'Favre',
  'Schneider',
  'Girard',
  'Wyss',
  'Lambert',
  'Huber',
  'Moret',
  'Zbinden',
  'Dupont',
  'Frei',
  'Marchand',
  'Vogel',
];
const plain = (s) =>
  s
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
export function guest() {
  const f = pick(first);
  const l = pick(last);
  return {
    email: `${plain(f)}.${plain(l)}@example.${pick(['org', 'com', 'net'])}`,
    firstName: f,
    lastName: l,
  };
}

let number = 4_100_000;
export const tickets = [];
function ticket(owner, of, perf, category, tariff, place) {
  const given = random() < (perf ? Math.max(0.08, 0.95 - performances.indexOf(perf) * 0.055) : 0.4);
  const fetched = given && random() < 0.62;
  const past = perf && Date.parse(perf.startsAt) < Date.parse('2026-11-22T00:00:00Z');
  const scanned = fetched && past && random() < 0.8;
  const cancelled = random() < 0.006;
  const distributedAt = given
    ? new Date(
        Date.parse(perf?.startsAt ?? '2026-10-04T09:00:00Z') - 86400000 * (4 + random() * 20),
      ).toISOString()
    : null;
  const later = (hours) =>
    distributedAt ? new Date(Date.parse(distributedAt) + hours * 3600000).toISOString() : null;
  tickets.push({
    __typename: 'Ticket',
    id: id('tic'),
    number: ++number,
    fileNumber: 88000 + (Math.floor(number / 40) % 900),
    product: of,
    performance: perf,
    seatCategory: category,
    tariff,
    contingent: pick(contingents),
    price: { amount: category?.code === 'HOSP' ? 24000 : 4500, currency: 'CHF' },
    place,
    item: null,
    quantity: 1,
    state: cancelled ? 'CANCELLED' : scanned ? 'CONTROLLED' : given ? 'PRINTED' : 'NOT_PRINTED',
    location: fetched ? 'DOWNLOADED' : given ? 'INJECTED' : 'NONE',
    owner,
    holder: given ? guest() : null,
    distributedAt,
    injectedAt: later(0.02),
    downloadedAt: fetched ? later(26) : null,
    controlledAt: scanned ? perf.startsAt : null,
  });
}
function fill(owner, of, perf, sizes) {
  categories.forEach((category, c) => {
    const tariff = tariffs[c === 0 ? 0 : c === 3 ? 2 : 1];
    for (let n = 0; n < sizes[c]; n++) {
      ticket(owner, of, perf, category, tariff, {
        entrance: pick(['A', 'B', 'C']),
        area: `${'NSWE'[c]}${1 + Math.floor(n / 24)}`,
        row: String(1 + Math.floor(n / 12)),
        seat: String(1 + (n % 12)).padStart(2, '0'),
      });
    }
  });
}
const none = { entrance: null, area: null, row: null, seat: null };
for (const perf of performances) {
  if (perf.product === products[3]) {
    for (let n = 0; n < 24; n++) ticket(sponsors[0], products[3], perf, null, tariffs[0], none);
    continue;
  }
  fill(
    sponsors[0],
    perf.product,
    perf,
    [40, 74, 60, 30].map((n) => n + Math.floor(random() * 20)),
  );
  if (perf.product === products[0]) fill(sponsors[1], products[0], perf, [10, 20, 20, 0]);
}
for (let n = 0; n < 90; n++)
  ticket(sponsors[0], products[2], null, null, tariffs[0], { ...none, area: 'P2' });

export const users = [
  {
    email: 'relay@banquedulac.example',
    name: 'Claire Dubois',
    role: 'PORTAL_USER',
    sponsor: sponsors[0],
  },
  { email: 'operator@fcgranval.example', name: 'Marc Aubert', role: 'OPERATOR', sponsor: null },
].map((user) => ({ __typename: 'User', id: id('usr'), language: 'EN', ...user }));
export { id };
