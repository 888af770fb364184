/** Which seats stand out on the map, as it stands in the address. */
export const marksShown = [
  'remaining',
  'inCart',
  'distributed',
  'downloaded',
  'controlled',
  'takeBack',
] as const;
export type Mark = (typeof marksShown)[number];
