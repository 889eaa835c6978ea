import { expect, it } from 'vitest';
import { touchedBy } from '../../../edge-agent/sockets/touched.js';
import { draft } from '../log/drafts.js';

const why = null;

it('both visits change that turn out to be one, or two', () => {
	expect(touchedBy(draft('visit.merged', { visit: 'v2', into: 'v1', why })).visits).toEqual(['v2', 'v1']);
	expect(touchedBy(draft('visit.split', { visit: 'v3', from: 'v1', why })).visits).toEqual(['v3', 'v1']);
	expect(touchedBy(draft('alert.joined', { alert: 'a1', visit: 'v2' }))).toMatchObject({ alerts: ['a1'], visits: ['v2'] });
});

it('on which device an alert was shown changes nothing that anybody sees', () => {
	const body = { alert: 'a1', step: 0, staff: 'anna', device: 'phone' };
	expect([touchedBy(draft('alert.sent', body)), touchedBy(draft('alert.received', body))]).toEqual([{}, {}]);
});

it('what is not of one alert and shows on alerts has all of them looked at again', () => {
	expect(touchedBy(draft('task.done', { task: 't1', staff: 'anna', how: 'reached' }))).toEqual({ unsettled: true, lists: ['tasks'] });
	expect(touchedBy(draft('consent.withdrawn', { person: 'li', level: 'everything' }))).toMatchObject({ unsettled: true });
});

it('who is there, and whose turn it is, is asked for again', () => {
	for (const event of [
		draft('duty.changed', { staff: 'anna', state: 'break', until: null }),
		draft('duty.freed', { staff: 'anna' }),
		draft('visit.greeted', { visit: 'v1', staff: 'anna' }),
		draft('visit.closed', { visit: 'v1', reason: 'left' }),
		draft('rota.set', { staff: 'anna', rotas: ['sales'], shifts: [], backup: null }),
	])
		expect([event.type, touchedBy(event).lists?.includes('reception')]).toEqual([event.type, true]);
	expect(touchedBy(draft('guest.arrived', { guest: 'g1', visit: 'v1' }))).toEqual({ visits: ['v1'], lists: ['guests'] });
});
