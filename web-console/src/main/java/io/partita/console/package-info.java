/** The console's process, its frame around every page, and its settings. */
package io.partita.console;
