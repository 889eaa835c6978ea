/** What the screen shows while the agent does not answer: no script, no network; the shell tries again by itself. */
export function unreachablePage(agent: string, seconds: number): string {
	const html = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>请找前台</title>
<style>
	body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 2vh; text-align: center; background: #0c1d36; color: #fff; font-family: system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
	h1 { margin: 0; font-size: 7vmin; }
	p { margin: 0; font-size: 3.2vmin; color: #dce7f5; }
	small { font-size: 2vmin; color: #b4c4d8; }
</style>
<h1>自助签到暂停，请找前台</h1>
<p lang="en">Check-in is paused. Please ask at reception.</p>
<small>${escapeHtml(agent)} 没有应答，${Math.round(seconds)} 秒后重试 · no answer, trying again in ${Math.round(seconds)} s</small>
</html>`;
	return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
