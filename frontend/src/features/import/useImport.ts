import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { VariablesOf } from '~/graphql/graphql.ts';
import { type UploadError, upload } from '~/graphql/upload.ts';
import { PlanImportMutation } from './import.data.ts';

export const largest = 64 * 1024 * 1024;

export type Policy = NonNullable<VariablesOf<typeof PlanImportMutation>['input']['policy']>;

type Stage =
  | { name: 'waiting' }
  | { name: 'sending'; file: File; share: number }
  | { name: 'refused'; file: File; message: string };

interface Options {
  policy: Policy;
  sponsorId: string | undefined;
  onPlanned: (executionId: string) => void;
}

/** Sends a workbook to be checked; the answer is an execution, or a refusal in words. */
export function useImport({ policy, sponsorId, onPlanned }: Options) {
  const { t } = useLingui();
  const [stage, setStage] = useState<Stage>({ name: 'waiting' });
  const abort = useRef<AbortController | null>(null);

  function refuse(file: File, message: string) {
    setStage({ name: 'refused', file, message });
  }

  function words({ message, code, reference }: UploadError): string {
    const said =
      code === 'TOO_LARGE'
        ? t`The file is too large. 64 MiB is the limit; split it into several files.`
        : message || t`The connection broke before the file had arrived. Try again.`;
    return reference ? `${said} (${reference})` : said;
  }

  async function send(file: File) {
    if (!/\.(xlsx|csv)$/i.test(file.name)) {
      return refuse(
        file,
        t`Only .xlsx and .csv files can be imported. Save the file as .xlsx and try again.`,
      );
    }
    if (file.size > largest) {
      return refuse(file, words({ code: 'TOO_LARGE', message: '', reference: null }));
    }
    abort.current = new AbortController();
    setStage({ name: 'sending', file, share: 0 });
    const answer = await upload(
      PlanImportMutation,
      { input: { file, policy, sponsorId, idempotencyKey: crypto.randomUUID() } },
      {
        signal: abort.current.signal,
        onProgress: (share) => setStage({ name: 'sending', file, share }),
      },
    );
    if ('error' in answer) {
      if (answer.error.code === 'ABORTED') return setStage({ name: 'waiting' });
      return refuse(file, words(answer.error));
    }
    const { execution, userErrors } = answer.data.planTicketHoldersImport;
    if (!execution) return refuse(file, userErrors[0]?.message ?? t`The file was refused.`);
    onPlanned(execution.id);
  }

  return { stage, send, stop: () => abort.current?.abort() };
}
