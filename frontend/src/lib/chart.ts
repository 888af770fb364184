/** Round steps for an axis from zero to at least the most: 1, 2 or 5 times a power of ten. */
export function ticks(most: number, wanted = 4): number[] {
  if (most <= 0) return [0];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10));
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

interface Counts {
  allocated: number;
  distributed: number;
  downloaded: number;
  controlled: number;
}

/** Where the tickets stand, each counted once: in the furthest place it has come to. */
export function progressParts({ allocated, distributed, downloaded, controlled }: Counts) {
  const fetched = Math.max(downloaded, controlled);
  const given = Math.max(distributed, fetched);
  return {
    controlled,
    downloaded: fetched - controlled,
    distributed: given - fetched,
    remaining: Math.max(0, allocated - given),
  };
}
