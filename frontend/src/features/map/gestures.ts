import { dragged } from './camera.ts';
import type { Rectangle } from './grid.ts';
import type { View } from './view.ts';

interface Handlers {
  tool: 'pan' | 'select';
  onClick: (x: number, y: number, event: { shiftKey: boolean; double: boolean }) => void;
  onRectangle: (area: Rectangle) => void;
  /** The rectangle being dragged, in pixels of the window; null when there is none. */
  onDrag: (area: Rectangle | null) => void;
  onHover: (x: number, y: number) => void;
  onLeave: () => void;
  onBusy: (busy: boolean) => void;
}

/** So far a pointer may move and it still is a click. */
const still = 4;

/** Turns pointers and wheel into moves of the window, clicks and rectangles. */
export function gestures(frame: HTMLElement, view: View, latest: () => Handlers): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let from: { x: number; y: number } | null = null;
  let moved = false;
  let selecting = false;
  let apart = 0;

  const point = (event: MouseEvent) => {
    const box = frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  function down(event: PointerEvent) {
    if (event.button > 1) return;
    const at = point(event);
    pointers.set(event.pointerId, at);
    if (pointers.size > 1) {
      apart = spread();
      from = null;
      latest().onDrag(null);
      return;
    }
    frame.setPointerCapture(event.pointerId);
    from = at;
    moved = false;
    selecting = event.button === 0 && (latest().tool === 'select') !== event.shiftKey;
  }

  function move(event: PointerEvent) {
    const at = point(event);
    const before = pointers.get(event.pointerId);
    if (!before) return latest().onHover(at.x, at.y);
    pointers.set(event.pointerId, at);
    if (pointers.size === 2) return pinch(at, before);
    if (!from) return;
    if (!moved && Math.hypot(at.x - from.x, at.y - from.y) < still) return;
    if (!moved) latest().onBusy(true);
    moved = true;
    if (!selecting) return view.pan(at.x - before.x, at.y - before.y);
    latest().onDrag({
      left: Math.min(from.x, at.x),
      top: Math.min(from.y, at.y),
      right: Math.max(from.x, at.x),
      bottom: Math.max(from.y, at.y),
    });
  }

  function pinch(at: { x: number; y: number }, before: { x: number; y: number }) {
    const now = spread();
    const [a, b] = [...pointers.values()];
    if (!a || !b || apart === 0) return;
    view.zoom(now / apart, (a.x + b.x) / 2, (a.y + b.y) / 2);
    view.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    apart = now;
  }

  function up(event: PointerEvent) {
    const at = point(event);
    if (!pointers.delete(event.pointerId)) return;
    const begun = from;
    from = null;
    latest().onBusy(false);
    if (!begun || event.type === 'pointercancel') return latest().onDrag(null);
    if (moved && selecting) {
      latest().onDrag(null);
      latest().onRectangle(dragged(view.camera, begun, at));
    } else if (!moved) {
      latest().onClick(at.x, at.y, { shiftKey: event.shiftKey, double: false });
    }
  }

  function double(event: MouseEvent) {
    const at = point(event);
    latest().onClick(at.x, at.y, { shiftKey: event.shiftKey, double: true });
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    const at = point(event);
    const lines = event.deltaMode === 1 ? 18 : 1;
    view.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)), at.x, at.y);
  }

  const leave = () => latest().onLeave();
  frame.addEventListener('pointerdown', down);
  frame.addEventListener('pointermove', move);
  frame.addEventListener('pointerup', up);
  frame.addEventListener('pointercancel', up);
  frame.addEventListener('pointerleave', leave);
  frame.addEventListener('dblclick', double);
  frame.addEventListener('wheel', wheel, { passive: false });
  return () => {
    frame.removeEventListener('pointerdown', down);
    frame.removeEventListener('pointermove', move);
    frame.removeEventListener('pointerup', up);
    frame.removeEventListener('pointercancel', up);
    frame.removeEventListener('pointerleave', leave);
    frame.removeEventListener('dblclick', double);
    frame.removeEventListener('wheel', wheel);
  };
}
