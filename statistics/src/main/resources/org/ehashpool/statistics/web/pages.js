// Keeps a page current, and makes its times local and its charts explorable. Without it the page is complete, and as of
// when it was loaded.

const units = { second: 1, minute: 60, hour: 3600, day: 86400 };
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'always', style: 'narrow' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
// What the server's clock is ahead of ours, so that "ago" is right on a machine whose clock is not.
const loaded = document.querySelector('time[data-now]');
let ahead = loaded ? new Date(loaded.dateTime) - Date.now() : 0;

function words(seconds) {
  const unit = seconds < 60 ? 'second' : seconds < 3600 ? 'minute' : seconds < 172800 ? 'hour' : 'day';
  return ago.format(-Math.floor(Math.max(0, seconds) / units[unit]), unit);
}

function tellTime(element) {
  const at = new Date(element.dateTime);
  const utc = element.dateTime.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  let text;
  switch (element.dataset.as) {
    case 'ago': text = words((Date.now() + ahead - at) / 1000); break;
    case 'clock': text = clock.format(at); break;
    case 'day': text = day.format(at); break;
    default: text = full.format(at);
  }
  if (element.textContent !== text) element.textContent = text;
  element.title = element.dataset.as === 'ago' ? `${full.format(at)} · ${utc}` : utc;
}

const tellTimes = root => root.querySelectorAll('time[datetime]').forEach(tellTime);

// Makes one element like another, touching only what differs: focus, selection and scrolling stay.
function morph(from, to) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName || from.dataset?.key !== to.dataset?.key) {
    from.replaceWith(to);
    return;
  }
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  const told = from.nodeName === 'TIME' && from.dateTime === to.dateTime;
  for (const { name } of [...from.attributes]) {
    const kept = name === 'open' || (told && name === 'title') || name === 'data-shown';
    if (!to.hasAttribute(name) && !kept) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  if (told) return;
  if (from.dataset?.figure !== undefined && from.textContent !== to.textContent) flash(from);
  const before = [...from.childNodes];
  const after = [...to.childNodes];
  after.forEach((node, index) => before[index] ? morph(before[index], node) : from.append(node));
  before.slice(after.length).forEach(node => node.remove());
}

function flash(element) {
  element.classList.remove('fresh');
  requestAnimationFrame(() => element.classList.add('fresh'));
}

function takeParts(parts) {
  for (const [name, html] of Object.entries(parts)) {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part) continue;
    const fresh = part.cloneNode(false);
    fresh.innerHTML = html;
    morph(part, fresh);
    tellTimes(part);
    part.querySelectorAll('.chart[data-points]').forEach(explore);
    offerCopies(part);
  }
}

// Charts

function explore(chart) {
  if (chart.dataset.shown) {
    chart.points = undefined;
    return;
  }
  chart.dataset.shown = 'yes';
  const plot = chart.querySelector('.plot');
  const read = () => chart.points ??= chart.dataset.points.split(' ').filter(Boolean).map(point => {
    const [x, at, ...texts] = point.split('|');
    return { x: Number(x), at: new Date(Number(at)), text: texts.join(' ').replaceAll('_', ' ') };
  });
  let index = -1;
  const show = next => {
    const points = read();
    if (points.length === 0) return;
    index = Math.max(0, Math.min(points.length - 1, next));
    const point = points[index];
    const cursor = chart.querySelector('.cursor');
    cursor.setAttribute('x1', point.x);
    cursor.setAttribute('x2', point.x);
    cursor.removeAttribute('visibility');
    const tip = chart.querySelector('.tip');
    tip.textContent = `${full.format(point.at)} · ${point.text}`;
    tip.hidden = false;
    const half = tip.offsetWidth / 2;
    const at = point.x / 1000 * plot.clientWidth;
    tip.style.left = `${Math.max(half, Math.min(plot.clientWidth - half, at))}px`;
  };
  const hide = () => {
    chart.querySelector('.cursor')?.setAttribute('visibility', 'hidden');
    chart.querySelector('.tip').hidden = true;
  };
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * 1000;
    const points = read();
    let best = 0;
    points.forEach((point, at) => { if (Math.abs(point.x - x) < Math.abs(points[best].x - x)) best = at; });
    show(best);
  });
  plot.addEventListener('pointerleave', hide);
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', event => {
    const last = read().length - 1;
    const next = { ArrowLeft: (index < 0 ? last : index) - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  });
}

// Live

const state = document.querySelector('.pulse');

function tell(kind, text) {
  if (!state || state.dataset.state === kind) return;
  state.dataset.state = kind;
  state.textContent = text;
}

let heard = Date.now();

function listen() {
  const address = document.body.dataset.live;
  if (!address) return;
  const source = new EventSource(address);
  heard = Date.now();
  source.addEventListener('parts', event => {
    const message = JSON.parse(event.data);
    heard = Date.now();
    ahead = message.at - heard;
    takeParts(message.parts);
    document.querySelectorAll('time[data-now]').forEach(time => {
      time.dateTime = new Date(message.at).toISOString();
      tellTime(time);
    });
    tell('live', 'Live');
  });
  source.addEventListener('failed', () => tell('away', 'No figures: trying again'));
  source.addEventListener('error', () => {
    tell('away', 'Not live: connecting');
    // A refusal ends an EventSource for good.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000 + Math.random() * 5000);
  });
}

// A choice in a form that searches is a search.
document.querySelectorAll('form.search select').forEach(select =>
  select.addEventListener('change', () => select.form.requestSubmit()));

// A button that copies a field. Without TLS browsers have no clipboard for us, but the old command.
function offerCopies(root) {
  // A translator that listens on all addresses: what this page was reached by is a guess that is often right.
  root.querySelectorAll('input[data-here="true"]').forEach(field => {
    field.value = field.getAttribute('value').replace('ADDRESS', location.hostname);
  });
  root.querySelectorAll('button[data-copies]').forEach(offerCopy);
}

function offerCopy(button) {
  button.hidden = false;
  if (button.dataset.shown) return;
  button.dataset.shown = 'yes';
  const field = document.getElementById(button.dataset.copies);
  button.addEventListener('click', async () => {
    field.select();
    let done = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      done = document.execCommand('copy');
    }
    button.parentElement.querySelector('.copied').textContent = done ? 'Copied' : 'Selected: copy it by keyboard';
  });
}

offerCopies(document);

document.querySelectorAll('.chart[data-points]').forEach(explore);
tellTimes(document);
setInterval(() => {
  document.querySelectorAll('time[data-as="ago"]').forEach(tellTime);
  if (document.body.dataset.live && Date.now() - heard > 30000) tell('away', 'Not live: nothing heard');
}, 1000);
listen();
