/** Seats by square, so that what is near a point or within a rectangle is found without looking at all. */
export interface Grid {
  size: number;
  columns: number;
  rows: number;
  /** Where each square’s seats begin; one more than there are squares. */
  start: Int32Array;
  seats: Int32Array;
}

export function gridOf(x: Float32Array, y: Float32Array, width: number, height: number): Grid {
  const size = 10;
  const columns = Math.max(1, Math.ceil(width / size));
  const rows = Math.max(1, Math.ceil(height / size));
  const start = new Int32Array(columns * rows + 1);
  const square = new Int32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const column = clamp(Math.floor((x[i] ?? 0) / size), columns);
    const row = clamp(Math.floor((y[i] ?? 0) / size), rows);
    const at = row * columns + column;
    square[i] = at;
    start[at + 1] = (start[at + 1] ?? 0) + 1;
  }
  for (let i = 1; i < start.length; i++) start[i] = (start[i] ?? 0) + (start[i - 1] ?? 0);
  const next = start.slice();
  const seats = new Int32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const at = square[i] ?? 0;
    const place = next[at] ?? 0;
    seats[place] = i;
    next[at] = place + 1;
  }
  return { size, columns, rows, start, seats };
}

function clamp(value: number, most: number) {
  return Math.min(Math.max(value, 0), most - 1);
}

export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Calls with each seat of the squares that a rectangle touches: a few too many. */
export function around(grid: Grid, area: Rectangle, visit: (seat: number) => void) {
  const from = clamp(Math.floor(area.left / grid.size), grid.columns);
  const to = clamp(Math.floor(area.right / grid.size), grid.columns);
  const first = clamp(Math.floor(area.top / grid.size), grid.rows);
  const last = clamp(Math.floor(area.bottom / grid.size), grid.rows);
  for (let row = first; row <= last; row++) {
    const begin = grid.start[row * grid.columns + from] ?? 0;
    const end = grid.start[row * grid.columns + to + 1] ?? 0;
    for (let i = begin; i < end; i++) visit(grid.seats[i] ?? 0);
  }
}

type Places = { x: Float32Array; y: Float32Array };

/** The seats whose middle lies within a rectangle. */
export function within(grid: Grid, { x, y }: Places, area: Rectangle): number[] {
  const found: number[] = [];
  around(grid, area, (seat) => {
    const a = x[seat] ?? 0;
    const b = y[seat] ?? 0;
    if (a >= area.left && a <= area.right && b >= area.top && b <= area.bottom) found.push(seat);
  });
  return found;
}

/** The seat nearest to a point, no further than reach; -1 for none. */
export function nearest(grid: Grid, { x, y }: Places, px: number, py: number, reach: number) {
  let best = -1;
  let least = reach * reach;
  const area = { left: px - reach, top: py - reach, right: px + reach, bottom: py + reach };
  around(grid, area, (seat) => {
    const d = ((x[seat] ?? 0) - px) ** 2 + ((y[seat] ?? 0) - py) ** 2;
    if (d > least || (d === least && best >= 0)) return;
    least = d;
    best = seat;
  });
  return best;
}
