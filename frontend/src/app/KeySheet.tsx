import { Trans, useLingui } from '@lingui/react/macro';
import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useViewer } from '~/graphql/viewer.data.ts';
import classes from './KeySheet.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** Every shortcut on one sheet (`?`). */
export function KeySheet({ opened, onClose }: Props) {
  const { t } = useLingui();
  const { can } = useViewer();
  const groups: [string, [string, string][]][] = [
    [
      t`Everywhere`,
      [
        ['Ctrl K', t`Search or run a command`],
        ['/', t`Search the list`],
        ['R', t`Fetch anew`],
        ['C', t`Copy the next action as GraphQL`],
        ['?', t`This sheet`],
        ['Esc', t`Close, or clear the selection`],
      ],
    ],
    [
      t`Go to`,
      [
        ['G D', t`Distribute tickets`],
        ['G E', t`Executions`],
        ...(can.readOutbox ? [['G O', t`Outbox`] as [string, string]] : []),
        ...(can.readAudit ? [['G A', t`Audit log`] as [string, string]] : []),
        ['G M', t`Account and settings`],
      ],
    ],
    [
      t`In a list`,
      [
        ['↓ ↑', t`Next or previous row`],
        ['Enter', t`Open the row`],
        ['X', t`Select the row`],
        ['Shift X', t`Select up to the row`],
        ['→ ←', t`Open or close the performance`],
      ],
    ],
    [
      t`Tickets`,
      [
        ['E', t`Export ticket details`],
        ['I', t`Import ticket details`],
        ['D', t`Distribute the selected tickets`],
        ['Ctrl Enter', t`Confirm`],
      ],
    ],
  ];
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened={opened}
      onClose={onClose}
      title={t`Keyboard shortcuts`}
      size={720}
      centered
    >
      <div className={classes.sheet}>
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([press, label]) => (
                <Fragment key={press}>
                  <dt>
                    {press.split(' ').map((key) => (
                      <Kbd key={key} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{label}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="dimmed">
        <Trans>Shortcuts of a single key can be turned off in the settings.</Trans>
      </p>
    </Modal>
  );
}
