import { customerDetailsSchema } from '../api.js';
import { customerChangeSchema, customersAnswerSchema, customersQuerySchema, newCustomerSchema } from '../customers.api.js';
import { li } from './examples.js';
import { both, type RouteTable } from './route.js';

const { model: _, note: __, ...listed } = li;

/** Finding, showing, adding and correcting customers. */
export const customerRoutes = {
	'GET /api/customers': {
		...{ tag: 'customers', summary: both('查找客户', 'Find customers'), query: customersQuerySchema, answer: customersAnswerSchema },
		detail: both(
			'按姓名的一部分、拼音、首字母或电话后几位，最相符在前；不带 search 时为全部，按姓名。每次查看都写入处理记录。',
			'By part of the name, pinyin, initials or the last digits of the telephone, best match first; without search everybody, by name. Each look stands in the processing records.',
		),
		example: { query: { search: 'lilei' }, answer: { total: 1, customers: [listed] } },
	},
	'GET /api/customers/:id': {
		...{ tag: 'customers', summary: both('一位客户', 'One customer'), answer: customerDetailsSchema, errors: ['no-such-person'] },
		example: { answer: li },
	},
	'POST /api/customers': {
		...{ tag: 'customers', summary: both('添加客户', 'Add a customer'), body: newCustomerSchema, answer: customerDetailsSchema },
		...{ status: 201, errors: ['no-such-staff', 'id-taken'] },
		example: { body: { id: li.id, name: '李雷', telephone: '138 0013 8000', consultant: 'wangfang' }, answer: li },
	},
	'PATCH /api/customers/:id': {
		...{ tag: 'customers', summary: both('修改客户', 'Correct a customer; what is given changes'), body: customerChangeSchema },
		...{ answer: customerDetailsSchema, errors: ['no-such-person', 'no-such-staff'] },
		example: { body: { consultant: null }, answer: { ...li, consultant: null } },
	},
} as const satisfies RouteTable;
