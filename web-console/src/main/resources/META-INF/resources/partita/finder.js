/*
 * <partita-finder>: a button, the dialog behind it, and the keys that open it from anywhere. The server decides what fits: the element tells it what was typed,
 * $server.find(turn, text), and shows what comes back, show(turn, groups, remark, busy), a group being {name, hits: [{title, detail, to}, ...]}. What was chosen
 * goes back as $server.choose(to). setUp(letters) has the pages that a letter after g leads to, [{letter, name, to}, ...]; shortcuts() lists all keys.
 */
(function () {
  if (customElements.get('partita-finder')) { return; }

  const TYPED_MILLIS = 140;
  const SECOND_KEY_MILLIS = 1500;
  const KEYS = 'partita-keys';
  const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
  const COMMAND = MAC ? '\u2318K' : 'Ctrl K';
  const GLASS = '<svg viewBox="0 0 16 16" width="15" height="15" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" aria-hidden="true">'
      + '<circle cx="7" cy="7" r="4.6"/><path d="M10.6 10.6 14 14"/></svg>';

  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...content);
    return element;
  };
  const keys = (text) => text.split(' ').map((key) => make('kbd', {}, key));
  // Single letters are a trap for whoever speaks to the machine, so they can be turned off.
  const lettersOn = () => { try { return localStorage.getItem(KEYS) !== 'off'; } catch (e) { return true; } };
  const turnLetters = (on) => { try { if (on) { localStorage.removeItem(KEYS); } else { localStorage.setItem(KEYS, 'off'); } } catch (e) { /* private window */ } };
  // What was written in before it was hidden keeps the focus for a moment.
  const writing = (target) => target instanceof Element && target.checkVisibility() && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])'));

  class Finder extends HTMLElement {
    connectedCallback() {
      if (!this.dialog) { this.build(); }
      this.pressed = (e) => this.press(e);
      document.addEventListener('keydown', this.pressed);
    }

    disconnectedCallback() {
      document.removeEventListener('keydown', this.pressed);
      clearTimeout(this.waiting);
    }

    build() {
      this.letters = [];
      this.turn = 0;
      this.options = [];
      this.active = null;
      const button = make('button', { type: 'button', class: 'find-button', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': 'Control+K Meta+K', 'aria-label': 'Search or jump to' });
      button.innerHTML = GLASS + '<span>Search or jump to</span>';
      button.append(make('kbd', { 'aria-hidden': 'true' }, COMMAND));
      button.addEventListener('click', () => this.open());

      this.field = make('input', { type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'finder-list', 'aria-autocomplete': 'list', 'aria-label': 'Search or jump to',
        placeholder: 'Name, id, page or action', maxlength: '100', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
      this.field.addEventListener('input', () => this.ask(TYPED_MILLIS));
      const head = make('div', { class: 'finder-head' });
      head.innerHTML = GLASS;
      const close = make('button', { type: 'button', class: 'finder-close' }, 'Esc');
      close.setAttribute('aria-label', 'Close');
      close.addEventListener('click', () => this.dialog.close());
      head.append(this.field, close);
      this.list = make('div', { id: 'finder-list', class: 'finder-list', role: 'listbox', 'aria-label': 'What fits', tabindex: '-1' });
      this.remark = make('div', { class: 'finder-remark', role: 'status' });
      const foot = make('div', { class: 'finder-foot', 'aria-hidden': 'true' }, make('span', {}, ...keys('\u2191 \u2193'), ' choose'), make('span', {}, ...keys('\u21B5'), ' open'), make('span', {}, ...keys('?'), ' all keys'));
      this.dialog = make('dialog', { class: 'finder', 'aria-label': 'Search or jump to' }, head, this.list, this.remark, foot);
      this.dialog.addEventListener('keydown', (e) => this.steer(e));
      this.dialog.addEventListener('click', (e) => { if (e.target === this.dialog) { this.dialog.close(); } });
      this.dialog.addEventListener('close', () => { this.turn++; clearTimeout(this.waiting); });
      this.append(button, this.dialog, this.help());
    }

    setUp(letters) { this.letters = letters; }

    // ---- keys from anywhere

    press(e) {
      if (e.defaultPrevented || e.isComposing || document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened]')) { return; }
      if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k') {
        e.preventDefault();
        if (this.dialog.open) { this.dialog.close(); } else { this.open(); }
        return;
      }
      if (e.ctrlKey || e.metaKey || e.altKey || writing(e.composedPath()[0]) || document.querySelector('dialog[open]') || !lettersOn()) { return; }
      const second = this.began && e.timeStamp - this.began < SECOND_KEY_MILLIS;
      this.began = 0;
      const letter = second && this.letters.find((each) => each.letter === e.key);
      if (letter) { this.$server.choose(letter.to); }
      else if (e.key === 'g') { this.began = e.timeStamp; return; }
      else if (e.key === '/') { this.open(); }
      else if (e.key === '?') { this.shortcuts(); }
      else { return; }
      e.preventDefault();
    }

    // ---- the dialog

    open() {
      if (this.dialog.open) { return; }
      this.keysDialog.close();
      this.field.value = '';
      this.show(++this.turn, [], '', false);
      this.dialog.showModal();
      this.field.focus();
      this.ask(0);
    }

    ask(millis) {
      clearTimeout(this.waiting);
      const turn = ++this.turn;
      this.dialog.setAttribute('aria-busy', 'true');
      this.waiting = setTimeout(() => this.$server.find(turn, this.field.value), millis);
    }

    show(turn, groups, remark, busy) {
      if (turn !== this.turn) { return; }
      const before = this.chosenBefore(), seen = document.createDocumentFragment();
      this.options = [];
      groups.forEach((group, g) => {
        const name = make('div', { class: 'finder-kind', id: `finder-kind-${g}`, role: 'presentation' }, group.name);
        const box = make('div', { role: 'group', 'aria-labelledby': name.id }, name);
        group.hits.forEach((hit) => {
          const option = make('div', { role: 'option', id: `finder-${this.options.length}`, class: 'finder-hit', 'aria-selected': 'false' }, make('span', {}, hit.title), make('small', {}, hit.detail));
          option.to = hit.to;
          option.addEventListener('click', () => this.choose(option));
          this.options.push(option);
          box.append(option);
        });
        seen.append(box);
      });
      this.list.replaceChildren(seen);
      this.list.hidden = this.options.length === 0;
      if (this.remark.textContent !== remark) { this.remark.textContent = remark; }
      this.dialog.setAttribute('aria-busy', String(busy));
      this.activate(this.options.find((option) => option.to === before) || this.options[0] || null);
    }

    /* What was moved to by hand stays chosen while more comes in; the first one does not, something better may stand before it now. */
    chosenBefore() { return this.active && this.moved === this.turn ? this.active.to : null; }

    activate(option) {
      if (this.active) { this.active.setAttribute('aria-selected', 'false'); }
      this.active = option;
      this.field.setAttribute('aria-expanded', String(option !== null));
      if (option === null) { this.field.removeAttribute('aria-activedescendant'); return; }
      option.setAttribute('aria-selected', 'true');
      this.field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }

    steer(e) {
      const at = this.options.indexOf(this.active), last = this.options.length - 1;
      const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, PageDown: Math.min(last, at + 8), PageUp: Math.max(0, at - 8) }[e.key];
      if (to !== undefined && this.options.length) {
        e.preventDefault();
        this.moved = this.turn;
        this.activate(this.options[to]);
      } else if (e.key === 'Enter' && !e.isComposing && e.target === this.field) {
        e.preventDefault();
        this.enter();
      } else if (e.key === '?' && this.field.value === '') {
        e.preventDefault();
        this.shortcuts();
      }
    }

    /* Whoever types an id and presses Enter means what will be found. */
    enter() {
      if (this.active && this.dialog.getAttribute('aria-busy') === 'false' || this.active && this.moved === this.turn) { this.choose(this.active); return; }
      const turn = this.turn;
      const look = setInterval(() => {
        const over = turn !== this.turn, ready = this.dialog.getAttribute('aria-busy') === 'false';
        if (over || ready) { clearInterval(look); }
        if (!over && ready && this.active) { this.choose(this.active); }
      }, 40);
    }

    choose(option) {
      this.dialog.close();
      this.$server.choose(option.to);
    }

    // ---- which keys there are

    help() {
      this.keysList = make('dl', { class: 'keys-list' });
      const letters = make('input', { type: 'checkbox', id: 'finder-letters' });
      letters.checked = lettersOn();
      letters.addEventListener('change', () => turnLetters(letters.checked));
      const close = make('button', { type: 'button', class: 'finder-close' }, 'Esc');
      close.setAttribute('aria-label', 'Close');
      close.addEventListener('click', () => this.keysDialog.close());
      this.keysDialog = make('dialog', { class: 'finder keys', 'aria-labelledby': 'finder-keys-title' },
          make('div', { class: 'finder-head' }, make('h2', { id: 'finder-keys-title' }, 'Keys'), close), this.keysList,
          make('label', { class: 'keys-choice', for: 'finder-letters' }, letters, make('span', {}, 'Keys without Ctrl work, too')));
      this.keysDialog.addEventListener('click', (e) => { if (e.target === this.keysDialog) { this.keysDialog.close(); } });
      return this.keysDialog;
    }

    shortcuts() {
      this.dialog.close();
      const rows = [[COMMAND, 'Search, jump, do'], ['/', 'The same'], ['?', 'These keys'], ['Esc', 'Close, and back to where you were'],
        ...this.letters.map((each) => [`g ${each.letter}`, each.name])];
      this.keysList.replaceChildren(...rows.map(([key, what]) => make('div', {}, make('dt', {}, ...keys(key)), make('dd', {}, what))));
      this.keysDialog.showModal();
    }
  }

  customElements.define('partita-finder', Finder);
})();
