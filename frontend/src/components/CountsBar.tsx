import { useLingui } from '@lingui/react/macro';
import { useFormats } from '~/lib/format.ts';
import type { Counts } from './counts.data.ts';

interface Props {
  counts: Counts;
  height?: number;
}

/**
 * How far the tickets have come: downloaded, given but not yet fetched, still to give. The numbers
 * stand beside it as text, so the bar says the same in its name and no more.
 */
export function CountsBar({ counts, height = 7 }: Props) {
  const { t } = useLingui();
  const format = useFormats();
  const { allocated, distributed, downloaded } = counts;
  const share = (part: number) => (allocated ? (part / allocated) * 100 : 0);
  const given = share(distributed);
  const fetched = share(Math.min(downloaded, distributed));
  const name = t`${format.percent(distributed, allocated)} distributed, ${format.percent(downloaded, allocated)} downloaded`;
  return (
    <svg
      width="100%"
      height={height}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={name}
      style={{ display: 'block', borderRadius: height / 2 }}
    >
      <rect width="100" height="10" fill="var(--bar-track)" />
      <rect width={given} height="10" fill="var(--bar-distributed)" />
      <rect width={fetched} height="10" fill="var(--bar-downloaded)" />
    </svg>
  );
}
