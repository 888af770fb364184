import { type Camera, seen } from './camera.ts';
import { around } from './grid.ts';
import { ground } from './ground.ts';
import type { Colours, Scene } from './scene.ts';
import { nameSeats, paintLook, paintSeats, squares } from './seats.ts';
import { type Look, lookOf, passes } from './states.ts';

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
  private stamped: { scale: number; colours: Colours | null; of: Map<Look, HTMLCanvasElement> } = {
    scale: 0,
    colours: null,
    of: new Map(),
  };

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
    this.stamp(context, scene, seats, camera, scale);
    if (camera.scale >= namedFrom) nameSeats(context, scene, seats, camera.scale);
  }

  /** Draws seats near by: each look is painted once at the size it has now, and copied. */
  private stamp(
    context: CanvasRenderingContext2D,
    scene: Scene,
    seats: number[],
    camera: Camera,
    scale: number,
  ) {
    const { plan, states, show, selected } = scene;
    const plain: number[] = [];
    context.fillStyle = scene.colours.selected;
    for (const seat of seats) {
      if (selected[seat]) squares(context, scene, seat, 0.5);
      const state = states[seat] ?? 0;
      if (!passes(state, show)) plain.push(seat);
    }
    paintSeats(context, { ...scene, selected: none }, plain, scale);
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const seat of seats) {
      const state = states[seat] ?? 0;
      if (!passes(state, show)) continue;
      const stamp = this.stampOf(lookOf(state), scale, scene.colours);
      const half = stamp.width / 2;
      const x = ((plan.x[seat] ?? 0) - camera.x) * scale - half;
      const y = ((plan.y[seat] ?? 0) - camera.y) * scale - half;
      // Whole pixels: a copy between them would be blurred, and slow.
      context.drawImage(stamp, Math.round(x), Math.round(y));
    }
    context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
  }

  private stampOf(look: Look, scale: number, colours: Colours): HTMLCanvasElement {
    if (this.stamped.scale !== scale || this.stamped.colours !== colours) {
      this.stamped = { scale, colours, of: new Map() };
    }
    const known = this.stamped.of.get(look);
    if (known || look === 'other') return known ?? document.createElement('canvas');
    const canvas = document.createElement('canvas');
    canvas.width = 2 * Math.ceil(scale / 2);
    canvas.height = canvas.width;
    const context = canvas.getContext('2d');
    if (context) {
      const middle = canvas.width / 2;
      context.setTransform(scale, 0, 0, scale, middle, middle);
      paintLook(context, { plan: origin, colours }, look, [0], scale);
    }
    this.stamped.of.set(look, canvas);
    return canvas;
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

const none = new Uint8Array(0);
const origin = { x: new Float32Array(1), y: new Float32Array(1) };
