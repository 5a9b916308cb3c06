// Generated from the server by `npm run generate`. Do not edit.
/** Limits of a signed-in user, one for each trust level: New, Basic, Trusted, Verified. */
export const userLimits = {
  "post": {
    "perHour": [
      1,
      5,
      20,
      500
    ],
    "perDay": [
      5,
      20,
      100,
      2000
    ]
  },
  "follow": {
    "perHour": [
      5,
      20,
      100,
      2000
    ],
    "perDay": [
      20,
      100,
      500,
      10000
    ]
  },
  "unfollow": {
    "perDay": [
      10,
      50,
      200,
      5000
    ]
  },
  "like": {
    "perHour": [
      30,
      100,
      500,
      10000
    ]
  },
  "comment": {
    "perHour": [
      10,
      30,
      100,
      2000
    ]
  },
  "feed": {
    "perHour": [
      120,
      300,
      1000,
      20000
    ]
  },
  "notifications": {
    "perHour": [
      120,
      300,
      1000,
      20000
    ]
  },
  "search": {
    "perHour": [
      60,
      200,
      600,
      12000
    ]
  },
  "mediaRead": {
    "perHour": [
      500,
      1000,
      3000,
      10000
    ]
  },
  "mediaUpload": {
    "perHour": [
      10,
      30,
      100,
      500
    ]
  },
  "report": {
    "perHour": [
      20,
      50,
      100,
      2000
    ]
  },
  "read": {
    "perHour": [
      600,
      1500,
      5000,
      30000
    ]
  },
  "write": {
    "perHour": [
      60,
      150,
      500,
      3000
    ]
  }
} as const;

/** Limits of a client address. */
export const addressLimits = {
  "login": {
    "limit": 10,
    "periodSeconds": 3600
  },
  "signup": {
    "limit": 3,
    "periodSeconds": 86400
  },
  "refresh": {
    "limit": 30,
    "periodSeconds": 3600
  },
  "device": {
    "limit": 30,
    "periodSeconds": 3600
  },
  "inviteValidation": {
    "limit": 60,
    "periodSeconds": 3600
  },
  "health": {
    "limit": 600,
    "periodSeconds": 60
  },
  "anonymousRead": {
    "limit": 600,
    "periodSeconds": 3600
  },
  "admin": {
    "limit": 1200,
    "periodSeconds": 3600
  }
} as const;
