import type { Mark } from '~/lib/map-search.ts';

export type { Mark };

/** The marks of a seat; several may hold at once. The values are the API's. */
export const marks: Record<Mark, number> = {
  remaining: 1,
  inCart: 2,
  distributed: 4,
  downloaded: 8,
  controlled: 16,
  takeBack: 32,
};

export const shownMarks: readonly Mark[] = [
  'remaining',
  'inCart',
  'distributed',
  'downloaded',
  'controlled',
  'takeBack',
];

/** What a seat is drawn as: the furthest it has come. */
export type Look = 'other' | 'remaining' | 'inCart' | 'distributed' | 'downloaded' | 'controlled';

export const looks: readonly Look[] = [
  'other',
  'remaining',
  'inCart',
  'distributed',
  'downloaded',
  'controlled',
];

export function lookOf(state: number): Look {
  if (state === 0) return 'other';
  if (state & marks.controlled) return 'controlled';
  if (state & marks.downloaded) return 'downloaded';
  if (state & marks.distributed) return 'distributed';
  return state & marks.inCart ? 'inCart' : 'remaining';
}

/** Whether a filter of the address lets a seat through; no filter lets all through. */
export function passes(state: number, show: Mark | undefined): boolean {
  return state !== 0 && (show === undefined || (state & marks[show]) !== 0);
}

/** How many tickets have a mark. */
export function countOf(
  counts: Record<Exclude<Mark, 'takeBack'> | 'takeBackPossible', number>,
  mark: Mark,
): number {
  return counts[mark === 'takeBack' ? 'takeBackPossible' : mark];
}
