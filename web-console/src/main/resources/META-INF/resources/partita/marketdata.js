/*
 * <partita-price>: bars as candles with volume, lines over them, panes beneath, and marks that lead elsewhere. show({bars, lines, panes, marks}):
 * bars [millis, open, high, low, close, volume], lines and those of a pane {name, values} with a value or null for each bar, marks {t, href, tone, text}.
 * <partita-spark>: show(values), a line without axes. <partita-episode>: show(before, after, dots, low, high), each of [bars after, percent]: a window up to 0, what followed,
 * and what is known of that otherwise. All take their colours from the page. Needs canvas.js.
 */
(function () {
  if (customElements.get('partita-price')) { return; }

  const group = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');
  const two = (n) => String(n).padStart(2, '0');
  const fixed = (v, digits) => {
    const text = Math.abs(v).toFixed(digits), dot = text.indexOf('.');
    return (v < 0 ? '\u2212' : '') + (dot < 0 ? group(text) : group(text.slice(0, dot)) + text.slice(dot));
  };
  const figure = (v) => {
    const size = Math.abs(v);
    return size >= 1e6 ? fixed(v / 1e6, 1) + '\u2009M' : size >= 1000 ? fixed(v, 0) : size >= 10 ? fixed(v, 1) : size >= 0.1 || v === 0 ? fixed(v, 2) : v.toPrecision(2).replace('-', '\u2212');
  };
  const step = (rough) => {
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (const m of [1, 2, 2.5, 5, 10]) { if (rough <= m * power) { return m * power; } }
    return 10 * power;
  };
  const bounds = (values) => {
    let low = Infinity, high = -Infinity;
    for (const v of values) { if (v !== null && v !== undefined) { if (v < low) { low = v; } if (v > high) { high = v; } } }
    return low > high ? null : [low, high];
  };

  // app.css gives it the place: PRICE and FOOT, and PANE and GAP for each pane.
  const PRICE = 400, PANE = 96, GAP = 12, AXIS = 64, FOOT = 22;

  const priceStyle = `
    :host { display: block; position: relative; min-width: 0; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    .key { position: absolute; top: 0; left: 0; right: 0; font-size: 12px; line-height: 17px; color: var(--ink-2); font-variant-numeric: tabular-nums; pointer-events: none; }
    .key b { font-weight: 600; color: var(--ink-1); margin: 0 8px 0 3px; }
    .key i { display: inline-block; width: 10px; height: 2px; margin-right: 5px; vertical-align: 4px; border-radius: 2px; }
    .key span { margin-right: 12px; white-space: nowrap; }
    .mark { position: absolute; width: 16px; height: 16px; margin: -16px 0 0 -8px; border-radius: 50%; border: 2px solid var(--sheet); box-sizing: border-box; background: var(--series-3); }
    .mark.waiting { background: var(--wait); } .mark.bad { background: var(--bad); }
    .mark:hover { transform: scale(1.25); } .mark:focus-visible { outline: 2px solid var(--brand); outline-offset: 1px; }
  `;

  class Price extends window.PartitaCanvas {
    constructor() {
      super(`<style>${priceStyle}</style><canvas role="img"></canvas><div class="key"></div><div class="marks"></div>`);
      this.now = { bars: [], lines: [], panes: [], marks: [] };
      this.key = this.shadowRoot.querySelector('.key');
      this.marks = this.shadowRoot.querySelector('.marks');
    }

    connectedCallback() {
      this.canvas.setAttribute('aria-label', this.getAttribute('aria-label') || '');
      super.connectedCallback();
    }

    show(now) { this.now = now; this.draw(); }

    paint() {
      const pen = this.pen();
      if (!pen) { return; }
      const { g, color, w } = pen, right = w - AXIS, room = right - 4;
      const slot = Math.max(3, Math.min(16, room / (this.now.bars.length || 1))), from = Math.max(0, this.now.bars.length - Math.floor(room / slot));
      const bars = this.now.bars.slice(from), x = (i) => right - (bars.length - i - 0.5) * slot;
      this.marks.textContent = '';
      this.key.textContent = '';
      if (!bars.length) { return; }
      const cut = (line) => ({ name: line.name, values: line.values.slice(from) });
      const hovered = this.hover !== null && this.hover < right ? Math.max(0, Math.min(bars.length - 1, Math.floor(bars.length - (right - this.hover) / slot))) : bars.length - 1;
      let ink = 0;
      const inked = (line) => ({ ...cut(line), ink: color('--run-' + (ink++ % 10 + 1)) });
      const lines = this.now.lines.map(inked), digits = Number(this.getAttribute('digits') || 2);
      const foot = PRICE + this.now.panes.length * (PANE + GAP);
      this.times(g, color, bars, x, slot, right, foot);
      const plot = { top: 48, bottom: PRICE - 58, right };
      const y = this.scale(g, color, plot, bounds([...bars.map((b) => b[3]), ...bars.map((b) => b[2]), ...lines.flatMap((l) => l.values)]), (v) => fixed(v, digits), 6);
      this.candles(g, color, bars, x, y, slot);
      g.save(); g.beginPath(); g.rect(0, plot.top - 8, right, plot.bottom - plot.top + 16); g.clip();
      lines.forEach((line) => this.line(g, line, x, y));
      g.restore();
      this.last(g, color, bars[bars.length - 1], y, right, digits);
      this.now.panes.forEach((pane, n) => this.pane(g, color, pane.lines.map(inked), x, right, PRICE + n * (PANE + GAP), hovered));
      if (this.hover !== null && this.hover < right) {
        g.strokeStyle = color('--rule-strong'); g.lineWidth = 1;
        const at = Math.round(x(hovered)) + 0.5;
        g.beginPath(); g.moveTo(at, 40); g.lineTo(at, foot); g.stroke();
      }
      this.legend(bars[hovered], lines, hovered, digits);
      this.flags(bars, x, y);
    }

    /** Lines across with their figures; answers where a value is. */
    scale(g, color, plot, range, text, lines) {
      let [low, high] = range || [0, 1];
      const margin = (high - low) * 0.06 || Math.abs(high) * 0.01 || 1;
      low -= margin; high += margin;
      const y = (v) => plot.bottom - (v - low) / (high - low) * (plot.bottom - plot.top), unit = step((high - low) / lines);
      g.lineWidth = 1; g.strokeStyle = color('--rule'); g.fillStyle = color('--ink-3'); g.textAlign = 'left'; g.textBaseline = 'middle';
      for (let v = Math.ceil(low / unit) * unit; v <= high; v += unit) {
        const at = Math.round(y(v)) + 0.5;
        g.beginPath(); g.moveTo(4, at); g.lineTo(plot.right, at); g.stroke();
        g.fillText(text(Math.abs(v) < unit / 1e6 ? 0 : v), plot.right + 8, at);
      }
      return y;
    }

    times(g, color, bars, x, slot, right, foot) {
      g.fillStyle = color('--ink-3'); g.strokeStyle = color('--rule'); g.lineWidth = 1; g.textAlign = 'center'; g.textBaseline = 'alphabetic';
      const span = Math.max(1000, Math.min(...bars.slice(1).map((bar, i) => bar[0] - bars[i][0]), 86400000)), least = span * 84 / slot;
      const round = [15e3, 30e3, 60e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 7200e3, 14400e3, 21600e3, 43200e3, 86400e3].find((each) => each >= least) || Math.ceil(least / 86400e3) * 86400e3;
      bars.forEach((bar, i) => {
        if (i > 0 && Math.floor(bar[0] / round) !== Math.floor(bars[i - 1][0] / round) && x(i) > 30 && x(i) < right - 20) {
          const d = new Date(bar[0]), day = `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`;
          const clock = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}` + (round < 60000 ? ':' + two(d.getUTCSeconds()) : '');
          g.fillText(round >= 86400000 ? day : span >= 3600000 ? day.slice(5) + ' ' + clock : clock, x(i), foot + 16);
        }
      });
      g.beginPath(); g.moveTo(4, foot + 0.5); g.lineTo(right, foot + 0.5); g.stroke();
    }

    candles(g, color, bars, x, y, slot) {
      const most = Math.max(1, ...bars.map((b) => b[5])), half = Math.max(1, Math.floor(slot / 3)), foot = PRICE - 12;
      bars.forEach(([, o, h, l, c, v], i) => {
        const ink = color(c >= o ? '--good' : '--bad'), middle = Math.round(x(i)) + 0.5;
        g.strokeStyle = ink; g.fillStyle = ink; g.lineWidth = 1;
        g.beginPath(); g.moveTo(middle, y(h)); g.lineTo(middle, y(l)); g.stroke();
        g.fillRect(middle - half, Math.min(y(o), y(c)), 2 * half, Math.max(1, Math.abs(y(o) - y(c))));
        g.globalAlpha = 0.35; g.fillRect(middle - half, foot - v / most * 40, 2 * half, v / most * 40); g.globalAlpha = 1;
      });
      g.strokeStyle = color('--rule'); g.beginPath(); g.moveTo(4, foot + 0.5); g.lineTo(x(bars.length - 1) + slot / 2, foot + 0.5); g.stroke();
    }

    line(g, line, x, y) {
      g.strokeStyle = line.ink; g.lineWidth = 1.5; g.lineJoin = 'round';
      g.beginPath();
      let open = false;
      line.values.forEach((v, i) => {
        if (v === null || v === undefined) { open = false; } else if (open) { g.lineTo(x(i), y(v)); } else { g.moveTo(x(i), y(v)); open = true; }
      });
      g.stroke();
    }

    last(g, color, bar, y, right, digits) {
      const at = Math.round(y(bar[4])) + 0.5, ink = color(bar[4] >= bar[1] ? '--good' : '--bad');
      g.setLineDash([3, 3]); g.strokeStyle = ink; g.lineWidth = 1; g.beginPath(); g.moveTo(4, at); g.lineTo(right, at); g.stroke(); g.setLineDash([]);
      g.fillStyle = ink; g.beginPath(); g.roundRect(right + 3, at - 9, AXIS - 5, 18, 4); g.fill();
      g.fillStyle = color('--sheet'); g.textAlign = 'left'; g.textBaseline = 'middle'; g.fillText(fixed(bar[4], digits), right + 8, at + 0.5);
    }

    pane(g, color, lines, x, right, top, hovered) {
      const plot = { top: top + 22, bottom: top + PANE - 2, right };
      const y = this.scale(g, color, plot, bounds(lines.flatMap((l) => l.values)), figure, 3);
      lines.forEach((line) => this.line(g, line, x, y));
      let at = 4;
      g.textAlign = 'left'; g.textBaseline = 'middle';
      for (const line of lines) {
        const v = line.values[hovered], text = line.name + '  ' + (v === null || v === undefined ? '\u2013' : figure(v));
        g.fillStyle = line.ink; g.fillRect(at, top + 9, 10, 2);
        g.fillStyle = color('--ink-2'); g.fillText(text, at + 15, top + 10);
        at += g.measureText(text).width + 32;
      }
    }

    legend(bar, lines, i, digits) {
      const d = new Date(bar[0]);
      const when = `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
      const first = document.createElement('div'), second = document.createElement('div');
      for (const [name, text] of [['', when], ['O', fixed(bar[1], digits)], ['H', fixed(bar[2], digits)], ['L', fixed(bar[3], digits)], ['C', fixed(bar[4], digits)],
        ['Vol', group(String(bar[5]))]]) {
        const strong = document.createElement('b');
        strong.textContent = text;
        first.append(name, strong);
      }
      for (const line of this.clientWidth < 520 ? [] : lines) {
        const item = document.createElement('span'), dash = document.createElement('i'), v = line.values[i];
        dash.style.background = line.ink;
        item.append(dash, line.name + ' ' + (v === null || v === undefined ? '\u2013' : fixed(v, digits)));
        second.append(item);
      }
      this.key.append(first, second);
    }

    /** Real links, so that they can be reached without a pointer. */
    flags(bars, x, y) {
      const taken = new Map();
      for (const mark of this.now.marks) {
        let i = bars.length - 1;
        while (i >= 0 && bars[i][0] >= mark.t) { i--; }
        // An alert is of a bar that ends when it says; before the first of these there is nothing to mark.
        if (i < 0 || mark.t - bars[i][0] > mark.span) { continue; }
        const level = taken.get(i) || 0, flag = document.createElement('a');
        taken.set(i, level + 1);
        flag.className = 'mark ' + mark.tone;
        flag.href = mark.href;
        flag.title = mark.text;
        flag.setAttribute('aria-label', mark.text);
        flag.style.left = x(i) + 'px';
        flag.style.top = y(bars[i][2]) - 4 - level * 15 + 'px';
        this.marks.append(flag);
      }
    }
  }
  customElements.define('partita-price', Price);

  const small = ':host { display: block; position: relative; min-width: 0; contain: layout size; } canvas { position: absolute; inset: 0; width: 100%; height: 100%; }';

  class Spark extends window.PartitaCanvas {
    constructor() {
      super(`<style>${small}</style><canvas></canvas>`);
      this.values = [];
    }

    show(values) { this.values = values; this.draw(); }

    paint() {
      const pen = this.pen(), range = bounds(this.values);
      if (!pen || !range || this.values.length < 2) { return; }
      const { g, color, w, h } = pen, [low, high] = range, n = this.values.length;
      const x = (i) => 2 + i / (n - 1) * (w - 6), y = (v) => high === low ? h / 2 : h - 4 - (v - low) / (high - low) * (h - 8);
      const ink = color('--series-1');
      g.strokeStyle = ink; g.lineWidth = 1.5; g.lineJoin = 'round';
      g.beginPath(); this.values.forEach((v, i) => i ? g.lineTo(x(i), y(v)) : g.moveTo(x(i), y(v))); g.stroke();
      g.lineTo(x(n - 1), h); g.lineTo(x(0), h); g.closePath(); g.globalAlpha = 0.1; g.fillStyle = ink; g.fill(); g.globalAlpha = 1;
      g.beginPath(); g.arc(x(n - 1), y(this.values[n - 1]), 2.25, 0, 2 * Math.PI); g.fill();
    }
  }
  customElements.define('partita-spark', Spark);

  class Episode extends window.PartitaCanvas {
    constructor() {
      super(`<style>${small}</style><canvas role="img"></canvas>`);
      this.now = null;
    }

    connectedCallback() {
      this.canvas.setAttribute('aria-label', this.getAttribute('aria-label') || '');
      super.connectedCallback();
    }

    show(before, after, dots, low, high) { this.now = { before, after, dots, low, high }; this.draw(); }

    paint() {
      const pen = this.pen();
      if (!pen || !this.now) { return; }
      const { g, color, w, h } = pen, { before, after, dots, low, high } = this.now, length = 20;
      const margin = (high - low) * 0.08 || 0.1, left = 4, right = w - 46, foot = h - 18;
      const x = (n) => left + (n + length - 1) / (2 * length - 1) * (right - left), y = (v) => foot - (v - low + margin) / (high - low + 2 * margin) * (foot - 4);
      g.fillStyle = color('--sheet-2'); g.fillRect(left, 0, x(0) - left, foot);
      const unit = step((high - low + 2 * margin) / 3);
      g.lineWidth = 1; g.textAlign = 'left'; g.textBaseline = 'middle';
      for (let v = Math.ceil((low - margin) / unit) * unit; v <= high + margin; v += unit) {
        g.strokeStyle = color(Math.abs(v) < unit / 2 ? '--rule-strong' : '--rule');
        g.beginPath(); g.moveTo(left, Math.round(y(v)) + 0.5); g.lineTo(right, Math.round(y(v)) + 0.5); g.stroke();
        g.fillStyle = color('--ink-3'); g.fillText((v > unit / 2 ? '+' : '') + fixed(Math.abs(v) < unit / 2 ? 0 : v, unit < 0.1 ? 2 : 1) + '%', right + 6, y(v));
      }
      g.strokeStyle = color('--ink-3'); g.setLineDash([2, 3]); g.beginPath(); g.moveTo(x(0), 0); g.lineTo(x(0), foot); g.stroke(); g.setLineDash([]);
      const path = (points, ink, dashed) => {
        g.strokeStyle = ink; g.lineWidth = 1.75; g.lineJoin = 'round'; g.setLineDash(dashed ? [4, 3] : []);
        g.beginPath(); points.forEach(([n, v], i) => i ? g.lineTo(x(n), y(v)) : g.moveTo(x(n), y(v))); g.stroke(); g.setLineDash([]);
      };
      path(before, color('--ink-2'), false);
      path(after.length ? [[0, 0], ...after] : [[0, 0], ...dots], color('--brand'), !after.length);
      g.fillStyle = color('--brand');
      dots.forEach(([n, v]) => { g.beginPath(); g.arc(x(n), y(v), 2.5, 0, 2 * Math.PI); g.fill(); });
      g.fillStyle = color('--ink-3'); g.textBaseline = 'alphabetic';
      g.textAlign = 'left'; g.fillText('20 bars', left + 2, h - 4);
      g.textAlign = 'right'; g.fillText(after.length || dots.length ? 'what followed' : 'not known yet', right, h - 4);
    }
  }
  customElements.define('partita-episode', Episode);
})();
