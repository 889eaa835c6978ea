import { alertOf } from '../alerts/alerts-state.js';
import type { CheckIn, CheckInAnswer } from '../contract/api.js';
import type { Actor } from '../contract/events.js';
import { AlertDesk } from '../reception/alert-desk.js';
import { DutyDesk } from '../reception/duty-desk.js';
import { GuestDesk } from '../reception/guest-desk.js';
import { member } from '../reception/member.js';
import { VisitDesk } from '../reception/visit-desk.js';
import { Floor } from './floor.js';
import type { FloorOptions } from './floor.types.js';
import type { CheckInInput, VisionInput } from './visits.types.js';

export interface CheckInBy {
	readonly via: CheckInInput['via'];
	/** Whom the kiosk recognised; null: nobody. */
	readonly customer: string | null;
	readonly actor: Actor;
}

/** The showroom's floor: takes what cameras see and what visitors say at the kiosk; its desks take what staff do. */
export class ShowroomFloor {
	readonly #floor: Floor;
	readonly alerts: AlertDesk;
	readonly visits: VisitDesk;
	readonly duty: DutyDesk;
	readonly guests: GuestDesk;

	constructor(options: FloorOptions) {
		this.#floor = new Floor(options);
		this.alerts = new AlertDesk(this.#floor);
		this.visits = new VisitDesk(this.#floor);
		this.duty = new DutyDesk(this.#floor);
		this.guests = new GuestDesk(this.#floor);
	}

	/** Takes up what the log left unsettled. What fell due meanwhile happens at once. */
	start(): Promise<void> {
		return this.#floor.start();
	}

	/** Answers when what was begun is written; nothing runs afterwards. */
	stop(): Promise<void> {
		return this.#floor.stop();
	}

	/** Something seen by a camera. Never rejects: a camera could not do anything about it. */
	async see(input: VisionInput): Promise<void> {
		await this.#floor
			.inTurn(() => this.#floor.take(input))
			.catch((error) => {
				this.#floor.options.onProblem(`what camera ${input.camera} saw (${input.kind}) could not be written to the log`, error);
			});
	}

	/** A visitor checked in. Sending the same again answers the same. @throws Refused `no-such-staff` */
	checkIn(form: CheckIn, { via, customer, actor }: CheckInBy): Promise<CheckInAnswer> {
		return this.#floor.inTurn(async () => {
			const { id, name, telephone } = form;
			if (form.host !== null) await member(this.#floor, form.host);
			const who = customer === null ? await this.guests.who(form) : ({ customer, by: 'kiosk', guest: null } as const);
			const host = form.host ?? who.guest?.host ?? null;
			await this.#floor.take(
				{
					...{ kind: 'checkIn', form: { ...form, host }, actor, customer: who.customer, by: who.by },
					...{ via: who.guest === null ? via : 'guest', guest: who.guest?.id ?? null },
				},
				[{ table: 'checkin_texts', id, name, telephone }],
			);
			return this.#answer(id);
		});
	}

	/** Who comes: told first, or has accepted already. */
	async #answer(checkin: string): Promise<CheckInAnswer> {
		const visit = this.#floor.state.visits.checkins.get(checkin) ?? '';
		const alert = alertOf(this.#floor.state.alerts, visit);
		const told = alert?.acknowledgedBy ?? alert?.steps[0]?.staff[0];
		const consultant = (await this.#floor.options.queries.staff()).find(({ id }) => id === told);
		return { visit, consultant: consultant ? { id: consultant.id, name: consultant.name } : null };
	}
}
