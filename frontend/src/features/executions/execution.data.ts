import { graphql, type ResultOf } from '~/graphql/graphql.ts';
import { ProgressFragment } from '~/graphql/progress.data.ts';

export const ExecutionQuery = graphql(
  `
  query Execution($id: ID!) {
    execution(id: $id) {
      ...ExecutionProgressParts
      number
      function
      trigger
      policy
      userName
      sponsor { id name }
      pointOfSale { id name allowTakeBackInjected takeBackDownloaded }
      reason
      undoes { id number }
      undoneBy { id number state }
      fileName
      fileSize
      fileSha256
      createdAt
    }
  }
`,
  [ProgressFragment],
);

export type Execution = NonNullable<ResultOf<typeof ExecutionQuery>['execution']>;

export const ExecutionRowsQuery = graphql(`
  query ExecutionRows($id: ID!, $outcomes: [Outcome!], $reasons: [ReasonCode!], $after: String) {
    execution(id: $id) {
      id
      rows(first: 100, outcomes: $outcomes, reasons: $reasons, after: $after) {
        edges {
          node {
            rowNumber
            ticketId
            ticketReference
            ticketLabel
            email
            firstName
            lastName
            fromEmail
            fromName
            outcome
            applied
            removal
            problem { code message column columnLetter value }
            warnings { code message }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

type Rows = NonNullable<ResultOf<typeof ExecutionRowsQuery>['execution']>['rows'];
export type Row = Rows['edges'][number]['node'];

export const ApplyPlanMutation = graphql(
  `
  mutation ApplyPlan($input: ApplyPlanInput!) {
    applyPlan(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);

export const CancelExecutionMutation = graphql(
  `
  mutation CancelExecution($input: CancelExecutionInput!) {
    cancelExecution(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);

export const PlanUndoMutation = graphql(`
  mutation PlanUndo($input: UndoInput!) {
    planUndo(input: $input) {
      execution { id number state }
      userErrors { code message path }
    }
  }
`);

export const RetryExecutionMutation = graphql(
  `
  mutation RetryExecution($input: RetryExecutionInput!) {
    retryExecution(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);

export const ExecutionsQuery = graphql(`
  query Executions($states: [ExecutionState!], $sponsorId: ID, $after: String) {
    executions(states: $states, sponsorId: $sponsorId, first: 100, after: $after) {
      edges {
        node {
          id
          number
          function
          state
          result
          trigger
          userName
          sponsor { id name }
          fileName
          createdAt
          startedAt
          endedAt
          totals { distribute redistribute takeBack unchanged refused mails }
          counts {
            rows
            distributed
            redistributed
            takenBack
            unchanged
            refused
            contactsCreated
            mails
            mailsSent
            mailsFailed
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type ExecutionLine = ResultOf<typeof ExecutionsQuery>['executions']['edges'][number]['node'];

export const ApproveExecutionMutation = graphql(
  `
  mutation ApproveExecution($input: ApproveExecutionInput!) {
    approveExecution(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);

export const RefuseExecutionMutation = graphql(
  `
  mutation RefuseExecution($input: RefuseExecutionInput!) {
    refuseExecution(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);
