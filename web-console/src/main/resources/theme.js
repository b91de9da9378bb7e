(function () {
  var system = window.matchMedia('(prefers-color-scheme: dark)');
  var chosen = function () { try { return localStorage.getItem('partita-theme'); } catch (e) { return null; } };
  var apply = function () {
    var theme = chosen() || (system.matches ? 'dark' : 'light');
    if (theme === 'dark') { document.documentElement.setAttribute('theme', 'dark'); }
    else { document.documentElement.removeAttribute('theme'); }
    document.documentElement.style.colorScheme = theme;
    window.dispatchEvent(new CustomEvent('partita-theme', { detail: theme }));
    return theme;
  };
  system.addEventListener('change', apply);
  window.partitaTheme = {
    toggle: function () {
      var next = document.documentElement.getAttribute('theme') === 'dark' ? 'light' : 'dark';
      // Choosing what the system says anyway means following the system again.
      try {
        if ((next === 'dark') === system.matches) { localStorage.removeItem('partita-theme'); }
        else { localStorage.setItem('partita-theme', next); }
      } catch (e) { /* private window: the choice lasts for the page */ }
      var applied = apply();
      if (applied !== next) { document.documentElement.setAttribute('theme', next); }
      return next;
    }
  };
  apply();
})();
