import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ciel } from '../../sdk/src/index.ts';
import { type Answer, startLoad } from './load.ts';
import { makePhotograph } from './photograph.ts';
import { startProgram } from './program.ts';
import { seededRandom } from './random.ts';
import { inviteFrom, signUp } from './visit.ts';

const PATHS = ['/v1/feed', '/v1/auth/me', '/v1/media/policy', '/v1/users/me/settings'];

const CLIENTS = 16;
const MEASURED_MS = 4000;

export interface Stopped {
  code: number | null;
  answers: Answer[];
  /** Status of an upload that was half sent at the signal. */
  uploadStatus: number;
}

/** Requests a second that the program serves to clients that send as fast as it responds. */
export async function measureCapacity(environment: Record<string, string>): Promise<number> {
  await using program = await startProgram('server/main.ts', environment);
  const { accessToken } = await busyOne(program.url, 'capacity');
  await startLoad(program.url, CLIENTS, accessToken, PATHS).stop();
  const load = startLoad(program.url, CLIENTS, accessToken, PATHS);
  await sleep(MEASURED_MS);
  return (await load.stop()).length / (MEASURED_MS / 1000);
}

async function busyOne(url: string, handle: string): Promise<{ ciel: Ciel; accessToken: string }> {
  const { ciel } = await signUp(url, await inviteFrom(url), handle);
  return { ciel, accessToken: (await ciel.session.get())!.accessToken };
}

/** Starts a program, has it busy with many requests, by the clock or as many as it can, and stops it by SIGTERM in the middle of them. */
export async function stopUnderLoad(
  environment: Record<string, string>,
  round: number,
  perSecond?: number,
): Promise<Stopped> {
  const program = await startProgram('server/main.ts', environment);
  const { ciel, accessToken } = await busyOne(program.url, `busy${round}`);
  const load = startLoad(program.url, CLIENTS, accessToken, PATHS, perSecond);
  const upload = await beginUpload(ciel);
  await sleep(200 + seededRandom(round)() * 300);

  load.release();
  program.kill('SIGTERM');
  await sleep(400);
  const uploadStatus = await upload.finish();
  const { code } = await program.ended;
  return { code, answers: await load.stop(), uploadStatus };
}

/** Failures: a lost request that was started before the signal, or an error response at any time. */
export function faultsOf({ code, answers, uploadStatus }: Stopped): string[] {
  const lost = answers.filter(({ status, isDue }) => isDue && status === 0).length;
  const spoiled = answers.filter(({ status }) => status !== 200 && status !== 0).length;
  return [
    ...(lost ? [`${lost} requests lost`] : []),
    // Requests after the signal get a response as well, or find the port closed.
    ...(spoiled ? [`${spoiled} requests answered with a fault`] : []),
    ...(code === 0 ? [] : [`it ended with ${code}`]),
    ...(uploadStatus === 200 ? [] : [`the upload was answered ${uploadStatus}`]),
  ];
}

/** Sends one half of a photograph; the rest when it is asked to finish. */
async function beginUpload(ciel: Ciel): Promise<{ finish(): Promise<number> }> {
  const photo = await makePhotograph(1, { width: 900, height: 700 });
  const ticket = await ciel.media.upload({ contentType: 'image/jpeg', bytes: photo.length });
  const headers = { ...ticket.headers, 'content-length': photo.length };
  const sent = request(ticket.uploadUrl, { method: ticket.method, headers });
  const answered = new Promise<number>((resolve) => {
    sent.on('response', (response) => resolve(response.resume().statusCode!));
    sent.on('error', () => resolve(0));
  });
  sent.write(photo.subarray(0, photo.length / 2));
  return {
    finish() {
      sent.end(photo.subarray(photo.length / 2));
      return answered;
    },
  };
}
