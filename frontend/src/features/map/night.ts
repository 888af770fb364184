/**
 * A colour of a plan's drawing as it is drawn: plans are drawn for white paper, so on a dark ground
 * a light fill becomes a dark one of the same hue, and its edge a little lighter than that.
 */
export function drawn(colour: string, night: boolean, edge: boolean): string {
  if (!night) return colour;
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1];
  if (!hex) return edge ? '#3c4454' : '#232833';
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map(
    (at) => Number.parseInt(full.slice(at, at + 2), 16) / 255,
  );
  const most = Math.max(r, g, b);
  const least = Math.min(r, g, b);
  const spread = most - least;
  const light = (most + least) / 2;
  const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * light - 1));
  const turned = edge ? 0.28 : 0.135 + (1 - light) * 0.35;
  return `hsl(${hue(r, g, b, most, spread)} ${Math.round(saturation * 70)}% ${Math.round(turned * 100)}%)`;
}

function hue(r: number, g: number, b: number, most: number, spread: number): number {
  if (spread === 0) return 220;
  let sixth = 4 + (r - g) / spread;
  if (most === r) sixth = ((g - b) / spread + 6) % 6;
  else if (most === g) sixth = 2 + (b - r) / spread;
  return Math.round(sixth * 60);
}
