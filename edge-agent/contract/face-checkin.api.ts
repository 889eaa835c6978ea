import { z } from 'zod';
import { languageSchema, purposeSchema } from './vocabulary.js';

/** Checking in by face at the kiosk, for customers who asked to be known. All under `/api/face-checkins`. */

/** What the visitor is asked to do; sides are the visitor's own, and the screen's in a mirrored picture. */
export type FaceInstruction = 'show-face' | 'come-closer' | 'one-person' | 'look-straight' | 'turn-left' | 'turn-right' | 'slower';

/**
 * two-faces: somebody else is in the picture. lost: the face left it. changed: it is another face now. wrong-side: turned to the other
 * side. flat: the face turns as a plane does. too-slow: not done in time. not-live: the network took it for a picture.
 */
export const faceFailureSchema = z.enum(['two-faces', 'lost', 'changed', 'wrong-side', 'flat', 'too-slow', 'not-live']);
export type FaceFailure = z.infer<typeof faceFailureSchema>;

/** GET: whether it can be done here and now. */
export interface FaceCheckInOffer {
	readonly offered: boolean;
}

/** POST: a visitor pressed the button. A session ends after 30 s, 5 s without a picture, or when the same kiosk begins another. */
export interface FaceCheckInStarted {
	readonly id: string;
}

/** How a person is addressed on a screen that others can read: never the whole name. */
export interface Address {
	readonly surname: string;
	/** null: the name does not say. */
	readonly title: 'mr' | 'ms' | null;
}

/** POST /:id/frames, an image/jpeg of about 640 x 480 as the camera sees it (not mirrored). Each when the one before is answered. */
export type FaceCheckInView =
	| { readonly state: 'waiting'; readonly instruction: FaceInstruction; readonly done: number; readonly steps: number }
	| { readonly state: 'failed'; readonly reason: FaceFailure }
	| { readonly state: 'nobody' }
	| { readonly state: 'recognised'; readonly address: Address }
	/** Over: too late, ended, or begun anew. */
	| { readonly state: 'gone' };

/** POST /:id/confirm: it is them. `id` is made by the kiosk, so that sending again makes no second check-in. Answers a CheckInAnswer. */
export const faceCheckInSchema = z.object({ id: z.uuid(), purpose: purposeSchema, language: languageSchema });
export type FaceCheckInForm = z.infer<typeof faceCheckInSchema>;
