// Generated from the server by `npm run generate`. Do not edit.
import type { Page } from './lists.ts';
import type { Mutation, Query } from './shapes.ts';

/** Every procedure, with its input and output. */
export interface Api {
  /** Sign-in, sessions and passwords. */
  auth: AuthProcedures;
  /** Users and their profiles. */
  users: UsersProcedures;
  /** Account deletion and data export. */
  account: AccountProcedures;
  /** Follow, block and mute. */
  social: SocialProcedures;
  /** Invites and the users who joined with them. */
  invites: InvitesProcedures;
  /** Photos: uploads, processing and variants. */
  media: MediaProcedures;
  /** Posts of one or more photos. */
  posts: PostsProcedures;
  /** Likes and comments. */
  engagement: EngagementProcedures;
  /** Photos that disappear after a day. */
  stories: StoriesProcedures;
  /** Collections of stories that stay on a profile. */
  highlights: HighlightsProcedures;
  /** Posts and stories by the users you follow, and posts to explore. */
  feed: FeedProcedures;
  /** Search for users, posts and hashtags. */
  search: SearchProcedures;
  /** Reports, cases, actions and appeals. */
  moderation: ModerationProcedures;
  /** Trust levels and points. */
  trust: TrustProcedures;
  /** Devices and the accounts seen on them. */
  fingerprint: FingerprintProcedures;
  /** Background jobs that failed. */
  jobs: JobsProcedures;
  /** Notifications about your account and content. */
  notifications: NotificationsProcedures;
  /** Your rate limits. */
  rateLimiter: RateLimiterProcedures;
}

/** Sign-in, sessions and passwords. */
export interface AuthProcedures {
  /**
   * Sign in with an email address or handle.
   *
   * Fails with `invalid_credentials`, `overloaded`. `POST /v1/auth/login`
   *
   * @example
   * const answer = await ciel.auth.login({ identifier: 'alice', password: 'correct horse battery' });
   */
  login: Mutation<{
    /** Email address or handle. */
    identifier: string;
    /** Never trimmed or truncated. */
    password: string;
  }, SignInResult>;
  /**
   * Exchange a refresh token for its successor and a new access token.
   *
   * For 60 seconds the same token returns the same successor again, as long as that successor has not been used. After that, or with an older token, the session ends, because the token may have been stolen.
   *
   * Fails with `invalid_refresh_token`. `POST /v1/auth/refresh`
   *
   * @example
   * const answer = await ciel.auth.refresh({ refreshToken: 'v4.public.eyJ0eXAiOiJyZWZyZXNoIn1tYWRlIG9mIHNpeHR5LWZvdXIgYnl0ZXM' });
   */
  refresh: Mutation<{
    /** Works for one refresh, which returns its successor. */
    refreshToken: string;
  }, Tokens>;
  /**
   * Sign out and end the session of a refresh token.
   *
   * Returns 204 for any token, valid or not.
   *
   * `POST /v1/auth/revoke`
   *
   * @example
   * await ciel.auth.revoke({ refreshToken: 'v4.public.eyJ0eXAiOiJyZWZyZXNoIn1tYWRlIG9mIHNpeHR5LWZvdXIgYnl0ZXM' });
   */
  revoke: Mutation<{
    /** Works for one refresh, which returns its successor. */
    refreshToken: string;
  }, void>;
  /**
   * Get your profile, including its private fields.
   *
   * `GET /v1/auth/me`
   *
   * @example
   * const answer = await ciel.auth.me();
   */
  me: Query<Record<string, never> | undefined, Me>;
  /**
   * List your active sessions, newest first.
   *
   * `GET /v1/auth/sessions`
   *
   * @example
   * for await (const item of ciel.auth.sessions()) console.log(item);
   */
  sessions: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<SignedInDevice>>;
  /**
   * End one of your sessions.
   *
   * Fails with `not_found`. `DELETE /v1/auth/sessions/{sessionId}`
   *
   * @example
   * await ciel.auth.endSession({ sessionId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  endSession: Mutation<{
    /** UUID. */
    sessionId: string;
  }, void>;
  /**
   * End all your sessions except this one.
   *
   * `DELETE /v1/auth/sessions`
   *
   * @example
   * await ciel.auth.endOtherSessions();
   */
  endOtherSessions: Mutation<Record<string, never> | undefined, void>;
  /**
   * Change your password and end all other sessions.
   *
   * Fails with `invalid_credentials`, `overloaded`. `POST /v1/auth/password`
   *
   * @example
   * await ciel.auth.changePassword({ currentPassword: 'correct horse battery', newPassword: 'correct horse battery' });
   */
  changePassword: Mutation<{
    /** Never trimmed or truncated. */
    currentPassword: string;
    /** 8 to 128 characters. */
    newPassword: string;
  }, void>;
}

/** Users and their profiles. */
export interface UsersProcedures {
  /**
   * Sign up.
   *
   * Creates the account, redeems the invite once and signs in, all or nothing. Handles are never reused: any handle that somebody has ever had is taken.
   *
   * Fails with `invalid_invite`, `device_blocked`, `handle_taken`, `email_taken`, `overloaded`. `POST /v1/users`
   *
   * @example
   * const answer = await ciel.users.register({ handle: 'alice', email: 'alice@example.org', displayName: 'Alice Arnold', password: 'correct horse battery', inviteCode: 'K7QF2MZX9RTB', bio: 'Light and shade.', fingerprint: 'ios-7b1f0c9e-3f0a-4c55-9d0e-8f2f4c1b7a90' });
   */
  register: Mutation<{
    /** 3 to 30 characters of A-Z, a-z, 0-9 and _; unique regardless of case. */
    handle: string;
    /** Up to 254 characters; unique regardless of case. */
    email: string;
    /** 1 to 50 characters. */
    displayName: string;
    /** 8 to 128 characters. */
    password: string;
    /** Required unless sign-up is open; case, spaces and hyphens are ignored. */
    inviteCode?: string | undefined;
    /** Up to 500 characters. */
    bio?: string | undefined;
    /** Identifies the client's device, 1 to 512 characters. Only a keyed hash of it is stored. It is a hint, never a credential. */
    fingerprint?: string | undefined;
  }, SignUpResult>;
  /**
   * Get a user's profile.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}`
   *
   * @example
   * const answer = await ciel.users.get({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  get: Query<{
    /** UUID. */
    userId: string;
  }, Profile>;
  /**
   * Get a user's profile by handle.
   *
   * Fails with `not_found`. `GET /v1/users/by-handle/{handle}`
   *
   * @example
   * const answer = await ciel.users.byHandle({ handle: 'alice' });
   */
  byHandle: Query<{
    /** 3 to 30 characters of A-Z, a-z, 0-9 and _; unique regardless of case. */
    handle: string;
  }, Profile>;
  /**
   * Update your profile.
   *
   * Omitted fields stay unchanged.
   *
   * Fails with `handle_taken`, `handle_change_limit`, `media_unusable`, `taken_down`. `PATCH /v1/users/me`
   *
   * @example
   * const answer = await ciel.users.updateMe({ displayName: 'Alice Arnold', bio: 'Light and shade.', avatarMediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', isPrivate: true, handle: 'alice_arnold', discoverable: true });
   */
  updateMe: Mutation<{
    /** 1 to 50 characters. */
    displayName?: string | undefined;
    /** Up to 500 characters. */
    bio?: string | undefined;
    /** One of your completed photos; null for no avatar. */
    avatarMediaId?: string | null | undefined;
    /** Whether the account is private; making it public leaves pending follow requests unchanged. */
    isPrivate?: boolean | undefined;
    /** Can be changed twice in 30 days. */
    handle?: string | undefined;
    /** Whether search and suggestions show you. */
    discoverable?: boolean | undefined;
  }, Me>;
  /**
   * Get your settings.
   *
   * `GET /v1/users/me/settings`
   *
   * @example
   * const answer = await ciel.users.settings();
   */
  settings: Query<Record<string, never>, Settings>;
  /**
   * Update your settings.
   *
   * Omitted fields stay unchanged.
   *
   * `PATCH /v1/users/me/settings`
   *
   * @example
   * const answer = await ciel.users.updateSettings({ notifications: { postLiked: 'following' }, commentPolicy: 'everyone', storyAudience: 'friends' });
   */
  updateSettings: Mutation<{
    /** Omitted kinds stay unchanged. */
    notifications?: {
      /** Who can notify you: everyone, users you follow, or nobody. */
      followed?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      followRequested?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      requestAccepted?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      postLiked?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      postCommented?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      commentReplied?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      commentLiked?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      mentioned?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      storyReaction?: 'everyone' | 'following' | 'nobody' | undefined;
      /** Who can notify you: everyone, users you follow, or nobody. */
      inviteRedeemed?: 'everyone' | 'following' | 'nobody' | undefined;
    } | undefined;
    /** Who can comment on your new posts by default. */
    commentPolicy?: 'everyone' | 'followers' | 'nobody' | undefined;
    /** Who can see your new stories by default. */
    storyAudience?: 'public' | 'friends' | 'closeFriends' | undefined;
  }, Settings>;
}

/** Account deletion and data export. */
export interface AccountProcedures {
  /**
   * Delete your account.
   *
   * The account and all its content disappear at once for everyone, including the owner, and cannot be restored. Stored data is purged after 30 days; until then the email address stays taken. The handle is never given to anyone else.
   *
   * Fails with `invalid_credentials`, `overloaded`. `DELETE /v1/account`
   *
   * @example
   * await ciel.account.delete({ password: 'correct horse battery' });
   */
  delete: Mutation<{
    /** Never trimmed or truncated. */
    password: string;
  }, void>;
  /**
   * List everything stored about you, section by section.
   *
   * Page through the list until `nextCursor` is null; each entry names its section. Links to originals expire after 5 minutes, so download them as you go. Other users' content is included only where you can see it.
   *
   * `GET /v1/account/export`
   *
   * @example
   * for await (const item of ciel.account.export()) console.log(item);
   */
  export: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<ExportEntry>>;
  /**
   * Delete a user's account.
   *
   * The effect is the same as when users delete their own account, and cannot be undone. Repeating the request changes nothing.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/users/{userId}/delete`
   *
   * @example
   * await ciel.account.adminDelete({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'Asked for it by email and can\'t sign in' });
   */
  adminDelete: Mutation<{
    /** UUID. */
    userId: string;
    /** The reason, up to 1000 characters, for the audit log. */
    reason: string;
  }, void>;
  /**
   * List everything stored about a user, section by section.
   *
   * Returns exactly what the user gets, even while they are banned. Reading the first page is recorded in the audit log.
   *
   * For operators. Fails with `not_found`. `GET /v1/admin/users/{userId}/export`
   *
   * @example
   * for await (const item of ciel.account.adminExport({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  adminExport: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<ExportEntry>>;
}

/** Follow, block and mute. */
export interface SocialProcedures {
  /**
   * Follow a user, or request to follow a private account.
   *
   * Fails with `self_action`, `not_found`. `POST /v1/users/{userId}/follow`
   *
   * @example
   * const answer = await ciel.social.follow({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  follow: Mutation<{
    /** UUID. */
    userId: string;
  }, FollowState>;
  /**
   * Unfollow a user, or withdraw your request to follow them.
   *
   * Fails with `self_action`, `not_found`. `DELETE /v1/users/{userId}/follow`
   *
   * @example
   * const answer = await ciel.social.unfollow({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unfollow: Mutation<{
    /** UUID. */
    userId: string;
  }, FollowState>;
  /**
   * List a user's followers, newest first.
   *
   * For a private account, only its followers can list them.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}/followers`
   *
   * @example
   * for await (const item of ciel.social.followers({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  followers: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Follow>>;
  /**
   * List the users that a user follows, newest first.
   *
   * For a private account, only its followers can list them.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}/following`
   *
   * @example
   * for await (const item of ciel.social.following({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  following: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Follow>>;
  /**
   * Get your relationship with a user.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}/relationship`
   *
   * @example
   * const answer = await ciel.social.relationship({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  relationship: Query<{
    /** UUID. */
    userId: string;
  }, Relationship>;
  /**
   * Get your relationships with several users.
   *
   * Useful for lists of users: one request instead of one per user.
   *
   * `GET /v1/relationships`
   *
   * @example
   * const answer = await ciel.social.relationships({ userIds: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'] });
   */
  relationships: Query<{
    /** 1 to 100 users. */
    userIds: string[];
  }, Relationships>;
  /**
   * Remove a follower.
   *
   * Fails with `self_action`, `not_found`. `DELETE /v1/followers/{userId}`
   *
   * @example
   * await ciel.social.removeFollower({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  removeFollower: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * List requests to follow you, newest first.
   *
   * `GET /v1/follow-requests`
   *
   * @example
   * for await (const item of ciel.social.requests()) console.log(item);
   */
  requests: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<FollowRequest>>;
  /**
   * Accept a follow request.
   *
   * Fails with `self_action`, `not_found`. `POST /v1/follow-requests/{userId}/accept`
   *
   * @example
   * await ciel.social.acceptRequest({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  acceptRequest: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * Reject a follow request without notifying the requester.
   *
   * Fails with `self_action`, `not_found`. `POST /v1/follow-requests/{userId}/reject`
   *
   * @example
   * await ciel.social.rejectRequest({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  rejectRequest: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * Block a user.
   *
   * Ends follows and requests in both directions. From then on, neither of you can see the other.
   *
   * Fails with `self_action`, `not_found`. `POST /v1/users/{userId}/block`
   *
   * @example
   * await ciel.social.block({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  block: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * Unblock a user.
   *
   * Fails with `self_action`, `not_found`. `DELETE /v1/users/{userId}/block`
   *
   * @example
   * await ciel.social.unblock({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unblock: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * List the users you have blocked, newest first.
   *
   * `GET /v1/blocks`
   *
   * @example
   * for await (const item of ciel.social.blocks()) console.log(item);
   */
  blocks: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Block>>;
  /**
   * Mute a user in your feeds without notifying them.
   *
   * Muting a user again changes when the mute ends.
   *
   * Fails with `self_action`, `not_found`. `POST /v1/users/{userId}/mute`
   *
   * @example
   * await ciel.social.mute({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', expiresAt: new Date('2026-12-24T18:00:00.000Z') });
   */
  mute: Mutation<{
    /** UUID. */
    userId: string;
    /** When the mute ends; omit it to mute until you unmute them. */
    expiresAt?: Date | undefined;
  }, void>;
  /**
   * Unmute a user.
   *
   * Fails with `self_action`, `not_found`. `DELETE /v1/users/{userId}/mute`
   *
   * @example
   * await ciel.social.unmute({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unmute: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * List the users you have muted, newest first.
   *
   * `GET /v1/mutes`
   *
   * @example
   * for await (const item of ciel.social.mutes()) console.log(item);
   */
  mutes: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Mute>>;
  /**
   * Add a user to your close friends without notifying them.
   *
   * Fails with `self_action`, `not_found`. `POST /v1/close-friends/{userId}`
   *
   * @example
   * await ciel.social.addCloseFriend({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  addCloseFriend: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * Remove a user from your close friends.
   *
   * Fails with `self_action`, `not_found`. `DELETE /v1/close-friends/{userId}`
   *
   * @example
   * await ciel.social.removeCloseFriend({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  removeCloseFriend: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * List your close friends, newest first.
   *
   * `GET /v1/close-friends`
   *
   * @example
   * for await (const item of ciel.social.closeFriends()) console.log(item);
   */
  closeFriends: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<CloseFriend>>;
  /**
   * List users followed by users you follow, those with the most such followers first.
   *
   * Considers the 50 latest follows of each of the 200 users you followed most recently. Omits users who opted out of search, and users you follow, have asked to follow, have muted or have blocked. If follows change while you page through the list, a user may appear twice or not at all.
   *
   * `GET /v1/suggestions/users`
   *
   * @example
   * for await (const item of ciel.social.suggestions()) console.log(item);
   */
  suggestions: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Suggestion>>;
}

/** Invites and the users who joined with them. */
export interface InvitesProcedures {
  /**
   * Check whether an invite is valid.
   *
   * `GET /v1/invites/validate/{code}`
   *
   * @example
   * const answer = await ciel.invites.validate({ code: 'K7QF2MZX9RTB' });
   */
  validate: Query<{
    /** Case, spaces and hyphens are ignored. */
    code: string;
  }, InviteValidity>;
  /**
   * Create an invite for one user.
   *
   * New, Basic, Trusted and Verified users have 3, 10, 50 and 200 invites.
   *
   * Fails with `invite_quota`, `invites_frozen`. `POST /v1/invites`
   *
   * @example
   * const answer = await ciel.invites.create({ daysValid: 7 });
   */
  create: Mutation<{
    /**
     * 1 to 30 days.
     *
     * @default 7
     */
    daysValid?: number | undefined;
  }, Invite>;
  /**
   * List your invites, newest first.
   *
   * `GET /v1/invites`
   *
   * @example
   * for await (const item of ciel.invites.list()) console.log(item);
   */
  list: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Invite>>;
  /**
   * Get the number of invites you have used and have left.
   *
   * `GET /v1/invites/stats`
   *
   * @example
   * const answer = await ciel.invites.stats();
   */
  stats: Query<Record<string, never>, InviteStats>;
  /**
   * Revoke an unused invite.
   *
   * Fails with `not_found`, `conflict`. `POST /v1/invites/{code}/revoke`
   *
   * @example
   * const answer = await ciel.invites.revoke({ code: 'K7QF2MZX9RTB' });
   */
  revoke: Mutation<{
    /** Case, spaces and hyphens are ignored. */
    code: string;
  }, Invite>;
  /**
   * Create an invite for one or more users.
   *
   * For operators. `POST /v1/admin/invites`
   *
   * @example
   * const answer = await ciel.invites.adminCreate({ daysValid: 7, maxUses: 25, note: 'Photo walk in Reykjavík' });
   */
  adminCreate: Mutation<{
    /**
     * 1 to 365 days.
     *
     * @default 7
     */
    daysValid?: number | undefined;
    /**
     * Number of users who can join with it.
     *
     * @default 1
     */
    maxUses?: number | undefined;
    /** The purpose of the invite. */
    note?: string | undefined;
  }, AdminInvite>;
  /**
   * Get the invite tree around a user.
   *
   * For operators. Fails with `not_found`. `GET /v1/admin/invites/tree/{userId}`
   *
   * @example
   * const answer = await ciel.invites.tree({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  tree: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, InviteTree>;
  /**
   * Bar a user, and everyone below them in the invite tree, from inviting others.
   *
   * Their open invites can't be used in the meantime.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/invites/tree/{userId}/freeze`
   *
   * @example
   * await ciel.invites.freeze({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'Sells invites' });
   */
  freeze: Mutation<{
    /** UUID. */
    userId: string;
    /** For the audit log. */
    reason?: string | undefined;
  }, void>;
  /**
   * Allow a user, and everyone below them in the invite tree, to invite others again.
   *
   * Users barred by another freeze remain barred.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/invites/tree/{userId}/unfreeze`
   *
   * @example
   * await ciel.invites.unfreeze({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'Sells invites' });
   */
  unfreeze: Mutation<{
    /** UUID. */
    userId: string;
    /** For the audit log. */
    reason?: string | undefined;
  }, void>;
}

/** Photos: uploads, processing and variants. */
export interface MediaProcedures {
  /**
   * Get the upload policy.
   *
   * `GET /v1/media/policy`
   *
   * @example
   * const answer = await ciel.media.policy();
   */
  policy: Query<Record<string, never> | undefined, MediaPolicy>;
  /**
   * Start an upload.
   *
   * Send the file to `uploadUrl` once, with `method` and `headers` exactly as given and the length declared here; then complete the upload. Larger files can be sent as `parts` instead. With `sha256`, a file that you have uploaded before creates no new photo: the response names the existing one, with its `status` and the alt text given now; a file that was taken down is refused at once. Without it, such a file fails when it is processed.
   *
   * Fails with `unsupported_media_type`, `payload_too_large`, `media_unusable`, `taken_down`. `POST /v1/media/upload`
   *
   * @example
   * const answer = await ciel.media.upload({ contentType: 'image/jpeg', bytes: 2431022, sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', altText: 'A red bench under snow' });
   */
  upload: Mutation<{
    /** What you believe the file to be: one of image/jpeg, image/png, image/webp, image/avif, image/heic, image/heif (the policy has those accepted), in upper or lower case, with or without parameters. The content decides what it is. */
    contentType: string;
    /** Exact size of the file in bytes. */
    bytes: number;
    /** SHA-256 of the file in hexadecimal. If given, a file with another hash is rejected, and uploading the same file again creates no second photo. */
    sha256?: string | undefined;
    /** A description of the photo for people who can't see it, up to 1500 characters. */
    altText?: string | undefined;
  }, UploadTicket>;
  /**
   * Complete an upload after sending the file.
   *
   * The photo is then processed; poll its status. Safe to repeat. When parts are missing, `detail` names them, and nothing is lost. When processing failed and the file was not at fault, it is tried again.
   *
   * Fails with `not_found`, `upload_missing`, `media_unusable`. `POST /v1/media/upload/{uploadId}/complete`
   *
   * @example
   * const answer = await ciel.media.complete({ uploadId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  complete: Mutation<{
    /** UUID. */
    uploadId: string;
  }, UploadStatus>;
  /**
   * Get the status of an upload.
   *
   * A pending upload that can be sent in parts lists those that are missing, with new URLs.
   *
   * Fails with `not_found`. `GET /v1/media/upload/{uploadId}/status`
   *
   * @example
   * const answer = await ciel.media.status({ uploadId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  status: Query<{
    /** UUID. */
    uploadId: string;
  }, UploadStatus>;
  /**
   * Get a photo.
   *
   * You can get photos in posts and stories that you can see, avatars, and your own photos.
   *
   * Fails with `not_found`. `GET /v1/media/{mediaId}`
   *
   * @example
   * const answer = await ciel.media.get({ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  get: Query<{
    /** UUID. */
    mediaId: string;
  }, Media>;
  /**
   * Change a photo's alt text, its rights and which of its camera data others can see.
   *
   * Posts keep the alt text that they were created with: the new one is what later posts start from. `PATCH /posts/{postId}` changes it in one post.
   *
   * Fails with `not_found`. `PATCH /v1/media/{mediaId}`
   *
   * @example
   * const answer = await ciel.media.edit({ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', altText: 'A red bench under snow', shownCameraFields: ['make', 'model'], copyright: '© 2026 Alice Arnold', creator: 'Alice Arnold', license: 'CC BY 4.0', noAi: false, fileRights: null });
   */
  edit: Mutation<{
    /** UUID. */
    mediaId: string;
    /** A description of the photo for people who can't see it, up to 1500 characters. */
    altText?: string | undefined;
    /** The camera data that others can see. */
    shownCameraFields?: ('make' | 'model' | 'lens' | 'focalLength' | 'aperture' | 'exposureTime' | 'iso' | 'takenAt')[] | undefined;
    /** Copyright notice, up to 200 characters; null removes it. */
    copyright?: string | null | undefined;
    /** Who made the photo, up to 200 characters; null removes it. */
    creator?: string | null | undefined;
    /** What others may do with it: the name of a licence, its URL or a sentence, up to 200 characters; null removes it. */
    license?: string | null | undefined;
    /** Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`. */
    noAi?: boolean | undefined;
    /** null deletes what is kept of the file. */
    fileRights?: null | undefined;
  }, OwnMedia>;
  /**
   * Delete one of your photos that is not in use.
   *
   * Fails with `not_found`, `media_in_use`. `DELETE /v1/media/{mediaId}`
   *
   * @example
   * await ciel.media.delete({ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  delete: Mutation<{
    /** UUID. */
    mediaId: string;
  }, void>;
  /**
   * List your uploads and where each is used, newest first.
   *
   * `GET /v1/media`
   *
   * @example
   * for await (const item of ciel.media.list()) console.log(item);
   */
  list: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<OwnMedia>>;
  /**
   * Get the state of an upload, its stored objects and its jobs.
   *
   * The response doesn't include the picture itself.
   *
   * For operators. Fails with `not_found`. `GET /v1/admin/media/{mediaId}`
   *
   * @example
   * const answer = await ciel.media.inspect({ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  inspect: Query<{
    /** UUID. */
    mediaId: string;
  }, MediaInspection>;
}

/** Posts of one or more photos. */
export interface PostsProcedures {
  /**
   * Create a post.
   *
   * Others can see the post once all its photos are ready; until then, only you can. Sending the same post again within a minute returns the first one.
   *
   * Fails with `media_unusable`, `taken_down`. `POST /v1/posts`
   *
   * @example
   * const answer = await ciel.posts.create({ mediaIds: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'], caption: 'First snow #winter', visibility: 'public', commentPolicy: 'everyone' });
   */
  create: Mutation<{
    /** Your photos in order, without duplicates; they may still be processing. */
    mediaIds: string[];
    /** Up to 2200 characters, with up to 30 hashtags. */
    caption?: string | undefined;
    /** Who can see the post. Only followers can see a private account's `public` posts. */
    visibility: 'public' | 'followers';
    /** Who can comment; defaults to your settings. */
    commentPolicy?: 'everyone' | 'followers' | 'nobody' | undefined;
  }, Post>;
  /**
   * Get a post.
   *
   * Fails with `not_found`. `GET /v1/posts/{postId}`
   *
   * @example
   * const answer = await ciel.posts.get({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  get: Query<{
    /** UUID. */
    postId: string;
  }, Post>;
  /**
   * Edit the caption, audience, comment policy or photos of your post.
   *
   * The previous version is kept, and `editedAt` is set. A photo that failed can be replaced by another of yours, or left out; it is deleted unless it is used elsewhere. Others see the post once all its photos are ready.
   *
   * Fails with `not_found`, `media_unusable`, `taken_down`. `PATCH /v1/posts/{postId}`
   *
   * @example
   * const answer = await ciel.posts.edit({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', caption: 'First snow #winter', visibility: 'public', commentPolicy: 'everyone', media: [{ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', altText: 'A red bench under snow' }] });
   */
  edit: Mutation<{
    /** UUID. */
    postId: string;
    /** Up to 2200 characters, with up to 30 hashtags. */
    caption?: string | undefined;
    /** Who can see the post. Only followers can see a private account's `public` posts. */
    visibility?: 'public' | 'followers' | undefined;
    /** Who can comment. */
    commentPolicy?: 'everyone' | 'followers' | 'nobody' | undefined;
    /** All photos of the post in their new order, with their alt texts in this post; omit an alt text to keep it. Only a photo that failed can be replaced or left out. */
    media?: {
      /** UUID. */
      mediaId: string;
      /** A description of the photo for people who can't see it, up to 1500 characters. */
      altText?: string | undefined;
    }[] | undefined;
  }, Post>;
  /**
   * Delete your post.
   *
   * Also deletes its photos, except those used by another post, a story or your avatar.
   *
   * Fails with `not_found`. `DELETE /v1/posts/{postId}`
   *
   * @example
   * await ciel.posts.delete({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  delete: Mutation<{
    /** UUID. */
    postId: string;
  }, void>;
  /**
   * List a user's posts, newest first.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}/posts`
   *
   * @example
   * for await (const item of ciel.posts.byUser({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  byUser: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Post>>;
  /**
   * List posts with a hashtag in the caption, newest first.
   *
   * `GET /v1/hashtags/{tag}/posts`
   *
   * @example
   * for await (const item of ciel.posts.byHashtag({ tag: 'winter' })) console.log(item);
   */
  byHashtag: Query<{
    /** With or without the #; case is ignored. */
    tag: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Post>>;
  /**
   * Bookmark a post, visible only to you.
   *
   * Fails with `not_found`. `POST /v1/posts/{postId}/bookmark`
   *
   * @example
   * await ciel.posts.bookmark({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  bookmark: Mutation<{
    /** UUID. */
    postId: string;
  }, void>;
  /**
   * Remove a post from your bookmarks.
   *
   * `DELETE /v1/posts/{postId}/bookmark`
   *
   * @example
   * await ciel.posts.unbookmark({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unbookmark: Mutation<{
    /** UUID. */
    postId: string;
  }, void>;
  /**
   * List your bookmarks, newest first.
   *
   * `GET /v1/bookmarks`
   *
   * @example
   * for await (const item of ciel.posts.bookmarks()) console.log(item);
   */
  bookmarks: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Bookmark>>;
}

/** Likes and comments. */
export interface EngagementProcedures {
  /**
   * Like a post.
   *
   * Fails with `not_found`. `POST /v1/posts/{postId}/like`
   *
   * @example
   * const answer = await ciel.engagement.like({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  like: Mutation<{
    /** UUID. */
    postId: string;
  }, LikeState>;
  /**
   * Unlike a post.
   *
   * Fails with `not_found`. `DELETE /v1/posts/{postId}/like`
   *
   * @example
   * const answer = await ciel.engagement.unlike({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unlike: Mutation<{
    /** UUID. */
    postId: string;
  }, LikeState>;
  /**
   * List users who liked a post, newest first.
   *
   * Fails with `not_found`. `GET /v1/posts/{postId}/likes`
   *
   * @example
   * for await (const item of ciel.engagement.likes({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  likes: Query<{
    /** UUID. */
    postId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Like>>;
  /**
   * Comment on a post or reply to a comment.
   *
   * Replies have a single level. Returns `comments_closed` when the author does not accept comments from you.
   *
   * Fails with `not_found`, `comments_closed`. `POST /v1/posts/{postId}/comment`
   *
   * @example
   * const answer = await ciel.engagement.comment({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', body: 'What a light!', parentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  comment: Mutation<{
    /** UUID. */
    postId: string;
    /** 1 to 1000 characters. */
    body: string;
    /** The comment to reply to. A reply to a reply is added under the same top-level comment. */
    parentId?: string | undefined;
  }, Comment>;
  /**
   * List comments on a post, newest first, each with its first replies.
   *
   * With `parentId`, lists all replies to that comment, oldest first.
   *
   * Fails with `not_found`. `GET /v1/posts/{postId}/comments`
   *
   * @example
   * for await (const item of ciel.engagement.comments({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  comments: Query<{
    /** UUID. */
    postId: string;
    /** Return the replies to this comment, oldest first. */
    parentId?: string | undefined;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<CommentThread>>;
  /**
   * Edit your comment.
   *
   * The previous text is kept, and `editedAt` is set.
   *
   * Fails with `not_found`. `PATCH /v1/posts/{postId}/comments/{commentId}`
   *
   * @example
   * const answer = await ciel.engagement.editComment({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', body: 'What a light!' });
   */
  editComment: Mutation<{
    /** UUID. */
    postId: string;
    /** UUID. */
    commentId: string;
    /** 1 to 1000 characters. */
    body: string;
  }, Comment>;
  /**
   * Delete your comment, or any comment on your post.
   *
   * Replies to the comment are deleted as well.
   *
   * Fails with `not_found`. `DELETE /v1/posts/{postId}/comments/{commentId}`
   *
   * @example
   * await ciel.engagement.deleteComment({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  deleteComment: Mutation<{
    /** UUID. */
    postId: string;
    /** UUID. */
    commentId: string;
  }, void>;
  /**
   * Like a comment.
   *
   * Fails with `not_found`. `POST /v1/posts/{postId}/comments/{commentId}/like`
   *
   * @example
   * const answer = await ciel.engagement.likeComment({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  likeComment: Mutation<{
    /** UUID. */
    postId: string;
    /** UUID. */
    commentId: string;
  }, LikeState>;
  /**
   * Unlike a comment.
   *
   * Fails with `not_found`. `DELETE /v1/posts/{postId}/comments/{commentId}/like`
   *
   * @example
   * const answer = await ciel.engagement.unlikeComment({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unlikeComment: Mutation<{
    /** UUID. */
    postId: string;
    /** UUID. */
    commentId: string;
  }, LikeState>;
}

/** Photos that disappear after a day. */
export interface StoriesProcedures {
  /**
   * Create a story, shown for 24 hours.
   *
   * Others can see the story once its photo is ready; until then, only you can. After 24 hours only highlights show it; a story in no highlight is purged 7 days later.
   *
   * Fails with `media_unusable`, `taken_down`. `POST /v1/stories`
   *
   * @example
   * const answer = await ciel.stories.create({ mediaId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', caption: 'First snow #winter', visibility: 'friends' });
   */
  create: Mutation<{
    /** One of your photos; it may still be processing. */
    mediaId: string;
    /** Up to 2200 characters. */
    caption?: string | undefined;
    /** Who can see the story; defaults to your settings. */
    visibility?: 'public' | 'friends' | 'closeFriends' | undefined;
  }, Story>;
  /**
   * Get a story.
   *
   * Fails with `not_found`. `GET /v1/stories/{storyId}`
   *
   * @example
   * const answer = await ciel.stories.get({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  get: Query<{
    /** UUID. */
    storyId: string;
  }, Story>;
  /**
   * Delete your story.
   *
   * Removes it from your highlights and deletes its photo, unless a post, another story or your avatar uses it.
   *
   * Fails with `not_found`. `DELETE /v1/stories/{storyId}`
   *
   * @example
   * await ciel.stories.delete({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  delete: Mutation<{
    /** UUID. */
    storyId: string;
  }, void>;
  /**
   * List a user's current stories, oldest first.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}/stories`
   *
   * @example
   * for await (const item of ciel.stories.byUser({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  byUser: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Story>>;
  /**
   * Mark a story as seen.
   *
   * Each user counts once; the author doesn't count.
   *
   * Fails with `not_found`. `POST /v1/stories/{storyId}/seen`
   *
   * @example
   * await ciel.stories.seen({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  seen: Mutation<{
    /** UUID. */
    storyId: string;
  }, void>;
  /**
   * List users who have seen your story, newest first.
   *
   * Fails with `not_found`. `GET /v1/stories/{storyId}/viewers`
   *
   * @example
   * for await (const item of ciel.stories.viewers({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  viewers: Query<{
    /** UUID. */
    storyId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<StoryViewer>>;
  /**
   * Get the view and reaction counts of your story.
   *
   * Fails with `not_found`. `GET /v1/stories/{storyId}/metrics`
   *
   * @example
   * const answer = await ciel.stories.metrics({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  metrics: Query<{
    /** UUID. */
    storyId: string;
  }, StoryMetrics>;
  /**
   * React to a story with an emoji, replacing your earlier reaction.
   *
   * Fails with `not_found`. `POST /v1/stories/{storyId}/reactions`
   *
   * @example
   * const answer = await ciel.stories.react({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', emoji: '❤️' });
   */
  react: Mutation<{
    /** UUID. */
    storyId: string;
    /** One emoji, as entered with a keyboard. */
    emoji: string;
  }, ReactionState>;
  /**
   * Remove your reaction to a story.
   *
   * Fails with `not_found`. `DELETE /v1/stories/{storyId}/reactions`
   *
   * @example
   * const answer = await ciel.stories.unreact({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unreact: Mutation<{
    /** UUID. */
    storyId: string;
  }, ReactionState>;
  /**
   * List reactions to your story, newest first.
   *
   * Available only to the author; others see their own reaction in the story.
   *
   * Fails with `not_found`. `GET /v1/stories/{storyId}/reactions`
   *
   * @example
   * for await (const item of ciel.stories.reactions({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  reactions: Query<{
    /** UUID. */
    storyId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<StoryReaction>>;
}

/** Collections of stories that stay on a profile. */
export interface HighlightsProcedures {
  /**
   * Add your story to a highlight, which is created if needed.
   *
   * In a highlight, a story stays visible to its audience after it expires. You can add a story until 7 days after it expires. A highlight can have up to 100 stories.
   *
   * Fails with `not_found`, `conflict`, `media_unusable`, `taken_down`. `POST /v1/stories/{storyId}/highlights`
   *
   * @example
   * const answer = await ciel.highlights.add({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', highlightName: 'Winter' });
   */
  add: Mutation<{
    /** UUID. */
    storyId: string;
    /** 1 to 50 characters, unique among your highlights regardless of case. */
    highlightName: string;
  }, Highlight>;
  /**
   * List a user's highlights with stories that you can see, oldest first.
   *
   * Fails with `not_found`. `GET /v1/users/{userId}/highlights`
   *
   * @example
   * for await (const item of ciel.highlights.byUser({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  byUser: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Highlight>>;
  /**
   * Get a highlight with its stories, oldest first.
   *
   * Fails with `not_found`. `GET /v1/highlights/{highlightId}`
   *
   * @example
   * const answer = await ciel.highlights.get({ highlightId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  get: Query<{
    /** UUID. */
    highlightId: string;
  }, HighlightWithStories>;
  /**
   * Rename your highlight or choose its cover.
   *
   * Fails with `not_found`, `conflict`. `PATCH /v1/highlights/{highlightId}`
   *
   * @example
   * const answer = await ciel.highlights.edit({ highlightId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', name: 'Winter', coverStoryId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  edit: Mutation<{
    /** UUID. */
    highlightId: string;
    /** 1 to 50 characters, unique among your highlights regardless of case. */
    name?: string | undefined;
    /** The story whose photo is the cover; null for the first story. */
    coverStoryId?: string | null | undefined;
  }, Highlight>;
  /**
   * Delete your highlight.
   *
   * Its stories are not deleted, but expired ones are no longer shown, and are purged 7 days after they expire.
   *
   * Fails with `not_found`. `DELETE /v1/highlights/{highlightId}`
   *
   * @example
   * await ciel.highlights.delete({ highlightId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  delete: Mutation<{
    /** UUID. */
    highlightId: string;
  }, void>;
  /**
   * Remove a story from your highlight.
   *
   * Removing the last story deletes the highlight.
   *
   * Fails with `not_found`. `DELETE /v1/highlights/{highlightId}/stories/{storyId}`
   *
   * @example
   * await ciel.highlights.remove({ highlightId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  remove: Mutation<{
    /** UUID. */
    highlightId: string;
    /** UUID. */
    storyId: string;
  }, void>;
}

/** Posts and stories by the users you follow, and posts to explore. */
export interface FeedProcedures {
  /**
   * List posts by you and the users you follow, newest first.
   *
   * Posts by others may appear up to 30 seconds late. Your own posts, and the effects of a follow, unfollow, block or mute, appear at once.
   *
   * `GET /v1/feed`
   *
   * @example
   * for await (const item of ciel.feed.home()) console.log(item);
   */
  home: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Post>>;
  /**
   * Rebuild the first page on the next read.
   *
   * `POST /v1/feed/refresh`
   *
   * @example
   * await ciel.feed.refresh();
   */
  refresh: Mutation<Record<string, never>, void>;
  /**
   * List users you follow who have current stories.
   *
   * One entry per user: you first, then users with unseen stories, then the others, each group by newest story. The order stays the same while you page through the list, even if stories are posted or seen in the meantime.
   *
   * `GET /v1/feed/stories`
   *
   * @example
   * for await (const item of ciel.feed.stories()) console.log(item);
   */
  stories: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<StoryAuthor>>;
  /**
   * List public posts by users you don't follow, best first.
   *
   * The score is `log10(1 + likes + 2 × comments) + age`, where the logarithm is rounded to tenths and `age` rises by one for every 12.5 hours that the post is newer. Private accounts, users who are not discoverable and users you have muted are omitted. A post that is liked while you page through the list may appear twice or not at all.
   *
   * `GET /v1/feed/explore`
   *
   * @example
   * for await (const item of ciel.feed.explore()) console.log(item);
   */
  explore: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Post>>;
}

/** Search for users, posts and hashtags. */
export interface SearchProcedures {
  /**
   * Search users by handle or name, best match first.
   *
   * Matches prefixes and similar spellings; users you follow come first. Users who opted out of search can be found only by their exact handle.
   *
   * `GET /v1/search/users`
   *
   * @example
   * for await (const item of ciel.search.users({ q: 'alice' })) console.log(item);
   */
  users: Query<{
    /** The start of a handle or of a word in a name, or a similar spelling; 2 to 100 characters. */
    q: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<UserCard>>;
  /**
   * Search posts by words in their captions, newest first.
   *
   * `GET /v1/search/posts`
   *
   * @example
   * for await (const item of ciel.search.posts({ q: 'first snow' })) console.log(item);
   */
  posts: Query<{
    /** Words that the caption must contain, in any order; 2 to 100 characters. */
    q: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Post>>;
  /**
   * Search hashtags by prefix, most used recently first.
   *
   * `GET /v1/search/hashtags`
   *
   * @example
   * for await (const item of ciel.search.hashtags({ q: 'win' })) console.log(item);
   */
  hashtags: Query<{
    /** The start of a hashtag, with or without the #; 1 to 100 characters. */
    q: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Hashtag>>;
}

/** Reports, cases, actions and appeals. */
export interface ModerationProcedures {
  /**
   * Report a user.
   *
   * You can report each subject once. A snapshot of what you saw is kept for the operators; the owner never learns who reported it.
   *
   * Fails with `self_action`, `not_found`, `already_reported`. `POST /v1/moderation/users/{userId}/flag`
   *
   * @example
   * const answer = await ciel.moderation.flagUser({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', category: 'nudity', reason: 'This is not what it says' });
   */
  flagUser: Mutation<{
    /** UUID. */
    userId: string;
    /** Category of the report. */
    category: 'spam' | 'abuse' | 'nudity' | 'violence' | 'selfHarm' | 'illegal' | 'impersonation' | 'other';
    /** What is wrong, in the reporter's words, up to 1000 characters. */
    reason?: string | undefined;
  }, Report>;
  /**
   * Report a post.
   *
   * You can report each subject once. A snapshot of what you saw is kept for the operators; the owner never learns who reported it.
   *
   * Fails with `self_action`, `not_found`, `already_reported`. `POST /v1/moderation/posts/{postId}/flag`
   *
   * @example
   * const answer = await ciel.moderation.flagPost({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', category: 'nudity', reason: 'This is not what it says' });
   */
  flagPost: Mutation<{
    /** UUID. */
    postId: string;
    /** Category of the report. */
    category: 'spam' | 'abuse' | 'nudity' | 'violence' | 'selfHarm' | 'illegal' | 'impersonation' | 'other';
    /** What is wrong, in the reporter's words, up to 1000 characters. */
    reason?: string | undefined;
  }, Report>;
  /**
   * Report a comment.
   *
   * You can report each subject once. A snapshot of what you saw is kept for the operators; the owner never learns who reported it.
   *
   * Fails with `self_action`, `not_found`, `already_reported`. `POST /v1/moderation/comments/{commentId}/flag`
   *
   * @example
   * const answer = await ciel.moderation.flagComment({ commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', category: 'nudity', reason: 'This is not what it says' });
   */
  flagComment: Mutation<{
    /** UUID. */
    commentId: string;
    /** Category of the report. */
    category: 'spam' | 'abuse' | 'nudity' | 'violence' | 'selfHarm' | 'illegal' | 'impersonation' | 'other';
    /** What is wrong, in the reporter's words, up to 1000 characters. */
    reason?: string | undefined;
  }, Report>;
  /**
   * Report a story.
   *
   * You can report each subject once. A snapshot of what you saw is kept for the operators; the owner never learns who reported it.
   *
   * Fails with `self_action`, `not_found`, `already_reported`. `POST /v1/moderation/stories/{storyId}/flag`
   *
   * @example
   * const answer = await ciel.moderation.flagStory({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', category: 'nudity', reason: 'This is not what it says' });
   */
  flagStory: Mutation<{
    /** UUID. */
    storyId: string;
    /** Category of the report. */
    category: 'spam' | 'abuse' | 'nudity' | 'violence' | 'selfHarm' | 'illegal' | 'impersonation' | 'other';
    /** What is wrong, in the reporter's words, up to 1000 characters. */
    reason?: string | undefined;
  }, Report>;
  /**
   * List your reports and their outcomes, newest first.
   *
   * `GET /v1/moderation/my-reports`
   *
   * @example
   * for await (const item of ciel.moderation.myReports()) console.log(item);
   */
  myReports: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Report>>;
  /**
   * List cases, one for each reported subject: highest priority first, then oldest.
   *
   * If reports come in while you page through the list, a case may appear twice or not at all.
   *
   * For operators. `GET /v1/moderation/cases`
   *
   * @example
   * for await (const item of ciel.moderation.cases()) console.log(item);
   */
  cases: Query<{
    /** Whether the case is open or has been resolved. */
    status?: 'open' | 'resolved' | undefined;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Case>>;
  /**
   * Get a case with its reports and what the reporters saw.
   *
   * For operators. Fails with `not_found`. `GET /v1/moderation/cases/{caseId}`
   *
   * @example
   * const answer = await ciel.moderation.case({ caseId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  case: Query<{
    /** UUID. */
    caseId: string;
  }, CaseDetail>;
  /**
   * Decide a case.
   *
   * A later report reopens the case. Reporters see whether action was taken; the owner is notified of the rule and the reason.
   *
   * For operators. Fails with `not_found`, `already_resolved`. `POST /v1/moderation/cases/{caseId}/resolve`
   *
   * @example
   * const answer = await ciel.moderation.resolveCase({ caseId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', action: 'takedown', rule: 'No nudity', reason: 'The photograph shows somebody undressed', durationHours: 168, mediaIds: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'], everywhere: false });
   */
  resolveCase: Mutation<{
    /** UUID. */
    caseId: string;
    /** A strike or a ban also takes down reported content. The third strike in force bans for 7 days, the fourth for 30, the fifth for 365. */
    action: 'dismiss' | 'warn' | 'takedown' | 'strike' | 'ban';
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
    /** Duration of a ban in hours; null or omitted means permanent. */
    durationHours?: number | null | undefined;
    /** The photographs that broke the rule; default: all of the post or story. None when it is about the caption. */
    mediaIds?: string[] | undefined;
    /** Also hide the copies of other users, and refuse the photographs from everybody. Default: only from the owner. */
    everywhere?: boolean | undefined;
  }, CaseDetail>;
  /**
   * Take down a post.
   *
   * From then on, only its owner can see it; they are notified of the rule and the reason. A takedown can be undone. Safe to repeat. The photographs it names are no longer shown anywhere else, and their owner can neither use nor upload them again; with `everywhere`, this applies to all users.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/posts/{postId}/takedown`
   *
   * @example
   * const answer = await ciel.moderation.takedownPost({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', mediaIds: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'], everywhere: false, rule: 'No nudity', reason: 'The photograph shows somebody undressed' });
   */
  takedownPost: Mutation<{
    /** UUID. */
    postId: string;
    /** The photographs that broke the rule; default: all of the post or story. None when it is about the caption. */
    mediaIds?: string[] | undefined;
    /** Also hide the copies of other users, and refuse the photographs from everybody. Default: only from the owner. */
    everywhere?: boolean | undefined;
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, Action>;
  /**
   * Restore a post.
   *
   * Undoes every takedown. Does nothing if it isn't taken down.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/posts/{postId}/restore`
   *
   * @example
   * await ciel.moderation.restorePost({ postId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'The photograph shows somebody undressed' });
   */
  restorePost: Mutation<{
    /** UUID. */
    postId: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, void>;
  /**
   * Take down a comment.
   *
   * From then on, only its owner can see it; they are notified of the rule and the reason. A takedown can be undone. Safe to repeat.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/comments/{commentId}/takedown`
   *
   * @example
   * const answer = await ciel.moderation.takedownComment({ commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', rule: 'No nudity', reason: 'The photograph shows somebody undressed' });
   */
  takedownComment: Mutation<{
    /** UUID. */
    commentId: string;
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, Action>;
  /**
   * Restore a comment.
   *
   * Undoes every takedown. Does nothing if it isn't taken down.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/comments/{commentId}/restore`
   *
   * @example
   * await ciel.moderation.restoreComment({ commentId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'The photograph shows somebody undressed' });
   */
  restoreComment: Mutation<{
    /** UUID. */
    commentId: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, void>;
  /**
   * Take down a story.
   *
   * From then on, only its owner can see it; they are notified of the rule and the reason. A takedown can be undone. Safe to repeat. The photographs it names are no longer shown anywhere else, and their owner can neither use nor upload them again; with `everywhere`, this applies to all users.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/stories/{storyId}/takedown`
   *
   * @example
   * const answer = await ciel.moderation.takedownStory({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', mediaIds: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'], everywhere: false, rule: 'No nudity', reason: 'The photograph shows somebody undressed' });
   */
  takedownStory: Mutation<{
    /** UUID. */
    storyId: string;
    /** The photographs that broke the rule; default: all of the post or story. None when it is about the caption. */
    mediaIds?: string[] | undefined;
    /** Also hide the copies of other users, and refuse the photographs from everybody. Default: only from the owner. */
    everywhere?: boolean | undefined;
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, Action>;
  /**
   * Restore a story.
   *
   * Undoes every takedown. Does nothing if it isn't taken down.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/stories/{storyId}/restore`
   *
   * @example
   * await ciel.moderation.restoreStory({ storyId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'The photograph shows somebody undressed' });
   */
  restoreStory: Mutation<{
    /** UUID. */
    storyId: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, void>;
  /**
   * Warn a user.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/users/{userId}/warn`
   *
   * @example
   * const answer = await ciel.moderation.warn({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', rule: 'No nudity', reason: 'The photograph shows somebody undressed' });
   */
  warn: Mutation<{
    /** UUID. */
    userId: string;
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, Action>;
  /**
   * Ban a user temporarily or permanently.
   *
   * Ends all their sessions at once. Nobody can see the user or their content until the ban ends. A shorter ban does not shorten a longer one.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/users/{userId}/ban`
   *
   * @example
   * const answer = await ciel.moderation.ban({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', rule: 'No nudity', reason: 'The photograph shows somebody undressed', durationHours: 168 });
   */
  ban: Mutation<{
    /** UUID. */
    userId: string;
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
    /** Duration in hours; null means permanent. */
    durationHours: number | null;
  }, Action>;
  /**
   * Undo all of a user's bans.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/users/{userId}/unban`
   *
   * @example
   * await ciel.moderation.unban({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'The photograph shows somebody undressed' });
   */
  unban: Mutation<{
    /** UUID. */
    userId: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, void>;
  /**
   * Take down a user's avatar, display name or bio.
   *
   * Does not ban the user. The handle is shown in place of the display name. The user is notified of the rule and the reason, can set something else, but not the same again. A takedown can be undone. Safe to repeat.
   *
   * For operators. Fails with `not_found`, `conflict`. `POST /v1/moderation/users/{userId}/takedown`
   *
   * @example
   * const answer = await ciel.moderation.takedownUser({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', fields: ['avatar', 'bio'], everywhere: false, rule: 'No nudity', reason: 'The photograph shows somebody undressed' });
   */
  takedownUser: Mutation<{
    /** UUID. */
    userId: string;
    /** What to take down. */
    fields: ('avatar' | 'displayName' | 'bio')[];
    /** Also hide the copies of other users, and refuse the photographs from everybody. Default: only from the owner. */
    everywhere?: boolean | undefined;
    /** The rule that was broken, up to 100 characters. */
    rule: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, Action>;
  /**
   * Restore a user's avatar, display name and bio.
   *
   * Undoes every takedown of the profile, not bans. What the user has changed since stays. Does nothing when nothing is taken down.
   *
   * For operators. Fails with `not_found`. `POST /v1/moderation/users/{userId}/restore`
   *
   * @example
   * await ciel.moderation.restoreUser({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', reason: 'The photograph shows somebody undressed' });
   */
  restoreUser: Mutation<{
    /** UUID. */
    userId: string;
    /** The reason, up to 1000 characters; the user concerned can read it. */
    reason: string;
  }, void>;
  /**
   * Get the user who has or had a handle, even if banned or deleted.
   *
   * For operators. Fails with `not_found`. `GET /v1/admin/accounts/{handle}`
   *
   * @example
   * const answer = await ciel.moderation.account({ handle: 'alice' });
   */
  account: Query<{
    /** 3 to 30 characters of A-Z, a-z, 0-9 and _; unique regardless of case. */
    handle: string;
  }, Account>;
  /**
   * Appeal a moderation action against you.
   *
   * Another operator decides. You can appeal each action once, within 30 days, even while you are banned.
   *
   * Fails with `not_found`, `appeal_exists`, `appeal_too_late`. `POST /v1/account/appeals`
   *
   * @example
   * const answer = await ciel.moderation.appeal({ actionId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', text: 'The photograph is my own' });
   */
  appeal: Mutation<{
    /** The action to appeal. The notification names it, and so does your profile while you are banned. */
    actionId: string;
    /** Why the action was wrong, 1 to 1000 characters. */
    text: string;
  }, OwnAppeal>;
  /**
   * List moderation actions on your account and content, with rule and reason, newest first.
   *
   * `GET /v1/account/actions`
   *
   * @example
   * for await (const item of ciel.moderation.myActions()) console.log(item);
   */
  myActions: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Action>>;
  /**
   * List your appeals and their outcomes, newest first.
   *
   * `GET /v1/account/appeals`
   *
   * @example
   * for await (const item of ciel.moderation.myAppeals()) console.log(item);
   */
  myAppeals: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<OwnAppeal>>;
  /**
   * List appeals, oldest first.
   *
   * For operators. `GET /v1/moderation/appeals`
   *
   * @example
   * for await (const item of ciel.moderation.appeals()) console.log(item);
   */
  appeals: Query<{
    /** `upheld`: the action remains; `overturned`: it was undone. */
    status?: 'open' | 'upheld' | 'overturned' | undefined;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Appeal>>;
  /**
   * Decide an appeal.
   *
   * The operator who took the action can't decide the appeal; `x-admin-actor` identifies operators.
   *
   * For operators. Fails with `not_found`, `own_act`, `already_resolved`. `POST /v1/moderation/appeals/{appealId}/resolve`
   *
   * @example
   * const answer = await ciel.moderation.resolveAppeal({ appealId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11', outcome: 'overturn', reason: 'It is indeed' });
   */
  resolveAppeal: Mutation<{
    /** UUID. */
    appealId: string;
    /** `uphold` keeps the action, `overturn` undoes it. */
    outcome: 'uphold' | 'overturn';
    /** The reason, up to 1000 characters; the appellant can read it. */
    reason: string;
  }, Appeal>;
  /**
   * List operators' actions, newest first.
   *
   * For operators. `GET /v1/moderation/audit`
   *
   * @example
   * for await (const item of ciel.moderation.audit()) console.log(item);
   */
  audit: Query<{
    /** Only entries by this operator. */
    actor?: string | undefined;
    /** Only entries of this kind. */
    action?: string | undefined;
    /** Only entries about the subject with this id. */
    subject?: string | undefined;
    /** Only entries from this time on. */
    since?: Date | undefined;
    /** Only entries before this time. */
    until?: Date | undefined;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<AuditEntry>>;
}

/** Trust levels and points. */
export interface TrustProcedures {
  /**
   * Get your trust level, your points and the requirements for the next level.
   *
   * A post is worth 5 points, a comment 2, a like received 1, a follower 3 (2 once lost), a user you invited 10 while they are Basic or higher. An upheld report costs 10, a takedown 25, a strike 50.
   *
   * `GET /v1/account/trust-score`
   *
   * @example
   * const answer = await ciel.trust.score();
   */
  score: Query<Record<string, never>, TrustScore>;
  /**
   * Get a user's trust level, ledger of points and strikes.
   *
   * For operators. Fails with `not_found`. `GET /v1/admin/trust/{userId}`
   *
   * @example
   * const answer = await ciel.trust.record({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  record: Query<{
    /** UUID. */
    userId: string;
  }, TrustRecord>;
  /**
   * Make a user Verified.
   *
   * Only an operator can remove it.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/users/{userId}/verify`
   *
   * @example
   * await ciel.trust.verify({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  verify: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
  /**
   * Remove Verified from a user, returning them to the level they earned.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/users/{userId}/unverify`
   *
   * @example
   * await ciel.trust.unverify({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  unverify: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
}

/** Devices and the accounts seen on them. */
export interface FingerprintProcedures {
  /**
   * Register this client's device.
   *
   * With an access token, records that the account was seen on the device. Without one, nothing is stored, and the response only shows whether the device can be used to sign up.
   *
   * Fails with `device_blocked`. `POST /v1/account/device/register`
   *
   * @example
   * await ciel.fingerprint.register({ fingerprint: 'ios-7b1f0c9e-3f0a-4c55-9d0e-8f2f4c1b7a90' });
   */
  register: Mutation<{
    /** Identifies the client's device, 1 to 512 characters. Only a keyed hash of it is stored. It is a hint, never a credential. */
    fingerprint: string;
  }, void>;
  /**
   * List the devices your account was seen on, most recent first.
   *
   * `GET /v1/account/devices`
   *
   * @example
   * for await (const item of ciel.fingerprint.list()) console.log(item);
   */
  list: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Device>>;
  /**
   * Get a device and the accounts seen on it.
   *
   * For operators. Fails with `not_found`. `GET /v1/admin/devices/{hash}`
   *
   * @example
   * const answer = await ciel.fingerprint.record({ hash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' });
   */
  record: Query<{
    /** Hash of the fingerprint, keyed per installation. */
    hash: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, DeviceRecord>;
  /**
   * Block sign-ups on a device.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/devices/{hash}/block`
   *
   * @example
   * await ciel.fingerprint.block({ hash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg', reason: 'Sells accounts' });
   */
  block: Mutation<{
    /** Hash of the fingerprint, keyed per installation. */
    hash: string;
    /** For the audit log. */
    reason?: string | undefined;
  }, void>;
  /**
   * Allow sign-ups on a device again.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/devices/{hash}/unblock`
   *
   * @example
   * await ciel.fingerprint.unblock({ hash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg', reason: 'Sells accounts' });
   */
  unblock: Mutation<{
    /** Hash of the fingerprint, keyed per installation. */
    hash: string;
    /** For the audit log. */
    reason?: string | undefined;
  }, void>;
  /**
   * List the devices a user was seen on, most recent first.
   *
   * For operators. `GET /v1/admin/users/{userId}/devices`
   *
   * @example
   * for await (const item of ciel.fingerprint.ofPerson({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' })) console.log(item);
   */
  ofPerson: Query<{
    /** UUID. */
    userId: string;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<UserDevice>>;
  /**
   * List unreviewed sign-ups on devices with a risk above 80, oldest first.
   *
   * For operators. `GET /v1/admin/signups`
   *
   * @example
   * for await (const item of ciel.fingerprint.signups()) console.log(item);
   */
  signups: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<SignupReview>>;
  /**
   * Clear a sign-up without further action.
   *
   * For operators. Fails with `not_found`. `POST /v1/admin/signups/{userId}/clear`
   *
   * @example
   * await ciel.fingerprint.clearSignup({ userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  clearSignup: Mutation<{
    /** UUID. */
    userId: string;
  }, void>;
}

/** Background jobs that failed. */
export interface JobsProcedures {
  /**
   * List jobs that ran out of attempts, oldest first.
   *
   * For operators. `GET /v1/admin/jobs/dead`
   *
   * @example
   * for await (const item of ciel.jobs.dead()) console.log(item);
   */
  dead: Query<{
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<DeadJob>>;
  /**
   * Retry dead jobs, with a full set of attempts.
   *
   * Ids of jobs that are not dead are ignored.
   *
   * For operators. `POST /v1/admin/jobs/replay`
   *
   * @example
   * const answer = await ciel.jobs.replay({ ids: [4711] });
   */
  replay: Mutation<{
    /** `all`, or up to 200 job ids. */
    ids: 'all' | number[];
  }, {
    /** Number of dead jobs that will run again. */
    replayed: number;
  }>;
}

/** Notifications about your account and content. */
export interface NotificationsProcedures {
  /**
   * List your notifications, newest first.
   *
   * Omits interactions that were undone, and users you have blocked or muted. An entry keeps its place: a notification more than an hour after its first one starts a new entry.
   *
   * `GET /v1/notifications`
   *
   * @example
   * for await (const item of ciel.notifications.list()) console.log(item);
   */
  list: Query<{
    /**
     * Whether notifications of one kind about one subject within an hour share an entry; otherwise each has its own.
     *
     * @default true
     */
    grouped?: boolean | undefined;
    /**
     * Maximum number of items on a page.
     *
     * @default 30
     */
    limit?: number | undefined;
    /** The `nextCursor` of the previous page; omit it for the first page. */
    cursor?: string | undefined;
  }, Page<Notification>>;
  /**
   * Get the number of unread notifications.
   *
   * `GET /v1/notifications/unread-count`
   *
   * @example
   * const answer = await ciel.notifications.unreadCount();
   */
  unreadCount: Query<Record<string, never>, UnreadCount>;
  /**
   * Mark an entry as read.
   *
   * Fails with `not_found`. `POST /v1/notifications/{notificationId}/read`
   *
   * @example
   * await ciel.notifications.markRead({ notificationId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  markRead: Mutation<{
    /** Id of an entry, grouped or single. */
    notificationId: string;
  }, void>;
  /**
   * Mark everything up to an entry as read.
   *
   * The marker only moves forward.
   *
   * Fails with `not_found`. `POST /v1/notifications/read`
   *
   * @example
   * const answer = await ciel.notifications.markReadUpTo({ upToId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' });
   */
  markReadUpTo: Mutation<{
    /** The last entry to mark as read; everything before it is marked too. */
    upToId: string;
  }, UnreadCount>;
}

/** Your rate limits. */
export interface RateLimiterProcedures {
  /**
   * List your rate limits and how much of each is left.
   *
   * The `RateLimit-*` headers of every response also describe the bucket that the request used.
   *
   * `GET /v1/account/rate-limits`
   *
   * @example
   * const answer = await ciel.rateLimiter.list();
   */
  list: Query<Record<string, never> | undefined, RateLimits>;
}

/** A message on the live event stream. */
export type FeedEvent = {
  type: 'post';
  /** UUID. */
  postId: string;
  /** UUID. */
  authorId: string;
} | {
  type: 'notification';
  /** UUID. */
  notificationId: string;
  kind: 'followed' | 'followRequested' | 'requestAccepted' | 'postLiked' | 'postCommented' | 'commentReplied' | 'commentLiked' | 'mentioned' | 'storyReaction' | 'inviteRedeemed' | 'moderationNotice' | 'newSignIn' | 'photographFailed';
} | {
  type: 'postMedia';
  /** UUID. */
  postId: string;
  /** UUID. */
  authorId: string;
} | {
  type: 'storyMedia';
  /** UUID. */
  storyId: string;
  /** UUID. */
  authorId: string;
} | {
  type: 'avatar';
  /** UUID. */
  userId: string;
} | {
  type: 'unreadCount';
  unreadCount: number;
} | {
  type: 'gap';
} | {
  type: 'alive';
};

/** An account as operators see it, even if it is banned or deleted. */
export type Account = {
  /** UUID. */
  id: string;
  /** Unique regardless of case. */
  handle: string;
  /** Display name. */
  displayName: string;
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  trustLevel: number;
  /** Null when the user is not banned. */
  bannedUntil: Date | null;
  /** Null unless the account is deleted. */
  deletedAt: Date | null;
};

/** The account itself. */
export type AccountRecord = {
  profile: Me;
  /** Every handle that the account has had. */
  handles: {
    /** Unique regardless of case. */
    handle: string;
    takenAt: Date;
  }[];
  /** The invite that was used to sign up. */
  invite: {
    /** The code as the new user entered it. */
    code: string;
    redeemedAt: Date;
  } | null;
  /** Notifications up to this time count as read. */
  notificationsReadUpTo: Date | null;
};

/** A moderation action on a user or their content. */
export type Action = {
  /** UUID. */
  id: string;
  /** Kind of action. */
  kind: 'warn' | 'takedown' | 'restore' | 'strike' | 'ban' | 'unban';
  /** Type of the subject. */
  subjectType: 'user' | 'post' | 'comment' | 'story';
  /** UUID. */
  subjectId: string;
  /** The rule that was broken. */
  rule: string;
  /** Reason for the action. */
  reason: string;
  /** When a ban ends; null for permanent bans and other actions. */
  endsAt: Date | null;
  /** Photographs that a takedown names; they can be used nowhere else. */
  mediaIds: string[];
  /** Whether the takedown holds for everybody's copies of these photographs. */
  everywhere: boolean;
  /** Parts of the profile that a takedown of a user is about. */
  fields: ('avatar' | 'displayName' | 'bio')[];
  createdAt: Date;
  /** Null unless the action has been undone. */
  undoneAt: Date | null;
};

/** An invite made by an operator, for one or more users. */
export type AdminInvite = {
  /** 12 characters from an alphabet without look-alikes. */
  code: string;
  /** `redeemed` once it has no uses left. */
  status: 'open' | 'redeemed' | 'expired' | 'revoked';
  createdAt: Date;
  expiresAt: Date;
  /** Number of users who can join with it. */
  maxUses: number;
  /** Number of users who have joined with it. */
  uses: number;
  /** The purpose of the invite, for operators. */
  note: string | null;
};

/** An appeal, for operators. */
export type Appeal = {
  /** UUID. */
  id: string;
  action: Action;
  /** Why the action was wrong, in the words of the appellant. */
  text: string;
  /** `upheld`: the action remains; `overturned`: it was undone. */
  status: 'open' | 'upheld' | 'overturned';
  createdAt: Date;
  /** Null while it is open. */
  resolvedAt: Date | null;
  /** Reason for the decision. */
  reason: string | null;
  appellant: Account;
  /** The operator who took the action, and who therefore can't decide the appeal. */
  actedBy: string;
  /** The case about the action's subject; null when nobody has reported it. */
  caseId: string | null;
  /** The operator who decided. */
  resolvedBy: string | null;
};

/** One action by an operator. */
export type AuditEntry = {
  /** UUID. */
  id: string;
  /** The operator. */
  actor: string;
  /** Kind of action. */
  action: string;
  /** Type of the subject. */
  subjectType: string;
  /** Id of the subject. */
  subjectId: string;
  /** The rule that was broken. */
  rule: string | null;
  /** Reason for the action. */
  reason: string | null;
  /** Additional details, depending on the kind of action. */
  details: Record<string, unknown>;
  createdAt: Date;
};

/** A user's picture. */
export type Avatar = {
  /** Picture with a longest side of up to 200 pixels. */
  url: string;
  /** When the URL ends; read again for a fresh one. Null for a URL without an end, and without a URL. */
  expiresAt: Date | null;
  /** ThumbHash in base64, for a blurred placeholder. */
  thumbhash: string;
};

/** A user you have blocked. */
export type Block = {
  user: UserCard;
  blockedAt: Date;
};

/** A post that you bookmarked. */
export type Bookmark = {
  post: Post;
  bookmarkedAt: Date;
};

/** The state of one limit. */
export type BucketState = {
  /** Name of the bucket. */
  bucket: string;
  /** Whether it is counted per user or per client address (IPv6: per /64). */
  per: 'user' | 'address';
  /** Time over which the limit refills evenly, in seconds. */
  periodSeconds: number;
  /** Requests allowed at once. */
  limit: number;
  /** Requests left right now. */
  remaining: number;
  /** Seconds until the limit is full again. */
  resetSeconds: number;
};

/** The camera data that the owner chose to show. */
export type Camera = {
  /** Manufacturer of the camera. */
  make?: string | undefined;
  /** Model of the camera. */
  model?: string | undefined;
  /** Model of the lens, or its focal lengths and apertures. */
  lens?: string | undefined;
  /** Focal length with its unit; in brackets the equivalent on 35 mm film, where it differs. */
  focalLength?: string | undefined;
  /** Aperture as an f-number. */
  aperture?: string | undefined;
  /** Exposure time with its unit. */
  exposureTime?: string | undefined;
  /** ISO sensitivity. */
  iso?: string | undefined;
  /** Date and time by the camera's clock, without a time zone. */
  takenAt?: string | undefined;
};

/** All reports about one subject. */
export type Case = {
  /** UUID. */
  id: string;
  /** Type of the subject. */
  subjectType: 'user' | 'post' | 'comment' | 'story';
  /** UUID. */
  subjectId: string;
  owner: Account;
  /** Whether the case is open or has been resolved. */
  status: 'open' | 'resolved';
  /** Sum over the reports since the case was opened: 1, 2, 4 or 8 for a New, Basic, Trusted or Verified reporter. */
  priority: number;
  /** Number of reports across all rounds. */
  reportCount: number;
  /** Number of times the case has been opened. */
  round: number;
  openedAt: Date;
  /** Null while it is open. */
  resolvedAt: Date | null;
  /** The operator who decided. */
  resolvedBy: string | null;
  /** The decision. */
  resolution: 'dismiss' | 'warn' | 'takedown' | 'strike' | 'ban' | null;
  /** The rule that was broken. */
  rule: string | null;
  /** Reason for the decision. */
  reason: string | null;
};

/** A case with its reports and actions. */
export type CaseDetail = {
  /** UUID. */
  id: string;
  /** Type of the subject. */
  subjectType: 'user' | 'post' | 'comment' | 'story';
  /** UUID. */
  subjectId: string;
  owner: Account;
  /** Whether the case is open or has been resolved. */
  status: 'open' | 'resolved';
  /** Sum over the reports since the case was opened: 1, 2, 4 or 8 for a New, Basic, Trusted or Verified reporter. */
  priority: number;
  /** Number of reports across all rounds. */
  reportCount: number;
  /** Number of times the case has been opened. */
  round: number;
  openedAt: Date;
  /** Null while it is open. */
  resolvedAt: Date | null;
  /** The operator who decided. */
  resolvedBy: string | null;
  /** The decision. */
  resolution: 'dismiss' | 'warn' | 'takedown' | 'strike' | 'ban' | null;
  /** The rule that was broken. */
  rule: string | null;
  /** Reason for the decision. */
  reason: string | null;
  /** The 200 newest. */
  reports: {
    /** UUID. */
    id: string;
    /** Category of the report. */
    category: 'spam' | 'abuse' | 'nudity' | 'violence' | 'selfHarm' | 'illegal' | 'impersonation' | 'other';
    /** What is wrong, in the reporter's words. */
    reason: string | null;
    createdAt: Date;
    /** The round of the case in which it was made. */
    round: number;
    /** Null once the account has been deleted. */
    reporter: Account | null;
    snapshot: ReportSnapshot;
  }[];
  /** The photos of the snapshots that still exist, wherever they are shown; blur them with their `thumbhash`. */
  media: Media[];
  /** The 200 newest actions on the subject. */
  actions: Action[];
};

/** A user on your list of close friends. */
export type CloseFriend = {
  user: UserCard;
  addedAt: Date;
};

/** A comment on a post. */
export type Comment = {
  /** UUID. */
  id: string;
  /** UUID. */
  postId: string;
  /** The comment that this replies to; null for a top-level comment. */
  parentId: string | null;
  author: UserCard;
  /** Text of the comment. */
  body: string;
  /** Number of likes. */
  likeCount: number;
  /** Number of replies. */
  replyCount: number;
  createdAt: Date;
  /** Time of the last edit. */
  editedAt: Date | null;
  /** Whether you like it; only when signed in. */
  likedByViewer?: boolean | undefined;
};

/** A comment with its first replies. */
export type CommentThread = {
  /** UUID. */
  id: string;
  /** UUID. */
  postId: string;
  /** The comment that this replies to; null for a top-level comment. */
  parentId: string | null;
  author: UserCard;
  /** Text of the comment. */
  body: string;
  /** Number of likes. */
  likeCount: number;
  /** Number of replies. */
  replyCount: number;
  createdAt: Date;
  /** Time of the last edit. */
  editedAt: Date | null;
  /** Whether you like it; only when signed in. */
  likedByViewer?: boolean | undefined;
  /** The first few replies, oldest first; empty for a reply. */
  replies: Comment[];
};

/** A dead job: its last attempt failed. Those in the dead-letter queue of SQS are listed within a minute. */
export type DeadJob = {
  /** Id of the job. */
  id: number;
  /** The queue whose workers run it. */
  queue: 'media' | 'effects';
  /** Kind of the job; `unreadable` for a message that is not a job, with its text in `raw` of the body. */
  kind: string;
  /** Ids of the records the job works on; the fields depend on the kind. */
  body: Record<string, unknown>;
  /** Number of attempts so far. */
  tries: number;
  deadAt: Date;
  /** Why the last attempt failed. */
  lastError: string | null;
};

/** A device that the account was seen on. */
export type Device = {
  /** Hash of the fingerprint, keyed per installation. */
  hash: string;
  /** The name that the client last gave itself. */
  name: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
};

/** An account that was seen on a device. */
export type DeviceAccount = {
  account: Account;
  firstSeenAt: Date;
  lastSeenAt: Date;
};

/** A device and the accounts seen on it, for operators. */
export type DeviceRecord = {
  /** Hash of the fingerprint, keyed per installation. */
  hash: string;
  /** Rises with each new account on the device, by 5, 15, 30 or 50. */
  risk: number;
  /** When it was blocked; null if it isn't. */
  blockedAt: Date | null;
  createdAt: Date;
  /** Number of accounts seen on it. */
  accountCount: number;
  /** The accounts seen on it, in order of first appearance. */
  accounts: Page<DeviceAccount>;
};

/** A record about the viewer, with the section that it belongs to. */
export type ExportEntry = {
  /** The section that the entry belongs to. */
  section: 'account';
  data: AccountRecord;
} | {
  /** The section that the entry belongs to. */
  section: 'media';
  data: OwnMedia;
} | {
  /** The section that the entry belongs to. */
  section: 'posts';
  data: Post;
} | {
  /** The section that the entry belongs to. */
  section: 'postEdits';
  data: OwnPostEdits;
} | {
  /** The section that the entry belongs to. */
  section: 'stories';
  data: Story;
} | {
  /** The section that the entry belongs to. */
  section: 'highlights';
  data: OwnHighlight;
} | {
  /** The section that the entry belongs to. */
  section: 'storyReactions';
  data: OwnStoryReaction;
} | {
  /** The section that the entry belongs to. */
  section: 'storiesSeen';
  data: SeenStory;
} | {
  /** The section that the entry belongs to. */
  section: 'comments';
  data: OwnComment;
} | {
  /** The section that the entry belongs to. */
  section: 'likes';
  data: OwnLike;
} | {
  /** The section that the entry belongs to. */
  section: 'commentLikes';
  data: OwnCommentLike;
} | {
  /** The section that the entry belongs to. */
  section: 'bookmarks';
  data: OwnBookmark;
} | {
  /** The section that the entry belongs to. */
  section: 'followers';
  data: Follow;
} | {
  /** The section that the entry belongs to. */
  section: 'following';
  data: Follow;
} | {
  /** The section that the entry belongs to. */
  section: 'followRequests';
  data: FollowRequest;
} | {
  /** The section that the entry belongs to. */
  section: 'sentFollowRequests';
  data: FollowRequest;
} | {
  /** The section that the entry belongs to. */
  section: 'closeFriends';
  data: CloseFriend;
} | {
  /** The section that the entry belongs to. */
  section: 'blocks';
  data: Block;
} | {
  /** The section that the entry belongs to. */
  section: 'mutes';
  data: Mute;
} | {
  /** The section that the entry belongs to. */
  section: 'invites';
  data: Invite;
} | {
  /** The section that the entry belongs to. */
  section: 'sessions';
  data: SignedInDevice;
} | {
  /** The section that the entry belongs to. */
  section: 'securityEvents';
  data: SecurityEvent;
} | {
  /** The section that the entry belongs to. */
  section: 'devices';
  data: Device;
} | {
  /** The section that the entry belongs to. */
  section: 'notifications';
  data: OwnNotification;
} | {
  /** The section that the entry belongs to. */
  section: 'trust';
  data: OwnTrust;
} | {
  /** The section that the entry belongs to. */
  section: 'reports';
  data: Report;
} | {
  /** The section that the entry belongs to. */
  section: 'moderationActions';
  data: Action;
} | {
  /** The section that the entry belongs to. */
  section: 'appeals';
  data: OwnAppeal;
};

/** What the uploaded file says in its EXIF, IPTC or XMP. Only its owner sees it. `PATCH /media/{mediaId}` shows what they choose, and deletes the rest with `fileRights: null`. */
export type FileRights = {
  /** Copyright notice. */
  copyright?: string | undefined;
  /** Who made the photo. */
  creator?: string | undefined;
  /** What others may do with it: the name of a licence, its URL or a sentence. */
  license?: string | undefined;
  /** Whether the file asks not to be mined. */
  noAi?: boolean | undefined;
};

/** A follower, or a followed user. */
export type Follow = {
  user: UserCard;
  followedAt: Date;
};

/** A request to follow a private account. */
export type FollowRequest = {
  user: UserCard;
  requestedAt: Date;
};

/** The resulting state. */
export type FollowState = {
  /** `requested` until the owner of a private account decides. */
  state: 'following' | 'requested' | 'none';
};

/** A hashtag and how often it is used. */
export type Hashtag = {
  /** The hashtag in lower case, without the #. */
  tag: string;
  /** How many of the latest 50 posts with this hashtag you can see. */
  recentPostCount: number;
};

/** A named collection of stories that stay visible after 24 hours. */
export type Highlight = {
  /** UUID. */
  id: string;
  owner: UserCard;
  /** Name of the highlight. */
  name: string;
  /** Photo of the story that the owner chose if you can see it, otherwise of the first story. */
  cover: {
    /** UUID. */
    id: string;
    /** pending → uploaded → processing → completed or failed. */
    status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
    /** Width of the original in pixels, after rotating it upright; null until it is processed. */
    width: number | null;
    /** Height of the original in pixels, after rotating it upright; null until it is processed. */
    height: number | null;
    /** A description of the photo for people who can't see it; in a post, the one that the post has for it. */
    altText: string;
    /** ThumbHash in base64, for a blurred placeholder. */
    thumbhash: string | null;
    /** Dominant colour as #rrggbb. */
    dominantColor: string | null;
    camera: Camera;
    /** Copyright notice. */
    copyright: string | null;
    /** Who made the photo. */
    creator: string | null;
    /** What others may do with it: the name of a licence, its URL or a sentence. */
    license: string | null;
    /** Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`. */
    noAi: boolean;
    /** Whether the JPEG variants carry a gain map (Ultra HDR, ISO 21496-1), by which HDR displays show more light. The other variants, and photos in PQ or HLG, are shown within the standard range. */
    isHdr: boolean;
    /** Empty until the photo is processed. */
    variants: MediaVariant[];
    /** Human-readable reason for the failure. */
    reason?: string | undefined;
    /** Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again. */
    retryUntil?: Date | undefined;
  };
  /** Number of stories that you can see. */
  storyCount: number;
  createdAt: Date;
};

/** A highlight with the stories that you can see. */
export type HighlightWithStories = {
  /** UUID. */
  id: string;
  owner: UserCard;
  /** Name of the highlight. */
  name: string;
  /** Photo of the story that the owner chose if you can see it, otherwise of the first story. */
  cover: {
    /** UUID. */
    id: string;
    /** pending → uploaded → processing → completed or failed. */
    status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
    /** Width of the original in pixels, after rotating it upright; null until it is processed. */
    width: number | null;
    /** Height of the original in pixels, after rotating it upright; null until it is processed. */
    height: number | null;
    /** A description of the photo for people who can't see it; in a post, the one that the post has for it. */
    altText: string;
    /** ThumbHash in base64, for a blurred placeholder. */
    thumbhash: string | null;
    /** Dominant colour as #rrggbb. */
    dominantColor: string | null;
    camera: Camera;
    /** Copyright notice. */
    copyright: string | null;
    /** Who made the photo. */
    creator: string | null;
    /** What others may do with it: the name of a licence, its URL or a sentence. */
    license: string | null;
    /** Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`. */
    noAi: boolean;
    /** Whether the JPEG variants carry a gain map (Ultra HDR, ISO 21496-1), by which HDR displays show more light. The other variants, and photos in PQ or HLG, are shown within the standard range. */
    isHdr: boolean;
    /** Empty until the photo is processed. */
    variants: MediaVariant[];
    /** Human-readable reason for the failure. */
    reason?: string | undefined;
    /** Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again. */
    retryUntil?: Date | undefined;
  };
  /** Number of stories that you can see. */
  storyCount: number;
  createdAt: Date;
  /** The stories that you can see, oldest first. */
  stories: Story[];
};

/** One of your invites. */
export type Invite = {
  /** 12 characters from an alphabet without look-alikes. */
  code: string;
  /** `redeemed` once it has no uses left. */
  status: 'open' | 'redeemed' | 'expired' | 'revoked';
  createdAt: Date;
  expiresAt: Date;
  /** Who joined with it; null if nobody has, or if you can't see them. */
  redeemedBy: UserCard | null;
};

/** The number of invites you have used and have left. */
export type InviteStats = {
  /** Invites that count against the quota: redeemed and open ones. Revoked and expired invites no longer count. */
  sent: number;
  /** Number of redeemed invites. */
  redeemed: number;
  /** Number of invites you can still create; 0 if you are not allowed to invite others. */
  remaining: number;
  /** The quota by trust level: 3, 10, 50 or 200. */
  max: number;
};

/** The invite tree around one user: who invited them, and the users they invited. */
export type InviteTree = {
  account: Account;
  /** When this user, and everyone below them, was barred from inviting; null if not. */
  frozenAt: Date | null;
  /** Number of users who joined with their invites. */
  invitedCount: number;
  /** The user whose freeze applies: this user, or the nearest one above. Null if the user can invite others. */
  frozenBy: string | null;
  /** Who invited the user; null for an operator's invite, or none. */
  inviter: Account | null;
  /** Number of users who joined with their invites, directly or indirectly; counted up to 1000. */
  belowCount: number;
  /** Users who joined with their invites, newest first. Each has a tree of their own. */
  invited: Page<{
    account: Account;
    /** When this user, and everyone below them, was barred from inviting; null if not. */
    frozenAt: Date | null;
    /** Number of users who joined with their invites. */
    invitedCount: number;
    redeemedAt: Date;
  }>;
};

/** Whether an invite can be used. */
export type InviteValidity = {
  /** Whether it can be used now. */
  isValid: boolean;
};

/** A user who liked it, and when. */
export type Like = {
  user: UserCard;
  likedAt: Date;
};

/** Whether you like it, and the number of likes. */
export type LikeState = {
  /** Whether you like it. */
  liked: boolean;
  /** Number of likes. */
  likeCount: number;
};

/** Your profile, including its private fields. */
export type Me = {
  /** UUID. */
  id: string;
  /** Unique regardless of case. */
  handle: string;
  /** Display name. */
  displayName: string;
  avatar: Avatar | null;
  /** Whether only approved followers can see their posts and stories. */
  isPrivate: boolean;
  /** Only shown to its owner. */
  email: string;
  /** Short text about the user. */
  bio: string;
  /** Whether search and suggestions show the user; an exact handle always does. */
  discoverable: boolean;
  /** Number of followers. */
  followerCount: number;
  /** Number of followed users. */
  followingCount: number;
  /** Number of posts. */
  postCount: number;
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  trustLevel: number;
  createdAt: Date;
  /** The current ban, or null. */
  ban: OwnBan | null;
  settings: Settings;
};

/** A photo. Users other than its owner only see it once it is `completed`; only its owner sees why it failed. */
export type Media = {
  /** UUID. */
  id: string;
  /** pending → uploaded → processing → completed or failed. */
  status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
  /** Width of the original in pixels, after rotating it upright; null until it is processed. */
  width: number | null;
  /** Height of the original in pixels, after rotating it upright; null until it is processed. */
  height: number | null;
  /** A description of the photo for people who can't see it; in a post, the one that the post has for it. */
  altText: string;
  /** ThumbHash in base64, for a blurred placeholder. */
  thumbhash: string | null;
  /** Dominant colour as #rrggbb. */
  dominantColor: string | null;
  camera: Camera;
  /** Copyright notice. */
  copyright: string | null;
  /** Who made the photo. */
  creator: string | null;
  /** What others may do with it: the name of a licence, its URL or a sentence. */
  license: string | null;
  /** Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`. */
  noAi: boolean;
  /** Whether the JPEG variants carry a gain map (Ultra HDR, ISO 21496-1), by which HDR displays show more light. The other variants, and photos in PQ or HLG, are shown within the standard range. */
  isHdr: boolean;
  /** Empty until the photo is processed. */
  variants: MediaVariant[];
  /** Human-readable reason for the failure. */
  reason?: string | undefined;
  /** Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again. */
  retryUntil?: Date | undefined;
};

/** The detailed state of an upload, for operators. */
export type MediaInspection = {
  /** UUID. */
  id: string;
  /** UUID. */
  ownerId: string;
  /** pending → uploaded → processing → completed or failed. */
  status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
  /** Human-readable reason for the failure. */
  reason: string | null;
  /** Number of times processing was started. */
  attempts: number;
  /** Media type, as declared. */
  contentType: string;
  /** Size of the file in bytes, as declared. */
  bytes: number;
  /** SHA-256 of the file, as declared. */
  sha256: string | null;
  /** Width of the original in pixels, after rotating it upright; null until it is processed. */
  width: number | null;
  /** Height of the original in pixels, after rotating it upright; null until it is processed. */
  height: number | null;
  /** Where the photo is used; it can be deleted once it isn't used anywhere. */
  usedIn: {
    /** Posts that contain the photo. */
    postIds: string[];
    /** Stories that show the photo. */
    storyIds: string[];
    /** Whether it is the owner's avatar. */
    isAvatar: boolean;
  };
  /** Whether it is stored where anyone can read it. */
  isPublic: boolean;
  createdAt: Date;
  uploadExpiresAt: Date;
  statusChangedAt: Date;
  /** The objects that should be stored: the upload until it is processed, then the original and all variants. */
  objects: {
    /** Name of the object. */
    name: string;
    /** Size in bytes; null when the object is missing. */
    bytes: number | null;
  }[];
  /** Jobs for the upload that are waiting, running or dead. */
  jobs: {
    /** Id of the job. */
    id: number;
    /** Kind of job. */
    kind: string;
    /** Number of attempts. */
    tries: number;
    /** When the job ran out of attempts; null if it did not. */
    deadAt: Date | null;
    /** Why the last attempt failed. */
    lastError: string | null;
  }[];
};

/** Which files are accepted, and what is made from them. */
export type MediaPolicy = {
  /** Accepted media types; HEIC is among them where its decoder is installed. */
  acceptedTypes: ('image/jpeg' | 'image/png' | 'image/webp' | 'image/avif' | 'image/heic' | 'image/heif')[];
  /** Maximum size of a file in bytes. */
  maxBytes: number;
  /** Maximum of width times height for a file whose encoding is not known. */
  maxPixels: number;
  /** Maximum of width times height, by encoding. */
  pixelLimits: {
    /** A JPEG with one scan, which is made smaller while it is read. */
    baselineJpeg: number;
    /** Also a JPEG with several scans; 50 million with four channels in full resolution. */
    progressiveJpeg: number;
    /** A PNG that is not interlaced. */
    png: number;
    /** An interlaced PNG, which is decoded whole. */
    interlacedPng: number;
    /** A WebP, lossy or lossless. */
    webp: number;
    /** With 8 bits per channel. */
    avif: number;
    /** Fewer with more than 8 bits per channel and colours in full resolution. */
    heic: number;
    /** With 10 or 12 bits per channel. */
    deepAvif: number;
  };
  /** Variants made from each photo; photos are never enlarged, and equal variants are made once, by the smallest name. */
  variants: {
    /** Name of the size. */
    name: string;
    /** Longest side in pixels, except of panoramas and tall photos. */
    longestSide: number;
    /** A longer photo is made longer than that: up to this many pixels in all. */
    area: number;
    /** or until its short side has this many pixels, whichever comes first. */
    shortSide: number;
    /** Media types, with one variant each. */
    types: string[];
  }[];
  /** How long an upload URL is valid, in seconds. */
  uploadTtlSeconds: number;
  /** What happens to a file's metadata. */
  metadata: string;
  /** Why some common formats are refused. */
  notAccepted: string;
};

/** One size of a photo, in one format. */
export type MediaVariant = {
  /** Longest side of up to 200, 800, 1600, 2048 or 4096 pixels; more for panoramas and tall photos, so that they can be read. A photo that is smaller has thumb, medium and large nevertheless, with the same URL; xlarge and full only where it is larger than the one before. */
  name: 'thumb' | 'medium' | 'large' | 'xlarge' | 'full';
  /** Media type; `image/avif` joins the others some minutes after the photo is ready. */
  type: 'image/webp' | 'image/jpeg' | 'image/avif';
  /** For a photo that everybody may see: lasts until fewer people may. For others: made for you alone, ends at `expiresAt`, and works only while you can see the photo; it may redirect. */
  url: string;
  /** When the URL ends; read again for a fresh one. Null for a URL without an end, and without a URL. */
  expiresAt: Date | null;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Size of the file in bytes. */
  bytes: number;
};

/** A user you have muted. */
export type Mute = {
  user: UserCard;
  mutedAt: Date;
  /** When the mute ends; null if it lasts until you unmute them. */
  expiresAt: Date | null;
};

/** Requirements for the next level; all must be met. */
export type NextLevel = {
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  level: number;
  /** Full days since sign-up: current value and required minimum. */
  age: {
    /** Full days since sign-up. */
    have: number;
    /** The required minimum. */
    need: number;
  };
  /** Published posts: current value and required minimum. */
  posts: {
    /** Published posts. */
    have: number;
    /** The required minimum. */
    need: number;
  };
  /** Points: current value and required minimum. */
  points: {
    /** Points. */
    have: number;
    /** The required minimum. */
    need: number;
  };
  /** Upheld reports: current value and the limit to stay below. */
  flags: {
    /** Upheld reports. */
    have: number;
    /** The value must stay below this. */
    under: number;
  };
  /** Strikes in force: current value and the limit to stay below. */
  strikes: {
    /** Strikes in force. */
    have: number;
    /** The value must stay below this. */
    under: number;
  };
};

/** An entry in your notifications: one notification, or several of one kind about one subject. */
export type Notification = {
  /** UUID. */
  id: string;
  /** What happened. */
  kind: 'followed' | 'followRequested' | 'requestAccepted' | 'postLiked' | 'postCommented' | 'commentReplied' | 'commentLiked' | 'mentioned' | 'storyReaction' | 'inviteRedeemed' | 'moderationNotice' | 'newSignIn' | 'photographFailed';
  /** Up to 3 of the users who did it, latest first; empty when no user did it. */
  actors: UserCard[];
  /** Number of notifications in this entry, up to 1000. */
  count: number;
  /** Whether all notifications in this entry have been read. */
  isRead: boolean;
  /** Time of its first notification. */
  createdAt: Date;
  /** Time of its latest notification. */
  latestAt: Date;
  /** The post that the entry is about, if any. */
  postId: string | null;
  /** The comment that the entry is about, if any. */
  commentId: string | null;
  /** The story that the entry is about, if any. */
  storyId: string | null;
  /** The photo of the story, or the first photo of the post. */
  thumbnail: Media | null;
  /** The comment, the caption with the mention, the rule and reason for a moderation action, the device of a sign-in, or why the photo failed. */
  text: string | null;
};

/** Who can notify you, by kind of notification. */
export type NotificationPreferences = {
  /** Who can notify you: everyone, users you follow, or nobody. */
  followed: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  followRequested: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  requestAccepted: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  postLiked: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  postCommented: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  commentReplied: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  commentLiked: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  mentioned: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  storyReaction: 'everyone' | 'following' | 'nobody';
  /** Who can notify you: everyone, users you follow, or nobody. */
  inviteRedeemed: 'everyone' | 'following' | 'nobody';
};

/** One of your appeals. */
export type OwnAppeal = {
  /** UUID. */
  id: string;
  action: Action;
  /** Why the action was wrong, in the words of the appellant. */
  text: string;
  /** `upheld`: the action remains; `overturned`: it was undone. */
  status: 'open' | 'upheld' | 'overturned';
  createdAt: Date;
  /** Null while it is open. */
  resolvedAt: Date | null;
  /** Reason for the decision. */
  reason: string | null;
};

/** Why you are banned, and until when. */
export type OwnBan = {
  /** The action to appeal. */
  actionId: string;
  /** When the ban ends; null means permanent. */
  until: Date | null;
  /** The rule that was broken. */
  rule: string;
  /** Reason for the ban. */
  reason: string;
};

/** A post that the viewer has bookmarked. */
export type OwnBookmark = {
  /** UUID. */
  postId: string;
  bookmarkedAt: Date;
};

/** A comment by the viewer. */
export type OwnComment = {
  /** UUID. */
  id: string;
  /** Null when the viewer can no longer see the post. */
  postId: string | null;
  /** Text of the comment. */
  body: string;
  createdAt: Date;
  /** Time of the last edit; null if it was never edited. */
  editedAt: Date | null;
  /** The earlier versions of the text. */
  edits: {
    /** Text before the edit. */
    body: string;
    editedAt: Date;
  }[];
};

/** A comment that the viewer likes. */
export type OwnCommentLike = {
  /** UUID. */
  commentId: string;
  likedAt: Date;
};

/** One of your highlights, with all its stories. */
export type OwnHighlight = {
  /** UUID. */
  id: string;
  owner: UserCard;
  /** Name of the highlight. */
  name: string;
  /** Photo of the story that the owner chose if you can see it, otherwise of the first story. */
  cover: {
    /** UUID. */
    id: string;
    /** pending → uploaded → processing → completed or failed. */
    status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
    /** Width of the original in pixels, after rotating it upright; null until it is processed. */
    width: number | null;
    /** Height of the original in pixels, after rotating it upright; null until it is processed. */
    height: number | null;
    /** A description of the photo for people who can't see it; in a post, the one that the post has for it. */
    altText: string;
    /** ThumbHash in base64, for a blurred placeholder. */
    thumbhash: string | null;
    /** Dominant colour as #rrggbb. */
    dominantColor: string | null;
    camera: Camera;
    /** Copyright notice. */
    copyright: string | null;
    /** Who made the photo. */
    creator: string | null;
    /** What others may do with it: the name of a licence, its URL or a sentence. */
    license: string | null;
    /** Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`. */
    noAi: boolean;
    /** Whether the JPEG variants carry a gain map (Ultra HDR, ISO 21496-1), by which HDR displays show more light. The other variants, and photos in PQ or HLG, are shown within the standard range. */
    isHdr: boolean;
    /** Empty until the photo is processed. */
    variants: MediaVariant[];
    /** Human-readable reason for the failure. */
    reason?: string | undefined;
    /** Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again. */
    retryUntil?: Date | undefined;
  };
  /** Number of stories that you can see. */
  storyCount: number;
  createdAt: Date;
  /** Its stories, oldest first. */
  storyIds: string[];
};

/** A post that the viewer likes. */
export type OwnLike = {
  /** UUID. */
  postId: string;
  likedAt: Date;
};

/** One of your photos and where it is used. */
export type OwnMedia = {
  /** UUID. */
  id: string;
  /** pending → uploaded → processing → completed or failed. */
  status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
  /** Width of the original in pixels, after rotating it upright; null until it is processed. */
  width: number | null;
  /** Height of the original in pixels, after rotating it upright; null until it is processed. */
  height: number | null;
  /** A description of the photo for people who can't see it; in a post, the one that the post has for it. */
  altText: string;
  /** ThumbHash in base64, for a blurred placeholder. */
  thumbhash: string | null;
  /** Dominant colour as #rrggbb. */
  dominantColor: string | null;
  /** All camera data that is kept. */
  camera: {
    /** Manufacturer of the camera. */
    make?: string | undefined;
    /** Model of the camera. */
    model?: string | undefined;
    /** Model of the lens, or its focal lengths and apertures. */
    lens?: string | undefined;
    /** Focal length with its unit; in brackets the equivalent on 35 mm film, where it differs. */
    focalLength?: string | undefined;
    /** Aperture as an f-number. */
    aperture?: string | undefined;
    /** Exposure time with its unit. */
    exposureTime?: string | undefined;
    /** ISO sensitivity. */
    iso?: string | undefined;
    /** Date and time by the camera's clock, without a time zone. */
    takenAt?: string | undefined;
  };
  /** Copyright notice. */
  copyright: string | null;
  /** Who made the photo. */
  creator: string | null;
  /** What others may do with it: the name of a licence, its URL or a sentence. */
  license: string | null;
  /** Whether the owner wishes that the photo is not used to train AI models. The server sends its pictures with `X-Robots-Tag: noai, noimageai`. */
  noAi: boolean;
  /** Whether the JPEG variants carry a gain map (Ultra HDR, ISO 21496-1), by which HDR displays show more light. The other variants, and photos in PQ or HLG, are shown within the standard range. */
  isHdr: boolean;
  /** Empty until the photo is processed. */
  variants: MediaVariant[];
  /** The camera data that others can see. */
  shownCameraFields: ('make' | 'model' | 'lens' | 'focalLength' | 'aperture' | 'exposureTime' | 'iso' | 'takenAt')[];
  fileRights: FileRights;
  /** Human-readable reason for the failure. */
  reason: string | null;
  /** Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again. */
  retryUntil: Date | null;
  /** The original without its metadata, for its owner only; it may redirect. */
  originalUrl: string | null;
  /** When the URL ends; read again for a fresh one. Null for a URL without an end, and without a URL. */
  originalUrlExpiresAt: Date | null;
  /** Where the photo is used; it can be deleted once it isn't used anywhere. */
  usedIn: {
    /** Posts that contain the photo. */
    postIds: string[];
    /** Stories that show the photo. */
    storyIds: string[];
    /** Whether it is the owner's avatar. */
    isAvatar: boolean;
  };
  /** Whether it was taken down: others don't see it anywhere, and it can't be used again. `GET /account/actions` says why. */
  isTakenDown: boolean;
  createdAt: Date;
};

/** A notification to the viewer, without other users' text and photos. */
export type OwnNotification = {
  /** UUID. */
  id: string;
  /** What happened. */
  kind: 'followed' | 'followRequested' | 'requestAccepted' | 'postLiked' | 'postCommented' | 'commentReplied' | 'commentLiked' | 'mentioned' | 'storyReaction' | 'inviteRedeemed' | 'moderationNotice' | 'newSignIn' | 'photographFailed';
  /** Up to 3 of the users who did it, latest first; empty when no user did it. */
  actors: UserCard[];
  /** Number of notifications in this entry, up to 1000. */
  count: number;
  /** Whether all notifications in this entry have been read. */
  isRead: boolean;
  /** Time of its first notification. */
  createdAt: Date;
  /** Time of its latest notification. */
  latestAt: Date;
  /** The post that the entry is about, if any. */
  postId: string | null;
  /** The comment that the entry is about, if any. */
  commentId: string | null;
  /** The story that the entry is about, if any. */
  storyId: string | null;
  /** The viewer's comment that was liked, the text of a moderation notice, or the device of a sign-in; otherwise null. */
  text: string | null;
};

/** The earlier versions of a post by the viewer. */
export type OwnPostEdits = {
  /** UUID. */
  postId: string;
  /** The post before each edit. */
  edits: {
    /** The caption, with hashtags and mentions. */
    caption: string;
    /** Who could see the post. */
    visibility: string;
    /** Who could comment. */
    commentPolicy: string;
    /** The photos in order. */
    media: {
      /** UUID. */
      mediaId: string;
      /** A description of the photo for people who can't see it. */
      altText: string;
    }[];
    editedAt: Date;
  }[];
};

/** Your reaction to a story. */
export type OwnStoryReaction = {
  /** UUID. */
  storyId: string;
  /** One emoji. */
  emoji: string;
  reactedAt: Date;
};

/** Trust level and points, with the ledger of points. */
export type OwnTrust = {
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  level: number;
  /** Points, never below 0. */
  points: number;
  /** Null for Trusted and Verified users: only an operator can make a user Verified. */
  next: NextLevel | null;
  /** Strikes in force, newest first. */
  strikes: Strike[];
  /** Points by what they were given for. */
  ledger: {
    /** What the points were given for. */
    act: 'post' | 'comment' | 'likeReceived' | 'follower' | 'flagUpheld' | 'contentRemoved' | 'strike' | 'invitedBasic';
    /** Number of entries that count. */
    count: number;
    /** Sum of their points. */
    points: number;
  }[];
};

/** 1 to 10 photos with a caption. */
export type Post = {
  /** UUID. */
  id: string;
  author: UserCard;
  /** Caption, with hashtags and mentions. */
  caption: string;
  /** Who can see the post. Only followers can see a private account's `public` posts. */
  visibility: 'public' | 'followers';
  /** Who can comment. */
  commentPolicy: 'everyone' | 'followers' | 'nobody';
  /** Only the author sees the post until all its photos are ready, and after it has been taken down. If a photo failed, its status says so. */
  status: 'processing' | 'published' | 'failed' | 'takenDown';
  /** 1 to 10 photos, in order. */
  media: Media[];
  /** Number of likes. */
  likeCount: number;
  /** Number of comments and replies. */
  commentCount: number;
  createdAt: Date;
  /** Time of the last edit; null if never edited. */
  editedAt: Date | null;
  /** Whether you like the post; only when signed in. */
  likedByViewer?: boolean | undefined;
  /** Whether you bookmarked the post; only when signed in. */
  bookmarkedByViewer?: boolean | undefined;
};

/** A user as others see them. */
export type Profile = {
  /** UUID. */
  id: string;
  /** Unique regardless of case. */
  handle: string;
  /** Display name. */
  displayName: string;
  avatar: Avatar | null;
  /** Whether only approved followers can see their posts and stories. */
  isPrivate: boolean;
  /** Short text about the user. */
  bio: string;
  /** Number of followers; null when the account is private and you are not an approved follower. */
  followerCount: number | null;
  /** Number of followed users; null when the account is private and you are not an approved follower. */
  followingCount: number | null;
  /** Number of posts; null when the account is private and you are not an approved follower. */
  postCount: number | null;
  /** When the user joined. */
  createdAt: Date;
  /** Your relationship with the user; null when not signed in. */
  relationship: Relationship | null;
};

/** The state of every limit that applies to you. */
export type RateLimits = {
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  trustLevel: number;
  /** One entry per bucket and period. */
  buckets: BucketState[];
};

/** Your reaction to a story. */
export type ReactionState = {
  /** Your reaction, or null. */
  emoji: string | null;
};

/** The relationship between you and another user. */
export type Relationship = {
  /** You follow them. */
  following: boolean;
  /** They follow you. */
  followedBy: boolean;
  /** You have asked to follow them, and they haven't decided yet. */
  requested: boolean;
  /** You have blocked them. */
  blocking: boolean;
  /** They have blocked you. Only shown if you have blocked them too; otherwise they are hidden from you. */
  blockedBy: boolean;
  /** You have muted them, and the mute has not ended. */
  muting: boolean;
  /** You follow each other. */
  mutual: boolean;
  /** They are one of your close friends. */
  closeFriend: boolean;
};

/** The relationships between you and several users. */
export type Relationships = {
  /** In the requested order; users you can't see are omitted. */
  items: {
    /** UUID. */
    userId: string;
    relationship: Relationship;
  }[];
};

/** One of your reports. */
export type Report = {
  /** UUID. */
  id: string;
  /** Category of the report. */
  category: 'spam' | 'abuse' | 'nudity' | 'violence' | 'selfHarm' | 'illegal' | 'impersonation' | 'other';
  /** What is wrong, in the reporter's words. */
  reason: string | null;
  createdAt: Date;
  /** Type of the subject. */
  subjectType: 'user' | 'post' | 'comment' | 'story';
  /** UUID. */
  subjectId: string;
  /** `upheld` when action was taken and has not been undone. */
  outcome: 'open' | 'dismissed' | 'upheld';
  /** Null while it is open. */
  resolvedAt: Date | null;
};

/** What the reporter saw. */
export type ReportSnapshot = {
  /** The author, or the reported user. */
  author: {
    /** UUID. */
    id: string;
    /** Handle at that time. */
    handle: string;
    /** Display name at that time. */
    displayName: string;
  };
  /** Texts, by field. */
  texts: Record<string, string>;
  /** Photos. */
  mediaIds: string[];
  /** The post of a reported comment; null for other subjects. */
  postId: string | null;
  /** When the subject was created. */
  createdAt: string;
};

/** An event in the security history of an account. */
export type SecurityEvent = {
  /** Kind of the event. */
  kind: string;
  /** Additional values, by name. */
  details: Record<string, string | number>;
  createdAt: Date;
};

/** A story that you have seen. */
export type SeenStory = {
  /** UUID. */
  storyId: string;
  seenAt: Date;
};

/** Your settings. */
export type Settings = {
  notifications: NotificationPreferences;
  /** Who can comment on your new posts by default. */
  commentPolicy: 'everyone' | 'followers' | 'nobody';
  /** Who can see your new stories by default. */
  storyAudience: 'public' | 'friends' | 'closeFriends';
};

/** The tokens of a new session, and its user. */
export type SignInResult = {
  /** Sent as `Authorization: Bearer …`. */
  accessToken: string;
  /** Works for one refresh, which returns its successor. */
  refreshToken: string;
  accessExpiresAt: Date;
  refreshExpiresAt: Date;
  user: Me;
};

/** A new account, signed in. */
export type SignUpResult = {
  /** Sent as `Authorization: Bearer …`. */
  accessToken: string;
  /** Works for one refresh, which returns its successor. */
  refreshToken: string;
  accessExpiresAt: Date;
  refreshExpiresAt: Date;
  user: Me;
};

/** An active session. */
export type SignedInDevice = {
  /** UUID. */
  id: string;
  /** Browser and operating system, or the name that the client gave itself. */
  deviceName: string;
  createdAt: Date;
  /** Time of the last token refresh. */
  lastUsedAt: Date;
  /** Whether this session made the request. */
  current: boolean;
};

/** A sign-up on a risky device, to be reviewed. The account works in the meantime. */
export type SignupReview = {
  account: Account;
  /** Hash of the fingerprint, keyed per installation. */
  deviceHash: string;
  /** Rises with each new account on the device, by 5, 15, 30 or 50. */
  risk: number;
  createdAt: Date;
};

/** A photo that is shown for 24 hours. */
export type Story = {
  /** UUID. */
  id: string;
  author: UserCard;
  media: Media;
  /** Caption, with hashtags and mentions. */
  caption: string;
  /** Who can see the story. `friends` are users who follow the author and are followed back; `closeFriends` are the author's own list. Only followers can see a private account's `public` stories. */
  visibility: 'public' | 'friends' | 'closeFriends';
  /** Only the author sees the story until its photo is ready. */
  status: 'processing' | 'published' | 'failed';
  createdAt: Date;
  /** After this time, only highlights show the story. */
  expiresAt: Date;
  /** Number of other users who have seen it; null unless you are the author. */
  viewCount: number | null;
  /** Whether you have seen the story; your own count as seen. Only when signed in. */
  seenByViewer?: boolean | undefined;
  /** Your reaction, or null; only when signed in. */
  reactionByViewer?: string | null | undefined;
};

/** A user with stories that you can see. */
export type StoryAuthor = {
  user: UserCard;
  /** Number of stories that you can see. */
  storyCount: number;
  /** Time of the newest of these stories. */
  latestAt: Date;
  /** Whether there are stories that you have not seen; your own count as seen. */
  hasUnseen: boolean;
  /** Oldest first. Get their photos from the user's list of stories. */
  stories: {
    /** UUID. */
    id: string;
    createdAt: Date;
    /** Whether you have seen it. */
    seenByViewer: boolean;
  }[];
};

/** View and reaction counts of a story. */
export type StoryMetrics = {
  /** Number of other users who have seen it. */
  viewCount: number;
  /** Number of reactions. */
  reactionCount: number;
  /** Reactions by emoji, most frequent first. */
  reactions: {
    /** One emoji. */
    emoji: string;
    /** Number of users who chose it. */
    count: number;
  }[];
};

/** A reaction to a story. */
export type StoryReaction = {
  user: UserCard;
  /** One emoji. */
  emoji: string;
  reactedAt: Date;
};

/** A user who has seen a story. */
export type StoryViewer = {
  user: UserCard;
  seenAt: Date;
};

/** A penalty for breaking a rule; it counts against the account. */
export type Strike = {
  /** UUID. */
  id: string;
  createdAt: Date;
  /** 180 days after the strike was issued. */
  endsAt: Date;
};

/** A user you may want to follow. */
export type Suggestion = {
  user: UserCard;
  /** Why the user is suggested. */
  reason: {
    /** Kind of reason. */
    kind: 'followedBy';
    /** Up to 3 users you follow who follow them. */
    users: UserCard[];
    /** Number of users you follow who follow them. */
    count: number;
  };
};

/** The tokens of a session. */
export type Tokens = {
  /** Sent as `Authorization: Bearer …`. */
  accessToken: string;
  /** Works for one refresh, which returns its successor. */
  refreshToken: string;
  accessExpiresAt: Date;
  refreshExpiresAt: Date;
};

/** A user's trust record, for operators. */
export type TrustRecord = {
  /** UUID. */
  userId: string;
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  level: number;
  /** Points, never below 0. */
  points: number;
  /** Null for Trusted and Verified users: only an operator can make a user Verified. */
  next: NextLevel | null;
  /** The 100 newest, including ended and undone ones. */
  strikes: {
    /** UUID. */
    id: string;
    createdAt: Date;
    /** 180 days after the strike was issued. */
    endsAt: Date;
    /** The action that issued the strike. */
    actionId: string;
    /** Null unless the strike has been undone. */
    undoneAt: Date | null;
  }[];
  /** Sum of the ledger, which may be below 0. */
  sum: number;
  /** The level earned, not counting Verified granted by an operator. */
  earnedLevel: number;
  /** Points by what they were given for. */
  ledger: {
    /** What the points were given for. */
    act: 'post' | 'comment' | 'likeReceived' | 'follower' | 'flagUpheld' | 'contentRemoved' | 'strike' | 'invitedBasic';
    /** Number of entries that count. */
    count: number;
    /** Sum of their points. */
    points: number;
  }[];
};

/** Trust level, points and the requirements for the next level. */
export type TrustScore = {
  /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
  level: number;
  /** Points, never below 0. */
  points: number;
  /** Null for Trusted and Verified users: only an operator can make a user Verified. */
  next: NextLevel | null;
  /** Strikes in force, newest first. */
  strikes: Strike[];
};

/** The number of unread notifications. */
export type UnreadCount = {
  /** Number of unread notifications, up to 1000. */
  unreadCount: number;
};

/** Permission to upload one part of a file. */
export type UploadPart = {
  /** Number of the part, from 1. */
  number: number;
  /** Offset of its first byte in the file. */
  from: number;
  /** Offset after its last byte. */
  to: number;
  /** URL to PUT exactly these bytes to; keep it secret. */
  url: string;
  /** Headers to send exactly as given. */
  headers: Record<string, string>;
};

/** The status of an upload. */
export type UploadStatus = {
  /** pending → uploaded → processing → completed or failed. */
  status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
  /** UUID. */
  mediaId: string;
  /** Human-readable reason for the failure. */
  reason?: string | undefined;
  /** The parts that are missing, with new URLs, of a pending upload that can be sent in parts. */
  parts?: UploadPart[] | undefined;
  /** Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again. */
  retryUntil?: Date | undefined;
};

/** Permission to upload one file once, with the given method and headers. */
export type UploadTicket = {
  /** UUID. */
  uploadId: string;
  /** URL to send the file to; keep it secret. */
  uploadUrl: string;
  /** HTTP method for sending the file. */
  method: 'PUT';
  /** Headers to send exactly as given. */
  headers: Record<string, string>;
  expiresAt: Date;
  /** Only above 8 MiB: the parts that may be sent instead of the whole file, in any order and several at once. */
  parts?: UploadPart[] | undefined;
  /** `pending`: send the file. Anything else: the file has already been uploaded, and there is nothing to send or complete. */
  status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed';
};

/** A user as shown beside content and in lists. */
export type UserCard = {
  /** UUID. */
  id: string;
  /** Unique regardless of case. */
  handle: string;
  /** Display name. */
  displayName: string;
  avatar: Avatar | null;
  /** Whether only approved followers can see their posts and stories. */
  isPrivate: boolean;
};

/** A device that a user was seen on, for operators. */
export type UserDevice = {
  /** Hash of the fingerprint, keyed per installation. */
  hash: string;
  /** The name that the client last gave itself. */
  name: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Rises with each new account on the device, by 5, 15, 30 or 50. */
  risk: number;
  /** When it was blocked; null if it isn't. */
  blockedAt: Date | null;
};
