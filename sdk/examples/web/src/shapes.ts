import type { Ciel, List } from '@ciel/sdk';

type Answer<Call extends (...args: never[]) => unknown> = Awaited<ReturnType<Call>>;
type ItemOf<Call extends (...args: never[]) => unknown> =
  ReturnType<Call> extends List<infer Item> ? Item : never;

export type Post = Answer<Ciel['posts']['get']>;
export type Photograph = Post['media'][number];
export type Person = Post['author'];
export type Profile = Answer<Ciel['users']['byHandle']>;
export type Me = Answer<Ciel['auth']['me']>;
export type Comment = ItemOf<Ciel['engagement']['comments']>['replies'][number];
export type Thread = ItemOf<Ciel['engagement']['comments']>;
export type Story = Answer<Ciel['stories']['get']>;
export type TrayEntry = ItemOf<Ciel['feed']['stories']>;
export type Notice = ItemOf<Ciel['notifications']['list']>;
export type Case = ItemOf<Ciel['moderation']['cases']>;
export type CaseDetail = Answer<Ciel['moderation']['case']>;
export type ReportCategory = Parameters<Ciel['moderation']['flagPost']>[0]['category'];
export type Verdict = Parameters<Ciel['moderation']['resolveCase']>[0]['action'];
