/** A table whose rows follow from the events alone. */
export interface ProjectionTable {
	readonly table: string;
	/** The columns of its primary key. */
	readonly key: readonly string[];
	/** Rows past their time are taken out of it: what is stored is part of what the log says. */
	readonly pruned?: true;
}

/** Every table that projections write. */
export const projectionTables: readonly ProjectionTable[] = [
	{ table: 'visits', key: ['id'] },
	{ table: 'alerts', key: ['id'] },
	{ table: 'alert_told', key: ['position'] },
	{ table: 'alert_joined', key: ['alert', 'visit'] },
	{ table: 'alert_deliveries', key: ['alert', 'step', 'staff', 'device'] },
	{ table: 'cameras', key: ['id'] },
	{ table: 'consent_grants', key: ['id'] },
	{ table: 'processing_records', key: ['seq'], pruned: true },
	{ table: 'checkin_times', key: ['id'], pruned: true },
	{ table: 'recognition_trigger', key: ['id'] },
	{ table: 'duty', key: ['staff'] },
	{ table: 'rota', key: ['staff'] },
	{ table: 'rota_turns', key: ['rota', 'staff'] },
	{ table: 'customer_wishes', key: ['customer'] },
	{ table: 'guests', key: ['id'] },
	{ table: 'tasks', key: ['id'] },
	{ table: 'summaries', key: ['day'] },
];
