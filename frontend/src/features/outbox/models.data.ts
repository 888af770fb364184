import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const MailModelsQuery = graphql(`
  query MailModels($channelId: ID) {
    mailModels(channelId: $channelId) { class language origin subject text html }
  }
`);

export const ChannelsQuery = graphql(`
  query Channels {
    channels { id code name }
  }
`);

export const MailModelPreviewQuery = graphql(`
  query MailModelPreview($input: MailModelPreviewInput!) {
    mailModelPreview(input: $input) { subject text html userErrors { message path } }
  }
`);

export const UpdateMailModelMutation = graphql(`
  mutation UpdateMailModel($input: UpdateMailModelInput!) {
    updateMailModel(input: $input) {
      mailModel { class language origin }
      userErrors { code message path }
    }
  }
`);

export const RemoveMailModelMutation = graphql(`
  mutation RemoveMailModel($input: RemoveMailModelInput!) {
    removeMailModel(input: $input) {
      mailModel { class language origin }
      userErrors { code message path }
    }
  }
`);

export type MailModel = ResultOf<typeof MailModelsQuery>['mailModels'][number];
