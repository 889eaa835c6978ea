import { expect, it } from 'vitest';
import type { Who } from '../../../edge-agent/visits/visits.types.js';
import { Day } from './day.js';
import { customer, MINUTE, staff } from './door.js';

/** The door of a day, as its camera tells of it; everybody has a track of their own each time. */
class ScriptedDay extends Day {
	#track = 0;

	at(clock: string): void {
		const [hours = 0, minutes = 0] = clock.split(':').map(Number);
		this.pass((hours * 60 + minutes) * MINUTE - this.ms);
	}
	/** Somebody goes through the door. Answers their track. */
	goes(direction: 'in' | 'out', who: Who): number {
		this.#track += 1;
		this.take({ kind: 'crossing', camera: 'cam-1', entrance: 'main', direction, track: this.#track, who, at: this.now });
		return this.#track;
	}
	lost(track: number): void {
		this.take({ kind: 'trackLost', camera: 'cam-1', track, at: this.now });
	}
	/** The camera is connected anew and counts its tracks from the start. */
	flickers(): void {
		for (let track = 1; track <= this.#track; track++) this.lost(track);
		for (let track = 1; track <= this.#track; track++) this.take({ kind: 'trackFound', camera: 'cam-1', track, at: this.now });
		this.#track = 0;
	}
	/** Whoever is waiting is greeted. */
	greeted(by: string): void {
		for (const { id } of this.state.alerts.active.values()) this.act({ kind: 'greet', alert: id, staff: by });
	}
	get alerts(): number {
		return this.log.filter(({ type }) => type === 'alert.opened').length;
	}
	get arrivals(): number {
		return this.log.filter(({ type }) => type === 'visit.opened').length;
	}
}

/** Alerts and arrivals that something causes. */
function causedBy(play: (day: ScriptedDay) => void): { alerts: number; arrivals: number } {
	const day = new ScriptedDay();
	day.at('09:00');
	play(day);
	return { alerts: day.alerts, arrivals: day.arrivals };
}

it('a known customer who smokes outside every five minutes, all morning: one alert', () => {
	const li = customer('li');
	const caused = causedBy((day) => {
		day.goes('in', li);
		day.pass(MINUTE);
		day.greeted('bo');
		for (let cigarette = 0; cigarette < 24; cigarette++) {
			day.pass(4 * MINUTE);
			day.goes('out', cigarette % 2 === 0 ? li : 'nobody');
			day.pass(MINUTE);
			day.goes('in', li);
		}
	});
	expect(caused).toEqual({ alerts: 1, arrivals: 1 });
});

it('a stranger who does the same: one alert for one visit', () => {
	const caused = causedBy((day) => {
		day.goes('in', 'nobody');
		day.pass(MINUTE);
		day.greeted('anna');
		for (let cigarette = 0; cigarette < 24; cigarette++) {
			day.pass(4 * MINUTE);
			day.goes('out', 'nobody');
			day.pass(MINUTE);
			day.goes('in', 'nobody');
		}
	});
	expect(caused).toEqual({ alerts: 1, arrivals: 1 });
});

it('a camera that flickers every twenty seconds while three known customers and a stranger are in: none extra', () => {
	const caused = causedBy((day) => {
		for (const who of [customer('li'), customer('wu'), customer('shy'), 'nobody'] as const) {
			day.goes('in', who);
			day.pass(20_000);
		}
		day.greeted('anna');
		for (let flicker = 0; flicker < 90; flicker++) {
			day.pass(20_000);
			day.flickers();
			// Whoever stands in the picture is found, and recognised, again.
			for (const [track, who] of [customer('li'), customer('wu')].entries())
				day.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track: track + 1, who, evidence: null, at: day.now });
		}
	});
	expect(caused).toEqual({ alerts: 4, arrivals: 4 });
});

it('a courier twice a day, waved through with one tap: one alert each time, and nothing that a figure counts', () => {
	const day = new ScriptedDay();
	for (const clock of ['10:00', '15:00']) {
		day.at(clock);
		day.goes('in', 'nobody');
		const [visit] = day.state.visits.open.keys();
		day.take({ kind: 'close', visit: visit ?? '', reason: 'courier', staff: 'dai' });
		day.pass(2 * MINUTE);
		day.goes('out', 'nobody');
	}
	expect({ alerts: day.alerts, arrivals: day.arrivals }).toEqual({ alerts: 2, arrivals: 2 });
	expect(day.log.filter((event) => event.type === 'visit.closed').map(({ body }) => 'reason' in body && body.reason)).toEqual([
		'courier',
		'courier',
	]);
});

it('eight members of staff who come and go at shift change, recognised at the door: none', () => {
	const caused = causedBy((day) => {
		for (let one = 0; one < 8; one++) {
			day.goes('in', staff(`staff-${one}`));
			day.pass(2500);
			day.goes('out', staff(`leaving-${one}`));
			day.pass(2500);
		}
	});
	expect(caused).toEqual({ alerts: 0, arrivals: 0 });
});

it('the same eight, recognised a second after the line: their alerts are taken back, and nobody had to answer', () => {
	const day = new ScriptedDay();
	day.at('09:00');
	for (let one = 0; one < 8; one++) {
		const track = day.goes('in', 'undecided');
		day.pass(1000);
		day.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track, who: staff(`staff-${one}`), evidence: null, at: day.now });
		day.pass(4000);
	}
	expect(day.alerts).toBe(8);
	expect([...day.state.alerts.active.keys(), ...day.state.visits.open.keys()]).toEqual([]);
	expect(day.log.filter(({ type }) => type === 'alert.escalated')).toEqual([]);
});

it('a family of four through the door: one alert for one party', () => {
	const caused = causedBy((day) => {
		for (let one = 0; one < 4; one++) {
			day.goes('in', 'nobody');
			day.pass(1500);
		}
	});
	expect(caused).toEqual({ alerts: 1, arrivals: 4 });
});
