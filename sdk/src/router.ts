// Made by `npm run generate` from the server. Not to be edited.
import type { Mutation, Procedures, Query, Router, Subscription, TrackedData } from './shapes.ts';

/** Every procedure, with what it takes and answers. */
export type Api = Router<unknown, Procedures<{
    auth: Router<unknown, Procedures<{
        login: Mutation<{
            input: {
                identifier: string;
                password: string;
            };
            output: {
                accessToken: string;
                refreshToken: string;
                accessExpiresAt: Date;
                refreshExpiresAt: Date;
                user: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                    email: string;
                    bio: string;
                    discoverable: boolean;
                    followerCount: number;
                    followingCount: number;
                    postCount: number;
                    trustLevel: number;
                    createdAt: Date;
                    ban: {
                        actionId: string;
                        until: Date | null;
                        rule: string;
                        reason: string;
                    } | null;
                    settings: {
                        notifications: {
                            followed: "everyone" | "following" | "nobody";
                            followRequested: "everyone" | "following" | "nobody";
                            requestAccepted: "everyone" | "following" | "nobody";
                            postLiked: "everyone" | "following" | "nobody";
                            postCommented: "everyone" | "following" | "nobody";
                            commentReplied: "everyone" | "following" | "nobody";
                            commentLiked: "everyone" | "following" | "nobody";
                            mentioned: "everyone" | "following" | "nobody";
                            storyReaction: "everyone" | "following" | "nobody";
                            inviteRedeemed: "everyone" | "following" | "nobody";
                        };
                        commentPolicy: "everyone" | "followers" | "nobody";
                        storyAudience: "closeFriends" | "friends" | "public";
                    };
                };
            };
        }>;
        refresh: Mutation<{
            input: {
                refreshToken: string;
            };
            output: {
                accessToken: string;
                refreshToken: string;
                accessExpiresAt: Date;
                refreshExpiresAt: Date;
            };
        }>;
        revoke: Mutation<{
            input: {
                refreshToken: string;
            };
            output: void;
        }>;
        me: Query<{
            input: Record<string, never> | undefined;
            output: {
                id: string;
                handle: string;
                displayName: string;
                avatar: {
                    url: string;
                    thumbhash: string;
                } | null;
                isPrivate: boolean;
                email: string;
                bio: string;
                discoverable: boolean;
                followerCount: number;
                followingCount: number;
                postCount: number;
                trustLevel: number;
                createdAt: Date;
                ban: {
                    actionId: string;
                    until: Date | null;
                    rule: string;
                    reason: string;
                } | null;
                settings: {
                    notifications: {
                        followed: "everyone" | "following" | "nobody";
                        followRequested: "everyone" | "following" | "nobody";
                        requestAccepted: "everyone" | "following" | "nobody";
                        postLiked: "everyone" | "following" | "nobody";
                        postCommented: "everyone" | "following" | "nobody";
                        commentReplied: "everyone" | "following" | "nobody";
                        commentLiked: "everyone" | "following" | "nobody";
                        mentioned: "everyone" | "following" | "nobody";
                        storyReaction: "everyone" | "following" | "nobody";
                        inviteRedeemed: "everyone" | "following" | "nobody";
                    };
                    commentPolicy: "everyone" | "followers" | "nobody";
                    storyAudience: "closeFriends" | "friends" | "public";
                };
            };
        }>;
        sessions: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    deviceName: string;
                    createdAt: Date;
                    lastUsedAt: Date;
                    current: boolean;
                }[];
                nextCursor: string | null;
            };
        }>;
        endSession: Mutation<{
            input: {
                sessionId: string;
            };
            output: void;
        }>;
        endOtherSessions: Mutation<{
            input: Record<string, never> | undefined;
            output: void;
        }>;
        changePassword: Mutation<{
            input: {
                currentPassword: string;
                newPassword: string;
            };
            output: void;
        }>;
    }>>;
    users: Router<unknown, Procedures<{
        register: Mutation<{
            input: {
                handle: string;
                email: string;
                displayName: string;
                password: string;
                inviteCode?: string | undefined;
                bio?: string | undefined;
                fingerprint?: string | undefined;
            };
            output: {
                accessToken: string;
                refreshToken: string;
                accessExpiresAt: Date;
                refreshExpiresAt: Date;
                user: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                    email: string;
                    bio: string;
                    discoverable: boolean;
                    followerCount: number;
                    followingCount: number;
                    postCount: number;
                    trustLevel: number;
                    createdAt: Date;
                    ban: {
                        actionId: string;
                        until: Date | null;
                        rule: string;
                        reason: string;
                    } | null;
                    settings: {
                        notifications: {
                            followed: "everyone" | "following" | "nobody";
                            followRequested: "everyone" | "following" | "nobody";
                            requestAccepted: "everyone" | "following" | "nobody";
                            postLiked: "everyone" | "following" | "nobody";
                            postCommented: "everyone" | "following" | "nobody";
                            commentReplied: "everyone" | "following" | "nobody";
                            commentLiked: "everyone" | "following" | "nobody";
                            mentioned: "everyone" | "following" | "nobody";
                            storyReaction: "everyone" | "following" | "nobody";
                            inviteRedeemed: "everyone" | "following" | "nobody";
                        };
                        commentPolicy: "everyone" | "followers" | "nobody";
                        storyAudience: "closeFriends" | "friends" | "public";
                    };
                };
            };
        }>;
        get: Query<{
            input: {
                userId: string;
            };
            output: {
                id: string;
                handle: string;
                displayName: string;
                avatar: {
                    url: string;
                    thumbhash: string;
                } | null;
                isPrivate: boolean;
                bio: string;
                followerCount: number | null;
                followingCount: number | null;
                postCount: number | null;
                createdAt: Date;
                relationship: {
                    following: boolean;
                    followedBy: boolean;
                    requested: boolean;
                    blocking: boolean;
                    blockedBy: boolean;
                    muting: boolean;
                    mutual: boolean;
                    closeFriend: boolean;
                } | null;
            };
        }>;
        byHandle: Query<{
            input: {
                handle: string;
            };
            output: {
                id: string;
                handle: string;
                displayName: string;
                avatar: {
                    url: string;
                    thumbhash: string;
                } | null;
                isPrivate: boolean;
                bio: string;
                followerCount: number | null;
                followingCount: number | null;
                postCount: number | null;
                createdAt: Date;
                relationship: {
                    following: boolean;
                    followedBy: boolean;
                    requested: boolean;
                    blocking: boolean;
                    blockedBy: boolean;
                    muting: boolean;
                    mutual: boolean;
                    closeFriend: boolean;
                } | null;
            };
        }>;
        updateMe: Mutation<{
            input: {
                displayName?: string | undefined;
                bio?: string | undefined;
                avatarMediaId?: string | null | undefined;
                isPrivate?: boolean | undefined;
                handle?: string | undefined;
                discoverable?: boolean | undefined;
            };
            output: {
                id: string;
                handle: string;
                displayName: string;
                avatar: {
                    url: string;
                    thumbhash: string;
                } | null;
                isPrivate: boolean;
                email: string;
                bio: string;
                discoverable: boolean;
                followerCount: number;
                followingCount: number;
                postCount: number;
                trustLevel: number;
                createdAt: Date;
                ban: {
                    actionId: string;
                    until: Date | null;
                    rule: string;
                    reason: string;
                } | null;
                settings: {
                    notifications: {
                        followed: "everyone" | "following" | "nobody";
                        followRequested: "everyone" | "following" | "nobody";
                        requestAccepted: "everyone" | "following" | "nobody";
                        postLiked: "everyone" | "following" | "nobody";
                        postCommented: "everyone" | "following" | "nobody";
                        commentReplied: "everyone" | "following" | "nobody";
                        commentLiked: "everyone" | "following" | "nobody";
                        mentioned: "everyone" | "following" | "nobody";
                        storyReaction: "everyone" | "following" | "nobody";
                        inviteRedeemed: "everyone" | "following" | "nobody";
                    };
                    commentPolicy: "everyone" | "followers" | "nobody";
                    storyAudience: "closeFriends" | "friends" | "public";
                };
            };
        }>;
        settings: Query<{
            input: Record<string, never>;
            output: {
                notifications: {
                    followed: "everyone" | "following" | "nobody";
                    followRequested: "everyone" | "following" | "nobody";
                    requestAccepted: "everyone" | "following" | "nobody";
                    postLiked: "everyone" | "following" | "nobody";
                    postCommented: "everyone" | "following" | "nobody";
                    commentReplied: "everyone" | "following" | "nobody";
                    commentLiked: "everyone" | "following" | "nobody";
                    mentioned: "everyone" | "following" | "nobody";
                    storyReaction: "everyone" | "following" | "nobody";
                    inviteRedeemed: "everyone" | "following" | "nobody";
                };
                commentPolicy: "everyone" | "followers" | "nobody";
                storyAudience: "closeFriends" | "friends" | "public";
            };
        }>;
        updateSettings: Mutation<{
            input: {
                notifications?: {
                    followed?: "everyone" | "following" | "nobody" | undefined;
                    followRequested?: "everyone" | "following" | "nobody" | undefined;
                    requestAccepted?: "everyone" | "following" | "nobody" | undefined;
                    postLiked?: "everyone" | "following" | "nobody" | undefined;
                    postCommented?: "everyone" | "following" | "nobody" | undefined;
                    commentReplied?: "everyone" | "following" | "nobody" | undefined;
                    commentLiked?: "everyone" | "following" | "nobody" | undefined;
                    mentioned?: "everyone" | "following" | "nobody" | undefined;
                    storyReaction?: "everyone" | "following" | "nobody" | undefined;
                    inviteRedeemed?: "everyone" | "following" | "nobody" | undefined;
                } | undefined;
                commentPolicy?: "everyone" | "followers" | "nobody" | undefined;
                storyAudience?: "closeFriends" | "friends" | "public" | undefined;
            };
            output: {
                notifications: {
                    followed: "everyone" | "following" | "nobody";
                    followRequested: "everyone" | "following" | "nobody";
                    requestAccepted: "everyone" | "following" | "nobody";
                    postLiked: "everyone" | "following" | "nobody";
                    postCommented: "everyone" | "following" | "nobody";
                    commentReplied: "everyone" | "following" | "nobody";
                    commentLiked: "everyone" | "following" | "nobody";
                    mentioned: "everyone" | "following" | "nobody";
                    storyReaction: "everyone" | "following" | "nobody";
                    inviteRedeemed: "everyone" | "following" | "nobody";
                };
                commentPolicy: "everyone" | "followers" | "nobody";
                storyAudience: "closeFriends" | "friends" | "public";
            };
        }>;
    }>>;
    account: Router<unknown, Procedures<{
        delete: Mutation<{
            input: {
                password: string;
            };
            output: void;
        }>;
        export: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: ({
                    section: "account";
                    data: {
                        profile: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                            email: string;
                            bio: string;
                            discoverable: boolean;
                            followerCount: number;
                            followingCount: number;
                            postCount: number;
                            trustLevel: number;
                            createdAt: Date;
                            ban: {
                                actionId: string;
                                until: Date | null;
                                rule: string;
                                reason: string;
                            } | null;
                            settings: {
                                notifications: {
                                    followed: "everyone" | "following" | "nobody";
                                    followRequested: "everyone" | "following" | "nobody";
                                    requestAccepted: "everyone" | "following" | "nobody";
                                    postLiked: "everyone" | "following" | "nobody";
                                    postCommented: "everyone" | "following" | "nobody";
                                    commentReplied: "everyone" | "following" | "nobody";
                                    commentLiked: "everyone" | "following" | "nobody";
                                    mentioned: "everyone" | "following" | "nobody";
                                    storyReaction: "everyone" | "following" | "nobody";
                                    inviteRedeemed: "everyone" | "following" | "nobody";
                                };
                                commentPolicy: "everyone" | "followers" | "nobody";
                                storyAudience: "closeFriends" | "friends" | "public";
                            };
                        };
                        handles: {
                            handle: string;
                            takenAt: Date;
                        }[];
                        invite: {
                            code: string;
                            redeemedAt: Date;
                        } | null;
                        notificationsReadUpTo: Date | null;
                    };
                } | {
                    section: "media";
                    data: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        shownCameraFields: ("aperture" | "exposureTime" | "focalLength" | "iso" | "lens" | "make" | "model" | "takenAt")[];
                        reason: string | null;
                        originalUrl: string | null;
                        usedIn: {
                            postIds: string[];
                            storyIds: string[];
                            isAvatar: boolean;
                        };
                        createdAt: Date;
                    };
                } | {
                    section: "posts";
                    data: {
                        id: string;
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        caption: string;
                        visibility: "followers" | "public";
                        commentPolicy: "everyone" | "followers" | "nobody";
                        status: "failed" | "processing" | "published" | "takenDown";
                        media: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        }[];
                        likeCount: number;
                        commentCount: number;
                        createdAt: Date;
                        editedAt: Date | null;
                        likedByViewer?: boolean | undefined;
                        bookmarkedByViewer?: boolean | undefined;
                    };
                } | {
                    section: "postEdits";
                    data: {
                        postId: string;
                        edits: {
                            caption: string;
                            visibility: string;
                            commentPolicy: string;
                            media: {
                                mediaId: string;
                                altText: string;
                            }[];
                            editedAt: Date;
                        }[];
                    };
                } | {
                    section: "stories";
                    data: {
                        id: string;
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        media: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        };
                        caption: string;
                        visibility: "closeFriends" | "friends" | "public";
                        status: "failed" | "processing" | "published";
                        createdAt: Date;
                        expiresAt: Date;
                        viewCount: number | null;
                        seenByViewer?: boolean | undefined;
                        reactionByViewer?: string | null | undefined;
                    };
                } | {
                    section: "highlights";
                    data: {
                        id: string;
                        owner: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        name: string;
                        cover: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        };
                        storyCount: number;
                        createdAt: Date;
                        storyIds: string[];
                    };
                } | {
                    section: "storyReactions";
                    data: {
                        storyId: string;
                        emoji: string;
                        reactedAt: Date;
                    };
                } | {
                    section: "storiesSeen";
                    data: {
                        storyId: string;
                        seenAt: Date;
                    };
                } | {
                    section: "comments";
                    data: {
                        id: string;
                        postId: string | null;
                        body: string;
                        createdAt: Date;
                        editedAt: Date | null;
                        edits: {
                            body: string;
                            editedAt: Date;
                        }[];
                    };
                } | {
                    section: "likes";
                    data: {
                        postId: string;
                        likedAt: Date;
                    };
                } | {
                    section: "commentLikes";
                    data: {
                        commentId: string;
                        likedAt: Date;
                    };
                } | {
                    section: "bookmarks";
                    data: {
                        postId: string;
                        bookmarkedAt: Date;
                    };
                } | {
                    section: "followers";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        followedAt: Date;
                    };
                } | {
                    section: "following";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        followedAt: Date;
                    };
                } | {
                    section: "followRequests";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        requestedAt: Date;
                    };
                } | {
                    section: "sentFollowRequests";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        requestedAt: Date;
                    };
                } | {
                    section: "closeFriends";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        addedAt: Date;
                    };
                } | {
                    section: "blocks";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        blockedAt: Date;
                    };
                } | {
                    section: "mutes";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        mutedAt: Date;
                        expiresAt: Date | null;
                    };
                } | {
                    section: "invites";
                    data: {
                        code: string;
                        status: "expired" | "open" | "redeemed" | "revoked";
                        createdAt: Date;
                        expiresAt: Date;
                        redeemedBy: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        } | null;
                    };
                } | {
                    section: "sessions";
                    data: {
                        id: string;
                        deviceName: string;
                        createdAt: Date;
                        lastUsedAt: Date;
                        current: boolean;
                    };
                } | {
                    section: "securityEvents";
                    data: {
                        kind: string;
                        details: Record<string, string | number>;
                        createdAt: Date;
                    };
                } | {
                    section: "devices";
                    data: {
                        firstSeenAt: Date;
                        lastSeenAt: Date;
                        hash: string;
                        name: string;
                    };
                } | {
                    section: "notifications";
                    data: {
                        id: string;
                        kind: "commentLiked" | "commentReplied" | "followRequested" | "followed" | "inviteRedeemed" | "mentioned" | "moderationNotice" | "newSignIn" | "postCommented" | "postLiked" | "requestAccepted" | "storyReaction";
                        actors: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        }[];
                        count: number;
                        isRead: boolean;
                        createdAt: Date;
                        latestAt: Date;
                        postId: string | null;
                        commentId: string | null;
                        storyId: string | null;
                        text: string | null;
                    };
                } | {
                    section: "trust";
                    data: {
                        level: number;
                        points: number;
                        next: {
                            level: number;
                            age: {
                                have: number;
                                need: number;
                            };
                            posts: {
                                have: number;
                                need: number;
                            };
                            points: {
                                have: number;
                                need: number;
                            };
                            flags: {
                                have: number;
                                under: number;
                            };
                            strikes: {
                                have: number;
                                under: number;
                            };
                        } | null;
                        strikes: {
                            id: string;
                            createdAt: Date;
                            endsAt: Date;
                        }[];
                        ledger: {
                            act: "comment" | "contentRemoved" | "flagUpheld" | "follower" | "invitedBasic" | "likeReceived" | "post" | "strike";
                            count: number;
                            points: number;
                        }[];
                    };
                } | {
                    section: "reports";
                    data: {
                        id: string;
                        category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                        reason: string | null;
                        createdAt: Date;
                        subjectType: "comment" | "post" | "story" | "user";
                        subjectId: string;
                        outcome: "dismissed" | "open" | "upheld";
                        resolvedAt: Date | null;
                    };
                } | {
                    section: "moderationActions";
                    data: {
                        id: string;
                        kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                        subjectType: "comment" | "post" | "story" | "user";
                        subjectId: string;
                        rule: string;
                        reason: string;
                        endsAt: Date | null;
                        createdAt: Date;
                        undoneAt: Date | null;
                    };
                } | {
                    section: "appeals";
                    data: {
                        id: string;
                        action: {
                            id: string;
                            kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                            subjectType: "comment" | "post" | "story" | "user";
                            subjectId: string;
                            rule: string;
                            reason: string;
                            endsAt: Date | null;
                            createdAt: Date;
                            undoneAt: Date | null;
                        };
                        text: string;
                        status: "open" | "overturned" | "upheld";
                        createdAt: Date;
                        resolvedAt: Date | null;
                        reason: string | null;
                    };
                })[];
                nextCursor: string | null;
            };
        }>;
        adminDelete: Mutation<{
            input: {
                userId: string;
                reason: string;
            };
            output: void;
        }>;
        adminExport: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: ({
                    section: "account";
                    data: {
                        profile: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                            email: string;
                            bio: string;
                            discoverable: boolean;
                            followerCount: number;
                            followingCount: number;
                            postCount: number;
                            trustLevel: number;
                            createdAt: Date;
                            ban: {
                                actionId: string;
                                until: Date | null;
                                rule: string;
                                reason: string;
                            } | null;
                            settings: {
                                notifications: {
                                    followed: "everyone" | "following" | "nobody";
                                    followRequested: "everyone" | "following" | "nobody";
                                    requestAccepted: "everyone" | "following" | "nobody";
                                    postLiked: "everyone" | "following" | "nobody";
                                    postCommented: "everyone" | "following" | "nobody";
                                    commentReplied: "everyone" | "following" | "nobody";
                                    commentLiked: "everyone" | "following" | "nobody";
                                    mentioned: "everyone" | "following" | "nobody";
                                    storyReaction: "everyone" | "following" | "nobody";
                                    inviteRedeemed: "everyone" | "following" | "nobody";
                                };
                                commentPolicy: "everyone" | "followers" | "nobody";
                                storyAudience: "closeFriends" | "friends" | "public";
                            };
                        };
                        handles: {
                            handle: string;
                            takenAt: Date;
                        }[];
                        invite: {
                            code: string;
                            redeemedAt: Date;
                        } | null;
                        notificationsReadUpTo: Date | null;
                    };
                } | {
                    section: "media";
                    data: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        shownCameraFields: ("aperture" | "exposureTime" | "focalLength" | "iso" | "lens" | "make" | "model" | "takenAt")[];
                        reason: string | null;
                        originalUrl: string | null;
                        usedIn: {
                            postIds: string[];
                            storyIds: string[];
                            isAvatar: boolean;
                        };
                        createdAt: Date;
                    };
                } | {
                    section: "posts";
                    data: {
                        id: string;
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        caption: string;
                        visibility: "followers" | "public";
                        commentPolicy: "everyone" | "followers" | "nobody";
                        status: "failed" | "processing" | "published" | "takenDown";
                        media: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        }[];
                        likeCount: number;
                        commentCount: number;
                        createdAt: Date;
                        editedAt: Date | null;
                        likedByViewer?: boolean | undefined;
                        bookmarkedByViewer?: boolean | undefined;
                    };
                } | {
                    section: "postEdits";
                    data: {
                        postId: string;
                        edits: {
                            caption: string;
                            visibility: string;
                            commentPolicy: string;
                            media: {
                                mediaId: string;
                                altText: string;
                            }[];
                            editedAt: Date;
                        }[];
                    };
                } | {
                    section: "stories";
                    data: {
                        id: string;
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        media: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        };
                        caption: string;
                        visibility: "closeFriends" | "friends" | "public";
                        status: "failed" | "processing" | "published";
                        createdAt: Date;
                        expiresAt: Date;
                        viewCount: number | null;
                        seenByViewer?: boolean | undefined;
                        reactionByViewer?: string | null | undefined;
                    };
                } | {
                    section: "highlights";
                    data: {
                        id: string;
                        owner: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        name: string;
                        cover: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        };
                        storyCount: number;
                        createdAt: Date;
                        storyIds: string[];
                    };
                } | {
                    section: "storyReactions";
                    data: {
                        storyId: string;
                        emoji: string;
                        reactedAt: Date;
                    };
                } | {
                    section: "storiesSeen";
                    data: {
                        storyId: string;
                        seenAt: Date;
                    };
                } | {
                    section: "comments";
                    data: {
                        id: string;
                        postId: string | null;
                        body: string;
                        createdAt: Date;
                        editedAt: Date | null;
                        edits: {
                            body: string;
                            editedAt: Date;
                        }[];
                    };
                } | {
                    section: "likes";
                    data: {
                        postId: string;
                        likedAt: Date;
                    };
                } | {
                    section: "commentLikes";
                    data: {
                        commentId: string;
                        likedAt: Date;
                    };
                } | {
                    section: "bookmarks";
                    data: {
                        postId: string;
                        bookmarkedAt: Date;
                    };
                } | {
                    section: "followers";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        followedAt: Date;
                    };
                } | {
                    section: "following";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        followedAt: Date;
                    };
                } | {
                    section: "followRequests";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        requestedAt: Date;
                    };
                } | {
                    section: "sentFollowRequests";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        requestedAt: Date;
                    };
                } | {
                    section: "closeFriends";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        addedAt: Date;
                    };
                } | {
                    section: "blocks";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        blockedAt: Date;
                    };
                } | {
                    section: "mutes";
                    data: {
                        user: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        mutedAt: Date;
                        expiresAt: Date | null;
                    };
                } | {
                    section: "invites";
                    data: {
                        code: string;
                        status: "expired" | "open" | "redeemed" | "revoked";
                        createdAt: Date;
                        expiresAt: Date;
                        redeemedBy: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        } | null;
                    };
                } | {
                    section: "sessions";
                    data: {
                        id: string;
                        deviceName: string;
                        createdAt: Date;
                        lastUsedAt: Date;
                        current: boolean;
                    };
                } | {
                    section: "securityEvents";
                    data: {
                        kind: string;
                        details: Record<string, string | number>;
                        createdAt: Date;
                    };
                } | {
                    section: "devices";
                    data: {
                        firstSeenAt: Date;
                        lastSeenAt: Date;
                        hash: string;
                        name: string;
                    };
                } | {
                    section: "notifications";
                    data: {
                        id: string;
                        kind: "commentLiked" | "commentReplied" | "followRequested" | "followed" | "inviteRedeemed" | "mentioned" | "moderationNotice" | "newSignIn" | "postCommented" | "postLiked" | "requestAccepted" | "storyReaction";
                        actors: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        }[];
                        count: number;
                        isRead: boolean;
                        createdAt: Date;
                        latestAt: Date;
                        postId: string | null;
                        commentId: string | null;
                        storyId: string | null;
                        text: string | null;
                    };
                } | {
                    section: "trust";
                    data: {
                        level: number;
                        points: number;
                        next: {
                            level: number;
                            age: {
                                have: number;
                                need: number;
                            };
                            posts: {
                                have: number;
                                need: number;
                            };
                            points: {
                                have: number;
                                need: number;
                            };
                            flags: {
                                have: number;
                                under: number;
                            };
                            strikes: {
                                have: number;
                                under: number;
                            };
                        } | null;
                        strikes: {
                            id: string;
                            createdAt: Date;
                            endsAt: Date;
                        }[];
                        ledger: {
                            act: "comment" | "contentRemoved" | "flagUpheld" | "follower" | "invitedBasic" | "likeReceived" | "post" | "strike";
                            count: number;
                            points: number;
                        }[];
                    };
                } | {
                    section: "reports";
                    data: {
                        id: string;
                        category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                        reason: string | null;
                        createdAt: Date;
                        subjectType: "comment" | "post" | "story" | "user";
                        subjectId: string;
                        outcome: "dismissed" | "open" | "upheld";
                        resolvedAt: Date | null;
                    };
                } | {
                    section: "moderationActions";
                    data: {
                        id: string;
                        kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                        subjectType: "comment" | "post" | "story" | "user";
                        subjectId: string;
                        rule: string;
                        reason: string;
                        endsAt: Date | null;
                        createdAt: Date;
                        undoneAt: Date | null;
                    };
                } | {
                    section: "appeals";
                    data: {
                        id: string;
                        action: {
                            id: string;
                            kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                            subjectType: "comment" | "post" | "story" | "user";
                            subjectId: string;
                            rule: string;
                            reason: string;
                            endsAt: Date | null;
                            createdAt: Date;
                            undoneAt: Date | null;
                        };
                        text: string;
                        status: "open" | "overturned" | "upheld";
                        createdAt: Date;
                        resolvedAt: Date | null;
                        reason: string | null;
                    };
                })[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    social: Router<unknown, Procedures<{
        requests: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    requestedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        acceptRequest: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        rejectRequest: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        follow: Mutation<{
            input: {
                userId: string;
            };
            output: {
                state: "following" | "none" | "requested";
            };
        }>;
        unfollow: Mutation<{
            input: {
                userId: string;
            };
            output: {
                state: "following" | "none" | "requested";
            };
        }>;
        followers: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    followedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        following: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    followedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        relationship: Query<{
            input: {
                userId: string;
            };
            output: {
                following: boolean;
                followedBy: boolean;
                requested: boolean;
                blocking: boolean;
                blockedBy: boolean;
                muting: boolean;
                mutual: boolean;
                closeFriend: boolean;
            };
        }>;
        relationships: Query<{
            input: {
                userIds: string[];
            };
            output: {
                items: {
                    userId: string;
                    relationship: {
                        following: boolean;
                        followedBy: boolean;
                        requested: boolean;
                        blocking: boolean;
                        blockedBy: boolean;
                        muting: boolean;
                        mutual: boolean;
                        closeFriend: boolean;
                    };
                }[];
            };
        }>;
        removeFollower: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        block: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        unblock: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        blocks: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    blockedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        mute: Mutation<{
            input: {
                userId: string;
                expiresAt?: Date | undefined;
            };
            output: void;
        }>;
        unmute: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        mutes: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    mutedAt: Date;
                    expiresAt: Date | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        addCloseFriend: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        removeCloseFriend: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        closeFriends: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    addedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        suggestions: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    reason: {
                        kind: "followedBy";
                        users: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        }[];
                        count: number;
                    };
                }[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    invites: Router<unknown, Procedures<{
        validate: Query<{
            input: {
                code: string;
            };
            output: {
                isValid: boolean;
            };
        }>;
        create: Mutation<{
            input: {
                daysValid?: number | undefined;
            };
            output: {
                code: string;
                status: "expired" | "open" | "redeemed" | "revoked";
                createdAt: Date;
                expiresAt: Date;
                redeemedBy: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                } | null;
            };
        }>;
        list: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    code: string;
                    status: "expired" | "open" | "redeemed" | "revoked";
                    createdAt: Date;
                    expiresAt: Date;
                    redeemedBy: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    } | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        stats: Query<{
            input: Record<string, never>;
            output: {
                sent: number;
                redeemed: number;
                remaining: number;
                max: number;
            };
        }>;
        revoke: Mutation<{
            input: {
                code: string;
            };
            output: {
                code: string;
                status: "expired" | "open" | "redeemed" | "revoked";
                createdAt: Date;
                expiresAt: Date;
                redeemedBy: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                } | null;
            };
        }>;
        adminCreate: Mutation<{
            input: {
                daysValid?: number | undefined;
                maxUses?: number | undefined;
                note?: string | undefined;
            };
            output: {
                code: string;
                status: "expired" | "open" | "redeemed" | "revoked";
                createdAt: Date;
                expiresAt: Date;
                maxUses: number;
                uses: number;
                note: string | null;
            };
        }>;
        tree: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                account: {
                    id: string;
                    handle: string;
                    displayName: string;
                    trustLevel: number;
                    bannedUntil: Date | null;
                    deletedAt: Date | null;
                };
                frozenAt: Date | null;
                invitedCount: number;
                frozenBy: string | null;
                inviter: {
                    id: string;
                    handle: string;
                    displayName: string;
                    trustLevel: number;
                    bannedUntil: Date | null;
                    deletedAt: Date | null;
                } | null;
                belowCount: number;
                invited: {
                    items: {
                        account: {
                            id: string;
                            handle: string;
                            displayName: string;
                            trustLevel: number;
                            bannedUntil: Date | null;
                            deletedAt: Date | null;
                        };
                        frozenAt: Date | null;
                        invitedCount: number;
                        redeemedAt: Date;
                    }[];
                    nextCursor: string | null;
                };
            };
        }>;
        freeze: Mutation<{
            input: {
                userId: string;
                reason?: string | undefined;
            };
            output: void;
        }>;
        unfreeze: Mutation<{
            input: {
                userId: string;
                reason?: string | undefined;
            };
            output: void;
        }>;
    }>>;
    media: Router<unknown, Procedures<{
        policy: Query<{
            input: Record<string, never> | undefined;
            output: {
                acceptedTypes: ("image/avif" | "image/jpeg" | "image/png" | "image/webp")[];
                maxBytes: number;
                maxPixels: number;
                variants: {
                    name: string;
                    longestSide: number;
                    types: string[];
                }[];
                uploadTtlSeconds: number;
                metadata: string;
                notAccepted: string;
            };
        }>;
        upload: Mutation<{
            input: {
                contentType: string;
                bytes: number;
                sha256?: string | undefined;
                altText?: string | undefined;
            };
            output: {
                uploadId: string;
                uploadUrl: string;
                method: "PUT";
                headers: Record<string, string>;
                expiresAt: Date;
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
            };
        }>;
        complete: Mutation<{
            input: {
                uploadId: string;
            };
            output: {
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                mediaId: string;
                reason?: string | undefined;
            };
        }>;
        status: Query<{
            input: {
                uploadId: string;
            };
            output: {
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                mediaId: string;
                reason?: string | undefined;
            };
        }>;
        get: Query<{
            input: {
                mediaId: string;
            };
            output: {
                id: string;
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                width: number | null;
                height: number | null;
                altText: string;
                thumbhash: string | null;
                dominantColor: string | null;
                camera: {
                    make?: string | undefined;
                    model?: string | undefined;
                    lens?: string | undefined;
                    focalLength?: string | undefined;
                    aperture?: string | undefined;
                    exposureTime?: string | undefined;
                    iso?: string | undefined;
                    takenAt?: string | undefined;
                };
                variants: {
                    name: "large" | "medium" | "thumb";
                    type: "image/jpeg" | "image/webp";
                    url: string;
                    width: number;
                    height: number;
                    bytes: number;
                }[];
            };
        }>;
        edit: Mutation<{
            input: {
                mediaId: string;
                altText?: string | undefined;
                shownCameraFields?: ("aperture" | "exposureTime" | "focalLength" | "iso" | "lens" | "make" | "model" | "takenAt")[] | undefined;
            };
            output: {
                id: string;
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                width: number | null;
                height: number | null;
                altText: string;
                thumbhash: string | null;
                dominantColor: string | null;
                variants: {
                    name: "large" | "medium" | "thumb";
                    type: "image/jpeg" | "image/webp";
                    url: string;
                    width: number;
                    height: number;
                    bytes: number;
                }[];
                camera: {
                    make?: string | undefined;
                    model?: string | undefined;
                    lens?: string | undefined;
                    focalLength?: string | undefined;
                    aperture?: string | undefined;
                    exposureTime?: string | undefined;
                    iso?: string | undefined;
                    takenAt?: string | undefined;
                };
                shownCameraFields: ("aperture" | "exposureTime" | "focalLength" | "iso" | "lens" | "make" | "model" | "takenAt")[];
                reason: string | null;
                originalUrl: string | null;
                usedIn: {
                    postIds: string[];
                    storyIds: string[];
                    isAvatar: boolean;
                };
                createdAt: Date;
            };
        }>;
        delete: Mutation<{
            input: {
                mediaId: string;
            };
            output: void;
        }>;
        list: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    shownCameraFields: ("aperture" | "exposureTime" | "focalLength" | "iso" | "lens" | "make" | "model" | "takenAt")[];
                    reason: string | null;
                    originalUrl: string | null;
                    usedIn: {
                        postIds: string[];
                        storyIds: string[];
                        isAvatar: boolean;
                    };
                    createdAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        inspect: Query<{
            input: {
                mediaId: string;
            };
            output: {
                id: string;
                ownerId: string;
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                reason: string | null;
                attempts: number;
                contentType: string;
                bytes: number;
                sha256: string | null;
                width: number | null;
                height: number | null;
                usedIn: {
                    postIds: string[];
                    storyIds: string[];
                    isAvatar: boolean;
                };
                isPublic: boolean;
                createdAt: Date;
                uploadExpiresAt: Date;
                statusChangedAt: Date;
                objects: {
                    name: string;
                    bytes: number | null;
                }[];
                jobs: {
                    id: number;
                    kind: string;
                    tries: number;
                    deadAt: Date | null;
                    lastError: string | null;
                }[];
            };
        }>;
    }>>;
    posts: Router<unknown, Procedures<{
        create: Mutation<{
            input: {
                mediaIds: string[];
                caption?: string | undefined;
                visibility: "followers" | "public";
                commentPolicy?: "everyone" | "followers" | "nobody" | undefined;
            };
            output: {
                id: string;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                caption: string;
                visibility: "followers" | "public";
                commentPolicy: "everyone" | "followers" | "nobody";
                status: "failed" | "processing" | "published" | "takenDown";
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                }[];
                likeCount: number;
                commentCount: number;
                createdAt: Date;
                editedAt: Date | null;
                likedByViewer?: boolean | undefined;
                bookmarkedByViewer?: boolean | undefined;
            };
        }>;
        get: Query<{
            input: {
                postId: string;
            };
            output: {
                id: string;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                caption: string;
                visibility: "followers" | "public";
                commentPolicy: "everyone" | "followers" | "nobody";
                status: "failed" | "processing" | "published" | "takenDown";
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                }[];
                likeCount: number;
                commentCount: number;
                createdAt: Date;
                editedAt: Date | null;
                likedByViewer?: boolean | undefined;
                bookmarkedByViewer?: boolean | undefined;
            };
        }>;
        edit: Mutation<{
            input: {
                postId: string;
                caption?: string | undefined;
                visibility?: "followers" | "public" | undefined;
                commentPolicy?: "everyone" | "followers" | "nobody" | undefined;
                media?: {
                    mediaId: string;
                    altText?: string | undefined;
                }[] | undefined;
            };
            output: {
                id: string;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                caption: string;
                visibility: "followers" | "public";
                commentPolicy: "everyone" | "followers" | "nobody";
                status: "failed" | "processing" | "published" | "takenDown";
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                }[];
                likeCount: number;
                commentCount: number;
                createdAt: Date;
                editedAt: Date | null;
                likedByViewer?: boolean | undefined;
                bookmarkedByViewer?: boolean | undefined;
            };
        }>;
        delete: Mutation<{
            input: {
                postId: string;
            };
            output: void;
        }>;
        byUser: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    caption: string;
                    visibility: "followers" | "public";
                    commentPolicy: "everyone" | "followers" | "nobody";
                    status: "failed" | "processing" | "published" | "takenDown";
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    }[];
                    likeCount: number;
                    commentCount: number;
                    createdAt: Date;
                    editedAt: Date | null;
                    likedByViewer?: boolean | undefined;
                    bookmarkedByViewer?: boolean | undefined;
                }[];
                nextCursor: string | null;
            };
        }>;
        byHashtag: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                tag: string;
            };
            output: {
                items: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    caption: string;
                    visibility: "followers" | "public";
                    commentPolicy: "everyone" | "followers" | "nobody";
                    status: "failed" | "processing" | "published" | "takenDown";
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    }[];
                    likeCount: number;
                    commentCount: number;
                    createdAt: Date;
                    editedAt: Date | null;
                    likedByViewer?: boolean | undefined;
                    bookmarkedByViewer?: boolean | undefined;
                }[];
                nextCursor: string | null;
            };
        }>;
        bookmark: Mutation<{
            input: {
                postId: string;
            };
            output: void;
        }>;
        unbookmark: Mutation<{
            input: {
                postId: string;
            };
            output: void;
        }>;
        bookmarks: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    post: {
                        id: string;
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        caption: string;
                        visibility: "followers" | "public";
                        commentPolicy: "everyone" | "followers" | "nobody";
                        status: "failed" | "processing" | "published" | "takenDown";
                        media: {
                            id: string;
                            status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                            width: number | null;
                            height: number | null;
                            altText: string;
                            thumbhash: string | null;
                            dominantColor: string | null;
                            camera: {
                                make?: string | undefined;
                                model?: string | undefined;
                                lens?: string | undefined;
                                focalLength?: string | undefined;
                                aperture?: string | undefined;
                                exposureTime?: string | undefined;
                                iso?: string | undefined;
                                takenAt?: string | undefined;
                            };
                            variants: {
                                name: "large" | "medium" | "thumb";
                                type: "image/jpeg" | "image/webp";
                                url: string;
                                width: number;
                                height: number;
                                bytes: number;
                            }[];
                        }[];
                        likeCount: number;
                        commentCount: number;
                        createdAt: Date;
                        editedAt: Date | null;
                        likedByViewer?: boolean | undefined;
                        bookmarkedByViewer?: boolean | undefined;
                    };
                    bookmarkedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    engagement: Router<unknown, Procedures<{
        like: Mutation<{
            input: {
                postId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
        }>;
        unlike: Mutation<{
            input: {
                postId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
        }>;
        likes: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                postId: string;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    likedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        comment: Mutation<{
            input: {
                postId: string;
                body: string;
                parentId?: string | undefined;
            };
            output: {
                id: string;
                postId: string;
                parentId: string | null;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                body: string;
                likeCount: number;
                replyCount: number;
                createdAt: Date;
                editedAt: Date | null;
                likedByViewer?: boolean | undefined;
            };
        }>;
        comments: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                postId: string;
                parentId?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    postId: string;
                    parentId: string | null;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    body: string;
                    likeCount: number;
                    replyCount: number;
                    createdAt: Date;
                    editedAt: Date | null;
                    likedByViewer?: boolean | undefined;
                    replies: {
                        id: string;
                        postId: string;
                        parentId: string | null;
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                            avatar: {
                                url: string;
                                thumbhash: string;
                            } | null;
                            isPrivate: boolean;
                        };
                        body: string;
                        likeCount: number;
                        replyCount: number;
                        createdAt: Date;
                        editedAt: Date | null;
                        likedByViewer?: boolean | undefined;
                    }[];
                }[];
                nextCursor: string | null;
            };
        }>;
        editComment: Mutation<{
            input: {
                postId: string;
                commentId: string;
                body: string;
            };
            output: {
                id: string;
                postId: string;
                parentId: string | null;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                body: string;
                likeCount: number;
                replyCount: number;
                createdAt: Date;
                editedAt: Date | null;
                likedByViewer?: boolean | undefined;
            };
        }>;
        deleteComment: Mutation<{
            input: {
                postId: string;
                commentId: string;
            };
            output: void;
        }>;
        likeComment: Mutation<{
            input: {
                postId: string;
                commentId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
        }>;
        unlikeComment: Mutation<{
            input: {
                postId: string;
                commentId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
        }>;
    }>>;
    stories: Router<unknown, Procedures<{
        create: Mutation<{
            input: {
                mediaId: string;
                caption?: string | undefined;
                visibility?: "closeFriends" | "friends" | "public" | undefined;
            };
            output: {
                id: string;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                };
                caption: string;
                visibility: "closeFriends" | "friends" | "public";
                status: "failed" | "processing" | "published";
                createdAt: Date;
                expiresAt: Date;
                viewCount: number | null;
                seenByViewer?: boolean | undefined;
                reactionByViewer?: string | null | undefined;
            };
        }>;
        get: Query<{
            input: {
                storyId: string;
            };
            output: {
                id: string;
                author: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                };
                caption: string;
                visibility: "closeFriends" | "friends" | "public";
                status: "failed" | "processing" | "published";
                createdAt: Date;
                expiresAt: Date;
                viewCount: number | null;
                seenByViewer?: boolean | undefined;
                reactionByViewer?: string | null | undefined;
            };
        }>;
        delete: Mutation<{
            input: {
                storyId: string;
            };
            output: void;
        }>;
        byUser: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    };
                    caption: string;
                    visibility: "closeFriends" | "friends" | "public";
                    status: "failed" | "processing" | "published";
                    createdAt: Date;
                    expiresAt: Date;
                    viewCount: number | null;
                    seenByViewer?: boolean | undefined;
                    reactionByViewer?: string | null | undefined;
                }[];
                nextCursor: string | null;
            };
        }>;
        seen: Mutation<{
            input: {
                storyId: string;
            };
            output: void;
        }>;
        viewers: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                storyId: string;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    seenAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        metrics: Query<{
            input: {
                storyId: string;
            };
            output: {
                viewCount: number;
                reactionCount: number;
                reactions: {
                    emoji: string;
                    count: number;
                }[];
            };
        }>;
        react: Mutation<{
            input: {
                storyId: string;
                emoji: string;
            };
            output: {
                emoji: string | null;
            };
        }>;
        unreact: Mutation<{
            input: {
                storyId: string;
            };
            output: {
                emoji: string | null;
            };
        }>;
        reactions: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                storyId: string;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    emoji: string;
                    reactedAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    highlights: Router<unknown, Procedures<{
        add: Mutation<{
            input: {
                storyId: string;
                highlightName: string;
            };
            output: {
                id: string;
                owner: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                name: string;
                cover: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                };
                storyCount: number;
                createdAt: Date;
            };
        }>;
        byUser: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: {
                    id: string;
                    owner: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    name: string;
                    cover: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    };
                    storyCount: number;
                    createdAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        get: Query<{
            input: {
                highlightId: string;
            };
            output: {
                id: string;
                owner: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                name: string;
                cover: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                };
                storyCount: number;
                createdAt: Date;
                stories: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    };
                    caption: string;
                    visibility: "closeFriends" | "friends" | "public";
                    status: "failed" | "processing" | "published";
                    createdAt: Date;
                    expiresAt: Date;
                    viewCount: number | null;
                    seenByViewer?: boolean | undefined;
                    reactionByViewer?: string | null | undefined;
                }[];
            };
        }>;
        edit: Mutation<{
            input: {
                highlightId: string;
                name?: string | undefined;
                coverStoryId?: string | null | undefined;
            };
            output: {
                id: string;
                owner: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                };
                name: string;
                cover: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                };
                storyCount: number;
                createdAt: Date;
            };
        }>;
        delete: Mutation<{
            input: {
                highlightId: string;
            };
            output: void;
        }>;
        remove: Mutation<{
            input: {
                highlightId: string;
                storyId: string;
            };
            output: void;
        }>;
    }>>;
    feed: Router<unknown, Procedures<{
        home: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    caption: string;
                    visibility: "followers" | "public";
                    commentPolicy: "everyone" | "followers" | "nobody";
                    status: "failed" | "processing" | "published" | "takenDown";
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    }[];
                    likeCount: number;
                    commentCount: number;
                    createdAt: Date;
                    editedAt: Date | null;
                    likedByViewer?: boolean | undefined;
                    bookmarkedByViewer?: boolean | undefined;
                }[];
                nextCursor: string | null;
            };
        }>;
        refresh: Mutation<{
            input: Record<string, never>;
            output: void;
        }>;
        events: Subscription<{
            input: {
                lastEventId?: string | undefined;
            };
            output: AsyncIterable<TrackedData<{
                type: "post";
                postId: string;
                authorId: string;
            } | {
                type: "notification";
                notificationId: string;
                kind: "commentLiked" | "commentReplied" | "followRequested" | "followed" | "inviteRedeemed" | "mentioned" | "moderationNotice" | "newSignIn" | "postCommented" | "postLiked" | "requestAccepted" | "storyReaction";
            } | {
                type: "unreadCount";
                unreadCount: number;
            } | {
                type: "gap";
            } | {
                type: "alive";
            }>, void, unknown>;
        }>;
        stories: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    user: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    storyCount: number;
                    latestAt: Date;
                    hasUnseen: boolean;
                    stories: {
                        id: string;
                        createdAt: Date;
                        seenByViewer: boolean;
                    }[];
                }[];
                nextCursor: string | null;
            };
        }>;
        explore: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    caption: string;
                    visibility: "followers" | "public";
                    commentPolicy: "everyone" | "followers" | "nobody";
                    status: "failed" | "processing" | "published" | "takenDown";
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    }[];
                    likeCount: number;
                    commentCount: number;
                    createdAt: Date;
                    editedAt: Date | null;
                    likedByViewer?: boolean | undefined;
                    bookmarkedByViewer?: boolean | undefined;
                }[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    search: Router<unknown, Procedures<{
        users: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                q: string;
            };
            output: {
                items: {
                    id: string;
                    handle: string;
                    displayName: string;
                    avatar: {
                        url: string;
                        thumbhash: string;
                    } | null;
                    isPrivate: boolean;
                }[];
                nextCursor: string | null;
            };
        }>;
        posts: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                q: string;
            };
            output: {
                items: {
                    id: string;
                    author: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    };
                    caption: string;
                    visibility: "followers" | "public";
                    commentPolicy: "everyone" | "followers" | "nobody";
                    status: "failed" | "processing" | "published" | "takenDown";
                    media: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    }[];
                    likeCount: number;
                    commentCount: number;
                    createdAt: Date;
                    editedAt: Date | null;
                    likedByViewer?: boolean | undefined;
                    bookmarkedByViewer?: boolean | undefined;
                }[];
                nextCursor: string | null;
            };
        }>;
        hashtags: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                q: string;
            };
            output: {
                items: {
                    tag: string;
                    recentPostCount: number;
                }[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    moderation: Router<unknown, Procedures<{
        appeal: Mutation<{
            input: {
                actionId: string;
                text: string;
            };
            output: {
                id: string;
                action: {
                    id: string;
                    kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    rule: string;
                    reason: string;
                    endsAt: Date | null;
                    createdAt: Date;
                    undoneAt: Date | null;
                };
                text: string;
                status: "open" | "overturned" | "upheld";
                createdAt: Date;
                resolvedAt: Date | null;
                reason: string | null;
            };
        }>;
        myActions: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    rule: string;
                    reason: string;
                    endsAt: Date | null;
                    createdAt: Date;
                    undoneAt: Date | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        myAppeals: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    action: {
                        id: string;
                        kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                        subjectType: "comment" | "post" | "story" | "user";
                        subjectId: string;
                        rule: string;
                        reason: string;
                        endsAt: Date | null;
                        createdAt: Date;
                        undoneAt: Date | null;
                    };
                    text: string;
                    status: "open" | "overturned" | "upheld";
                    createdAt: Date;
                    resolvedAt: Date | null;
                    reason: string | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        appeals: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                status?: "open" | "overturned" | "upheld" | undefined;
            };
            output: {
                items: {
                    id: string;
                    action: {
                        id: string;
                        kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                        subjectType: "comment" | "post" | "story" | "user";
                        subjectId: string;
                        rule: string;
                        reason: string;
                        endsAt: Date | null;
                        createdAt: Date;
                        undoneAt: Date | null;
                    };
                    text: string;
                    status: "open" | "overturned" | "upheld";
                    createdAt: Date;
                    resolvedAt: Date | null;
                    reason: string | null;
                    appellant: {
                        id: string;
                        handle: string;
                        displayName: string;
                        trustLevel: number;
                        bannedUntil: Date | null;
                        deletedAt: Date | null;
                    };
                    actedBy: string;
                    caseId: string | null;
                    resolvedBy: string | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        resolveAppeal: Mutation<{
            input: {
                appealId: string;
                outcome: "overturn" | "uphold";
                reason: string;
            };
            output: {
                id: string;
                action: {
                    id: string;
                    kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    rule: string;
                    reason: string;
                    endsAt: Date | null;
                    createdAt: Date;
                    undoneAt: Date | null;
                };
                text: string;
                status: "open" | "overturned" | "upheld";
                createdAt: Date;
                resolvedAt: Date | null;
                reason: string | null;
                appellant: {
                    id: string;
                    handle: string;
                    displayName: string;
                    trustLevel: number;
                    bannedUntil: Date | null;
                    deletedAt: Date | null;
                };
                actedBy: string;
                caseId: string | null;
                resolvedBy: string | null;
            };
        }>;
        cases: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                status?: "open" | "resolved" | undefined;
            };
            output: {
                items: {
                    id: string;
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    owner: {
                        id: string;
                        handle: string;
                        displayName: string;
                        trustLevel: number;
                        bannedUntil: Date | null;
                        deletedAt: Date | null;
                    };
                    status: "open" | "resolved";
                    priority: number;
                    reportCount: number;
                    round: number;
                    openedAt: Date;
                    resolvedAt: Date | null;
                    resolvedBy: string | null;
                    resolution: "ban" | "dismiss" | "strike" | "takedown" | "warn" | null;
                    rule: string | null;
                    reason: string | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        case: Query<{
            input: {
                caseId: string;
            };
            output: {
                id: string;
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                owner: {
                    id: string;
                    handle: string;
                    displayName: string;
                    trustLevel: number;
                    bannedUntil: Date | null;
                    deletedAt: Date | null;
                };
                status: "open" | "resolved";
                priority: number;
                reportCount: number;
                round: number;
                openedAt: Date;
                resolvedAt: Date | null;
                resolvedBy: string | null;
                resolution: "ban" | "dismiss" | "strike" | "takedown" | "warn" | null;
                rule: string | null;
                reason: string | null;
                reports: {
                    id: string;
                    category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                    reason: string | null;
                    createdAt: Date;
                    round: number;
                    reporter: {
                        id: string;
                        handle: string;
                        displayName: string;
                        trustLevel: number;
                        bannedUntil: Date | null;
                        deletedAt: Date | null;
                    } | null;
                    snapshot: {
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                        };
                        texts: Record<string, string>;
                        mediaIds: string[];
                        postId: string | null;
                        createdAt: string;
                    };
                }[];
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                }[];
                actions: {
                    id: string;
                    kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    rule: string;
                    reason: string;
                    endsAt: Date | null;
                    createdAt: Date;
                    undoneAt: Date | null;
                }[];
            };
        }>;
        resolveCase: Mutation<{
            input: {
                caseId: string;
                action: "ban" | "dismiss" | "strike" | "takedown" | "warn";
                rule: string;
                reason: string;
                durationHours?: number | null | undefined;
            };
            output: {
                id: string;
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                owner: {
                    id: string;
                    handle: string;
                    displayName: string;
                    trustLevel: number;
                    bannedUntil: Date | null;
                    deletedAt: Date | null;
                };
                status: "open" | "resolved";
                priority: number;
                reportCount: number;
                round: number;
                openedAt: Date;
                resolvedAt: Date | null;
                resolvedBy: string | null;
                resolution: "ban" | "dismiss" | "strike" | "takedown" | "warn" | null;
                rule: string | null;
                reason: string | null;
                reports: {
                    id: string;
                    category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                    reason: string | null;
                    createdAt: Date;
                    round: number;
                    reporter: {
                        id: string;
                        handle: string;
                        displayName: string;
                        trustLevel: number;
                        bannedUntil: Date | null;
                        deletedAt: Date | null;
                    } | null;
                    snapshot: {
                        author: {
                            id: string;
                            handle: string;
                            displayName: string;
                        };
                        texts: Record<string, string>;
                        mediaIds: string[];
                        postId: string | null;
                        createdAt: string;
                    };
                }[];
                media: {
                    id: string;
                    status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                    width: number | null;
                    height: number | null;
                    altText: string;
                    thumbhash: string | null;
                    dominantColor: string | null;
                    camera: {
                        make?: string | undefined;
                        model?: string | undefined;
                        lens?: string | undefined;
                        focalLength?: string | undefined;
                        aperture?: string | undefined;
                        exposureTime?: string | undefined;
                        iso?: string | undefined;
                        takenAt?: string | undefined;
                    };
                    variants: {
                        name: "large" | "medium" | "thumb";
                        type: "image/jpeg" | "image/webp";
                        url: string;
                        width: number;
                        height: number;
                        bytes: number;
                    }[];
                }[];
                actions: {
                    id: string;
                    kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    rule: string;
                    reason: string;
                    endsAt: Date | null;
                    createdAt: Date;
                    undoneAt: Date | null;
                }[];
            };
        }>;
        takedownPost: Mutation<{
            input: {
                rule: string;
                reason: string;
                postId: string;
            };
            output: {
                id: string;
                kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                rule: string;
                reason: string;
                endsAt: Date | null;
                createdAt: Date;
                undoneAt: Date | null;
            };
        }>;
        restorePost: Mutation<{
            input: {
                postId: string;
                reason: string;
            };
            output: void;
        }>;
        takedownComment: Mutation<{
            input: {
                rule: string;
                reason: string;
                commentId: string;
            };
            output: {
                id: string;
                kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                rule: string;
                reason: string;
                endsAt: Date | null;
                createdAt: Date;
                undoneAt: Date | null;
            };
        }>;
        restoreComment: Mutation<{
            input: {
                commentId: string;
                reason: string;
            };
            output: void;
        }>;
        takedownStory: Mutation<{
            input: {
                rule: string;
                reason: string;
                storyId: string;
            };
            output: {
                id: string;
                kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                rule: string;
                reason: string;
                endsAt: Date | null;
                createdAt: Date;
                undoneAt: Date | null;
            };
        }>;
        restoreStory: Mutation<{
            input: {
                storyId: string;
                reason: string;
            };
            output: void;
        }>;
        account: Query<{
            input: {
                handle: string;
            };
            output: {
                id: string;
                handle: string;
                displayName: string;
                trustLevel: number;
                bannedUntil: Date | null;
                deletedAt: Date | null;
            };
        }>;
        warn: Mutation<{
            input: {
                rule: string;
                reason: string;
                userId: string;
            };
            output: {
                id: string;
                kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                rule: string;
                reason: string;
                endsAt: Date | null;
                createdAt: Date;
                undoneAt: Date | null;
            };
        }>;
        ban: Mutation<{
            input: {
                rule: string;
                reason: string;
                userId: string;
                durationHours: number | null;
            };
            output: {
                id: string;
                kind: "ban" | "restore" | "strike" | "takedown" | "unban" | "warn";
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                rule: string;
                reason: string;
                endsAt: Date | null;
                createdAt: Date;
                undoneAt: Date | null;
            };
        }>;
        unban: Mutation<{
            input: {
                userId: string;
                reason: string;
            };
            output: void;
        }>;
        audit: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                actor?: string | undefined;
                action?: string | undefined;
                subject?: string | undefined;
                since?: Date | undefined;
                until?: Date | undefined;
            };
            output: {
                items: {
                    id: string;
                    actor: string;
                    action: string;
                    subjectType: string;
                    subjectId: string;
                    rule: string | null;
                    reason: string | null;
                    details: Record<string, unknown>;
                    createdAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        flagUser: Mutation<{
            input: {
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason?: string | undefined;
                userId: string;
            };
            output: {
                id: string;
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason: string | null;
                createdAt: Date;
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                outcome: "dismissed" | "open" | "upheld";
                resolvedAt: Date | null;
            };
        }>;
        flagPost: Mutation<{
            input: {
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason?: string | undefined;
                postId: string;
            };
            output: {
                id: string;
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason: string | null;
                createdAt: Date;
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                outcome: "dismissed" | "open" | "upheld";
                resolvedAt: Date | null;
            };
        }>;
        flagComment: Mutation<{
            input: {
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason?: string | undefined;
                commentId: string;
            };
            output: {
                id: string;
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason: string | null;
                createdAt: Date;
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                outcome: "dismissed" | "open" | "upheld";
                resolvedAt: Date | null;
            };
        }>;
        flagStory: Mutation<{
            input: {
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason?: string | undefined;
                storyId: string;
            };
            output: {
                id: string;
                category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                reason: string | null;
                createdAt: Date;
                subjectType: "comment" | "post" | "story" | "user";
                subjectId: string;
                outcome: "dismissed" | "open" | "upheld";
                resolvedAt: Date | null;
            };
        }>;
        myReports: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: string;
                    category: "abuse" | "illegal" | "impersonation" | "nudity" | "other" | "selfHarm" | "spam" | "violence";
                    reason: string | null;
                    createdAt: Date;
                    subjectType: "comment" | "post" | "story" | "user";
                    subjectId: string;
                    outcome: "dismissed" | "open" | "upheld";
                    resolvedAt: Date | null;
                }[];
                nextCursor: string | null;
            };
        }>;
    }>>;
    trust: Router<unknown, Procedures<{
        score: Query<{
            input: Record<string, never>;
            output: {
                level: number;
                points: number;
                next: {
                    level: number;
                    age: {
                        have: number;
                        need: number;
                    };
                    posts: {
                        have: number;
                        need: number;
                    };
                    points: {
                        have: number;
                        need: number;
                    };
                    flags: {
                        have: number;
                        under: number;
                    };
                    strikes: {
                        have: number;
                        under: number;
                    };
                } | null;
                strikes: {
                    id: string;
                    createdAt: Date;
                    endsAt: Date;
                }[];
            };
        }>;
        record: Query<{
            input: {
                userId: string;
            };
            output: {
                level: number;
                points: number;
                next: {
                    level: number;
                    age: {
                        have: number;
                        need: number;
                    };
                    posts: {
                        have: number;
                        need: number;
                    };
                    points: {
                        have: number;
                        need: number;
                    };
                    flags: {
                        have: number;
                        under: number;
                    };
                    strikes: {
                        have: number;
                        under: number;
                    };
                } | null;
                userId: string;
                sum: number;
                earnedLevel: number;
                ledger: {
                    act: "comment" | "contentRemoved" | "flagUpheld" | "follower" | "invitedBasic" | "likeReceived" | "post" | "strike";
                    count: number;
                    points: number;
                }[];
                strikes: {
                    id: string;
                    createdAt: Date;
                    endsAt: Date;
                    actionId: string;
                    undoneAt: Date | null;
                }[];
            };
        }>;
        verify: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
        unverify: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
    }>>;
    fingerprint: Router<unknown, Procedures<{
        register: Mutation<{
            input: {
                fingerprint: string;
            };
            output: void;
        }>;
        list: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    firstSeenAt: Date;
                    lastSeenAt: Date;
                    hash: string;
                    name: string;
                }[];
                nextCursor: string | null;
            };
        }>;
        record: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                hash: string;
            };
            output: {
                hash: string;
                risk: number;
                blockedAt: Date | null;
                createdAt: Date;
                accountCount: number;
                accounts: {
                    items: {
                        firstSeenAt: Date;
                        lastSeenAt: Date;
                        account: {
                            id: string;
                            handle: string;
                            displayName: string;
                            trustLevel: number;
                            bannedUntil: Date | null;
                            deletedAt: Date | null;
                        };
                    }[];
                    nextCursor: string | null;
                };
            };
        }>;
        block: Mutation<{
            input: {
                hash: string;
                reason?: string | undefined;
            };
            output: void;
        }>;
        unblock: Mutation<{
            input: {
                hash: string;
                reason?: string | undefined;
            };
            output: void;
        }>;
        ofPerson: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                userId: string;
            };
            output: {
                items: {
                    firstSeenAt: Date;
                    lastSeenAt: Date;
                    name: string;
                    hash: string;
                    risk: number;
                    blockedAt: Date | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        signups: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    account: {
                        id: string;
                        handle: string;
                        displayName: string;
                        trustLevel: number;
                        bannedUntil: Date | null;
                        deletedAt: Date | null;
                    };
                    deviceHash: string;
                    risk: number;
                    createdAt: Date;
                }[];
                nextCursor: string | null;
            };
        }>;
        clearSignup: Mutation<{
            input: {
                userId: string;
            };
            output: void;
        }>;
    }>>;
    jobs: Router<unknown, Procedures<{
        dead: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
            };
            output: {
                items: {
                    id: number;
                    queue: "effects" | "media";
                    kind: string;
                    body: Record<string, unknown>;
                    tries: number;
                    deadAt: Date;
                    lastError: string | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        replay: Mutation<{
            input: {
                ids: "all" | number[];
            };
            output: {
                replayed: number;
            };
        }>;
    }>>;
    notifications: Router<unknown, Procedures<{
        list: Query<{
            input: {
                limit?: number | undefined;
                cursor?: string | undefined;
                grouped?: boolean | undefined;
            };
            output: {
                items: {
                    id: string;
                    kind: "commentLiked" | "commentReplied" | "followRequested" | "followed" | "inviteRedeemed" | "mentioned" | "moderationNotice" | "newSignIn" | "postCommented" | "postLiked" | "requestAccepted" | "storyReaction";
                    actors: {
                        id: string;
                        handle: string;
                        displayName: string;
                        avatar: {
                            url: string;
                            thumbhash: string;
                        } | null;
                        isPrivate: boolean;
                    }[];
                    count: number;
                    isRead: boolean;
                    createdAt: Date;
                    latestAt: Date;
                    postId: string | null;
                    commentId: string | null;
                    storyId: string | null;
                    thumbnail: {
                        id: string;
                        status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                        width: number | null;
                        height: number | null;
                        altText: string;
                        thumbhash: string | null;
                        dominantColor: string | null;
                        camera: {
                            make?: string | undefined;
                            model?: string | undefined;
                            lens?: string | undefined;
                            focalLength?: string | undefined;
                            aperture?: string | undefined;
                            exposureTime?: string | undefined;
                            iso?: string | undefined;
                            takenAt?: string | undefined;
                        };
                        variants: {
                            name: "large" | "medium" | "thumb";
                            type: "image/jpeg" | "image/webp";
                            url: string;
                            width: number;
                            height: number;
                            bytes: number;
                        }[];
                    } | null;
                    text: string | null;
                }[];
                nextCursor: string | null;
            };
        }>;
        unreadCount: Query<{
            input: Record<string, never>;
            output: {
                unreadCount: number;
            };
        }>;
        markRead: Mutation<{
            input: {
                notificationId: string;
            };
            output: void;
        }>;
        markReadUpTo: Mutation<{
            input: {
                upToId: string;
            };
            output: {
                unreadCount: number;
            };
        }>;
    }>>;
    rateLimiter: Router<unknown, Procedures<{
        list: Query<{
            input: Record<string, never> | undefined;
            output: {
                trustLevel: number;
                buckets: {
                    bucket: string;
                    per: "address" | "user";
                    periodSeconds: number;
                    limit: number;
                    remaining: number;
                    resetSeconds: number;
                }[];
            };
        }>;
    }>>;
}>>;
