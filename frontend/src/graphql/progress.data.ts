import { graphql } from './graphql.ts';

export const ProgressFragment = graphql(`
  fragment ExecutionProgressParts on Execution {
    id
    state
    result
    problem
    startedAt
    endedAt
    replaced
    totals { distribute redistribute takeBack unchanged refused mails notices approvals }
    decision { approved by at note }
    reasons { reason count }
    downloads { original result refused }
    counts {
      rows
      distributed
      redistributed
      takenBack
      unchanged
      refused
      waiting
      contactsCreated
      mails
      notices
      mailsSent
      mailsFailed
    }
    progress { done total sequence }
    can { apply cancel retry undo approve cancelRemovals }
  }
`);

export const ExecutionProgressSubscription = graphql(
  `
  subscription ExecutionProgress($id: ID!, $after: Long) {
    executionProgress(id: $id, after: $after) {
      sequence
      at
      execution { ...ExecutionProgressParts }
    }
  }
`,
  [ProgressFragment],
);

export const ExecutionPollQuery = graphql(
  `
  query ExecutionPoll($id: ID!) {
    execution(id: $id) { ...ExecutionProgressParts }
  }
`,
  [ProgressFragment],
);
