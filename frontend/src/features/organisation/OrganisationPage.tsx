import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from 'urql';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Failure } from '~/components/States.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { MarkSection } from './MarkSection.tsx';
import classes from './OrganisationPage.module.css';
import { OrganisationQuery } from './organisation.data.ts';
import { SettingsForm } from './SettingsForm.tsx';

/** What an organisation says of itself and where it is written to: its admins set it, staff looks at it. */
export function OrganisationPage() {
  const { t } = useLingui();
  const { can } = useViewer();
  const [{ data, error }, refresh] = useQuery({
    query: OrganisationQuery,
    requestPolicy: 'cache-and-network',
  });
  const readOnly = !can.changeOrganisation;
  const settings = data?.organisationSettings;
  return (
    <Page narrow>
      <PageHeader title={t`Organisation`} />
      {error && !data && <Failure error={error} onRetry={() => refresh()} />}
      {settings && readOnly && (
        <p className="dimmed">
          <Trans>Admins of the organisation change this.</Trans>
        </p>
      )}
      {settings && (
        <div className={classes.list}>
          <MarkSection settings={settings} readOnly={readOnly} onChanged={() => refresh()} />
          <SettingsForm settings={settings} readOnly={readOnly} />
        </div>
      )}
    </Page>
  );
}
