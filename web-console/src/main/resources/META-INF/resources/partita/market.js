/*
 * <partita-candles>: bars of a minute as candles with volume, on a canvas; add(bars, fromTheStart), a bar being {t: epoch millis, o, h, l, c: ticks, v}.
 * <partita-ladder>: a book by levels; show(bids, offers, last, direction), a level being [ticks, quantity, orders]; a click on a level
 * sends "pick" with its ticks. Both write ticks with the decimals of their attribute "digits", and take their colours from the page.
 */
(function () {
  if (customElements.get('partita-candles')) { return; }

  const group = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');
  const price = (ticks, digits) => {
    const text = (Math.abs(ticks) / Math.pow(10, digits)).toFixed(digits), dot = text.indexOf('.');
    return (ticks < 0 ? '\u2212' : '') + (dot < 0 ? group(text) : group(text.slice(0, dot)) + text.slice(dot));
  };
  const two = (n) => String(n).padStart(2, '0');
  const clock = (t) => { const d = new Date(t); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`; };
  const step = (rough) => {
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (const m of [1, 2, 5, 10]) { if (rough <= m * power) { return Math.max(1, m * power); } }
    return 10 * power;
  };

  const candleStyle = `
    :host { display: block; position: relative; min-width: 0; contain: layout size; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    .spans { position: absolute; top: -38px; right: 0; display: flex; gap: 2px; }
    button { font: inherit; font-size: 12px; border: 0; background: none; color: var(--ink-3); padding: 3px 8px; border-radius: 5px; cursor: pointer; }
    button:hover { color: var(--ink-1); background: var(--sheet-2); }
    button[aria-pressed=true] { color: var(--brand); background: var(--brand-soft); font-weight: 600; }
    button:focus-visible { outline: 2px solid var(--brand); outline-offset: 1px; }
    .key { position: absolute; top: 0; left: 0; font-size: 12px; line-height: 16px; color: var(--ink-2); font-variant-numeric: tabular-nums; pointer-events: none; white-space: nowrap; overflow: hidden; max-width: 100%; }
    .key b { font-weight: 600; color: var(--ink-1); margin: 0 8px 0 3px; }
    .none { position: absolute; inset: 0; display: flex; align-items: center; justify-content: center; color: var(--ink-3); font-size: 13px; }
  `;

  class Candles extends window.PartitaCanvas {
    constructor() {
      super(`<style>${candleStyle}</style><canvas></canvas><div class="key"></div><div class="spans"></div><div class="none">No trades yet</div>`);
      this.bars = [];
      this.minutes = 1;
      const root = this.shadowRoot;
      this.canvas.setAttribute('role', 'img');
      this.key = root.querySelector('.key');
      this.none = root.querySelector('.none');
      for (const minutes of [1, 5, 15, 60]) {
        const button = document.createElement('button');
        button.textContent = minutes < 60 ? minutes + ' min' : '1 h';
        button.onclick = () => { this.minutes = minutes; this.press(); this.draw(); };
        button.minutes = minutes;
        root.querySelector('.spans').append(button);
      }
      this.press();
    }

    press() { this.shadowRoot.querySelectorAll('button').forEach((b) => b.setAttribute('aria-pressed', b.minutes === this.minutes)); }

    connectedCallback() {
      this.canvas.setAttribute('aria-label', this.getAttribute('aria-label') || '');
      super.connectedCallback();
    }

    add(bars, fromTheStart) {
      if (fromTheStart) { this.bars = []; }
      for (const bar of bars) {
        if (this.bars.length && this.bars[this.bars.length - 1].t === bar.t) { this.bars.pop(); }
        this.bars.push(bar);
      }
      while (this.bars.length > 1440) { this.bars.shift(); }
      this.draw();
    }

    /** Bars of the chosen span; spans without a trade keep their place. */
    spans(most) {
      const width = this.minutes * 60000, made = [];
      for (const bar of this.bars) {
        const t = Math.floor(bar.t / width) * width, last = made[made.length - 1];
        if (last && last.t === t) {
          last.h = Math.max(last.h, bar.h); last.l = Math.min(last.l, bar.l); last.c = bar.c; last.v += bar.v;
        } else {
          for (let gap = last ? last.t + width : t; gap < t && t - gap < most * width; gap += width) { made.push({ t: gap, o: last.c, h: last.c, l: last.c, c: last.c, v: 0 }); }
          made.push({ ...bar, t });
        }
      }
      return made.slice(-most);
    }

    paint() {
      const pen = this.pen();
      if (!pen) { return; }
      const { g, color, w, h } = pen;
      const digits = Number(this.getAttribute('digits')), plot = { left: 4, right: w - 58, top: 26, bottom: h - 74 }, foot = h - 20;
      const room = plot.right - plot.left, bars = this.spans(Math.floor(room / 9)), slot = Math.max(9, Math.min(18, room / (bars.length || 1)));
      this.none.style.display = bars.length ? 'none' : '';
      this.key.textContent = '';
      if (!bars.length) { return; }
      let low = Math.min(...bars.map((b) => b.l)), high = Math.max(...bars.map((b) => b.h));
      const margin = Math.max(2, (high - low) * 0.08);
      low -= margin; high += margin;
      const most = Math.max(1, ...bars.map((b) => b.v));
      const x = (i) => plot.right - (bars.length - i - 0.5) * slot, y = (p) => plot.bottom - (p - low) / (high - low) * (plot.bottom - plot.top);
      this.grid(g, color, plot, foot, bars, low, high, digits, x, y, slot);
      bars.forEach((bar, i) => this.candle(g, color, bar, x(i), y, foot, most, Math.floor(slot / 3)));
      this.last(g, color, plot, bars[bars.length - 1], digits, y);
      this.inspect(g, color, plot, foot, bars, digits, x, slot);
    }

    grid(g, color, plot, foot, bars, low, high, digits, x, y, slot) {
      g.lineWidth = 1; g.strokeStyle = color('--rule'); g.fillStyle = color('--ink-3');
      g.textAlign = 'left'; g.textBaseline = 'middle';
      const unit = step((high - low) / 5);
      for (let p = Math.ceil(low / unit) * unit; p <= high; p += unit) {
        const at = Math.round(y(p)) + 0.5;
        g.beginPath(); g.moveTo(plot.left, at); g.lineTo(plot.right, at); g.stroke();
        g.fillText(price(p, digits), plot.right + 8, at);
      }
      g.textAlign = 'center'; g.textBaseline = 'alphabetic';
      const every = Math.max(1, Math.ceil(72 / slot));
      bars.forEach((bar, i) => {
        if (Math.round(bar.t / (this.minutes * 60000)) % every === 0 && x(i) > plot.left + 16) { g.fillText(clock(bar.t), x(i), foot + 15); }
      });
      g.beginPath(); g.moveTo(plot.left, foot + 0.5); g.lineTo(plot.right, foot + 0.5); g.stroke();
    }

    candle(g, color, bar, at, y, foot, most, half) {
      const up = bar.c >= bar.o, ink = color(up ? '--good' : '--bad'), middle = Math.round(at) + 0.5;
      g.strokeStyle = ink; g.fillStyle = ink; g.lineWidth = 1;
      g.beginPath(); g.moveTo(middle, y(bar.h)); g.lineTo(middle, y(bar.l)); g.stroke();
      const top = Math.min(y(bar.o), y(bar.c)), height = Math.max(1, Math.abs(y(bar.o) - y(bar.c)));
      g.fillRect(middle - half, top, 2 * half, height);
      g.globalAlpha = 0.35;
      const tall = bar.v ? Math.max(1, bar.v / most * 44) : 0;
      g.fillRect(middle - half, foot - tall, 2 * half, tall);
      g.globalAlpha = 1;
    }

    last(g, color, plot, bar, digits, y) {
      const at = Math.round(y(bar.c)) + 0.5, ink = color(bar.c >= bar.o ? '--good' : '--bad');
      g.setLineDash([3, 3]); g.strokeStyle = ink;
      g.beginPath(); g.moveTo(plot.left, at); g.lineTo(plot.right, at); g.stroke();
      g.setLineDash([]);
      g.fillStyle = ink; g.beginPath(); g.roundRect(plot.right + 3, at - 9, 55, 18, 4); g.fill();
      g.fillStyle = color('--sheet'); g.textAlign = 'left'; g.textBaseline = 'middle'; g.fillText(price(bar.c, digits), plot.right + 8, at + 0.5);
    }

    inspect(g, color, plot, foot, bars, digits, x, slot) {
      let i = bars.length - 1;
      if (this.hover !== null && this.hover < plot.right) {
        i = Math.max(0, Math.min(bars.length - 1, Math.floor(bars.length - (plot.right - this.hover) / slot)));
        g.strokeStyle = color('--rule-strong');
        g.beginPath(); g.moveTo(Math.round(x(i)) + 0.5, plot.top); g.lineTo(Math.round(x(i)) + 0.5, foot); g.stroke();
      }
      const bar = bars[i], narrow = plot.right < 380, fields = [['', clock(bar.t)], ['O', price(bar.o, digits)], ['H', price(bar.h, digits)], ['L', price(bar.l, digits)],
        ['C', price(bar.c, digits)], ['Vol', group(String(bar.v))]].filter((_, n) => !narrow || n === 0 || n > 3);
      this.key.innerHTML = fields.map(([name, text]) => `${name}<b>${text}</b>`).join('');
    }
  }
  customElements.define('partita-candles', Candles);

  const ladderStyle = `
    :host { display: block; font-size: 13px; font-variant-numeric: tabular-nums; }
    .row, .titles { display: grid; grid-template-columns: 1fr 1fr 56px; align-items: center; height: 24px; padding: 0 16px; position: relative; }
    .titles { color: var(--ink-3); font-size: 12px; border-bottom: 1px solid var(--rule); }
    .row > *, .titles > * { position: relative; text-align: end; }
    .row > .price, .titles > :first-child { text-align: start; }
    .row { border: 0; background: none; font: inherit; color: inherit; width: 100%; box-sizing: border-box; cursor: pointer; }
    .row:hover { background: var(--sheet-2); }
    .row:focus-visible { outline: 2px solid var(--brand); outline-offset: -2px; }
    .row[disabled] { cursor: default; background: none; }
    .row i { position: absolute; inset-block: 1px; inset-inline-end: 0; border-radius: 3px 0 0 3px; transition: width .15s; }
    .bid i { background: color-mix(in srgb, var(--good) 16%, transparent); }
    .offer i { background: color-mix(in srgb, var(--bad) 16%, transparent); }
    .bid .price { color: var(--good); font-weight: 550; }
    .offer .price { color: var(--bad); font-weight: 550; }
    .orders { color: var(--ink-3); font-size: 12px; }
    .middle { display: flex; align-items: baseline; gap: 10px; padding: 7px 16px; border-block: 1px solid var(--rule); margin-block: 3px; }
    .middle b { font-size: 18px; font-weight: 600; letter-spacing: -0.01em; }
    .middle .up { color: var(--good); } .middle .down { color: var(--bad); }
    .middle span { color: var(--ink-3); font-size: 12px; margin-inline-start: auto; }
  `;

  class Ladder extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: 'open' }).innerHTML = `<style>${ladderStyle}</style>
        <div class="titles"><span>Price</span><span>Quantity</span><span>Orders</span></div><div class="offers"></div><div class="middle"><b></b><span></span></div><div class="bids"></div>`;
    }

    connectedCallback() {
      const rows = Number(this.getAttribute('rows')) || 10;
      for (const side of ['offer', 'bid']) {
        const box = this.shadowRoot.querySelector('.' + side + 's');
        if (box.children.length) { continue; }
        for (let i = 0; i < rows; i++) {
          const row = document.createElement('button');
          row.className = 'row ' + side;
          row.disabled = true;
          row.setAttribute('aria-hidden', 'true');
          row.innerHTML = '<i></i><span class="price"></span><span class="quantity"></span><span class="orders"></span>';
          row.onclick = () => { if (row.ticks) { this.dispatchEvent(new CustomEvent('pick', { detail: row.ticks })); } };
          box.append(row);
        }
      }
    }

    show(bids, offers, last, direction) {
      const digits = Number(this.getAttribute('digits'));
      const most = Math.max(1, ...bids.map((l) => l[1]), ...offers.map((l) => l[1]));
      this.fill('.bids', bids, most, digits);
      this.fill('.offers', offers, most, digits, true);
      const figure = this.shadowRoot.querySelector('.middle b');
      figure.textContent = last ? price(last, digits) + (direction > 0 ? ' \u2191' : direction < 0 ? ' \u2193' : '') : '\u2013';
      figure.className = direction > 0 ? 'up' : direction < 0 ? 'down' : '';
      const bid = bids.find((l) => l[0]), offer = offers.find((l) => l[0]);
      this.shadowRoot.querySelector('.middle span').textContent = bid && offer ? 'Spread ' + price(offer[0] - bid[0], digits) : '';
    }

    fill(box, levels, most, digits, upwards) {
      const rows = [...this.shadowRoot.querySelector(box).children];
      if (upwards) { rows.reverse(); }
      rows.forEach((row, i) => {
        const level = levels[i], [bar, at, quantity, orders] = row.children;
        row.ticks = level ? level[0] : 0;
        row.disabled = !level || !level[0];
        if (level) { row.removeAttribute('aria-hidden'); } else { row.setAttribute('aria-hidden', 'true'); }
        bar.style.width = level ? (level[1] / most * 100).toFixed(1) + '%' : '0';
        at.textContent = level ? (level[0] ? price(level[0], digits) : 'Market') : '';
        quantity.textContent = level ? group(String(level[1])) : '';
        orders.textContent = level ? String(level[2]) : '';
      });
    }
  }
  customElements.define('partita-ladder', Ladder);
})();
