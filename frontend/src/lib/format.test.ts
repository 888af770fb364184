import { describe, expect, it } from 'vitest';
import { formats } from './format.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers and times', () => {
  it('are written as the language writes them', () => {
    expect(formats('en').number(12345)).toBe('12,345');
    expect(plain(formats('fr').number(12345))).toBe('12 345');
    expect(formats('de').number(12345)).toBe('12.345');
  });

  it('never claim all or nothing before it is so', () => {
    expect(formats('en').percent(9999, 10000)).toBe('99%');
    expect(formats('en').percent(1, 10000)).toBe('1%');
    expect(formats('en').percent(10000, 10000)).toBe('100%');
    expect(formats('en').percent(0, 0)).toBe('0%');
  });

  it('stand in the zone of the place', () => {
    const start = '2027-01-10T19:45:00Z';
    expect(formats('en').dateTime(start, 'Europe/Zurich')).toBe('10 Jan 2027, 20:45');
    expect(formats('en').dateTime(start, 'America/New_York')).toBe('10 Jan 2027, 14:45');
  });

  it('know that not every currency has cents', () => {
    expect(plain(formats('de').money(24000, 'CHF'))).toBe('240,00 CHF');
    expect(formats('en').money(2400, 'JPY')).toBe('JP¥2,400');
  });

  it('say how long and how big', () => {
    const { duration, bytes } = formats('en');
    expect(duration('2027-01-01T00:00:00Z', '2027-01-01T00:00:13.5Z')).toBe('13.5 s');
    expect(duration('2027-01-01T00:00:00Z', '2027-01-01T01:02:30Z')).toBe('1 h 2 min');
    expect(bytes(113_200)).toBe('113.2 kB');
    expect(bytes(0)).toBe('0 B');
  });
});
