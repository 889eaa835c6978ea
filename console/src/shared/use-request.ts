import { useCallback, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.js';
import { RequestError } from './http.client.js';

/** Something asked of the agent. */
export interface Loaded<T> {
	/** null: not here (yet). The last answer stays while it is asked again. */
	readonly value: T | null;
	/** Why it did not come, for people; null when it did. */
	readonly error: string | null;
	readonly reload: () => void;
	/** Puts in what a change answered, without asking again. */
	readonly put: (value: T) => void;
}

/** Asks the agent when the page opens and whenever `ask` is another function; a late answer to an earlier question is dropped. */
export function useLoaded<T>(ask: (language: string) => Promise<T>): Loaded<T> {
	const { language } = useWords();
	const reason = useReason();
	const [value, setValue] = useState<T | null>(null);
	const [error, setError] = useState<string | null>(null);
	const turn = useRef(0);
	const reload = useCallback(() => {
		turn.current += 1;
		const mine = turn.current;
		ask(language).then(
			(answer) => {
				if (mine !== turn.current) return;
				setValue(answer);
				setError(null);
			},
			(failure) => mine === turn.current && setError(reason(failure)),
		);
	}, [ask, language, reason]);
	useEffect(() => {
		reload();
		return () => {
			turn.current += 1;
		};
	}, [reload]);
	const put = useCallback((next: T) => {
		turn.current += 1;
		setValue(next);
		setError(null);
	}, []);
	return { value, error, reload, put };
}

/** Something done at the agent: whether it runs, and why it failed. */
export interface Action<A extends unknown[]> {
	/** Answers whether it went well. */
	readonly run: (...args: A) => Promise<boolean>;
	readonly running: boolean;
	/** For people. */
	readonly error: string | null;
	/** What the agent answered, when it refused. */
	readonly failure: RequestError | null;
	readonly clear: () => void;
}

export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
	const reason = useReason();
	const [running, setRunning] = useState(false);
	const [failure, setFailure] = useState<RequestError | null>(null);
	const [error, setError] = useState<string | null>(null);
	const clear = useCallback(() => {
		setFailure(null);
		setError(null);
	}, []);
	const run = async (...args: A) => {
		if (running) return false;
		setRunning(true);
		clear();
		try {
			await work(...args);
			return true;
		} catch (thrown) {
			setFailure(thrown instanceof RequestError ? thrown : null);
			setError(reason(thrown));
			return false;
		} finally {
			setRunning(false);
		}
	};
	return { run, running, error, failure, clear };
}

/** Why something failed, for people. */
export function useReason(): (error: unknown) => string {
	const { say } = useWords();
	const network = say('fault.network');
	const forbidden = say('fault.not-allowed');
	return useCallback(
		(error) => {
			if (!(error instanceof RequestError)) return error instanceof Error ? error.message : String(error);
			if (error.code === 'network') return network;
			return error.code === 'not-allowed' ? forbidden : error.message;
		},
		[network, forbidden],
	);
}
