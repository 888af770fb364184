import type { ShapeData } from './map.data.ts';
import { drawn } from './night.ts';
import type { Scene } from './scene.ts';

/** What lies below the seats: the plan’s drawings and the zones. */
export function ground(context: CanvasRenderingContext2D, scene: Scene, scale: number) {
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
