import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCaller } from '../../api/router.ts';
import type { App } from '../../core/app.ts';
import { scriptContext } from '../../core/context.ts';
import { viewerByHandle } from '../../domains/users/public.ts';

const PHOTOS = join(import.meta.dirname, 'photos');

export type Caller = ReturnType<ReturnType<typeof createCaller>>;

/** A demo user, and a caller in their name. */
export interface Actor {
  id: string;
  caller: Caller;
}

export async function actorOf(app: App, handle: string): Promise<Actor> {
  const viewer = await viewerByHandle(app, handle);
  return { id: viewer.id, caller: createCaller(app)(scriptContext(viewer, 'demo')) };
}

export const operator = (app: App, name: string): Caller => createCaller(app)(scriptContext(null, name));

/** Uploads with a ticket, as an app does; returns the media id. Processing starts afterwards. */
export async function uploadPhoto(caller: Caller, photo: string, altText: string): Promise<string> {
  const bytes = readFileSync(join(PHOTOS, photo));
  const ticket = await caller.media.upload({ contentType: 'image/jpeg', bytes: bytes.length, altText });
  const response = await fetch(ticket.uploadUrl, {
    method: ticket.method,
    headers: ticket.headers,
    body: bytes,
  });
  if (!response.ok) throw new Error(`the demo's upload failed with status ${response.status}`);
  await caller.media.complete({ uploadId: ticket.uploadId });
  return ticket.uploadId;
}
