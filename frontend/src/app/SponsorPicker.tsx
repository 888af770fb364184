import { useLingui } from '@lingui/react/macro';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { SponsorQuery, SponsorsQuery } from '~/graphql/sponsors.data.ts';

/** For whom somebody of the back office acts in the portal; kept in the address as `sponsor`. */
export function SponsorPicker() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { sponsor } = useSearch({ strict: false });
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const [{ data: chosen }] = useQuery({
    query: SponsorQuery,
    variables: { id: sponsor ?? '' },
    pause: !sponsor,
  });
  const node = sponsor && chosen?.node?.__typename === 'Contact' ? chosen.node : null;
  const [{ data }] = useQuery({
    query: SponsorsQuery,
    variables: { search: search && search !== node?.name ? search : null },
  });
  const options = (data?.sponsors.edges ?? []).map(({ node: { id, name } }) => ({
    value: id,
    label: name,
  }));
  if (node && !options.some(({ value }) => value === node.id)) {
    options.unshift({ value: node.id, label: node.name });
  }
  return (
    <Select
      w={200}
      aria-label={t`Act for a sponsor`}
      placeholder={t`Act for a sponsor`}
      data={options}
      value={sponsor ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t`Clear` }}
      filter={({ options: all }) => all}
      onSearchChange={setTyped}
      nothingFoundMessage={t`No such sponsor`}
      onChange={(id) => navigate({ to: '/p/distribute', search: { sponsor: id ?? undefined } })}
    />
  );
}
