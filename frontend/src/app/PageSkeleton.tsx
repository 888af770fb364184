import { useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';

/** Stands in for a page while its code is fetched. */
export function PageSkeleton() {
  const { t } = useLingui();
  return (
    <div
      role="status"
      aria-label={t`Loading`}
      style={{ padding: '22px 24px', display: 'grid', gap: 16 }}
    >
      <Skeleton h={12} w={180} />
      <Skeleton h={24} w={320} />
      <Skeleton h={96} />
      <Skeleton h={320} />
    </div>
  );
}
