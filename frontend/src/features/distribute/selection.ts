import { useState } from 'react';
import type { TicketFilterInput } from '~/components/useExport.ts';
import type { Group, TicketType } from './DashboardPage.data.ts';

type TypeInput = NonNullable<NonNullable<TicketFilterInput['ticketTypes']>[number]>;

export interface Chosen {
  key: string;
  input: TypeInput;
  tickets: number;
  /** Of them nobody has been given so many, and so many lie in a cart already. */
  remaining: number;
  inCart: number;
  /** As many can still go into a cart. */
  free: number;
  /** Performance, category and tariff, as far as there are any. */
  name: string;
}

/** The server takes so many kinds of tickets in one filter. */
export const mostTypes = 100;

export function typeInput(group: Group, type: TicketType): TypeInput {
  return {
    performanceId: group.performance?.id ?? null,
    seatCategoryId: type.seatCategory?.id ?? null,
    tariffId: type.tariff.id,
  };
}

/** A kind of ticket in the address of the list of tickets. */
export function typeParameter({ performanceId, seatCategoryId, tariffId }: TypeInput): string {
  return [performanceId ?? '', seatCategoryId ?? '', tariffId].join('~');
}

function chosenType(group: Group, type: TicketType): Chosen {
  const { performance } = group;
  const { counts, seatCategory, tariff, key } = type;
  const name = [performance?.name, seatCategory?.name, tariff.name].filter(Boolean).join(' · ');
  const input = typeInput(group, type);
  const { allocated: tickets, remaining, inCart } = counts;
  return { key, input, tickets, remaining, inCart, free: Math.max(0, remaining - inCart), name };
}

/** The kinds of tickets that are ticked; they stay ticked while pages and filters change. */
export function useTypeSelection() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  function change(kinds: [Group, TicketType][], on: boolean) {
    const next = new Map(chosen);
    for (const [group, type] of kinds) {
      if (on) next.set(type.key, chosenType(group, type));
      else next.delete(type.key);
    }
    setChosen(next);
  }
  return {
    has: (key: string) => chosen.has(key),
    choose: (group: Group, types: TicketType[], on: boolean) =>
      change(
        types.map((type) => [group, type]),
        on,
      ),
    chooseAll: (groups: Group[], on: boolean) =>
      change(
        groups.flatMap((group) => group.types.map((type): [Group, TicketType] => [group, type])),
        on,
      ),
    clear: () => setChosen(new Map()),
    count: chosen.size,
    tickets: [...chosen.values()].reduce((sum, { tickets }) => sum + tickets, 0),
    free: [...chosen.values()].reduce((sum, { free }) => sum + free, 0),
    inputs: [...chosen.values()].map(({ input }) => input),
    types: [...chosen.values()],
  };
}

export type TypeSelection = ReturnType<typeof useTypeSelection>;
