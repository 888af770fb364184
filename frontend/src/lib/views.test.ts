import { describe, expect, it } from 'vitest';
import { filtersOf, firstView, searchOf } from './views.ts';

const view = { id: '1', name: 'Week', path: '/o/outbox', query: 'q=a', isDefault: true };
const page = (pathname: string, search = {}) => ({ pathname, search });

describe('the filters of an address', () => {
  it.each([
    ['are in one order', { to: '2026-12-01', from: '2026-11-22' }, 'from=2026-11-22&to=2026-12-01'],
    ['leave out whom one acts for', { sponsor: 'x', q: 'a b' }, 'q=a+b'],
    ['leave out what stands open', { ticket: 'x', mail: 'y', entry: '7', alert: 'z' }, ''],
    [
      'keep lists and flags',
      { category: ['a,b', 'c'], takeBack: true },
      'category=a%2Cb,c&takeBack=1',
    ],
  ])('%s', (_, search, filters) => expect(filtersOf(search)).toBe(filters));

  it('come back from a view as they went in', () => {
    const search = { q: 'Dupont', category: ['a,b', 'c'] };
    expect(searchOf({ query: filtersOf(search) })).toEqual(search);
    expect(searchOf(view, 'bank')).toEqual({ q: 'a', sponsor: 'bank' });
  });
});

describe('a page begins with its default', () => {
  it.each([
    ['where it is opened without filters', [view], page('/o/outbox'), view],
    ['also for a sponsor', [view], page('/o/outbox', { sponsor: 'x' }), view],
    ['not where filters are named', [view], page('/o/outbox', { q: 'b' }), undefined],
    ['not on another page', [view], page('/a/audit'), undefined],
    [
      'not with a view that is no default',
      [{ ...view, isDefault: false }],
      page('/o/outbox'),
      undefined,
    ],
    ['not with one that filters nothing', [{ ...view, query: '' }], page('/o/outbox'), undefined],
  ])('%s', (_, views, at, found) => expect(firstView(views, at)).toEqual(found));
});
