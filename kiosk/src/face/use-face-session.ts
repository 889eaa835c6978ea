import { type RefObject, useEffect, useRef, useState } from 'react';
import type { FaceCheckInView } from '../../../edge-agent/contract/face-checkin.api.js';
import type { Language } from '../../../edge-agent/contract/vocabulary.js';
import { deleteFaceCheckIn, postFaceCheckIn, postFacePicture } from '../agent.client.js';
import { openCamera, takePicture } from './camera.source.js';

/** At most so often a picture is sent, ms; the next one waits for the answer to the one before. */
const EVERY_MS = 125;

/** `starting`: the camera opens. `no-camera`, `no-answer`: only touch is left. */
export type FaceView = FaceCheckInView | { readonly state: 'starting' } | { readonly state: 'no-camera' } | { readonly state: 'no-answer' };

export interface FaceSession {
	readonly video: RefObject<HTMLVideoElement | null>;
	readonly view: FaceView;
	/** The agent's session; null before it began. */
	readonly id: string | null;
}

/**
 * One try: camera on, pictures to the agent until it has decided, camera off. Leaving the page ends it; the agent is told. Another `turn` is
 * another try.
 */
export function useFaceSession(turn: number, language: Language): FaceSession {
	const video = useRef<HTMLVideoElement>(null);
	const [session, setSession] = useState<{ readonly view: FaceView; readonly id: string | null }>({
		view: { state: 'starting' },
		id: null,
	});
	const spoken = useRef(language);
	spoken.current = language;

	// biome-ignore lint/correctness/useExhaustiveDependencies: each turn tries anew
	useEffect(() => {
		let left = false;
		let begun: string | null = null;
		let close = () => {};
		const show = (view: FaceView) => {
			if (!left) setSession({ view, id: begun });
		};
		const run = async () => {
			show({ state: 'starting' });
			const camera = await openCamera().catch(() => null);
			if (!camera) return show({ state: 'no-camera' });
			close = camera.close;
			if (left) return close();
			if (video.current) {
				video.current.srcObject = camera.stream;
				await video.current.play().catch(() => undefined);
			}
			begun = (await postFaceCheckIn(spoken.current)).id;
			if (left) return deleteFaceCheckIn(begun);
			const canvas = document.createElement('canvas');
			while (!left) {
				const next = performance.now() + EVERY_MS;
				const picture = video.current && (await takePicture(video.current, canvas));
				if (picture && !left) {
					const view = await postFacePicture(begun, picture, spoken.current);
					show(view);
					if (view.state !== 'waiting') break;
				}
				await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
			}
			close();
		};
		run().catch(() => {
			close();
			show({ state: 'no-answer' });
		});
		return () => {
			left = true;
			close();
			if (begun !== null) deleteFaceCheckIn(begun);
		};
	}, [turn]);
	return { video, ...session };
}
