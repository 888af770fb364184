import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Radio } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Steps } from '~/components/Steps.tsx';
import { DropZone } from './DropZone.tsx';
import classes from './ImportPage.module.css';
import { type Policy, useImport } from './useImport.ts';

const route = getRouteApi('/app/p/distribute/$productId/import');

/** The first step of an import: choose or drop the workbook (IM-1). */
export function ImportPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { productId } = route.useParams();
  const { sponsor } = route.useSearch();
  const [policy, setPolicy] = useState<Policy>('IGNORE_FAILED');
  const { stage, send, stop } = useImport({
    policy,
    sponsorId: sponsor,
    onPlanned: (executionId) =>
      navigate({
        to: '/p/distribute/$productId/import/$executionId',
        params: { productId, executionId },
      }),
  });
  return (
    <Page>
      <PageHeader
        title={t`Import ticket details`}
        crumbs={[
          <Link key="product" to="/p/distribute/$productId" params={{ productId }}>
            <Trans>Ticketing dashboard</Trans>
          </Link>,
        ]}
        actions={
          <>
            <Steps names={[t`File`, t`Check`, t`Distribute`]} at={0} />
            <Button
              variant="default"
              onClick={() => navigate({ to: '/p/distribute/$productId', params: { productId } })}
            >
              <Trans>Close</Trans>
            </Button>
          </>
        }
      />
      <div className={classes.columns}>
        <DropZone stage={stage} onFile={send} onStop={stop} />
        <aside className={classes.aside}>
          <Radio.Group
            value={policy}
            onChange={(value) => setPolicy(value as Policy)}
            label={t`When some rows are refused`}
          >
            <div className={classes.options}>
              <Radio
                value="IGNORE_FAILED"
                label={t`Distribute the good rows`}
                description={t`Refused rows are left out and listed.`}
              />
              <Radio
                value="REJECT_ALL"
                label={t`All or nothing`}
                description={t`One refused row and nothing is distributed.`}
              />
            </div>
          </Radio.Group>
          <section>
            <h2>
              <Trans>How it works</Trans>
            </h2>
            <ol className={classes.how}>
              <li>
                <Trans>Export ticket details and fill in the last three columns:</Trans>
                <span className={classes.headers}>
                  <code>[NEW] CC Email</code> <code>[NEW] CC first name</code>{' '}
                  <code>[NEW] CC last name</code>
                </span>
              </li>
              <li>
                <Trans>
                  Rows left empty are not touched; order, filters and other columns do not matter.
                </Trans>
              </li>
              <li>
                <Trans>
                  Every row is checked first. Nothing is distributed before you confirm.
                </Trans>
              </li>
            </ol>
          </section>
        </aside>
      </div>
    </Page>
  );
}
