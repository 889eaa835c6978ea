import type { z } from 'zod';
import type { Both } from '../described.js';

/** What routes are grouped by, in the order of the API's page. */
export const tags = {
	visits: { zh: '到店记录', en: 'Visits' },
	alerts: { zh: '到店提醒', en: 'Alerts' },
	reception: { zh: '接待', en: 'Reception' },
	kiosk: { zh: '签到与自助机', en: 'Check-in and kiosk' },
	customers: { zh: '客户', en: 'Customers' },
	consent: { zh: '同意与隐私', en: 'Consent and privacy' },
	files: { zh: '导入导出', en: 'Import and export' },
	access: { zh: '登录与账户', en: 'Signing in, one’s account' },
	people: { zh: '员工、设备与令牌', en: 'Staff, devices and tokens' },
	setup: { zh: '设置', en: 'Setting up' },
	system: { zh: '系统', en: 'System' },
} as const satisfies Record<string, Both>;
export type Tag = keyof typeof tags;

/** An answer (or body) in JSON that a sentence describes: its type is the contract's. */
export interface InWords<T> {
	readonly words: Both;
	/** Never there: carries the type. */
	readonly type?: T;
}

/** A body or answer that is no JSON. */
export interface Bytes {
	readonly media: readonly string[];
	readonly words: Both;
}

/** One route of the API, as people, programs and the compiler are told of it. */
export interface Route {
	readonly tag: Tag;
	/** In one line. */
	readonly summary: Both;
	readonly detail?: Both;
	readonly query?: z.ZodType;
	readonly body?: z.ZodType | Bytes;
	/** Absent: nothing, 204. */
	readonly answer?: z.ZodType | InWords<unknown> | Bytes;
	/** 200 where there is an answer. */
	readonly status?: number;
	/** The codes of its own problems; those that any route may answer are not among them. */
	readonly errors?: readonly string[];
	readonly example?: { readonly query?: object; readonly body?: object; readonly answer?: object };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** `METHOD /path`, as in the permission table. */
export type RouteTable = Readonly<Record<`${Method} /api/${string}`, Route>>;

export const inWords = <T>(zh: string, en: string): InWords<T> => ({ words: { zh, en } });
export const bytes = (media: readonly string[], zh: string, en: string): Bytes => ({ media, words: { zh, en } });
export const both = (zh: string, en: string): Both => ({ zh, en });
