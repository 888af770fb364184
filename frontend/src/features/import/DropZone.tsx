import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { Notice } from '~/components/Notice.tsx';
import { useFormats } from '~/lib/format.ts';
import { useKeys } from '~/lib/keys.ts';
import classes from './ImportPage.module.css';
import type { useImport } from './useImport.ts';

interface Props {
  stage: ReturnType<typeof useImport>['stage'];
  onFile: (file: File) => void;
  onStop: () => void;
}

/** Takes the workbook by drag and drop or by the file dialog, and shows how much has left. */
export function DropZone({ stage, onFile, onStop }: Props) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const sending = stage.name === 'sending';
  useKeys({ i: () => input.current?.click() });

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !sending) onFile(file);
  }

  return (
    <section
      className={classes.zone}
      data-over={over || undefined}
      aria-label={t`File`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
    >
      {stage.name === 'refused' && (
        <Notice tone="bad" title={stage.file.name}>
          {stage.message}
        </Notice>
      )}
      {sending ? (
        <Sending file={stage.file} share={stage.share} onStop={onStop} />
      ) : (
        <>
          <div className={classes.sheet}>
            <IconFileSpreadsheet size={34} stroke={1.3} />
          </div>
          <h2>
            <Trans>Drop the filled-in workbook here</Trans>
          </h2>
          <p className="dimmed">
            <Trans>.xlsx or .csv, up to 64 MiB</Trans>
          </p>
          <Button
            mt={8}
            leftSection={<IconUpload size={15} />}
            onClick={() => input.current?.click()}
          >
            <Trans>Choose a file</Trans>
          </Button>
        </>
      )}
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv"
        aria-label={t`Filled-in workbook`}
        className={classes.input}
        tabIndex={-1}
        disabled={sending}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </section>
  );
}

function Sending({ file, share, onStop }: { file: File; share: number; onStop: () => void }) {
  const { t } = useLingui();
  const format = useFormats();
  const percent = Math.floor(share * 100);
  return (
    <div className={classes.sending}>
      <h2 className="truncate">{file.name}</h2>
      <p className="dimmed" role="status">
        {share < 1 ? (
          <Trans>
            {format.bytes(file.size * share)} of {format.bytes(file.size)} sent
          </Trans>
        ) : (
          <Trans>All sent; the file is being opened</Trans>
        )}
      </p>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={t`Upload`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      <Button variant="default" onClick={onStop}>
        <Trans>Cancel</Trans>
      </Button>
    </div>
  );
}
