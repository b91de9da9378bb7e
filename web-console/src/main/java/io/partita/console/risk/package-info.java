/** Risk in the console: what may be lost and whether that was right, what if, stress, limits and margin. */
package io.partita.console.risk;
