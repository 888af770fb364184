import { describe, expect, test } from 'vitest';
import { dragged, fitted, held, pan, seen, zoomAt } from './camera.ts';
import { gridOf, nearest, within } from './grid.ts';
import { between, firstSeat, rowSeats, step } from './moves.ts';
import { drawn } from './night.ts';
import { layOut, type Packed, readOwn, ticketOf } from './plan.ts';
import { lookOf, marks, passes } from './states.ts';

const pack = (raw: Uint8Array) => btoa(String.fromCharCode(...raw));
const words = (values: number[]) => pack(new Uint8Array(Uint16Array.from(values).buffer));

/** Two zones: A with rows of 3 and 2 seats, B with one row of 2 that counts from right to left. */
function small(): Packed {
  const at = (share: number) => Math.round(share * 65535);
  return {
    box: { x: 100, y: 50, width: 40, height: 20 },
    spacing: 2,
    zones: [
      { id: 'a', firstSeat: 0, seatCount: 5, rowCount: 2 },
      { id: 'b', firstSeat: 5, seatCount: 2, rowCount: 1 },
    ],
    seats: {
      count: 7,
      x: words([0.1, 0.2, 0.3, 0.15, 0.32, 0.9, 0.8].map(at)),
      y: words([0.2, 0.2, 0.2, 0.4, 0.4, 0.9, 0.9].map(at)),
      rowNames: ['1', '2', '1'],
      rowSeats: [3, 2, 2],
      numbers: '1\n2\n3\n1\n2\n1\n2',
    },
  };
}

const plan = layOut(small());
const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(22));

describe('a plan', () => {
  test('is unpacked into places, zones, rows and numbers', () => {
    expect([plan.width, plan.height]).toEqual([20, 10]);
    expect(plan.x[0]).toBeCloseTo(2, 3);
    expect(plan.y[6]).toBeCloseTo(9, 3);
    expect([...plan.zone]).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect([...plan.row]).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect([...plan.rowStart]).toEqual([0, 3, 5, 7]);
    expect(plan.numbers[4]).toBe('2');
  });

  test('knows the tickets of the own seats, in their order', () => {
    const own = readOwn({ states: pack(Uint8Array.of(1, 0, 4, 0, 9, 0, 16)), ids: ids.join('') });
    expect([0, 1, 2, 4, 6].map((seat) => ticketOf(own, seat))).toEqual([
      ids[0],
      null,
      ids[1],
      ids[2],
      ids[3],
    ]);
    expect(own.seatOf.get(ids[3] ?? '')).toBe(6);
  });
});

describe('the grid', () => {
  const count = 4000;
  const x = Float32Array.from({ length: count }, (_, i) => (i * 7919) % 311);
  const y = Float32Array.from({ length: count }, (_, i) => (i * 104729) % 173);
  const grid = gridOf(x, y, 311, 173);

  test('finds the same seats in a rectangle as looking at all', () => {
    for (const [left, top, right, bottom] of [
      [0, 0, 311, 173],
      [-50, -50, 3, 3],
      [100.5, 40, 160, 41],
      [300, 170, 900, 900],
      [20, 20, 20, 20],
    ] as const) {
      const area = { left, top, right, bottom };
      const all = [...x.keys()].filter(
        (i) =>
          (x[i] ?? 0) >= left &&
          (x[i] ?? 0) <= right &&
          (y[i] ?? 0) >= top &&
          (y[i] ?? 0) <= bottom,
      );
      expect(within(grid, { x, y }, area).sort((a, b) => a - b)).toEqual(all);
    }
  });

  test('finds the nearest seat within reach, and none beyond', () => {
    for (let i = 0; i < count; i += 97) {
      const hit = nearest(grid, { x, y }, (x[i] ?? 0) + 0.2, (y[i] ?? 0) - 0.2, 0.5);
      expect([x[hit], y[hit]]).toEqual([x[i], y[i]]);
    }
    expect(nearest(grid, { x, y }, -40, -40, 5)).toBe(-1);
  });
});

describe('the camera', () => {
  const view = { width: 800, height: 600 };

  test('fits an area and keeps the point under the pointer while zooming', () => {
    const camera = fitted({ left: 0, top: 0, right: 100, bottom: 10 }, view);
    expect(camera.scale).toBeCloseTo(7.52);
    const near = zoomAt(camera, 200, 100, 3, 1);
    expect(near.x + 200 / near.scale).toBeCloseTo(camera.x + 200 / camera.scale);
    expect(near.scale).toBeCloseTo(camera.scale * 3);
    expect(zoomAt(camera, 0, 0, 0.001, 5).scale).toBe(5);
  });

  test('never loses the plan', () => {
    const away = held(pan({ x: 0, y: 0, scale: 10 }, -1e6, 1e6), { width: 100, height: 100 }, view);
    const area = seen(away, view);
    expect(area.left).toBeLessThan(100);
    expect(area.bottom).toBeGreaterThan(0);
  });

  test('turns a drag either way into a rectangle of the plan', () => {
    const area = { left: 11, top: 22, right: 15, bottom: 24 };
    const camera = { x: 10, y: 20, scale: 10 };
    expect(dragged(camera, { x: 50, y: 40 }, { x: 10, y: 20 })).toEqual(area);
    expect(dragged(camera, { x: 10, y: 40 }, { x: 50, y: 20 })).toEqual(area);
  });
});

describe('walking by keyboard', () => {
  const walk = { plan, stops: (seat: number) => seat !== 1, rows: { from: 0, to: 2 } };

  test('goes from own seat to own seat and stays at the ends', () => {
    expect(firstSeat(walk)).toBe(0);
    expect(step(walk, 0, 'ArrowRight')).toBe(2);
    expect(step(walk, 2, 'ArrowRight')).toBe(2);
    expect(step(walk, 2, 'ArrowLeft')).toBe(0);
    expect(step(walk, 3, 'End')).toBe(4);
  });

  test('goes to the nearest seat of the next row, within the zone', () => {
    expect(step(walk, 2, 'ArrowDown')).toBe(4);
    expect(step(walk, 0, 'ArrowDown')).toBe(3);
    expect(step(walk, 4, 'ArrowDown')).toBe(4);
    expect(step(walk, 4, 'ArrowUp')).toBe(2);
    expect(step(walk, 0, 'ArrowUp')).toBe(0);
  });

  test('follows the drawing where a row counts from right to left', () => {
    const other = { plan, stops: () => true, rows: { from: 2, to: 3 } };
    expect(step(other, 6, 'ArrowRight')).toBe(5);
    expect(step(other, 5, 'Home')).toBe(6);
  });

  test('selects rows and stretches of own seats', () => {
    expect(rowSeats(walk, 0)).toEqual([0, 2]);
    expect(between(walk, 3, 0)).toEqual([0, 2, 3]);
    expect(firstSeat({ ...walk, stops: () => false })).toBe(-1);
  });
});

describe('the marks of a seat', () => {
  test('are drawn as the furthest it has come', () => {
    expect(lookOf(0)).toBe('other');
    expect(lookOf(marks.remaining)).toBe('remaining');
    expect(lookOf(marks.remaining | marks.inCart)).toBe('inCart');
    expect(lookOf(marks.distributed | marks.takeBack)).toBe('distributed');
    expect(lookOf(marks.distributed | marks.downloaded)).toBe('downloaded');
    expect(lookOf(marks.distributed | marks.downloaded | marks.controlled)).toBe('controlled');
  });

  test('let a seat through a filter of any of them, and nobody else’s ever', () => {
    expect(passes(marks.distributed | marks.downloaded, 'distributed')).toBe(true);
    expect(passes(marks.remaining, 'distributed')).toBe(false);
    expect(passes(0, undefined)).toBe(false);
  });
});

test('colours of drawings are turned by night and kept by day', () => {
  expect(drawn('#c2e4ca', false, false)).toBe('#c2e4ca');
  expect(drawn('#c2e4ca', true, false)).toBe('hsl(134 27% 20%)');
  expect(drawn('#fff', true, true)).toBe('hsl(220 0% 28%)');
  expect(drawn('url(x)', true, false)).toBe('#232833');
});
