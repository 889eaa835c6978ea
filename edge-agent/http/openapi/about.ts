import type { Both } from '../../contract/described.js';

/** What whoever writes a program for this API has to know first; a blank line parts paragraphs. */
export const about: Both = {
	en: `One box in one showroom: its visits, alerts, customers and its log. Times are Unix ms unless a field says otherwise.

Programs send \`authorization: Bearer TOKEN\`; an administrator makes tokens, each with scopes. Browsers are known by an HttpOnly cookie, and bring the header \`x-showroom: 1\` with every write.

Every error is a problem (RFC 9457, application/problem+json). Decide by its \`code\`; \`detail\` is for people, in the language of Accept-Language. No problem repeats what was typed.

Writes bear repeating. Customers, check-ins, visits and guests take an id that their sender makes (a UUID): sending the same again after a lost answer creates no second one, for ever. Besides, any write may carry an Idempotency-Key: the same key, from the same sender, for the same request is answered from memory for 24 hours (\`idempotent-replayed: true\`). A restart of the box forgets the keys; the ids it never forgets.

Lists are paged by an opaque cursor: pass an answer's \`next\` on. The log is paged by seq; whoever keeps the last seq it has seen loses nothing.`,
	zh: `一台主机服务一家展厅：到店记录、提醒、客户与日志。除另有说明外，时间均为 Unix 毫秒。

程序发送 \`authorization: Bearer 令牌\`；令牌由管理员签发，各有权限范围。浏览器凭 HttpOnly Cookie 识别，每次写入须带请求头 \`x-showroom: 1\`。

所有错误均为 problem（RFC 9457，application/problem+json）。程序请按 \`code\` 判断；\`detail\` 供人阅读，语言随 Accept-Language。错误信息不会重复所填内容。

写入可以重复发送。客户、签到、到店记录与预约使用发送方生成的编号（UUID）：答复丢失后重发同样的内容，永远不会产生第二个。此外，写入还可带 Idempotency-Key：同一发送方以同一键发送同样的请求，24 小时内由内存直接答复（\`idempotent-replayed: true\`）。主机重启后不再记得这些键，但编号永远有效。

列表以不透明的游标分页：把答复中的 \`next\` 传回即可。日志按序号分页；记住最后读到的序号便不会遗漏。`,
};
