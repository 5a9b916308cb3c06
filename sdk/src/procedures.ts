// Generated from the server by `npm run generate`. Do not edit.
/** `list`: a query that returns pages. `unkeyed`: a mutation without an idempotency key. */
export type Kind = 'query' | 'list' | 'mutation' | 'unkeyed' | 'subscription';

export const procedures: Record<string, Record<string, Kind>> = {
  "auth": {
    "login": "unkeyed",
    "refresh": "unkeyed",
    "revoke": "unkeyed",
    "me": "query",
    "sessions": "list",
    "endSession": "mutation",
    "endOtherSessions": "mutation",
    "changePassword": "mutation"
  },
  "users": {
    "register": "unkeyed",
    "get": "query",
    "byHandle": "query",
    "updateMe": "mutation",
    "settings": "query",
    "updateSettings": "mutation"
  },
  "account": {
    "delete": "mutation",
    "export": "list",
    "adminDelete": "unkeyed",
    "adminExport": "list"
  },
  "social": {
    "follow": "mutation",
    "unfollow": "mutation",
    "followers": "list",
    "following": "list",
    "relationship": "query",
    "relationships": "query",
    "removeFollower": "mutation",
    "requests": "list",
    "acceptRequest": "mutation",
    "rejectRequest": "mutation",
    "block": "mutation",
    "unblock": "mutation",
    "blocks": "list",
    "mute": "mutation",
    "unmute": "mutation",
    "mutes": "list",
    "addCloseFriend": "mutation",
    "removeCloseFriend": "mutation",
    "closeFriends": "list",
    "suggestions": "list"
  },
  "invites": {
    "validate": "query",
    "create": "mutation",
    "list": "list",
    "stats": "query",
    "revoke": "mutation",
    "adminCreate": "unkeyed",
    "tree": "query",
    "freeze": "unkeyed",
    "unfreeze": "unkeyed"
  },
  "media": {
    "policy": "query",
    "upload": "mutation",
    "complete": "mutation",
    "status": "query",
    "get": "query",
    "edit": "mutation",
    "delete": "mutation",
    "list": "list",
    "inspect": "query"
  },
  "posts": {
    "create": "mutation",
    "get": "query",
    "edit": "mutation",
    "delete": "mutation",
    "byUser": "list",
    "byHashtag": "list",
    "bookmark": "mutation",
    "unbookmark": "mutation",
    "bookmarks": "list"
  },
  "engagement": {
    "like": "mutation",
    "unlike": "mutation",
    "likes": "list",
    "comment": "mutation",
    "comments": "list",
    "editComment": "mutation",
    "deleteComment": "mutation",
    "likeComment": "mutation",
    "unlikeComment": "mutation"
  },
  "stories": {
    "create": "mutation",
    "get": "query",
    "delete": "mutation",
    "byUser": "list",
    "seen": "mutation",
    "viewers": "list",
    "metrics": "query",
    "react": "mutation",
    "unreact": "mutation",
    "reactions": "list"
  },
  "highlights": {
    "add": "mutation",
    "byUser": "list",
    "get": "query",
    "edit": "mutation",
    "delete": "mutation",
    "remove": "mutation"
  },
  "feed": {
    "home": "list",
    "refresh": "mutation",
    "events": "subscription",
    "stories": "list",
    "explore": "list"
  },
  "search": {
    "users": "list",
    "posts": "list",
    "hashtags": "list"
  },
  "moderation": {
    "flagUser": "mutation",
    "flagPost": "mutation",
    "flagComment": "mutation",
    "flagStory": "mutation",
    "myReports": "list",
    "cases": "list",
    "case": "query",
    "resolveCase": "unkeyed",
    "takedownPost": "unkeyed",
    "restorePost": "unkeyed",
    "takedownComment": "unkeyed",
    "restoreComment": "unkeyed",
    "takedownStory": "unkeyed",
    "restoreStory": "unkeyed",
    "warn": "unkeyed",
    "ban": "unkeyed",
    "unban": "unkeyed",
    "takedownUser": "unkeyed",
    "restoreUser": "unkeyed",
    "account": "query",
    "appeal": "mutation",
    "myActions": "list",
    "myAppeals": "list",
    "appeals": "list",
    "resolveAppeal": "unkeyed",
    "audit": "list"
  },
  "trust": {
    "score": "query",
    "record": "query",
    "verify": "unkeyed",
    "unverify": "unkeyed"
  },
  "fingerprint": {
    "register": "unkeyed",
    "list": "list",
    "record": "query",
    "block": "unkeyed",
    "unblock": "unkeyed",
    "ofPerson": "list",
    "signups": "list",
    "clearSignup": "unkeyed"
  },
  "jobs": {
    "dead": "list",
    "replay": "unkeyed"
  },
  "notifications": {
    "list": "list",
    "unreadCount": "query",
    "markRead": "mutation",
    "markReadUpTo": "mutation"
  },
  "rateLimiter": {
    "list": "query"
  }
};
