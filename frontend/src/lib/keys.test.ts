import { describe, expect, it } from 'vitest';
import { match } from './keys.ts';

describe('shortcuts', () => {
  const names = ['g d', 'g e', 'e', 'mod+k', '?'];

  it('run through sequences', () => {
    expect(match(names, '', 'g')).toBe('g');
    expect(match(names, 'g', 'd')).toBe('g d');
    expect(match(names, 'g', 'e')).toBe('g e');
  });

  it('begin anew after a key that leads nowhere', () => {
    expect(match(names, 'g', 'mod+k')).toBe('mod+k');
    expect(match(names, 'g', 'z')).toBeNull();
    expect(match(names, '', 'e')).toBe('e');
  });
});
