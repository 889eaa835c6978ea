/** How the API's page looks. */
export const docsStyle = `
	:root { color-scheme: light dark; --line: #8884; --quiet: #8889; font: 15px/1.55 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
	body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
	h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
	h3 { margin: 2.2rem 0 .3rem; font-size: 1rem; }
	h3 code { font-size: .95rem; }
	.method { display: inline-block; min-width: 3.6rem; font-weight: 700; }
	h4 { margin: .9rem 0 .2rem; font-size: .85rem; opacity: .75; }
	table { border-collapse: collapse; width: 100%; }
	th, td { border-top: 1px solid var(--line); padding: .25rem .5rem .25rem 0; text-align: left; vertical-align: top; font-weight: 400; }
	th { width: 13rem; }
	td table { margin-top: .3rem; }
	pre { overflow-x: auto; padding: .7rem; border: 1px solid var(--line); border-radius: 4px; font-size: .82rem; }
	small { opacity: .7; }
	.meaning { opacity: .8; }
	nav ul { columns: 3 14rem; padding-left: 1.1rem; }
	.language { float: right; }
`;
