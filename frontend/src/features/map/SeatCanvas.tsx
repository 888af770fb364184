import {
  type HTMLAttributes,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useFormats } from '~/lib/format.ts';
import { gestures } from './gestures.ts';
import { nearest, type Rectangle, within } from './grid.ts';
import type { ZoneData } from './map.data.ts';
import classes from './SeatCanvas.module.css';
import type { Scene } from './scene.ts';
import { View } from './view.ts';

export interface SeatCanvasHandle {
  zoom: (factor: number) => void;
  lookAt: (area: Rectangle) => void;
  reveal: (seat: number) => void;
  view: () => View | null;
}

interface Props {
  scene: Scene;
  tool: 'pan' | 'select';
  /** What the window shows first, and again when it changes. */
  focus: Rectangle;
  /** Where the keyboard is; -1 for nowhere. */
  current: number;
  handle: RefObject<SeatCanvasHandle | null>;
  /** What is said of a seat or a zone under the pointer. */
  says: (seat: number) => string;
  onSeats: (seats: number[], how: 'toggle' | 'row') => void;
  onZone: (zone: number) => void;
  frame: HTMLAttributes<HTMLDivElement>;
  children?: ReactNode;
}

/** From so many pixels between seats a click means a seat; further away it means a zone. */
const seatsFrom = 7;

/** The plan, drawn on a canvas, with the names of its zones above. */
export function SeatCanvas(props: Props) {
  const { scene, focus, current, handle, frame, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const view = useRef<View | null>(null);
  const latest = useRef(props);
  const [drag, setDrag] = useState<Rectangle | null>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState<{ x: number; y: number; text: string } | null>(null);

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!canvas.current || !box.current) return;
    const element = box.current;
    const made = new View(canvas.current, (shown) => {
      place(labels.current, latest.current.scene, shown);
      surround(ring.current, latest.current, shown);
    });
    view.current = made;
    const resized = new ResizeObserver(() => {
      made.resize(element.clientWidth, element.clientHeight, window.devicePixelRatio || 1);
    });
    resized.observe(element);
    const stop = gestures(element, made, () => ({
      tool: latest.current.tool,
      onDrag: setDrag,
      onBusy: setBusy,
      onHover: (x, y) => setOver(hit(latest.current, made, x, y)),
      onLeave: () => setOver(null),
      onClick: (x, y, event) => click(latest.current, made, x, y, event),
      onRectangle: (area) => {
        const { scene: now, onSeats } = latest.current;
        onSeats(within(now.grid, now.plan, area), 'toggle');
      },
    }));
    return () => {
      stop();
      resized.disconnect();
      made.stop();
      view.current = null;
    };
  }, []);

  useEffect(() => view.current?.show(scene), [scene]);
  useEffect(() => view.current?.lookAt(focus), [focus]);
  useEffect(() => {
    if (current >= 0) view.current?.redraw();
    else surround(ring.current, latest.current, view.current);
  }, [current]);

  useImperativeHandle(handle, () => ({
    zoom: (factor) => view.current?.zoom(factor),
    lookAt: (area) => view.current?.lookAt(area),
    reveal: (seat) => {
      const { plan } = latest.current.scene;
      view.current?.reveal(plan.x[seat] ?? 0, plan.y[seat] ?? 0);
    },
    view: () => view.current,
  }));

  return (
    <div
      {...frame}
      ref={box}
      className={classes.frame}
      data-tool={props.tool}
      data-busy={busy || undefined}
      data-over={over ? true : undefined}
    >
      <canvas ref={canvas} className={classes.canvas} />
      <div ref={labels} className={classes.labels} aria-hidden="true">
        {scene.zones.map((zone) => (
          <ZoneLabel key={zone.id} zone={zone} />
        ))}
      </div>
      <div ref={ring} className={classes.current} hidden />
      {drag && (
        <div
          className={classes.rectangle}
          style={{
            transform: `translate(${drag.left}px, ${drag.top}px)`,
            width: drag.right - drag.left,
            height: drag.bottom - drag.top,
          }}
        />
      )}
      {over && !busy && (
        <div
          className={classes.hint}
          aria-hidden="true"
          style={{ transform: `translate(${over.x + 14}px, ${over.y + 16}px)` }}
        >
          {over.text}
        </div>
      )}
      {children}
    </div>
  );
}

function ZoneLabel({ zone }: { zone: ZoneData }) {
  const format = useFormats();
  const { allocated } = zone.counts;
  return (
    <span className={classes.label} data-none={allocated === 0 || undefined}>
      {zone.code}
      {allocated > 0 && <b>{format.number(allocated)}</b>}
    </span>
  );
}

/** Puts the zones’ names over their middles while the zones are small enough to be meant. */
function place(labels: HTMLDivElement | null, scene: Scene, view: View) {
  if (!labels) return;
  const { plan, zones, origin } = scene;
  const scale = view.camera.scale / plan.spacing;
  for (let i = 0; i < zones.length; i++) {
    const label = labels.children[i];
    const zone = zones[i];
    if (!(label instanceof HTMLElement) || !zone) continue;
    const wide = zone.box.width * scale;
    const high = zone.box.height * scale;
    const shown =
      Math.max(wide, high) > 26 &&
      (zone.counts.allocated > 0 || wide > zone.code.length * 7.5) &&
      view.camera.scale < seatsFrom * 1.6 &&
      zone.outline.length > 0;
    label.style.visibility = shown ? 'visible' : 'hidden';
    if (!shown) continue;
    const at = view.on(
      (zone.centre.x - origin.x) / plan.spacing,
      (zone.centre.y - origin.y) / plan.spacing,
    );
    label.style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`;
  }
}

/** Rings the seat the keyboard is at. */
function surround(ring: HTMLDivElement | null, { scene, current }: Props, view: View | null) {
  if (!ring || !view) return;
  ring.hidden = current < 0;
  if (current < 0) return;
  const at = view.on(scene.plan.x[current] ?? 0, scene.plan.y[current] ?? 0);
  const size = Math.max(10, view.camera.scale * 1.04);
  ring.style.width = `${size}px`;
  ring.style.height = `${size}px`;
  ring.style.transform = `translate(${at.x - size / 2}px, ${at.y - size / 2}px)`;
}

function seatAt({ scene }: Props, view: View, px: number, py: number): number {
  if (view.camera.scale < seatsFrom) return -1;
  const { x, y } = view.at(px, py);
  return nearest(scene.grid, scene.plan, x, y, 0.55);
}

function zoneAt({ scene }: Props, view: View, px: number, py: number): number {
  const at = view.at(px, py);
  const x = at.x * scene.plan.spacing + scene.origin.x;
  const y = at.y * scene.plan.spacing + scene.origin.y;
  return scene.zones.findIndex(({ outline }) => inside(outline, x, y));
}

function inside(outline: readonly number[], x: number, y: number): boolean {
  let within = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [
      outline[i],
      outline[i + 1],
      outline[j],
      outline[j + 1],
    ];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

function hit(props: Props, view: View, x: number, y: number) {
  const seat = seatAt(props, view, x, y);
  if (seat >= 0) {
    return props.scene.states[seat] ? { x, y, text: props.says(seat) } : null;
  }
  const zone = view.camera.scale < seatsFrom ? props.scene.zones[zoneAt(props, view, x, y)] : null;
  return zone ? { x, y, text: zone.name } : null;
}

function click(
  props: Props,
  view: View,
  x: number,
  y: number,
  event: { shiftKey: boolean; double: boolean },
) {
  const seat = seatAt(props, view, x, y);
  if (seat >= 0) {
    if (props.scene.states[seat]) {
      props.onSeats([seat], event.shiftKey || event.double ? 'row' : 'toggle');
    }
    return;
  }
  const zone = zoneAt(props, view, x, y);
  if (zone >= 0 && view.camera.scale < seatsFrom && !event.double) props.onZone(zone);
  else if (event.double) view.zoom(1.8, x, y);
}
