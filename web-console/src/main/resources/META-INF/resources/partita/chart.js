/*
 * <partita-chart>: a live time series on a canvas. Attributes: names and colors (separated by |; a color is the name of
 * a CSS custom property), unit, seconds (width of the window). Methods: reset(points), push(point), with a point
 * {t: epoch millis, v: [value or null, ...]}. Colours come from the page, so it follows its theme.
 */
(function () {
  if (customElements.get('partita-chart')) { return; }

  const style = `
    :host { display: block; position: relative; min-width: 0; contain: layout size; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    .key { position: absolute; top: 0; right: 0; display: flex; gap: 14px; font-size: 12px; line-height: 16px;
           color: var(--ink-2); font-variant-numeric: tabular-nums; pointer-events: none; }
    .key i { display: inline-block; width: 10px; height: 2px; border-radius: 2px; margin-right: 6px; vertical-align: 4px; }
    .key b { font-weight: 600; color: var(--ink-1); margin-left: 6px; }
    .tip { position: absolute; top: 22px; padding: 6px 8px; border-radius: 6px; font-size: 12px; line-height: 17px;
           background: var(--tip); color: var(--tip-ink); pointer-events: none; white-space: nowrap; opacity: 0;
           font-variant-numeric: tabular-nums; transition: opacity .08s; z-index: 1; }
  `;

  const two = (n) => String(n).padStart(2, '0');
  const clock = (t) => { const d = new Date(t); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`; };
  const group = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');
  const figure = (v) => {
    if (v === null || v === undefined) { return '\u2013'; }
    if (v >= 100 || Number.isInteger(v)) { return group(String(Math.round(v))); }
    return v >= 10 ? v.toFixed(1) : v.toFixed(2);
  };

  // 1, 2, 2.5 or 5 times a power of ten, so that the grid has three to five lines with round figures.
  function step(max) {
    const rough = max / 4, power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (const m of [1, 2, 2.5, 5, 10]) { if (rough <= m * power) { return m * power; } }
    return 10 * power;
  }

  class Chart extends window.PartitaCanvas {
    constructor() {
      super(`<style>${style}</style><canvas></canvas><div class="key"></div><div class="tip"></div>`);
      this.points = [];
      this.key = this.shadowRoot.querySelector('.key');
      this.tip = this.shadowRoot.querySelector('.tip');
    }

    reset(points) { this.points = points; this.draw(); }

    push(point) {
      this.points.push(point);
      const from = point.t - this.span() - 5000;
      while (this.points.length && this.points[0].t < from) { this.points.shift(); }
      this.draw();
    }

    span() { return Number(this.getAttribute('seconds') || 300) * 1000; }

    paint() {
      const pen = this.pen();
      if (!pen) { return; }
      const { g, css, w, h } = pen;
      const names = (this.getAttribute('names') || '').split('|');
      const colors = (this.getAttribute('colors') || '').split('|').map((name) => css.getPropertyValue(name).trim() || '#888');
      const plot = { left: 44, right: w - 6, top: 26, bottom: h - 20 };
      const now = this.points.length ? this.points[this.points.length - 1].t : Date.now();
      const from = now - this.span();
      let max = 0;
      for (const p of this.points) { for (const v of p.v) { if (v !== null && v > max) { max = v; } } }
      const unit = step(max > 0 ? max * 1.08 : 1), top = Math.ceil((max > 0 ? max * 1.08 : 1) / unit) * unit;
      const x = (t) => plot.left + (t - from) / this.span() * (plot.right - plot.left);
      const y = (v) => plot.bottom - v / top * (plot.bottom - plot.top);
      this.grid(g, css, plot, from, now, unit, top, x, y);
      g.save();
      g.beginPath();
      g.rect(plot.left, plot.top - 4, plot.right - plot.left + 4, plot.bottom - plot.top + 5);
      g.clip();
      names.forEach((_, i) => this.line(g, i, colors[i], i === 0, plot, x, y));
      g.restore();
      this.legend(names, colors);
      this.inspect(g, css, names, colors, plot, x, y);
    }

    grid(g, css, plot, from, now, unit, top, x, y) {
      g.lineWidth = 1;
      g.strokeStyle = css.getPropertyValue('--rule').trim() || '#ddd';
      g.fillStyle = css.getPropertyValue('--ink-3').trim() || '#888';
      g.textAlign = 'right';
      g.textBaseline = 'middle';
      for (let v = 0; v <= top + unit / 2; v += unit) {
        const at = Math.round(y(v)) + 0.5;
        g.beginPath(); g.moveTo(plot.left, at); g.lineTo(plot.right, at); g.stroke();
        g.fillText(top >= 10000 ? group(String(v / 1000)) + (v ? 'k' : '') : figure(v), plot.left - 8, at);
      }
      g.textAlign = 'center';
      g.textBaseline = 'alphabetic';
      const every = (plot.right - plot.left) < 420 ? 120000 : 60000;
      for (let t = Math.ceil(from / every) * every; t <= now; t += every) {
        const at = x(t);
        if (at > plot.left + 14 && at < plot.right - 14) { g.fillText(clock(t).slice(0, 5), at, plot.bottom + 15); }
      }
    }

    line(g, i, color, filled, plot, x, y) {
      let run = [];
      const flush = () => {
        if (run.length) {
          g.beginPath();
          run.forEach(([px, py], n) => n ? g.lineTo(px, py) : g.moveTo(px, py));
          g.strokeStyle = color; g.lineWidth = 1.75; g.lineJoin = 'round'; g.stroke();
          if (filled) {
            g.lineTo(run[run.length - 1][0], plot.bottom); g.lineTo(run[0][0], plot.bottom); g.closePath();
            g.globalAlpha = 0.1; g.fillStyle = color; g.fill(); g.globalAlpha = 1;
          }
        }
        run = [];
      };
      let last = 0;
      for (const p of this.points) {
        // A gap of more than a few seconds is a time that nobody looked: no line across it.
        if (p.v[i] === null || p.v[i] === undefined || (last && p.t - last > 6000)) { flush(); }
        if (p.v[i] !== null && p.v[i] !== undefined) { run.push([x(p.t), y(p.v[i])]); last = p.t; }
      }
      flush();
    }

    legend(names, colors) {
      const latest = this.points.length ? this.points[this.points.length - 1].v : [];
      const unit = this.getAttribute('unit') || '';
      const text = names.map((name, i) => `<span><i style="background:${colors[i]}"></i>${name}<b>${figure(latest[i])} ${unit}</b></span>`).join('');
      if (this.key.innerHTML !== text) { this.key.innerHTML = text; }
    }

    inspect(g, css, names, colors, plot, x, y) {
      if (this.hover === null || !this.points.length) { this.tip.style.opacity = 0; return; }
      let near = this.points[0];
      for (const p of this.points) { if (Math.abs(x(p.t) - this.hover) < Math.abs(x(near.t) - this.hover)) { near = p; } }
      const at = x(near.t);
      if (at < plot.left) { this.tip.style.opacity = 0; return; }
      g.strokeStyle = css.getPropertyValue('--ink-3').trim(); g.lineWidth = 1;
      g.beginPath(); g.moveTo(Math.round(at) + 0.5, plot.top); g.lineTo(Math.round(at) + 0.5, plot.bottom); g.stroke();
      near.v.forEach((v, i) => {
        if (v === null) { return; }
        g.beginPath(); g.arc(at, y(v), 3, 0, Math.PI * 2); g.fillStyle = colors[i]; g.fill();
      });
      const unit = this.getAttribute('unit') || '';
      this.tip.innerHTML = `${clock(near.t)} UTC<br>` + names.map((n, i) => `${n} <b>${figure(near.v[i])}</b> ${unit}`).join('<br>');
      this.tip.style.opacity = 1;
      const width = this.tip.offsetWidth;
      this.tip.style.left = `${Math.min(Math.max(plot.left, at + 10), plot.right - width)}px`;
      if (at + 10 + width > plot.right) { this.tip.style.left = `${Math.max(plot.left, at - 10 - width)}px`; }
    }
  }

  customElements.define('partita-chart', Chart);
})();
