import { useState } from 'react';
import { useQuery } from 'urql';
import { type Possibility, TakeBackHintsQuery, type TicketRow } from './tickets.data.ts';

/** The server takes so many ids in one question. */
const most = 100;

const keyOf = ({ id, state, location }: TicketRow) => `${id} ${state} ${location}`;

/**
 * Whether each ticket shown can be taken back, and if not, why not. Asked after the list is there,
 * page by page, because the rule looks at more than the list does.
 */
export function useTakeBackHints(rows: TicketRow[], pause: boolean) {
  const [known, setKnown] = useState<ReadonlyMap<string, Possibility>>(new Map());
  const [seen, setSeen] = useState<object | undefined>();
  const missing = pause ? [] : rows.filter((row) => row.holder && !known.has(keyOf(row)));
  const ids = missing.slice(0, most).map(({ id }) => id);
  const [{ data, fetching }] = useQuery({
    query: TakeBackHintsQuery,
    variables: { ids },
    pause: ids.length === 0,
    requestPolicy: 'cache-and-network',
  });
  if (data && data !== seen && !fetching) {
    const answers = new Map(
      data.nodes.flatMap((node) => (node && 'takeBack' in node ? [[node.id, node.takeBack]] : [])),
    );
    setSeen(data);
    setKnown(
      new Map([
        ...known,
        ...rows.flatMap((row): [string, Possibility][] => {
          const answer = answers.get(row.id);
          return answer ? [[keyOf(row), answer]] : [];
        }),
      ]),
    );
  }
  return (row: TicketRow) => known.get(keyOf(row));
}
