import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { fetchMissing } from '../customers/customers.client.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

/** Whom a change of the recogniser left unrecognised, and why. Shows nothing where there is nobody. */
export function MissingPeople() {
	const { say } = useWords();
	const { hash } = useLocation();
	const people = useLoaded(fetchMissing).value?.people ?? [];
	const section = useRef<HTMLElement>(null);
	const shown = people.length > 0;
	useEffect(() => {
		if (shown && hash === '#missing') section.current?.scrollIntoView();
	}, [shown, hash]);
	if (!shown) return null;
	return (
		<section className="panel" ref={section} data-testid="missing">
			<h2>{say('missing.title')}</h2>
			<p className="quiet">{say('missing.hint')}</p>
			<ul className="rows links">
				{people.map(({ person, kind, name, reason }) => (
					<li key={person}>
						<Link to={kind === 'customer' ? `/customers/${encodeURIComponent(person)}` : '/staff'} data-testid="missing-row">
							<strong>{name}</strong>
							<span className="quiet">{say(`missing-reason.${reason}`)}</span>
						</Link>
					</li>
				))}
			</ul>
		</section>
	);
}
