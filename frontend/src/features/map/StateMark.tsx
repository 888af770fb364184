import classes from './StateMark.module.css';
import type { Look, Mark } from './states.ts';

/** The form a seat has on the map, beside a word that says the same. */
export function StateMark({ look, size = 14 }: { look: Look | Mark; size?: number }) {
  return (
    <svg
      viewBox="-8 -8 16 16"
      width={size}
      height={size}
      className={classes.mark}
      data-look={look}
      aria-hidden="true"
    >
      {look === 'other' && <rect x="-3" y="-3" width="6" height="6" />}
      {look !== 'other' && look !== 'takeBack' && <circle r="6" />}
      {look === 'takeBack' && (
        <path d="M-1 -5.5L-5 -1.5L-1 2.5M-4.5 -1.5H1.5A3.5 3.5 0 0 1 1.5 5.5H-2" />
      )}
      {look === 'downloaded' && <circle r="2.2" className={classes.hole} />}
      {look === 'inCart' && <path d="M6 0A6 6 0 0 1-6 0Z" />}
      {look === 'controlled' && <path d="M-5.5 1.5L1.5-5.5M-4.2 4.2L4.2-4.2M-1.5 5.5L5.5-1.5" />}
    </svg>
  );
}
