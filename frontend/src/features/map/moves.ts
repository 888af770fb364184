import type { Plan } from './plan.ts';

export type Way = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

/** Walking by keyboard goes from one of the viewer’s own seats to the next. */
interface Walk {
  plan: Plan;
  /** Whether the walk stops at a seat. */
  stops: (seat: number) => boolean;
  /** The rows of the zone walked in, from and to (not included). */
  rows: { from: number; to: number };
}

/** The seats of a row at which the walk stops, in their order. */
export function rowSeats({ plan, stops }: Pick<Walk, 'plan' | 'stops'>, row: number): number[] {
  const seats: number[] = [];
  for (let seat = plan.rowStart[row] ?? 0; seat < (plan.rowStart[row + 1] ?? 0); seat++) {
    if (stops(seat)) seats.push(seat);
  }
  return seats;
}

/** The first seat of a zone at which the walk stops; -1 for none. */
export function firstSeat(walk: Walk): number {
  for (let row = walk.rows.from; row < walk.rows.to; row++) {
    const [seat] = rowSeats(walk, row);
    if (seat !== undefined) return seat;
  }
  return -1;
}

/** Where a key leads from a seat; the seat itself at an end. */
export function step(walk: Walk, seat: number, way: Way): number {
  const { plan } = walk;
  const row = plan.row[seat] ?? 0;
  const own = rowSeats(walk, row);
  const at = own.indexOf(seat);
  // A row may count from right to left: the arrows follow the drawing.
  const turned = (plan.x[own.at(-1) ?? seat] ?? 0) < (plan.x[own[0] ?? seat] ?? 0);
  const toRight = turned ? -1 : 1;
  switch (way) {
    case 'ArrowRight':
      return own[at + toRight] ?? seat;
    case 'ArrowLeft':
      return own[at - toRight] ?? seat;
    case 'Home':
      return (turned ? own.at(-1) : own[0]) ?? seat;
    case 'End':
      return (turned ? own[0] : own.at(-1)) ?? seat;
    default:
      return nextRow(walk, seat, way === 'ArrowDown');
  }
}

/** The nearest seat of the next row below or above on the drawing that has one to stop at. */
function nextRow(walk: Walk, seat: number, down: boolean): number {
  const { plan, rows } = walk;
  const row = plan.row[seat] ?? 0;
  const y = (of: number) => plan.y[plan.rowStart[of] ?? 0] ?? 0;
  // Rows are numbered from the pitch, which is above in one stand and below in another.
  const grows = y(rows.to - 1) >= y(rows.from);
  const way = down === grows ? 1 : -1;
  for (let next = row + way; next >= rows.from && next < rows.to; next += way) {
    const own = rowSeats(walk, next);
    if (own.length > 0) return nearestOf(plan, own, seat);
  }
  return seat;
}

function nearestOf(plan: Plan, seats: number[], to: number): number {
  const away = (seat: number) =>
    ((plan.x[seat] ?? 0) - (plan.x[to] ?? 0)) ** 2 + ((plan.y[seat] ?? 0) - (plan.y[to] ?? 0)) ** 2;
  return seats.reduce((best, seat) => (away(seat) < away(best) ? seat : best));
}

/** All seats to stop at from one to another, in the order of the plan. */
export function between(walk: Pick<Walk, 'stops'>, from: number, to: number): number[] {
  const seats: number[] = [];
  for (let seat = Math.min(from, to); seat <= Math.max(from, to); seat++) {
    if (walk.stops(seat)) seats.push(seat);
  }
  return seats;
}
