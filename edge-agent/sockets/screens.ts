import type { ScreenView } from '../contract/sockets.js';
import type { DeskSocket } from './desk.types.js';

/**
 * The screens of each member of staff, and which of them would show an alert now: those that are connected (a screen that leaves a ping
 * unanswered for the ping's timeout is not any more) and have not said that nobody could notice it.
 */
export class Screens {
	readonly #byStaff = new Map<string, Set<DeskSocket>>();
	readonly #onReachable: () => void;

	/** @param onReachable told that somebody has become reachable, or is not any more */
	constructor(onReachable: () => void) {
		this.#onReachable = onReachable;
	}

	come(staff: string, screen: DeskSocket): void {
		this.#change(staff, () => this.#byStaff.set(staff, (this.#byStaff.get(staff) ?? new Set()).add(screen)));
	}

	gone(staff: string, screen: DeskSocket): void {
		this.#change(staff, () => {
			const screens = this.#byStaff.get(staff);
			screens?.delete(screen);
			if (screens?.size === 0) this.#byStaff.delete(staff);
		});
	}

	/** The screen says whether somebody would notice an alert on it. @param since Unix ms */
	present(staff: string, screen: DeskSocket, visible: boolean, since: number): void {
		if (screen.data.presence.visible === visible) return;
		this.#change(staff, () => {
			screen.data.presence = { visible, since };
		});
	}

	/** Every screen of this person's. */
	of(staff: string): readonly DeskSocket[] {
		return [...(this.#byStaff.get(staff) ?? [])];
	}

	/** Everybody with a screen, whether or not it would show an alert now. */
	get staff(): readonly string[] {
		return [...this.#byStaff.keys()];
	}

	/** Staff of whom at least one screen would show an alert now. */
	reachable(): ReadonlySet<string> {
		return new Set(this.staff.filter((staff) => this.#isReachable(staff)));
	}

	/** One for each device that is connected: the same page open twice is one device. */
	views(): readonly ScreenView[] {
		const views = new Map<string, ScreenView>();
		for (const [staff, screens] of this.#byStaff)
			for (const { data } of screens) {
				const { device } = data;
				const key = JSON.stringify([staff, device]);
				const known = views.get(key);
				if (!known || (data.presence.visible && !known.visible)) views.set(key, { staff, device, ...data.presence });
			}
		return [...views.values()];
	}

	#isReachable(staff: string): boolean {
		return this.of(staff).some(({ data }) => data.presence.visible);
	}

	#change(staff: string, change: () => void): void {
		const before = this.#isReachable(staff);
		change();
		if (this.#isReachable(staff) !== before) this.#onReachable();
	}
}
