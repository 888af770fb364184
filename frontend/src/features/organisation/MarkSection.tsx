import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconTrash, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { Notice } from '~/components/Notice.tsx';
import classes from './OrganisationPage.module.css';
import type { Settings } from './organisation.data.ts';
import { useMark } from './useMark.ts';

interface Props {
  settings: Settings;
  readOnly: boolean;
  onChanged: () => void;
}

/** The organiser's mark as it stands on a ticket; a picture is dropped on it or chosen. */
export function MarkSection({ settings, readOnly, onChanged }: Props) {
  const { t } = useLingui();
  const { mark } = settings.organisation;
  const { busy, problem, send, remove } = useMark(settings, onChanged);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) send(file);
  }

  const target = readOnly
    ? {}
    : {
        onDragOver: (event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: (event: DragEvent) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
        },
        onDrop: drop,
      };
  return (
    <section
      className={classes.section}
      aria-label={t`Mark`}
      data-over={over || undefined}
      {...target}
    >
      <header>
        <h2>
          <Trans>Mark</Trans>
        </h2>
        <span className="dimmed">
          <Trans>On tickets, in passes and on the guest’s page</Trans>
        </span>
      </header>
      <div className={classes.mark}>
        <TicketHead settings={settings} />
        {!readOnly && (
          <div className={classes.choice}>
            {problem && <Notice tone="bad">{problem}</Notice>}
            <p className="dimmed">
              <Trans>
                Drop a PNG or JPEG here, up to 512 KiB. A wide one on a clear ground looks best.
              </Trans>
            </p>
            <div className={classes.buttons}>
              <Button
                loading={busy}
                leftSection={<IconUpload size={15} />}
                onClick={() => input.current?.click()}
              >
                {mark ? <Trans>Replace</Trans> : <Trans>Choose a file</Trans>}
              </Button>
              {mark && (
                <>
                  <Button
                    variant="default"
                    disabled={busy}
                    leftSection={<IconTrash size={15} />}
                    onClick={remove}
                  >
                    <Trans>Remove</Trans>
                  </Button>
                  <CopyAsGraphQL action={remove} />
                </>
              )}
            </div>
            <input
              ref={input}
              type="file"
              accept="image/png,image/jpeg"
              aria-label={t`Picture of the mark`}
              className={classes.input}
              tabIndex={-1}
              disabled={busy}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? [];
                currentTarget.value = '';
                if (file) send(file);
              }}
            />
          </div>
        )}
      </div>
    </section>
  );
}

/** The head of a printed ticket, in its own colours: paper stays white in the dark. */
function TicketHead({ settings: { organisation } }: { settings: Settings }) {
  const { t } = useLingui();
  const { mark, name } = organisation;
  return (
    <figure className={classes.sheet}>
      <div className={classes.head}>
        {mark ? (
          <>
            <img src={mark.image} alt={t`Mark of ${name}`} />
            <span>{name}</span>
          </>
        ) : (
          <strong>{name}</strong>
        )}
      </div>
      <div className={classes.lines} aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
    </figure>
  );
}
