import type { Colours, Scene } from './scene.ts';
import { type Look, lookOf, looks, passes } from './states.ts';

const radius = 0.36;

/** What painting a look needs of a scene; one seat in the origin for a stamp. */
export interface Places {
  plan: { x: Float32Array; y: Float32Array };
  colours: Colours;
}

/** Sorts seats by what they look like and paints each kind in as few strokes as it takes. */
export function paintSeats(
  context: CanvasRenderingContext2D,
  scene: Scene,
  seats: ArrayLike<number>,
  scale: number,
) {
  const { states, show, selected, colours } = scene;
  const byLook: Record<Look | 'faint', number[]> = {
    other: [],
    faint: [],
    remaining: [],
    inCart: [],
    distributed: [],
    downloaded: [],
    controlled: [],
  };
  const chosen: number[] = [];
  for (let i = 0; i < seats.length; i++) {
    const seat = seats[i] ?? 0;
    const state = states[seat] ?? 0;
    const look = lookOf(state);
    if (look !== 'other' && !passes(state, show)) byLook.faint.push(seat);
    else byLook[look].push(seat);
    if (selected[seat]) chosen.push(seat);
  }
  dots(context, scene, byLook.other, colours.other, scale < 5 ? 0.26 : 0.2);
  dots(context, scene, byLook.faint, colours.faint, 0.26);
  if (chosen.length > 0) {
    context.fillStyle = colours.selected;
    for (const seat of chosen) squares(context, scene, seat, 0.5);
  }
  for (const look of looks) {
    if (look !== 'other' && byLook[look].length > 0)
      paintLook(context, scene, look, byLook[look], scale);
  }
}

export function squares(
  context: CanvasRenderingContext2D,
  { plan }: Pick<Places, 'plan'>,
  seat: number,
  half: number,
) {
  context.fillRect((plan.x[seat] ?? 0) - half, (plan.y[seat] ?? 0) - half, half * 2, half * 2);
}

function dots(
  context: CanvasRenderingContext2D,
  scene: Scene,
  seats: number[],
  colour: string,
  half: number,
) {
  context.fillStyle = colour;
  for (const seat of seats) squares(context, scene, seat, half);
}

function circles(
  context: CanvasRenderingContext2D,
  { plan }: Pick<Places, 'plan'>,
  seats: number[],
  r: number,
) {
  context.beginPath();
  for (const seat of seats) {
    const x = plan.x[seat] ?? 0;
    const y = plan.y[seat] ?? 0;
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
  }
}

/** Each look has a form of its own, so that colour is never the only sign. */
export function paintLook(
  context: CanvasRenderingContext2D,
  scene: Places,
  look: Exclude<Look, 'other'>,
  seats: number[],
  scale: number,
) {
  const { colours, plan } = scene;
  const colour = colours[look];
  if (scale < 4) {
    // Too small for forms: a full square for what is given, a frame for what remains.
    context.fillStyle = colour;
    for (const seat of seats) squares(context, scene, seat, 0.42);
    if (look !== 'remaining') return;
    context.fillStyle = colours.paper;
    for (const seat of seats) squares(context, scene, seat, 0.2);
    return;
  }
  circles(context, scene, seats, radius);
  context.fillStyle =
    look === 'remaining' || look === 'inCart' || look === 'controlled' ? colours.paper : colour;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = look === 'remaining' ? 0.14 : 0.1;
  context.stroke();
  if (look === 'downloaded') {
    context.fillStyle = colours.paper;
    circles(context, scene, seats, 0.13);
    context.fill();
  }
  if (look === 'inCart') {
    context.fillStyle = colour;
    context.beginPath();
    for (const seat of seats) {
      context.moveTo((plan.x[seat] ?? 0) + radius, plan.y[seat] ?? 0);
      context.arc(plan.x[seat] ?? 0, plan.y[seat] ?? 0, radius, 0, Math.PI);
    }
    context.fill();
  }
  if (look === 'controlled') {
    context.lineWidth = 0.09;
    context.beginPath();
    for (const seat of seats) hatch(context, plan.x[seat] ?? 0, plan.y[seat] ?? 0);
    context.stroke();
  }
}

function hatch(context: CanvasRenderingContext2D, x: number, y: number) {
  for (const off of [-0.24, 0, 0.24]) {
    const half = Math.sqrt(radius * radius - (off * off) / 2) / Math.SQRT2;
    const cx = x + off / 2;
    const cy = y + off / 2;
    context.moveTo(cx - half, cy + half);
    context.lineTo(cx + half, cy - half);
  }
}

/** Numbers inside the seats: only of the viewer’s own, that others stay quiet. */
export function nameSeats(
  context: CanvasRenderingContext2D,
  scene: Scene,
  seats: number[],
  scale: number,
) {
  const { plan, states, colours } = scene;
  context.font = `${Math.min(11, scale * 0.34) / scale}px 'Inter Variable', sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const seat of seats) {
    const look = lookOf(states[seat] ?? 0);
    if (look === 'other' || look === 'controlled' || look === 'inCart') continue;
    const full = look === 'distributed';
    context.fillStyle = full ? colours.paper : colours.ink;
    if (look === 'downloaded') continue;
    context.fillText(plan.numbers[seat] ?? '', plan.x[seat] ?? 0, (plan.y[seat] ?? 0) + 0.02);
  }
}
