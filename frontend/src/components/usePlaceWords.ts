import { useLingui } from '@lingui/react/macro';

interface Seated {
  place: { area: string | null; row: string | null; seat: string | null };
  item: string | null;
}

/** Where its bearer sits: area, row and seat, as far as the ticket has them. */
export function usePlaceWords(): (ticket: Seated) => string {
  const { t } = useLingui();
  return ({ place, item }) =>
    [place.area, place.row && t`row ${place.row}`, place.seat && t`seat ${place.seat}`, item]
      .filter(Boolean)
      .join(' · ');
}
