import type { Grid } from './grid.ts';
import type { ShapeData, ZoneData } from './map.data.ts';
import type { Plan } from './plan.ts';
import type { Mark } from './states.ts';

/** The colours of the drawing, read from the style sheet so that light and dark both fit. */
export interface Colours {
  background: string;
  zone: string;
  zoneOwn: string;
  edge: string;
  other: string;
  faint: string;
  remaining: string;
  inCart: string;
  distributed: string;
  downloaded: string;
  controlled: string;
  paper: string;
  ink: string;
  selected: string;
  /** The colours of a plan’s drawings are for paper: by night they are turned. */
  night: boolean;
}

export interface Scene {
  plan: Plan;
  grid: Grid;
  zones: readonly ZoneData[];
  shapes: readonly ShapeData[];
  origin: { x: number; y: number };
  states: Uint8Array;
  /** 1 for each selected seat. */
  selected: Uint8Array;
  show: Mark | undefined;
  colours: Colours;
}
