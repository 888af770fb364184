import { GraphQLError } from 'graphql';
import * as data from './data.mjs';
import {
  apply,
  cancel,
  events,
  execution,
  executions,
  executionView,
  plan,
} from './executions.mjs';
import { mails } from './mails.mjs';

const cursor = (n) => Buffer.from(`p${n}`).toString('base64url');
const place = (text) => Number(Buffer.from(text, 'base64url').toString().slice(1)) + 1;

export function connection(list, { first = 50, after }, view = (one) => one) {
  const start = after ? place(after) : 0;
  const page = list.slice(start, start + Math.min(first, 200));
  return {
    edges: page.map((one, n) => ({ cursor: cursor(start + n), node: view(one) })),
    pageInfo: {
      hasNextPage: start + page.length < list.length,
      hasPreviousPage: start > 0,
      startCursor: page.length ? cursor(start) : null,
      endCursor: page.length ? cursor(start + page.length - 1) : null,
    },
    totalCount: list.length,
  };
}

const valid = (t) => t.state !== 'CANCELLED' && t.state !== 'INVALIDATED';
const typeKey = (t) => [t.performance?.id ?? '', t.seatCategory?.id ?? '', t.tariff.id].join('~');
const begins = (text, q) => text.toLowerCase().startsWith(q.toLowerCase());

function found(filter = {}, viewer) {
  const f = filter ?? {};
  const sponsor = viewer.sponsor?.id ?? f.sponsorId;
  const types =
    f.ticketTypes &&
    new Set(
      f.ticketTypes.map((t) =>
        [t.performanceId ?? '', t.seatCategoryId ?? '', t.tariffId].join('~'),
      ),
    );
  return data.tickets.filter(
    (t) =>
      (!sponsor || t.owner.id === sponsor) &&
      (!f.productId || t.product.id === f.productId) &&
      (!f.performanceIds || f.performanceIds.includes(t.performance?.id)) &&
      (!f.seatCategoryIds || f.seatCategoryIds.includes(t.seatCategory?.id)) &&
      (!f.contingentIds || f.contingentIds.includes(t.contingent?.id)) &&
      (!types || types.has(typeKey(t))) &&
      (!f.from || (t.performance && t.performance.startsAt >= f.from)) &&
      (!f.to || (t.performance && t.performance.startsAt < f.to)) &&
      (!f.states || f.states.includes(t.state)) &&
      (!f.locations || f.locations.includes(t.location)) &&
      (f.distributed == null || Boolean(t.holder) === f.distributed) &&
      (!f.search ||
        String(t.number) === f.search ||
        (t.holder &&
          [t.holder.email, t.holder.firstName, t.holder.lastName].some((x) =>
            begins(x, f.search),
          ))),
  );
}

function counts(list) {
  const good = list.filter(valid);
  const n = (test) => good.filter(test).length;
  return {
    allocated: good.length,
    remaining: n((t) => !t.holder),
    inCart: 0,
    distributed: n((t) => t.holder),
    downloaded: n((t) => t.location === 'DOWNLOADED'),
    notFetched: n((t) => t.holder && t.location !== 'DOWNLOADED' && t.state !== 'CONTROLLED'),
    controlled: n((t) => t.state === 'CONTROLLED'),
    takeBackPossible: n((t) => t.holder && t.state !== 'CONTROLLED'),
  };
}

const groupBy = (list, key) => [
  ...(Map.groupBy
    ? Map.groupBy(list, key)
    : list.reduce((m, x) => m.set(key(x), [...(m.get(key(x)) ?? []), x]), new Map())),
];
const unique = (list) => [...new Map(list.filter(Boolean).map((x) => [x.id, x])).values()];

function dashboard({ productId, filter }, { viewer }) {
  const product = data.products.find((p) => p.id === productId);
  const all = product ? found({ productId, sponsorId: filter?.sponsorId }, viewer) : [];
  if (all.length === 0) return null;
  const list = found({ ...filter, productId }, viewer);
  const groups = groupBy(list, (t) => t.performance?.id ?? '').map(([, of]) => ({
    performance: of[0].performance,
    counts: counts(of),
    types: groupBy(of, typeKey).map(([key, kind]) => ({
      key,
      seatCategory: kind[0].seatCategory,
      tariff: kind[0].tariff,
      counts: counts(kind),
    })),
  }));
  return {
    product,
    counts: counts(list),
    contingents: unique(all.map((t) => t.contingent)),
    seatCategories: unique(all.map((t) => t.seatCategory)),
    groups: (args) => connection(groups, args),
  };
}

function history(t) {
  const entry = (at, event, via, extra) => ({
    at,
    event,
    via,
    from: null,
    to: null,
    actor: null,
    executionNumber: null,
    ...extra,
  });
  const list = [entry('2026-07-02T08:12:00Z', 'CREATED', 'SYSTEM', { to: t.owner.name })];
  if (t.distributedAt)
    list.push(
      entry(t.distributedAt, 'DISTRIBUTED', 'FILE', {
        from: t.owner.name,
        to: `${t.holder?.firstName} ${t.holder?.lastName} <${t.holder?.email}>`,
        actor: 'Claire Dubois',
        executionNumber: 5012,
      }),
    );
  if (t.injectedAt)
    list.push(entry(t.injectedAt, 'LOCATION_CHANGED', 'MAIL', { from: 'Nowhere yet', to: 'Sent' }));
  if (t.downloadedAt)
    list.push(
      entry(t.downloadedAt, 'LOCATION_CHANGED', 'RECIPIENT', { from: 'Sent', to: 'Downloaded' }),
    );
  if (t.controlledAt)
    list.push(
      entry(t.controlledAt, 'STATE_CHANGED', 'ACCESS_CONTROL', {
        from: 'Printed',
        to: 'Controlled',
      }),
    );
  return list;
}

function possibility(t) {
  if (!valid(t))
    return {
      allowed: false,
      reason: 'NOT_VALID',
      message: 'The ticket was cancelled and is no longer a right of entry.',
    };
  if (t.state === 'CONTROLLED')
    return {
      allowed: false,
      reason: 'ALREADY_CONTROLLED',
      message: 'The ticket was scanned at the gate already.',
    };
  if (t.holder)
    return {
      allowed: false,
      reason: 'TAKE_BACK_NOT_ALLOWED',
      message:
        'Somebody holds the ticket; the organiser does not allow it to be given to somebody else.',
    };
  return { allowed: true, reason: null, message: null };
}
const ticketView = (t) => ({ ...t, history: () => history(t), distribution: () => possibility(t) });

function viewerView(user) {
  const office = user.role !== 'PORTAL_USER';
  return {
    user,
    organisation: data.organisation,
    sponsor: user.sponsor,
    pointOfSale: data.pointOfSale,
    tokens: () => tokens,
    mailsLeave: false,
    can: {
      usePortal: !office,
      distribute: true,
      exportTicketDetails: true,
      importTicketDetails: true,
      readAllExecutions: office,
      readOutbox: office,
      resendMails: office,
      usePlayground: office,
      manageTokens: true,
    },
  };
}

const tokens = [
  {
    __typename: 'ApiToken',
    id: 'tok_1',
    name: 'Nightly export',
    prefix: 'grd_7Kq2',
    scopes: ['READ'],
    createdAt: '2026-09-14T09:00:00Z',
    expiresAt: '2027-09-14T09:00:00Z',
    lastUsedAt: '2026-11-21T03:00:04Z',
    revokedAt: null,
  },
];
const no = (code, message, path = []) => ({ userErrors: [{ code, message, path }] });
const signedIn = (ctx) => {
  if (!ctx.viewer)
    throw new GraphQLError('Sign in first.', {
      extensions: { code: 'UNAUTHENTICATED', reference: 'mock-0001' },
    });
  return ctx.viewer;
};
const need = (fn) => (args, ctx, info) => fn(args, { ...ctx, viewer: signedIn(ctx) }, info);

function node(id, _ctx) {
  const t = data.tickets.find((x) => x.id === id);
  if (t) return ticketView(t);
  const e = execution(id);
  if (e) return executionView(e, connection);
  return [...data.products, ...data.sponsors, ...mails].find((x) => x.id === id) ?? null;
}

export const root = {
  viewer: (_, ctx) => (ctx.viewer ? viewerView(ctx.viewer) : null),
  node: need(({ id }, ctx) => node(id, ctx)),
  nodes: need(({ ids }, ctx) => ids.map((id) => node(id, ctx))),
  seasons: need(() => data.seasons),
  sponsors: need((args) =>
    connection(
      data.sponsors.filter((s) => !args.search || begins(s.name, args.search)),
      args,
    ),
  ),
  heldProducts: need(({ sponsorId }, { viewer }) =>
    groupBy(found({ sponsorId }, viewer), (t) => t.product.id).map(([, of]) => ({
      product: of[0].product,
      counts: counts(of),
      performanceCount: unique(of.map((t) => t.performance)).length,
      nextStartsAt:
        of
          .map((t) => t.performance?.startsAt)
          .filter((at) => at > new Date().toISOString())
          .sort()[0] ?? null,
    })),
  ),
  ticketingDashboard: need(dashboard),
  tickets: need((args, { viewer }) => {
    const list = found(args.filter, viewer);
    if (args.orderBy === 'NUMBER') list.sort((a, b) => a.number - b.number);
    return connection(list, args, ticketView);
  }),
  executions: need((args) =>
    connection(
      executions.filter((e) => !args.states || args.states.includes(e.state)),
      args,
      (e) => executionView(e, connection),
    ),
  ),
  execution: need(({ id }) => {
    const e = execution(id);
    return e ? executionView(e, connection) : null;
  }),
  mails: need((args) =>
    connection(
      mails.filter(
        (m) =>
          (!args.states || args.states.includes(m.state)) &&
          (!args.search || begins(m.to, args.search)),
      ),
      args,
    ),
  ),
  mailStates: need(() =>
    groupBy(mails, (m) => m.state).map(([state, of]) => ({ state, count: of.length })),
  ),

  signIn: ({ input }, ctx) => {
    const user = data.users.find((u) => u.email === input.email);
    if (!user || input.password.length < 6)
      return no('WRONG_CREDENTIALS', 'E-mail or password is wrong. Check both and try again.');
    ctx.signIn(user);
    return { viewer: viewerView(user), userErrors: [] };
  },
  signOut: (_, ctx) => {
    ctx.signOut();
    return { userErrors: [] };
  },
  updatePreferences: need(({ input }, { viewer }) => {
    Object.assign(viewer, Object.fromEntries(Object.entries(input).filter(([, v]) => v != null)));
    return { user: viewer, userErrors: [] };
  }),
  changePassword: need(({ input }) =>
    input.current === 'wrong-password'
      ? no('WRONG_PASSWORD', 'The present password is not right.', ['current'])
      : { userErrors: [] },
  ),
  createApiToken: need(({ input }) => {
    const token = {
      __typename: 'ApiToken',
      id: data.id('tok'),
      prefix: 'grd_x9Zt',
      createdAt: new Date().toISOString(),
      lastUsedAt: null,
      revokedAt: null,
      expiresAt: null,
      ...input,
    };
    tokens.unshift(token);
    return { token, secret: 'grd_x9Zt4mVq8sLw2Rb7Yk5Nc1Jd6Hf3Pg0TaE', userErrors: [] };
  }),
  revokeApiToken: need(({ input }) => {
    const token = tokens.find((t) => t.id === input.id);
    token.revokedAt = new Date().toISOString();
    return { token, userErrors: [] };
  }),
  exportTicketDetails: need(({ input }, { viewer }) => {
    const list = found(input.filter, viewer);
    if (list.length === 0) return no('NOTHING_TO_EXPORT', 'No ticket matches the filter.');
    return { url: '/files/tickets.xlsx', ticketCount: list.length, userErrors: [] };
  }),
  planTicketHoldersImport: need(async ({ input }, { viewer }) => {
    const file = await input.file;
    if (/\.(xls|ods)$/i.test(file.name))
      return no(
        'FILE_TYPE',
        'The file is an old Excel workbook (.xls). Save it as .xlsx in Excel and import that.',
        ['file'],
      );
    return {
      execution: executionView(plan({ viewer, file, policy: input.policy }), connection),
      userErrors: [],
    };
  }),
  planDistribution: need(({ input }, { viewer }) => ({
    execution: executionView(
      plan({ viewer, moves: input.moves, policy: input.policy }),
      connection,
    ),
    userErrors: [],
  })),
  distribute: need(({ input }, { viewer }) => {
    if (!/.+@.+\..+/.test(input.moves[0].email))
      return no('INVALID_EMAIL', 'The e-mail address cannot be one. Check it for typing errors.', [
        'moves',
        '0',
        'email',
      ]);
    const e = plan({ viewer, moves: input.moves, policy: input.policy, now: true });
    apply(e);
    return { execution: executionView(e, connection), userErrors: [] };
  }),
  applyPlan: need(({ input }) => {
    const e = execution(input.executionId);
    apply(e);
    return { execution: executionView(e, connection), userErrors: [] };
  }),
  cancelExecution: need(({ input }) => {
    const e = execution(input.id);
    cancel(e);
    return { execution: executionView(e, connection), userErrors: [] };
  }),
  retryExecution: need(({ input }) => {
    const e = execution(input.id);
    apply(e);
    return { execution: executionView(e, connection), userErrors: [] };
  }),
  resendMails: need(({ input }) => {
    const list = mails.filter((m) => input.ids.includes(m.id));
    for (const m of list) m.state = 'READY';
    return { mails: list, userErrors: [] };
  }),
  executionProgress: ({ id, after }) => events(id, Number(after ?? 0), connection),
};
