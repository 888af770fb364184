// A stadium of 50,000 seats on the real component, for scripts/map-bench.mjs.
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRef, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { light } from '~/features/map/colours.ts';
import { gridOf, within } from '~/features/map/grid.ts';
import type { ZoneData } from '~/features/map/map.data.ts';
import type { Plan } from '~/features/map/plan.ts';
import { SeatCanvas, type SeatCanvasHandle } from '~/features/map/SeatCanvas.tsx';

const tiers = 2;
const sectors = 40;
const rows = 25;
const seats = 25;
const count = tiers * sectors * rows * seats;

/** Two tiers of forty sectors around a pitch, all seats one unit apart. */
function stadium(): { plan: Plan; zones: ZoneData[]; states: Uint8Array } {
  const middle = 250;
  const plan: Plan = {
    count,
    width: 2 * middle,
    height: 2 * middle,
    spacing: 1,
    x: new Float32Array(count),
    y: new Float32Array(count),
    zone: new Uint16Array(count),
    row: new Int32Array(count),
    rowNames: [],
    rowStart: new Int32Array(tiers * sectors * rows + 1),
    numbers: Array.from({ length: count }, (_, i) => String((i % seats) + 1)),
  };
  const names: string[] = [];
  const zones: ZoneData[] = [];
  let seat = 0;
  for (let zone = 0; zone < tiers * sectors; zone++) {
    const inner = 165 + Math.floor(zone / sectors) * 32;
    const turn = ((zone % sectors) / sectors) * 2 * Math.PI;
    const outline: number[] = [];
    const place = (row: number, n: number) => {
      const angle = turn + ((n + 0.7) / (seats + 1.4)) * ((2 * Math.PI) / sectors);
      const out = inner + row * 1.05;
      return [middle + out * Math.cos(angle), middle + out * Math.sin(angle)] as const;
    };
    for (const [row, n] of [
      [-1, -0.5],
      [-1, seats / 2],
      [-1, seats],
      [rows, seats],
      [rows, seats / 2],
      [rows, -0.5],
    ] as const) {
      outline.push(...place(row, n));
    }
    for (let row = 0; row < rows; row++) {
      plan.rowStart[names.length] = seat;
      for (let n = 0; n < seats; n++) {
        const [x, y] = place(row, n);
        plan.x[seat] = x;
        plan.y[seat] = y;
        plan.zone[seat] = zone;
        plan.row[seat] = names.length;
        seat++;
      }
      names.push(String(row + 1));
    }
    const [x, y] = place(rows / 2, seats / 2);
    zones.push({
      id: String(zone),
      code: `Z${zone + 1}`,
      name: `Zone ${zone + 1}`,
      kind: 'NUMBERED',
      places: rows * seats,
      centre: { x, y },
      box: { x: x - 15, y: y - 15, width: 30, height: 30 },
      outline,
      firstSeat: zone * rows * seats,
      seatCount: rows * seats,
      rowCount: rows,
      categories: [],
      counts: {
        allocated: rows * seats,
        remaining: 400,
        inCart: 0,
        distributed: 225,
        downloaded: 100,
        controlled: 50,
        takeBackPossible: 80,
      },
    });
  }
  plan.rowStart[names.length] = seat;
  plan.rowNames = names;
  // Every seat is the viewer’s and in one of five states: the most there can be to draw.
  const states = Uint8Array.from({ length: count }, (_, i) => [1, 1, 4, 12, 28][(i * 7) % 5] ?? 1);
  return { plan, zones, states };
}

const begun = performance.now();
const made = stadium();
const grid = gridOf(made.plan.x, made.plan.y, made.plan.width, made.plan.height);
const handle = createRef<SeatCanvasHandle>();
const focus = { left: 0, top: 0, right: made.plan.width, bottom: made.plan.height };

function Bench() {
  const [selected, setSelected] = useState(() => new Uint8Array(count));
  const scene = useMemo(
    () => ({
      ...made,
      grid,
      shapes: [],
      origin: { x: 0, y: 0 },
      show: undefined,
      colours: light,
      selected,
    }),
    [selected],
  );
  const select = (found: number[]) => {
    const next = new Uint8Array(count);
    for (const seat of found) next[seat] = 1;
    flushSync(() => setSelected(next));
  };
  Object.assign(window, {
    bench: {
      view: () => handle.current?.view(),
      select,
      within: (area: typeof focus) => within(grid, made.plan, area),
      ready: performance.now() - begun,
    },
  });
  return (
    <SeatCanvas
      scene={scene}
      tool="pan"
      focus={focus}
      current={-1}
      handle={handle}
      says={() => ''}
      onSeats={select}
      onZone={() => {}}
      frame={{ role: 'img', 'aria-label': 'Stadium' }}
    />
  );
}

i18n.loadAndActivate({ locale: 'en', messages: {} });
const root = document.getElementById('map');
if (root) {
  createRoot(root).render(
    <I18nProvider i18n={i18n}>
      <Bench />
    </I18nProvider>,
  );
}
