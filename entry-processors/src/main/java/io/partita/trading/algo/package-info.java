/** Execution algorithms: large orders that are worked off in slices, and smart routing over several books of one security. */
package io.partita.trading.algo;
