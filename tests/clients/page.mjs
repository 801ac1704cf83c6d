// A browser at the page of `dignity serve`. Arguments: the port, the folder of playwright-core.
import { createRequire } from 'node:module';
const [port, modules] = process.argv.slice(2);
const { chromium } = createRequire(modules + '/')('playwright-core');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
const asked = [];
page.on('request', request => asked.push(request.url()));
const check = (what, ok) => { if (!ok) { console.error('FAILED: ' + what); process.exit(1); } console.log('ok: ' + what); };
await page.goto(`http://127.0.0.1:${port}/`);
await page.fill('#text', 'She is non-compliant with her tablets.');
await page.selectOption('#kind', 'record');
await page.click('button');
check('the page shows a finding without any script', (await page.textContent('ol li q')) === 'non-compliant');
check('the text is still there', (await page.inputValue('#text')).startsWith('She is'));
check('no request goes anywhere else', asked.every(url => url.startsWith(`http://127.0.0.1:${port}/`)));
await browser.close();
