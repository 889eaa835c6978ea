import fc from 'fast-check';
import type { Who } from '../../../edge-agent/visits/visits.types.js';
import type { Day } from './day.js';
import { customer, staff } from './door.js';

const who = fc.oneof(
	fc.constantFrom<Who>('undecided', 'nobody'),
	fc.constantFrom('li', 'wu', 'shy').map(customer),
	fc.constant(staff('anna')),
);
const camera = fc.constantFrom('cam-1', 'cam-2');
const by = fc.constantFrom('anna', 'bo', 'cui', 'ma');
const which = fc.nat(6);

/** Something that happens in a showroom, and how long after the thing before. */
export const happening = fc.tuple(
	fc.oneof({ arbitrary: fc.nat(30_000), weight: 6 }, { arbitrary: fc.nat(40 * 60_000), weight: 1 }),
	fc.oneof(
		fc.record({
			what: fc.constant('cross' as const),
			camera,
			track: fc.nat(8),
			direction: fc.constantFrom('in' as const, 'out' as const),
			who,
		}),
		fc.record({ what: fc.constant('identify' as const), camera, track: fc.nat(8), who }),
		fc.record({ what: fc.constant('camera-anew' as const), camera, track: fc.nat(8) }),
		fc.record({ what: fc.constant('check-in' as const), customer: fc.option(fc.constantFrom('li', 'wu', 'shy')) }),
		fc.record({ what: fc.constantFrom('accept' as const, 'greet' as const, 'decline' as const, 'release' as const), which, by }),
		fc.record({ what: fc.constant('assign' as const), which, by, to: by }),
		fc.record({ what: fc.constant('hand-over' as const), which, by, to: by }),
		fc.record({ what: fc.constant('close' as const), which, by, reason: fc.constantFrom('left' as const, 'courier' as const) }),
		fc.record({ what: fc.constant('merge' as const), which, into: which, by }),
		fc.record({ what: fc.constant('split' as const), which, by }),
		fc.record({ what: fc.constant('duty' as const), by, state: fc.constantFrom('on' as const, 'break' as const, 'off' as const) }),
		fc.record({ what: fc.constant('free' as const), by }),
		fc.record({ what: fc.constant('crash' as const), reboot: fc.boolean() }),
		fc.record({ what: fc.constant('clock' as const), stepMs: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
	),
);
export type Happening = typeof happening extends fc.Arbitrary<readonly [number, infer H]> ? H : never;

/** Lets it happen. */
export function happen(day: Day, index: number, it: Happening): void {
	const alert = 'which' in it ? [...day.state.alerts.active.values()][it.which] : undefined;
	const visit = 'which' in it ? [...day.state.visits.open.keys()][it.which] : undefined;
	const track = (of: { readonly camera: string; readonly track: number }) => ({ camera: of.camera, track: of.track, at: day.now });
	switch (it.what) {
		case 'cross':
			day.take({ kind: 'crossing', entrance: 'main', direction: it.direction, who: it.who, ...track(it) });
			break;
		case 'identify':
			day.take({ kind: 'identified', entrance: 'main', who: it.who, evidence: null, ...track(it) });
			break;
		case 'camera-anew':
			day.take({ kind: 'trackFound', ...track(it) });
			break;
		case 'check-in': {
			const form = { id: `checkin-${index}`, purpose: 'quote', host: null, model: null } as const;
			day.take({ kind: 'checkIn', form, via: 'touch', customer: it.customer, by: 'telephone', guest: null, actor: 'kiosk:main' });
			break;
		}
		case 'accept':
		case 'greet':
		case 'decline':
		case 'release':
			if (alert) day.act({ kind: it.what, alert: alert.id, staff: it.by });
			break;
		case 'assign':
			if (alert) day.act({ kind: 'assign', alert: alert.id, staff: it.by, to: it.to });
			break;
		case 'hand-over':
			if (visit) day.handOver(visit, it.by, it.to);
			break;
		case 'close':
			if (visit) day.take({ kind: 'close', visit, reason: it.reason, staff: it.by });
			break;
		case 'merge': {
			const into = [...day.state.visits.open.keys()][it.into];
			if (visit && into) day.take({ kind: 'merge', visit, into, why: null, staff: it.by });
			break;
		}
		case 'split':
			if (visit) day.take({ kind: 'split', visit, id: `split-${index}`, why: null, staff: it.by });
			break;
		case 'duty':
		case 'free': {
			const envelope = { id: day.newId(), at: day.now, actor: `staff:${it.by}`, subject: it.by, cause: null } as const;
			day.write([
				it.what === 'free'
					? { ...envelope, type: 'duty.freed', body: { staff: it.by } }
					: { ...envelope, type: 'duty.changed', body: { staff: it.by, state: it.state, until: null } },
			]);
			break;
		}
		case 'crash':
			day.crash(it.reboot);
			break;
		case 'clock':
			day.wallOffMs += it.stepMs;
			break;
	}
}
