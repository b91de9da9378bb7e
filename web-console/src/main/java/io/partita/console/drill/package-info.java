/** Drills in the console: which there are, how one goes, and what came of it. */
package io.partita.console.drill;
