import { Link } from '@tanstack/react-router';
import { useFormats } from '~/lib/format.ts';
import type { TicketSearch } from '~/lib/ticket-search.ts';
import classes from './DashboardTable.module.css';

interface Props {
  value: number;
  /** What is counted, for those who hear the link without its column. */
  label: string;
  productId: string;
  search: TicketSearch & { performance?: string[]; type?: string[] };
}

/** A number of tickets that opens the list of exactly these (DA-1). */
export function NumberLink({ value, label, productId, search }: Props) {
  const format = useFormats();
  const text = format.number(value);
  if (value === 0) return <span className={classes.zero}>{text}</span>;
  return (
    <Link
      to="/p/distribute/$productId/tickets"
      params={{ productId }}
      search={search}
      className={classes.number}
      aria-label={`${label}: ${text}`}
    >
      {text}
    </Link>
  );
}
