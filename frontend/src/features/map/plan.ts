/** What of a plan has to be known to lay it out; the API's SeatMap has all of it. */
export interface Packed {
  box: { x: number; y: number; width: number; height: number };
  spacing: number;
  zones: readonly {
    id: string;
    firstSeat: number;
    seatCount: number;
    rowCount: number;
  }[];
  seats: {
    count: number;
    x: string;
    y: string;
    rowNames: readonly string[];
    rowSeats: readonly number[];
    numbers: string;
  };
}

/**
 * All seats of a plan in typed arrays, zone by zone and row by row. The unit is how far seats lie
 * apart, the origin the plan's upper left corner.
 */
export interface Plan {
  count: number;
  width: number;
  height: number;
  /** How many units of the file one of ours is. */
  spacing: number;
  x: Float32Array;
  y: Float32Array;
  zone: Uint16Array;
  row: Int32Array;
  rowNames: readonly string[];
  /** Where each row begins; one more than there are rows. */
  rowStart: Int32Array;
  numbers: readonly string[];
}

export function layOut(map: Packed): Plan {
  const { box, spacing, seats, zones } = map;
  const count = seats.count;
  const plan: Plan = {
    count,
    width: box.width / spacing,
    height: box.height / spacing,
    spacing,
    x: unpack(seats.x, count, box.width / spacing),
    y: unpack(seats.y, count, box.height / spacing),
    zone: new Uint16Array(count),
    row: new Int32Array(count),
    rowNames: seats.rowNames,
    rowStart: new Int32Array(seats.rowSeats.length + 1),
    numbers: seats.numbers.split('\n'),
  };
  zones.forEach(({ firstSeat, seatCount }, at) => {
    plan.zone.fill(at, firstSeat, firstSeat + seatCount);
  });
  let next = 0;
  seats.rowSeats.forEach((size, at) => {
    plan.rowStart[at] = next;
    plan.row.fill(at, next, next + size);
    next += size;
  });
  plan.rowStart[seats.rowSeats.length] = next;
  return plan;
}

function bytes(packed: string): Uint8Array<ArrayBuffer> {
  const text = atob(packed);
  const raw = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) raw[i] = text.charCodeAt(i);
  return raw;
}

function unpack(packed: string, count: number, size: number): Float32Array {
  const view = new DataView(bytes(packed).buffer);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = (view.getUint16(2 * i, true) / 65535) * size;
  return out;
}

const idLength = 22;

/** What the viewer’s tickets are at: a mark a seat, and the ids of those that have one. */
export interface Own {
  states: Uint8Array;
  /** Where each seat’s ticket stands among the ids; -1 for those that are not the viewer’s. */
  at: Int32Array;
  ids: string;
  seatOf: ReadonlyMap<string, number>;
}

export function readOwn(tickets: { states: string; ids: string }): Own {
  const states = bytes(tickets.states);
  const at = new Int32Array(states.length).fill(-1);
  const seatOf = new Map<string, number>();
  let next = 0;
  for (let seat = 0; seat < states.length; seat++) {
    if (!states[seat]) continue;
    at[seat] = next;
    seatOf.set(tickets.ids.slice(next * idLength, (next + 1) * idLength), seat);
    next++;
  }
  return { states, at, ids: tickets.ids, seatOf };
}

/** The id of a seat’s ticket; null for a seat that is not the viewer’s. */
export function ticketOf(own: Own, seat: number): string | null {
  const at = own.at[seat] ?? -1;
  return at < 0 ? null : own.ids.slice(at * idLength, (at + 1) * idLength);
}
