import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import {
  BlockPage,
  CloseFriendPage,
  FollowPage,
  FollowState,
  MutePage,
  NewMute,
  OwnListInput,
  Relationship,
  Relationships,
  SuggestionPage,
  UserListInput,
  UserRef,
  UserRefs,
} from './contract.ts';
import { listBlocks, listCloseFriends, listFollowers, listFollowing, listMutes } from './public.ts';
import { requestRoutes } from './requests/router.ts';
import {
  addCloseFriend,
  blockUser,
  followUser,
  muteUser,
  readRelationship,
  readRelationships,
  removeCloseFriend,
  removeFollower,
  unblockUser,
  unfollowUser,
  unmuteUser,
} from './service.ts';
import { suggestUsers } from './suggestions/service.ts';

const PRIVATE_LISTS = 'For a private account, only its followers can list them.';

export const socialRouter = (app: App) =>
  router({
    follow: userProcedure
      .meta({
        rest: 'POST /users/{userId}/follow',
        limit: 'follow',
        summary: 'Follow a user, or request to follow a private account',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(FollowState)
      .mutation(({ ctx, input }) => followUser(app, ctx.viewer, input.userId)),

    unfollow: userProcedure
      .meta({
        rest: 'DELETE /users/{userId}/follow',
        aliases: ['POST /users/{userId}/unfollow'],
        limit: 'unfollow',
        summary: 'Unfollow a user, or withdraw your request to follow them',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(FollowState)
      .mutation(({ ctx, input }) => unfollowUser(app, ctx.viewer, input.userId)),

    followers: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/followers',
        limit: 'read',
        summary: "List a user's followers, newest first",
        description: PRIVATE_LISTS,
        errors: ['not_found'],
      })
      .input(UserListInput)
      .output(FollowPage)
      .query(({ ctx, input }) => listFollowers(app, ctx.viewer, input)),

    following: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/following',
        limit: 'read',
        summary: 'List the users that a user follows, newest first',
        description: PRIVATE_LISTS,
        errors: ['not_found'],
      })
      .input(UserListInput)
      .output(FollowPage)
      .query(({ ctx, input }) => listFollowing(app, ctx.viewer, input)),

    relationship: userProcedure
      .meta({
        rest: 'GET /users/{userId}/relationship',
        limit: 'read',
        summary: 'Get your relationship with a user',
        errors: ['not_found'],
      })
      .input(UserRef)
      .output(Relationship)
      .query(({ ctx, input }) => readRelationship(app, ctx.viewer, input.userId)),

    relationships: userProcedure
      .meta({
        rest: 'GET /relationships',
        limit: 'read',
        summary: 'Get your relationships with several users',
        description: 'Useful for lists of users: one request instead of one per user.',
      })
      .input(UserRefs)
      .output(Relationships)
      .query(({ ctx, input }) => readRelationships(app, ctx.viewer, input.userIds)),

    removeFollower: userProcedure
      .meta({
        rest: 'DELETE /followers/{userId}',
        limit: 'write',
        summary: 'Remove a follower',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => removeFollower(app, ctx.viewer, input.userId)),

    ...requestRoutes(app),

    block: userProcedure
      .meta({
        rest: 'POST /users/{userId}/block',
        limit: 'write',
        summary: 'Block a user',
        description:
          'Ends follows and requests in both directions. From then on, neither of you can see the other.',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => blockUser(app, ctx.viewer, input.userId)),

    unblock: userProcedure
      .meta({
        rest: 'DELETE /users/{userId}/block',
        aliases: ['POST /users/{userId}/unblock'],
        limit: 'write',
        summary: 'Unblock a user',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unblockUser(app, ctx.viewer, input.userId)),

    blocks: userProcedure
      .meta({ rest: 'GET /blocks', limit: 'read', summary: 'List the users you have blocked, newest first' })
      .input(OwnListInput)
      .output(BlockPage)
      .query(({ ctx, input }) => listBlocks(app, ctx.viewer, input)),

    mute: userProcedure
      .meta({
        rest: 'POST /users/{userId}/mute',
        limit: 'write',
        summary: 'Mute a user in your feeds without notifying them',
        description: 'Muting a user again changes when the mute ends.',
        errors: ['self_action', 'not_found'],
      })
      .input(NewMute)
      .output(z.void())
      .mutation(({ ctx, input }) => muteUser(app, ctx.viewer, input)),

    unmute: userProcedure
      .meta({
        rest: 'DELETE /users/{userId}/mute',
        limit: 'write',
        summary: 'Unmute a user',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unmuteUser(app, ctx.viewer, input.userId)),

    mutes: userProcedure
      .meta({ rest: 'GET /mutes', limit: 'read', summary: 'List the users you have muted, newest first' })
      .input(OwnListInput)
      .output(MutePage)
      .query(({ ctx, input }) => listMutes(app, ctx.viewer, input)),

    addCloseFriend: userProcedure
      .meta({
        rest: 'POST /close-friends/{userId}',
        limit: 'write',
        summary: 'Add a user to your close friends without notifying them',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => addCloseFriend(app, ctx.viewer, input.userId)),

    removeCloseFriend: userProcedure
      .meta({
        rest: 'DELETE /close-friends/{userId}',
        limit: 'write',
        summary: 'Remove a user from your close friends',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => removeCloseFriend(app, ctx.viewer, input.userId)),

    closeFriends: userProcedure
      .meta({ rest: 'GET /close-friends', limit: 'read', summary: 'List your close friends, newest first' })
      .input(OwnListInput)
      .output(CloseFriendPage)
      .query(({ ctx, input }) => listCloseFriends(app, ctx.viewer, input)),

    suggestions: userProcedure
      .meta({
        rest: 'GET /suggestions/users',
        limit: 'read',
        summary: 'List users followed by users you follow, those with the most such followers first',
        description:
          'Considers the 50 latest follows of each of the 200 users you followed most recently. Omits users who opted out of search, and users you follow, have asked to follow, have muted or have blocked. If follows change while you page through the list, a user may appear twice or not at all.',
      })
      .input(OwnListInput)
      .output(SuggestionPage)
      .query(({ ctx, input }) => suggestUsers(app, ctx.viewer, input)),
  });
