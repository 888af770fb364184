import { describe, expect, it } from 'vitest';
import { hasFilter, readTicketSearch, ticketFilter } from './ticket-search.ts';

const scope = { timeZone: 'Europe/Zurich', productId: 'p1' };

describe('the filter sent to the server', () => {
  it('takes days in the zone of the organisation, the last one included', () => {
    const filter = ticketFilter({ from: '2027-03-27', to: '2027-03-28' }, scope);
    expect(filter.from).toBe('2027-03-26T23:00:00.000Z');
    // The clocks go forward on the 28th: that day ends an hour earlier.
    expect(filter.to).toBe('2027-03-28T22:00:00.000Z');
  });

  it('asks for what the number of the dashboard counted', () => {
    expect(ticketFilter({ show: 'remaining' }, scope)).toMatchObject({
      distributed: false,
      states: ['NOT_PRINTED', 'PRINTED'],
    });
    expect(ticketFilter({ show: 'controlled' }, scope)).toMatchObject({ states: ['CONTROLLED'] });
    expect(ticketFilter({}, scope).states).not.toContain('CANCELLED');
  });

  it('knows whether anything narrows', () => {
    expect(hasFilter({})).toBe(false);
    expect(hasFilter(readTicketSearch({ ticket: 't1', sponsor: 's1' }))).toBe(false);
    expect(hasFilter({ q: 'anna' })).toBe(true);
  });
});
