import { useMatchRoute } from '@tanstack/react-router';

/** Where executions are shown: in the back office when one stands there, else in the portal. */
export function useExecutionPath() {
  const match = useMatchRoute();
  return match({ to: '/o/executions', fuzzy: true })
    ? ('/o/executions/$executionId' as const)
    : ('/p/executions/$executionId' as const);
}
