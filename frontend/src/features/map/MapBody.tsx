import { useLingui } from '@lingui/react/macro';
import { ActionIcon, SegmentedControl, Skeleton } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useColours } from './colours.ts';
import type { Grid, Rectangle } from './grid.ts';
import { TicketList, ZoneTable } from './MapLists.tsx';
import classes from './MapPage.module.css';
import { ZoneList, ZonePanel } from './MapPanel.tsx';
import type { SeatMapData, ZoneData, ZoneTicket } from './map.data.ts';
import { rowSeats } from './moves.ts';
import { type Own, type Plan, ticketOf } from './plan.ts';
import canvas from './SeatCanvas.module.css';
import { SeatCanvas, type SeatCanvasHandle } from './SeatCanvas.tsx';
import { lookOf, type Mark, passes } from './states.ts';
import { type useSeatMap, useZoneTickets } from './useSeatMap.ts';
import { useWalk } from './useWalk.ts';
import { useLookWords } from './words.ts';

interface Props {
  found: ReturnType<typeof useSeatMap>;
  zone: ZoneData | undefined;
  show: Mark | undefined;
  list: boolean;
  chosen: ReadonlySet<string>;
  onChoose: (ids: string[], on: boolean) => void;
  performanceId: string;
  sponsorId: string | undefined;
}

/** The map, or the list that says the same, with the zones beside it. */
export function MapBody(props: Props) {
  const { found, zone, list, show, chosen, onChoose, performanceId, sponsorId } = props;
  const navigate = useNavigate();
  const { t } = useLingui();
  const { tickets, fetching } = useZoneTickets(performanceId, zone?.id, sponsorId);
  const { map, plan, own, grid } = found;
  const open = (to: ZoneData | undefined) => {
    const search = (now: object) => now;
    if (to) {
      const params = { performanceId, zoneId: to.id };
      navigate({ to: '/p/performances/$performanceId/map/$zoneId', params, search });
    } else
      navigate({ to: '/p/performances/$performanceId/map', params: { performanceId }, search });
  };
  if (!map || !plan || !own || !grid) {
    return (
      <div className={classes.body} role="status" aria-label={t`Loading`}>
        <Skeleton h="100%" style={{ flex: 1 }} />
        <Skeleton h="100%" w={312} />
      </div>
    );
  }
  // A zone without seats is nothing to draw: its places are listed.
  const listed = list || (zone !== undefined && zone.seatCount === 0);
  return (
    <div className={classes.body}>
      {!listed && (
        <Stage
          {...props}
          map={map}
          plan={plan}
          own={own}
          grid={grid}
          tickets={tickets}
          onOpen={open}
        />
      )}
      {listed && zone && (
        <TicketList
          zone={zone}
          tickets={tickets}
          loading={fetching}
          show={show}
          selection={{ keys: chosen, onChange: onChoose }}
        />
      )}
      {listed && !zone && <ZoneTable zones={map.zones} onOpen={open} />}
      <aside className={classes.panel} aria-label={t`Zones`}>
        {zone ? (
          <ZonePanel zone={zone} onClose={() => open(undefined)} />
        ) : (
          <ZoneList zones={map.zones} onOpen={open} />
        )}
      </aside>
    </div>
  );
}

interface StageProps extends Omit<Props, 'found'> {
  map: SeatMapData;
  plan: Plan;
  own: Own;
  grid: Grid;
  tickets: readonly ZoneTicket[] | undefined;
  onOpen: (zone: ZoneData | undefined) => void;
}

function Stage(props: StageProps) {
  const { map, plan, own, grid, zone, show, chosen, onChoose, onOpen } = props;
  const { t } = useLingui();
  const [tool, setTool] = useState<'pan' | 'select'>('pan');
  const colours = useColours();
  const handle = useRef<SeatCanvasHandle>(null);
  const stops = (seat: number) => passes(own.states[seat] ?? 0, show);
  const selected = useMemo(() => {
    const marked = new Uint8Array(plan.count);
    for (const id of chosen) {
      const seat = own.seatOf.get(id);
      if (seat !== undefined) marked[seat] = 1;
    }
    return marked;
  }, [plan, own, chosen]);
  const scene = useMemo(
    () => ({
      plan,
      grid,
      zones: map.zones,
      shapes: map.shapes,
      origin: map.box,
      states: own.states,
      selected,
      show,
      colours,
    }),
    [plan, grid, map, own, selected, show, colours],
  );
  const choose = (seats: number[], on: boolean) => {
    const ids = seats.filter(stops).map((seat) => ticketOf(own, seat));
    onChoose(
      ids.filter((id) => id !== null),
      on,
    );
  };
  const says = useSays(props);
  const walk = useWalk({
    plan,
    stops,
    rows: rowsOf(map.zones, zone),
    selected: (seat) => selected[seat] === 1,
    onSelect: choose,
    onMove: (seat) => handle.current?.reveal(seat),
    onLeave: () => {
      onOpen(undefined);
      requestAnimationFrame(() => focusZone(zone));
    },
  });
  const focus = useMemo(() => focusOf(map, plan, zone), [map, plan, zone]);
  useFocusGrid(zone);

  function onSeats(seats: number[], how: 'toggle' | 'row') {
    const [seat = -1] = seats;
    const meant =
      how === 'row' ? rowSeats({ plan, stops }, plan.row[seat] ?? 0) : seats.filter(stops);
    const all = meant.every((one) => selected[one] === 1);
    choose(meant, how === 'row' || !all);
    if (zone && seats.length === 1) walk.go(seat);
  }

  const { current } = walk;
  return (
    <div className={classes.stage}>
      <SeatCanvas
        scene={scene}
        tool={tool}
        focus={focus}
        current={zone ? current : -1}
        handle={handle}
        says={says}
        onSeats={onSeats}
        onZone={(at) => onOpen(map.zones[at])}
        frame={
          zone
            ? {
                id: gridId,
                role: 'grid',
                tabIndex: 0,
                'aria-label': t`Seats of ${zone.name}`,
                'aria-multiselectable': true,
                'aria-activedescendant': cellId,
                onKeyDown: walk.onKeyDown,
                onFocus: walk.onFocus,
              }
            : { role: 'img', 'aria-label': t`Map of the seats; the list of zones says the same` }
        }
      >
        {zone && (
          // The one node that stands for the seat the keyboard is at: no table could hold them all.
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div role="row" tabIndex={-1} className={canvas.hidden}>
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            <div role="gridcell" tabIndex={-1} id={cellId} aria-selected={selected[current] === 1}>
              {current >= 0 ? says(current) : t`None of these seats is yours`}
            </div>
          </div>
        )}
      </SeatCanvas>
      <div className={canvas.hidden} role="status">
        {zone && current >= 0 ? says(current) : ''}
      </div>
      <SegmentedControl
        className={classes.tool}
        aria-label={t`What dragging does`}
        value={tool}
        onChange={(value) => setTool(value === 'select' ? 'select' : 'pan')}
        data={[
          { value: 'pan', label: t`Move` },
          { value: 'select', label: t`Select` },
        ]}
      />
      <Tools handle={handle} focus={focus} />
    </div>
  );
}

const gridId = 'seats';
const cellId = 'seat';

function Tools({
  handle,
  focus,
}: {
  handle: { current: SeatCanvasHandle | null };
  focus: Rectangle;
}) {
  const { t } = useLingui();
  return (
    <div className={classes.tools}>
      <ActionIcon aria-label={t`Zoom in`} onClick={() => handle.current?.zoom(1.5)}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t`Zoom out`} onClick={() => handle.current?.zoom(1 / 1.5)}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t`Show all of it`} onClick={() => handle.current?.lookAt(focus)}>
        <IconFocusCentered size={16} />
      </ActionIcon>
    </div>
  );
}

/** Says of a seat its row, its number, where it stands and who has it. */
function useSays({ plan, own, tickets, zone }: StageProps) {
  const { t } = useLingui();
  const words = useLookWords();
  const holders = useMemo(
    () => new Map(tickets?.map(({ id, holder }) => [id, holder] as const)),
    [tickets],
  );
  return (seat: number) => {
    const state = words[lookOf(own.states[seat] ?? 0)];
    const row = plan.rowNames[plan.row[seat] ?? 0] ?? '';
    const number = plan.numbers[seat] ?? '';
    const holder = zone && holders.get(ticketOf(own, seat) ?? '');
    const name = holder && [holder.firstName, holder.lastName].filter(Boolean).join(' ');
    const place = t`Row ${row}, seat ${number}`;
    return [place, state, name || holder?.email].filter(Boolean).join(', ');
  };
}

/** The rows of a zone, from and to. */
function rowsOf(zones: readonly ZoneData[], zone: ZoneData | undefined) {
  let from = 0;
  for (const one of zones) {
    if (one === zone) return { from, to: from + one.rowCount };
    from += one.rowCount;
  }
  return { from: 0, to: 0 };
}

/** The part of the plan to look at: the zone, or all of it. */
function focusOf(map: SeatMapData, plan: Plan, zone: ZoneData | undefined): Rectangle {
  if (!zone) return { left: 0, top: 0, right: plan.width, bottom: plan.height };
  const left = (zone.box.x - map.box.x) / plan.spacing;
  const top = (zone.box.y - map.box.y) / plan.spacing;
  return {
    left,
    top,
    right: left + zone.box.width / plan.spacing,
    bottom: top + zone.box.height / plan.spacing,
  };
}

/** Whoever opens a zone goes on in it. */
function useFocusGrid(zone: ZoneData | undefined) {
  const id = zone?.id;
  useEffect(() => {
    if (id) document.getElementById(gridId)?.focus({ preventScroll: true });
  }, [id]);
}

function focusZone(zone: ZoneData | undefined) {
  const button = zone && document.querySelector<HTMLElement>(`[data-zone="${zone.code}"]`);
  button?.focus();
}
