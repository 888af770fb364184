import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { copiedWords } from '~/graphql/copying.ts';
import { type UploadError, upload } from '~/graphql/upload.ts';
import { RemoveMarkMutation, type Settings, UpdateMarkMutation } from './organisation.data.ts';

/** As large as the server takes a mark, in bytes. */
const largest = 512 * 1024;

/** Sends a new mark, takes the old one away, and brings it back. */
export function useMark({ organisation }: Settings, onChanged: () => void) {
  const { t } = useLingui();
  const [, removeMark] = useMutation(RemoveMarkMutation);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const words = ({ code, message }: UploadError) => {
    if (code === 'TOO_LARGE') return t`The file is larger than 512 KiB. Save the picture smaller.`;
    if (code === 'NETWORK') return t`The server cannot be reached. Try again.`;
    return message;
  };

  /** Says why nothing was changed; what was copied instead of sent is no problem (UI-4). */
  function told(refusal: string | null): boolean {
    const copied = refusal?.endsWith(copiedWords());
    if (copied && refusal) toast({ title: '', message: refusal });
    setProblem(copied ? null : refusal);
    return refusal !== null;
  }

  async function put(file: File): Promise<string | null> {
    if (file.size > largest) return words({ code: 'TOO_LARGE', message: '', reference: null });
    const answer = await upload(
      UpdateMarkMutation,
      { input: { file } },
      { signal: new AbortController().signal, onProgress: () => {} },
    );
    if ('error' in answer) return words(answer.error);
    return answer.data.updateOrganisationMark.userErrors[0]?.message ?? null;
  }

  async function send(file: File, done: string) {
    setBusy(true);
    const refusal = await put(file);
    setBusy(false);
    if (told(refusal)) return;
    onChanged();
    toast({ title: done });
  }

  async function remove() {
    const { mark, id } = organisation;
    if (!mark) return;
    setBusy(true);
    const { data, error } = await removeMark({ input: { id } });
    setBusy(false);
    const refusal = data?.removeOrganisationMark.userErrors[0]?.message ?? error?.message ?? null;
    if (told(refusal)) return;
    onChanged();
    const back = () => send(fileOf(mark.image), t`The mark is back`);
    toast({ title: t`The mark was removed`, action: { label: t`Undo`, onClick: back } });
  }

  return {
    busy,
    problem,
    remove,
    send: (file: File) => send(file, t`Guests see the new mark now`),
  };
}

/** A data: URL as the file it was. */
function fileOf(image: string): File {
  const bytes = Uint8Array.from(atob(image.slice(image.indexOf(',') + 1)), (c) => c.charCodeAt(0));
  return new File([bytes], 'mark.png', { type: 'image/png' });
}
