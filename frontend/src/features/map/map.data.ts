import { TicketCountsFragment } from '~/components/counts.data.ts';
import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const SeatMapQuery = graphql(
  `
  query SeatMap($performanceId: ID!, $filter: TicketFilter) {
    seatMap(performanceId: $performanceId, filter: $filter) {
      performance { id name startsAt timeZone }
      product { id name }
      venueName
      revision
      box { x y width height }
      spacing
      counts { ...TicketCountsParts }
      zones {
        id
        code
        name
        kind
        places
        centre { x y }
        box { x y width height }
        outline
        firstSeat
        seatCount
        rowCount
        categories { category { id name } color places }
        counts { ...TicketCountsParts }
      }
      shapes {
        kind
        at { x y }
        rotation
        color
        borderColor
        width
        height
        points
        text
        textColor
        textAt { x y }
        textSize
      }
      seats { count x y rowNames rowSeats numbers }
      tickets { states ids }
    }
  }
`,
  [TicketCountsFragment],
);

export type SeatMapData = NonNullable<ResultOf<typeof SeatMapQuery>['seatMap']>;
export type ZoneData = SeatMapData['zones'][number];
export type MapCounts = SeatMapData['counts'];
export type ShapeData = SeatMapData['shapes'][number];

export const ZoneTicketsQuery = graphql(`
  query SeatMapTickets($performanceId: ID!, $zoneId: ID!, $filter: TicketFilter) {
    seatMapTickets(performanceId: $performanceId, zoneId: $zoneId, filter: $filter) {
      id
      number
      row
      seat
      state
      category
      tariff
      holder { email firstName lastName }
    }
  }
`);

export type ZoneTicket = ResultOf<typeof ZoneTicketsQuery>['seatMapTickets'][number];
