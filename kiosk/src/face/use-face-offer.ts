import { useEffect, useState } from 'react';
import { fetchFaceOffer } from '../agent.client.js';
import { hasCamera } from './camera.source.js';

/** Whether somebody has asked to be known may change while the start page stands. */
const askMs = 15_000;

/** Whether checking in by face can be offered: the store has recognition and people to recognise, and this browser a camera. */
export function useFaceOffer(): boolean {
	const [offered, setOffered] = useState(false);
	useEffect(() => {
		let left = false;
		const ask = async () => {
			const answer = (await hasCamera()) && (await fetchFaceOffer().catch(() => false));
			if (!left) setOffered(answer);
		};
		void ask();
		const timer = setInterval(() => void ask(), askMs);
		return () => {
			left = true;
			clearInterval(timer);
		};
	}, []);
	return offered;
}
