/** The console in the browser. */
package io.partita.console;
