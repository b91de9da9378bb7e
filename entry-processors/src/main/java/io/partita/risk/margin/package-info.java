/** Margin: what an account needs, what it has, and calls for what is missing. */
package io.partita.risk.margin;
