/*
 * <partita-equity>: equity of several runs over time, on a canvas; show(lines), a line being {name, points: [[epoch millis, percent], ...]}. Colours
 * are the page's --run-1 to --run-10, in the order of the lines.
 */
(function () {
  if (customElements.get('partita-equity')) { return; }

  const style = `
    :host { display: block; position: relative; min-width: 0; contain: layout size; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    .none { position: absolute; inset: 0; display: flex; align-items: center; justify-content: center; color: var(--ink-3); font-size: 13px; }
    .tip { position: absolute; top: 8px; padding: 6px 8px; border-radius: 6px; font-size: 12px; line-height: 17px; background: var(--tip); color: var(--tip-ink);
           pointer-events: none; white-space: nowrap; opacity: 0; font-variant-numeric: tabular-nums; z-index: 1; }
    .tip i { display: inline-block; width: 8px; height: 8px; border-radius: 2px; margin-right: 6px; }
  `;
  const two = (n) => String(n).padStart(2, '0');
  const day = (t) => new Date(t).toISOString().slice(0, 10);
  const clock = (t) => { const d = new Date(t); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`; };
  const percent = (v, digits) => (v < 0 ? '\u2212' : '') + Math.abs(v).toFixed(digits) + '\u202F%';
  const step = (rough) => {
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (const m of [1, 2, 5, 10]) { if (rough <= m * power) { return m * power; } }
    return 10 * power;
  };

  class Equity extends window.PartitaCanvas {
    constructor() {
      super(`<style>${style}</style><canvas></canvas><div class="none">Nothing to show yet</div><div class="tip"></div>`);
      this.lines = [];
      this.none = this.shadowRoot.querySelector('.none');
      this.tip = this.shadowRoot.querySelector('.tip');
    }

    show(lines) { this.lines = lines; this.draw(); }

    paint() {
      const pen = this.pen();
      if (!pen) { return; }
      const { g, color, w, h } = pen;
      const all = this.lines.flatMap((line) => line.points);
      this.none.style.display = all.length ? 'none' : '';
      this.tip.style.opacity = 0;
      if (!all.length) { return; }
      let from = Infinity, to = -Infinity, low = 0, high = 0;
      for (const [t, v] of all) { from = Math.min(from, t); to = Math.max(to, t); low = Math.min(low, v); high = Math.max(high, v); }
      const margin = Math.max(0.01, (high - low) * 0.08);
      low -= margin; high += margin;
      if (to - from < 1000) { from = to - 60000; }
      const plot = { left: 4, right: w - 66, top: 10, bottom: h - 22 };
      const x = (t) => plot.left + (t - from) / (to - from) * (plot.right - plot.left), y = (v) => plot.bottom - (v - low) / (high - low) * (plot.bottom - plot.top);
      const unit = step((high - low) / 4), digits = Math.max(0, Math.min(4, -Math.floor(Math.log10(unit))));
      this.grid(g, color, plot, { from, to, low, high, unit, digits }, x, y);
      this.lines.forEach((line, i) => this.line(g, color(`--run-${i + 1}`), line.points, x, y));
      this.inspect(g, color, plot, Math.max(2, digits), x, y, from, to);
    }

    grid(g, color, plot, range, x, y) {
      g.lineWidth = 1; g.fillStyle = color('--ink-3'); g.textAlign = 'left'; g.textBaseline = 'middle';
      for (let v = Math.ceil(range.low / range.unit) * range.unit; v <= range.high; v += range.unit) {
        const at = Math.round(y(v)) + 0.5, zero = Math.abs(v) < range.unit / 2;
        g.strokeStyle = color(zero ? '--rule-strong' : '--rule');
        g.beginPath(); g.moveTo(plot.left, at); g.lineTo(plot.right, at); g.stroke();
        g.fillText(percent(zero ? 0 : v, range.digits), plot.right + 8, at);
      }
      const name = range.to - range.from > 3 * 86400000 ? day : clock, count = Math.max(2, Math.floor((plot.right - plot.left) / 130));
      g.textBaseline = 'alphabetic';
      for (let i = 0; i < count; i++) {
        const t = range.from + (range.to - range.from) * i / (count - 1);
        g.textAlign = i === 0 ? 'left' : i === count - 1 ? 'right' : 'center';
        g.fillText(name(t), x(t), plot.bottom + 16);
      }
    }

    line(g, ink, points, x, y) {
      g.strokeStyle = ink; g.lineWidth = 1.75; g.lineJoin = 'round';
      g.beginPath();
      points.forEach(([t, v], n) => n ? g.lineTo(x(t), y(v)) : g.moveTo(x(t), y(v)));
      g.stroke();
      const [t, v] = points[points.length - 1] || [];
      if (t) { g.fillStyle = ink; g.beginPath(); g.arc(x(t), y(v), 2.5, 0, Math.PI * 2); g.fill(); }
    }

    inspect(g, color, plot, digits, x, y, from, to) {
      if (this.hover === null || this.hover < plot.left || this.hover > plot.right) { return; }
      const moment = from + (this.hover - plot.left) / (plot.right - plot.left) * (to - from);
      g.strokeStyle = color('--rule-strong');
      g.beginPath(); g.moveTo(Math.round(this.hover) + 0.5, plot.top); g.lineTo(Math.round(this.hover) + 0.5, plot.bottom); g.stroke();
      this.tip.textContent = to - from > 3 * 86400000 ? day(moment) : clock(moment) + ' UTC';
      this.lines.forEach((line, i) => {
        const before = line.points.filter(([t]) => t <= moment), last = before[before.length - 1];
        if (!last) { return; }
        const row = document.createElement('div'), key = document.createElement('i');
        key.style.background = color(`--run-${i + 1}`);
        row.append(key, `${line.name}  ${percent(last[1], digits)}`);
        this.tip.append(row);
      });
      this.tip.style.opacity = 1;
      const width = this.tip.offsetWidth;
      this.tip.style.left = `${this.hover + 12 + width > plot.right ? Math.max(0, this.hover - 12 - width) : this.hover + 12}px`;
    }
  }
  customElements.define('partita-equity', Equity);
})();
