import type { ImportRowsAnswer, ImportsAnswer, ImportView } from '../import.api.js';
import { exportQuerySchema, importChangeSchema, importRowsSchema } from '../import.api.js';
import { both, bytes, inWords, type RouteTable } from './route.js';

const csv = 'text/csv';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const view = inWords<ImportView>('导入的状态', 'The import');
const list = inWords<ImportsAnswer>('导入列表，最新在前', 'Imports, newest first');
const rows = inWords<ImportRowsAnswer>('各行与问题', 'Rows, and what is wrong with each');
const file = bytes([csv, xlsx, 'application/octet-stream'], '文件内容；文件名写在 X-File-Name', 'The file; its name in X-File-Name');
const exported = bytes([xlsx, csv], '文件', 'The file');
const none = ['no-such-import'];

const upload = { tag: 'files', body: file, answer: view, status: 201, errors: ['bad-file', 'import-busy'] } as const;
const show = { tag: 'files', answer: view, errors: none } as const;
const change = { tag: 'files', body: importChangeSchema, answer: view, errors: none } as const;
const cancel = { tag: 'files', errors: none } as const;
const look = { tag: 'files', query: importRowsSchema, answer: rows, errors: none } as const;
const confirm = { tag: 'files', answer: view, status: 202, errors: [...none, 'import-not-ready', 'import-waits'] } as const;
const undo = { tag: 'files', answer: view, status: 202, errors: [...none, 'import-not-undoable', 'import-waits'] } as const;
const all = { tag: 'files', query: exportQuerySchema, answer: exported } as const;

/** Customers or staff from files and back. */
export const fileRoutes = {
	'GET /api/imports/customers': { tag: 'files', answer: list, summary: both('客户导入', 'Imports of customers') },
	'POST /api/imports/customers': { ...upload, summary: both('上传客户文件', 'Upload a file of customers') },
	'GET /api/imports/customers/:id': { ...show, summary: both('一次客户导入', 'One import of customers') },
	'PATCH /api/imports/customers/:id': { ...change, summary: both('修改客户导入草稿', 'Change a draft of customers') },
	'DELETE /api/imports/customers/:id': { ...cancel, summary: both('放弃客户导入草稿', 'Drop a draft of customers') },
	'GET /api/imports/customers/:id/rows': { ...look, summary: both('客户导入的行', 'Rows of an import of customers') },
	'POST /api/imports/customers/:id/confirm': { ...confirm, summary: both('写入客户', 'Write the customers') },
	'POST /api/imports/customers/:id/undo': { ...undo, summary: both('撤销客户导入', 'Take the customers back') },
	'GET /api/exports/customers': { ...all, summary: both('导出客户', 'All customers as a file') },
	'GET /api/imports/staff': { tag: 'files', answer: list, summary: both('员工导入', 'Imports of staff') },
	'POST /api/imports/staff': { ...upload, summary: both('上传员工文件', 'Upload a file of staff') },
	'GET /api/imports/staff/:id': { ...show, summary: both('一次员工导入', 'One import of staff') },
	'PATCH /api/imports/staff/:id': { ...change, summary: both('修改员工导入草稿', 'Change a draft of staff') },
	'DELETE /api/imports/staff/:id': { ...cancel, summary: both('放弃员工导入草稿', 'Drop a draft of staff') },
	'GET /api/imports/staff/:id/rows': { ...look, summary: both('员工导入的行', 'Rows of an import of staff') },
	'POST /api/imports/staff/:id/confirm': { ...confirm, summary: both('写入员工', 'Write the members of staff') },
	'POST /api/imports/staff/:id/undo': { ...undo, summary: both('撤销员工导入', 'Take the members of staff back') },
	'GET /api/exports/staff': { ...all, summary: both('导出员工', 'All staff as a file') },
} as const satisfies RouteTable;
