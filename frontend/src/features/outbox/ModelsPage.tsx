import { Trans, useLingui } from '@lingui/react/macro';
import { Select } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure } from '~/components/States.tsx';
import { Tag, type Tone } from '~/components/Tag.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { ModelDrawer } from './ModelDrawer.tsx';
import { ChannelsQuery, type MailModel, MailModelsQuery } from './models.data.ts';
import { languageName, useMailClasses } from './words.ts';

const route = getRouteApi('/app/o/models');

const keyOf = (model: MailModel) => `${model.class}.${model.language}`;

/** What mails are made from, per class, language and channel (ML-1). */
export function ModelsPage() {
  const { t } = useLingui();
  const { can } = useViewer();
  const { channel, model } = route.useSearch();
  const navigate = useNavigate({ from: '/o/models' });
  const [{ data, error, fetching }, again] = useQuery({
    query: MailModelsQuery,
    variables: { channelId: channel },
    requestPolicy: 'cache-and-network',
  });
  const [{ data: known }] = useQuery({ query: ChannelsQuery });
  const rows = data?.mailModels ?? [];
  const columns = useColumns();
  const refresh = () => again({ requestPolicy: 'network-only' });
  const open = (key: string | undefined) =>
    navigate({ search: (now) => ({ ...now, model: key }), replace: Boolean(model) });
  return (
    <Page fixed>
      <PageHeader
        title={t`Mail models`}
        actions={
          <Select
            aria-label={t`Channel`}
            data={[
              { value: '', label: t`All channels` },
              ...(known?.channels ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={channel ?? ''}
            allowDeselect={false}
            onChange={(to) => navigate({ search: { channel: to || undefined }, replace: true })}
          />
        }
      />
      {!can.changePointsOfSale && (
        <p className="dimmed">
          <Trans>Admins of the organisation write these models.</Trans>
        </p>
      )}
      {error && !data ? (
        <Failure error={error} onRetry={refresh} />
      ) : (
        <DataTable
          label={t`Mail models`}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          loading={fetching && !data}
          onOpen={(row) => open(keyOf(row))}
          active={model}
          empty={<Empty icon={<IconMail size={26} stroke={1.5} />} title={t`There is no model`} />}
        />
      )}
      <ModelDrawer
        model={rows.find((row) => keyOf(row) === model)}
        channel={channel}
        readOnly={!can.changePointsOfSale}
        onChanged={refresh}
        onClose={() => open(undefined)}
      />
    </Page>
  );
}

function useColumns(): Column<MailModel>[] {
  const { t } = useLingui();
  const classes = useMailClasses();
  const origins: Record<MailModel['origin'], { word: string; tone: Tone }> = {
    GRADIN: { word: t`Gradin`, tone: 'neutral' },
    ORGANISATION: { word: t`Your own`, tone: 'info' },
    CHANNEL: { word: t`Of this channel`, tone: 'good' },
  };
  return [
    { key: 'class', header: t`Mail`, width: 300, cell: (model) => classes[model.class] },
    {
      key: 'language',
      header: t`Language`,
      width: 140,
      cell: ({ language }) => languageName(language),
    },
    {
      key: 'origin',
      header: t`Written by`,
      width: 170,
      cell: ({ origin }) => <Tag tone={origins[origin].tone}>{origins[origin].word}</Tag>,
    },
    {
      key: 'subject',
      header: t`Subject`,
      cell: ({ subject }) => <span className="mono truncate">{subject}</span>,
    },
  ];
}
