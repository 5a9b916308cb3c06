// Made by `npm run generate` from the server. Not to be edited.
/** Never called: its declaration is the type of the router, written out in full for the SDK. */
export declare const clientRouter: () => import("@trpc/server").TRPCBuiltRouter<{
    ctx: object;
    meta: object;
    errorShape: import("./errors.ts").ErrorShape;
    transformer: true;
}, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
    auth: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        login: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        refresh: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                refreshToken: string;
            };
            output: {
                accessToken: string;
                refreshToken: string;
                accessExpiresAt: Date;
                refreshExpiresAt: Date;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        revoke: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                refreshToken: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        me: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        sessions: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        endSession: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                sessionId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        endOtherSessions: import("@trpc/server").TRPCMutationProcedure<{
            input: Record<string, never> | undefined;
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        changePassword: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                currentPassword: string;
                newPassword: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    users: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        register: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        get: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        byHandle: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        updateMe: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        settings: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        updateSettings: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    account: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        delete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                password: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        export: import("@trpc/server").TRPCQueryProcedure<{
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
                    section: "comments";
                    data: {
                        id: string;
                        postId: string | null;
                        body: string;
                        createdAt: Date;
                        editedAt: Date | null;
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
                })[];
                nextCursor: string | null;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        adminDelete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
                reason: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        adminExport: import("@trpc/server").TRPCQueryProcedure<{
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
                    section: "comments";
                    data: {
                        id: string;
                        postId: string | null;
                        body: string;
                        createdAt: Date;
                        editedAt: Date | null;
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
                })[];
                nextCursor: string | null;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    social: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        follow: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: {
                state: "following" | "none" | "requested";
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unfollow: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: {
                state: "following" | "none" | "requested";
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        followers: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        following: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        relationship: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        removeFollower: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        requests: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        acceptRequest: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        rejectRequest: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        block: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unblock: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        blocks: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        mute: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
                expiresAt?: Date | undefined;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unmute: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        mutes: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        addCloseFriend: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        removeCloseFriend: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        closeFriends: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        suggestions: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    invites: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        validate: import("@trpc/server").TRPCQueryProcedure<{
            input: {
                code: string;
            };
            output: {
                isValid: boolean;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        create: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        list: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        stats: import("@trpc/server").TRPCQueryProcedure<{
            input: Record<string, never>;
            output: {
                sent: number;
                redeemed: number;
                remaining: number;
                max: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        revoke: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        adminCreate: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        tree: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        freeze: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
                reason?: string | undefined;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unfreeze: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
                reason?: string | undefined;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    media: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        policy: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        upload: import("@trpc/server").TRPCMutationProcedure<{
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
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        complete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                uploadId: string;
            };
            output: {
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                mediaId: string;
                reason?: string | undefined;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        status: import("@trpc/server").TRPCQueryProcedure<{
            input: {
                uploadId: string;
            };
            output: {
                status: "completed" | "failed" | "pending" | "processing" | "uploaded";
                mediaId: string;
                reason?: string | undefined;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        get: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        edit: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        delete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                mediaId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        list: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        inspect: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    posts: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        create: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        get: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        edit: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        delete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        byUser: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        byHashtag: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        bookmark: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unbookmark: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        bookmarks: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    engagement: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        like: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unlike: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        likes: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        comment: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        comments: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        editComment: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        deleteComment: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
                commentId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        likeComment: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
                commentId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unlikeComment: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
                commentId: string;
            };
            output: {
                liked: boolean;
                likeCount: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    stories: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        create: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        get: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        delete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                storyId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        byUser: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        seen: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                storyId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        viewers: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        metrics: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        react: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                storyId: string;
                emoji: string;
            };
            output: {
                emoji: string | null;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unreact: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                storyId: string;
            };
            output: {
                emoji: string | null;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        reactions: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    highlights: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        add: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        byUser: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        get: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        edit: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        delete: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                highlightId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        remove: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                highlightId: string;
                storyId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    feed: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        home: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        refresh: import("@trpc/server").TRPCMutationProcedure<{
            input: Record<string, never>;
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        events: import("@trpc/server").TRPCSubscriptionProcedure<{
            input: {
                lastEventId?: string | undefined;
            };
            output: AsyncIterable<import("@trpc/server").TrackedData<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        stories: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        explore: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    search: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        users: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        posts: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        hashtags: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    moderation: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        appeal: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        myActions: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        myAppeals: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        appeals: import("@trpc/server").TRPCQueryProcedure<{
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
                    resolvedBy: string | null;
                }[];
                nextCursor: string | null;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        resolveAppeal: import("@trpc/server").TRPCMutationProcedure<{
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
                resolvedBy: string | null;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        cases: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        case: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        resolveCase: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        takedownPost: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        restorePost: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                postId: string;
                reason: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        takedownComment: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        restoreComment: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                commentId: string;
                reason: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        takedownStory: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        restoreStory: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                storyId: string;
                reason: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        account: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        warn: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        ban: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unban: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
                reason: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        audit: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        flagUser: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        flagPost: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        flagComment: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        flagStory: import("@trpc/server").TRPCMutationProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        myReports: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    trust: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        score: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        record: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        verify: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unverify: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    fingerprint: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        register: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                fingerprint: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        list: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        record: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        block: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                hash: string;
                reason?: string | undefined;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unblock: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                hash: string;
                reason?: string | undefined;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        ofPerson: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        signups: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        clearSignup: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                userId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    jobs: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        dead: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        replay: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                ids: "all" | number[];
            };
            output: {
                replayed: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    notifications: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        list: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        unreadCount: import("@trpc/server").TRPCQueryProcedure<{
            input: Record<string, never>;
            output: {
                unreadCount: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        markRead: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                notificationId: string;
            };
            output: void;
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
        markReadUpTo: import("@trpc/server").TRPCMutationProcedure<{
            input: {
                upToId: string;
            };
            output: {
                unreadCount: number;
            };
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
    rateLimiter: import("@trpc/server").TRPCBuiltRouter<{
        ctx: object;
        meta: object;
        errorShape: import("./errors.ts").ErrorShape;
        transformer: true;
    }, import("@trpc/server").TRPCDecorateCreateRouterOptions<{
        list: import("@trpc/server").TRPCQueryProcedure<{
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
            meta: object;
            errorShape: import("./errors.ts").ErrorShape;
        }>;
    }>>;
}>>;
export type AppRouter = ReturnType<typeof clientRouter>;
