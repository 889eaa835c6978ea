import { useWords } from '../words/words.js';
import type { StepProps } from './checkin-page.js';
import type { Hosts } from './use-hosts.js';

/** Whom they came to see. "Anyone" works without the list. */
export function HostStep({ draft, put, hosts: { hosts, failed, reload } }: StepProps & { readonly hosts: Hosts }) {
	const { say } = useWords();
	const chosen = (id: string | null) => (draft.host?.id === id ? 'tile chosen' : 'tile');
	return (
		<>
			<h1>{say('host.title')}</h1>
			{failed && (
				<p className="failed" role="alert">
					{say('host.failed')}{' '}
					<button type="button" className="plain" onClick={reload}>
						{say('host.reload')}
					</button>
				</p>
			)}
			<div className="grid">
				<button
					type="button"
					className={`${chosen(null)} any`}
					data-testid="kiosk-host-any"
					onClick={() => put({ type: 'host', host: null })}
				>
					{say('host.any')}
				</button>
				{hosts?.map(({ id, name }) => (
					<button
						key={id}
						type="button"
						className={chosen(id)}
						data-testid={`kiosk-host-${id}`}
						onClick={() => put({ type: 'host', host: id })}
					>
						{name}
					</button>
				))}
			</div>
		</>
	);
}
