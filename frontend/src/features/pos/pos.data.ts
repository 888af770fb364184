import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const PointsOfSaleQuery = graphql(`
  query PointsOfSale {
    pointsOfSale {
      id
      code
      name
      active
      language
      importTicketDetails
      advancedView
      cart
      passOn
      passOnHours
      remindHours
      allowTakeBackInjected
      takeBackDownloaded
      takeBackTransferred
      takeBackShipmentMode
      tellTakenBack
    }
  }
`);

export type PointOfSale = ResultOf<typeof PointsOfSaleQuery>['pointsOfSale'][number];

export const UpdatePointOfSaleMutation = graphql(`
  mutation UpdatePointOfSale($input: UpdatePointOfSaleInput!) {
    updatePointOfSale(input: $input) {
      pointOfSale {
        id
        active
        language
        importTicketDetails
        advancedView
        cart
        passOn
        passOnHours
        remindHours
        allowTakeBackInjected
        takeBackDownloaded
        takeBackTransferred
        takeBackShipmentMode
        tellTakenBack
      }
      userErrors { code message path }
    }
  }
`);

export const WatchQuery = graphql(`
  query TakeBackWatch {
    takeBackWatch { id alertAfter alertShare pauseHours approval }
  }
`);

export type Watch = ResultOf<typeof WatchQuery>['takeBackWatch'];

export const UpdateWatchMutation = graphql(`
  mutation UpdateTakeBackWatch($input: UpdateTakeBackWatchInput!) {
    updateTakeBackWatch(input: $input) {
      watch { id alertAfter alertShare pauseHours approval }
      userErrors { code message path }
    }
  }
`);
