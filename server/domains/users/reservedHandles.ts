/** Lower case. Words that could be taken for Ciel itself, for a page of a client, or for nobody. */
export const reservedHandles: ReadonlySet<string> = new Set(
  `
  ciel ciel_app ciel_team cielapp team staff official verified support help helpdesk contact service
  admin administrator admins root superuser sysadmin system operator owner webmaster hostmaster postmaster
  abuse security privacy legal terms tos dmca copyright press news blog jobs careers billing payments
  mod mods moderator moderators moderation trust safety appeals reports
  me you self user users account accounts profile profiles settings preferences
  login logout signin signout signup sign_in sign_out sign_up register auth oauth password session sessions
  invite invites invitation follow follows follower followers following unfollow follow_requests
  block blocks mute mutes close_friends suggestions
  home feed explore discover search trending popular activity notifications notification messages inbox
  post posts photo photos media upload uploads story stories highlight highlights hashtag hashtags tag tags
  like likes comment comments bookmark bookmarks saved share
  api rest trpc graphql docs openapi_json status health metrics webhook webhooks
  www mail email ftp smtp imap dns cdn static assets public files img images
  about download mobile android ios web app apps store shop
  everyone everybody anyone nobody somebody anonymous unknown deleted banned removed suspended
  null undefined true false none nil nan void test tests testing example demo_account bot
  here all channel mention mentions
  `
    .trim()
    .split(/\s+/),
);
