import type { Rectangle } from './grid.ts';

/** Where on the plan the window looks: scale is pixels a unit, x and y the plan’s point in the corner. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

interface Size {
  width: number;
  height: number;
}

const padding = 24;
const closest = 44;

/** Shows an area whole, in the middle, as large as fits. */
export function fitted(area: Rectangle, view: Size, most = closest): Camera {
  const width = Math.max(area.right - area.left, 1);
  const height = Math.max(area.bottom - area.top, 1);
  const scale = Math.min(
    (view.width - 2 * padding) / width,
    (view.height - 2 * padding) / height,
    most,
  );
  return {
    scale,
    x: (area.left + area.right) / 2 - view.width / 2 / scale,
    y: (area.top + area.bottom) / 2 - view.height / 2 / scale,
  };
}

/** Zooms by a factor while the plan’s point under the pointer stays where it is. */
export function zoomAt(
  camera: Camera,
  px: number,
  py: number,
  factor: number,
  least: number,
): Camera {
  const scale = Math.min(Math.max(camera.scale * factor, least), closest);
  return {
    scale,
    x: camera.x + px / camera.scale - px / scale,
    y: camera.y + py / camera.scale - py / scale,
  };
}

export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** Keeps a part of the plan in the window. */
export function held(camera: Camera, plan: Size, view: Size): Camera {
  const keep = 80 / camera.scale;
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  return {
    ...camera,
    x: clamp(camera.x, keep - view.width / camera.scale, plan.width - keep),
    y: clamp(camera.y, keep - view.height / camera.scale, plan.height - keep),
  };
}

/** The window’s part of the plan. */
export function seen(camera: Camera, view: Size): Rectangle {
  return {
    left: camera.x,
    top: camera.y,
    right: camera.x + view.width / camera.scale,
    bottom: camera.y + view.height / camera.scale,
  };
}

/** A rectangle between two points of the window, on the plan. */
export function dragged(
  camera: Camera,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Rectangle {
  const at = (px: number, py: number) => ({
    x: camera.x + px / camera.scale,
    y: camera.y + py / camera.scale,
  });
  const a = at(Math.min(from.x, to.x), Math.min(from.y, to.y));
  const b = at(Math.max(from.x, to.x), Math.max(from.y, to.y));
  return { left: a.x, top: a.y, right: b.x, bottom: b.y };
}
