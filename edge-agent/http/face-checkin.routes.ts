import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { FaceCheckIns } from '../checkin/face-checkins.js';
import { type FaceCheckInOffer, type FaceCheckInStarted, faceCheckInSchema } from '../contract/face-checkin.api.js';
import { ApiError, errorResponse } from './api-error.js';
import type { HttpEnv } from './principal.js';
import { validBody } from './valid.js';

export interface FaceCheckInRooms {
	readonly faceCheckIns: Pick<FaceCheckIns, 'offered' | 'begin' | 'look' | 'end' | 'confirm'>;
}

/** Whether the request brings a picture of whoever stands before the kiosk, whose body is larger than most. */
export function isKioskPicture(path: string): boolean {
	return /^\/api\/face-checkins\/[^/]+\/frames$/.test(path);
}
const LARGEST_PICTURE = 256 * 1024;

/** Checking in by face, at a paired kiosk only. */
export function faceCheckInRoutes({ faceCheckIns }: FaceCheckInRooms): Hono<HttpEnv> {
	return new Hono<HttpEnv>()
		.get('/face-checkins', (c) => c.json({ offered: faceCheckIns.offered } satisfies FaceCheckInOffer))
		.post('/face-checkins', async (c) => {
			if (!faceCheckIns.offered) throw new ApiError('not-ready');
			return c.json({ id: await faceCheckIns.begin(kioskOf(c)) } satisfies FaceCheckInStarted);
		})
		.post(
			'/face-checkins/:id/frames',
			bodyLimit({ maxSize: LARGEST_PICTURE, onError: (c) => errorResponse(c, new ApiError('too-large')) }),
			async (c) => {
				if (!/^image\/jpeg$/i.test(c.req.header('content-type') ?? '')) throw new ApiError('not-a-picture');
				return c.json(await faceCheckIns.look(c.req.param('id'), kioskOf(c), await c.req.arrayBuffer()));
			},
		)
		.delete('/face-checkins/:id', async (c) => {
			await faceCheckIns.end(c.req.param('id'), kioskOf(c));
			return c.body(null, 204);
		})
		.post('/face-checkins/:id/confirm', async (c) => {
			const form = await validBody(c, faceCheckInSchema);
			const answer = await faceCheckIns.confirm(c.req.param('id'), kioskOf(c), form);
			if (!answer) throw new ApiError('no-such-face-checkin');
			return c.json(answer);
		});
}

function kioskOf(c: Context<HttpEnv>): string {
	const principal = c.get('principal');
	if (principal.kind !== 'device') throw new ApiError('not-allowed');
	return principal.device;
}
