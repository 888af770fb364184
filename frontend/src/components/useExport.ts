import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from 'urql';
import { errorReference } from '~/graphql/errors.ts';
import type { VariablesOf } from '~/graphql/graphql.ts';
import { download } from '~/lib/download.ts';
import { ExportTicketDetailsMutation } from './export.data.ts';
import { toast } from './toast.ts';

export type TicketFilterInput = VariablesOf<typeof ExportTicketDetailsMutation>['input']['filter'];

/** Has a workbook of the tickets made and lets the browser save it. */
export function useExport() {
  const { t } = useLingui();
  const [{ fetching }, run] = useMutation(ExportTicketDetailsMutation);
  async function exportTickets(filter: TicketFilterInput) {
    const { data, error } = await run({ input: { filter } });
    const [refusal] = data?.exportTicketDetails.userErrors ?? [];
    const url = data?.exportTicketDetails.url;
    if (!url) {
      const message =
        refusal?.message ?? error?.graphQLErrors[0]?.message ?? t`The server cannot be reached.`;
      const reference = errorReference(error);
      const title = t`Nothing was exported`;
      return toast({
        tone: 'bad',
        title,
        message: reference ? `${message} (${reference})` : message,
      });
    }
    download(url);
    const count = data.exportTicketDetails.ticketCount ?? 0;
    toast({
      title: t`The workbook is on its way`,
      message: plural(count, { one: '# ticket', other: '# tickets' }),
    });
  }
  return { exporting: fetching, exportTickets };
}
