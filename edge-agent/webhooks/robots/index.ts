import type { WebhookConfig } from '../../config/config.schema.js';
import { dingtalk } from './dingtalk.js';
import { feishu } from './feishu.js';
import type { Robot } from './robot.js';
import { wecom } from './wecom.js';

export const robots: Readonly<Record<Exclude<WebhookConfig['kind'], 'json'>, Robot>> = { wecom, dingtalk, feishu };
