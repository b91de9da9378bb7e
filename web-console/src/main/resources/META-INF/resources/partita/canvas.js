/*
 * What every drawing on a canvas shares: it is painted once a frame, anew when its size, the page's theme or the pointer's place changes. A
 * subclass has its markup, with a canvas, and paint(); pen() gives it a clean sheet of the present size, null while there is none.
 */
(function () {
  if (window.PartitaCanvas) { return; }

  window.PartitaCanvas = class extends HTMLElement {
    constructor(markup) {
      super();
      this.hover = null;
      const root = this.attachShadow({ mode: 'open' });
      root.innerHTML = markup;
      this.canvas = root.querySelector('canvas');
      this.addEventListener('pointermove', (e) => { this.hover = e.clientX - this.getBoundingClientRect().left; this.draw(); });
      this.addEventListener('pointerleave', () => { this.hover = null; this.draw(); });
    }

    connectedCallback() {
      this.sizes = new ResizeObserver(() => this.draw());
      this.sizes.observe(this);
      this.retheme = () => this.draw();
      window.addEventListener('partita-theme', this.retheme);
      this.draw();
    }

    disconnectedCallback() {
      this.sizes.disconnect();
      window.removeEventListener('partita-theme', this.retheme);
    }

    draw() {
      if (this.pending) { return; }
      this.pending = true;
      requestAnimationFrame(() => { this.pending = false; this.paint(); });
    }

    pen() {
      const box = this.getBoundingClientRect();
      if (!box.width || !box.height) { return null; }
      const ratio = window.devicePixelRatio || 1, w = box.width, h = box.height;
      if (this.canvas.width !== Math.round(w * ratio) || this.canvas.height !== Math.round(h * ratio)) {
        this.canvas.width = Math.round(w * ratio);
        this.canvas.height = Math.round(h * ratio);
      }
      const g = this.canvas.getContext('2d'), css = getComputedStyle(this), color = (name) => css.getPropertyValue(name).trim();
      g.setTransform(ratio, 0, 0, ratio, 0, 0);
      g.clearRect(0, 0, w, h);
      g.font = `11px ${css.fontFamily}`;
      return { g, css, color, w, h };
    }
  };
})();
