import { type KeyboardEvent, useState } from 'react';
import { between, firstSeat, rowSeats, step, type Way } from './moves.ts';
import type { Plan } from './plan.ts';

interface Props {
  plan: Plan;
  stops: (seat: number) => boolean;
  /** The rows of the open zone. */
  rows: { from: number; to: number };
  selected: (seat: number) => boolean;
  onSelect: (seats: number[], on: boolean) => void;
  onMove: (seat: number) => void;
  onLeave: () => void;
}

const ways = new Set<string>([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
] satisfies Way[]);

/** Walking through the seats of a zone by keyboard, and selecting them. */
export function useWalk(props: Props) {
  const { plan, stops, rows, selected, onSelect, onMove, onLeave } = props;
  const [at, setAt] = useState(-1);
  const inZone = at >= 0 && (plan.row[at] ?? -1) >= rows.from && (plan.row[at] ?? 0) < rows.to;
  const current = inZone && stops(at) ? at : -1;

  function go(seat: number) {
    if (seat < 0) return;
    setAt(seat);
    onMove(seat);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey) return;
    const seat = current >= 0 ? current : firstSeat(props);
    const row = () => onSelect(rowSeats({ plan, stops }, plan.row[seat] ?? 0), true);
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'a') row();
    else if (control) return;
    else if (event.key === 'Escape') onLeave();
    else if (seat < 0) return;
    else if (event.key === ' ') onSelect([seat], !selected(seat));
    else if (event.key === 'r') row();
    else if (ways.has(event.key)) {
      const next = current >= 0 ? step(props, seat, event.key as Way) : seat;
      if (event.shiftKey) onSelect(between({ stops }, seat, next), true);
      go(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    if (current < 0 && event.key !== 'Escape') go(seat);
  }

  return {
    current,
    onKeyDown,
    onFocus: () => current < 0 && go(firstSeat(props)),
    go: setAt,
  };
}
