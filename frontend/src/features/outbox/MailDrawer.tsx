import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, SegmentedControl, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import { MailFrame } from './MailFrame.tsx';
import classes from './OutboxPage.module.css';
import { type MailDetails, MailQuery } from './outbox.data.ts';
import { useResend } from './useResend.ts';
import { resendable, useMailStates } from './words.ts';

interface Props {
  id: string | undefined;
  onClose: () => void;
}

/** One mail as its recipient sees it, and what became of it. */
export function MailDrawer({ id, onClose }: Props) {
  const { t } = useLingui();
  const [{ data, error }, again] = useQuery({
    query: MailQuery,
    variables: { id: id ?? '' },
    pause: !id,
    requestPolicy: 'cache-and-network',
  });
  const node = data?.node;
  const mail = node && node.id === id && 'html' in node ? (node as MailDetails) : null;
  return (
    <Drawer
      opened={Boolean(id)}
      onClose={onClose}
      position="right"
      size={640}
      title={mail?.subject ?? t`Mail`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {error && !mail && (
        <Failure error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      )}
      {data && !node && (
        <p>
          <Trans>There is no such mail.</Trans>
        </p>
      )}
      {!mail && !error && !data && <Skeleton h={420} />}
      {mail && <Details mail={mail} />}
    </Drawer>
  );
}

function Details({ mail }: { mail: MailDetails }) {
  const { t } = useLingui();
  const format = useFormats();
  const states = useMailStates();
  const { can } = useViewer();
  const { resend, resending } = useResend();
  const [view, setView] = useState('html');
  const { word, tone } = states[mail.state];
  return (
    <>
      <dl className={classes.facts}>
        <dt>
          <Trans>To</Trans>
        </dt>
        <dd>{mail.to}</dd>
        <dt>
          <Trans>State</Trans>
        </dt>
        <dd>
          <Tag tone={tone}>{word}</Tag>
        </dd>
        <dt>
          <Trans>Written</Trans>
        </dt>
        <dd>{format.dateTime(mail.createdAt)}</dd>
        {mail.sentAt && (
          <>
            <dt>
              <Trans>Sent</Trans>
            </dt>
            <dd>{format.dateTime(mail.sentAt)}</dd>
          </>
        )}
        {mail.serverAnswer && (
          <>
            <dt>
              <Trans>Server’s answer</Trans>
            </dt>
            <dd className="mono">{mail.serverAnswer}</dd>
          </>
        )}
      </dl>
      <div className={classes.buttons}>
        <SegmentedControl
          aria-label={t`View`}
          value={view}
          onChange={setView}
          data={[
            { value: 'html', label: t`As it looks` },
            { value: 'text', label: t`Plain text` },
          ]}
        />
        {can.resendMails && resendable(mail) && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={15} />}
            loading={resending}
            onClick={() => resend([mail.id])}
          >
            <Trans>Send again</Trans>
          </Button>
        )}
      </div>
      {view === 'html' ? (
        <MailFrame html={mail.html} />
      ) : (
        <pre className={classes.text}>{mail.text}</pre>
      )}
    </>
  );
}
