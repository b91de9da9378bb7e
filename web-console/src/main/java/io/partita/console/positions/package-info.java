/** Portfolios in the console: what they hold, what it is worth, and why they gained. */
package io.partita.console.positions;
