/*
 * <partita-tour>: steps that point at parts of the page, one after another; a step is {at: [selectors], title, text}. offer(steps, name) begins unless the browser
 * remembers that whoever it is has seen it, start(steps, name) in any case. Enter and the arrow keys go on and back, Escape ends it.
 */
(function () {
  if (customElements.get('partita-tour')) { return; }

  const SEEN = 'partita-tour:';
  const GAP = 12;
  const seen = (name) => { try { return localStorage.getItem(SEEN + name) !== null; } catch (e) { return true; } };
  const remember = (name) => { try { localStorage.setItem(SEEN + name, 'seen'); } catch (e) { /* private window */ } };
  const visible = (element) => {
    if (!element) { return false; }
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.top < innerHeight && element.checkVisibility({ visibilityProperty: true });
  };

  class Tour extends HTMLElement {
    connectedCallback() {
      if (!this.dialog) { this.build(); }
      this.moved = () => { if (this.dialog.open) { this.place(); } };
      window.addEventListener('resize', this.moved);
    }

    disconnectedCallback() { window.removeEventListener('resize', this.moved); }

    build() {
      this.innerHTML = `<dialog class="tour" aria-labelledby="tour-title" aria-describedby="tour-text"><div class="tour-ring" aria-hidden="true"></div>
        <div class="tour-card"><p class="tour-count"></p><h2 id="tour-title"></h2><p id="tour-text"></p>
        <div class="tour-buttons"><button type="button" class="tour-skip">Skip</button><button type="button" class="tour-back">Back</button><button type="button" class="tour-next">Next</button></div></div></dialog>`;
      const part = (name) => this.querySelector(name);
      this.dialog = part('dialog');
      this.ring = part('.tour-ring');
      this.card = part('.tour-card');
      this.next = part('.tour-next');
      this.back = part('.tour-back');
      part('.tour-skip').addEventListener('click', () => this.dialog.close());
      this.back.addEventListener('click', () => this.go(-1));
      this.next.addEventListener('click', () => this.go(1));
      this.dialog.addEventListener('close', () => remember(this.name));
      this.dialog.addEventListener('keydown', (e) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
        if (step) { e.preventDefault(); this.go(step, true); }
      });
    }

    offer(steps, name) { if (!seen(name) && !document.querySelector('dialog[open]')) { this.start(steps, name); } }

    start(steps, name) {
      this.name = name;
      this.steps = steps.filter((step) => this.target(step));
      if (!this.steps.length || this.dialog.open) { return; }
      this.at = 0;
      this.dialog.showModal();
      this.show();
    }

    target(step) { return step.at.map((selector) => document.querySelector(selector)).find(visible); }

    /* The arrow keys do not end it; Next at the last step does. */
    go(by, stay) {
      const to = this.at + by;
      if (to < 0 || stay && to >= this.steps.length) { return; }
      if (to >= this.steps.length) { this.dialog.close(); return; }
      this.at = to;
      this.show();
    }

    show() {
      const step = this.steps[this.at], last = this.at === this.steps.length - 1;
      this.querySelector('.tour-count').textContent = `${this.at + 1} of ${this.steps.length}`;
      this.querySelector('#tour-title').textContent = step.title;
      this.querySelector('#tour-text').textContent = step.text;
      this.back.hidden = this.at === 0;
      this.next.textContent = last ? 'Done' : 'Next';
      this.place();
      this.next.focus();
    }

    place() {
      const target = this.target(this.steps[this.at]);
      if (!target) { this.ring.hidden = true; return; }
      this.ring.hidden = false;
      const box = target.getBoundingClientRect(), card = this.card.getBoundingClientRect();
      const clamp = (value, low, high) => Math.max(low, Math.min(value, high));
      Object.assign(this.ring.style, { left: `${box.left - 4}px`, top: `${box.top - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px` });
      const beside = box.left + box.width / 2 < innerWidth / 3 && innerWidth - box.right > card.width + 3 * GAP;
      const left = beside ? box.right + GAP : box.left + box.width / 2 - card.width / 2;
      const top = beside ? box.top : box.bottom + GAP + card.height < innerHeight ? box.bottom + GAP : box.top - GAP - card.height;
      Object.assign(this.card.style, { left: `${clamp(left, GAP, innerWidth - card.width - GAP)}px`, top: `${clamp(top, GAP, innerHeight - card.height - GAP)}px` });
    }
  }

  customElements.define('partita-tour', Tour);
})();
