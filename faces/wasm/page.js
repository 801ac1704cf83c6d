'use strict';
(() => {
  const kinds = ['policy', 'record', 'assessment', 'care-plan', 'incident', 'consent-form', 'leaflet', 'letter', 'template', 'training'];
  const levels = { error: 'Owed to the person', warning: 'Worth a second look', advice: 'Advice' };
  const at = id => document.getElementById(id);
  kinds.forEach((kind, place) => at('kind').add(new Option(kind, place)));
  const bytes = Uint8Array.from(atob('@WASM@'), sign => sign.charCodeAt(0));
  // No imports: the module can reach nothing but the memory it is given.
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, {});
  const ask = (text, kind) => {
    const words = new TextEncoder().encode(text);
    const place = exports.room(words.length);
    new Uint8Array(exports.memory.buffer, place, words.length).set(words);
    const length = exports.check(kind);
    return JSON.parse(new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.answer(), length)));
  };
  const line = (to, text) => {
    to.append(document.createElement('br'));
    to.append(text);
  };
  const show = () => {
    const seen = ask(at('text').value, Number(at('kind').value));
    const list = seen.findings.map(finding => {
      const item = document.createElement('li');
      const level = document.createElement('strong');
      level.textContent = levels[finding.severity] + '. ';
      const words = document.createElement('q');
      words.textContent = finding.words.replace(/\s+/g, ' ').trim();
      item.append(level, words);
      line(item, finding.message);
      if (finding.ask) line(item, finding.ask);
      if (finding.alternatives.length) line(item, 'Rather: ' + finding.alternatives.join(' · '));
      const why = document.createElement('small');
      why.textContent = `Why: ${finding.why} (${finding.rule})`;
      line(item, why);
      return item;
    });
    at('found').replaceChildren(...list);
    at('good').textContent = seen.credits.length ? 'Good to see here: ' + seen.credits.join(', ') + '.' : '';
    const count = list.length;
    at('summary').textContent = !seen.readable ? 'Write or paste a text. What is found appears below.'
      : count ? `Read as ${seen.kind}. ${count === 1 ? 'One thing' : count + ' things'} to look at:`
        : `Read as ${seen.kind}. Nothing was found. That is no proof of good care; the rules see words, not what happened.`;
  };
  let waiting;
  at('text').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  });
  at('kind').addEventListener('change', show);
  at('clear').addEventListener('click', () => {
    at('text').value = '';
    show();
    at('text').focus();
  });
  window.dignity = { ask, imports: WebAssembly.Module.imports(module).length };
})();
