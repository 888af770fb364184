import * as data from './data.mjs';

export const executions = [];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const execution = (id) => executions.find((e) => e.id === id);
let number = 5012;

const problems = {
  INVALID_EMAIL: ['The e-mail address cannot be one. Correct it.', '[NEW] CC Email', 'R'],
  STALE: ['The ticket moved since the file was exported. Export it anew.', 'Ticket ID', 'A'],
  MISSING_EMAIL: [
    'There are names but no e-mail address. Add it, or clear the names.',
    '[NEW] CC Email',
    'R',
  ],
  DUPLICATE_ROW: ['The ticket stands in row 14 already; only that row counts.', 'Ticket ID', 'A'],
  ALREADY_CONTROLLED: [
    'The ticket was scanned at the gate and stays with its holder.',
    'Ticket ID',
    'A',
  ],
};
const codes = Object.keys(problems);

function label(t) {
  const { area, row, seat } = t.place;
  return [
    t.performance?.name ?? t.product.name,
    t.seatCategory?.name,
    area && `${area}${row ? ` · ${row}/${seat}` : ''}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function importRow(n, free) {
  const odd = n % 17 === 5;
  const code = codes[Math.floor(n / 17) % codes.length];
  const t = free[n % free.length];
  const g = n % 3 === 0 || n === 2 ? data.guest() : guestBefore;
  guestBefore = g;
  const outcome = odd
    ? 'REFUSED'
    : n % 11 === 3
      ? 'REDISTRIBUTE'
      : n % 5 === 4
        ? 'UNCHANGED'
        : 'DISTRIBUTE';
  const blank = outcome === 'UNCHANGED';
  const email = blank
    ? ''
    : odd && code === 'INVALID_EMAIL'
      ? 'nadia.keller(at)example.org'
      : odd && code === 'MISSING_EMAIL'
        ? ''
        : g.email;
  const problem = odd
    ? {
        code,
        message: problems[code][0],
        column: problems[code][1],
        columnLetter: problems[code][2],
        value: email || String(t.number),
      }
    : null;
  const warnings =
    n === 40
      ? [
          {
            code: 'DIFFERENT_NAME',
            message: 'The names differ from those of the same guest’s first row, which count.',
            column: '[NEW] CC last name',
            columnLetter: 'T',
            value: g.lastName,
          },
        ]
      : [];
  return {
    rowNumber: n,
    ticketReference: String(t.number),
    ticketLabel: label(t),
    email,
    firstName: blank ? '' : g.firstName,
    lastName: blank ? '' : g.lastName,
    outcome,
    problem,
    warnings,
    applied: false,
    ticket: t,
  };
}
let guestBefore = data.guest();

export function plan({ viewer, file, moves, policy, now }) {
  const e = {
    __typename: 'Execution',
    id: data.id('exe'),
    number: ++number,
    function: file ? 'TICKET_HOLDERS_IMPORT' : 'DISTRIBUTION',
    state: 'PLANNING',
    result: null,
    trigger: 'PORTAL',
    policy: policy ?? 'IGNORE_FAILED',
    userName: viewer.name,
    sponsor: data.sponsors[0],
    pointOfSale: data.pointOfSale,
    fileName: file?.name ?? null,
    fileSize: file?.size ?? null,
    fileSha256: file ? '9f2c41d0a7be3355c1f80d6f7a2be90143cd5e6f7788aa90bb12cd34ef56a7b8' : null,
    problem: null,
    createdAt: new Date().toISOString(),
    startedAt: null,
    endedAt: null,
    all: [],
    done: 0,
    sequence: 1,
    listeners: new Set(),
  };
  executions.unshift(e);
  const ready = () => {
    const free = data.tickets.filter((t) => t.product === data.products[0] && !t.holder);
    if (/broken/i.test(file?.name ?? ''))
      e.problem =
        'The sheet has no column “[NEW] CC Email”. Found: Ticket ID, Name, E-Mail. Expected: Ticket ID, [NEW] CC Email. Export the tickets anew and fill in that workbook.';
    else if (moves)
      e.all = moves.map((m, n) => {
        const t = data.tickets.find((x) => x.id === m.ticketId);
        return {
          rowNumber: n + 1,
          ticketReference: String(t.number),
          ticketLabel: label(t),
          email: m.email,
          firstName: m.firstName ?? '',
          lastName: m.lastName ?? '',
          outcome: t.holder ? 'REDISTRIBUTE' : 'DISTRIBUTE',
          problem: null,
          warnings: [],
          applied: false,
          ticket: t,
        };
      });
    else
      e.all = Array.from({ length: /big/i.test(file?.name ?? '') ? 4000 : 240 }, (_, n) =>
        importRow(n + 2, free),
      );
    e.state = 'PLANNED';
    e.sequence++;
    for (const l of e.listeners) l();
  };
  if (now) ready();
  else setTimeout(ready, 900);
  return e;
}

export async function apply(e) {
  if (e.state !== 'PLANNED' && e.state !== 'CANCELLED') return;
  e.state = 'RUNNING';
  e.result = null;
  e.startedAt ??= new Date().toISOString();
  const step = Math.max(1, Math.ceil(e.all.length / 40));
  while (e.done < e.all.length && e.state === 'RUNNING') {
    for (const row of e.all.slice(e.done, e.done + step)) {
      row.applied = row.outcome === 'DISTRIBUTE' || row.outcome === 'REDISTRIBUTE';
      if (row.applied)
        Object.assign(row.ticket, {
          holder: { email: row.email, firstName: row.firstName, lastName: row.lastName },
          state: 'PRINTED',
          location: 'INJECTED',
          distributedAt: new Date().toISOString(),
          injectedAt: new Date().toISOString(),
        });
    }
    e.done = Math.min(e.done + step, e.all.length);
    e.sequence++;
    for (const l of e.listeners) l();
    await sleep(e.all.length < 5 ? 20 : 140);
  }
  if (e.state === 'RUNNING') {
    e.state = 'DONE';
    e.result = e.all.some((r) => r.outcome === 'REFUSED') ? 'WARNING' : 'OK';
  }
  e.endedAt = new Date().toISOString();
  e.sequence++;
  for (const l of e.listeners) l();
}

export function cancel(e) {
  e.state = 'CANCELLED';
  e.endedAt = new Date().toISOString();
  e.sequence++;
  for (const l of e.listeners) l();
}

export function executionView(e, connection) {
  const n = (rows, outcome) => rows.filter((r) => r.outcome === outcome).length;
  const mails = (rows) =>
    new Set(rows.filter((r) => r.outcome.endsWith('DISTRIBUTE')).map((r) => r.email)).size;
  const behind = e.state === 'PLANNED' ? [] : e.all.slice(0, e.done);
  const refused = n(e.all, 'REFUSED');
  const ended = e.state === 'DONE' || e.state === 'CANCELLED';
  const mailCount = mails(behind);
  return {
    ...e,
    totals: {
      distribute: n(e.all, 'DISTRIBUTE'),
      redistribute: n(e.all, 'REDISTRIBUTE'),
      takeBack: 0,
      unchanged: n(e.all, 'UNCHANGED'),
      refused,
      mails: mails(e.all),
    },
    counts: {
      rows: e.all.length,
      distributed: n(behind, 'DISTRIBUTE'),
      redistributed: n(behind, 'REDISTRIBUTE'),
      takenBack: 0,
      unchanged: n(behind, 'UNCHANGED'),
      refused: n(behind, 'REFUSED'),
      contactsCreated: Math.floor(mailCount * 0.7),
      mails: mailCount,
      mailsSent: ended ? mailCount : Math.floor(mailCount * 0.8),
      mailsFailed: 0,
    },
    reasons: codes
      .map((reason) => ({ reason, count: e.all.filter((r) => r.problem?.code === reason).length }))
      .filter((r) => r.count)
      .sort((a, b) => b.count - a.count),
    progress: { done: e.done, total: e.all.length, sequence: e.sequence },
    downloads: {
      original: e.fileName ? '/files/original.xlsx' : null,
      result: ended ? '/files/result.xlsx' : null,
      refused: refused && e.fileName ? '/files/refused.xlsx' : null,
    },
    can: {
      apply: e.state === 'PLANNED' && !e.problem && e.all.length > refused,
      cancel: ['PLANNED', 'QUEUED', 'RUNNING'].includes(e.state),
      retry: e.state === 'CANCELLED' && e.done > 0,
    },
    rows: (args) =>
      connection(
        e.all.filter(
          (r) =>
            (!args.outcomes || args.outcomes.includes(r.outcome)) &&
            (!args.reasons || args.reasons.includes(r.problem?.code)),
        ),
        args,
      ),
  };
}

export async function* events(id, after, connection) {
  const e = execution(id);
  let seen = after;
  while (e) {
    if (e.sequence > seen) {
      seen = e.sequence;
      yield {
        executionProgress: {
          sequence: seen,
          at: new Date().toISOString(),
          execution: executionView(e, connection),
        },
      };
    }
    if (e.state === 'DONE' || e.state === 'CANCELLED') return;
    await new Promise((resolve) => {
      const wake = () => {
        e.listeners.delete(wake);
        resolve();
      };
      e.listeners.add(wake);
      setTimeout(wake, 5000);
    });
  }
}

const system = { name: 'Claire Dubois' };
for (let n = 0; n < 14; n++) {
  const file =
    n % 4 === 3
      ? null
      : {
          name: [
            'match-3-guests.xlsx',
            'cup-invitations.xlsx',
            'directors-box.csv',
            'clients-zurich.xlsx',
          ][n % 4],
          size: 18_000 + n * 7321,
        };
  const moves = file
    ? null
    : data.tickets.slice(n * 50, n * 50 + 12).map((t) => ({ ticketId: t.id, ...data.guest() }));
  const e = plan({ viewer: system, file, moves, now: true });
  e.createdAt = new Date(Date.UTC(2026, 9, 20 + n * 2, 9, 14 + n)).toISOString();
  e.startedAt = new Date(Date.parse(e.createdAt) + 42_000).toISOString();
  e.endedAt = new Date(Date.parse(e.startedAt) + 3100 + n * 870).toISOString();
  e.state = n === 9 ? 'CANCELLED' : n === 13 ? 'PLANNED' : 'DONE';
  e.trigger = n % 6 === 5 ? 'API' : n % 5 === 4 ? 'SCHEDULE' : 'PORTAL';
  if (n === 6) e.all = e.all.filter((r) => r.outcome !== 'REFUSED');
  e.result =
    e.state === 'DONE' ? (e.all.some((r) => r.outcome === 'REFUSED') ? 'WARNING' : 'OK') : null;
  e.done = e.state === 'PLANNED' ? 0 : e.state === 'CANCELLED' ? 120 : e.all.length;
  for (const r of e.all.slice(0, e.done))
    r.applied = r.outcome === 'DISTRIBUTE' || r.outcome === 'REDISTRIBUTE';
  if (e.state === 'PLANNED') {
    e.startedAt = null;
    e.endedAt = null;
  }
}
