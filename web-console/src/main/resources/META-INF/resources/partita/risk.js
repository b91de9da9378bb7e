/*
 * <partita-backtest>: what was gained or lost each day, the value at risk that had been forecast, as a line below zero, and the days on which more was lost.
 * show(days), each [day as yyyy-mm-dd, gain, value at risk]; attribute unit. <partita-matrix>: a square of numbers from -1 to 1 as colours, with the numbers where they fit.
 * show(names, values), values by row. Both take their colours from the page. Needs canvas.js.
 */
(function () {
  if (customElements.get('partita-backtest')) { return; }

  const group = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');
  const amount = (v) => (v < 0 ? '\u2212' : '') + group(Math.abs(v) >= 1000 ? String(Math.round(Math.abs(v))) : Math.abs(v).toFixed(2));
  const rough = (v) => {
    const size = Math.abs(v), sign = v < 0 ? '\u2212' : '';
    const short = (n) => String(Math.round(n * 100) / 100);
    return sign + (size >= 1e9 ? short(size / 1e9) + '\u2009bn' : size >= 1e6 ? short(size / 1e6) + '\u2009M' : size >= 1e4 ? short(size / 1e3) + '\u2009k' : group(short(size)));
  };
  const step = (wanted) => {
    const power = Math.pow(10, Math.floor(Math.log10(wanted)));
    for (const m of [1, 2, 2.5, 5, 10]) { if (wanted <= m * power) { return m * power; } }
    return 10 * power;
  };
  const tip = `.tip { position: absolute; padding: 6px 8px; border-radius: 6px; font-size: 12px; line-height: 17px; background: var(--tip); color: var(--tip-ink);
           pointer-events: none; white-space: nowrap; opacity: 0; font-variant-numeric: tabular-nums; z-index: 1; }`;

  const backtestStyle = `
    :host { display: block; position: relative; min-width: 0; contain: layout size; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    .key { position: absolute; top: 0; left: 4px; right: 0; display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 12px; line-height: 16px; color: var(--ink-2); pointer-events: none; }
    .key i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; vertical-align: -1px; background: var(--gain-ink); }
    .key .risk { height: 2px; vertical-align: 4px; background: var(--series-2); } .key .hit { border-radius: 50%; width: 8px; height: 8px; vertical-align: 0; background: var(--bad); }
    ${tip}
  `;

  class Backtest extends window.PartitaCanvas {
    constructor() {
      super(`<style>${backtestStyle}</style><canvas></canvas><div class="key"><span><i></i>Gain or loss</span><span><i class="risk"></i>Value at risk</span>
        <span><i class="hit"></i>Exception</span></div><div class="tip"></div>`);
      this.days = [];
      this.tip = this.shadowRoot.querySelector('.tip');
    }

    show(days) { this.days = days; this.draw(); }

    paint() {
      const pen = this.pen();
      this.tip.style.opacity = 0;
      if (!pen || !this.days.length) { return; }
      const { g, color, w, h } = pen, days = this.days;
      let low = 0, high = 0;
      for (const [, gain, risk] of days) { low = Math.min(low, gain, -risk); high = Math.max(high, gain); }
      const margin = (high - low) * 0.04 || 1;
      low -= margin; high += margin;
      const plot = { left: 4, right: w - 60, top: 30, bottom: h - 22 };
      const slot = (plot.right - plot.left) / days.length, x = (i) => plot.left + (i + 0.5) * slot;
      const y = (v) => plot.bottom - (v - low) / (high - low) * (plot.bottom - plot.top);
      this.grid(g, color, plot, low, high, y, x);
      const wide = Math.max(1, Math.min(14, slot * 0.72)), ink = color('--gain-ink'), bad = color('--bad');
      days.forEach(([, gain, risk], i) => {
        g.fillStyle = -gain > risk ? bad : ink;
        g.fillRect(x(i) - wide / 2, Math.min(y(0), y(gain)), wide, Math.max(1, Math.abs(y(gain) - y(0))));
      });
      g.strokeStyle = color('--series-2'); g.lineWidth = 1.75; g.lineJoin = 'round';
      g.beginPath();
      days.forEach(([, , risk], i) => i ? g.lineTo(x(i), y(-risk)) : g.moveTo(x(i), y(-risk)));
      g.stroke();
      g.fillStyle = bad; g.strokeStyle = color('--sheet'); g.lineWidth = 1.5;
      days.forEach(([, gain, risk], i) => {
        if (-gain > risk) { g.beginPath(); g.arc(x(i), y(gain), 4, 0, Math.PI * 2); g.fill(); g.stroke(); }
      });
      this.inspect(g, color, plot, slot, x);
    }

    grid(g, color, plot, low, high, y, x) {
      const unit = step((high - low) / 5);
      g.lineWidth = 1; g.fillStyle = color('--ink-3'); g.textAlign = 'left'; g.textBaseline = 'middle';
      for (let v = Math.ceil(low / unit) * unit; v <= high; v += unit) {
        const at = Math.round(y(v)) + 0.5, zero = Math.abs(v) < unit / 2;
        g.strokeStyle = color(zero ? '--ink-3' : '--rule');
        g.beginPath(); g.moveTo(plot.left, at); g.lineTo(plot.right, at); g.stroke();
        g.fillText(rough(zero ? 0 : v), plot.right + 8, at);
      }
      const count = Math.max(2, Math.min(this.days.length, Math.floor((plot.right - plot.left) / 120)));
      g.textBaseline = 'alphabetic';
      for (let i = 0; i < count; i++) {
        const at = Math.round(i * (this.days.length - 1) / (count - 1));
        g.textAlign = i === 0 ? 'left' : i === count - 1 ? 'right' : 'center';
        g.fillText(this.days[at][0], i === 0 ? plot.left : i === count - 1 ? plot.right : x(at), plot.bottom + 16);
      }
    }

    inspect(g, color, plot, slot, x) {
      if (this.hover === null || this.hover < plot.left || this.hover > plot.right) { return; }
      const i = Math.max(0, Math.min(this.days.length - 1, Math.floor((this.hover - plot.left) / slot))), [day, gain, risk] = this.days[i], at = x(i);
      g.strokeStyle = color('--rule-strong'); g.lineWidth = 1;
      g.beginPath(); g.moveTo(Math.round(at) + 0.5, plot.top); g.lineTo(Math.round(at) + 0.5, plot.bottom); g.stroke();
      const unit = this.getAttribute('unit') || '';
      this.tip.innerText = `${day}\n${gain < 0 ? 'Lost' : 'Gained'} ${amount(Math.abs(gain))} ${unit}\nValue at risk ${amount(risk)} ${unit}` + (-gain > risk ? '\nException' : '');
      this.tip.style.opacity = 1;
      this.tip.style.top = '26px';
      const width = this.tip.offsetWidth;
      this.tip.style.left = `${at + 12 + width > plot.right ? Math.max(0, at - 12 - width) : at + 12}px`;
    }
  }

  const matrixStyle = `
    :host { display: block; position: relative; min-width: 0; height: 200px; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    ${tip}
  `;
  const SMALLEST = 9, LARGEST = 44, HEAD = 62, LEFT = 74;

  class Matrix extends window.PartitaCanvas {
    constructor() {
      super(`<style>${matrixStyle}</style><canvas></canvas><div class="tip"></div>`);
      this.names = [];
      this.values = [];
      this.down = null;
      this.tip = this.shadowRoot.querySelector('.tip');
      this.addEventListener('pointermove', (e) => { this.down = e.clientY - this.getBoundingClientRect().top; });
    }

    show(names, values) { this.names = names; this.values = values; this.draw(); }

    cell(w) { return Math.max(SMALLEST, Math.min(LARGEST, (w - LEFT - 4) / (this.names.length || 1))); }

    paint() {
      const size = this.cell(this.getBoundingClientRect().width), height = Math.ceil(HEAD + size * this.names.length + 4) + 'px';
      if (this.style.height !== height) { this.style.height = height; }
      const pen = this.pen();
      this.tip.style.opacity = 0;
      if (!pen || !this.names.length) { return; }
      const { g, color } = pen, many = this.names.length;
      const cold = color('--series-3'), warm = color('--series-2'), sheet = color('--sheet'), ink = color('--ink-1');
      const font = g.font, every = Math.max(1, Math.ceil(11 / size));
      for (let row = 0; row < many; row++) {
        for (let column = 0; column < many; column++) {
          const value = this.values[row * many + column], at = LEFT + column * size, top = HEAD + row * size;
          g.globalAlpha = 1; g.fillStyle = sheet; g.fillRect(at, top, size, size);
          g.globalAlpha = Math.min(1, Math.abs(value)) * 0.85; g.fillStyle = value < 0 ? cold : warm;
          g.fillRect(at, top, Math.max(1, size - 1), Math.max(1, size - 1));
          g.globalAlpha = 1;
          if (size >= 30) {
            g.fillStyle = ink; g.textAlign = 'center'; g.textBaseline = 'middle';
            g.fillText(value.toFixed(2).replace('-', '\u2212').replace('0.', '.'), at + size / 2, top + size / 2);
          }
        }
      }
      g.fillStyle = color('--ink-2'); g.textBaseline = 'middle'; g.font = font;
      const cut = (name) => name.length > 9 ? name.slice(0, 8) + '\u2026' : name;
      this.names.forEach((name, i) => {
        if (i % every) { return; }
        const middle = (i + 0.5) * size;
        g.textAlign = 'right'; g.fillText(cut(name), LEFT - 8, HEAD + middle);
        g.save(); g.translate(LEFT + middle, HEAD - 8); g.rotate(-Math.PI / 3); g.textAlign = 'left'; g.fillText(cut(name), 0, 0); g.restore();
      });
      this.inspect(size, many);
    }

    inspect(size, many) {
      if (this.hover === null || this.down === null) { return; }
      const column = Math.floor((this.hover - LEFT) / size), row = Math.floor((this.down - HEAD) / size);
      if (column < 0 || row < 0 || column >= many || row >= many) { return; }
      this.tip.innerText = `${this.names[row]} and ${this.names[column]}\n${this.values[row * many + column].toFixed(2).replace('-', '\u2212')}`;
      this.tip.style.opacity = 1;
      const width = this.tip.offsetWidth, at = this.hover + 14;
      this.tip.style.left = `${at + width > this.clientWidth ? Math.max(0, this.hover - 14 - width) : at}px`;
      this.tip.style.top = `${this.down + 14}px`;
    }
  }

  customElements.define('partita-backtest', Backtest);
  customElements.define('partita-matrix', Matrix);
})();
