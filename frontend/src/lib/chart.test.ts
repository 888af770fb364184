import { describe, expect, it } from 'vitest';
import { progressParts, ticks } from './chart.ts';

describe('the steps of an axis', () => {
  it.each([
    [0, [0]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 50, 100]],
    [2467, [0, 1000, 2000, 3000]],
  ])('up to %i', (most, steps) => expect(ticks(most)).toEqual(steps));
});

describe('a ticket is in one part of a column', () => {
  const sum = (parts: Record<string, number>) => Object.values(parts).reduce((a, b) => a + b, 0);
  it.each([
    [{ allocated: 10, distributed: 6, downloaded: 4, controlled: 1 }, [1, 3, 2, 4]],
    [{ allocated: 10, distributed: 6, downloaded: 1, controlled: 3 }, [3, 0, 3, 4]],
    [{ allocated: 0, distributed: 0, downloaded: 0, controlled: 0 }, [0, 0, 0, 0]],
  ])('%j', (counts, parts) => {
    expect(Object.values(progressParts(counts))).toEqual(parts);
    expect(sum(progressParts(counts))).toBe(counts.allocated);
  });
});
