import { useMemo } from 'react';
import { useQuery } from 'urql';
import { gridOf } from './grid.ts';
import { SeatMapQuery, ZoneTicketsQuery } from './map.data.ts';
import { layOut, readOwn } from './plan.ts';

/** A performance's map, laid out; what is the same for everybody is laid out once. */
export function useSeatMap(performanceId: string, sponsorId: string | undefined) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: SeatMapQuery,
    variables: { performanceId, filter: { sponsorId } },
    requestPolicy: 'cache-and-network',
  });
  const map = data?.seatMap;
  const packed = map?.seats.x;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the seats are as large as they are many; their places tell whether the plan is another one
  const plan = useMemo(() => map && layOut(map), [packed, map?.revision]);
  const states = map?.tickets.states;
  const ids = map?.tickets.ids;
  const own = useMemo(
    () => (states !== undefined && ids !== undefined ? readOwn({ states, ids }) : undefined),
    [states, ids],
  );
  const grid = useMemo(() => plan && gridOf(plan.x, plan.y, plan.width, plan.height), [plan]);
  return {
    map,
    plan,
    own,
    grid,
    error,
    fetching,
    refresh: () => ask({ requestPolicy: 'network-only' }),
  };
}

/** The viewer's own tickets of a zone, with who has them. */
export function useZoneTickets(
  performanceId: string,
  zoneId: string | undefined,
  sponsorId: string | undefined,
) {
  const [{ data, fetching }] = useQuery({
    query: ZoneTicketsQuery,
    variables: { performanceId, zoneId: zoneId ?? '', filter: { sponsorId } },
    pause: !zoneId,
    requestPolicy: 'cache-and-network',
  });
  return { tickets: zoneId ? data?.seatMapTickets : undefined, fetching };
}
