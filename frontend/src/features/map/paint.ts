import type { Camera } from './camera.ts';
import { seen } from './camera.ts';
import { around, type Grid } from './grid.ts';
import type { ShapeData, ZoneData } from './map.data.ts';
import { drawn } from './night.ts';
import type { Plan } from './plan.ts';
import { type Look, lookOf, looks, type Mark, passes } from './states.ts';

/** The colours of the drawing, read from the style sheet so that light and dark both fit. */
export interface Colours {
  background: string;
  zone: string;
  zoneOwn: string;
  edge: string;
  other: string;
  faint: string;
  remaining: string;
  inCart: string;
  distributed: string;
  downloaded: string;
  controlled: string;
  paper: string;
  ink: string;
  selected: string;
  /** The colours of a plan’s drawings are for paper: by night they are turned. */
  night: boolean;
}

export interface Scene {
  plan: Plan;
  grid: Grid;
  zones: readonly ZoneData[];
  shapes: readonly ShapeData[];
  origin: { x: number; y: number };
  states: Uint8Array;
  /** 1 for each selected seat. */
  selected: Uint8Array;
  show: Mark | undefined;
  colours: Colours;
}

const mostPixels = 6_000_000;
const levels = 3;
/** From so many pixels between seats they are drawn one by one, and named. */
const directFrom = 9;
const namedFrom = 20;

/**
 * Draws a plan. Far away it copies a picture of the whole, made once in three sizes; near it draws
 * the seats of the squares in sight. Selecting a seat repaints that seat in the pictures, no more.
 */
export class Painter {
  private pictures: { canvas: HTMLCanvasElement; scale: number }[] = [];
  private scene: Scene | null = null;

  /** Paints the pictures anew when something changed that is on all of them. */
  show(scene: Scene) {
    const before = this.scene;
    this.scene = scene;
    const same =
      before &&
      before.plan === scene.plan &&
      before.states === scene.states &&
      before.show === scene.show &&
      before.colours === scene.colours &&
      before.zones === scene.zones;
    if (!same) this.paintAll(scene);
    else if (before.selected !== scene.selected) this.paintChanged(scene, before.selected);
  }

  private paintAll(scene: Scene) {
    const { width, height, count } = scene.plan;
    const largest = Math.min(directFrom * 1.2, Math.sqrt(mostPixels / Math.max(width * height, 1)));
    const seats = Int32Array.from({ length: count }, (_, seat) => seat);
    this.pictures = Array.from({ length: levels }, (_, level) => {
      const scale = largest / 2 ** level;
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.ceil(width * scale));
      canvas.height = Math.max(1, Math.ceil(height * scale));
      const context = canvas.getContext('2d', { alpha: false });
      if (context) {
        context.fillStyle = scene.colours.background;
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.setTransform(scale, 0, 0, scale, 0, 0);
        ground(context, scene, scale);
        paintSeats(context, scene, seats, scale);
      }
      return { canvas, scale };
    });
  }

  private paintChanged(scene: Scene, before: Uint8Array) {
    const changed: number[] = [];
    for (let seat = 0; seat < before.length; seat++) {
      if (before[seat] !== scene.selected[seat]) changed.push(seat);
    }
    const { plan, zones, colours } = scene;
    for (const { canvas, scale } of this.pictures) {
      const context = canvas.getContext('2d', { alpha: false });
      if (!context) continue;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      for (const seat of changed) {
        const zone = zones[plan.zone[seat] ?? 0];
        context.fillStyle = zone && zone.counts.allocated > 0 ? colours.zoneOwn : colours.zone;
        context.fillRect((plan.x[seat] ?? 0) - 0.5, (plan.y[seat] ?? 0) - 0.5, 1, 1);
      }
      paintSeats(context, scene, changed, scale);
    }
  }

  draw(
    context: CanvasRenderingContext2D,
    camera: Camera,
    view: { width: number; height: number },
    ratio: number,
  ) {
    const { scene } = this;
    if (!scene) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = scene.colours.background;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    const scale = camera.scale * ratio;
    const move = () =>
      context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    if (camera.scale < directFrom && this.copy(context, camera, view, ratio)) return;
    move();
    ground(context, scene, scale);
    const area = seen(camera, view);
    const seats: number[] = [];
    around(scene.grid, area, (seat) => seats.push(seat));
    paintSeats(context, scene, seats, scale);
    if (camera.scale >= namedFrom) nameSeats(context, scene, seats, camera.scale);
  }

  /** Copies the window’s part of the picture that is just large enough. */
  private copy(
    context: CanvasRenderingContext2D,
    camera: Camera,
    view: { width: number; height: number },
    ratio: number,
  ): boolean {
    const scale = camera.scale * ratio;
    const large = this.pictures[0];
    if (!large || scale > large.scale * 1.6) return false;
    const picture = this.pictures.findLast((one) => one.scale >= scale * 0.95) ?? large;
    const by = picture.scale;
    const { width, height } = picture.canvas;
    const left = Math.max(0, camera.x * by);
    const top = Math.max(0, camera.y * by);
    const right = Math.min(width, (camera.x + view.width / camera.scale) * by);
    const bottom = Math.min(height, (camera.y + view.height / camera.scale) * by);
    if (right <= left || bottom <= top) return true;
    const f = scale / by;
    context.drawImage(
      picture.canvas,
      left,
      top,
      right - left,
      bottom - top,
      (left - camera.x * by) * f,
      (top - camera.y * by) * f,
      (right - left) * f,
      (bottom - top) * f,
    );
    return true;
  }
}

/** What lies below the seats: the plan’s drawings and the zones. */
function ground(context: CanvasRenderingContext2D, scene: Scene, scale: number) {
  const { shapes, zones, colours } = scene;
  for (const shape of shapes) paintShape(context, scene, shape, scale);
  context.lineJoin = 'round';
  for (const zone of zones) {
    if (zone.outline.length < 6) continue;
    trace(context, scene, zone.outline);
    context.fillStyle = zone.counts.allocated > 0 ? colours.zoneOwn : colours.zone;
    context.fill();
    context.strokeStyle = colours.edge;
    context.lineWidth = Math.max(1 / scale, 0.08);
    context.stroke();
  }
}

function trace(
  context: CanvasRenderingContext2D,
  { plan, origin }: Scene,
  points: readonly number[],
) {
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = ((points[i] ?? 0) - origin.x) / plan.spacing;
    const y = ((points[i + 1] ?? 0) - origin.y) / plan.spacing;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}

function paintShape(
  context: CanvasRenderingContext2D,
  scene: Scene,
  shape: ShapeData,
  scale: number,
) {
  const { plan, origin } = scene;
  const x = (shape.at.x - origin.x) / plan.spacing;
  const y = (shape.at.y - origin.y) / plan.spacing;
  const width = shape.width / plan.spacing;
  const height = shape.height / plan.spacing;
  context.save();
  if (shape.kind === 'POLYGON') {
    trace(context, scene, shape.points);
  } else {
    context.translate(x, y);
    context.rotate((shape.rotation * Math.PI) / 180);
    context.beginPath();
    if (shape.kind === 'RECTANGLE') context.rect(0, 0, width, height);
    if (shape.kind === 'ELLIPSE' || shape.kind === 'CIRCLE')
      context.ellipse(0, 0, width / 2, height / 2, 0, 0, 2 * Math.PI);
  }
  if (shape.color) {
    context.fillStyle = drawn(shape.color, scene.colours.night, false);
    context.fill();
  }
  if (shape.borderColor) {
    context.strokeStyle = drawn(shape.borderColor, scene.colours.night, true);
    context.lineWidth = Math.max(1.2 / scale, 0.25);
    context.stroke();
  }
  context.restore();
  if (!shape.text) return;
  const { night, ink } = scene.colours;
  context.fillStyle = night || !shape.textColor ? ink : shape.textColor;
  const size = (shape.textSize || 16 * plan.spacing) / plan.spacing;
  context.font = `600 ${size}px 'Inter Variable', sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(
    shape.text,
    x + shape.textAt.x / plan.spacing,
    y + shape.textAt.y / plan.spacing,
  );
}

const radius = 0.36;

/** Sorts seats by what they look like and paints each kind in as few strokes as it takes. */
function paintSeats(
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

function squares(context: CanvasRenderingContext2D, { plan }: Scene, seat: number, half: number) {
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

function circles(context: CanvasRenderingContext2D, { plan }: Scene, seats: number[], r: number) {
  context.beginPath();
  for (const seat of seats) {
    const x = plan.x[seat] ?? 0;
    const y = plan.y[seat] ?? 0;
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
  }
}

/** Each look has a form of its own, so that colour is never the only sign. */
function paintLook(
  context: CanvasRenderingContext2D,
  scene: Scene,
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
function nameSeats(
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
