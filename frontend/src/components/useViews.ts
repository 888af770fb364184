import { useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { useMutation } from 'urql';
import { useViewer } from '~/graphql/viewer.data.ts';
import { filtersOf, type SavedView } from '~/lib/views.ts';
import { toast } from './toast.ts';
import { DeleteViewMutation, SaveViewMutation } from './views.data.ts';

/** The viewer's own views of the page that is shown, and what can be done with them (UI-1). */
export function useViews() {
  const { t } = useLingui();
  const { savedViews } = useViewer();
  const { pathname, search } = useLocation();
  const [{ fetching: saving }, send] = useMutation(SaveViewMutation);
  const [, sendDelete] = useMutation(DeleteViewMutation);
  const filters = filtersOf(search);
  const views = savedViews.filter(({ path }) => path === pathname);

  /** Saves a view; gives what the server has against it. */
  async function save(view: Omit<SavedView, 'id' | 'path'> & { id?: string }) {
    const { id, name, query, isDefault } = view;
    const { data, error } = await send({ input: { id, name, query, isDefault, path: pathname } });
    if (data?.saveView.view) return undefined;
    const said = data?.saveView.userErrors[0]?.message ?? error?.graphQLErrors[0]?.message;
    return said ?? t`The server cannot be reached.`;
  }

  async function remove({ id, ...view }: SavedView) {
    const { data, error } = await sendDelete({ id });
    if (!data?.deleteView.deletedId) {
      const said = data?.deleteView.userErrors[0]?.message ?? error?.graphQLErrors[0]?.message;
      toast({ title: t`The view was not deleted`, message: said, tone: 'bad' });
      return;
    }
    toast({
      title: t`“${view.name}” was deleted`,
      tone: 'info',
      action: { label: t`Undo`, onClick: () => void save(view) },
    });
  }

  const active = views.find(({ query }) => query === filters);
  return { views, filters, active, saving, save, remove };
}
