import { type Camera, fitted, held, pan, seen, zoomAt } from './camera.ts';
import type { Rectangle } from './grid.ts';
import { Painter } from './paint.ts';
import type { Scene } from './scene.ts';

/** Nearer than this a seat can be told from its neighbours, in pixels a seat. */
const nearest = 11;

/** The window onto a plan: where it looks, and the canvas it is drawn on. React only tells it what to show. */
export class View {
  camera: Camera = { x: 0, y: 0, scale: 1 };
  size = { width: 0, height: 0 };
  private readonly painter = new Painter();
  private scene: Scene | null = null;
  private frame = 0;
  private ratio = 1;
  private home: Rectangle | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    /** Called after each drawing, for what lies above the canvas. */
    private readonly onDraw: (view: View) => void,
  ) {}

  show(scene: Scene) {
    this.scene = scene;
    this.painter.show(scene);
    this.redraw();
  }

  resize(width: number, height: number, ratio: number) {
    const first = this.size.width === 0;
    this.size = { width, height };
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    if (first && this.home) this.lookAt(this.home);
    else this.redraw();
  }

  /** How small the plan may become: whole in the window, and no smaller. */
  private get least() {
    const { plan } = this.scene ?? {};
    if (!plan) return 1;
    return (
      fitted({ left: 0, top: 0, right: plan.width, bottom: plan.height }, this.size).scale * 0.9
    );
  }

  lookAt(area: Rectangle) {
    this.home = area;
    if (this.size.width > 0) this.move(fitted(area, this.size, 26));
  }

  move(camera: Camera) {
    this.camera = this.scene ? held(camera, this.scene.plan, this.size) : camera;
    this.redraw();
  }

  pan(dx: number, dy: number) {
    this.move(pan(this.camera, dx, dy));
  }

  zoom(factor: number, px = this.size.width / 2, py = this.size.height / 2) {
    this.move(zoomAt(this.camera, px, py, factor, this.least));
  }

  /** Moves just so far that a point of the plan is in sight, and near enough to be read. */
  reveal(x: number, y: number) {
    let { camera } = this;
    if (camera.scale < nearest) camera = { ...camera, scale: 20 };
    const area = seen(camera, this.size);
    const margin = 16 / camera.scale;
    const inside =
      this.camera.scale >= nearest &&
      x > area.left + margin &&
      x < area.right - margin &&
      y > area.top + margin &&
      y < area.bottom - margin;
    if (inside) return;
    this.move({
      ...camera,
      x: x - this.size.width / 2 / camera.scale,
      y: y - this.size.height / 2 / camera.scale,
    });
  }

  /** A point of the window on the plan. */
  at(px: number, py: number) {
    return {
      x: this.camera.x + px / this.camera.scale,
      y: this.camera.y + py / this.camera.scale,
    };
  }

  /** A point of the plan in the window. */
  on(x: number, y: number) {
    return {
      x: (x - this.camera.x) * this.camera.scale,
      y: (y - this.camera.y) * this.camera.scale,
    };
  }

  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    const context = this.canvas.getContext('2d', { alpha: false });
    if (!context || !this.scene || this.size.width === 0) return;
    this.painter.draw(context, this.camera, this.size, this.ratio);
    this.onDraw(this);
  }

  stop() {
    cancelAnimationFrame(this.frame);
  }
}
