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
import { listBlocks, listCloseFriends, listFollowers, listFollowing, listMutes } from './lists.ts';
import { requestRoutes } from './requestRoutes.ts';
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
import { suggestUsers } from './suggestions.ts';

const PRIVATE_LISTS = 'Those of a private account are there for its approved followers only.';

export const socialRouter = (app: App) =>
  router({
    follow: userProcedure
      .meta({
        rest: 'POST /users/{userId}/follow',
        limit: 'follow',
        summary: 'Follow a person, or ask to when the account is private',
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
        summary: 'Stop following, or take the request back',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(FollowState)
      .mutation(({ ctx, input }) => unfollowUser(app, ctx.viewer, input.userId)),

    followers: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/followers',
        limit: 'read',
        summary: 'Followers of a person, newest first',
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
        summary: 'Whom a person follows, newest first',
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
        summary: 'How the viewer and a person stand to each other',
        errors: ['not_found'],
      })
      .input(UserRef)
      .output(Relationship)
      .query(({ ctx, input }) => readRelationship(app, ctx.viewer, input.userId)),

    relationships: userProcedure
      .meta({
        rest: 'GET /relationships',
        limit: 'read',
        summary: 'How the viewer and several people stand to each other',
        description: 'For a list of people: one read instead of one for each.',
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
        summary: 'Block a person',
        description: 'Ends follows and requests both ways. Neither exists for the other from then on.',
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
        summary: 'Unblock a person',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unblockUser(app, ctx.viewer, input.userId)),

    blocks: userProcedure
      .meta({ rest: 'GET /blocks', limit: 'read', summary: 'Whom the viewer blocks, newest first' })
      .input(OwnListInput)
      .output(BlockPage)
      .query(({ ctx, input }) => listBlocks(app, ctx.viewer, input)),

    mute: userProcedure
      .meta({
        rest: 'POST /users/{userId}/mute',
        limit: 'write',
        summary: 'Keep a person out of the own feeds; they are not told',
        description: 'Muting again changes when it ends.',
        errors: ['self_action', 'not_found'],
      })
      .input(NewMute)
      .output(z.void())
      .mutation(({ ctx, input }) => muteUser(app, ctx.viewer, input)),

    unmute: userProcedure
      .meta({
        rest: 'DELETE /users/{userId}/mute',
        limit: 'write',
        summary: 'Unmute a person',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unmuteUser(app, ctx.viewer, input.userId)),

    mutes: userProcedure
      .meta({ rest: 'GET /mutes', limit: 'read', summary: 'Whom the viewer has muted, newest first' })
      .input(OwnListInput)
      .output(MutePage)
      .query(({ ctx, input }) => listMutes(app, ctx.viewer, input)),

    addCloseFriend: userProcedure
      .meta({
        rest: 'POST /close-friends/{userId}',
        limit: 'write',
        summary: 'Put a person on the list of close friends; they are not told',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => addCloseFriend(app, ctx.viewer, input.userId)),

    removeCloseFriend: userProcedure
      .meta({
        rest: 'DELETE /close-friends/{userId}',
        limit: 'write',
        summary: 'Take a person off the list of close friends',
        errors: ['self_action', 'not_found'],
      })
      .input(UserRef)
      .output(z.void())
      .mutation(({ ctx, input }) => removeCloseFriend(app, ctx.viewer, input.userId)),

    closeFriends: userProcedure
      .meta({ rest: 'GET /close-friends', limit: 'read', summary: 'Own close friends, newest first' })
      .input(OwnListInput)
      .output(CloseFriendPage)
      .query(({ ctx, input }) => listCloseFriends(app, ctx.viewer, input)),

    suggestions: userProcedure
      .meta({
        rest: 'GET /suggestions/users',
        limit: 'read',
        summary: 'People followed by those whom the viewer follows, those followed by most of them first',
        description:
          'Asks the 200 people whom the viewer followed last, and of each the 50 latest follows. Left out are those who do not want to be found, and whom the viewer follows, has asked to follow, mutes or blocks. When people follow meanwhile, a walk may meet somebody again or not at all.',
      })
      .input(OwnListInput)
      .output(SuggestionPage)
      .query(({ ctx, input }) => suggestUsers(app, ctx.viewer, input)),
  });
