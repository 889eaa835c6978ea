import type { GrantView } from '../../../edge-agent/contract/consent.api.js';
import { useDates } from '../shared/use-dates.js';
import { useWords } from '../words/words.js';

/** Earlier consents, newest first. */
export function ConsentHistory({ history }: { history: readonly GrantView[] }) {
	const { say } = useWords();
	const { date } = useDates();
	const past = history.filter(({ endedAt }) => endedAt !== null);
	if (past.length === 0) return null;
	return (
		<details className="history">
			<summary>{say('consent.history', { count: past.length })}</summary>
			<ul>
				{past.map((grant) => (
					<li key={grant.id}>
						{date(grant.grantedAt)} – {grant.endedAt !== null && date(grant.endedAt)}
						{grant.endReason && ` · ${say(`consent-end.${grant.endReason}`)}`}
					</li>
				))}
			</ul>
		</details>
	);
}
