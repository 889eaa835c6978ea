import type { Look } from './drawing/look.js';

/** The demo showroom's staff and customers: made-up people. */
export interface DemoStaff {
	readonly id: string;
	readonly name: string;
	readonly role: 'consultant' | 'adviser' | 'manager';
}

export interface DemoCustomer {
	readonly id: string;
	readonly name: string;
	readonly telephone: string;
	/** The id of their own consultant. */
	readonly consultant: string;
	readonly look: Look;
}

export const staff: readonly DemoStaff[] = [
	{ id: 'li-jing', name: '李静', role: 'consultant' },
	{ id: 'wang-lei', name: '王磊', role: 'consultant' },
	{ id: 'zhang-min', name: '张敏', role: 'consultant' },
	{ id: 'zhao-qiang', name: '赵强', role: 'adviser' },
	{ id: 'chen-fang', name: '陈芳', role: 'manager' },
];

/** The member of staff who walks in through the customers' door. */
export const walkingStaff = 'zhao-qiang';

/** The three customers who opted in, each with a consultant of their own; the telephones are made up. */
export const customers: readonly Omit<DemoCustomer, 'look'>[] = [
	{ id: 'customer-liu', name: '刘洋', telephone: '19900000001', consultant: 'li-jing' },
	{ id: 'customer-sun', name: '孙丽', telephone: '19900000002', consultant: 'wang-lei' },
	{ id: 'customer-zhou', name: '周涛', telephone: '19900000003', consultant: 'zhang-min' },
];
