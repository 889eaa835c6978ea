import { html, raw } from 'hono/html';
import type { Language } from '../../contract/vocabulary.js';
import { meaning, schemaTable, typeOf } from './docs-schema.js';
import { docsStyle } from './docs-style.js';
import { docsWords } from './docs-words.js';
import type { OpenApi, Operation } from './openapi.js';

type Html = ReturnType<typeof html>;

/** The API for people: one page that needs nothing else, neither a script nor the internet. */
export function docsPage(document: OpenApi, language: Language): Html {
	const words = docsWords[language];
	const about = language === 'zh' ? document.info['x-zh'] : document.info.description;
	const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
	);
	return html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${words.title}</title>
<style>${raw(docsStyle)}</style>
<p class="language"><a href="?lang=${language === 'zh' ? 'en' : 'zh'}">${words.other}</a></p>
<h1>${words.title} <small>${document.info.version}</small></h1>
${about.split('\n\n').map((paragraph) => html`<p>${withCode(paragraph)}</p>`)}
<p>${words.forPrograms}<a href="/api/openapi.json"><code>GET /api/openapi.json</code></a></p>
<nav><h2>${words.contents}</h2><ul>
${document.tags.map(({ name, description, 'x-zh': zh }) => html`<li><a href="#tag-${name}">${language === 'zh' ? zh : description}</a></li>`)}
<li><a href="#schemas">${words.schemas}</a></li><li><a href="#problems">${words.allProblems}</a></li>
</ul></nav>
${document.tags.map(
	({ name, description, 'x-zh': zh }) => html`<section>
<h2 id="tag-${name}">${language === 'zh' ? zh : description}</h2>
${operations
	.filter(({ operation }) => operation.tags.includes(name))
	.map(({ path, method, operation }) => operationPart(method, path, operation, language))}
</section>`,
)}
<h2 id="schemas">${words.schemas}</h2>
${Object.entries(document.components.schemas).map(
	([name, schema]) => html`<h3 id="schema-${name}"><code>${name}</code></h3>${meaning(schema, language)}${schemaTable(schema, language)}`,
)}
<h2 id="problems">${words.allProblems}</h2>
<table><tbody>${Object.entries(document['x-problems']).map(
		([code, { status, description, 'x-zh': zh }]) =>
			html`<tr id="problem-${code}"><th><code>${code}</code> <small>${status}</small></th><td>${language === 'zh' ? zh : description}</td></tr>`,
	)}</tbody></table>
</html>`;
}

function operationPart(method: string, path: string, operation: Operation, language: Language): Html {
	const words = docsWords[language];
	const summary = language === 'zh' ? operation['x-zh'].summary : operation.summary;
	const description = language === 'zh' ? operation['x-zh'].description : operation.description;
	const allowed = operation['x-allowed'].includes('everybody') ? words.everybody : operation['x-allowed'].join(', ');
	const { parameters, requestBody, responses } = operation;
	return html`<article>
<h3 id="${operation.operationId}"><span class="method">${method}</span> <code>${path}</code> — ${summary}</h3>
${description === undefined ? '' : html`<p>${description}</p>`}
<p><small>${words.who}: ${allowed}</small></p>
${
	parameters.length === 0
		? ''
		: html`<h4>${words.parameters}</h4><table><tbody>${parameters.map(
				(one) => html`<tr><th><code>${one.name}</code> <small>${one.in}${one.required ? `, ${words.required}` : ''}</small></th>
<td>${typeOf(one.schema, words)}${meaning(one, language)}</td></tr>`,
			)}</tbody></table>`
}
${requestBody ? html`<h4>${words.body}</h4>${contentPart(requestBody.content, language)}` : ''}
${Object.entries(responses).map(([status, { content }]) =>
	status === 'default'
		? ''
		: html`<h4>${words.answer} ${status}</h4>${content ? contentPart(content, language) : html`<p>${words.nothing}</p>`}`,
)}
<p><small>${words.problems}: ${operation['x-problems'].map(
		(code, index) => html`${index > 0 ? ', ' : ''}<a href="#problem-${code}">${code}</a>`,
	)}</small></p>
</article>`;
}

function contentPart(content: NonNullable<Operation['responses'][string]['content']> | undefined, language: Language): Html {
	const { example: title } = docsWords[language];
	return html`${Object.entries(content ?? {}).map(
		([media, { schema, example }]) => html`<p><small>${media}</small></p>
${schema && Object.keys(schema).length > 0 ? schemaTable(schema, language) : ''}
${example === undefined ? '' : html`<details><summary>${title}</summary><pre>${JSON.stringify(example, null, 2)}</pre></details>`}`,
	)}`;
}

/** What stands between backticks, as code. */
function withCode(text: string): Html {
	return html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}
