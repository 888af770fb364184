import { useState } from 'react';

/** The rows of a list that somebody has ticked; they stay ticked while more rows are loaded. */
export function useChosen<Row extends { id: string }>(rows: readonly Row[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  function choose(keys: string[], on: boolean) {
    const next = new Map(chosen);
    for (const row of rows) {
      if (!keys.includes(row.id)) continue;
      if (on) next.set(row.id, row);
      else next.delete(row.id);
    }
    setChosen(next);
  }
  return { chosen, choose, clear: () => setChosen(new Map()) };
}
