import { isIP } from 'node:net';
import { z } from 'zod';
import { BadSourceError, parseSource } from '../cameras/source-url.js';
import { languageSchema } from '../contract/vocabulary.js';
import { webhookEventSchema } from '../contract/webhooks.js';

/**
 * Every setting of the appliance with its default and its unit. A key that is not here is an error, so that a typing mistake
 * never passes for a setting.
 */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'use small letters, digits and dashes, at most 32');

/** A fraction of the picture's width or height. */
const fraction = z.number().min(0).max(1);

/**
 * A counting line, in fractions of the picture. Looking from (x1, y1) to (x2, y2), going from the left side to the right side is
 * coming in.
 */
export const lineSchema = z.strictObject({ x1: fraction, y1: fraction, x2: fraction, y2: fraction });
export type LineConfig = z.infer<typeof lineSchema>;

const maskSchema = z
	.array(z.strictObject({ x: fraction, y: fraction }))
	.min(3)
	.max(32);

const entranceSchema = z.strictObject({
	id,
	name: z.string().min(1),
	/** Who is back within this time is no new arrival. */
	reentryMinutes: z.number().min(0).max(240).default(10),
});

export const cameraSchema = z.strictObject({
	id,
	name: z.string().min(1),
	/** rtsp://user:password@host/path, usb:/dev/video0, or the path of a file. */
	source: z.string().min(1),
	/** The entrance that this camera watches; null: it counts nobody. */
	entrance: id.nullable().default(null),
	line: lineSchema.nullable().default(null),
	/**
	 * The opt-in zone, a polygon in fractions: only faces inside it are compared with the gallery, unless an administrator has switched to every face at the entrance.
	 */
	zone: z
		.array(z.strictObject({ x: fraction, y: fraction }))
		.min(3)
		.nullable()
		.default(null),
	/** Privacy masks: polygons in fractions under which nothing is analysed or shown. */
	masks: z.array(maskSchema).max(16).default([]),
	/** Frames a second that are analysed, at most. */
	rate: z.number().min(1).max(30).default(12.5),
});

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time as 09:30; 24:00 is the end of the day');
const hoursShape = z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), from: clockTime, to: clockTime });
const hoursSchema = hoursShape.refine(({ from, to }) => from < to, { path: ['to'], error: 'must be after `from`, on the same day' });
export type HoursConfig = z.infer<typeof hoursSchema>;

const webhookSchema = z.strictObject({
	id,
	/** `json`: plain JSON, signed with HMAC-SHA256; the others are the group robots of WeCom, DingTalk and Feishu. */
	kind: z.enum(['json', 'wecom', 'dingtalk', 'feishu']),
	url: z.url({ protocol: /^https?$/ }),
	/** What messages are signed with; WeCom's robots have none. */
	secret: z.string().min(1).nullable().default(null),
	/** Which events are told. */
	events: z.array(webhookEventSchema).min(1).default(['alert.opened', 'alert.escalated', 'alert.overdue', 'summary.made']),
	/** How visitors are named: surname and title, in full, or not at all. */
	names: z.enum(['surname', 'full', 'none']).default('surname'),
	/** By member of staff: their id at WeCom, DingTalk or Feishu, to be @-mentioned by. */
	mentions: z.record(z.string(), z.string().min(1)).default({}),
	language: languageSchema.default('zh'),
});
export type WebhookConfig = z.infer<typeof webhookSchema>;

/** What a store is called that nobody has named yet. */
export const unnamedStore = '展厅';

export const configSchema = z.strictObject({
	store: z
		.strictObject({
			name: z.string().min(1).default(unnamedStore),
			/** When the showroom is open, by the machine's clock. Days: 1 Monday to 7 Sunday. */
			hours: z
				.array(hoursSchema)
				.max(14)
				.default([{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00' }]),
			/** Other makers' models that visitors compare with, to choose from in the form about a visit. */
			rivals: z.array(z.string().trim().min(1).max(40)).max(50).default([]),
		})
		.prefault({}),
	server: z
		.strictObject({
			/**
			 * Loopback: this machine only. An address of this machine, 0.0.0.0 or :: (all of them): HTTPS for phones and other machines too, as
			 * soon as an administrator exists. HTTP stays on this machine in any case.
			 */
			host: z
				.string()
				.refine((host) => host === 'localhost' || isIP(host) !== 0, 'give an address of this machine, or 0.0.0.0 or :: for all of them')
				.default('127.0.0.1'),
			port: z.number().int().min(0).max(65535).default(8080),
			/** HTTPS beyond this machine. */
			tls: z
				.strictObject({
					port: z.number().int().min(0).max(65535).default(8443),
					/** Paths of PEM files, both or none: without them a certificate is made here, of an authority to be trusted on phones. */
					certificate: z.string().min(1).nullable().default(null),
					key: z.string().min(1).nullable().default(null),
					/** Names under which this machine is reached besides its own, for the certificate made here. */
					names: z.array(z.string().regex(/^[\w.-]+$/, 'a host name')).default([]),
				})
				.prefault({}),
		})
		.prefault({}),
	/** The ffmpeg program: a name found in PATH, or a path. */
	ffmpeg: z.string().min(1).default('ffmpeg'),
	entrances: z.array(entranceSchema).default([]),
	cameras: z.array(cameraSchema).max(16).default([]),
	recognition: z
		.strictObject({
			/** The largest distance at which a face counts as a known person's; null: from the calibration, for the gallery's size. */
			threshold: z.number().positive().nullable().default(null),
			/** Share of the strangers who may be taken for somebody in the gallery (FPIR). */
			fpir: z.number().min(0.0001).max(0.1).default(0.003),
			/** Vision worker threads. */
			workers: z.number().int().min(1).max(8).default(2),
		})
		.prefault({}),
	alerts: z
		.strictObject({
			/** Who is told next after this many seconds without an answer. */
			stepSeconds: z.number().positive().max(600).default(20),
			/** The manager is told as well. */
			managerSeconds: z.number().positive().max(600).default(45),
			/** The wait counts as too long and shows red. */
			redSeconds: z.number().positive().max(600).default(60),
			/** Other times for these three at some hours: quiet evenings, busy weekends. The first that fits holds. */
			at: z
				.array(
					hoursShape.extend({
						stepSeconds: z.number().positive().max(600),
						managerSeconds: z.number().positive().max(600),
						redSeconds: z.number().positive().max(600),
					}),
				)
				.max(14)
				.default([]),
			/** Accepted, and not greeted for so long: the manager is told. */
			greetSeconds: z.number().positive().max(3600).default(120),
			/** A colleague who does not answer a hand-over for so long is not asked any more. */
			handOverSeconds: z.number().positive().max(600).default(60),
			/** So many alerts for unknown visitors within so many seconds are a storm (a coach): those who come next are grouped with the last. */
			storm: z
				.strictObject({ alerts: z.number().int().min(2).max(100).default(6), seconds: z.number().positive().max(600).default(60) })
				.prefault({}),
		})
		.prefault({}),
	/** Messages to group robots (WeCom, DingTalk, Feishu) and to other programs. */
	webhooks: z.array(webhookSchema).max(16).default([]),
	/** How long what is kept. */
	retention: z
		.strictObject({
			/** A customer's face template, after their last visit. Months. */
			templateMonths: z.number().int().min(1).max(36).default(12),
			/** What visitors wrote when they checked in: name and telephone. Days. */
			checkinDays: z.number().int().min(1).max(1095).default(180),
			/** Records of who looked at whose data. Years; the law asks for three at least. */
			recordYears: z.number().int().min(3).max(10).default(3),
			/** Consent that ends within this many days stands in the list of reminders. */
			reminderDays: z.number().int().min(1).max(90).default(30),
		})
		.prefault({}),
	backup: z
		.strictObject({
			/** Folders that backups are written to: a mounted disk, a network share. Each keeps the list of erasures. */
			destinations: z.array(z.string().min(1)).max(8).default([]),
		})
		.prefault({}),
	visits: z
		.strictObject({
			/** A visit that nobody closed ends after this many hours. */
			maxHours: z.number().positive().max(48).default(12),
			/** Nothing was seen or heard of a visitor for so long: they have left. */
			absentMinutes: z.number().positive().max(2880).default(240),
			/** Unknown people who come in within this time of each other are one party and get one alert. 0: everybody is alone. */
			partySeconds: z.number().min(0).max(60).default(3),
			/** Whoever received a visitor counts as busy for so long at most. */
			busyMinutes: z.number().positive().max(600).default(90),
			/** How often a consultant is asked for the outcome of a visit that is over. */
			outcomeMinutes: z.number().positive().max(1440).default(30),
		})
		.prefault({}),
	summary: z
		.strictObject({
			/** The day's summary is made so long after closing. */
			afterMinutes: z.number().min(0).max(360).default(15),
		})
		.prefault({}),
});

export type Config = z.infer<typeof configSchema>;
export type CameraConfig = Config['cameras'][number];

/** What single keys cannot say: ids once, and names that are there. Answers one line a problem. */
export function contradictions(config: Config): string[] {
	const problems: string[] = [];
	const { certificate, key } = config.server.tls;
	if ((certificate === null) !== (key === null)) problems.push('server.tls: give certificate and key, or neither');
	const twice = (kind: string, ids: readonly string[]) => {
		for (const [index, value] of ids.entries())
			if (ids.indexOf(value) !== index) problems.push(`${kind}: the id "${value}" is used twice; ids must differ`);
	};
	twice(
		'webhooks',
		config.webhooks.map((webhook) => webhook.id),
	);
	const entrances = config.entrances.map((entrance) => entrance.id);
	twice('entrances', entrances);
	twice(
		'cameras',
		config.cameras.map((camera) => camera.id),
	);
	for (const [index, camera] of config.cameras.entries()) {
		if (camera.entrance !== null && !entrances.includes(camera.entrance))
			problems.push(
				`cameras[${index}].entrance: there is no entrance "${camera.entrance}"; name one of: ${entrances.join(', ') || '(none defined)'}`,
			);
		const sourceProblem = problemOf(camera.source);
		if (sourceProblem !== null) problems.push(`cameras[${index}].source: ${sourceProblem}`);
		if (camera.line && camera.line.x1 === camera.line.x2 && camera.line.y1 === camera.line.y2)
			problems.push(`cameras[${index}].line: both ends are the same point; a line needs two`);
	}
	return problems;
}

function problemOf(source: string): string | null {
	try {
		parseSource(source);
		return null;
	} catch (error) {
		if (error instanceof BadSourceError) return error.message;
		throw error;
	}
}
