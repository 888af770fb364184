import { useQuery } from 'urql';
import { graphql, type ResultOf } from './graphql.ts';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      user { id email name role language }
      organisation { id code name timeZone currency }
      sponsor { id number name }
      pointOfSale { id code name importTicketDetails advancedView }
      mailsLeave
      savedViews { id name path query isDefault }
      can {
        usePortal
        distribute
        exportTicketDetails
        importTicketDetails
        seeSeatMaps
        useCart
        readAllExecutions
        readOutbox
        resendMails
        usePlayground
        manageTokens
        readAudit
        managePersonalData
        readPointsOfSale
        changePointsOfSale
        readAlerts
        acknowledgeAlerts
        changeTakeBackWatch
        readOrganisation
        changeOrganisation
      }
    }
  }
`);

export type Viewer = NonNullable<ResultOf<typeof ViewerQuery>['viewer']>;

/** Who is signed in. Only for components below the shell, which is shown to nobody else. */
export function useViewer(): Viewer {
  const [{ data }] = useQuery({ query: ViewerQuery, requestPolicy: 'cache-first' });
  if (!data?.viewer) throw new Error('the shell is shown without a viewer');
  return data.viewer;
}
